"""Cases as lists need them: the number, the days, what happened, the outcome and how far the reply has come.

Lists read no letter and no draft, and ask each table once whatever the number of cases. A case open on a day is one
that had come in and was not answered, withdrawn or archived by then. Basis: the house's own.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, func, select

from assistant.cases import schema
from assistant.cases.open_cases import open_ids
from assistant.cases.records import OWN_KINDS
from assistant.law.clock_events import Event, Filing

# Numbers of cases in one statement: below what either database takes.
_AT_ONCE = 2_000


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


def open_entries(view: Connection, on: date) -> list[Entry]:
    """Every case open on a day, by day of receipt; what happened later is not yet known."""
    found = entries_by_id(view, list(open_ids(view, on)))
    return [entry for entry in found if entry.received_on <= on]


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
    found: dict[int, Entry] = {}
    for start in range(0, len(wanted), _AT_ONCE):
        part = _CASES.where(cases.c.id.in_(wanted[start : start + _AT_ONCE]))
        found |= {entry.id: entry for entry in _entries(view, view.execute(part).fetchall())}
    return [found[case_id] for case_id in wanted]


def entries_by_id(view: Connection, ids: Sequence[int]) -> list[Entry]:
    """Some cases by their place in the register, by day of receipt."""
    found: list[Entry] = []
    for start in range(0, len(ids), _AT_ONCE):
        part = _CASES.where(schema.cases.c.id.in_(ids[start : start + _AT_ONCE]))
        found += _entries(view, view.execute(part).fetchall())
    return sorted(found, key=lambda entry: (entry.received_on, entry.id))


def _received(year: int | None, on: date) -> list[ColumnElement[bool]]:
    received = schema.cases.c.received_on
    within = [received <= on.isoformat()]
    return within if year is None else [*within, received.between(f"{year:04}-01-01", f"{year:04}-12-31")]


def _entries(view: Connection, rows: Sequence[Row[Any]]) -> list[Entry]:
    """The entries of some rows, each further table asked once for all of them."""
    ids = [row.id for row in rows]
    events, outcomes = _grouped(view, _EVENTS, ids), _grouped(view, _OUTCOMES, ids)
    papers = _papers(view, ids)
    return [
        Entry(
            row.id,
            row.number,
            row.version,
            date.fromisoformat(row.received_on),
            row.channel,
            row.name,
            row.kind,
            tuple(_event(one) for one in events.get(row.id, ())),
            next((one.outcome for one in outcomes.get(row.id, ())), None),
            papers.get(row.id),
        )
        for row in rows
    ]


def _grouped(view: Connection, asked: Select[Any], ids: Sequence[int]) -> dict[int, list[Row[Any]]]:
    """Rows by their case. `asked` names its case_id and takes the cases it is for."""
    found: dict[int, list[Row[Any]]] = {}
    case_id = next(column for column in asked.selected_columns if column.name == "case_id")
    for start in range(0, len(ids), _AT_ONCE):
        for row in view.execute(asked.where(case_id.in_(ids[start : start + _AT_ONCE]))):
            found.setdefault(row.case_id, []).append(row)
    return found


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


def _event(row: Row[Any]) -> Event:
    until = date.fromisoformat(row.until_day) if row.until_day else None
    return Event(date.fromisoformat(row.happened), row.kind, row.who, row.days, until)


_C, _A, _E = schema.cases.c, schema.applicants.c, schema.events.c
_CASES = select(_C.id, _C.number, _C.version, _C.received_on, _C.channel, _A.name, _A.kind).join_from(
    schema.cases, schema.applicants, (_A.case_id == _C.id) & (_A.place == 1)
)
_EVENTS = (
    select(_E.case_id, _E.happened, _E.kind, _E.who, _E.days, _E.until_day)
    .where(_E.struck_why.is_(None))
    .order_by(_E.happened, _E.id)
)
_OUTCOMES = select(schema.decisions.c.case_id, schema.decisions.c.outcome).where(schema.STANDING)
_DRAFTS = (
    select(schema.drafts.c.case_id, schema.drafts.c.id, schema.drafts.c.outcome, schema.letters.c.number)
    .join_from(schema.drafts, schema.letters, schema.letters.c.draft_id == schema.drafts.c.id, isouter=True)
    .order_by(schema.drafts.c.place)
)
_STEPS = select(
    schema.approvals.c.case_id,
    schema.approvals.c.draft_id,
    schema.approvals.c.step,
    schema.approvals.c.passed,
).order_by(schema.approvals.c.id)
