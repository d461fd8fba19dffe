"""Lists over a register that is written meanwhile: what is open, on which day, page by page."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from assistant.cases.case_json import summary_json
from assistant.cases.closing import archive, reply, withdraw
from assistant.cases.entries import Page
from assistant.cases.handling import record_event, strike_event
from assistant.cases.letters import Step, draft_reply, give_step, issue
from assistant.cases.listing import list_json, list_page
from assistant.cases.open_cases import open_entries
from assistant.cases.reading import list_cases, load_case
from assistant.cases.receiving import receive
from assistant.cases.records import Case
from assistant.cases.register import Register, Session
from assistant.cases.standing import standing_of
from assistant.errors import InputError
from assistant.law.clock_events import Event
from tests.cases.postgres import on_sqlite
from tests.cases.steps import OUTSIDE, answered, decided, letter

TODAY = date(2026, 11, 27)


def numbers(register: Register, on: date = TODAY) -> list[str]:
    """The open cases of a day."""
    with register.reading() as view:
        return [entry.number for entry in open_entries(view, on)]


def change(register: Register, number: str, verb: Callable[[Session, Case], object]) -> None:
    """A verb on a case, in a session of its own."""
    with register.writing("罗敏") as session:
        verb(session, load_case(session.connection, number))


def test_what_is_written_after_the_board_was_asked_for_is_on_the_next_one(register: Register) -> None:
    """Received, answered, withdrawn, struck again, archived: each change is seen, asked for between or not."""
    assert [] == numbers(register)
    with register.writing("罗敏") as session:
        for day in (2, 3, 4):
            receive(session, letter(date(2026, 11, day)))
    assert ["2026-1", "2026-2", "2026-3"] == numbers(register)
    change(register, "2026-1", lambda session, case: decided(session, case, "grant", TODAY))
    change(register, "2026-1", lambda session, case: reply(session, case.seen, TODAY, OUTSIDE))
    change(register, "2026-2", lambda session, case: withdraw(session, case.seen, TODAY, "书面撤回"))
    assert ["2026-3"] == numbers(register)
    change(
        register, "2026-1", lambda session, case: strike_event(session, case.seen, case.events[0].id, "记错")
    )
    assert ["2026-1", "2026-3"] == numbers(register)


def test_another_clerks_program_is_seen(register: Register, opened: Callable[[], Register]) -> None:
    """What was written over another connection is on the board at once."""
    with register.writing("罗敏") as session:
        receive(session, letter(date(2026, 11, 2)))
    assert ["2026-1"] == numbers(register)
    with opened().writing("杜衡") as session:
        receive(session, letter(date(2026, 11, 3)))
    assert ["2026-1", "2026-2"] == numbers(register)


@on_sqlite
def test_a_register_put_back_from_a_copy_is_asked_anew(register: Register) -> None:
    """What was remembered of the newer file is forgotten, even where the copy has grown as long since."""
    with register.writing("罗敏") as session:
        receive(session, letter(date(2026, 11, 2)))
    path = register.database.path
    assert path
    kept = shutil.copy(path, path.with_suffix(".copy"))
    change(register, "2026-1", lambda session, case: withdraw(session, case.seen, TODAY, "书面撤回"))
    assert [] == numbers(register)
    for left in ("-wal", "-shm"):
        path.with_name(path.name + left).unlink(missing_ok=True)
    shutil.copy(kept, path)
    assert ["2026-1"] == numbers(register)
    with register.writing("罗敏") as session:
        receive(session, letter(date(2026, 11, 3)))
    assert ["2026-1", "2026-2"] == numbers(register)


def test_the_board_of_a_day_gone_by_knows_nothing_of_later_days(register: Register) -> None:
    """A case stands on it until the day it ended, from the day it came in."""
    with register.writing("罗敏") as session:
        case = answered(session, letter(date(2026, 9, 10)), "grant", date(2026, 9, 20))
        archive(session, case.seen, date(2026, 10, 9))
        receive(session, letter(date(2026, 9, 15)))
        lapsed = receive(session, letter(date(2026, 9, 1)))
        lapsed = record_event(session, lapsed.seen, Event(date(2026, 9, 2), "correction_notice", days=10))
        lapsed = decided(session, lapsed, "other.no_correction", date(2026, 9, 25))
        archive(session, lapsed.seen, date(2026, 10, 9))
    seen = {day: numbers(register, date(2026, *day)) for day in ((9, 5), (9, 12), (9, 20), (10, 8), (10, 9))}
    assert {
        (9, 5): ["2026-3"],
        (9, 12): ["2026-3", "2026-1"],
        (9, 20): ["2026-3", "2026-2"],
        (10, 8): ["2026-3", "2026-2"],
        (10, 9): ["2026-2"],
    } == seen


def test_a_line_of_the_list_says_what_the_case_says(register: Register) -> None:
    """Whatever state: the slim line and the whole case agree, drafts and struck events included."""
    with register.writing("罗敏") as session:
        answered(session, letter(date(2026, 9, 10)), "grant", date(2026, 9, 20))
        receive(session, letter(date(2026, 11, 10), "enterprise"))
        case = receive(session, letter(date(2026, 11, 12)))
        case = record_event(session, case.seen, Event(TODAY, "extension", "王主任"))
        strike_event(session, case.seen, case.events[0].id, "没有告知")
        withdraw(session, receive(session, letter(date(2026, 11, 13))).seen, TODAY, "书面撤回")
    rules = register.rules
    with register.reading() as view:
        lines = list_json(list_page(view, rules, TODAY, (None, True), None), rules.outcomes)
        cases = list(list_cases(view, open_only=False))
    whole = [summary_json(case, standing_of(case, rules.grounds, TODAY), rules.outcomes) for case in cases]
    assert sorted(whole, key=lambda row: row["number"]) == sorted(lines, key=lambda row: row["number"])


def test_pages_hold_every_case_once(register: Register) -> None:
    """Open ones by deadline, all by receipt, the latest first; a page there is not is refused."""
    with register.writing("罗敏") as session:
        for day in range(7):
            receive(session, letter(date(2026, 10, 9) + timedelta(days=day)))
        answered(session, letter(date(2025, 5, 6)), "grant", date(2025, 5, 20))

    def page(number: int, year: int | None = None, every: bool = False) -> list[str]:
        with register.reading() as view:
            found = list_page(view, register.rules, TODAY, (year, every), Page(number, 3))
        assert (8 if every else 1 if year == 2025 else 7, number) == (found.total, found.page)
        return [entry.number for entry, _ in found.rows]

    assert [f"2026-{n}" for n in range(1, 8)] == [*page(1), *page(2), *page(3)]
    assert [*(f"2026-{n}" for n in range(7, 0, -1)), "2025-1"] == [
        *page(1, every=True),
        *page(2, every=True),
        *page(3, every=True),
    ]
    assert ["2025-1"] == page(1, year=2025)
    with pytest.raises(InputError, match="没有第 4 页：共 7 件，3 页"):
        page(4)


def test_an_entry_knows_how_far_the_reply_has_come(register: Register) -> None:
    """Of the latest draft: passed steps, a return, the number."""
    clerks = replace(
        register, rules=replace(register.rules, staff=replace(register.rules.staff, four_eyes=False))
    )

    def paper() -> tuple[tuple[str, ...], bool, str | None]:
        with clerks.reading() as view:
            (entry,) = open_entries(view, TODAY)
        assert entry.paper and "grant" == entry.paper.outcome
        return entry.paper.passed, entry.paper.returned, entry.paper.number

    with clerks.writing("罗敏") as session:
        case = decided(session, receive(session, letter(date(2026, 11, 2))), "grant", TODAY)
        case = draft_reply(session, case.seen, "柳青：现予公开。")
        case = give_step(session, case.seen, Step("secrecy", True, TODAY))
        case = give_step(session, case.seen, Step("review", False, TODAY, "理由不足"))
    assert (("secrecy",), True, None) == paper()
    with clerks.writing("罗敏") as session:
        case = draft_reply(session, case.seen, "柳青：现予公开，附合同。")
        for step in ("secrecy", "review", "approve"):
            case = give_step(session, case.seen, Step(step, True, TODAY))
        issue(session, case.seen, TODAY)
    assert (("secrecy", "review", "approve"), False, "云街公开〔2026〕1号") == paper()


def test_after_very_many_changes_everything_is_asked_anew(
    register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A long list of changed cases is no shorter way; the answer is the same."""
    monkeypatch.setattr("assistant.cases.open_cases._MANY", 2)
    assert [] == numbers(register)
    with register.writing("罗敏") as session:
        for day in (2, 3, 4):
            receive(session, letter(date(2026, 11, day)))
    assert ["2026-1", "2026-2", "2026-3"] == numbers(register)
    change(register, "2026-2", lambda session, case: withdraw(session, case.seen, TODAY, "书面撤回"))
    assert ["2026-1", "2026-3"] == numbers(register)
    assert ["2026-1", "2026-2", "2026-3"] == numbers(register, TODAY - timedelta(days=1))
