"""The command line: parse, call, show. Exit status 0 done, 1 done and something falls short, 2 bad input."""

import json
import re
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from assistant.errors import AssistantError, InputError
from assistant.settings import load_settings

if TYPE_CHECKING:
    from assistant.pipeline import Assistant

app = typer.Typer(
    name="assistant",
    help="政府信息公开申请答复助手：研判处理结果、查条文、起草答复、核对引用。",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
index_app = typer.Typer(help="建立、查看、核对检索索引。", no_args_is_help=True, rich_markup_mode=None)
app.add_typer(index_app, name="index")

JsonFlag = Annotated[bool, typer.Option("--json", help="以 JSON 输出。")]
OnDate = Annotated[str | None, typer.Option("--on", help="以哪一天的法律为准，如 2026-11-23；默认今天。")]


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


@app.command()
def serve(
    host: Annotated[str, typer.Option(help="监听地址；非本机地址须先设置登录。")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="端口。")] = 7860,
) -> None:
    """打开网页对话。"""
    from assistant.web.server import serve as serve_page

    serve_page(_open(), host, port)


@index_app.command("build")
def index_build(corpus: Annotated[Path | None, typer.Option(help="语料目录。")] = None) -> None:
    """（重新）建立索引；中途被终止时，上一次建好的索引照常可用。"""
    index = _open(corpus).rebuild_index()
    print(f"索引已建立：{index.describe()}")


@index_app.command("status")
def index_status(corpus: Annotated[Path | None, typer.Option(help="语料目录。")] = None) -> None:
    """说明正在使用的索引；没有或者过时的，先建立。"""
    index = _open(corpus).index
    print("\n".join(filter(None, (index.describe(), index.notice))))


@index_app.command("check")
def index_check(corpus: Annotated[Path | None, typer.Option(help="语料目录。")] = None) -> None:
    """核对索引与语料、条文与封存的摘要、文书与处理结果是否一致。"""
    faults = _open(corpus).check_corpus()
    print("\n".join(faults) if faults else "索引、条文、文书都与语料一致。")
    raise typer.Exit(1 if faults else 0)


@app.command()
def search(
    query: Annotated[str | None, typer.Argument(help="要查的问题或条文。")] = None,
    k: Annotated[int, typer.Option(help="返回几条。", min=1, max=100)] = 5,
    on: OnDate = None,
    as_json: JsonFlag = False,
    input_: Annotated[Path | None, typer.Option("--input", help="JSONL：每行 id、query。")] = None,
    output: Annotated[Path | None, typer.Option(help="JSONL：每行 id、hits。")] = None,
) -> None:
    """查条文和已公开的报告。"""
    assistant = _open()
    day = _day(on)
    if input_:
        rows = [{"id": row["id"], **_hits(assistant, row["query"], k, day)} for row in _read_queries(input_)]
        return _write_lines(rows, output)
    if query is None:
        raise InputError("没有给出要查的内容。请写在命令后面，或用 --input 给出 JSONL 文件。")
    found = _hits(assistant, query, k, day)
    _show(
        found,
        as_json,
        lambda: "\n\n".join(f"{h['rank']}. {h['ref']}\n{h['text']}" for h in found["hits"]) or "没有查到。",
    )
    return None


@app.command()
def classify(
    text: Annotated[str | None, typer.Argument(help="申请内容。")] = None,
    findings: Annotated[str, typer.Option(help="本机关查明的事实。")] = "",
    as_json: JsonFlag = False,
    input_: Annotated[
        Path | None, typer.Option("--input", help="JSONL、CSV 或 XLSX：id、request、findings。")
    ] = None,
    output: Annotated[Path | None, typer.Option(help="JSONL、CSV 或 XLSX。")] = None,
) -> None:
    """研判一件或一批申请的处理结果。"""
    assistant = _open()
    if input_:
        from assistant.triage.batch import classify_batch

        if output is None:
            raise InputError("批量研判要用 --output 写明结果文件（.jsonl、.csv 或 .xlsx）。")
        unread = classify_batch(assistant.classifier, input_, output, _progress())
        print(
            f"已写出 {output}。" + (f"有 {unread} 行不能研判，原因写在该行。" if unread else ""),
            file=sys.stderr,
        )
        raise typer.Exit(1 if unread else 0)
    if text is None:
        raise InputError("没有给出申请内容。请写在命令后面，或用 --input 给出文件。")
    proposal = assistant.propose(text, findings)
    _show(proposal.to_json(), as_json, lambda: _proposal_lines(proposal.to_json()))


@app.command()
def ask(question: Annotated[str, typer.Argument(help="要问的问题。")], as_json: JsonFlag = False) -> None:
    """问一个法律或者数据问题。"""
    from assistant.dialogue.answers import answer_question

    answer = answer_question(_open(), question)
    if answer.notice:
        print(answer.notice, file=sys.stderr)
    _show(answer.to_json(), as_json, lambda: answer.answer)


@app.command()
def draft(
    request: Annotated[Path, typer.Option(help="申请书文件。")],
    outcome: Annotated[str, typer.Option(help="处理结果代码，如 unable.not_held。")],
    out: Annotated[Path, typer.Option(help="答复书：.docx 或 .md。")],
    facts: Annotated[Path | None, typer.Option(help="事实文件（YAML）。")] = None,
    on: OnDate = None,
) -> None:
    """为已经决定的申请起草答复书。缺少的事实逐项列出，不编造。"""
    from assistant.drafting.document import write_draft
    from assistant.drafting.facts import read_facts
    from assistant.ingest.readers import read_letter

    assistant = _open()
    letter = read_letter(request)
    given = read_facts(facts, assistant.letters) if facts else {}
    composed = assistant.draft(outcome, given, letter, _day(on))
    write_draft(composed, out)
    if composed.missing:
        print(f"已写出 {out}，还缺 {len(composed.missing)} 项事实，文中以【待补】标出：", file=sys.stderr)
        for gap in composed.missing:
            print(f"  {gap.key}：{gap.meaning}（{gap.why}）", file=sys.stderr)
        raise typer.Exit(1)
    print(f"已写出 {out}。请核对后由负责人审签。")


@app.command()
def verify(
    reply: Annotated[Path, typer.Argument(help="答复书：.docx、.md 或 .txt。")],
    on: OnDate = None,
    outcome: Annotated[str | None, typer.Option(help="处理结果代码。")] = None,
    as_json: JsonFlag = False,
) -> None:
    """核对答复书：条文、引文、依据、救济途径、必备内容。"""
    from assistant.ingest.readers import read_letter

    verdict = _open().verify(read_letter(reply), _day(on), outcome)
    _show(verdict.to_json(), as_json, lambda: _verdict_lines(verdict.to_json()))
    raise typer.Exit(0 if verdict.passes else 1)


@app.command()
def evaluate(
    tasks: Annotated[
        list[str] | None, typer.Argument(help="classification、retrieval、drafting；默认全部。")
    ] = None,
    output: Annotated[Path | None, typer.Option(help="结果目录。")] = None,
) -> None:
    """在标注集上评测，与基线并列，附样本数和 95 % 区间。"""
    from evals.run import evaluate as run

    raise typer.Exit(run(tasks or [], output))


@app.command()
def bench(sizes: Annotated[str, typer.Option(help="段落数，逗号分隔，如 1000,20000。")] = "") -> None:
    """与教科书式 LangChain + Chroma 流水线同场比较速度和内存。"""
    from evals.bench import bench as run

    raise typer.Exit(run([int(size) for size in sizes.split(",") if size.strip().isdigit()]))


def _open(corpus: Path | None = None) -> "Assistant":
    from dataclasses import replace

    from assistant.pipeline import open_assistant

    settings = load_settings()
    return open_assistant(replace(settings, corpus_dir=corpus) if corpus else settings, _progress())


def _progress() -> Callable[[str, int, int], None]:
    """A progress bar on stderr that appears with the first step and closes with the last."""
    bars: dict[str, Any] = {}

    def show(what: str, done: int, total: int) -> None:
        from tqdm import tqdm

        bar = bars.setdefault(what, tqdm(total=total, desc=what, file=sys.stderr, disable=None))
        bar.update(done - bar.n)
        if done >= total:
            bars.pop(what).close()

    return show


def _day(on: str | None) -> date:
    try:
        return date.fromisoformat(on) if on else date.today()
    except ValueError:
        raise InputError(f"日期“{on}”无法识别，请写成 2026-11-23 的形式。") from None


def _show(found: Any, as_json: bool, lines: Callable[[], str]) -> None:
    print(json.dumps(found, ensure_ascii=False, indent=2) if as_json else lines())


def _hits(assistant: "Assistant", query: str, k: int, on: date) -> dict[str, Any]:
    result = assistant.search(query, k, on)
    if result.notice:
        print(result.notice, file=sys.stderr)
    return {"hits": [hit.to_json() for hit in result.hits]}


def _read_queries(path: Path) -> list[dict[str, Any]]:
    from assistant.ingest.readers import read_lines

    return read_lines(path, ("id", "query"))


def _write_lines(rows: list[dict[str, Any]], output: Path | None) -> None:
    text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    if output:
        output.write_text(text, encoding="utf-8")
    else:
        sys.stdout.write(text)


def _proposal_lines(proposal: dict[str, Any]) -> str:
    rows = [
        f"{o['probability']:6.1%}  {o['label']}（{o['code']}）  {'、'.join(o['basis'])}"
        for o in proposal["outcomes"][:5]
    ]
    if proposal["abstain"]:
        rows.append(f"把握不足，不作判断。请先查明：{proposal['question']}")
    return "\n".join(
        rows + [f"依据：“{signal['quote']}” → {signal['points_to']}" for signal in proposal["signals"]]
    )


def _verdict_lines(verdict: dict[str, Any]) -> str:
    marks = {"error": "错误", "warning": "提示"}
    rows = [f"{marks[f['severity']]}（{f['check']}）：{f['message']}" for f in verdict["findings"]]
    return "\n".join(["核对通过。" if verdict["passes"] else "核对不通过："] + rows)
