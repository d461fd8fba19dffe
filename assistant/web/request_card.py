"""What a letter says, as part of the card it gets: who asks, for what, what else it wants, what it lacks.

Doubts and gaps are told without alarm: they are for the clerk to settle with the applicant, once.
Basis: 政府信息公开条例第二十九条、第三十条.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from assistant.web.markup import Markup, el, join, section

if TYPE_CHECKING:
    from assistant.law.provisions import ProvisionRef
    from assistant.triage.letter import Party, Request
    from assistant.triage.points import Correction, Point

SHOWN_ITEMS = 8
UNTOLD = "类别未写明"


@dataclass(frozen=True)
class Reading:
    """A letter as read, with what it takes to tell it: names of the kinds of applicant, and what it lacks.

    `correction` is the notice the letter calls for, None where the law misses nothing; `to_check` rests on
    practice only.
    """

    request: "Request"
    kinds: Mapping[str, str] = field(default_factory=dict)
    correction: "Correction | None" = None
    to_check: tuple["Point", ...] = ()


def asked(reading: Reading) -> Markup:
    """What is asked for, item by item, by whom, when and in which form."""
    request = reading.request
    shown = [el("li", item.text) for item in request.items[:SHOWN_ITEMS]] or [el("li", request.asked)]
    rest = len(request.items) - SHOWN_ITEMS
    more = el("li", f"……另有 {rest} 项", class_="note") if rest > 0 else None
    who = (
        ("申请人", "、".join(_party(one, reading.kinds) for one in request.applicants)),
        ("代理人", request.agent and f"{request.agent.text}（申请人的类别不因代理改变）"),
        ("日期", request.on and str(request.on)),
        ("形式", request.form),
        ("提交方式", request.channel and request.channel[0].label),
    )
    facts = "　".join(f"{name}：{value}" for name, value in who if value)
    return section("申请事项", el("ol", *shown, more), el("p", facts, class_="note") if facts else None)


def besides(reading: Reading) -> Markup | None:
    """What the letter wants besides information, and doubts for the clerk to settle."""
    request = reading.request
    demands = [
        el("li", f"{one.kind.label}：", el("q", one.words.text), _basis(one.kind.basis))
        for one in request.demands
    ]
    parts = (
        section("请先核对", el("ul", *(el("li", words) for words in request.doubts)))
        if request.doubts
        else None,
        section(
            "来信里的其他要求",
            el("p", "这些不是要公开的信息，与申请事项分开处理。", class_="note"),
            el("ul", *demands),
        )
        if demands
        else None,
    )
    return join(parts) or None


def lacking(reading: Reading) -> Markup | None:
    """What one correction notice would ask for, all at once; what it may not ask for; what only a look can tell."""
    parts = [*_to_correct(reading.correction)] if reading.correction else []
    if reading.to_check:
        rows = (_point(point, False) for point in reading.to_check)
        lead = el("p", "条例没有逐字写明，由经办人核对，不写进补正告知书。", class_="note")
        parts.append(section("请经办人留意", lead, el("ul", *rows)))
    return join(parts) or None


def _to_correct(correction: "Correction") -> Iterator[Markup]:
    words = "、".join(f"“{item.text}”" for item in correction.unclear)
    unclear = el("p", f"来信写的{words}不能指明是哪一项信息。", class_="note") if words else None
    lead = el("p", "需要补正的，把下列各项一次告知申请人。", class_="note")
    rows = (_point(point, True) for point in correction.points)
    yield section("申请书里还缺", lead, unclear, el("ul", *rows))
    if correction.no_grounds:
        never = (el("li", f"{one.label}：{one.why}", _basis(one.basis)) for one in correction.no_grounds)
        yield section("不能作为补正理由", el("ul", *never))


def _point(point: "Point", cited: bool) -> Markup:
    return el("li", f"{point.label}：{point.ask}", _basis(point.basis) if cited else None)


def _basis(refs: Iterable["ProvisionRef"]) -> Markup:
    return el("span", "、".join(map(str, refs)), class_="note")


def _party(party: "Party", kinds: Mapping[str, str]) -> str:
    """A name with its column of table two; one that does not tell its column says so."""
    return f"{party.name.text}（{kinds.get(party.kind or '', UNTOLD)}）"
