"""The words and steps tests share: letters of invented people, brought to their end."""

from dataclasses import replace
from datetime import date

from assistant.cases.closing import reply
from assistant.cases.handling import decide
from assistant.cases.receiving import receive
from assistant.cases.records import Applicant, Case, Decision, NewCase
from assistant.cases.register import Session

LETTER = NewCase(
    received_on=date(2026, 9, 10),
    applicants=(Applicant("natural_person", "柳青", "13900000000"),),
    words="申请公开柳湾社区2025年道路维修的合同。",
    channel="in_person",
)
OUTSIDE = "旧台账补录"


def letter(on: date, kind: str = "natural_person") -> NewCase:
    """A letter received on a day from somebody of a kind."""
    return replace(LETTER, received_on=on, applicants=(Applicant(kind, "某申请人"),))


def answered(session: Session, new: NewCase, outcome: str, on: date) -> Case:
    """A case decided and answered on one day, its reply signed on paper."""
    case = receive(session, new)
    case = decided(session, case, outcome, on)
    return reply(session, case.seen, on, OUTSIDE)


def decided(session: Session, case: Case, outcome: str, on: date) -> Case:
    """A case with its outcome."""
    return decide(session, case.seen, Decision(outcome, "", on, "依据卷内材料", "罗敏"))
