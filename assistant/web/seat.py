"""What one clerk's page has under way, so that an answer that comes late never stands in the place of a newer one.

Work takes a ticket when it begins. When it lands, only what it changed is laid over the case as it stands by then;
what has been overtaken (the letter judged anew, the draft written anew, a new case begun) is dropped.
"""

from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from threading import Lock
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from assistant.web.case import Case, Turn

Work = Literal["letter", "draft", "polish", "answer"]
# What a beginning work overtakes; answers overtake nothing and each of them stands.
_OVERTAKES: dict[Work, tuple[Work, ...]] = {
    "letter": ("letter", "draft", "polish"),
    "draft": ("draft", "polish"),
    "polish": ("polish",),
    "answer": (),
}


@dataclass(frozen=True)
class Ticket:
    """A work under way: the case it began with, and the count of its kind and of new cases at that time."""

    work: Work
    base: "Case"
    count: int
    cleared: int


class Seat:
    """One session's own; a copy of it is a new one. `now` is the case as the page shows it."""

    def __init__(self) -> None:
        self.now: Case | None = None
        self.page: str | None = None
        self._keep: Callable[[Case], None] | None = None
        self.running = 0
        self._counts: dict[Work, int] = dict.fromkeys(_OVERTAKES, 0)
        self._cleared = 0
        self._lock = Lock()

    def __deepcopy__(self, memo: object) -> "Seat":
        return Seat()

    def sit(self, page: str, keep: "Callable[[Case], None]") -> None:
        """The open page this seat is; `keep` is told the case whenever the page shows another state of it."""
        self.page, self._keep = page, keep

    def begin(self, work: Work, base: "Case") -> Ticket:
        """A ticket for work that starts now from a case; what it overtakes will not land any more."""
        with self._lock:
            for kind in _OVERTAKES[work]:
                self._counts[kind] += 1
            self.running += 1
            return Ticket(work, base, self._counts[work], self._cleared)

    def stands(self, ticket: Ticket) -> bool:
        """Whether nothing has overtaken it."""
        newest = ticket.work == "answer" or ticket.count == self._counts[ticket.work]
        return newest and ticket.cleared == self._cleared

    def end(self) -> None:
        """One work less, however it went."""
        with self._lock:
            self.running -= 1

    def land(self, ticket: Ticket, result: "Case") -> "Case | None":
        """The case as it stands with what the work changed; None where it was overtaken."""
        with self._lock:
            if not self.stands(ticket):
                return None
            self.now = landed = laid_over(ticket.base, result, self.now or ticket.base)
        self._kept()
        return landed

    def hold(self, case: "Case") -> "Case":
        """The case as the page shows it from here on."""
        self.now = case
        self._kept()
        return case

    def _kept(self) -> None:
        """The newest state is kept, whichever step brought it here."""
        if self._keep and self.now:
            self._keep(self.now)

    def clear(self) -> None:
        """A new case begins: nothing under way belongs to it."""
        with self._lock:
            self._cleared += 1


def carried_out(case: "Case", work: Work, do: "Callable[[Case], Case]") -> "Case | None":
    """The case with the work done and laid over what happened meanwhile; None where it was overtaken."""
    ticket = case.seat.begin(work, case)
    try:
        result = do(case)
    finally:
        case.seat.end()
    return case.seat.land(ticket, result)


def laid_over(base: "Case", result: "Case", now: "Case") -> "Case":
    """What differs between base and result, put onto the case as it is now; turns are added at the end."""
    changed = {
        one.name: getattr(result, one.name)
        for one in fields(base)
        if one.compare and one.name != "turns" and getattr(result, one.name) is not getattr(base, one.name)
    }
    return replace(now, **changed).say(*_added(base.turns, result.turns))


def _added(before: "tuple[Turn, ...]", after: "tuple[Turn, ...]") -> "list[Turn]":
    known = {id(turn) for turn in before}
    return [turn for turn in after if id(turn) not in known]
