"""Cases read out of the register as values."""

import sqlite3
from collections.abc import Iterator
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

_ENDED = (
    "EXISTS (SELECT 1 FROM events e WHERE e.case_id = c.id AND e.struck_why IS NULL"
    f" AND e.kind IN ('{REPLIED}', '{WITHDRAWN}', '{ARCHIVED}'))"
)


def load_case(connection: sqlite3.Connection, number: str) -> Case:
    """A case by its number. Raises InputError where there is none."""
    row = connection.execute("SELECT * FROM cases WHERE number = ?", (number.strip(),)).fetchone()
    if row is None:
        raise InputError(f"登记簿里没有案件“{number}”。请用 assistant case list 查看编号。")
    return _case(connection, row)


def load_case_by_id(connection: sqlite3.Connection, case_id: int) -> Case:
    """A case by its place in the register."""
    return _case(connection, connection.execute("SELECT * FROM cases WHERE id = ?", (case_id,)).fetchone())


def list_cases(
    connection: sqlite3.Connection, year: int | None = None, open_only: bool = True
) -> Iterator[Case]:
    """Cases by day of receipt, oldest first; of one year of receipt, or only those not yet ended."""
    where, values = ["1 = 1"], []
    if year is not None:
        where.append("c.received_on BETWEEN ? AND ?")
        values += [f"{year:04}-01-01", f"{year:04}-12-31"]
    if open_only:
        where.append(f"NOT {_ENDED}")
    rows = connection.execute(
        f"SELECT c.* FROM cases c WHERE {' AND '.join(where)} ORDER BY c.received_on, c.id", values
    )
    for row in rows.fetchall():
        yield _case(connection, row)


def day(words: str | None) -> date | None:
    """A day as the register keeps it."""
    return date.fromisoformat(words) if words else None


def _case(connection: sqlite3.Connection, row: sqlite3.Row) -> Case:
    case_id = row["id"]

    def rows(table: str, order: str = "id") -> list[sqlite3.Row]:
        found = connection.execute(f"SELECT * FROM {table} WHERE case_id = ? ORDER BY {order}", (case_id,))
        return found.fetchall()

    request, agents = rows("requests")[0], rows("agents")
    decisions = [one for one in rows("decisions") if one["replaced_why"] is None]
    return Case(
        id=case_id,
        number=row["number"],
        version=row["version"],
        received_on=date.fromisoformat(row["received_on"]),
        channel=row["channel"],
        words=request["words"],
        form=request["form"],
        applicants=tuple(
            Applicant(one["kind"], one["name"], one["contact"]) for one in rows("applicants", "place")
        ),
        agent=Agent(agents[0]["name"], agents[0]["contact"], agents[0]["authority"]) if agents else None,
        items=tuple(one["asked"] for one in rows("items", "place")),
        events=tuple(_event(one) for one in rows("events", "happened, id")),
        searches=tuple(_search(one) for one in rows("searches")),
        consultations=tuple(_consultation(one) for one in rows("consultations")),
        decision=_decision(decisions[0]) if decisions else None,
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
