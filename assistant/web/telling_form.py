"""What happened to a registered case, told at its page: what may be told, the form of one of them, what was written.

The forms follow from the rules: which events may come next, whom and which term they ask for, on which provision.
Basis: 政府信息公开条例第三十条至第三十六条、第五十条.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from assistant.cases.closing import DISPUTES, RESULTS, Dispute
from assistant.cases.records import Search
from assistant.cases.tellable import CONCLUDE, DISPUTE, SEARCH, STRIKE, Tellable, struck
from assistant.cases.telling import Concluded, Happened, Struck, Told
from assistant.errors import InputError
from assistant.law.clock_events import china_day, parse_event
from assistant.web.markup import Markup, el
from assistant.web.pressing import cites
from assistant.web.rooms import area, choice, entry, press

if TYPE_CHECKING:
    from assistant.cases.dossier import Dossier
    from assistant.cases.roles import RoleTable
    from assistant.pipeline import Assistant
    from assistant.triage.guard_records import Part
    from assistant.web.rooms import Pressed

TITLE = "记录经过：补正、征求意见、延期、收费、检索、复议诉讼"
SEARCH_RECORD = "search_record"
_ASKED, _OPINION = "征求什么意见：涉及哪些信息", "对方的意见和理由"
_AGREES = {"": "没有写明", "yes": "同意公开", "no": "不同意公开"}


@dataclass(frozen=True)
class Telling:
    """What is being told at a case: its key, what was typed so far, what a search record states, who is at work."""

    key: str = ""
    typed: Mapping[str, str] = field(default_factory=dict)
    parts: "Mapping[str, Part]" = field(default_factory=dict)
    who: str = ""


def search_parts(office: "Assistant", on: date) -> "Mapping[str, Part]":
    """What the record of a search states, by the rules that check the file of a reply that rests on it."""
    records = office.seven_steps.files.table.records_of(SEARCH_RECORD, "", on)
    return {part.key: part for record in records for part in record.parts}


def section(found: "Dossier", telling: Telling, roles: "RoleTable") -> Markup:
    """Everything that may be told, folded; the form of the one that is being told."""
    here = _here(found, telling.key, roles)
    offered = (
        press(f"tell:{one.key}", one.name, aria_pressed="true" if one.key == telling.key else "false")
        for one in found.tellable
    )
    body = [el("p", *offered, class_="presses"), _form(here, found, telling) if here else None]
    return el("details", el("summary", TITLE), *body, class_="source telling", open=here is not None)


def read(key: str, pressed: "Pressed", who: str) -> Told:
    """What was written in the form. Raises InputError for a day that is none or a length that is none."""
    kind, _, number = key.partition("-")
    if kind == SEARCH:
        return _search(pressed, who)
    if kind == DISPUTE:
        return Dispute(pressed.told("dispute"), pressed.told("authority"), china_day(pressed.told("on")))
    if kind == CONCLUDE:
        return Concluded(_number(number), pressed.told("result"), china_day(pressed.told("on")))
    if kind == STRIKE:
        return Struck(_number(number), pressed.told("why"))
    return _happened(kind, pressed)


def _here(found: "Dossier", key: str, roles: "RoleTable") -> Tellable | None:
    """What is being told: one of those offered, or the putting right of an event that stands."""
    events = {f"{STRIKE}-{one.event}": one for one in found.moments if one.event}
    if key in events:
        one = events[key]
        return struck(one.event or 0, f"{one.on} {one.what}", roles)
    return next((one for one in found.tellable if one.key == key), None)


def _form(one: Tellable, found: "Dossier", telling: Telling) -> Markup:
    told = el(
        "p", el("span", one.may, class_="kind"), el("strong", one.name), " ", cites(one.basis.split("、"))
    )
    proof = el("p", f"卷里要有：{one.proof}。", class_="note") if one.proof else None
    keep = el(
        "p", press(f"told:{one.key}", "记录", "chief"), press("tell", "不记了", "quiet"), class_="presses"
    )
    today = found.standing.clock.as_of.isoformat()
    return el("div", told, proof, *_fields(one, today, telling), keep, class_="blank now")


def _fields(one: Tellable, today: str, telling: Telling) -> Iterator[Markup]:
    typed, kind = telling.typed, one.key.partition("-")[0]
    if kind == STRIKE:
        yield area("更正的理由（原记录保留，不再计算）", "why", typed.get("why", ""))
        return
    yield entry("日期", "on", typed.get("on", today), "date")
    if kind == SEARCH:
        yield from _search_fields(telling)
    elif kind == DISPUTE:
        yield choice("类别", "dispute", DISPUTES, typed.get("dispute", ""))
        yield entry("复议机关或者法院", "authority", typed.get("authority", ""))
    elif kind == CONCLUDE:
        yield choice("结果", "result", RESULTS, typed.get("result", ""))
    else:
        yield from _event_fields(one, typed)


def _event_fields(one: Tellable, typed: Mapping[str, str]) -> Iterator[Markup]:
    party = typed.get("party", "")
    if any(one.parties):
        names = {name: name or "没有写明是谁" for name in one.parties}
        yield choice(one.who or "对方", "party", names, party)
    elif one.who and not one.parties:
        yield entry(one.who, "party", party)
    if one.period:
        yield entry(one.period, "length", typed.get("length", ""))
    if one.asks:
        yield area(_ASKED, "asked", typed.get("asked", ""))
    elif one.hears:
        yield choice("是否同意公开", "agrees", _AGREES, typed.get("agrees", ""))
        yield area(_OPINION, "opinion", typed.get("opinion", ""))
    else:
        yield entry("备注", "note", typed.get("note", ""))


def _search_fields(telling: Telling) -> Iterator[Markup]:
    """The parts of a search record in the words of the rules; the day stands above."""
    for key, part in telling.parts.items():
        if key == "persons":
            yield entry(part.name, key, telling.typed.get(key, telling.who))
        elif key != "dates":
            yield area(part.name, key, telling.typed.get(key, ""))


def _search(pressed: "Pressed", who: str) -> Search:
    """Systems and offices are where it was looked for."""
    places = [pressed.told("systems"), pressed.told("offices")]
    return Search(
        china_day(pressed.told("on")),
        pressed.told("persons") or who,
        "；".join(filter(None, places)),
        "、".join(pressed.told("keywords").split("\n")),
        pressed.told("result"),
    )


def _happened(kind: str, pressed: "Pressed") -> Happened:
    """An event; a colon would part it, so it is written as the Chinese one."""
    parts = (pressed.told("on"), kind, pressed.told("party"), pressed.told("length"))
    event = parse_event(":".join(part.replace(":", "：") for part in parts).rstrip(":"))
    told = Happened(event, pressed.told("note"))
    if "asked" in pressed.fields:
        return Happened(event, asked=_required(pressed, "asked", _ASKED))
    if "opinion" in pressed.fields:
        said = _required(pressed, "opinion", _OPINION)
        agrees = {"yes": True, "no": False}.get(pressed.told("agrees"))
        return Happened(event, opinion=said, agrees=agrees) if event.who else Happened(event, said)
    return told


def _required(pressed: "Pressed", name: str, label: str) -> str:
    words = pressed.told(name)
    if not words:
        raise InputError(f"“{label}”还没有写，没有记录。请补写。")
    return words


def _number(words: str) -> int:
    if not (words.isascii() and words.isdigit()):
        raise InputError("没有这一条记录。请刷新页面后再试。")
    return int(words)
