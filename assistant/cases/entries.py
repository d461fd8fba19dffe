"""Cases as lists need them: the number, the days, what happened, the outcome and how far the reply has come.

Lists read no letter and no draft, and ask each table once whatever the number of cases. Basis: the house's own.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, bindparam, func, select

from assistant.cases import schema
from assistant.cases.records import OWN_KINDS
from assistant.law.clock_events import Event, Filing

# Numbers of cases in one statement: below what either database takes.
_AT_ONCE = 2_000
_IDS = "ids"


@dataclass(frozen=True)
class Paper:
    """How far the reply has come: the outcome it is written for, steps passed, whether returned, its number."""

    outcome: str
    passed: tuple[str, ...] = ()
    returned: bool = False
    number: str | None = None


@dataclass(frozen=True)
class Entry:
    """One case as a list shows it. `events` are those that were not struck, in order; the first applicant counts."""

    id: int
    number: str
    version: int
    received_on: date
    channel: str | None
    applicant: str
    kind: str
    events: tuple[Event, ...] = ()
    outcome: str | None = None
    paper: Paper | None = None
    decided_on: date | None = None

    @property
    def filing(self) -> Filing:
        """The case as the clock sees it."""
        known = tuple(event for event in self.events if event.kind not in OWN_KINDS)
        return Filing(self.received_on, known, self.channel)

    def day_of(self, kind: str) -> date | None:
        """The day of an event of a kind that happens once."""
        return next((event.on for event in self.events if event.kind == kind), None)


@dataclass(frozen=True)
class Page:
    """Which part of a list: the page from 1 on, and how many cases a page holds."""

    number: int = 1
    size: int = 50


def count_entries(view: Connection, year: int | None, on: date) -> int:
    """How many cases had come in by a day, of one year of receipt or of all."""
    counted = select(func.count()).select_from(schema.cases).where(*_received(year, on))
    return int(view.execute(counted).scalar_one())


def page_entries(view: Connection, year: int | None, on: date, page: Page | None) -> list[Entry]:
    """Cases received by a day, of one year or of all, the latest first; one page, or all where none is named."""
    cases = schema.cases
    ids = select(cases.c.id).where(*_received(year, on))
    ids = ids.order_by(cases.c.received_on.desc(), cases.c.id.desc())
    if page:
        ids = ids.limit(page.size).offset((page.number - 1) * page.size)
    wanted = list(view.execute(ids).scalars())
    found = {entry.id: entry for entry in _entries(view, wanted)}
    return [found[case_id] for case_id in wanted]


def entries_by_id(view: Connection, ids: Sequence[int]) -> list[Entry]:
    """Some cases by their place in the register, by day of receipt."""
    return sorted(_entries(view, ids), key=lambda entry: (entry.received_on, entry.id))


def _received(year: int | None, on: date) -> list[ColumnElement[bool]]:
    received = schema.cases.c.received_on
    within = [received <= on.isoformat()]
    return within if year is None else [*within, received.between(f"{year:04}-01-01", f"{year:04}-12-31")]


def _entries(view: Connection, ids: Sequence[int]) -> list[Entry]:
    """The entries of some cases, each table asked once for all of them."""
    events, outcomes = _grouped(view, _EVENTS, ids), _grouped(view, _OUTCOMES, ids)
    papers = _papers(view, ids)
    return [
        Entry(
            case_id,
            number,
            version,
            date.fromisoformat(received_on),
            channel,
            name,
            kind,
            tuple(_event(*one) for one in events.get(case_id, ())),
            outcomes[case_id][0][1] if case_id in outcomes else None,
            papers.get(case_id),
            date.fromisoformat(outcomes[case_id][0][2]) if case_id in outcomes else None,
        )
        for case_id, number, version, received_on, channel, name, kind in _rows(view, _CASES, ids)
    ]


def _grouped(view: Connection, asked: Select[Any], ids: Sequence[int]) -> dict[int, list[Row[Any]]]:
    """Rows by their case, which is the first of their columns."""
    found: dict[int, list[Row[Any]]] = {}
    for row in _rows(view, asked, ids):
        found.setdefault(row[0], []).append(row)
    return found


def _rows(view: Connection, asked: Select[Any], ids: Sequence[int]) -> Iterator[Row[Any]]:
    """What is asked of some cases, as many at once as both databases take."""
    for start in range(0, len(ids), _AT_ONCE):
        yield from view.execute(asked, {_IDS: ids[start : start + _AT_ONCE]})


def _papers(view: Connection, ids: Sequence[int]) -> dict[int, Paper]:
    """The latest draft of each case with the steps given over it and its number."""
    latest = {case_id: rows[-1] for case_id, rows in _grouped(view, _DRAFTS, ids).items()}
    steps = _grouped(view, _STEPS, list(latest))
    papers = {}
    for case_id, draft in latest.items():
        given = [one for one in steps.get(case_id, ()) if one.draft_id == draft.id]
        passed = tuple(one.step for one in given if one.passed)
        papers[case_id] = Paper(draft.outcome, passed, any(not one.passed for one in given), draft.number)
    return papers


def _event(
    _case: int, happened: str, kind: str, who: str | None, days: int | None, until_day: str | None
) -> Event:
    until = date.fromisoformat(until_day) if until_day else None
    return Event(date.fromisoformat(happened), kind, who, days, until)


def _of(column: ColumnElement[int]) -> ColumnElement[bool]:
    """One of the cases named when it is asked: the statement is made once, the cases are put in."""
    return column.in_(bindparam(_IDS, expanding=True))


_C, _A, _E, _D, _S = (
    table.c for table in (schema.cases, schema.applicants, schema.events, schema.decisions, schema.approvals)
)
_CASES = (
    select(_C.id, _C.number, _C.version, _C.received_on, _C.channel, _A.name, _A.kind)
    .join_from(schema.cases, schema.applicants, (_A.case_id == _C.id) & (_A.place == 1))
    .where(_of(_C.id))
)
_EVENTS = (
    select(_E.case_id, _E.happened, _E.kind, _E.who, _E.days, _E.until_day)
    .where(_E.struck_why.is_(None), _of(_E.case_id))
    .order_by(_E.happened, _E.id)
)
_OUTCOMES = select(_D.case_id, _D.outcome, _D.decided).where(schema.STANDING, _of(_D.case_id))
_DRAFTS = (
    select(schema.drafts.c.case_id, schema.drafts.c.id, schema.drafts.c.outcome, schema.letters.c.number)
    .join_from(schema.drafts, schema.letters, schema.letters.c.draft_id == schema.drafts.c.id, isouter=True)
    .where(_of(schema.drafts.c.case_id))
    .order_by(schema.drafts.c.place)
)
_STEPS = select(_S.case_id, _S.draft_id, _S.step, _S.passed).where(_of(_S.case_id)).order_by(_S.id)
