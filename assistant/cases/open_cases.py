"""Which cases are open: read out of the whole register once, and afterwards only what has been written since.

Every write leaves an entry in the audit trail, so whoever knows the open cases as of one entry need only ask again
for the cases of the entries after it. What is known lies in the memory of the program and nowhere else; an entry
that is no longer the one remembered (another file, a register restored) makes everything be asked anew.
Basis: the house's own.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Select, select

from assistant.cases import schema
from assistant.cases.entries import Entry, entries_by_id

# Beyond so many changed cases it is quicker to ask for all.
_MANY = 500
_known: dict[str, "_Known"] = {}


@dataclass(frozen=True)
class _Known:
    """The open cases as of an entry of the audit trail."""

    seq: int
    digest: str
    entries: Mapping[int, Entry]


def open_entries(view: Connection, on: date) -> list[Entry]:
    """Every case open on a day, by day of receipt; what ended later had not ended yet and was not known."""
    by, now = on.isoformat(), _open_now(view)
    later = _ended_after(view, by) - set(now)
    back = entries_by_id(view, list(later - _ended_by(view, later, by)))
    found = [entry for entry in (*now.values(), *back) if entry.received_on <= on]
    return sorted(found, key=lambda entry: (entry.received_on, entry.id))


def _open_now(view: Connection) -> Mapping[int, Entry]:
    """The cases without an ending, whenever."""
    place = str(view.engine.url)
    before = _known.get(place)
    entries = _since(view, before) if before else None
    if entries is None:
        entries = _read(view, _open())
    _remember(view, place, entries)
    return entries


def _since(view: Connection, before: _Known) -> Mapping[int, Entry] | None:
    """The open cases, by what has changed since they were last asked for; None where that cannot be told."""
    entries = schema.audit_entries.c
    still = view.execute(select(entries.digest).where(entries.seq == before.seq)).scalar()
    if still != before.digest:
        return None
    written = select(entries.case_id).where(entries.seq > before.seq, entries.case_id.is_not(None))
    changed = set(view.execute(written.distinct().limit(_MANY)).scalars())
    if len(changed) == _MANY:
        return None
    if not changed:
        return before.entries
    kept = {case_id: entry for case_id, entry in before.entries.items() if case_id not in changed}
    return kept | _read(view, _open().where(schema.cases.c.id.in_(changed)))


def _read(view: Connection, asked: Select[Any]) -> dict[int, Entry]:
    return {entry.id: entry for entry in entries_by_id(view, list(view.execute(asked).scalars()))}


def _remember(view: Connection, place: str, entries: Mapping[int, Entry]) -> None:
    """Kept under the last entry of the trail; a register without one is asked anew each time."""
    trail = schema.audit_entries.c
    row = view.execute(select(trail.seq, trail.digest).order_by(trail.seq.desc()).limit(1)).one_or_none()
    if row:
        _known[place] = _Known(row.seq, row.digest, entries)


def _open() -> Select[Any]:
    """Asked as the partial indices of events are written, so that no event but an ending is read."""
    events = schema.events.c
    wanted = select(schema.cases.c.id)
    for ended in (schema.ENDED, schema.ARCHIVED_ONCE):
        one = select(events.id).where(events.case_id == schema.cases.c.id, ended).correlate(schema.cases)
        wanted = wanted.where(~one.exists())
    return wanted


def _ended_after(view: Connection, by: str) -> frozenset[int]:
    """The cases that had come in by a day and have an ending after it: of the endings found by their day."""
    cases, events = schema.cases.c, schema.events.c
    found: set[int] = set()
    for ended in (schema.ENDED, schema.ARCHIVED_ONCE):
        later = select(events.case_id).where(ended, events.happened > by)
        asked = select(cases.id).where(cases.id.in_(later), cases.received_on <= by)
        found.update(view.execute(asked).scalars())
    return frozenset(found)


def _ended_by(view: Connection, ids: frozenset[int], by: str) -> frozenset[int]:
    """Those of some cases that had ended by a day."""
    events, found, wanted = schema.events.c, set[int](), list(ids)
    for start in range(0, len(wanted), _MANY):
        part = events.case_id.in_(wanted[start : start + _MANY])
        for ended in (schema.ENDED, schema.ARCHIVED_ONCE):
            asked = select(events.case_id).where(ended, events.happened <= by, part)
            found.update(view.execute(asked).scalars())
    return frozenset(found)
