"""What may spare a clerk work on a request: what is published already, and how often suggestions are shown and used.

The counts are a figure of this program, not part of a case's file: they bear no entry in the audit trail and no
digest. Basis: 政府信息公开条例第三十六条第（一）项 (published already: tell where), the counts the house's own.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from sqlalchemy import Connection, func, select, update

from assistant.cases import schema
from assistant.cases.database import Database
from assistant.cases.likeness import held_in
from assistant.cases.same_applicant import read_asked
from assistant.errors import InputError

REPEAT, PUBLISHED = "repeat", "published"
KINDS = {REPEAT: "同一申请人的前一件申请", PUBLISHED: "已经公开的内容"}
_WANTED, _OWN = ("report", "provision"), ("report", "reply")
_SHOWN = 3
_MOSTLY = 0.6


class Found(Protocol):
    """A passage found by a search: what `retrieval.search.Hit` is."""

    @property
    def ref(self) -> str: ...
    @property
    def source(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def passage(self) -> Any: ...


Search = Callable[[str], Sequence[Found]]


@dataclass(frozen=True)
class Published:
    """A published passage that may answer an item of a request; `item` counts from 1."""

    item: int
    kind: str
    ref: str
    text: str
    source: str

    def to_json(self) -> dict[str, Any]:
        """As the command line prints it."""
        return dict(vars(self))


@dataclass(frozen=True)
class Used:
    """How often suggestions of a kind were shown, over how many cases, and how many were used."""

    kind: str
    suggested: int
    shown: int
    used: int
    cases: int


def published_for(view: Connection, number: str, search: Search) -> tuple[Published, ...]:
    """What is published already on each item of a request: reports and provisions, the best first, each once."""
    found: dict[str, Published] = {}
    for item, words in enumerate(_items(view, number), start=1):
        hits = [hit for hit in search(words) if hit.passage.kind in _WANTED]
        for hit in hits[:_SHOWN]:
            found.setdefault(hit.ref, Published(item, hit.passage.kind, hit.ref, hit.text, hit.source))
    return tuple(found.values())


def published_among(items: Sequence[str], search: Search) -> tuple[Published, ...]:
    """What the office itself has published or answered already on what a letter asks for, each once, few of each item.

    More is asked of a passage than of one a clerk looks for: a report must be the first thing found, of an earlier
    reply most of what is asked must stand in it.
    """
    found: dict[str, Published] = {}
    for item, words in enumerate(items[:_SHOWN], start=1):
        for place, hit in enumerate(search(words)):
            sure = place == 0 if hit.passage.kind == "report" else held_in(words, hit.text) >= _MOSTLY
            if hit.passage.kind in _OWN and sure:
                found.setdefault(hit.ref, Published(item, hit.passage.kind, hit.ref, hit.text, hit.source))
    return tuple(found.values())[:_SHOWN]


def note_shown(database: Database, number: str, kind: str, targets: Iterable[str], on: date) -> None:
    """Suggestions were shown for a case. Shown again, they count again."""
    with database.writing() as connection:
        case_id = _case_id(connection, number)
        for target in dict.fromkeys(targets):
            _note(connection, case_id, kind, target, on)


def note_used(database: Database, number: str, kind: str, target: str, on: date) -> None:
    """A suggestion was taken over into the work on a case. Raises InputError for one that was never shown."""
    table = schema.suggestions
    with database.writing() as connection:
        case_id = _case_id(connection, number)
        one = _one(case_id, kind, target)
        done = connection.execute(update(table).where(*one).values(used_on=on.isoformat()))
        if not done.rowcount:
            raise InputError(
                f"案件 {number} 没有提示过“{target}”，不能记为采用。请先用 assistant case similar {number} 查看。"
            )


def count_suggestions(view: Connection) -> tuple[Used, ...]:
    """Shown and used, by kind."""
    columns = schema.suggestions.c
    asked = select(
        columns.kind,
        func.count().label("suggested"),
        func.sum(columns.shown).label("shown"),
        func.count(columns.used_on).label("used"),
        func.count(columns.shown_for.distinct()).label("cases"),
    ).group_by(columns.kind)
    found = {row.kind: row for row in view.execute(asked)}
    return tuple(
        Used(kind, row.suggested, int(row.shown), row.used, row.cases)
        for kind in KINDS
        if (row := found.get(kind))
    )


def _note(connection: Connection, case_id: int, kind: str, target: str, on: date) -> None:
    table = schema.suggestions
    again = update(table).where(*_one(case_id, kind, target)).values(shown=table.c.shown + 1)
    if not connection.execute(again).rowcount:
        values = {
            "shown_for": case_id,
            "kind": kind,
            "target": target,
            "shown_on": on.isoformat(),
            "shown": 1,
        }
        connection.execute(table.insert().values(**values))


def _one(case_id: int, kind: str, target: str) -> list[Any]:
    columns = schema.suggestions.c
    return [columns.shown_for == case_id, columns.kind == kind, columns.target == target]


def _case_id(connection: Connection, number: str) -> int:
    found = connection.execute(
        select(schema.cases.c.id).where(schema.cases.c.number == number.strip())
    ).scalar()
    if found is None:
        raise InputError(f"登记簿里没有案件“{number}”。请用 assistant case list 查看编号。")
    return int(found)


def _items(view: Connection, number: str) -> tuple[str, ...]:
    return read_asked(view, [_case_id(view, number)])[0].items
