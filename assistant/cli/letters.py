"""Replies: drafted for a decided request, checked before anyone signs."""

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.cli.show import JsonFlag, OnDate, day_of, open_office, show
from assistant.errors import InputError
from assistant.law import china_time
from assistant.settings import load_settings

if TYPE_CHECKING:
    from assistant.drafting.draft import Draft
    from assistant.drafting.polishing import Polished
    from assistant.drafting.verify import Override, Verdict

OverrideBy = Annotated[
    str | None,
    typer.Option("--override", help="放行人姓名：核对不通过仍然发出，须写明理由。", metavar="NAME"),
]
OverrideWhy = Annotated[str | None, typer.Option("--reason", help="放行的理由。", metavar="WHY")]


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
    override: OverrideBy = None,
    reason: OverrideWhy = None,
    as_json: JsonFlag = False,
) -> None:
    """为已经决定的申请起草答复书，或者起草程序性文书。缺少的事实逐项列出，不编造；核对不通过的不写出成稿。"""
    from assistant.drafting.document import earlier_letter, write_draft

    _refuse_unfit(request, outcome, paper)
    by = override_of(override, reason)
    revision = earlier_letter(against, author, china_time.today()) if against else None
    drafted = _compose(_Order(request, outcome, paper, facts, on, findings if polish else None))
    composed = drafted.draft
    if by:
        drafted = replace(drafted, verdict=_let_go(drafted, by, out))
    written = bool(composed.missing) or drafted.verdict.may_go
    pages = write_draft(composed, out, load_settings().letters, revision) if written else None
    if as_json:
        print(json.dumps(_drafted_json(drafted, out if written else None), ensure_ascii=False, indent=2))
    for words in _told_beside(drafted, out):
        print(words, file=sys.stderr)
    if composed.missing or not drafted.verdict.may_go:
        raise typer.Exit(1)
    if not as_json:
        print(f"已写出 {out}{f'（共 {pages} 页）' if pages else ''}。请核对后由负责人审签。")


def _let_go(drafted: "_Drafted", by: "Override", out: Path) -> "Verdict":
    """Gaps are filled, never let go."""
    if drafted.draft.missing:
        raise InputError(f"还缺 {len(drafted.draft.missing)} 项事实，不能放行；请补齐后重新起草。")
    return open_office().let_go(drafted.verdict, by, out.name, drafted.draft.text)


def _told_beside(drafted: "_Drafted", out: Path) -> Iterator[str]:
    """What a clerk must know beside the letter: new words, doubts, gaps, and why the gate refuses it."""
    composed, verdict = drafted.draft, drafted.verdict
    if drafted.polished:
        yield from _polished_lines(drafted.polished)
    yield from (f"注意：{words}" for words in composed.warnings)
    if composed.missing:
        yield f"已写出 {out}，还缺 {len(composed.missing)} 项事实，文中以【待补】标出："
        yield from (f"  {gap.key}：{gap.meaning}（{gap.why}）" for gap in composed.missing)
    errors = [one for one in verdict.errors if not (composed.missing and one.check == "mandatory_part")]
    if errors and not verdict.override:
        yield "这份草稿核对不通过：" if composed.missing else f"核对不通过，没有写出 {out}："
        yield from (f"  错误（{one.check}）：{one.message}" for one in errors)
        if not composed.missing:
            yield "请更正事实后重新起草；确需照此发出的，用 --override 姓名 --reason 理由 放行，并留下记录。"
    if verdict.override:
        yield _gone(verdict.override.to_json())


def _drafted_json(drafted: "_Drafted", out: Path | None) -> dict[str, Any]:
    """The answer of `assistant draft --json`; `out` is null where nothing was written."""
    from assistant.drafting.provenance import draft_to_json

    told = {"polished": drafted.polished.to_json()} if drafted.polished else {}
    judged = {key: value for key, value in drafted.verdict.to_json().items() if key != "citations"}
    return {"out": str(out) if out else None, **draft_to_json(drafted.draft), **told, "gate": judged}


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


@dataclass(frozen=True)
class _Drafted:
    """A draft with the gate's verdict on it, and what the chat model did to it."""

    draft: "Draft"
    verdict: "Verdict"
    polished: "Polished | None" = None


def _compose(order: _Order) -> _Drafted:
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
    request = assistant.read(letter) if letter else None
    if order.findings is None:
        return _Drafted(composed, assistant.check_draft(composed, given, request))
    polished = assistant.polish(composed, given, letter, order.findings)
    verdict = assistant.check_draft(polished.draft, polished.facts, request)
    return _Drafted(polished.draft, verdict, polished)


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
    override: OverrideBy = None,
    reason: OverrideWhy = None,
    as_json: JsonFlag = False,
) -> None:
    """核对文书：条文、引文、依据、救济途径、必备内容、期限、个人信息、数字。"""
    from assistant.drafting.facts import read_facts
    from assistant.drafting.verify import Known
    from assistant.ingest.files.paper import read_paper

    assistant = open_office()
    by = override_of(override, reason)
    paper = read_paper(reply)
    given = read_facts(facts, assistant.letters) if facts else {}
    known = Known(facts=given, notices=paper.notices, unseen=paper.unseen)
    verdict = assistant.verify(paper.text, day_of(on), outcome, known=known)
    if by:
        verdict = assistant.let_go(verdict, by, reply.name, paper.text)
    show(verdict.to_json(), as_json, lambda: verdict_lines(verdict.to_json()))
    raise typer.Exit(0 if verdict.may_go else 1)


def verdict_lines(verdict: dict[str, Any]) -> str:
    marks = {"error": "错误", "warning": "提示"}
    rows = [f"{marks[f['severity']]}（{f['check']}）：{f['message']}" for f in verdict["findings"]]
    by = verdict.get("override")
    return "\n".join(
        ["核对通过。" if verdict["passes"] else "核对不通过："] + rows + ([_gone(by)] if by else [])
    )


def override_of(name: str | None, reason: str | None) -> "Override | None":
    """Who lets a refused letter go; None where neither is given. Raises InputError where one is."""
    from assistant.drafting.verify import Override

    return Override(name or "", reason or "") if name is not None or reason is not None else None


def _gone(by: dict[str, str]) -> str:
    return f"已由{by['name']}放行（理由：{by['reason']}），并已记录。"
