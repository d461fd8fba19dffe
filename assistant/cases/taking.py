"""A letter the assistant has read is taken into the register, with outcome and draft where they are settled by then.

All of it is one session: the number, the decision and the draft stand together, or nothing does.
Basis: 政府信息公开条例第二十九条、第三十六条、第四十五条.
"""

from dataclasses import dataclass
from datetime import date

from assistant.cases.handling import decide
from assistant.cases.letters import draft_reply
from assistant.cases.reading import load_case
from assistant.cases.receiving import receive
from assistant.cases.records import Agent, Applicant, Case, Decision, NewCase, Seen
from assistant.cases.register import Register
from assistant.errors import InputError
from assistant.triage.letter import Request


@dataclass(frozen=True)
class Settled:
    """What is settled of a case beside the letter. `replaced_why`: why another outcome takes the first one's place."""

    decision: Decision | None = None
    draft: str | None = None
    prompt_hash: str | None = None
    replaced_why: str | None = None


def new_case(request: Request, received_on: date, channel: str | None = None) -> NewCase:
    """A letter as read, ready to be registered; what it does not say stays empty and is asked for."""
    parties = tuple(
        Applicant(one.kind or "", one.name.text, request.contact if place == 0 else None)
        for place, one in enumerate(request.applicants)
    )
    agent, authority = request.agent, request.authority
    return NewCase(
        received_on=received_on,
        applicants=parties,
        words=request.text,
        items=tuple(item.text for item in request.items),
        channel=channel or (request.channel[0].key if request.channel else None),
        form=request.form,
        agent=Agent(agent.text, None, authority.text if authority else None) if agent else None,
    )


def take_up(register: Register, who: str, new: NewCase, settled: Settled) -> Case:
    """The case of a new letter with what is settled of it. Raises InputError, NotAllowed; then nothing is written."""
    with register.writing(who) as session:
        case = receive(session, new)
        if settled.decision:
            case = decide(session, case.seen, settled.decision)
        if settled.draft:
            case = draft_reply(session, case.seen, settled.draft, settled.prompt_hash)
        return case


def bring_on(register: Register, who: str, seen: Seen, settled: Settled) -> Case:
    """Outcome and draft for a case that is registered already; an outcome that stands already is not told twice.

    Raises CaseConflict where somebody else wrote on it since it was seen, InputError where there is nothing new.
    """
    with register.writing(who) as session:
        case = load_case(session.connection, seen.number)
        same = settled.decision and case.decision and _same(settled.decision, case.decision)
        if settled.decision and not same:
            seen = decide(session, seen, settled.decision, settled.replaced_why).seen
        if settled.draft:
            seen = draft_reply(session, seen, settled.draft, settled.prompt_hash).seen
        elif same or settled.decision is None:
            raise InputError(f"案件 {case.number} 已有同样的处理结果，也没有新的文稿，没有写入。")
        return load_case(session.connection, case.number)


def _same(one: Decision, other: Decision) -> bool:
    return (one.outcome, one.road) == (other.outcome, other.road)
