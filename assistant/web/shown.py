"""What every part of the page shows for a case, in one place."""

from collections.abc import Mapping
from typing import Any

import gradio as gr

from assistant.law import china_time
from assistant.law.outcomes import Outcome, Road
from assistant.law.provisions import ProvisionRef
from assistant.web import cards, paper, papering
from assistant.web.case import Case, Told
from assistant.web.desk import Desk
from assistant.web.markup import Markup, el, join
from assistant.web.pressing import cites, go, press
from assistant.web.sources import hit, listed, provision

NO_CASE = "还没有在办的申请。收到申请书后，这里列出处理结果的条文依据和检索到的条文、公开信息。"


# What has been heard and is being done with it: the first words a clerk sees, before any of the work.
DOING: Mapping[Told, str] = {
    "letter": "已收到申请书，正在处理：读出申请事项，研判处理结果，查找依据……",
    "reply": "已收到答复书，正在处理：逐项校验……",
    "question": "已收到问题，正在处理：查条文和已公开的年度报告……",
    "findings": "已记下查明的事实，正在处理：按这些事实重新研判……",
    "wish": "已收到要求，正在处理……",
}
PENDING = "正在处理……"
NOT_YET = "程序刚刚启动，检索用的资料还在准备（第一次要建索引），准备好就接着答。"
SETTLED = {
    "proposed": "助手的建议，还没有采纳",
    "adopted": "已采纳助手的建议",
    "changed": "由你选定",
    "guided": "按七步引导得出，已采纳",
}


def messages(case: Case, waiting: bool = False, preparing: bool = False) -> list[dict[str, str]]:
    """The conversation as the chat component wants it; `waiting` for an answer under way.

    `preparing`: the answer first waits for the index, which is said.
    """
    doing = DOING[case.pending.intent] if case.pending else PENDING
    doing += NOT_YET if preparing else ""
    turns = (*case.turns, cards.told(doing)) if waiting else case.turns
    return [{"role": turn.who, "content": str(turn.shown)} for turn in turns]


def road_choice(desk: Desk, case: Case) -> Any:
    """The roads of the chosen outcome, where there is more than one."""
    roads = desk.assistant.outcomes[case.code].roads if case.code and not case.items else ()
    choices = [(road.when, road.name) for road in roads]
    return gr.update(choices=choices, value=case.road, visible=len(roads) > 1)


def outcome_note(desk: Desk, case: Case) -> Markup:
    """What the chosen outcome rests on, what must be established for it, which remedy it carries."""
    if case.paper:
        return papering.note(desk, case)
    if case.items:
        return join((_settled(desk, case), _items_note(desk, case)))
    road = desk.road(case)
    if road is None or case.code is None:
        question = case.handled.proposal.question if case.handled and case.handled.proposal.abstain else None
        return (
            join(
                (
                    el("p", "助手把握不足，没有预选。", el("strong", question), class_="notice"),
                    el("p", go("guide", "用七步引导"), class_="presses"),
                )
            )
            if question
            else Markup("")
        )
    return join((_settled(desk, case), _about(desk, case, road)))


def _about(desk: Desk, case: Case, road: Road) -> Markup:
    assert case.code is not None
    return _note(desk.assistant.outcomes[case.code], road, _remedy(desk, case.code, road))


def basis(desk: Desk, case: Case) -> Markup:
    """The chosen outcome's provisions in full, then everything that was found for the letter."""
    if case.handled is None and case.code is None and not case.items:
        return el("div", el("p", NO_CASE), class_="empty")
    today, book = china_time.today(), desk.assistant.statutes
    refs = _refs(desk, case)
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


def _refs(desk: Desk, case: Case) -> tuple[ProvisionRef, ...]:
    """The provisions of the outcome, or of every item's."""
    road = desk.road(case)
    if road:
        return road.basis
    roads = (desk.assistant.outcomes[item.code].road(item.road) for item in case.items)
    return tuple(dict.fromkeys(ref for one in roads for ref in one.basis))


def _settled(desk: Desk, case: Case) -> Markup:
    """How the outcome came to be chosen, and what may be done with it."""
    proposed = desk.proposed(case)
    number = case.number
    presses = (
        press(f"adopt:{number}:{proposed}", "采纳", "chief")
        if case.settled == "proposed" and proposed
        else None,
        press(f"adopt:{number}:{proposed}", "改回助手的建议")
        if case.settled == "changed" and proposed
        else None,
        go("outcome", "修改") if case.settled != "changed" else None,
        press(f"why:{number}", "为什么") if case.handled else None,
        go("guide", "七步引导"),
    )
    said = el("span", SETTLED[case.settled], class_="kind")
    return el("p", said, *presses, class_="presses settled")


def _items_note(desk: Desk, case: Case) -> Markup:
    """Each item of a request decided item by item, with its outcome and basis."""
    outcomes = desk.assistant.outcomes
    rows = (
        el(
            "div",
            el("dt", f"第{number}项"),
            el("dd", f"{outcomes[item.code].label}　", cites(outcomes[item.code].road(item.road).basis)),
        )
        for number, item in enumerate(case.items, start=1)
    )
    return el("dl", *rows, class_="outcome-note")


def other(case: Case) -> Markup:
    """The verdict on a reply that is not our draft, and the reply with the faults marked in it."""
    if case.other is None:
        return Markup("")
    return el("div", paper.verdict(case.other), paper.sheet(case.other), class_="other")


def _note(outcome: Outcome, road: Road, remedy: str) -> Markup:
    rows = (
        ("依据", cites(road.basis)),
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
    return desk.assistant.remedies.for_grounds(road.basis, china_time.today()).name
