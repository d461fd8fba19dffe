"""Reading corpus/rules/deadlines.yaml strictly: an error names file, row and key."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from assistant.errors import CorpusError
from assistant.law.deadlines import FILE, Channel, Convention, Dated, DeadlineTable, EventKind, Length, Limit
from assistant.law.provisions import ProvisionRef
from assistant.law.rules import DATED, read_rules, read_validity, require_keys

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
_EVENT = {"kind": (str,), "name": (str,), "after": (list,), "once": (str,), "evidence": (str,)}
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
    events = {row.get("kind", "?"): _event(row) for row in found["events"]}
    for event in events.values():
        strangers = sorted(set(event.after) - set(events))
        if strangers:
            raise CorpusError(f"{FILE} {event.kind}：after 里没有这种事件：{'、'.join(strangers)}。")
    table = DeadlineTable(
        tuple(_channel(row) for row in found["channels"]),
        events,
        tuple(_limit(row) for row in found["limits"]),
        tuple(_convention(row) for row in found["counting"]),
        re.compile(found["own_sections"]),
        {class_: tuple(ids) for class_, ids in found["remedies"].items()},
    )
    for rows in (table.channels, table.limits, table.conventions):
        _refuse_overlaps(rows)
    return table


def _refuse_overlaps(rows: Sequence[Dated]) -> None:
    for number, row in enumerate(rows):
        for other in rows[:number]:
            if row.id == other.id and (
                row.validity.holds(other.validity.valid_from) or other.validity.holds(row.validity.valid_from)
            ):
                raise CorpusError(f"{FILE} {row.id}：两行的有效期重叠。请写明前一行的 valid_to。")


def _channel(row: dict[str, Any]) -> Channel:
    where = f"{FILE} {row.get('channel', '?')}"
    require_keys(row, _CHANNEL, where)
    basis = read_basis(row["basis"], where)
    return Channel(
        row["channel"], row["name"], row["day"], row["evidence"], row["note"], basis, read_validity(row)
    )


def _event(row: dict[str, Any]) -> EventKind:
    where = f"{FILE} {row.get('kind', '?')}"
    require_keys(row, _EVENT, where)
    if row["once"] not in ("case", "party", "term"):
        raise CorpusError(f"{where}：“once”的值 {row['once']!r} 应为 case、party 或 term。")
    return EventKind(row["kind"], row["name"], tuple(row["after"]), row["once"], row["evidence"])


def _limit(row: dict[str, Any]) -> Limit:
    where = f"{FILE} {row.get('id', '?')}"
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
        basis=read_basis(full["basis"], where),
        validity=read_validity(full),
    )


def _length(row: dict[str, Any], limit: Mapping[str, Any], where: str) -> Length:
    inherited = {"starts": None, "after": None, "last_day": "next"}
    full = inherited | {"basis": limit["basis"], "verified": limit["verified"]} | row
    place = f"{where} {full.get('key', '?')}"
    require_keys(full, _LENGTH, place)
    if full["unit"] not in UNITS:
        raise CorpusError(f"{place}：“unit”的值 {full['unit']!r} 应为 {'、'.join(UNITS)}。")
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
        basis=read_basis(full["basis"], place),
        verified=full["verified"],
    )


def _convention(row: dict[str, Any]) -> Convention:
    where = f"{FILE} {row.get('id', '?')}"
    require_keys(row, _COUNTING, where)
    return Convention(row["id"], row["says"], read_basis(row["basis"], where), read_validity(row))


def read_basis(printed: Sequence[str], where: str) -> str:
    """A rule's basis in print; what begins with 《 must be the address of a provision."""
    if not printed:
        raise CorpusError(f"{where}：“basis”不能为空。")
    for words in printed:
        if words.startswith("《"):
            try:
                ProvisionRef.parse(words)
            except ValueError as fault:
                raise CorpusError(f"{where}：依据“{words}”不是条文出处。") from fault
    return "、".join(printed)
