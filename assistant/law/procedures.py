"""The papers of a request besides its reply (程序性文书): what each must contain, what it does to the clock.

Basis: 政府信息公开条例第三十条至第三十五条、第四十一条、第四十二条、第四十四条、第四十五条.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from assistant.errors import CorpusError
from assistant.law.outcomes import Outcomes
from assistant.law.provisions import ProvisionRef
from assistant.law.rules import (
    DATED,
    Validity,
    one_of,
    read_basis,
    read_rows,
    read_rules,
    read_validity,
    refuse_overlaps,
    require_keys,
)

FILE = "procedures.yaml"
RECEIVERS = ("applicant", "third_party", "organ", "file")
EVENTS = (
    "correction_notice",
    "reasons_asked",
    "extension",
    "third_party_sent",
    "organ_consulted",
    "fee_notice",
    "replied",
)

_ROW = {
    "code": (str,),
    "name": (str,),
    "to": (str,),
    "basis": (list,),
    "must": (list,),
    "clock": (dict,),
    "event": (str, type(None)),
    "remedy": (str, type(None)),
    **DATED,
}
_POINT = {"part": (str,), "verified": (bool,)}
_CLOCK = {"effect": (str,), "verified": (bool,)}


@dataclass(frozen=True)
class Point:
    """Something a paper says or does; `verified` is false where practice alone asks for it."""

    words: str
    verified: bool


@dataclass(frozen=True)
class Procedure:
    """One kind of paper: who gets it, its contents, its effect on the clock and the event it makes there."""

    code: str
    name: str
    to: str
    basis: tuple[ProvisionRef, ...]
    must: tuple[Point, ...]
    clock: Point
    event: str | None
    remedy: str | None
    validity: Validity


@dataclass(frozen=True)
class Procedures:
    """Every kind of paper, in all its editions."""

    rows: tuple[Procedure, ...]

    @property
    def codes(self) -> frozenset[str]:
        """Every code there ever was."""
        return frozenset(row.code for row in self.rows)

    def on(self, day: date) -> Mapping[str, Procedure]:
        """Code → paper, as of a day."""
        return {row.code: row for row in self.rows if row.validity.holds(day)}


def load_procedures(rules_dir: Path) -> Procedures:
    """The papers of a request. Raises CorpusError naming file, row and key."""
    found = read_rules(rules_dir / FILE)
    require_keys(found, {"procedures": (list,)}, FILE)
    rows = tuple(_procedure(row, where) for row, where in read_rows(found, "procedures", FILE, "code"))
    refuse_overlaps(((row.code, row.validity) for row in rows), FILE)
    return Procedures(rows)


def unknown_papers(outcomes: Outcomes, procedures: Procedures) -> Iterator[str]:
    """Papers an outcome speaks of that no rule describes, each as one line."""
    for code, outcome in outcomes.items():
        named = {paper for road in outcome.roads for paper in road.papers}
        named |= {guard.paper for guard in outcome.guards if guard.paper} | set(outcome.beside)
        for paper in sorted(named - procedures.codes):
            yield f"outcomes.yaml {code}：{FILE} 里没有这种文书：{paper}。"


def _procedure(row: Mapping[str, Any], where: str) -> Procedure:
    require_keys(row, _ROW, where)
    require_keys(row["clock"], _CLOCK, f"{where} clock")
    return Procedure(
        code=row["code"],
        name=row["name"],
        to=one_of(row, "to", RECEIVERS, where),
        basis=read_basis(row, where),
        must=_points(row["must"], f"{where} must"),
        clock=Point(row["clock"]["effect"], row["clock"]["verified"]),
        event=one_of(row, "event", (None, *EVENTS), where),
        remedy=one_of(row, "remedy", (None, "A", "B"), where),
        validity=read_validity(row),
    )


def _points(rows: list[Any], where: str) -> tuple[Point, ...]:
    if not rows:
        raise CorpusError(f"{where}：至少要有一项。")
    for row in rows:
        if not isinstance(row, dict):
            raise CorpusError(f"{where}：{row!r} 应有 part 和 verified 两个键。")
        require_keys(row, _POINT, where)
    return tuple(Point(row["part"], row["verified"]) for row in rows)
