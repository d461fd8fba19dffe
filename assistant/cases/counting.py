"""How cases are counted by year: when one was received, when and how it ended, by whose kind it counts.

Basis: corpus/rules/counting.yaml, each row with its own; 国办公开办函〔2021〕30号.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, func, or_, select

from assistant.cases import schema
from assistant.cases.reading import day, load_case_by_id
from assistant.cases.records import WITHDRAWN
from assistant.cases.standing import lapsed_on
from assistant.errors import CorpusError
from assistant.law.clock_course import Grounds
from assistant.law.provisions import ProvisionRef
from assistant.law.rules import (
    DATED,
    Validity,
    read_rows,
    read_rules,
    read_validity,
    read_words,
    refuse_overlaps,
    require_keys,
)

FILE = "counting.yaml"
RULES = ("received", "concluded", "lapsed", "withdrawn", "carried_out", "applicant", "disputes")

_TOP = {"rules": (list,), "notices": (list,)}
_ROW = {"rule": (str,), "says": (str,), "outcomes": (list,), "basis": (list,), **DATED}
_NOTICE = {"outcome": (str,), "event": (str,)}
_PENDING = "pending"
_NONE: frozenset[str] = frozenset()
_WAITED = ("correction_notice", "fee_notice")
_ASKED = (*_WAITED, "correction_received")


@dataclass(frozen=True)
class CountingRule:
    """One rule of counting in words, with the rows of table two it speaks of."""

    rule: str
    says: str
    outcomes: tuple[str, ...]
    basis: tuple[str, ...]
    validity: Validity


@dataclass(frozen=True)
class CountingRules:
    """Every rule; `notices`: outcome → the event without which no case may count there."""

    rules: tuple[CountingRule, ...]
    notices: Mapping[str, str]

    def of(self, rule: str, year: int) -> CountingRule:
        """The rule valid at the end of a year; before the first edition, the first."""
        editions = [one for one in self.rules if one.rule == rule]
        end = date(year, 12, 31)
        return next((one for one in editions if one.validity.holds(end)), editions[0])

    def outcomes(self, rule: str, year: int) -> tuple[str, ...]:
        """The rows of table two a rule speaks of."""
        return self.of(rule, year).outcomes


@dataclass(frozen=True)
class Counted:
    """A case as the yearly report counts it.

    `closed` is None while it is open; `outcome` is the one row it counts in. `lapsed`: given up by silence, and
    nobody has decided yet. `events`: the kinds of what happened, as far as the rules ask for them.
    """

    number: str
    kind: str
    received: date
    closed: date | None
    outcome: str | None
    lapsed: date | None
    withdrawn: bool
    events: frozenset[str]


@dataclass(frozen=True)
class CountedDispute:
    """A review or suit as the yearly report counts it; `outcome` is that of its case."""

    number: str
    kind: str
    filed: date
    result: str | None
    concluded: date | None
    outcome: str | None

    def column(self, last: date) -> str:
        """Its column of table three as of the last day that counts."""
        if self.result is None or self.concluded is None or self.concluded > last:
            return _PENDING
        return self.result


def load_counting(rules_dir: Path) -> CountingRules:
    """The rules of counting. Raises CorpusError naming file, row and key."""
    found = read_rules(rules_dir / FILE)
    require_keys(found, _TOP, FILE)
    rules = []
    for row, where in read_rows(found, "rules", FILE, "rule", _ROW):
        rules.append(
            CountingRule(
                row["rule"],
                row["says"],
                read_words(row, "outcomes", where, least=0),
                tuple(_printed(words) for words in read_words(row, "basis", where)),
                read_validity(row),
            )
        )
    refuse_overlaps(((one.rule, one.validity) for one in rules), FILE)
    missing = sorted(set(RULES) - {one.rule for one in rules})
    if missing:
        raise CorpusError(f"{FILE}：缺少规则“{missing[0]}”。")
    rows = read_rows(found, "notices", FILE, "outcome", _NOTICE)
    notices = {row["outcome"]: row["event"] for row, _ in rows}
    return CountingRules(tuple(rules), notices)


def count_cases(
    connection: Connection, year: int, rules: CountingRules, grounds: Grounds, as_of: date
) -> Iterator[Counted]:
    """Every case a year's table may count, as of a day: received by its end, and not ended before it began."""
    kinds = _event_kinds(connection)
    last = min(as_of, date(year, 12, 31))
    by = _By(rules.outcomes("lapsed", year), rules.outcomes("withdrawn", year)[0], grounds, as_of)
    rows = connection.execute(_asked(last.isoformat(), f"{year:04}-01-01")).all()
    for row in rows:
        counted = _counted(connection, row, kinds.get(row.id, _NONE), by)
        if counted.closed is None or counted.closed.year >= year:
            yield counted


def count_disputed(connection: Connection, year: int, last: date) -> Iterator[CountedDispute]:
    """Every review and suit a year's table counts: filed by the last day, and not concluded before the year."""
    for row in connection.execute(_disputed(last.isoformat(), f"{year:04}-01-01")):
        filed = date.fromisoformat(row.filed)
        yield CountedDispute(row.number, row.kind, filed, row.result, day(row.concluded), row.outcome)


def count_steps(connection: Connection, year: int, last: date) -> dict[str, int]:
    """In how many cases each kind of event happened within a year up to its last day that counts."""
    events = schema.events.c
    asked = (
        select(events.kind, func.count(events.case_id.distinct()).label("cases"))
        .where(events.struck_why.is_(None), events.happened.between(f"{year:04}-01-01", last.isoformat()))
        .group_by(events.kind)
    )
    return {row.kind: row.cases for row in connection.execute(asked)}


@dataclass(frozen=True)
class _By:
    """What every case of a year is counted by: rows reached by silence, the row of a withdrawal, clock and day."""

    lapsing: tuple[str, ...]
    withdrawn: str
    grounds: Grounds
    as_of: date


def _counted(connection: Connection, row: Row[Any], events: frozenset[str], by: _By) -> Counted:
    outcome: str | None = row.outcome
    closed, lapsed = day(row.ended), None
    if closed and closed > by.as_of:
        closed = None
    withdrawn = closed is not None and row.ending == WITHDRAWN
    if withdrawn:
        outcome = by.withdrawn
    else:
        silent = outcome in by.lapsing or (closed is None and outcome is None)
        if silent and not events.isdisjoint(_WAITED):
            lapsed = lapsed_on(load_case_by_id(connection, row.id).filing, by.grounds, by.as_of)
        if outcome is not None and lapsed:
            closed, lapsed = lapsed, None
    received = date.fromisoformat(row.received_on)
    return Counted(row.number, row.kind, received, closed, outcome, lapsed, withdrawn, events)


def _event_kinds(connection: Connection) -> dict[int, frozenset[str]]:
    """The kinds of standing events by case, as far as counting asks for them."""
    found: dict[int, set[str]] = {}
    events = schema.events.c
    asked = select(events.case_id, events.kind).where(events.struck_why.is_(None), events.kind.in_(_ASKED))
    for row in connection.execute(asked.distinct()):
        found.setdefault(row.case_id, set()).add(row.kind)
    return {case_id: frozenset(kinds) for case_id, kinds in found.items()}


def _printed(words: str) -> str:
    """A provision in print; a document without articles as it is cited."""
    return str(ProvisionRef.parse(words)) if words.startswith("《") else words


def _asked(last: str, first: str) -> Select[Any]:
    """Cases received by the last day, and not ended before the first, each with its outcome and its end."""
    cases, applicants, decisions, events = schema.cases, schema.applicants, schema.decisions, schema.events
    before = select(events.c.case_id).where(schema.ENDED, events.c.happened < first)
    return (
        select(cases.c.id, cases.c.number, cases.c.received_on, applicants.c.kind, decisions.c.outcome)
        .add_columns(events.c.happened.label("ended"), events.c.kind.label("ending"))
        .join(applicants, and_(applicants.c.case_id == cases.c.id, applicants.c.place == 1))
        .outerjoin(decisions, and_(decisions.c.case_id == cases.c.id, schema.STANDING))
        .outerjoin(events, and_(events.c.case_id == cases.c.id, schema.ENDED))
        .where(cases.c.received_on <= last, cases.c.id.not_in(before))
        .order_by(cases.c.received_on, cases.c.id)
    )


def _disputed(last: str, first: str) -> Select[Any]:
    """Reviews and suits filed by the last day and not concluded before the first, with the outcome of the case."""
    cases, disputes, decisions = schema.cases, schema.disputes, schema.decisions
    concluded = disputes.c.concluded
    return (
        select(cases.c.number, disputes.c.kind, disputes.c.filed, disputes.c.result, concluded)
        .add_columns(decisions.c.outcome)
        .join_from(disputes, cases, cases.c.id == disputes.c.case_id)
        .outerjoin(decisions, and_(decisions.c.case_id == cases.c.id, schema.STANDING))
        .where(disputes.c.filed <= last, or_(concluded.is_(None), concluded >= first))
        .order_by(disputes.c.filed, disputes.c.id)
    )
