"""Every statutory clock, case by case, as a jurist wrote them down."""

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant.errors import CorpusError, InputError
from assistant.law.calendars import CalendarFiles, load_calendar
from assistant.law.clock import Clock, reckon_clock
from assistant.law.clock_course import Grounds
from assistant.law.clock_events import Filing, china_day, parse_event
from assistant.law.deadline_rows import load_deadlines
from assistant.law.deadlines import FILE
from assistant.law.instruments import StatuteBook
from assistant.law.provisions import ProvisionRef
from assistant.law.terms import add_months, reckon_remedies, reckon_term
from assistant.law.workdays import WorkingCalendar
from assistant.settings import LocalTerms
from tests.law.conftest import HERE, RULES, read_cases

CASES = read_cases("deadlines_answer.yaml", "deadlines_applicant.yaml", "deadlines_consulting.yaml")
REFUSED = read_cases("deadlines_refused.yaml")
TERMS = read_cases("deadlines_terms.yaml")
INVENTED_2027 = HERE / "calendar_invented_2027.yaml"
ROWS = [*map(str, range(1, 22)), "21a", "22", "23", "24"]


def expecting(key: str) -> list[dict[str, Any]]:
    """The cases that expect something of a kind."""
    return [case for case in CASES if key in case["expected"]]


def clock_of(case: dict[str, Any], grounds: Grounds) -> Clock:
    """The clock of a case."""
    events = tuple(parse_event(words) for words in case["events"])
    filing = Filing(case["received_on"], events, case.get("channel"))
    local = LocalTerms(**case.get("local", {}))
    return reckon_clock(
        filing,
        Grounds(grounds.table, grounds.calendar, local),
        case.get("as_of", case["received_on"]),
    )


SEEN = {
    "due": lambda clock: clock.due,
    "provisional": lambda clock: clock.provisional,
    "years": lambda clock: list(clock.provisional_years),
    "state": lambda clock: clock.state,
    "met": lambda clock: clock.met,
    "days_left": lambda clock: clock.days_left,
    "missed": lambda clock: len(clock.missed),
    "waiting": lambda clock: [one.who for one in clock.waiting_for],
    "step_count": lambda clock: len(clock.steps),
    "waiting_until": lambda clock: clock.waiting_for[0].until,
}


def step_faults(clock: Clock, expected: dict[str, Any]) -> list[str]:
    """What of an expected step the clock does not tell."""
    steps = [step for step in clock.steps if (step.on, step.event) == (expected["date"], expected["event"])]
    if len(steps) != 1:
        return [f"{len(steps)} steps {expected['event']} on {expected['date']}"]
    step = steps[0]
    seen = {"used": step.days_used, "left": step.days_left, "verified": step.verified}
    faults = [f"{key}: {seen[key]}" for key in seen if key in expected and expected[key] != seen[key]]
    faults += [
        f"no “{words}” in {step.explanation}"
        for words in expected.get("words", [])
        if words not in step.explanation
    ]
    article = re.sub(r"^条例", "政府信息公开条例", expected.get("basis", ""))
    printed = step.basis.replace("《", "").replace("》", "")
    return faults + ([] if article in printed else [f"basis: {step.basis}"])


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_the_clock_says_what_the_jurist_wrote(case: dict[str, Any], grounds: Grounds) -> None:
    """Due day, state, terms not kept, who is awaited: each as expected."""
    clock, expected = clock_of(case, grounds), case["expected"]
    wanted = {key: value for key, value in expected.items() if key in SEEN}
    assert wanted == {key: SEEN[key](clock) for key in wanted}
    assert {"name", "received_on", "events", "expected", "basis"} <= set(case)
    assert set(expected) <= {*SEEN, "warnings", "steps"}


@pytest.mark.parametrize("case", expecting("steps"), ids=lambda case: case["name"])
def test_the_clock_tells_its_steps(case: dict[str, Any], grounds: Grounds) -> None:
    """Each expected step is there with its count, its words and its article."""
    clock = clock_of(case, grounds)
    assert [] == [fault for step in case["expected"]["steps"] for fault in step_faults(clock, step)]


@pytest.mark.parametrize("case", expecting("warnings"), ids=lambda case: case["name"])
def test_the_clock_warns_where_the_jurist_would(case: dict[str, Any], grounds: Grounds) -> None:
    """0 means no warning at all; a list, that some warning holds each of its words."""
    clock, wanted = clock_of(case, grounds), case["expected"]["warnings"]
    if wanted == 0:
        assert () == clock.warnings
    for words in wanted or []:
        assert any(words in line for line in clock.warnings), clock.warnings


@pytest.mark.parametrize("case", REFUSED, ids=lambda case: case["name"])
def test_impossible_events_are_refused_in_one_line(case: dict[str, Any], grounds: Grounds) -> None:
    """The line names the event and says what is wrong with it."""
    with pytest.raises(InputError) as caught:
        clock_of(case, grounds)
    line = str(caught.value)
    assert [] == [words for words in case["words"] if words not in line], line
    assert "\n" not in line


@pytest.mark.parametrize("case", TERMS, ids=lambda case: f"{case['limit']} {case['from']}")
def test_one_limit_by_itself(case: dict[str, Any], grounds: Grounds) -> None:
    """The last day of a limit, and of the further parts of its row."""
    local = Grounds(grounds.table, grounds.calendar, LocalTerms(**case.get("local", {})))
    found = reckon_term(case["limit"], case["from"], local)
    assert (case["due"], case["provisional"]) == (found.due, found.provisional)
    assert case.get("verified", found.last_days[0].verified) == found.last_days[0].verified
    others = {day.key: day.due for day in found.last_days}
    assert case.get("others", {}) == {key: others[key] for key in case.get("others", {})}
    article = re.sub(r"^条例", "政府信息公开条例", case["basis"])
    assert article in found.last_days[0].basis.replace("《", "").replace("》", "")


def test_there_are_at_least_120_cases() -> None:
    """The specification stays one."""
    assert 120 <= len(CASES) + len(TERMS)


def test_every_row_of_the_table_of_limits_is_there(grounds: Grounds) -> None:
    """Rows 1 to 21, 21a, 22 to 24: each once while one edition of the law holds."""
    assert ROWS == [limit.row for limit in grounds.table.limits]


def test_every_basis_is_living_law_or_says_that_it_is_unproved(
    grounds: Grounds, statutes: StatuteBook
) -> None:
    """A verified row rests on provisions the corpus holds; the rest is marked."""
    on = date(2026, 11, 27)
    rows = (*grounds.table.channels, *grounds.table.limits, *grounds.table.conventions)
    for row in rows:
        for words in row.basis.split("、") if row.validity.verified else ():
            assert "ok" == statutes.status(ProvisionRef.parse(words), on), f"{row.id}: {words}"


@pytest.mark.parametrize(
    ("limit", "words"),
    [
        ("answer", "20个工作日"),
        ("correction_notice", "7个工作日"),
        ("third_party_opinion", "15个工作日"),
        ("comaker_opinion", "15个工作日"),
        ("extension", "20个工作日"),
        ("publication", "20个工作日"),
        ("review_application", "六十日"),
        ("suit", "六个月"),
        ("suit_after_review", "十五日"),
        ("review_decision", "六十日"),
        ("review_defence", "十日"),
        ("court_defence", "十五日"),
        ("report_department", "1月31日"),
        ("report_government", "3月31日"),
    ],
)
def test_the_numbers_stand_in_the_statute(
    limit: str, words: str, grounds: Grounds, statutes: StatuteBook
) -> None:
    """The provision a limit cites holds its number in its own words."""
    ref = ProvisionRef.parse(grounds.table.limit(limit, date(2026, 11, 27)).basis.split("、")[0])
    assert words in (statutes.text(ref, date(2026, 11, 27)) or "")


def test_class_a_never_offers_a_suit_at_choice(grounds: Grounds) -> None:
    """Where information is withheld, review comes first (行政复议法第二十三条第一款第（四）项)."""
    known = date(2026, 9, 10)
    assert ["review_application"] == [found.limit.id for found in reckon_remedies("A", known, grounds)]
    assert ["review_application", "suit"] == [
        found.limit.id for found in reckon_remedies("B", known, grounds)
    ]


def test_an_unknown_remedy_class_is_named(grounds: Grounds) -> None:
    """The error lists the classes."""
    with pytest.raises(InputError, match="不认识的救济类别“C”，可用：A、B"):
        reckon_remedies("C", date(2026, 9, 10), grounds)


@pytest.mark.parametrize(
    ("limit", "words"),
    [
        ("report_township", "deadlines.township_report_by"),
        ("correction_period", "deadlines.correction_workdays"),
        ("organ_opinion", "条例没有规定其他机关答复的天数"),
        ("delayed_answer", "没有法定的天数"),
        ("reviews", "可用：.*review_application"),
    ],
)
def test_a_limit_without_a_number_is_not_given_one(limit: str, words: str, grounds: Grounds) -> None:
    """Where law and settings are silent, so is the clock."""
    with pytest.raises(InputError, match=words):
        reckon_term(limit, date(2026, 9, 10), grounds)


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
    ],
)
def test_months_keep_the_number_of_the_day(day: date, months: int, expected: date) -> None:
    """A month without that day ends the period on its last day."""
    assert expected == add_months(day, months)


@pytest.mark.parametrize("limit", ["report_department", "suit", "review_application", "publication"])
def test_the_end_of_the_calendar_is_refused(limit: str, grounds: Grounds) -> None:
    """A mistyped year is an error, not a crash."""
    with pytest.raises(InputError, match="超出了日历能表示的范围"):
        reckon_term(limit, date(9999, 12, 31), grounds)


def test_days_left_are_counted_from_receipt_where_that_lies_ahead(grounds: Grounds) -> None:
    """A filing reckoned before it comes in has its whole term left."""
    assert 20 == reckon_clock(Filing(date(2026, 9, 10)), grounds, date(2026, 9, 1)).days_left


def test_a_changed_calendar_moves_the_due_day_and_its_explanation(grounds: Grounds) -> None:
    """Nothing is stored: with the notice of 2027 entered the same filing has another last day and says why."""
    filing, as_of = Filing(date(2026, 12, 20)), date(2026, 12, 21)
    before = reckon_clock(filing, grounds, as_of)
    entered = load_calendar(CalendarFiles(RULES, notice_file=INVENTED_2027))
    after = reckon_clock(filing, Grounds(grounds.table, entered), as_of)
    assert (date(2027, 1, 15), True) == (before.due, before.provisional)
    assert (date(2027, 1, 18), False) == (after.due, after.provisional)
    assert "暂定" in before.steps[-1].explanation
    assert "放假不计：2027年1月1日。" in after.steps[-1].explanation


def test_a_local_festival_moves_the_due_day(grounds: Grounds) -> None:
    """Two days of the place later, and the explanation names them."""
    local = {date(2026, 4, 20): False, date(2026, 4, 21): False}
    filing = Filing(date(2026, 4, 1))
    before = reckon_clock(filing, grounds, filing.received)
    after = reckon_clock(filing, Grounds(grounds.table, WorkingCalendar(overlay=local)), filing.received)
    assert 2 == grounds.calendar.count(before.due, after.due)
    assert "4月20日至4月21日" in after.steps[-1].explanation


def test_the_json_holds_the_fields_of_the_contract(grounds: Grounds) -> None:
    """received, due, provisional, steps; each step date, event, basis, explanation."""
    found = reckon_clock(Filing(date(2026, 9, 10)), grounds, date(2026, 9, 10)).to_json()
    assert ("2026-09-10", "2026-10-14", False) == (found["received"], found["due"], found["provisional"])
    assert {"date", "event", "basis", "explanation"} <= set(found["steps"][0])


@pytest.mark.parametrize("words", ["", "昨天", "2026-13-01", "2026-09-1", "20260910", "2026-10-14T25:00"])
def test_an_unreadable_date_is_refused(words: str) -> None:
    """One form of date, so that nothing is misread."""
    with pytest.raises(InputError, match="无法识别"):
        china_day(words)


def test_a_full_width_colon_is_a_colon() -> None:
    """Clerks type Chinese punctuation."""
    assert parse_event("2026-10-10:extension:王主任:10") == parse_event("2026-10-10：extension：王主任：10")


BREAKS = [
    (
        "length: 7, unit: workday}]",
        "length: 7, unit: fortnight}]",
        ["correction_notice", "unit", "fortnight"],
    ),
    ("length: 7, unit: workday}]", "length: 07-01, unit: workday}]", ["correction_notice", "length"]),
    ("    starts: 收到申请之时\n", "", ["on_the_spot", "缺少“starts”"]),
    (
        "basis: [《政府信息公开条例》第三十三条第一款]",
        "basis: [《政府信息公开条例》三十三]",
        ["on_the_spot", "不是条文出处"],
    ),
    ("basis: [《政府信息公开条例》第三十三条第一款]", "basis: []", ["on_the_spot", "basis"]),
    ("after: [fee_notice]", "after: [fee_note]", ["fee_paid", "fee_note"]),
    ("once: term, evidence: 补正告知书", "once: always, evidence: 补正告知书", ["correction_notice", "once"]),
    ("id: publication\n", "id: answer\n", ["answer", "有效期重叠"]),
    ("    verified: true\n", "    checked: true\n", ["in_person", "缺少“verified”"]),
]


@pytest.mark.parametrize(("old", "new", "words"), BREAKS, ids=lambda value: str(value)[:30])
def test_a_broken_rule_file_names_file_row_and_key(
    old: str, new: str, words: list[str], tmp_path: Path
) -> None:
    """Each fault in deadlines.yaml is refused by name."""
    text = (RULES / FILE).read_text(encoding="utf-8")
    assert old in text
    (tmp_path / FILE).write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(CorpusError) as caught:
        load_deadlines(tmp_path)
    assert [] == [w for w in (FILE, *words) if w not in str(caught.value)], str(caught.value)


def test_a_new_law_is_a_new_row_with_its_own_date(tmp_path: Path, grounds: Grounds) -> None:
    """The recipe of docs/adding-a-rule.md: close the old row, add the new one; old requests keep the old term."""
    rows = yaml.safe_load((RULES / FILE).read_text(encoding="utf-8"))
    old = next(row for row in rows["limits"] if row["id"] == "answer")
    new = {**old, "lengths": [{**old["lengths"][0], "length": 10}], "valid_from": date(2026, 6, 1)}
    old["valid_to"] = date(2026, 5, 31)
    rows["limits"].append(new)
    (tmp_path / FILE).write_text(yaml.safe_dump(rows, allow_unicode=True), encoding="utf-8")
    changed = Grounds(load_deadlines(tmp_path), grounds.calendar)
    for received, days in ((date(2026, 5, 29), 20), (date(2026, 6, 1), 10)):
        clock = reckon_clock(Filing(received), changed, received)
        assert grounds.calendar.nth(received, days) == clock.due
