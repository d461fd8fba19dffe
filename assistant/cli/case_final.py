"""The letter of a case as a file: the final one with number and date, a draft only under a mark that says so."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.cases import Number
from assistant.cli.letters import verdict_lines
from assistant.cli.show import JsonFlag, OnDate, day_of, open_office, show
from assistant.errors import InputError

if TYPE_CHECKING:
    from assistant.cases.letters import Draft
    from assistant.cases.register import Register
    from assistant.drafting.draft import Draft as Letter

_TEXT = (".md", ".txt")


def check(number: Number, on: OnDate = None, as_json: JsonFlag = False) -> None:
    """核对最新的文稿，与批准时相同：条文、依据、救济途径、期限，以及与案件的申请人、收到日期是否一致。"""
    from assistant.cases.letters import as_signed
    from assistant.cases.reading import load_case

    office, day = open_office(), day_of(on)
    register = office.register
    with register.reading() as view:
        case = load_case(view, number)
        draft = _draft(register, number)
    verdict = office.check_case(
        case, as_signed(draft.words, register.rules.letter_series, day), day
    ).to_json()
    show(verdict, as_json, lambda: verdict_lines(verdict))
    raise typer.Exit(0 if verdict["passes"] else 1)


def letter(
    number: Number,
    out: Annotated[Path, typer.Option(help="写成的文件：.docx、.pdf、.md 或者 .txt。")],
    as_draft: Annotated[bool, typer.Option("--draft", help="还没有定稿的最新文稿，文首标明“草稿”。")] = False,
) -> None:
    """导出定稿的答复书，带文号和批准之日；没有定稿的，只能用 --draft 导出标明草稿的文稿。"""
    from assistant.drafting.document import WRITABLE, write_draft

    if out.suffix.lower() not in (*WRITABLE, ".txt"):
        raise InputError(f"不能写成“{out.suffix or out.name}”；请写 .docx、.pdf、.md 或者 .txt。")
    office = open_office()
    made = _marked(office.register, number) if as_draft else _final(office.register, number)
    if out.suffix.lower() in _TEXT:
        out.write_text(made.text + "\n", encoding="utf-8")
    else:
        write_draft(made, out, office.settings.letters)
    print(f"已写出 {out}{'（草稿，不能作为答复送达）' if as_draft else ''}。")


def _final(register: "Register", number: str) -> "Letter":
    from assistant.cases.letters import final_letter
    from assistant.drafting.final_text import letter_of_text

    with register.reading() as view:
        found = final_letter(view, number, register.rules.letter_series)
    return letter_of_text(found.words, found.issued)


def _marked(register: "Register", number: str) -> "Letter":
    """The latest draft under its mark."""
    from assistant.drafting.final_text import draft_of_text

    _refuse_final(register, number)
    draft = _draft(register, number)
    mark = f"草稿：案件{number}第{draft.place}稿，{draft.drafted_by}起草，没有批准、编号，不能作为答复送达。"
    return draft_of_text(draft.words, day_of(None), mark)


def _refuse_final(register: "Register", number: str) -> None:
    """What has gone out is no draft any more."""
    from assistant.cases.case_json import papers_json
    from assistant.cases.reading import load_case

    with register.reading() as view:
        letters = papers_json(view, load_case(view, number).id)["letters"]
    if letters:
        raise InputError(f"案件 {number} 已有定稿 {letters[-1]['number']}，请去掉 --draft 导出定稿。")


def _draft(register: "Register", number: str) -> "Draft":
    from assistant.cases.letters import latest_draft
    from assistant.cases.reading import load_case

    with register.reading() as view:
        found = latest_draft(view, load_case(view, number).id)
    if found is None:
        raise InputError(f"案件 {number} 还没有答复的文稿。请先用 case draft 存入。")
    return found
