"""Replies: drafted for a decided request, checked before anyone signs."""

import json
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.cli.show import JsonFlag, OnDate, day_of, open_office, show
from assistant.errors import InputError
from assistant.settings import load_settings

if TYPE_CHECKING:
    from assistant.drafting.draft import Draft
    from assistant.drafting.polishing import Polished


def draft(
    out: Annotated[Path, typer.Option(help="写成的文书：.docx、.md 或 .pdf。")],
    request: Annotated[Path | None, typer.Option(help="申请书文件。")] = None,
    outcome: Annotated[
        str | None,
        typer.Option(help="处理结果代码，如 unable.not_held；事实里写了 items 的，是整件的结果，可以不写。"),
    ] = None,
    paper: Annotated[
        str | None,
        typer.Option(
            help="起草答复以外的文书，如 correction_notice；名称见 docs/letters.md。", metavar="NAME"
        ),
    ] = None,
    facts: Annotated[Path | None, typer.Option(help="事实文件（YAML）。")] = None,
    on: OnDate = None,
    polish: Annotated[
        bool, typer.Option("--polish", help="请对话模型润色理由；法律文字和其他事实不变，不成的仍用原稿。")
    ] = False,
    findings: Annotated[str, typer.Option(help="润色时供参考的查明情况。")] = "",
    against: Annotated[
        Path | None, typer.Option(help="对照的旧稿（.docx）：写成带修订标记的修订稿。", metavar="OLD")
    ] = None,
    author: Annotated[str, typer.Option(help="修订标记上的修订人。")] = "答复书起草",
    as_json: JsonFlag = False,
) -> None:
    """为已经决定的申请起草答复书，或者起草程序性文书。缺少的事实逐项列出，不编造。"""
    from assistant.drafting.document import earlier_letter, write_draft

    _refuse_unfit(request, outcome, paper)
    revision = earlier_letter(against, author, date.today()) if against else None
    composed, polished = _compose(_Order(request, outcome, paper, facts, on, findings if polish else None))
    pages = write_draft(composed, out, load_settings().letters, revision)
    for words in _polished_lines(polished) if polished else ():
        print(words, file=sys.stderr)
    for words in composed.warnings:
        print(f"注意：{words}", file=sys.stderr)
    if as_json:
        from assistant.drafting.provenance import draft_to_json

        told = {"polished": polished.to_json()} if polished else {}
        print(json.dumps({"out": str(out), **draft_to_json(composed), **told}, ensure_ascii=False, indent=2))
    if composed.missing:
        print(f"已写出 {out}，还缺 {len(composed.missing)} 项事实，文中以【待补】标出：", file=sys.stderr)
        for gap in composed.missing:
            print(f"  {gap.key}：{gap.meaning}（{gap.why}）", file=sys.stderr)
        raise typer.Exit(1)
    if not as_json:
        print(f"已写出 {out}{f'（共 {pages} 页）' if pages else ''}。请核对后由负责人审签。")


def _refuse_unfit(request: Path | None, outcome: str | None, paper: str | None) -> None:
    """A reply answers a request; a paper has no outcome."""
    if paper and outcome:
        raise InputError("--outcome 和 --paper 只写一个：答复书写 --outcome，程序性文书写 --paper。")
    if not paper and request is None:
        raise InputError("缺少 --request（申请书文件）。起草程序性文书的，请写 --paper。")


@dataclass(frozen=True)
class _Order:
    """What is to be drafted from what; `findings` where the chat model is to word the reasons."""

    request: Path | None
    outcome: str | None
    paper: str | None
    facts: Path | None
    on: str | None
    findings: str | None


def _compose(order: _Order) -> tuple["Draft", "Polished | None"]:
    from assistant.drafting.facts import read_facts
    from assistant.ingest.files.readers import read_letter

    assistant = open_office()
    given = read_facts(order.facts, assistant.letters) if order.facts else {}
    letter = read_letter(order.request) if order.request else None
    if order.paper:
        composed = assistant.draft_paper(order.paper, given, letter, day_of(order.on))
    elif not order.outcome and "items" not in given:
        raise InputError(
            "缺少 --outcome（处理结果代码，如 unable.not_held）；几项内容分别决定的，请在事实文件里写 items。"
        )
    else:
        composed = assistant.draft(order.outcome, given, letter, day_of(order.on))
    if order.findings is None:
        return composed, None
    polished = assistant.polish(composed, given, letter, order.findings)
    return polished.draft, polished


def _polished_lines(polished: "Polished") -> list[str]:
    """What a chat model changed, old words and new ones; or why it changed nothing."""
    if polished.notice:
        return [f"注意：{polished.notice}"]
    rows = [f"对话模型 {polished.model} 润色了 {len(polished.changes)} 处，请逐处核对："]
    for one in polished.changes:
        rows += [
            f"  {one.label}（{one.name}）",
            f"    原：{one.before or '（未填写）'}",
            f"    现：{one.after}",
        ]
    return rows


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
