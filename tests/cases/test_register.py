"""Receiving, handling and closing a case: what is kept, what is refused, what follows from events."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import text

from assistant.cases.closing import archive, reply, withdraw
from assistant.cases.handling import (
    consult,
    decide,
    record_event,
    record_opinion,
    record_search,
    strike_event,
)
from assistant.cases.reading import list_cases, load_case
from assistant.cases.receiving import receive
from assistant.cases.records import Agent, Applicant, Case, Consultation, Decision, Search
from assistant.cases.register import Register
from assistant.cases.standing import standing_of
from assistant.errors import CaseConflict, InputError, RegisterFault, SettingsError
from assistant.law.clock_events import Event
from assistant.settings import RegisterRules
from tests.cases.conftest import Opened
from tests.cases.steps import LETTER, OUTSIDE, answered, decided


def received(register: Register) -> Case:
    """One letter in the register."""
    with register.writing("罗敏") as session:
        return receive(session, LETTER)


def test_a_case_is_read_back_as_it_came_in(register: Register) -> None:
    """Applicant, agent, items, words, channel."""
    new = replace(
        LETTER,
        items=("合同", "验收单"),
        agent=Agent("秦律师", None, "授权委托书"),
        applicants=(*LETTER.applicants, Applicant("other", "柳湾村民小组")),
    )
    with register.writing("罗敏") as session:
        number = receive(session, new).number
    with register.reading() as view:
        case = load_case(view, number)
    assert new == replace(
        LETTER, items=case.items, agent=case.agent, applicants=case.applicants, words=case.words
    )
    assert ("2026-1", 1, "in_person") == (case.number, case.version, case.channel)


def test_the_deadline_follows_from_the_events_and_moves_with_them(register: Register) -> None:
    """Twenty working days; ten more where a third party was asked for ten."""
    case = received(register)
    today = date(2026, 11, 27)
    assert date(2026, 10, 14) == standing_of(case, register.rules.grounds, today).due
    asked = Consultation("third_party", "云河建材公司", "是否同意公开合同")
    with register.writing("罗敏") as session:
        case = consult(session, case.seen, asked, date(2026, 9, 15))
        case = record_event(
            session, case.seen, Event(date(2026, 9, 16), "third_party_served", "云河建材公司")
        )
        opinion = replace(asked, opinion="不同意，含报价", agrees=False)
        case = record_opinion(session, case.seen, opinion, date(2026, 9, 28))
    assert date(2026, 10, 28) == standing_of(case, register.rules.grounds, today).due
    assert (opinion,) == case.consultations


def test_an_opinion_is_taken_only_from_somebody_who_was_asked(register: Register) -> None:
    """By name; asked anew after a struck event, the new words stand."""
    case = received(register)
    asked = Consultation("organ", "云河区住建局", "合同由谁制作")
    with register.writing("罗敏") as session:
        case = consult(session, case.seen, asked, date(2026, 9, 15))
        case = strike_event(session, case.seen, case.events[0].id, "日期写错")
        case = consult(session, case.seen, replace(asked, asked="合同由谁保存"), date(2026, 9, 16))
    stranger = Consultation("organ", "云河区水务局", "", "不清楚")
    with (
        pytest.raises(InputError, match="没有向“云河区水务局”征求过意见"),
        register.writing("罗敏") as session,
    ):
        record_opinion(session, case.seen, stranger, date(2026, 9, 20))
    with register.writing("罗敏") as session:
        opinion = Consultation("organ", "云河区住建局", "", "由我局保存")
        case = record_opinion(session, case.seen, opinion, date(2026, 9, 20))
    assert (replace(asked, asked="合同由谁保存", opinion="由我局保存"),) == case.consultations


def test_a_clock_set_back_changes_nothing_that_was_written(opened: Opened) -> None:
    """The next entries stand behind the earlier ones; a day that has not come is refused."""
    case = received(opened())
    back = opened(date(2026, 9, 20))
    with back.writing("罗敏") as session:
        case = record_event(session, case.seen, Event(date(2026, 9, 15), "correction_notice", days=10))
    with pytest.raises(InputError, match="晚于今天 2026-09-20"), back.writing("罗敏") as session:
        record_event(session, case.seen, Event(date(2026, 9, 25), "correction_received"))
    assert back.verify().holds


def test_an_event_the_clock_cannot_place_is_refused_and_nothing_is_written(register: Register) -> None:
    """A payment without a fee notice; the version stays."""
    case = received(register)
    with (
        pytest.raises(InputError, match="此前没有“收费通知送达”"),
        register.writing("罗敏") as session,
    ):
        record_event(session, case.seen, Event(date(2026, 9, 20), "fee_paid"))
    with register.reading() as view:
        assert case == load_case(view, case.number)
        assert 1 == view.execute(text("SELECT count(*) FROM audit_entries")).scalar()


def test_a_struck_event_moves_nothing_and_stays_to_be_read(register: Register) -> None:
    """With its reason."""
    case = received(register)
    with register.writing("罗敏") as session:
        case = record_event(session, case.seen, Event(date(2026, 9, 15), "correction_notice", days=10))
        assert standing_of(case, register.rules.grounds, date(2026, 9, 16)).due is None
        case = strike_event(session, case.seen, case.events[0].id, "记在了别的案件上")
    assert date(2026, 10, 14) == standing_of(case, register.rules.grounds, date(2026, 9, 16)).due
    assert ["记在了别的案件上"] == [one.struck_why for one in case.events]


def test_the_second_clerk_on_a_case_sees_a_conflict_and_overwrites_nothing(register: Register) -> None:
    """The one who came first is named."""
    case = received(register)
    search = Search(date(2026, 9, 11), "罗敏", "档案室", "道路 维修", "合同一份")
    with register.writing("罗敏") as session:
        record_search(session, case.seen, search)
    with pytest.raises(CaseConflict, match="已由罗敏于"), register.writing("杜衡") as session:
        record_search(session, case.seen, replace(search, who="杜衡"))
    with register.reading() as view:
        assert (search,) == load_case(view, case.number).searches


def test_one_case_has_one_outcome_and_a_change_needs_its_reason(register: Register) -> None:
    """The replaced decision is kept in the register."""
    case = received(register)
    with register.writing("罗敏") as session:
        case = decided(session, case, "grant", date(2026, 9, 20))
    other = Decision("unable.not_held", "", date(2026, 9, 21), "再次检索，没有", "罗敏")
    with pytest.raises(InputError, match="一件申请只有一个结果"), register.writing("罗敏") as session:
        decide(session, case.seen, other)
    with register.writing("罗敏") as session:
        case = decide(session, case.seen, other, "合同属于区住建局")
    assert case.decision is not None
    assert "unable.not_held" == case.decision.outcome
    with register.reading() as view:
        assert 2 == view.execute(text("SELECT count(*) FROM decisions")).scalar()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"words": "  "}, "申请内容是空的"),
        ({"applicants": ()}, "没有写申请人"),
        ({"applicants": (Applicant("villager", "柳青"),)}, "不认识的申请人类别“villager”"),
        ({"applicants": (Applicant("", "柳湾驿站"),)}, "看不出申请人“柳湾驿站”属于哪一类"),
        ({"received_on": date(2026, 11, 28)}, "晚于今天"),
        ({"channel": "pigeon"}, "不认识的提交方式"),
    ],
)
def test_what_cannot_be_registered_takes_no_number(
    register: Register, change: dict[str, object], words: str
) -> None:
    """The refusal says what is wrong, and the next letter is number one."""
    with pytest.raises(InputError, match=words), register.writing("罗敏") as session:
        receive(session, replace(LETTER, **change))  # type: ignore[arg-type]
    assert "2026-1" == received(register).number


def test_nothing_is_answered_without_a_decision_or_a_letter(register: Register) -> None:
    """A reply signed outside the program needs its reason."""
    case = received(register)
    with pytest.raises(InputError, match="还没有处理结果"), register.writing("罗敏") as session:
        reply(session, case.seen, date(2026, 9, 20), OUTSIDE)
    with register.writing("罗敏") as session:
        case = decided(session, case, "grant", date(2026, 9, 20))
    with pytest.raises(InputError, match="没有经审查、批准的定稿"), register.writing("罗敏") as session:
        reply(session, case.seen, date(2026, 9, 21))


def test_an_answered_case_takes_no_more_steps_but_the_archive(register: Register) -> None:
    """Archived only once it has ended."""
    case = received(register)
    with pytest.raises(InputError, match="还没有办结"), register.writing("罗敏") as session:
        archive(session, case.seen, date(2026, 9, 20))
    with register.writing("罗敏") as session:
        case = answered(session, LETTER, "grant", date(2026, 9, 21))
    with pytest.raises(InputError, match="已于 2026-09-21答复"), register.writing("罗敏") as session:
        withdraw(session, case.seen, date(2026, 9, 22), "书面撤回")
    with register.writing("罗敏") as session:
        case = archive(session, case.seen, date(2026, 9, 30))
    assert "archived" == standing_of(case, register.rules.grounds, date(2026, 10, 1)).state
    assert "answered" == standing_of(case, register.rules.grounds, date(2026, 9, 22)).state


def test_the_list_shows_what_is_open(register: Register) -> None:
    """Ended cases are shown by year."""
    with register.writing("罗敏") as session:
        answered(session, LETTER, "grant", date(2026, 9, 21))
        receive(session, LETTER)
    with register.reading() as view:
        assert ["2026-2"] == [case.number for case in list_cases(view)]
        assert ["2026-1", "2026-2"] == [case.number for case in list_cases(view, 2026, open_only=False)]


def test_a_write_without_an_audit_entry_is_not_kept(register: Register) -> None:
    """Whoever writes past the verbs loses the whole session."""
    case = received(register)
    with pytest.raises(RegisterFault, match="没有审计记录"), register.writing("罗敏") as session:
        session.connection.execute(text("UPDATE cases SET channel = 'fax'"))
    with register.reading() as view:
        assert case == load_case(view, case.number)


def test_a_number_series_in_which_numbers_would_look_alike_is_refused(opened: Opened) -> None:
    """Before anything is opened."""
    with pytest.raises(SettingsError, match="缺少 {number}"):
        opened(register=RegisterRules("{year}年"))
