"""Replies: drafted for a decided request, checked before anyone signs."""

import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from assistant.cli.show import JsonFlag, OnDate, day_of, open_office, show


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
    from assistant.ingest.files.readers import read_letter

    assistant = open_office()
    letter = read_letter(request)
    given = read_facts(facts, assistant.letters) if facts else {}
    composed = assistant.draft(outcome, given, letter, day_of(on))
    write_draft(composed, out)
    for words in composed.warnings:
        print(f"注意：{words}", file=sys.stderr)
    if composed.missing:
        print(f"已写出 {out}，还缺 {len(composed.missing)} 项事实，文中以【待补】标出：", file=sys.stderr)
        for gap in composed.missing:
            print(f"  {gap.key}：{gap.meaning}（{gap.why}）", file=sys.stderr)
        raise typer.Exit(1)
    print(f"已写出 {out}。请核对后由负责人审签。")


def verify(
    reply: Annotated[Path, typer.Argument(help="答复书：.docx、.md 或 .txt。")],
    on: OnDate = None,
    outcome: Annotated[str | None, typer.Option(help="处理结果代码。")] = None,
    as_json: JsonFlag = False,
) -> None:
    """核对答复书：条文、引文、依据、救济途径、必备内容。"""
    from assistant.ingest.files.readers import read_letter

    verdict = open_office().verify(read_letter(reply), day_of(on), outcome)
    show(verdict.to_json(), as_json, lambda: _verdict_lines(verdict.to_json()))
    raise typer.Exit(0 if verdict.passes else 1)


def _verdict_lines(verdict: dict[str, Any]) -> str:
    marks = {"error": "错误", "warning": "提示"}
    rows = [f"{marks[f['severity']]}（{f['check']}）：{f['message']}" for f in verdict["findings"]]
    return "\n".join(["核对通过。" if verdict["passes"] else "核对不通过："] + rows)
