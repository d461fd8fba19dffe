"""Answers to what a clerk wants to know of the case at hand, from the rules and the proposal, without a model.

Why this outcome, why not another one, how a paper on the way is handled. Everything said stands in the rules of
outcomes, papers and the seven steps, or in the clerk's own papers; nothing is made up here.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from assistant.dialogue.wishes import Wish, paper_meant
from assistant.law.clock_events import Event, Filing
from assistant.law.outcomes import Outcome
from assistant.law.provisions import ProvisionRef
from assistant.pipeline import Assistant, Handled

if TYPE_CHECKING:
    from assistant.triage.decision_graph import Exit

FIELDS = {"request": "申请书", "findings": "查明的事实"}
SHOWN = 4


@dataclass(frozen=True)
class Told:
    """What is said: one leading line, points, the provisions it rests on, outcomes that may be chosen, what is next."""

    lead: str
    points: tuple[str, ...] = ()
    basis: tuple[ProvisionRef, ...] = ()
    options: tuple[str, ...] = ()
    next: str | None = None


@dataclass(frozen=True)
class Standing:
    """The case as far as an explanation needs it: what was proposed, what is chosen, when it was received."""

    handled: Handled | None = None
    code: str | None = None
    road: str | None = None
    received: date | None = None


def explain_why(assistant: Assistant, standing: Standing) -> Told:
    """What speaks for the outcome chosen, or else proposed: words found, what must be established, its rival."""
    handled, code = standing.handled, standing.code
    if handled is None:
        return Told("还没有在办的申请，没有可以说明的建议。", next="请先粘贴申请书，或者上传文件。")
    if code is None and handled.proposal.abstain:
        question = handled.proposal.question or "请补充查明的事实。"
        return Told(
            "把握不足，没有建议。",
            (f"要先查明：{question}",),
            next="写明查明的事实后点“重新研判”，或者用“七步引导”一问一答。",
        )
    outcome = assistant.outcomes[code or handled.proposal.outcomes[0].code]
    refs = outcome.road(standing.road).basis if standing.road else outcome.basis
    points = (
        *_signs(handled, outcome.code),
        *_rank(handled, outcome.code),
        f"这一结果须查明：{'；'.join(outcome.elements)}",
        *_rival(assistant, handled, outcome),
    )
    return Told(f"“{outcome.label}”的理由", points, refs, next="依据可以点开看原文；不同意的，改选处理结果。")


def explain_why_not(assistant: Assistant, wish: Wish, standing: Standing) -> Told:
    """What each outcome asked about would need, and what separates it from the one chosen."""
    article = wish.article
    name = f"第{str(article).split('第', 1)[1]}" if article else f"“{wish.words}”"
    if article and not wish.codes:
        return Told(f"没有一种处理结果以{article}为依据，所以不会用到它。", basis=(article,))
    chosen = standing.code or _proposed(standing)
    if chosen in wish.codes:
        label = assistant.outcomes[chosen].label
        return Told(f"现在选定的“{label}”就是这一种。", basis=assistant.outcomes[chosen].basis)
    lead = f"为什么不是{name}" if standing.handled else f"还没有在办的申请；{name}要这样才用得上"
    points = tuple(line for code in wish.codes for line in _against(assistant, code, chosen, standing))
    refs = dict.fromkeys(ref for code in wish.codes for ref in assistant.outcomes[code].basis)
    shown = tuple(ref for ref in refs if article is None or ref.whole_article == article)
    options = wish.codes if standing.handled else ()
    return Told(
        lead, points, shown, options, "查明的事实符合的，可以改选；处理结果由人决定。" if options else None
    )


def explain_procedure(assistant: Assistant, wish: Wish, standing: Standing, on: date) -> Told | None:
    """How a paper on the way is handled: what is done, what it must hold, what it does to the clock; None: unknown."""
    exit_ = paper_meant(wish, assistant.seven_steps.graph.on(on).exits.values())
    if exit_ is None:
        return None
    paper = assistant.procedures.on(on).get(exit_.paper or "")
    must = (
        [f"{point.words}{'' if point.verified else '（通行做法）'}" for point in paper.must] if paper else []
    )
    points = (
        f"要办的：{exit_.tell}",
        *([f"文书：{paper.name}，须写明{'；'.join(must)}"] if paper else []),
        *([f"对期限：{paper.clock.words}{'' if paper.clock.verified else '（通行做法）'}"] if paper else []),
        *_days(assistant, exit_, standing, on),
        *([f"{exit_.when}，接着办"] if exit_.when else []),
    )
    refs = (
        paper.basis
        if paper
        else tuple(ProvisionRef.parse(one) for one in exit_.basis if one.startswith("《"))
    )
    return Told(exit_.name, points, refs)


def _days(assistant: Assistant, exit_: "Exit", standing: Standing, on: date) -> Iterator[str]:
    """The last day as it stands, and as an extension told today would move it."""
    received = standing.received
    if received is None or received > on:
        return
    due = assistant.clock(Filing(received), on).due
    if due is None:
        return
    yield f"本件 {received} 收到，没有其他情形的，答复期限到 {due}"
    if exit_.event == "extension" and on <= due:
        event = Event(on, "extension", who="政府信息公开工作机构负责人")
        longer = assistant.clock(Filing(received, (event,)), on).due
        yield f"今天告知延长的，最迟到 {longer}"
    elif exit_.event == "extension":
        yield "原来的期限已经过了，现在不能再延长"


def _against(assistant: Assistant, code: str, chosen: str | None, standing: Standing) -> Iterator[str]:
    """One outcome that was asked about: where it ranks, what points to it, what it needs, what separates it."""
    outcome = assistant.outcomes[code]
    said = [f"须查明{'；'.join(outcome.elements)}"]
    handled = standing.handled
    if handled:
        signs = [one.quote for one in handled.proposal.signals if one.points_to == code]
        found = "、".join(f"“{quote}”" for quote in signs[:SHOWN])
        said.insert(0, f"有线索{found}，但是不足" if found else "申请书和查明的事实里没有指向它的线索")
    question = assistant.outcomes[chosen].neighbours.get(code) if chosen else None
    if question:
        said.append(f"与“{assistant.outcomes[chosen or code].label}”的分界：{question}")
    yield f"{outcome.label}：{'。'.join(said)}"


def _signs(handled: Handled, code: str) -> Iterator[str]:
    found = [one for one in handled.proposal.signals if one.points_to == code]
    for one in found[:SHOWN]:
        yield f"{FIELDS[one.field]}写了“{one.quote}”"
    if not found:
        yield "申请书和查明的事实里没有直接指向它的文字，是按整体的写法比较出来的，请核对"


def _rank(handled: Handled, code: str) -> Iterator[str]:
    for place, one in enumerate(handled.proposal.outcomes, start=1):
        if one.code == code:
            yield f"在各种处理结果里排第 {place} 位，把握约 {one.probability:.0%}"


def _rival(assistant: Assistant, handled: Handled, outcome: Outcome) -> Iterator[str]:
    """The next likely outcome with the question that separates the two, where the rules know one."""
    for one in handled.proposal.outcomes:
        if one.code != outcome.code:
            question = outcome.neighbours.get(one.code)
            if question:
                yield f"最接近的另一种是“{one.label}”，分界：{question}"
            return


def _proposed(standing: Standing) -> str | None:
    handled = standing.handled
    return None if handled is None or handled.proposal.abstain else handled.proposal.outcomes[0].code
