"""Same applicant, same information: earlier requests beside this one, for a person to judge.

What is shown: how the applicant was recognised, how alike the words are, what only one of the two says, the earlier
reply with its day and outcome, and how many requests came from this applicant in the last months. Nothing is
concluded: whether a request repeats another, or whether requests are too many, is decided by a person.
Basis: 政府信息公开条例第三十五条、第三十六条第（六）项.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, select

from assistant.cases import schema
from assistant.cases.clocks import clock_of
from assistant.cases.entries import Entry, entries_by_id
from assistant.cases.identity import Sameness
from assistant.cases.likeness import Likeness, likeness, share_of
from assistant.cases.records import ARCHIVED, REPLIED, WITHDRAWN, NewCase
from assistant.cases.register import OfficeRules
from assistant.cases.repeat_rules import Note, RepeatRules
from assistant.cases.same_applicant import Asked, asked_in, by_same_agent, earlier_of, read_asked
from assistant.errors import InputError
from assistant.law.clock_course import Phase
from assistant.law.terms import add_months

SHOWN = 10
# By what an applicant was recognised, and how the earlier request ended, in a clerk's words.
SHARED = {"number": "证件号码", "name": "姓名或者名称", "contact": "联系方式"}
ENDED = {"answered": "已答复", "pending": "尚未答复", "lapsed": "视为放弃", "withdrawn": "申请人撤回"}
_NOTHING_GIVEN = ("refuse", "unable")


@dataclass(frozen=True)
class Candidate:
    """An earlier request. `ended`: answered, pending, lapsed or withdrawn, and `on` which day."""

    number: str
    received_on: date
    same: Sameness
    alike: Likeness
    ended: str
    on: date | None
    outcome: str | None
    label: str | None
    letter: str | None
    notes: tuple[Note, ...]

    def to_json(self) -> dict[str, Any]:
        """As the command line prints it."""
        alike = self.alike
        return {
            "number": self.number,
            "received": self.received_on.isoformat(),
            "applicant": {
                "shared": list(self.same.shared),
                "apart": list(self.same.apart),
                "sure": self.same.sure,
            },
            "similarity": alike.share,
            "same": list(alike.same),
            "only_here": list(alike.only_here),
            "only_there": list(alike.only_there),
            "periods_here": list(alike.periods_here),
            "periods_there": list(alike.periods_there),
            "ended": self.ended,
            "date": self.on.isoformat() if self.on else None,
            "outcome": self.outcome,
            "label": self.label,
            "letter": self.letter,
            "notes": [note.to_json() for note in self.notes],
        }


@dataclass(frozen=True)
class Count:
    """How many requests came in during so many months up to this one, this one included.

    `requests`: of the same applicant; `maybe`: with those of whom that is not sure; `items`: what they ask for.
    """

    months: int
    requests: int
    maybe: int
    items: int


@dataclass(frozen=True)
class Similar:
    """The earlier requests beside one, the most alike first; `found` counts all, `candidates` shows some."""

    number: str
    found: int
    candidates: tuple[Candidate, ...]
    counts: tuple[Count, ...]
    same_agent: tuple[str, ...]
    note: Note

    def to_json(self) -> dict[str, Any]:
        """As the command line prints it."""
        return {
            "number": self.number,
            "found": self.found,
            "candidates": [one.to_json() for one in self.candidates],
            "counts": [vars(one) for one in self.counts],
            "same_agent": list(self.same_agent),
            "note": self.note.to_json(),
        }


@dataclass(frozen=True)
class SimilarGrounds:
    """What candidates are shown by: the office's rules, the remarks, and how many are shown."""

    office: OfficeRules
    rules: RepeatRules
    shown: int = SHOWN


def similar_requests(view: Connection, number: str, by: SimilarGrounds, on: date) -> Similar:
    """The earlier requests of the same applicant beside a case, as of a day. Raises InputError for no such case."""
    return _similar(view, _asked(view, number), by, on)


def similar_to(view: Connection, new: NewCase, by: SimilarGrounds, on: date) -> Similar:
    """The same beside a letter that is not in the register yet."""
    return _similar(view, asked_in(new), by, on)


def _similar(view: Connection, asked: Asked, by: SimilarGrounds, on: date) -> Similar:
    earlier = earlier_of(view, asked)
    ranked = sorted(earlier, key=lambda pair: _rank(asked, *pair), reverse=True)[: by.shown]
    entries = {entry.id: entry for entry in entries_by_id(view, [one.id for one, _ in ranked])}
    return Similar(
        number=asked.number,
        found=len(earlier),
        candidates=tuple(_candidate(asked, one, same, entries[one.id], (by, on)) for one, same in ranked),
        counts=tuple(_counts(asked, earlier, by.rules.windows)),
        same_agent=tuple(one.number for one in by_same_agent(view, asked)),
        note=by.rules.note("volume", on),
    )


def _asked(view: Connection, number: str) -> Asked:
    case_id = view.execute(select(schema.cases.c.id).where(schema.cases.c.number == number.strip())).scalar()
    if case_id is None:
        raise InputError(f"登记簿里没有案件“{number}”。请用 assistant case list 查看编号。")
    return read_asked(view, [case_id])[0]


def _rank(asked: Asked, one: Asked, same: Sameness) -> tuple[bool, float, date]:
    return same.sure, share_of(asked.items, one.items), one.received_on


def _candidate(
    asked: Asked, one: Asked, same: Sameness, entry: Entry, by: tuple[SimilarGrounds, date]
) -> Candidate:
    grounds, on = by
    alike = likeness(asked.items, one.items)
    ended, day = _ended(entry, grounds, on)
    notes = _notes(same, alike, ended, entry.outcome)
    outcome = entry.outcome
    return Candidate(
        number=one.number,
        received_on=one.received_on,
        same=same,
        alike=alike,
        ended=ended,
        on=day,
        outcome=outcome,
        label=grounds.office.outcomes[outcome].label if outcome else None,
        letter=entry.paper.number if entry.paper else None,
        notes=tuple(grounds.rules.note(name, on) for name in notes),
    )


def _ended(entry: Entry, by: SimilarGrounds, on: date) -> tuple[str, date | None]:
    """How the earlier request ended, and when; a reply that only tells of 视为放弃 is no answer to it."""
    withdrawn, replied = entry.day_of(WITHDRAWN), entry.day_of(REPLIED)
    if withdrawn:
        return "withdrawn", withdrawn
    if entry.outcome in by.rules.lapsed:
        return "lapsed", replied
    if replied:
        return "answered", replied
    gone = clock_of(entry.filing, by.office.grounds, on).state == Phase.ABANDONED.value
    return ("lapsed", entry.day_of(ARCHIVED)) if gone else ("pending", None)


def _notes(same: Sameness, alike: Likeness, ended: str, outcome: str | None) -> list[str]:
    """Which remarks belong to a candidate."""
    notes = [ended]
    if same.shared == ("name",) and not same.sure:
        notes.append("name_only")
    if same.shared == ("contact",):
        notes.append("contact_only")
    if alike.other_period:
        notes.append("other_period")
    if ended == "answered" and (outcome or "").startswith(_NOTHING_GIVEN):
        notes.append("changed")
    return notes


def _counts(
    asked: Asked, earlier: Sequence[tuple[Asked, Sameness]], windows: Iterable[int]
) -> Iterable[Count]:
    """The requests of the applicant in the months up to this one."""
    for months in windows:
        since = add_months(asked.received_on, -months)
        within = [(one, same) for one, same in earlier if one.received_on > since]
        own = [asked, *(one for one, same in within if same.sure)]
        yield Count(months, len(own), len(within) + 1, sum(max(len(one.items), 1) for one in own))
