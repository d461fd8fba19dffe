"""The case of the conversation on its way into the register: the form that shows what is taken, and what it holds.

Basis: 政府信息公开条例第二十九条.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from assistant.cases.records import Applicant, Decision, NewCase
from assistant.cases.taking import Settled, new_case
from assistant.errors import InputError
from assistant.law.clock_events import china_day
from assistant.web.markup import Markup, el
from assistant.web.rooms import area, choice, entry, heading, press, tick

if TYPE_CHECKING:
    from assistant.law.deadlines import DeadlineTable
    from assistant.law.outcomes import Outcomes
    from assistant.triage.letter import Request
    from assistant.web.case import Case
    from assistant.web.rooms import Pressed

NO_LETTER = "对话里还没有申请书。请先在左边粘贴或者上传一份申请书。"
RECEIVED = "received_on"


def form(
    case: "Case", outcomes: "Outcomes", kinds: Mapping[str, str], table: "DeadlineTable", today: date
) -> Markup:
    """What the letter says, to be completed: day and channel of receipt, applicants, what goes along."""
    request = require_letter(case)
    channels = {"": "没有写明", **{one.id: one.name for one in table.channels}}
    said = request.channel[0].key if request.channel else ""
    people = [(one.name.text, one.kind or "") for one in request.applicants] or [("", "")]
    agent = f"代理人：{request.agent.text}（不影响申请人的类别）" if request.agent else None
    return el(
        "div",
        heading("登记对话里的这一件", press("board", "不登记")),
        el(
            "div",
            entry("收到之日", "received", case.typed.get(RECEIVED) or today.isoformat(), "date"),
            choice("提交方式", "channel", channels, said),
            *(part for place, (name, kind) in enumerate(people) for part in _party(place, name, kind, kinds)),
            entry("联系方式", "contact", request.contact or ""),
            el("p", agent, class_="note") if agent else None,
            el(
                "p",
                f"要的内容：{'；'.join(item.text for item in request.items) or request.asked}",
                class_="note",
            ),
            *_along(case, outcomes),
            press("register", "登记，编号", "chief"),
            class_="blank now",
        ),
        class_="taking",
    )


def _party(place: int, name: str, kind: str, kinds: Mapping[str, str]) -> tuple[Markup, Markup]:
    label = "申请人" if place == 0 else f"共同申请人 {place}"
    offered = {"": "请选择", **kinds}
    return entry(label, f"name-{place}", name), choice("类别（年报的栏）", f"kind-{place}", offered, kind)


def _along(case: "Case", outcomes: "Outcomes") -> list[Markup]:
    """What is settled by now and may go along."""
    if not case.code:
        return [el("p", "处理结果还没有选定，先登记；选定以后再从这里带入。", class_="note")]
    draft = bool(case.reply and case.reply.draft)
    rows = [
        tick(
            f"一并记录处理结果：{outcomes[case.code].label}", "decision", draft or case.settled != "proposed"
        ),
        area("理由和依据", "reasons", _reasons(case)),
    ]
    if draft:
        rows.append(tick("一并放入答复的草稿", "draft", True))
    return rows


def _reasons(case: "Case") -> str:
    found = case.handled.findings.strip() if case.handled else ""
    return case.typed.get("reason") or found


def require_letter(case: "Case") -> "Request":
    """The letter of the conversation. Raises InputError where there is none."""
    if case.handled is None:
        raise InputError(NO_LETTER)
    return case.handled.request


def filled(case: "Case", pressed: "Pressed") -> NewCase:
    """The letter as it is registered, with what the clerk completed. Raises InputError for a day that is none."""
    new = new_case(require_letter(case), china_day(pressed.told("received")), pressed.told("channel") or None)
    places = sorted(int(key[5:]) for key in pressed.fields if key.startswith("name-") and key[5:].isdigit())
    parties = tuple(
        Applicant(
            pressed.told(f"kind-{place}"),
            pressed.told(f"name-{place}"),
            (pressed.told("contact") or None) if place == 0 else None,
        )
        for place in places
    )
    return replace(new, applicants=parties or new.applicants)


def settled(case: "Case", pressed: "Pressed", today: date, everything: bool = False) -> Settled:
    """Outcome and draft that go along: those ticked, or for a registered case all there is."""
    decision = words = None
    if case.code and (everything or pressed.told("decision")):
        reasons = pressed.told("reasons") or _reasons(case)
        if not reasons:
            raise InputError("处理结果要写明理由和依据。请在“办理”里写明查明的事实，或者在这里写。")
        decision = Decision(case.code, case.road or "", today, reasons, "")
    reply = case.reply
    if reply and reply.draft and (everything or pressed.told("draft")):
        if decision is None and not everything:
            raise InputError("草稿要和处理结果一起带入，请把“一并记录处理结果”也勾上。")
        words = reply.draft.text
    return Settled(decision, words, None, pressed.told("why") or None)
