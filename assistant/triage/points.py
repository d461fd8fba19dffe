"""The points a request must contain, and those a letter lacks (for the one correction notice).

Basis: 政府信息公开条例第二十九条、第三十条.
"""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from assistant.law.provisions import ProvisionRef
from assistant.law.rules import DATED, Validity, read_refs, read_rules, read_validity, require_keys
from assistant.triage.letter import Request

FILE = "request_points.yaml"

_ROW = {"key": (str,), "label": (str,), "ask": (str,), "basis": (list,), **DATED}


@dataclass(frozen=True)
class Point:
    """One thing the law wants in a request: its name, how to ask for it, where the law says so."""

    key: str
    label: str
    ask: str
    basis: tuple[ProvisionRef, ...]
    validity: Validity


def load_points(rules_dir: Path) -> tuple[Point, ...]:
    """Every point of corpus/rules/request_points.yaml. Raises CorpusError naming row and key."""
    found = read_rules(rules_dir / FILE)
    require_keys(found, {"points": (list,)}, FILE)
    points = []
    for row in found["points"]:
        where = f"{FILE} {row.get('key', '?')}"
        require_keys(row, _ROW, where)
        basis = read_refs(row["basis"], where)
        points.append(Point(row["key"], row["label"], row["ask"], basis, read_validity(row)))
    return tuple(points)


def missing_points(request: Request, points: tuple[Point, ...], on: date) -> tuple[Point, ...]:
    """The points valid on that day that the letter does not fill, in the order of the law."""
    return tuple(point for point in points if point.key in request.missing and point.validity.holds(on))
