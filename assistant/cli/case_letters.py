"""The loop of a reply on the command line: draft, check, review, approve, number, export."""

import json
from pathlib import Path
from typing import Annotated

import typer

from assistant.cli.cases import Number, SeenVersion, Who, change, tell, whole_case
from assistant.cli.letters import OverrideBy, OverrideWhy, override_of
from assistant.cli.show import JsonFlag, OnDate, day_of, open_office
from assistant.errors import InputError

_TEXT = (".md", ".txt")


def draft(
    number: Number,
    file: Annotated[Path, typer.Argument(help="答复的文稿：.md、.txt 或者 .docx。")],
    prompt_hash: Annotated[
        str | None, typer.Option(help="大模型参与起草的，写提示词的摘要，记入审计记录。")
    ] = None,
    who: Who = None,
    seen: SeenVersion = None,
    as_json: JsonFlag = False,
) -> None:
    """存入答复的文稿，等待审查；以前的文稿留存，不再往下走。"""
    from assistant.cases.letters import draft_reply
    from assistant.ingest.files.readers import read_letter

    words = read_letter(file)
    case = change(number, who, seen, lambda session, now: draft_reply(session, now, words, prompt_hash))
    tell(open_office().register, case, as_json, "已存入文稿")


def approve(
    number: Number,
    step: Annotated[
        str, typer.Option(help="secrecy（保密和隐私审查）、review（合法性审查）、approve（批准），依次办理。")
    ] = "approve",
    back: Annotated[bool, typer.Option("--return", help="退回，须写 --note。")] = False,
    note: Annotated[str, typer.Option(help="意见。")] = "",
    override: OverrideBy = None,
    reason: OverrideWhy = None,
    on: OnDate = None,
    who: Who = None,
    seen: SeenVersion = None,
    as_json: JsonFlag = False,
) -> None:
    """审查、批准最新的文稿，或者退回；起草人不能审查、批准自己的文稿，核对不通过的不能批准。"""
    from assistant.cases.letters import STEPS, Step, give_step

    one = Step(step, not back, day_of(on), note, override_of(override, reason))
    case = change(number, who, seen, lambda session, now: give_step(session, now, one))
    tell(open_office().register, case, as_json, f"{STEPS[step]}{'退回' if back else '通过'}")


def issue(
    number: Number,
    on: OnDate = None,
    who: Who = None,
    seen: SeenVersion = None,
    as_json: JsonFlag = False,
) -> None:
    """批准之后编发文字号、定稿；字号连续，不缺号、不重号。"""
    from assistant.cases.letters import issue as number_letter

    day = day_of(on)
    case = change(number, who, seen, lambda session, now: number_letter(session, now, day))
    tell(open_office().register, case, as_json, "已定稿")


def export(
    out: Annotated[
        Path,
        typer.Option(
            help="定稿的答复书写成 .md 或 .txt；整个案件写成 .json；不写编号的，全部登记写成文件夹、.jsonl 或者 .xlsx。"
        ),
    ],
    number: Annotated[str | None, typer.Argument(help="案件编号；不写的，导出全部登记。")] = None,
) -> None:
    """导出定稿的答复书、一件申请的全部记录，或者全部登记；没有审查、批准的，不能作为定稿导出。"""
    from assistant.cases.letters import final_letter
    from assistant.cli.case_copies import export_everything

    if number is None:
        export_everything(out)
        return

    register = open_office().register
    if out.suffix == ".json":
        found = whole_case(register, number, day_of(None))
        text = json.dumps(found, ensure_ascii=False, indent=2) + "\n"
    elif out.suffix in _TEXT:
        with register.reading() as view:
            text = final_letter(view, number, register.rules.letter_series).words
    else:
        raise InputError(f"不能写成“{out.suffix or out.name}”；请写 .md、.txt 或者 .json。")
    out.write_text(text, encoding="utf-8")
    print(f"已写出 {out}。")
