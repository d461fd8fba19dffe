"""The points a request must contain, those a letter lacks, and the one correction notice that asks for them.

A clear object and place is description enough. Nobody is asked for a purpose, nor sent back because a letter
asks for several things. Basis: 政府信息公开条例第二十七条、第二十九条、第三十条.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from assistant.law.provisions import ProvisionRef
from assistant.law.rules import (
    DATED,
    Keys,
    Validity,
    read_refs,
    read_rows,
    read_rules,
    read_validity,
    read_words,
    refuse_overlaps,
    require_keys,
)
from assistant.triage.letter import Request, Said
from assistant.triage.letter_rules import POINTS_FILE, POINTS_TOP

FILE = POINTS_FILE

_ROW: Keys = {"key": (str,), "label": (str,), "ask": (str,), "basis": (list,), **DATED}
_NO_GROUND: Keys = {"key": (str,), "label": (str,), "why": (str,), "basis": (list,), **DATED}
_NOTICE: Keys = {"from_letter": (list,), "from_office": (list,)}


@dataclass(frozen=True)
class Point:
    """One thing the law wants in a request: its name, how to ask for it, where the law says so."""

    key: str
    label: str
    ask: str
    basis: tuple[ProvisionRef, ...]
    validity: Validity


@dataclass(frozen=True)
class NoGround:
    """Something a correction notice may not be given for, and why."""

    key: str
    label: str
    why: str
    basis: tuple[ProvisionRef, ...]
    validity: Validity


@dataclass(frozen=True)
class PointTable:
    """Points, what is no point, and the slots of the letters that a correction notice states."""

    points: tuple[Point, ...]
    no_grounds: tuple[NoGround, ...]
    from_letter: tuple[str, ...]
    from_office: tuple[str, ...]


@dataclass(frozen=True)
class Correction:
    """What one correction notice asks for, all at once.

    `unclear` are the items whose words name nothing. `to_check` rests on practice only: the clerk looks, the
    notice does not ask for it by itself. `facts` fill slots of the letter (correction_points: a line a point); `open` are slots the office must fill.
    """

    points: tuple[Point, ...]
    to_check: tuple[Point, ...]
    unclear: tuple[Said, ...]
    no_grounds: tuple[NoGround, ...]
    facts: Mapping[str, str | list[str]]
    open: tuple[str, ...]


def load_points(rules_dir: Path) -> tuple[Point, ...]:
    """Every point of corpus/rules/request_points.yaml. Raises CorpusError naming row and key."""
    return load_point_table(rules_dir).points


def load_point_table(rules_dir: Path) -> PointTable:
    """Points, no grounds and slots of corpus/rules/request_points.yaml. Raises CorpusError naming row and key."""
    found = read_rules(rules_dir / FILE)
    require_keys(found, POINTS_TOP, FILE)
    require_keys(found["notice"], _NOTICE, f"{FILE} notice")
    points = tuple(Point(**_row(row, _ROW, where)) for row, where in read_rows(found, "points", FILE, "key"))
    no_grounds = tuple(
        NoGround(**_row(row, _NO_GROUND, where)) for row, where in read_rows(found, "no_grounds", FILE, "key")
    )
    refuse_overlaps(((point.key, point.validity) for point in points), f"{FILE} points")
    slots = {key: read_words(found["notice"], key, f"{FILE} notice") for key in _NOTICE}
    return PointTable(points, no_grounds, **slots)


def missing_points(request: Request, points: tuple[Point, ...], on: date) -> tuple[Point, ...]:
    """The points valid on that day that the letter does not fill, in the order of the law.

    What rests on practice only is not among them (see Correction.to_check).
    """
    return tuple(point for point in _lacking(request, points, on) if point.validity.verified)


def points_to_check(request: Request, points: tuple[Point, ...], on: date) -> tuple[Point, ...]:
    """Points the letter does not fill that rest on practice only: the clerk looks, no notice asks for them by itself."""
    return tuple(point for point in _lacking(request, points, on) if not point.validity.verified)


def correction_of(request: Request, table: PointTable, on: date) -> Correction | None:
    """The correction notice a letter calls for, or None where the law misses nothing in it.

    Basis: 政府信息公开条例第三十条 (all points at once, with guidance, within seven working days).
    """
    points = missing_points(request, table.points, on)
    if not points:
        return None
    known: dict[str, str | list[str]] = {
        "applicant": request.applicant or "",
        "asked": request.asked,
        "correction_points": [_asked(point, request) for point in points],
    }
    facts = {key: known[key] for key in table.from_letter if known.get(key)}
    return Correction(
        points=points,
        to_check=points_to_check(request, table.points, on),
        unclear=request.unclear,
        no_grounds=tuple(row for row in table.no_grounds if _tempts(row, request)),
        facts=facts,
        open=tuple(key for key in (*table.from_letter, *table.from_office) if key not in facts),
    )


def _lacking(request: Request, points: tuple[Point, ...], on: date) -> Iterator[Point]:
    return (point for point in points if point.key in request.missing and point.validity.holds(on))


def _row(row: dict[str, Any], keys: Keys, where: str) -> dict[str, Any]:
    require_keys(row, keys, where)
    told = {key: row[key] for key in keys if key not in DATED and key != "basis"}
    return {**told, "basis": read_refs(row["basis"], where), "validity": read_validity(row)}


def _asked(point: Point, request: Request) -> str:
    """The line of the notice; of unclear items it says which words tell too little."""
    basis = "、".join(map(str, point.basis))
    words = "、".join(f"“{item.text}”" for item in request.unclear)
    what = f"你所写的{words}不能指明是哪一项信息。" if point.key == "description" and words else ""
    return f"{what}{point.ask}（{basis}）"


def _tempts(row: NoGround, request: Request) -> bool:
    """Whether the letter gives occasion to a ground that is none."""
    return {"purpose": bool(request.purposes), "one_matter": len(request.items) > 1}.get(row.key, False)
