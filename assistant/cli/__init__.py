"""The command line: parse, call, show. Exit status 0 done, 1 done and something falls short, 2 bad input."""

import re
import sys
from typing import NoReturn

import typer

from assistant.cli import (
    case_commands,
    clock,
    deciding,
    facts,
    fees,
    index,
    letters,
    measuring,
    page,
    questions,
    reports,
    requests,
    users,
    yearbook,
)
from assistant.errors import AssistantError

app = typer.Typer(
    name="assistant",
    help="政府信息公开申请答复助手：研判处理结果、查条文、起草答复、核对引用。",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.command()(page.serve)
app.add_typer(index.index_app, name="index")
app.add_typer(case_commands.case_app, name="case")
app.add_typer(users.user_app, name="user")
for command in (
    questions.search,
    requests.classify,
    questions.ask,
    deciding.decide,
    facts.facts,
    letters.draft,
    letters.verify,
    reports.audit,
    yearbook.yearbook,
    clock.deadline,
    fees.fee,
    measuring.evaluate,
    measuring.bench,
):
    app.command()(command)


def main() -> NoReturn:
    """Run a command; whatever a clerk can act on is one clear line and exit status 2."""
    try:
        sys.exit(app(standalone_mode=False) or 0)
    except AssistantError as fault:
        _stop(str(fault))
    except typer.Exit as leave:
        sys.exit(leave.exit_code)
    except (typer.Abort, KeyboardInterrupt):
        _stop("已中断，没有改动任何文件。")
    except typer.TyperException as fault:
        _stop(_usage(str(fault)))
    except BrokenPipeError:
        sys.exit(0)


_USAGE_FAULTS = (
    (r"No such command '(.+)'\.", r"没有“\1”这个命令。"),
    (r"No such option: (\S+).*", r"没有“\1”这个选项。"),
    (r"Missing parameter: (.+)", r"缺少“\1”。"),
    (r"Option '(.+)' requires an argument\.", r"选项“\1”后面要写内容。"),
    (r"Got unexpected extra argument\S* \((.+)\)", r"多出了“\1”；内容里有空格时请加引号。"),
)


def _usage(message: str) -> str:
    """A usage fault in one Chinese line; the help text where no command was given at all."""
    if "\n" in message:
        return message
    for pattern, words in _USAGE_FAULTS:
        message = re.sub(pattern, words, message)
    return f"用法有误：{message}请用 assistant --help 查看用法。"


def _stop(line: str) -> NoReturn:
    print(line, file=sys.stderr)
    sys.exit(2)
