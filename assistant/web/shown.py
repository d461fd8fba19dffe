"""What every part of the page shows for a case, in one place."""

from datetime import date
from typing import Any

import gradio as gr

from assistant.law.outcomes import Outcome, Road
from assistant.web import paper
from assistant.web.case import Case
from assistant.web.desk import Desk
from assistant.web.markup import Markup, el
from assistant.web.sources import hit, listed, provision

NO_CASE = "还没有在办的申请。收到申请书后，这里列出处理结果的条文依据和检索到的条文、公开信息。"


def messages(case: Case) -> list[dict[str, str]]:
    """The conversation as the chat component wants it."""
    return [{"role": turn.who, "content": str(turn.shown)} for turn in case.turns]


def road_choice(desk: Desk, case: Case) -> Any:
    """The roads of the chosen outcome, where there is more than one."""
    roads = desk.assistant.outcomes[case.code].roads if case.code else ()
    choices = [(road.when, road.name) for road in roads]
    return gr.Radio(choices=choices, value=case.road, visible=len(roads) > 1)


def outcome_note(desk: Desk, case: Case) -> Markup:
    """What the chosen outcome rests on, what must be established for it, which remedy it carries."""
    road = desk.road(case)
    if road is None or case.code is None:
        question = case.handled.proposal.question if case.handled and case.handled.proposal.abstain else None
        return (
            el("p", "助手把握不足，没有预选。", el("strong", question), class_="notice")
            if question
            else Markup("")
        )
    return _note(desk.assistant.outcomes[case.code], road, _remedy(desk, case.code, road))


def basis(desk: Desk, case: Case) -> Markup:
    """The chosen outcome's provisions in full, then everything that was found for the letter."""
    if case.handled is None and case.code is None:
        return el("div", el("p", NO_CASE), class_="empty")
    today, book = date.today(), desk.assistant.statutes
    road = desk.road(case)
    refs = road.basis if road else ()
    hits = case.handled.found.hits if case.handled else ()
    return el(
        "div",
        el("h3", "处理结果的依据"),
        listed(
            (provision(ref, book, today, open_=True) for ref in refs), "选定处理结果后，这里列出条文原文。"
        ),
        el("h3", "检索到的条文和公开信息"),
        listed((hit(one, book, today) for one in hits), "没有查到相关条文或者公开信息。"),
        class_="basis",
    )


def other(case: Case) -> Markup:
    """The verdict on a reply that is not our draft, and the reply with the faults marked in it."""
    if case.other is None:
        return Markup("")
    return el("div", paper.verdict(case.other), paper.sheet(case.other), class_="other")


def _note(outcome: Outcome, road: Road, remedy: str) -> Markup:
    rows = (
        ("依据", "、".join(map(str, road.basis))),
        ("须查明", "；".join(outcome.elements)),
        ("应留存", "；".join(outcome.evidence)),
        ("救济", remedy),
    )
    return el(
        "dl", *(el("div", el("dt", name), el("dd", value)) for name, value in rows), class_="outcome-note"
    )


def _remedy(desk: Desk, code: str, road: Road) -> str:
    if desk.assistant.outcomes[code].remedy == "by_basis":
        return "随不予公开部分所依据的条文确定"
    return desk.assistant.remedies.for_grounds(road.basis, date.today()).name
