"""The nouns of the register, as values. What a case is said to be at follows from its events."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from assistant.law.clock_events import Event, Filing

WITHDRAWN = "withdrawn"
ARCHIVED = "archived"
REPLIED = "replied"
OWN_KINDS = {WITHDRAWN: "申请人撤回申请", ARCHIVED: "归档"}
FAMILIES = {"third_party": "第三方", "comaker": "共同制作机关", "organ": "其他机关"}


@dataclass(frozen=True)
class Applicant:
    """Who asks. `kind` is one of the six columns of table two; an agent is never an applicant."""

    kind: str
    name: str
    contact: str | None = None


@dataclass(frozen=True)
class Agent:
    """Who acts for the applicant, and by which authority; not counted anywhere."""

    name: str
    contact: str | None = None
    authority: str | None = None


@dataclass(frozen=True)
class NewCase:
    """One letter as it comes in. The first applicant's kind counts; several items stay one case.

    Basis: 政府信息公开条例第二十九条、第三十一条.
    """

    received_on: date
    applicants: tuple[Applicant, ...]
    words: str
    items: tuple[str, ...] = ()
    channel: str | None = None
    form: str | None = None
    agent: Agent | None = None


@dataclass(frozen=True)
class Seen:
    """A case as a clerk saw it: its number and the version on the screen. A later version is a conflict."""

    number: str
    version: int


@dataclass(frozen=True)
class Recorded:
    """An event of the register; a struck one keeps the reason and moves nothing."""

    id: int
    event: Event
    note: str | None
    struck_why: str | None


@dataclass(frozen=True)
class Search:
    """Where the information was looked for, with which words, and what was found. Basis: 条例第三十六条."""

    on: date
    who: str
    places: str
    terms: str
    found: str


@dataclass(frozen=True)
class Consultation:
    """Who was asked what, and what they said; the days are events. Basis: 条例第三十二条、第三十四条."""

    family: str
    who: str
    asked: str
    opinion: str | None = None
    agrees: bool | None = None


@dataclass(frozen=True)
class Decision:
    """The one outcome of the whole case, who decided it, on which day and why."""

    outcome: str
    road: str
    on: date
    reasons: str
    decided_by: str


@dataclass(frozen=True)
class Case:
    """Everything the register holds of one request at one version."""

    id: int
    number: str
    version: int
    received_on: date
    channel: str | None
    words: str
    form: str | None
    applicants: tuple[Applicant, ...]
    agent: Agent | None
    items: tuple[str, ...]
    events: tuple[Recorded, ...]
    searches: tuple[Search, ...]
    consultations: tuple[Consultation, ...]
    decision: Decision | None

    @property
    def seen(self) -> Seen:
        """The case as whoever reads it now has seen it."""
        return Seen(self.number, self.version)

    @property
    def filing(self) -> Filing:
        """The case as the clock sees it: standing events the law knows, up to a withdrawal."""
        known = tuple(one.event for one in self.standing if one.event.kind not in OWN_KINDS)
        return Filing(self.received_on, known, self.channel)

    @property
    def standing(self) -> tuple[Recorded, ...]:
        """The events that were not struck."""
        return tuple(one for one in self.events if one.struck_why is None)

    def day_of(self, kind: str) -> date | None:
        """The day of a standing event of a kind that happens once."""
        return next((one.event.on for one in self.standing if one.event.kind == kind), None)


@dataclass(frozen=True)
class Actor:
    """Who does something, by name, and the roles the office has given that name."""

    name: str
    roles: tuple[str, ...] = ()


Detail = dict[str, Any]
