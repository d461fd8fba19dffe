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
    reply: Annotated[Path, typer.Argument(help="文书：.docx、.docm、.md、.txt 或 .pdf。")],
    on: OnDate = None,
    outcome: Annotated[str | None, typer.Option(help="处理结果或者程序文书的代码。")] = None,
    facts: Annotated[
        Path | None, typer.Option(help="案件事实（YAML）：核对日期、数字、文号是否一致。")
    ] = None,
    override: Annotated[str | None, typer.Option(help="放行人姓名：核对不通过仍然发出，须写明理由。")] = None,
    reason: Annotated[str | None, typer.Option(help="放行的理由。")] = None,
    as_json: JsonFlag = False,
) -> None:
    """核对文书：条文、引文、依据、救济途径、必备内容、期限、个人信息、数字。"""
    from assistant.drafting.facts import read_facts
    from assistant.drafting.verify import Known, Override
    from assistant.ingest.files.paper import read_paper

    assistant = open_office()
    by = Override(override or "", reason or "") if override is not None or reason is not None else None
    paper = read_paper(reply)
    given = read_facts(facts, assistant.letters) if facts else {}
    known = Known(facts=given, notices=paper.notices, unseen=paper.unseen)
    verdict = assistant.verify(paper.text, day_of(on), outcome, known=known)
    if by:
        verdict = assistant.let_go(verdict, by, reply.name, paper.text)
    show(verdict.to_json(), as_json, lambda: _verdict_lines(verdict.to_json()))
    raise typer.Exit(0 if verdict.may_go else 1)


def _verdict_lines(verdict: dict[str, Any]) -> str:
    marks = {"error": "错误", "warning": "提示"}
    rows = [f"{marks[f['severity']]}（{f['check']}）：{f['message']}" for f in verdict["findings"]]
    by = verdict.get("override")
    gone = [f"已由{by['name']}放行（理由：{by['reason']}），并已记录。"] if by else []
    return "\n".join(["核对通过。" if verdict["passes"] else "核对不通过："] + rows + gone)
