"""The yearly report out of the register: the counting rules case by case, and a published table given back."""

from dataclasses import replace
from datetime import date

import pytest

from assistant.cases.closing import Dispute, archive, conclude_dispute, file_dispute, withdraw
from assistant.cases.handling import record_event
from assistant.cases.reading import load_case
from assistant.cases.receiving import receive
from assistant.cases.records import Agent
from assistant.cases.register import Session
from assistant.cases.yearbook import Yearbook
from assistant.ingest.annual.report import Report
from assistant.law.clock_events import Event
from assistant.pipeline import Assistant, open_assistant
from assistant.settings import Settings
from tests.cases.conftest import Opened
from tests.cases.steps import answered, decided, letter

LATER = date(2026, 11, 27)


@pytest.fixture
def office(settings: Settings, opened: Opened) -> Assistant:
    """The whole office over an empty register whose day is 2026-11-27."""
    assistant = open_assistant(settings)
    assistant.register = opened()
    return assistant


def figures(yearbook: Yearbook, table: str = "requests") -> dict[tuple[str, str], int]:
    """The cells that are not nought."""
    return {
        (row, column): int(cell.value)
        for row, cells in yearbook.report.tables[table].items()
        for column, cell in cells.items()
        if cell and cell.value
    }


def statuses(yearbook: Yearbook, *ids: str) -> set[str]:
    """How the checks of these rules stand."""
    return {check.status for check in yearbook.audit.checks if check.id in ids}


def test_the_published_report_of_2023_is_given_back_exactly(office: Assistant, assistant: Assistant) -> None:
    """20 new, 12 granted, 5 not held, 1 other, 2 carried out, one review pending: cell by cell."""
    results = ["grant"] * 12 + ["unable.not_held"] * 5 + ["other.other"]
    with office.register.writing("罗敏") as session:
        for place, outcome in enumerate(results):
            answered(session, letter(date(2023, 1, 9 + place)), outcome, date(2023, 2, 20 + place % 7))
        pending = receive(session, letter(date(2023, 12, 20)))
        receive(session, letter(date(2023, 12, 29)))
        file_dispute(session, pending.seen, Dispute("review", "某市人民政府", date(2023, 12, 30)))
    published = next(report for report in assistant.reports if report.year == 2023)
    yearbook = office.yearbook(2023)
    for table in ("requests", "disputes"):
        assert values(published, table) == values(yearbook.report, table)
    assert {"holds"} == statuses(yearbook, "R1", "R2", "R3", "R5", "R7", "R8", "R9", "S1", "S4")


def values(report: Report, table: str) -> dict[tuple[str, str], object]:
    """Every cell of a table."""
    return {
        (row, column): cell.value if cell else None
        for row, cells in report.tables[table].items()
        for column, cell in cells.items()
        if row in report.tables[table]
    }


def test_a_case_counts_in_the_year_it_came_in_and_the_year_it_ended(office: Assistant) -> None:
    """Received in December, answered in January: new and carried out, then carried in and handled."""
    with office.register.writing("罗敏") as session:
        answered(session, letter(date(2025, 12, 22)), "partial", date(2026, 1, 12))
    before, after = office.yearbook(2025), office.yearbook(2026)
    assert {("new", "natural_person"): 1, ("carried_out", "natural_person"): 1} == people(before)
    assert {
        ("carried_in", "natural_person"): 1,
        ("partial", "natural_person"): 1,
        ("total_handled", "natural_person"): 1,
    } == people(after)
    assert {} == figures(office.yearbook(2024))


def people(yearbook: Yearbook) -> dict[tuple[str, str], int]:
    """The column of natural persons."""
    return {key: value for key, value in figures(yearbook).items() if key[1] == "natural_person"}


def test_each_kind_has_its_column_and_the_agent_none(office: Assistant) -> None:
    """A law firm that acts for a villager counts as the villager; one that asks itself as a law firm."""
    with office.register.writing("罗敏") as session:
        for kind in office.register.rules.kinds:
            receive(session, letter(date(2026, 3, 2), kind))
        receive(session, replace(letter(date(2026, 3, 2)), agent=Agent("某律师事务所")))
    new = {column: value for (row, column), value in figures(office.yearbook(2026)).items() if row == "new"}
    assert {**dict.fromkeys(office.register.rules.kinds, 1), "natural_person": 2, "total": 7} == new


def test_every_outcome_has_its_row(office: Assistant) -> None:
    """The 21 rows add up to the total."""
    with office.register.writing("罗敏") as session:
        for outcome in office.outcomes:
            answered(session, letter(date(2026, 3, 2)), outcome, date(2026, 3, 20))
    found = people(office.yearbook(2026))
    assert 21 == found["total_handled", "natural_person"]
    assert set(office.outcomes) < {row for row, _ in found}


def asked_to_correct(session: Session, received: date, notice: date) -> str:
    """A request whose 补正 period of ten working days runs."""
    case = receive(session, letter(received))
    record_event(session, case.seen, Event(notice, "correction_notice", days=10))
    return case.number


def test_silence_ends_a_case_on_the_day_the_period_ran_out(office: Assistant) -> None:
    """Notice of 12 December 2025, ten working days: 26 December; decided in January, it counts in 2025."""
    with office.register.writing("罗敏") as session:
        number = asked_to_correct(session, date(2025, 12, 8), date(2025, 12, 12))
    noted = office.yearbook(2025)
    assert 1 == people(noted)["carried_out", "natural_person"]
    assert any(f"{number}（2025-12-26）" in note for note in noted.notes)
    with office.register.writing("罗敏") as session:
        case = load_case(session.connection, number)
        case = decided(session, case, "other.no_correction", date(2026, 1, 5))
        archive(session, case.seen, date(2026, 1, 6))
    found = people(office.yearbook(2025))
    assert 1 == found["other.no_correction", "natural_person"]
    assert {} == people(office.yearbook(2026))


def test_waiting_for_a_correction_at_the_end_of_the_year_is_carried_out(office: Assistant) -> None:
    """Nothing vanishes: 结转, then 其他处理 in the year the period ran out."""
    with office.register.writing("罗敏") as session:
        number = asked_to_correct(session, date(2025, 12, 24), date(2025, 12, 30))
        decided(session, load_case(session.connection, number), "other.no_correction", date(2026, 2, 2))
    assert 1 == people(office.yearbook(2025))["carried_out", "natural_person"]
    after = people(office.yearbook(2026))
    assert (1, 1) == (after["carried_in", "natural_person"], after["other.no_correction", "natural_person"])


def test_a_withdrawn_request_counts_as_other_and_the_report_says_so(office: Assistant) -> None:
    """By the rule that an office may change."""
    with office.register.writing("罗敏") as session:
        case = receive(session, letter(date(2026, 3, 2)))
        withdraw(session, case.seen, date(2026, 3, 9), "书面撤回，附件1")
    yearbook = office.yearbook(2026)
    assert 1 == people(yearbook)["other.other", "natural_person"]
    assert any("撤回" in note for note in yearbook.notes)


def test_reviews_and_suits_count_when_concluded_or_while_pending(office: Assistant) -> None:
    """Pending at the end of 2025, corrected in 2026."""
    with office.register.writing("罗敏") as session:
        case = answered(session, letter(date(2025, 9, 1)), "refuse.third_party", date(2025, 9, 20))
        dispute = file_dispute(session, case.seen, Dispute("review", "某市人民政府", date(2025, 11, 3)))
    assert {("review", "pending"): 1, ("review", "total"): 1} == figures(office.yearbook(2025), "disputes")
    with office.register.writing("罗敏") as session:
        conclude_dispute(
            session, load_case(session.connection, case.number).seen, dispute, "corrected", date(2026, 1, 20)
        )
    assert {("review", "pending"): 1, ("review", "total"): 1} == figures(office.yearbook(2025), "disputes")
    assert {("review", "corrected"): 1, ("review", "total"): 1} == figures(office.yearbook(2026), "disputes")


def test_a_suit_that_should_have_been_a_review_is_named(office: Assistant) -> None:
    """The case behind it, not a guess from the table."""
    with office.register.writing("罗敏") as session:
        case = answered(session, letter(date(2026, 3, 2)), "refuse.third_party", date(2026, 3, 20))
        file_dispute(session, case.seen, Dispute("lawsuit_direct", "某市人民法院", date(2026, 5, 6)))
    (check,) = [check for check in office.yearbook(2026).audit.checks if check.id == "S4"]
    assert ("fails", True) == (check.status, case.number in check.message)


def test_an_outcome_without_its_notice_is_named(office: Assistant) -> None:
    """R8 by case: 逾期不补正 where nobody was asked to correct."""
    with office.register.writing("罗敏") as session:
        case = answered(session, letter(date(2026, 3, 2)), "other.no_correction", date(2026, 3, 20))
    (check,) = [check for check in office.yearbook(2026).audit.checks if check.id == "R8"]
    assert ("fails", "warning") == (check.status, check.severity)
    assert case.number in check.message


def test_each_cell_knows_its_cases(office: Assistant) -> None:
    """As many numbers as its figure, and the same in JSON."""
    with office.register.writing("罗敏") as session:
        answered(session, letter(date(2026, 3, 2)), "grant", date(2026, 3, 20))
        receive(session, letter(date(2026, 3, 3), "enterprise"))
    yearbook = office.yearbook(2026)
    for (table, row, column), numbers in yearbook.cells.items():
        assert len(numbers) == yearbook.report.value(table, row, column)
    assert ["2026-1"] == yearbook.to_json()["cases"]["requests"]["grant"]["total"]


def test_last_years_report_is_held_against_what_is_carried_in(office: Assistant, opened: Opened) -> None:
    """The published 2023 report says two natural persons are carried out; the register must carry them in."""
    named = replace(office.settings, agency=replace(office.settings.agency, name="诸暨市暨阳街道办事处"))
    same = open_assistant(named)
    same.register = office.register
    assert {"holds", "fails"} == statuses(same.yearbook(2024), "R4")
    with office.register.writing("罗敏") as session:
        for day in (20, 29):
            answered(session, letter(date(2023, 12, day)), "grant", date(2024, 1, 15))
    assert {"holds"} == statuses(same.yearbook(2024), "R4")
    assert {"unavailable"} == statuses(office.yearbook(2024), "R4")


def test_a_difference_from_last_years_report_is_named_column_by_column(office: Assistant) -> None:
    """With both figures, by how much, and the cases the register carries in."""
    before = office.yearbook(2024).report
    with office.register.writing("罗敏") as session:
        for kind in ("natural_person", "enterprise", "natural_person"):
            received = receive(session, letter(date(2024, 12, 31), kind))
    found = office.yearbook(2025, before)
    failing = [check.message for check in found.audit.checks if (check.id, check.status) == ("R4", "fails")]
    assert 3 == len(failing)
    assert "自然人列：本年报告“上年结转”2，上年报告“结转下年度”0，相差2" in failing[0]
    assert any(received.number in note and "上年结转的是3件" in note for note in found.notes)


def test_figures_as_of_a_day_know_nothing_later(office: Assistant) -> None:
    """What came in or ended afterwards is not counted yet."""
    with office.register.writing("罗敏") as session:
        case = answered(session, letter(date(2026, 3, 2)), "grant", date(2026, 3, 20))
        file_dispute(
            session,
            case.seen,
            Dispute("review", "某市人民政府", date(2026, 4, 1), "upheld", date(2026, 5, 8)),
        )
        receive(session, letter(date(2026, 3, 12)))
    then = office.yearbook(2026, as_of=date(2026, 3, 10))
    assert {("new", "natural_person"): 1, ("carried_out", "natural_person"): 1} == people(then)
    assert {} == figures(then, "disputes")
    april = office.yearbook(2026, as_of=date(2026, 4, 30))
    assert {("review", "pending"): 1, ("review", "total"): 1} == figures(april, "disputes")
    assert 1 == people(april)["grant", "natural_person"]


def test_a_year_not_yet_over_says_so(office: Assistant) -> None:
    """With the day of the figures."""
    assert any("截至 2026-11-27" in note for note in office.yearbook(2026, as_of=LATER).notes)
    assert not any("截至" in note for note in office.yearbook(2025, as_of=LATER).notes)
