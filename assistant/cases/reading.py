"""Cases read out of the register as values."""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from assistant.cases.records import (
    ARCHIVED,
    REPLIED,
    WITHDRAWN,
    Agent,
    Applicant,
    Case,
    Consultation,
    Decision,
    Recorded,
    Search,
)
from assistant.errors import InputError
from assistant.law.clock_events import Event

_HELD = {
    "requests": "id",
    "agents": "id",
    "decisions": "id",
    "applicants": "place",
    "items": "place",
    "events": "happened, id",
    "searches": "id",
    "consultations": "id",
}
_AT_ONCE = 500
# Asked as the partial indices of events are written, so that no event but an ending is read.
_OPEN = (
    "c.id NOT IN (SELECT case_id FROM events WHERE struck_why IS NULL AND kind IN"
    f" ('{REPLIED}', '{WITHDRAWN}')) AND c.id NOT IN"
    f" (SELECT case_id FROM events WHERE struck_why IS NULL AND kind = '{ARCHIVED}')"
)


def load_case(connection: sqlite3.Connection, number: str) -> Case:
    """A case by its number. Raises InputError where there is none."""
    row = connection.execute("SELECT * FROM cases WHERE number = ?", (number.strip(),)).fetchone()
    if row is None:
        raise InputError(f"登记簿里没有案件“{number}”。请用 assistant case list 查看编号。")
    return next(_cases(connection, [row]))


def load_case_by_id(connection: sqlite3.Connection, case_id: int) -> Case:
    """A case by its place in the register."""
    row = connection.execute("SELECT * FROM cases WHERE id = ?", (case_id,)).fetchone()
    return next(_cases(connection, [row]))


def list_cases(
    connection: sqlite3.Connection, year: int | None = None, open_only: bool = True
) -> Iterator[Case]:
    """Cases by day of receipt, oldest first; of one year of receipt, or only those not yet ended."""
    where, values = ["1 = 1"], []
    if year is not None:
        where.append("c.received_on BETWEEN ? AND ?")
        values += [f"{year:04}-01-01", f"{year:04}-12-31"]
    if open_only:
        where.append(_OPEN)
    rows = connection.execute(
        f"SELECT c.* FROM cases c WHERE {' AND '.join(where)} ORDER BY c.received_on, c.id", values
    )
    found = rows.fetchall()
    for start in range(0, len(found), _AT_ONCE):
        yield from _cases(connection, found[start : start + _AT_ONCE])


def day(words: str | None) -> date | None:
    """A day as the register keeps it."""
    return date.fromisoformat(words) if words else None


def _cases(connection: sqlite3.Connection, rows: Sequence[sqlite3.Row]) -> Iterator[Case]:
    """The cases of some rows, each table asked once for all of them."""
    held = {table: _by_case(connection, table, order, rows) for table, order in _HELD.items()}
    for row in rows:
        yield _case(row, {table: by_case.get(row["id"], []) for table, by_case in held.items()})


def _by_case(
    connection: sqlite3.Connection, table: str, order: str, rows: Sequence[sqlite3.Row]
) -> dict[int, list[sqlite3.Row]]:
    marks = ", ".join("?" * len(rows))
    found: dict[int, list[sqlite3.Row]] = {}
    for row in connection.execute(
        f"SELECT * FROM {table} WHERE case_id IN ({marks}) ORDER BY {order}", [row["id"] for row in rows]
    ):
        found.setdefault(row["case_id"], []).append(row)
    return found


def _case(row: sqlite3.Row, held: Mapping[str, Sequence[sqlite3.Row]]) -> Case:
    request, agents, decisions = held["requests"][0], held["agents"], held["decisions"]
    return Case(
        id=row["id"],
        number=row["number"],
        version=row["version"],
        received_on=date.fromisoformat(row["received_on"]),
        channel=row["channel"],
        words=request["words"],
        form=request["form"],
        applicants=tuple(Applicant(one["kind"], one["name"], one["contact"]) for one in held["applicants"]),
        agent=Agent(agents[0]["name"], agents[0]["contact"], agents[0]["authority"]) if agents else None,
        items=tuple(one["asked"] for one in held["items"]),
        events=tuple(_event(one) for one in held["events"]),
        searches=tuple(_search(one) for one in held["searches"]),
        consultations=tuple(_consultation(one) for one in held["consultations"]),
        decision=next((_decision(one) for one in decisions if one["replaced_why"] is None), None),
    )


def _event(row: sqlite3.Row) -> Recorded:
    happened = date.fromisoformat(row["happened"])
    event = Event(happened, row["kind"], row["who"], row["days"], day(row["until_day"]))
    return Recorded(row["id"], event, row["note"], row["struck_why"])


def _search(row: sqlite3.Row) -> Search:
    return Search(date.fromisoformat(row["searched"]), row["who"], row["places"], row["terms"], row["found"])


def _consultation(row: sqlite3.Row) -> Consultation:
    agrees = None if row["agrees"] is None else bool(row["agrees"])
    return Consultation(row["family"], row["who"], row["asked"], row["opinion"], agrees)


def _decision(row: sqlite3.Row) -> Decision:
    decided = date.fromisoformat(row["decided"])
    return Decision(row["outcome"], row["road"], decided, row["reasons"], row["decided_by"])
