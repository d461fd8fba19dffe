"""What clerks do to a scripted request, each an act that is done when its turn comes."""

from collections.abc import Callable
from datetime import date

from assistant.cases import closing, handling
from assistant.cases.closing import Dispute, conclude_dispute, file_dispute
from assistant.cases.reading import load_case
from assistant.cases.records import Case, Consultation, Decision
from assistant.cases.register import Session
from assistant.law.clock_events import Event

Act = Callable[[Session, Case], Case]


def event(on: date, kind: str, who: str | None = None, days: int | None = None) -> Act:
    """Something happens on a day."""
    return lambda session, case: handling.record_event(session, case.seen, Event(on, kind, who, days))


def opened(family: str, who: str, on: date, opinion: str | None = None) -> Act:
    """Somebody is asked, or answers."""
    if opinion is None:
        asked = Consultation(family, who, "是否同意公开？")
        return lambda session, case: handling.consult(session, case.seen, asked, on)
    heard = Consultation(family, who, "", opinion, agrees=True)
    return lambda session, case: handling.record_opinion(session, case.seen, heard, on)


def struck(kind: str, why: str) -> Act:
    """The event of a kind was recorded by mistake."""

    def act(session: Session, case: Case) -> Case:
        wrong = next(one for one in case.standing if one.event.kind == kind)
        return handling.strike_event(session, case.seen, wrong.id, why)

    return act


def decided(outcome: str, on: date, road: str = "") -> Act:
    """The outcome of the whole."""
    decision = Decision(outcome, road, on, "依据卷内材料", "罗敏")
    return lambda session, case: handling.decide(session, case.seen, decision)


def changed(outcome: str, on: date, why: str) -> Act:
    """Another outcome in place of the first."""
    decision = Decision(outcome, "", on, "复核", "罗敏")
    return lambda session, case: handling.decide(session, case.seen, decision, why)


def withdrawn(on: date) -> Act:
    """The applicant takes the request back."""
    return lambda session, case: closing.withdraw(session, case.seen, on, "申请人书面撤回")


def archived(on: date) -> Act:
    """The file is closed."""
    return lambda session, case: closing.archive(session, case.seen, on)


def disputed(kind: str, filed: date, concluded: date | None, result: str | None) -> Act:
    """A review or suit is filed, and concluded later where it is."""

    def act(session: Session, case: Case) -> Case:
        place = "某市中级人民法院" if kind.startswith("lawsuit") else "某市人民政府"
        found = file_dispute(session, case.seen, Dispute(kind, place, filed))
        case = load_case(session.connection, case.number)
        if concluded and result:
            conclude_dispute(session, case.seen, found, result, concluded)
        return load_case(session.connection, case.number)

    return act
