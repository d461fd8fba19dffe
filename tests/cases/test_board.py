"""The clock board: where each open case stands, which days count, who must do what; and what a calendar is told."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from assistant.cases.board import Board, BoardGrounds, Line, make_board, place
from assistant.cases.board_rules import BOXES, load_board
from assistant.cases.entries import Entry, Paper
from assistant.cases.reminders import reminders_of, to_icalendar
from assistant.errors import CorpusError, InputError
from assistant.law.calendars import CalendarFiles, load_calendar
from assistant.law.clock import reckon_clock
from assistant.law.clock_course import Grounds
from assistant.law.clock_events import Event, parse_event
from assistant.pipeline import Assistant
from assistant.settings import ROOT, LocalTerms

RULES = ROOT / "corpus" / "rules"
CASES: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "board.yaml").read_text(encoding="utf-8")
)
TODAY = date(2026, 11, 27)
NAMES = ("柳青", "柳湾公司", "东桥公司", "王主任")


@pytest.fixture(scope="session")
def by(assistant: Assistant) -> BoardGrounds:
    """What cases are placed by, as shipped."""
    return assistant.board_grounds


def entry(number: int, received: date, *events: Event, **more: Any) -> Entry:
    """An open case of an invented person."""
    who = {"channel": None, "applicant": "柳青", "kind": "natural_person"}
    return Entry(number, f"2026-{number}", 1, received, events=events, **{**who, **more})


def read(case: dict[str, Any]) -> Entry:
    """The case as it is written down."""
    paper = case.get("paper")
    made = Paper(**{**paper, "passed": tuple(paper.get("passed", ()))}) if paper else None
    events = tuple(parse_event(words) for words in case.get("events", ()))
    return entry(1, case["received_on"], *events, outcome=case.get("decided"), paper=made)


SEEN = {
    "box": lambda line: line.box,
    "due": lambda line: line.clock.due,
    "until": lambda line: line.until,
    "days_left": lambda line: line.clock.days_left,
    "over": lambda line: line.days_over,
    "next": lambda line: line.next.step,
    "days": lambda line: {one.key: [one.on, one.days_left] for one in line.days},
    "provisional": lambda line: line.clock.provisional,
}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_case_stands_where_a_clerk_expects_it(case: dict[str, Any], by: BoardGrounds) -> None:
    """Box, days and next step of every written case."""
    local = LocalTerms(**case.get("local", {}))
    own = replace(by, grounds=replace(by.grounds, local=local))
    line = place(read(case), own, case["as_of"])
    wanted = {key: value for key, value in case["expected"].items() if key != "who"}
    assert wanted == {key: SEEN[key](line) for key in wanted}
    assert case["expected"].get("who", "") in line.next.who


def test_every_box_and_every_step_is_written_down() -> None:
    """No box and no next step without a case that shows it."""
    shown = {case["expected"]["box"] for case in CASES}
    steps = {case["expected"].get("next") for case in CASES}
    assert set(BOXES) == shown
    assert {one.step for one in load_board(RULES).steps} == steps - {None}


courses = st.lists(
    st.tuples(
        st.sampled_from(
            (
                *("correction_notice", "correction_received", "extension", "fee_notice", "fee_paid"),
                *("third_party_sent", "third_party_served", "third_party_answered", "organ_consulted"),
                *("organ_answered", "reasons_asked", "delay_notice"),
            )
        ),
        st.integers(0, 15),
        st.sampled_from(("柳湾公司", "东桥公司")),
        st.sampled_from((None, 5, 10, 15)),
    ),
    max_size=5,
)


def course(received: date, steps: list[tuple[str, int, str, int | None]]) -> Iterator[Event]:
    """Events one after the other, as a clerk might record them."""
    on = received
    for kind, after, who, days in steps:
        on = min(on + timedelta(days=after), TODAY)
        until = on + timedelta(days=20) if kind == "delay_notice" else None
        name = "王主任" if kind == "extension" else who if "third" in kind or "organ" in kind else None
        yield Event(on, kind, name, days if kind == "correction_notice" else None, until)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 70), courses), min_size=1, max_size=4))
def test_every_open_case_stands_in_exactly_one_box(
    by: BoardGrounds, cases: list[tuple[int, list[tuple[str, int, str, int | None]]]]
) -> None:
    """Each once; days left as `assistant deadline` says; what is overdue, today or this week is never elsewhere."""
    entries = []
    for number, (before, steps) in enumerate(cases, start=1):
        received = TODAY - timedelta(days=before)
        one = entry(number, received, *course(received, steps))
        try:
            reckon_clock(one.filing, by.grounds, TODAY)
        except InputError:
            continue
        entries.append(one)
    assume(entries)
    board = make_board(entries, by, TODAY)
    assert sorted(one.number for one in entries) == sorted(line.number for line in board.lines)
    assert len(entries) == sum(len(board.box(name)) for name in BOXES)
    for line in board.lines:
        own = next(one for one in entries if one.number == line.number)
        clock = reckon_clock(own.filing, by.grounds, TODAY)
        assert (clock.due, clock.days_left) == (line.clock.due, line.clock.days_left)
        assert _pressing(line) == _box_by_day(clock.due, clock.state)
    _say_nobody(board, by)


def _pressing(line: Line) -> str | None:
    return line.box if line.box in ("overdue", "today", "week") else None


def _box_by_day(due: date | None, state: str) -> str | None:
    if due is None or state == "abandoned":
        return None
    if due < TODAY:
        return "overdue"
    if due == TODAY:
        return "today"
    return "week" if due.isocalendar()[:2] == TODAY.isocalendar()[:2] else None


def _say_nobody(board: Board, by: BoardGrounds) -> None:
    """The calendar file names no person, and no two of its events are one."""
    reminders = reminders_of(board, by, "云河街道办事处")
    told = to_icalendar(reminders, TODAY).decode().replace("\r\n ", "")
    assert [] == [name for name in NAMES if name in told]
    assert len(reminders) == len({one.uid for one in reminders})


def test_a_reminder_keeps_its_identity_when_its_day_moves(by: BoardGrounds) -> None:
    """Extended, the same event stands on another day; another office's is another event."""
    before = make_board([entry(1, date(2026, 11, 10))], by, TODAY)
    moved = entry(1, date(2026, 11, 10), Event(TODAY, "extension", "王主任"))
    after = make_board([moved], by, TODAY + timedelta(days=3))
    (one,), (other,) = reminders_of(before, by, "甲"), reminders_of(after, by, "甲")
    assert (one.uid, date(2026, 12, 8)) == (other.uid, one.on)
    assert one.on < other.on
    assert one.uid != reminders_of(before, by, "乙")[0].uid


def test_alarms_ring_on_working_days_before_the_day(by: BoardGrounds) -> None:
    """Five and two working days before and on the day, at nine; over a holiday; what is overdue rings today."""
    on = date(2026, 9, 21)
    lines = make_board([entry(1, date(2026, 9, 10)), entry(2, date(2026, 8, 3))], by, on)
    overdue, coming = (one for one in reminders_of(lines, by, None) if "答复期限届满" in one.title)
    assert ["2026-10-08T09:00:00+08:00", "2026-10-12T09:00:00+08:00", "2026-10-14T09:00:00+08:00"] == [
        moment.isoformat() for moment in coming.alarms
    ]
    assert ["2026-09-21T09:00:00+08:00"] == [moment.isoformat() for moment in overdue.alarms]
    assert overdue.title.endswith("已逾期")


def test_a_calendar_file_is_read_back_by_its_standard(by: BoardGrounds) -> None:
    """All-day events with alarms at moments, and the same bytes for the same board."""
    from icalendar import Calendar

    board = make_board([read(case) for case in CASES[-9:-8]], by, date(2026, 12, 15))
    written = to_icalendar(reminders_of(board, by, None), board.on)
    assert written == to_icalendar(reminders_of(board, by, None), board.on)
    events = Calendar.from_ical(written).walk("VEVENT")
    assert len(board.lines[0].days) == len(events)
    (due,) = (one for one in events if "答复期限届满" in str(one["summary"]))
    assert "（暂定）" in str(due["summary"])
    assert (timedelta(days=1), 3) == (due.decoded("dtend") - due.decoded("dtstart"), len(due.walk("VALARM")))
    assert "尚未公布" in str(due["description"])


def test_the_board_moves_with_the_calendar(by: BoardGrounds) -> None:
    """A year announced: the same case, the same day, another last day, and no longer provisional."""
    invented = ROOT / "tests" / "law" / "calendar_invented_2027.yaml"
    grounds = Grounds(by.grounds.table, load_calendar(CalendarFiles(RULES, invented)))
    one, on = entry(1, date(2026, 12, 21)), date(2026, 12, 22)
    before, after = place(one, by, on), place(one, replace(by, grounds=grounds), on)
    assert (True, False) == (before.clock.provisional, after.clock.provisional)
    assert before.clock.due != after.clock.due
    assert "尚未公布" in make_board([one], by, on).warnings[0]
    assert () == make_board([one], replace(by, grounds=grounds), on).warnings


def test_what_was_decided_later_is_not_known_on_the_board_of_a_day_before(by: BoardGrounds) -> None:
    """Nor the draft that was written for it."""
    decided = {"outcome": "grant", "paper": Paper("grant"), "decided_on": date(2026, 11, 20)}
    one = entry(1, date(2026, 11, 10), **decided)
    assert ("decide", "secrecy") == (
        place(one, by, date(2026, 11, 19)).next.step,
        place(one, by, date(2026, 11, 20)).next.step,
    )


def test_a_case_the_clock_cannot_follow_is_named(by: BoardGrounds) -> None:
    """The number, what is wrong, and what to do."""
    with pytest.raises(InputError, match="^案件 2026-7：事件“2026-11-12 缴费完毕”：此前没有.*请补记"):
        place(entry(7, date(2026, 11, 10), Event(date(2026, 11, 12), "fee_paid")), by, TODAY)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("step: archive", "step: archives", "archives"),
        ("    action: archive\n    party: null", "    action: null\n    party: null", "写且只写一项"),
        ("box: lapsed", "box: later", "重复"),
        ("hour: 9", "hour: 24", "0 至 23"),
        ("party: third_party", "party: neighbour", "不在 parties 里"),
    ],
)
def test_a_wrong_row_of_the_board_is_named(tmp_path: Path, old: str, new: str, words: str) -> None:
    """File, row and key."""
    text = (RULES / "board.yaml").read_text(encoding="utf-8")
    assert old in text
    (tmp_path / "board.yaml").write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(CorpusError, match=f"board.yaml.*{words}"):
        load_board(tmp_path)
