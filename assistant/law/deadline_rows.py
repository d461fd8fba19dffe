"""Reading corpus/rules/deadlines.yaml strictly: an error names file, row and key."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from assistant.errors import CorpusError
from assistant.law.deadlines import FILE, Channel, Convention, Dated, DeadlineTable, EventKind, Length, Limit
from assistant.law.rules import (
    DATED,
    one_of,
    read_refs,
    read_rows,
    read_rules,
    read_validity,
    read_words,
    refuse_overlaps,
    refuse_twice,
    require_keys,
)

UNITS = ("workday", "day", "month", "year", "yearly")

_FILE = {
    "channels": (list,),
    "events": (list,),
    "own_sections": (str,),
    "remedies": (dict,),
    "limits": (list,),
    "counting": (list,),
}
_CHANNEL = {
    "channel": (str,),
    "name": (str,),
    "day": (str,),
    "evidence": (str,),
    "note": (str, type(None)),
    "basis": (list,),
    **DATED,
}
_EVENT = {
    "kind": (str,),
    "name": (str,),
    "after": (list,),
    "once": (str,),
    "evidence": (str,),
    "who": (str, type(None)),
    "period": (str, type(None)),
    "basis": (list,),
}
_LIMIT = {
    "row": (str,),
    "id": (str,),
    "name": (str,),
    "starts": (str,),
    "lengths": (list,),
    "local": (str, type(None)),
    "silence": (str, type(None)),
    "note": (str, type(None)),
    "basis": (list,),
    **DATED,
}
_LENGTH = {
    "key": (str,),
    "name": (str,),
    "length": (int, str, type(None)),
    "unit": (str,),
    "starts": (str, type(None)),
    "after": (str, type(None)),
    "last_day": (str,),
    "basis": (list,),
    "verified": (bool,),
}
_COUNTING = {"id": (str,), "says": (str,), "basis": (list,), **DATED}


def load_deadlines(rules_dir: Path) -> DeadlineTable:
    """The table of time limits. Raises CorpusError naming file, row and key."""
    found = read_rules(rules_dir / FILE)
    require_keys(found, _FILE, FILE)
    kinds = [_event(row, where) for row, where in read_rows(found, "events", FILE, "kind")]
    refuse_twice((event.kind for event in kinds), FILE, "kind")
    events = {event.kind: event for event in kinds}
    for event in events.values():
        strangers = sorted(set(event.after) - set(events))
        if strangers:
            raise CorpusError(f"{FILE} {event.kind}：after 里没有这种事件：{'、'.join(strangers)}。")
    table = DeadlineTable(
        tuple(_channel(row, where) for row, where in read_rows(found, "channels", FILE, "channel")),
        events,
        tuple(_limit(row, where) for row, where in read_rows(found, "limits", FILE, "id")),
        tuple(_convention(row, where) for row, where in read_rows(found, "counting", FILE, "id")),
        re.compile(found["own_sections"]),
        {class_: tuple(ids) for class_, ids in found["remedies"].items()},
    )
    sections: tuple[Sequence[Dated], ...] = (table.channels, table.limits, table.conventions)
    for rows in sections:
        refuse_overlaps(((row.id, row.validity) for row in rows), FILE)
    return table


def _channel(row: dict[str, Any], where: str) -> Channel:
    require_keys(row, _CHANNEL, where)
    basis = _basis(row, where)
    return Channel(
        row["channel"], row["name"], row["day"], row["evidence"], row["note"], basis, read_validity(row)
    )


def _event(row: dict[str, Any], where: str) -> EventKind:
    require_keys(row, _EVENT, where)
    once = one_of(row, "once", ("case", "party", "term"), where)
    return EventKind(
        row["kind"],
        row["name"],
        read_words(row, "after", where, 0),
        once,
        row["evidence"],
        row["who"],
        row["period"],
        _basis(row, where),
    )


def _limit(row: dict[str, Any], where: str) -> Limit:
    full = {"local": None, "silence": None} | row
    require_keys(full, _LIMIT, where)
    if not full["lengths"]:
        raise CorpusError(f"{where}：“lengths”不能为空。")
    return Limit(
        row=full["row"],
        id=full["id"],
        name=full["name"],
        starts=full["starts"],
        lengths=tuple(_length(part, full, where) for part in full["lengths"]),
        local=full["local"],
        silence=full["silence"],
        note=full["note"],
        basis=_basis(full, where),
        validity=read_validity(full),
    )


def _length(row: Any, limit: Mapping[str, Any], where: str) -> Length:
    if not isinstance(row, dict):
        raise CorpusError(f"{where}：“lengths”里的 {row!r} 应为“键: 值”的列表。")
    inherited = {"starts": None, "after": None, "last_day": "next"}
    full = inherited | {"basis": limit["basis"], "verified": limit["verified"]} | row
    place = f"{where} {full.get('key', '?')}"
    require_keys(full, _LENGTH, place)
    one_of(full, "unit", UNITS, place)
    one_of(full, "last_day", ("next", "stays"), place)
    yearly = full["unit"] == "yearly"
    if full["length"] is not None and isinstance(full["length"], str) is not yearly:
        raise CorpusError(f"{place}：“length”的值 {full['length']!r} 与单位 {full['unit']} 不配。")
    return Length(
        key=full["key"],
        name=full["name"],
        count=None if yearly else full["length"],
        month_day=full["length"] if yearly else None,
        unit=full["unit"],
        starts=full["starts"] or limit["starts"],
        after=full["after"],
        moves=full["last_day"] == "next",
        basis=_basis(full, place),
        verified=full["verified"],
    )


def _convention(row: dict[str, Any], where: str) -> Convention:
    require_keys(row, _COUNTING, where)
    return Convention(row["id"], row["says"], _basis(row, where), read_validity(row))


def _basis(row: Mapping[str, Any], where: str) -> str:
    """A rule's basis in print; what begins with 《 must be the address of a provision."""
    words = read_words(row, "basis", where)
    read_refs([one for one in words if one.startswith("《")], where)
    return "、".join(words)
