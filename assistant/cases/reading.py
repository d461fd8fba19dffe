"""Cases read out of the register as values."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, bindparam, select

from assistant.cases import schema
from assistant.cases.records import (
    Agent,
    Applicant,
    Case,
    Consultation,
    Decision,
    Recorded,
    Search,
)
from assistant.cases.rows import rows_by_case
from assistant.errors import InputError
from assistant.law.clock_events import Event

_HELD = {
    "requests": ("id",),
    "agents": ("id",),
    "decisions": ("id",),
    "applicants": ("place",),
    "items": ("place",),
    "events": ("happened", "id"),
    "searches": ("id",),
    "consultations": ("id",),
}
_AT_ONCE = 500
_CASES = schema.cases
_BY_NUMBER = select(_CASES).where(_CASES.c.number == bindparam("number"))
_BY_ID = select(_CASES).where(_CASES.c.id == bindparam("id"))
_CASE_OF_EVENT = select(schema.events.c.case_id)

Held = Mapping[str, Sequence[Row[Any]]]


def load_case(connection: Connection, number: str) -> Case:
    """A case by its number. Raises InputError where there is none."""
    row = connection.execute(_BY_NUMBER, {"number": number.strip()}).first()
    if row is None:
        raise InputError(f"登记簿里没有案件“{number}”。请用 assistant case list 查看编号。")
    return next(_cases(connection, [row]))


def load_case_by_id(connection: Connection, case_id: int) -> Case:
    """A case by its place in the register."""
    row = connection.execute(_BY_ID, {"id": case_id}).one()
    return next(_cases(connection, [row]))


def list_cases(connection: Connection, year: int | None = None, open_only: bool = True) -> Iterator[Case]:
    """Cases by day of receipt, oldest first; of one year of receipt, or only those not yet ended."""
    asked = select(_CASES).order_by(_CASES.c.received_on, _CASES.c.id)
    if year is not None:
        asked = asked.where(_CASES.c.received_on.between(f"{year:04}-01-01", f"{year:04}-12-31"))
    if open_only:
        for over in (schema.ENDED, schema.ARCHIVED_ONCE):
            asked = asked.where(_CASES.c.id.not_in(_CASE_OF_EVENT.where(over)))
    found = connection.execute(asked).all()
    for start in range(0, len(found), _AT_ONCE):
        yield from _cases(connection, found[start : start + _AT_ONCE])


def day(words: str | None) -> date | None:
    """A day as the register keeps it."""
    return date.fromisoformat(words) if words else None


def _cases(connection: Connection, rows: Sequence[Row[Any]]) -> Iterator[Case]:
    """The cases of some rows, each table asked once for all of them."""
    ids, tables = [row.id for row in rows], schema.METADATA.tables
    held = {name: rows_by_case(connection, tables[name], ids, order) for name, order in _HELD.items()}
    for row in rows:
        yield _case(row, {name: by_case.get(row.id, []) for name, by_case in held.items()})


def _case(row: Row[Any], held: Held) -> Case:
    request, agents, decisions = held["requests"][0], held["agents"], held["decisions"]
    return Case(
        id=row.id,
        number=row.number,
        version=row.version,
        received_on=date.fromisoformat(row.received_on),
        channel=row.channel,
        words=request.words,
        form=request.form,
        applicants=tuple(Applicant(one.kind, one.name, one.contact) for one in held["applicants"]),
        agent=Agent(agents[0].name, agents[0].contact, agents[0].authority) if agents else None,
        items=tuple(one.asked for one in held["items"]),
        events=tuple(_event(one) for one in held["events"]),
        searches=tuple(_search(one) for one in held["searches"]),
        consultations=tuple(_consultation(one) for one in held["consultations"]),
        decision=next((_decision(one) for one in decisions if one.replaced_why is None), None),
    )


def _event(row: Row[Any]) -> Recorded:
    happened = date.fromisoformat(row.happened)
    event = Event(happened, row.kind, row.who, row.days, day(row.until_day))
    return Recorded(row.id, event, row.note, row.struck_why)


def _search(row: Row[Any]) -> Search:
    return Search(date.fromisoformat(row.searched), row.who, row.places, row.terms, row.found)


def _consultation(row: Row[Any]) -> Consultation:
    agrees = None if row.agrees is None else bool(row.agrees)
    return Consultation(row.family, row.who, row.asked, row.opinion, agrees)


def _decision(row: Row[Any]) -> Decision:
    decided = date.fromisoformat(row.decided)
    return Decision(row.outcome, row.road, decided, row.reasons, row.decided_by)
