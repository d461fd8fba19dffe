"""Who must do what next in an open case: a step of the organ's own loop, or the party it waits for.

The steps and their provisions are rows of corpus/rules/board.yaml; who may do them follows from roles.yaml.
Basis: 政府信息公开条例第三十条至第三十六条、第四十五条.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from assistant.cases.board_rules import BoardRules
from assistant.cases.entries import Entry
from assistant.cases.roles import RoleTable
from assistant.law.clock import Clock, Waiting
from assistant.law.clock_consultations import Consultation, gather_consultations
from assistant.law.clock_course import Grounds
from assistant.law.clock_events import Filing, put_in_order

_LOOP = ("secrecy", "review", "approve")
_AWAITED = {"correction": "correct", "reasons": "explain", "fee": "pay"}


@dataclass(frozen=True)
class Next:
    """The next step in words: which, by whom, what, and the provision it rests on."""

    step: str
    who: str
    does: str
    basis: str
    verified: bool

    def to_json(self) -> dict[str, Any]:
        """As the command line prints it."""
        return {
            "step": self.step,
            "who": self.who,
            "does": self.does,
            "basis": self.basis,
            "verified": self.verified,
        }


def next_of(
    entry: Entry, filing: Filing, clock: Clock, box: str, by: tuple[BoardRules, RoleTable, Grounds]
) -> Next:
    """The next step of a case in its box."""
    rules, roles, grounds = by
    row = rules.step(_step(entry, filing, clock, box, grounds), clock.as_of)
    if row.party:
        who = rules.parties[row.party]
    else:
        who = "、".join(roles.labels[role] for role in roles.actions[row.action or ""].roles)
    return Next(row.step, who, row.does, row.basis, row.validity.verified)


def awaited_opinions(
    filing: Filing, waiting: Sequence[Waiting], grounds: Grounds
) -> list[tuple[int, Consultation]]:
    """Whose opinions a clock waits for, each with its place in the order of sending."""
    asked = gather_consultations(put_in_order(filing, grounds.table), grounds.table, grounds.calendar).asked
    awaited = {(f"{one.name}的意见", one.sent): (place, one) for place, one in enumerate(asked, start=1)}
    return [awaited[one.who, one.since] for one in waiting if (one.who, one.since) in awaited]


def _step(entry: Entry, filing: Filing, clock: Clock, box: str, grounds: Grounds) -> str:
    if box in _AWAITED:
        return _AWAITED[box]
    if box == "opinion":
        return _opinion(filing, clock, grounds)
    if box == "lapsed" and entry.paper is None:
        return _lapsed(entry, filing)
    return _loop(entry)


def _loop(entry: Entry) -> str:
    """Decide, draft, check, review, approve, number, serve: the first that is not done."""
    paper = entry.paper
    if entry.outcome is None:
        return "decide"
    if paper is None:
        return "draft"
    if paper.number:
        return "serve"
    if paper.returned or paper.outcome != entry.outcome:
        return "redraft"
    return next((step for step in _LOOP if step not in paper.passed), "issue")


def _lapsed(entry: Entry, filing: Filing) -> str:
    """The silence is confirmed and recorded by a person, then the file is closed."""
    if entry.outcome is not None:
        return "archive"
    kinds = [event.kind for event in sorted(filing.events, key=lambda event: event.on)]
    return "lapsed_payment" if "fee_notice" in kinds else "lapsed_correction"


def _opinion(filing: Filing, clock: Clock, grounds: Grounds) -> str:
    """A letter without proof of service comes first: its term has not begun; else whose time ends first."""
    asked = [one for _, one in awaited_opinions(filing, clock.waiting_for, grounds)]
    if any(one.served is None and one.family != "organ" for one in asked):
        return "serve_letter"
    ending = sorted((one for one in asked if one.expires), key=lambda one: one.expires or one.sent)
    return ending[0].family if ending else "organ"
