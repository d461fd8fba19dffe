"""A letter comes in: it gets its number and its place in the register, whatever it turns out to be.

Basis: 政府信息公开条例第二十九条、第三十一条、第四十五条.
"""

from assistant.cases import schema
from assistant.cases.numbers import next_number
from assistant.cases.reading import load_case_by_id
from assistant.cases.records import Applicant, Case, NewCase
from assistant.cases.register import Session
from assistant.errors import InputError
from assistant.law.clock import reckon_clock
from assistant.law.clock_events import Filing


def receive(session: Session, new: NewCase) -> Case:
    """The case of a new letter. Raises InputError for what cannot be registered, and says what is missing."""
    session.allow("receive")
    _check(session, new)
    number = next_number(session.connection, session.rules.case_series, new.received_on.year)
    case_id = session.add(
        schema.cases,
        number=number,
        received_on=new.received_on.isoformat(),
        channel=new.channel,
        version=1,
    )
    session.add(schema.requests, case_id=case_id, words=new.words.strip(), form=new.form)
    for place, one in enumerate(new.applicants, start=1):
        session.add(
            schema.applicants,
            case_id=case_id,
            place=place,
            kind=one.kind,
            name=one.name.strip(),
            contact=one.contact,
        )
    for place, asked in enumerate(new.items or (new.words.strip(),), start=1):
        session.add(schema.items, case_id=case_id, place=place, asked=asked.strip())
    if new.agent:
        agent = new.agent
        session.add(
            schema.agents, case_id=case_id, name=agent.name, contact=agent.contact, authority=agent.authority
        )
    session.record("receive", case_id, {"number": number, "received_on": new.received_on.isoformat()})
    return load_case_by_id(session.connection, case_id)


def _check(session: Session, new: NewCase) -> None:
    if not new.words.strip():
        raise InputError("申请内容是空的，不能登记。请写明申请人要什么信息（条例第二十九条）。")
    if not new.applicants:
        raise InputError("没有写申请人，不能登记。请写明姓名或者名称（条例第二十九条）。")
    for one in new.applicants:
        _check_applicant(session, one)
    today = session.at.date()
    if new.received_on > today:
        raise InputError(f"收到申请之日 {new.received_on} 晚于今天 {today}。请检查日期。")
    reckon_clock(Filing(new.received_on, (), new.channel), session.rules.grounds, new.received_on)


def _check_applicant(session: Session, one: Applicant) -> None:
    if not one.name.strip():
        raise InputError("申请人的姓名或者名称是空的，请补写（条例第二十九条）。")
    if one.kind not in session.rules.kinds:
        names = "、".join(f"{kind}（{label}）" for kind, label in session.rules.kinds.items())
        if not one.kind:
            raise InputError(f"看不出申请人“{one.name}”属于哪一类，请写明（姓名:类别），可用：{names}。")
        raise InputError(f"不认识的申请人类别“{one.kind}”，可用：{names}。")
