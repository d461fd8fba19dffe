"""What happened to a case as somebody tells it: an event, a search, a review or suit, an error put right.

Each has its verb; one that another verb owns (a reply, a withdrawal, an opinion) goes there.
Basis: 政府信息公开条例第三十条至第三十六条、第五十条.
"""

from dataclasses import dataclass
from datetime import date

from assistant.cases import closing, handling
from assistant.cases.closing import Dispute
from assistant.cases.reading import load_case
from assistant.cases.records import ARCHIVED, REPLIED, WITHDRAWN, Case, Consultation, Search, Seen
from assistant.cases.register import Register, Session
from assistant.law.clock_events import Event

# Whom an event asks, and whose opinion it brings: the families of `handling`, the other way round.
ASKS = {kind: family for family, kind in handling.SENT.items()}
HEARS = {kind: family for family, kind in handling.ANSWERED.items()}


@dataclass(frozen=True)
class Happened:
    """An event with what was said about it. `asked`: what was asked of somebody; `opinion`, `agrees`: what they said.

    `outside`: why a reply went out without a letter of this register.
    """

    event: Event
    note: str = ""
    asked: str = ""
    opinion: str = ""
    agrees: bool | None = None
    outside: str = ""


@dataclass(frozen=True)
class Concluded:
    """How a review or suit ended, by its id in the register, and on which day."""

    dispute: int
    result: str
    on: date


@dataclass(frozen=True)
class Struck:
    """An event that was recorded wrongly, by its id, and why."""

    event: int
    why: str


Told = Happened | Search | Dispute | Concluded | Struck


def tell(register: Register, who: str, seen: Seen, told: Told) -> Case:
    """The case with what was told.

    Raises NotAllowed for a role that may not, CaseConflict where the case moved on since it was seen, InputError for
    what cannot be; nothing is written then.
    """
    with register.writing(who) as session:
        put(session, seen, told)
        return load_case(session.connection, seen.number)


def put(session: Session, seen: Seen, told: Told) -> None:
    """What was told, by the verb it belongs to, within a session. Raises as `tell` does."""
    match told:
        case Happened():
            _happened(session, seen, told)
        case Search():
            handling.record_search(session, seen, told)
        case Dispute():
            closing.file_dispute(session, seen, told)
        case Concluded(dispute, result, on):
            closing.conclude_dispute(session, seen, dispute, result, on)
        case Struck(event, why):
            handling.strike_event(session, seen, event, why)


def _happened(session: Session, seen: Seen, told: Happened) -> None:
    """Events that end a case and those that ask somebody have verbs of their own."""
    event, who = told.event, told.event.who or ""
    if event.kind == REPLIED:
        closing.reply(session, seen, event.on, told.outside or None)
    elif event.kind == WITHDRAWN:
        closing.withdraw(session, seen, event.on, told.note)
    elif event.kind == ARCHIVED:
        closing.archive(session, seen, event.on)
    elif told.asked and event.kind in ASKS:
        handling.consult(session, seen, Consultation(ASKS[event.kind], who, told.asked), event.on)
    elif told.opinion and event.kind in HEARS:
        heard = Consultation(HEARS[event.kind], who, "", told.opinion, told.agrees)
        handling.record_opinion(session, seen, heard, event.on)
    else:
        handling.record_event(session, seen, event, told.note or None)
