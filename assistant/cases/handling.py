"""What happens to a case between receipt and reply: events, searches, consultations, the decision.

An event that the clock cannot place is refused before anything is written. A wrong one is struck with its reason
and stays to be read. Basis: 政府信息公开条例第三十条至第三十六条.
"""

from dataclasses import replace
from datetime import date

from sqlalchemy import update

from assistant.cases import schema
from assistant.cases.reading import load_case_by_id
from assistant.cases.records import (
    ARCHIVED,
    FAMILIES,
    OWN_KINDS,
    REPLIED,
    WITHDRAWN,
    Case,
    Consultation,
    Decision,
    Search,
    Seen,
)
from assistant.cases.register import Session
from assistant.errors import InputError
from assistant.law.clock import reckon_clock
from assistant.law.clock_events import Event
from assistant.law.outcomes import known_outcome

# Which event begins an asking and which ends it, by family.
SENT = {"third_party": "third_party_sent", "comaker": "comaker_sent", "organ": "organ_consulted"}
ANSWERED = {"third_party": "third_party_answered", "comaker": "comaker_answered", "organ": "organ_answered"}
# What may still be recorded after the case has ended.
_AFTER_END = (*ANSWERED.values(), ARCHIVED)
_BY_VERB = {
    REPLIED: "答复",
    WITHDRAWN: OWN_KINDS[WITHDRAWN],
    ARCHIVED: OWN_KINDS[ARCHIVED],
}


def record_event(session: Session, seen: Seen, event: Event, note: str | None = None) -> Case:
    """Something happened on a day. The reply, a withdrawal and the archive have verbs of their own."""
    if event.kind in _BY_VERB:
        raise InputError(f"“{_BY_VERB[event.kind]}”要单独办理，不能作为一般的经过记录。")
    with session.changing(seen, "event", {"event": str(event)}) as case_id:
        put_event(session, case_id, event, note)
    return load_case_by_id(session.connection, case_id)


def strike_event(session: Session, seen: Seen, event_id: int, why: str) -> Case:
    """A wrongly recorded event moves nothing any more; what is left must still be possible."""
    if not why.strip():
        raise InputError("更正记录要写明理由。")
    with session.changing(seen, "strike", {"event": event_id, "why": why.strip()}) as case_id:
        events = schema.events
        standing = (events.c.id == event_id, events.c.case_id == case_id, events.c.struck_why.is_(None))
        struck = update(events).where(*standing).values(struck_why=why.strip())
        if not session.connection.execute(struck).rowcount:
            raise InputError(f"案件 {seen.number} 没有编号为 {event_id} 的经过，或者已经更正过。")
        case = load_case_by_id(session.connection, case_id)
        reckon_clock(case.filing, session.rules.grounds, session.at.date())
    return load_case_by_id(session.connection, case_id)


def record_search(session: Session, seen: Seen, search: Search) -> Case:
    """Where the information was looked for: the proof of a reply that it is not held. Basis: 条例第三十六条."""
    _refuse_future(session, search.on)
    for name, words in (
        ("检索的地方", search.places),
        ("检索词", search.terms),
        ("检索的结果", search.found),
    ):
        if not words.strip():
            raise InputError(f"检索记录缺少{name}，请补写。")
    with session.changing(seen, "search", {"on": search.on.isoformat(), "who": search.who}) as case_id:
        session.add(
            schema.searches,
            case_id=case_id,
            searched=search.on.isoformat(),
            who=search.who,
            places=search.places,
            terms=search.terms,
            found=search.found,
        )
    return load_case_by_id(session.connection, case_id)


def consult(session: Session, seen: Seen, consultation: Consultation, on: date) -> Case:
    """An opinion is asked for; the clock stands still from that day. Basis: 条例第三十二条、第三十四条."""
    family, who = consultation.family, consultation.who.strip()
    _check_family(family)
    if not who or not consultation.asked.strip():
        raise InputError("征求意见要写明向谁征求、问了什么。")
    with session.changing(seen, "consult", {"family": family, "on": on.isoformat()}) as case_id:
        put_event(session, case_id, Event(on, SENT[family], who))
        _put_consultation(session, case_id, replace(consultation, who=who, opinion=None, agrees=None))
    return load_case_by_id(session.connection, case_id)


def record_opinion(session: Session, seen: Seen, consultation: Consultation, on: date) -> Case:
    """The opinion came in. Raises InputError where nobody of that name was asked in this case."""
    _check_family(consultation.family)
    if not (consultation.opinion or "").strip():
        raise InputError("请写明对方的意见。")
    who = consultation.who.strip()
    detail = {"family": consultation.family, "on": on.isoformat(), "agrees": consultation.agrees}
    with session.changing(seen, "opinion", detail) as case_id:
        case = load_case_by_id(session.connection, case_id)
        sent = [one for one in case.standing if one.event.kind == SENT[consultation.family]]
        if who not in {one.event.who for one in sent}:
            raise InputError(f"案件 {seen.number} 没有向“{who}”征求过意见。请核对名称。")
        asked = [
            one.asked for one in case.consultations if (one.family, one.who) == (consultation.family, who)
        ]
        _put_consultation(session, case_id, replace(consultation, who=who, asked="".join(asked)))
        put_event(session, case_id, Event(on, ANSWERED[consultation.family], who))
    return load_case_by_id(session.connection, case_id)


def decide(session: Session, seen: Seen, decision: Decision, replaced_why: str | None = None) -> Case:
    """The one outcome of the whole case. Another one before is replaced only with a reason, and kept.

    Raises InputError for an unknown outcome or road, without reasons, after the reply, or for a second decision
    without the reason of the change. Basis: 条例第三十六条; 国办公开办函〔2021〕30号 (one row a case).
    """
    outcome = known_outcome(decision.outcome, session.rules.outcomes)
    road = outcome.road(decision.road or None)
    _refuse_future(session, decision.on)
    if not decision.reasons.strip():
        raise InputError("处理结果要写明理由和依据。")
    detail = {"outcome": outcome.code, "road": road.name, "on": decision.on.isoformat()}
    with session.changing(seen, "decide", {**detail, "replaced_why": replaced_why}) as case_id:
        case = load_case_by_id(session.connection, case_id)
        _refuse_ended(case)
        if decision.on < case.received_on:
            raise InputError(f"决定之日 {decision.on} 早于收到申请之日 {case.received_on}。请检查日期。")
        _replace(session, case, (replaced_why or "").strip())
        session.add(
            schema.decisions,
            case_id=case_id,
            outcome=outcome.code,
            road=road.name,
            decided=decision.on.isoformat(),
            reasons=decision.reasons.strip(),
            decided_by=decision.decided_by.strip() or session.actor.name,
        )
    return load_case_by_id(session.connection, case_id)


def put_event(session: Session, case_id: int, event: Event, note: str | None = None) -> None:
    """The row of an event, once the whole course with it is possible."""
    _refuse_future(session, event.on)
    case = load_case_by_id(session.connection, case_id)
    if event.kind not in _AFTER_END:
        _refuse_ended(case)
    if event.kind in OWN_KINDS:
        _check_own(case, event)
    else:
        filing = case.filing
        longer = replace(filing, events=(*filing.events, event))
        reckon_clock(longer, session.rules.grounds, event.on)
    session.add(
        schema.events,
        case_id=case_id,
        happened=event.on.isoformat(),
        kind=event.kind,
        who=event.who,
        days=event.days,
        until_day=event.until.isoformat() if event.until else None,
        note=note,
    )


def _put_consultation(session: Session, case_id: int, one: Consultation) -> None:
    """What was asked of somebody and said; asked anew after a struck event, the new words stand."""
    agrees = None if one.agrees is None else int(one.agrees)
    said = {"asked": one.asked, "opinion": one.opinion, "agrees": agrees}
    table = schema.consultations
    whom = (table.c.case_id == case_id, table.c.family == one.family, table.c.who == one.who)
    if not session.connection.execute(update(table).where(*whom).values(**said)).rowcount:
        session.add(table, case_id=case_id, family=one.family, who=one.who, **said)


def _check_own(case: Case, event: Event) -> None:
    last = max([case.received_on, *(one.event.on for one in case.standing)])
    if event.on < last:
        raise InputError(
            f"“{OWN_KINDS[event.kind]}”的日期 {event.on} 早于案件最后的经过 {last}。请检查日期。"
        )
    if case.day_of(event.kind):
        raise InputError(
            f"案件 {case.number} 已经在 {case.day_of(event.kind)} 记过“{OWN_KINDS[event.kind]}”。"
        )


def _refuse_ended(case: Case) -> None:
    for kind, name in _BY_VERB.items():
        on = case.day_of(kind)
        if on:
            raise InputError(f"案件 {case.number} 已于 {on}{name}，不能再办理这一步。记错的，请先更正。")


def _refuse_future(session: Session, on: date) -> None:
    today = session.at.date()
    if on > today:
        raise InputError(f"日期 {on} 晚于今天 {today}；登记簿只记已经发生的事。")


def _check_family(family: str) -> None:
    if family not in FAMILIES:
        names = "、".join(f"{key}（{name}）" for key, name in FAMILIES.items())
        raise InputError(f"不认识的征求对象“{family}”，可用：{names}。")


def _replace(session: Session, case: Case, why: str) -> None:
    if case.decision is None:
        return
    if not why:
        raise InputError(
            f"案件 {case.number} 已有处理结果（{case.decision.outcome}）。一件申请只有一个结果；改变结果的，请写明理由。"
        )
    decisions = schema.decisions
    standing = update(decisions).where(decisions.c.case_id == case.id, schema.STANDING)
    session.connection.execute(standing.values(replaced_why=why))
