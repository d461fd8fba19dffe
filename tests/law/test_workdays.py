"""Working days: the published calendar, the office's own file, days of one place."""

import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest
import yaml

from assistant.errors import CorpusError, InputError
from assistant.law.calendars import FILE, CalendarFiles, load_calendar
from assistant.law.clock_course import Grounds
from assistant.law.workdays import Span, WorkingCalendar, shipped_calendar
from assistant.settings import ROOT
from tests.law.conftest import RULES, read_cases

BAD = Path(__file__).parents[1] / "bad_inputs" / "calendars"
BAD_CASES = yaml.safe_load((BAD / "calendars.yaml").read_text(encoding="utf-8"))
NEW_YEAR = Path(__file__).parent / "calendar_invented_2027.yaml"
EXAMPLE = ROOT / "docs" / "examples" / "calendar.yaml"
DAY = timedelta(days=1)

# The notices of two years as they were published: days off from first to last, and weekend days worked.
OFF = {
    2025: ["01-01/01-01", "01-28/02-04", "04-04/04-06", "05-01/05-05", "05-31/06-02", "10-01/10-08"],
    2026: [
        "01-01/01-03",
        "02-15/02-23",
        "04-04/04-06",
        "05-01/05-05",
        "06-19/06-21",
        "09-25/09-27",
        "10-01/10-07",
    ],
}
WORKED = {
    2025: ["01-26", "02-08", "04-27", "09-28", "10-11"],
    2026: ["01-04", "02-14", "02-28", "05-09", "09-20", "10-10"],
}


def published(year: int) -> dict[date, bool]:
    """Whether each day of the year is worked, from the notice alone."""
    off = [tuple(date.fromisoformat(f"{year}-{end}") for end in run.split("/")) for run in OFF[year]]
    worked = {date.fromisoformat(f"{year}-{day}") for day in WORKED[year]}
    days = [date(year, 1, 1) + n * DAY for n in range((date(year + 1, 1, 1) - date(year, 1, 1)).days)]
    return {
        day: day in worked or (day.weekday() < 5 and not any(a <= day <= b for a, b in off)) for day in days
    }


@pytest.mark.parametrize("year", [2025, 2026])
def test_the_shipped_calendar_is_the_published_notice(year: int) -> None:
    """Every single day of 2025 and 2026 agrees with the notice typed here."""
    assert published(year) == {day: shipped_calendar(day) for day in published(year)}


@pytest.mark.parametrize("year", range(2019, 2027))
def test_every_year_since_the_regulation_is_published(year: int, grounds: Grounds) -> None:
    """2019 to 2026 need no guess."""
    assert () == grounds.calendar.unpublished(date(year, 1, 1), date(year, 12, 31))


def test_an_unpublished_year_is_not_guessed(grounds: Grounds) -> None:
    """2027 is counted by weekdays and named: even 1 January counts."""
    assert None is shipped_calendar(date(2027, 1, 1))
    assert grounds.calendar.is_workday(date(2027, 1, 1))
    assert (2027,) == grounds.calendar.unpublished(date(2026, 12, 1), date(2027, 1, 1))


@pytest.mark.parametrize(
    "case", read_cases("deadlines_workdays.yaml"), ids=lambda c: f"{c['received_on']}+{c['workdays']}"
)
def test_working_days_are_counted_by_the_notice(case: dict, grounds: Grounds) -> None:
    """The Nth working day after a day, day 1 being the next working day."""
    end = grounds.calendar.nth(case["received_on"], case["workdays"])
    assert case["expected"] == end
    assert case["provisional"] == bool(grounds.calendar.unpublished(case["received_on"], end))


@pytest.mark.parametrize("count", [0, -1])
def test_a_count_below_one_is_refused(count: int, grounds: Grounds) -> None:
    """There is no zeroth working day."""
    with pytest.raises(InputError, match=f"工作日天数 {count} 应为正整数"):
        grounds.calendar.nth(date(2026, 9, 10), count)


def test_a_count_beyond_the_calendar_is_refused() -> None:
    """The end of time is an error, not a crash."""
    with pytest.raises(InputError, match="超出了日历能表示的范围"):
        WorkingCalendar(shipped=lambda day: None).nth(date(9999, 12, 1), 100)


def test_an_open_span_stops_the_count(grounds: Grounds) -> None:
    """While nobody knows when it ends, there is no Nth day."""
    spans = [Span(date(2026, 9, 15), None)]
    assert None is grounds.calendar.nth_outside(date(2026, 9, 10), 20, spans)
    assert date(2026, 9, 14) == grounds.calendar.nth_outside(date(2026, 9, 10), 2, spans)


def test_the_overlay_changes_one_place(tmp_path: Path) -> None:
    """A local festival moves the count by its days."""
    own = tmp_path / "local.yaml"
    own.write_text(
        "overlay:\n- {name: 壮族三月三, from: 2026-04-20, to: 2026-04-21, day_off: true, basis: 本地放假通知}\n",
        encoding="utf-8",
    )
    calendar = load_calendar(CalendarFiles(RULES, overlay_file=own))
    assert date(2026, 4, 23) == calendar.nth(date(2026, 4, 17), 2)
    assert date(2026, 4, 21) == load_calendar(CalendarFiles(RULES)).nth(date(2026, 4, 17), 2)


def test_the_overlay_may_add_a_working_day(tmp_path: Path) -> None:
    """day_off: false makes a weekend day a working day."""
    own = tmp_path / "local.yaml"
    own.write_text(
        "overlay:\n- {name: 调休, from: 2026-04-18, to: 2026-04-18, day_off: false, basis: 本地放假通知}\n",
        encoding="utf-8",
    )
    assert load_calendar(CalendarFiles(RULES, overlay_file=own)).is_workday(date(2026, 4, 18))


def test_the_file_of_a_new_year_ends_the_guessing() -> None:
    """With its notice entered, 2027 is published and its days off are off."""
    calendar = load_calendar(CalendarFiles(RULES, notice_file=NEW_YEAR))
    assert () == calendar.unpublished(date(2026, 12, 10), date(2027, 12, 31))
    assert not calendar.is_workday(date(2027, 1, 1))
    assert (2028,) == calendar.unpublished(date(2027, 1, 1), date(2028, 1, 1))


def test_a_notice_may_reach_back_into_december(tmp_path: Path) -> None:
    """New Year's holiday has begun in December before; the notice of the new year then speaks of the old one."""
    text = NEW_YEAR.read_text(encoding="utf-8")
    old = "{name: 元旦, from: 2027-01-01, to: 2027-01-03, days: 3, working: []}"
    assert old in text
    file = tmp_path / "notice.yaml"
    file.write_text(
        text.replace(old, "{name: 元旦, from: 2026-12-31, to: 2027-01-02, days: 3, working: []}"),
        encoding="utf-8",
    )
    calendar = load_calendar(CalendarFiles(RULES, notice_file=file))
    assert not calendar.is_workday(date(2026, 12, 31))


def test_the_example_file_is_the_notice_of_2026() -> None:
    """What the recipe shows is true, and repeating a year the program knows changes nothing."""
    calendar = load_calendar(CalendarFiles(RULES, notice_file=EXAMPLE))
    assert published(2026) == {
        day: calendar.notices.get(day, shipped_calendar(day)) for day in published(2026)
    }
    assert published(2026) == {day: calendar.is_workday(day) for day in published(2026)}


@pytest.mark.parametrize("case", BAD_CASES, ids=lambda case: case["file"])
def test_a_bad_calendar_file_names_file_row_and_key(case: dict) -> None:
    """Each fault is refused in one line that holds the file and these words."""
    files = {case["as"]: BAD / case["file"]}
    with pytest.raises(CorpusError) as caught:
        load_calendar(CalendarFiles(RULES, **files))
    line = str(caught.value)
    assert [] == [words for words in (case["file"], *case["words"]) if words not in line], line
    assert "\n" not in line


def test_every_bad_calendar_file_has_its_row() -> None:
    """No file lies there untested."""
    assert {path.name for path in BAD.glob("*.yaml")} - {"calendars.yaml"} == {
        case["file"] for case in BAD_CASES if (BAD / case["file"]).exists()
    }


def test_the_clocks_load_yaml_and_nothing_else() -> None:
    """The calendar package is imported when the first day is asked for, not before."""
    code = (
        "import sys, assistant.law, assistant.law.clock, assistant.law.terms, assistant.law.calendars\n"
        "print(*{m.split('.')[0] for m in sys.modules} - set(sys.stdlib_module_names))"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    strangers = {name for name in found.stdout.split() if not name.startswith("_")}
    assert strangers <= {"assistant", "yaml", "cython_runtime", "google", "mpl_toolkits"}


def test_the_shipped_overlay_is_empty() -> None:
    """No place's festivals are assumed."""
    assert [] == yaml.safe_load((RULES / FILE).read_text(encoding="utf-8"))["overlay"]
