"""Earlier requests that may come from the same applicant, found in the register by name, contact and number.

The database narrows down, the comparison of `identity` decides. A request whose names were erased is no candidate.
Basis: 政府信息公开条例第三十六条第（六）项.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, or_, select, union

from assistant.cases import schema
from assistant.cases.identity import Person, Sameness, best_sameness, person_of, plain_name
from assistant.cases.records import NewCase

# The place in the register of what is not in it: after every other of its day.
_AFTER_ALL = 2**31 - 1


@dataclass(frozen=True)
class Asked:
    """A request as it is compared: who asks, through whom, for what."""

    id: int
    number: str
    received_on: date
    people: tuple[Person, ...]
    agents: tuple[Person, ...]
    items: tuple[str, ...]


def read_asked(view: Connection, ids: Sequence[int]) -> list[Asked]:
    """Some requests by their place in the register."""
    cases, held = schema.cases.c, _held(view, ids)
    rows = view.execute(select(cases.id, cases.number, cases.received_on).where(cases.id.in_(ids)))
    return [_asked(row, held) for row in rows]


def asked_in(new: NewCase) -> Asked:
    """A letter that is not in the register yet, as it is compared: every request of its day came in before it."""
    words = new.words if len(new.applicants) == 1 and not new.agent else ""
    people = (
        person_of(one.name, one.kind, one.contact, words) for one in new.applicants if plain_name(one.name)
    )
    agents = (person_of(new.agent.name, "", new.agent.contact),) if new.agent else ()
    items = tuple(one for one in new.items if one.strip())
    return Asked(_AFTER_ALL, "", new.received_on, tuple(people), agents, items)


def earlier_of(view: Connection, asked: Asked) -> list[tuple[Asked, Sameness]]:
    """The requests that came in before, whose applicant shares name, contact or identity number with this one's."""
    if not asked.people:
        return []
    before = select(schema.cases.c.id).where(_before(asked), schema.cases.c.id.in_(_maybe(asked.people)))
    found = [(one, best_sameness(asked.people, one.people)) for one in _read_all(view, before)]
    return [(one, same) for one, same in found if same]


def by_same_agent(view: Connection, asked: Asked) -> list[Asked]:
    """The requests that came in before through the same agent, whoever the applicant."""
    if not asked.agents:
        return []
    agents = schema.agents.c
    maybe = select(agents.case_id).where(_alike(agents.name, agents.contact, asked.agents))
    before = select(schema.cases.c.id).where(_before(asked), schema.cases.c.id.in_(maybe))
    found = [(one, best_sameness(asked.agents, one.agents)) for one in _read_all(view, before)]
    return [one for one, same in found if same and same.sure]


def _read_all(view: Connection, ids: Select[Any]) -> list[Asked]:
    wanted = list(view.execute(ids).scalars())
    return [one for at in range(0, len(wanted), 1_000) for one in read_asked(view, wanted[at : at + 1_000])]


def _before(asked: Asked) -> ColumnElement[bool]:
    """Received earlier; of one day, registered earlier."""
    cases, day = schema.cases.c, asked.received_on.isoformat()
    return or_(cases.received_on < day, and_(cases.received_on == day, cases.id < asked.id))


def _maybe(people: Iterable[Person]) -> Any:
    """The cases in which a name, a contact or an identity number of somebody may stand."""
    persons = list(people)
    applicants, requests = schema.applicants.c, schema.requests.c
    asked = [select(applicants.case_id).where(_alike(applicants.name, applicants.contact, persons))]
    numbers = sorted({number for one in persons for number in one.numbers})
    if numbers:
        written = or_(*(requests.words.ilike(f"%{number}%") for number in numbers))
        asked.append(select(requests.case_id).where(written))
    return union(*asked)


def _alike(name: Any, contact: Any, people: Iterable[Person]) -> ColumnElement[bool]:
    """A name or a contact with the same characters in the same order, whatever stands between them."""
    persons = list(people)
    names = sorted({one.name for one in persons})
    marks = sorted({mark for one in persons for mark in one.contacts | one.numbers})
    return or_(
        *(name.ilike(f"{_spread(words)}%") for words in names),
        *(contact.ilike(f"%{_spread(mark)}%") for mark in marks),
    )


def _spread(words: str) -> str:
    """A pattern in which anything may stand between the characters: blanks, hyphens, brackets."""
    return "%".join(char for char in words if char not in "%_\\")


def _held(view: Connection, ids: Sequence[int]) -> dict[str, dict[int, list[Row[Any]]]]:
    """The rows of applicants, agents, items and letters by case."""
    found: dict[str, dict[int, list[Row[Any]]]] = {}
    for table in (schema.applicants, schema.agents, schema.items, schema.requests):
        held = found.setdefault(table.name, {})
        for row in view.execute(select(table).where(table.c.case_id.in_(ids)).order_by(table.c.id)):
            held.setdefault(row.case_id, []).append(row)
    return found


def _asked(row: Row[Any], held: dict[str, dict[int, list[Row[Any]]]]) -> Asked:
    """One request. A number in its letter is the applicant's only where one applicant writes for himself."""
    applicants, agents = held["applicants"].get(row.id, []), held["agents"].get(row.id, [])
    words = "".join(one.words for one in held["requests"].get(row.id, []))
    alone = words if len(applicants) == 1 and not agents else ""
    return Asked(
        row.id,
        row.number,
        date.fromisoformat(row.received_on),
        tuple(
            person_of(one.name, one.kind, one.contact, alone) for one in applicants if plain_name(one.name)
        ),
        tuple(person_of(one.name, "", one.contact) for one in agents if plain_name(one.name)),
        tuple(one.asked for one in held["items"].get(row.id, []) if one.asked.strip()),
    )
