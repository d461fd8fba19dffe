"""What the file must show for each guard, as dated rules (corpus/rules/file_records.yaml), read strictly.

Basis: 行政复议法第四十四条、第四十六条; each row names the article of its guard.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from assistant.errors import CorpusError
from assistant.law.deadlines import DeadlineTable
from assistant.law.outcomes import Guard, Outcome, Outcomes
from assistant.law.rules import (
    DATED,
    Row,
    Validity,
    one_of,
    read_basis,
    read_rows,
    read_rules,
    read_validity,
    read_words,
    refuse_overlaps,
    require_keys,
)
from assistant.triage.decision_graph import DecisionGraph

FILE = "file_records.yaml"
PART_KINDS = ("text", "words", "day", "days", "address", "provision", "redactions")

_TOP = {"guards": (list,), "records": (list,), "terms": (list,), "orders": (list,)}
_GUARD = {
    "outcome": (str,),
    "guard": (str,),
    "holds": (str,),
    "when": (str, type(None)),
    "roads": (list,),
    "paper": (str, type(None)),
    "basis": (list,),
    **DATED,
}
_RECORD = {
    "guard": (str,),
    "outcomes": (list,),
    "asked": (dict, type(None)),
    "endings": (list,),
    "by_path": (bool,),
    "parts": (list,),
    "basis": (list,),
    **DATED,
}
_PART = {
    "part": (str,),
    "name": (str,),
    "kind": (str,),
    "least": (int,),
    "one_of": (str, type(None)),
    "passed": (bool, type(None)),
    "endings": (list,),
    "unlike": (str, type(None)),
    "why_unlike": (str, type(None)),
}
_PART_DEFAULTS: Row = {
    "least": 1,
    "one_of": None,
    "passed": None,
    "endings": [],
    "unlike": None,
    "why_unlike": None,
}
_TERM = {"guard": (str,), "part": (str,), "start": (str,), "limit": (str,)}
_ORDER = {"first": (str,), "second": (str,)}


@dataclass(frozen=True)
class Part:
    """One thing a record states. `passed`: the day must be over (True), may not be over (False), or is past."""

    key: str
    name: str
    kind: str
    least: int
    one_of: str | None
    passed: bool | None
    endings: tuple[str, ...]
    unlike: str | None
    why_unlike: str | None

    def asked_at(self, ending: str) -> bool:
        """Whether the part is asked for at an ending."""
        return not self.endings or ending in self.endings


@dataclass(frozen=True)
class Record:
    """What proves a guard; `asked` says on which answers it comes into play (None: always)."""

    guard: str
    outcomes: tuple[str, ...]
    asked: Mapping[str, tuple[str, ...]] | None
    endings: tuple[str, ...]
    by_path: bool
    parts: tuple[Part, ...]
    validity: Validity

    @property
    def name(self) -> str:
        """The guard with what it is asked for: outcomes and answers."""
        asked = (f"{id_}={'/'.join(keys)}" for id_, keys in (self.asked or {}).items())
        return " ".join((self.guard, *self.outcomes, *asked))


@dataclass(frozen=True)
class Term:
    """A day that may not lie before the end of a time limit counted from another."""

    guard: str
    stated: str
    start: str
    limit: str


@dataclass(frozen=True)
class Order:
    """Two days in the order they must have, each as guard.part."""

    first: str
    second: str


@dataclass(frozen=True)
class GuardTable:
    """Guards beyond those of the outcomes, the records of all, and how their days hang together."""

    outcomes: Outcomes
    more: tuple[tuple[str, Guard, Validity], ...]
    records: tuple[Record, ...]
    terms: tuple[Term, ...]
    orders: tuple[Order, ...]

    @property
    def keys(self) -> frozenset[str]:
        """Every guard there is a record for."""
        return frozenset(record.guard for record in self.records)

    def guards_of(self, outcome: Outcome, road: str, on: date) -> tuple[Guard, ...]:
        """The guards of an outcome on a road, those of this table last."""
        more = (
            guard
            for code, guard, validity in self.more
            if code == outcome.code and validity.holds(on) and (not guard.roads or road in guard.roads)
        )
        return (*outcome.open_guards(road), *more)

    def records_of(self, guard: str, outcome: str, on: date) -> Iterator[Record]:
        """What proves a guard of an outcome on a day, by the answers that bring it into play."""
        for record in self.records:
            fits = not record.outcomes or outcome in record.outcomes
            if record.guard == guard and fits and record.validity.holds(on):
                yield record


def load_guards(
    rules_dir: Path, graph: DecisionGraph, outcomes: Outcomes, table: DeadlineTable
) -> GuardTable:
    """The records of the file. Raises CorpusError naming file, row and key, or the guard without a record."""
    found = read_rules(rules_dir / FILE)
    require_keys(found, _TOP, FILE)
    more = tuple(
        _guard(row, where, outcomes) for row, where in read_rows(found, "guards", FILE, "guard", _GUARD)
    )
    records = tuple(_record(row, where) for row, where in read_rows(found, "records", FILE, "guard", _RECORD))
    refuse_overlaps(((record.name, record.validity) for record in records), FILE)
    terms = tuple(_term(row, where) for row, where in read_rows(found, "terms", FILE, "guard", _TERM))
    orders = tuple(_order(row, where) for row, where in read_rows(found, "orders", FILE, "second", _ORDER))
    built = GuardTable(outcomes, more, records, terms, orders)
    for fault in (*_strangers(built, graph), *_unproved(built, graph), *_loose_days(built, table)):
        raise CorpusError(f"{FILE} {fault}")
    return built


def _guard(row: Row, where: str, outcomes: Outcomes) -> tuple[str, Guard, Validity]:
    code = one_of(row, "outcome", outcomes, where)
    roads = read_words(row, "roads", where, least=0)
    validity = read_validity(row)
    basis = read_basis(row, where)
    guard = Guard(row["guard"], row["holds"], row["when"], roads, row["paper"], basis, validity.verified)
    return code, guard, validity


def _record(row: Row, where: str) -> Record:
    read_basis(row, where)
    parts: tuple[Part, ...] = ()
    if row["parts"]:
        parts = tuple(_part(one, place) for one, place in read_rows(row, "parts", f"{where} parts", "part"))
    if bool(parts) == row["by_path"]:
        raise CorpusError(
            f"{where}：“parts”至少要有一项；由前面的回答就能证明的，写 by_path: true 而不写 parts。"
        )
    return Record(
        guard=row["guard"],
        outcomes=read_words(row, "outcomes", where, least=0),
        asked=_asked(row, where),
        endings=read_words(row, "endings", where, least=0),
        by_path=row["by_path"],
        parts=parts,
        validity=read_validity(row),
    )


def _asked(row: Row, where: str) -> Mapping[str, tuple[str, ...]] | None:
    if row["asked"] is None:
        return None
    return {id_: read_words(row["asked"], id_, f"{where} asked") for id_ in row["asked"]}


def _part(row: Row, where: str) -> Part:
    row = {**_PART_DEFAULTS, **row}
    require_keys(row, _PART, where)
    if row["unlike"] is not None:
        if not row["why_unlike"]:
            raise CorpusError(f"{where}：写了“unlike”，还要写“why_unlike”。")
        try:
            re.compile(row["unlike"])
        except re.error as fault:
            raise CorpusError(f"{where}：“unlike”不是有效的正则表达式：{fault}。") from fault
    return Part(
        key=row["part"],
        name=row["name"],
        kind=one_of(row, "kind", PART_KINDS, where),
        least=row["least"],
        one_of=row["one_of"],
        passed=row["passed"],
        endings=read_words(row, "endings", where, least=0),
        unlike=row["unlike"],
        why_unlike=row["why_unlike"],
    )


def _term(row: Row, where: str) -> Term:
    return Term(row["guard"], f"{row['guard']}.{row['part']}", row["start"], row["limit"])


def _order(row: Row, where: str) -> Order:
    return Order(row["first"], row["second"])


def _strangers(table: GuardTable, graph: DecisionGraph) -> Iterator[str]:
    """Questions, answers and endings a record speaks of that the graph has not."""
    known: dict[str, set[str]] = {}
    for question in graph.questions:
        known.setdefault(question.id, set()).update(one.key for one in question.answers)
    endings = {ending.id for ending in graph.endings}
    for record in table.records:
        for id_, keys in (record.asked or {}).items():
            for key in keys:
                if key not in known.get(id_, set()):
                    yield f"{record.guard}：“asked”里的 {id_}：{key} 不是 decision.yaml 里的回答。"
        for ending in {*record.endings, *(e for part in record.parts for e in part.endings)} - endings:
            yield f"{record.guard}：“endings”里的“{ending}”不是 decision.yaml 里的结果。"


def _unproved(table: GuardTable, graph: DecisionGraph) -> Iterator[str]:
    """Guards of which nothing says how the file shows them."""
    for ending in graph.endings:
        outcome = table.outcomes[ending.outcome]
        begins = max(ending.validity.valid_from, outcome.validity.valid_from)
        for guard in table.guards_of(outcome, ending.road, begins):
            if not any(
                one.guard == guard.key and (not one.outcomes or outcome.code in one.outcomes)
                for one in table.records
            ):
                yield f"records：“{outcome.label}”（{outcome.code}）的前提 {guard.key} 没有一行写明怎样证明。"


def _loose_days(table: GuardTable, deadlines: DeadlineTable) -> Iterator[str]:
    """Days compared that no record states, and limits no rule describes."""
    stated = {f"{one.guard}.{part.key}" for one in table.records for part in one.parts if part.kind == "day"}
    named = [(term.guard, day) for term in table.terms for day in (term.stated, term.start)]
    named += [("orders", day) for order in table.orders for day in (order.first, order.second)]
    for row, day in named:
        if day not in stated:
            yield f"{row}：没有一行写到日期“{day}”。"
    limits = {limit.id for limit in deadlines.limits}
    for term in table.terms:
        if term.limit not in limits:
            yield f"{term.guard}：“limit”的值“{term.limit}”不是期限规则。"
