"""`assistant deadline`: what it prints, and its exit status."""

import json
import re

import pytest
from typer.testing import CliRunner, Result

from assistant.cli import app
from assistant.errors import InputError, SettingsError

THIRD_PARTY = ["third_party_sent", "third_party_served", "third_party_answered"]
WAITED = [
    argument
    for day, kind in zip(("15", "16", "28"), THIRD_PARTY, strict=True)
    for argument in ("--event", f"2026-09-{day}:{kind}")
]


def deadline(*arguments: str) -> Result:
    """The command run in this process."""
    return CliRunner().invoke(app, ["deadline", *arguments])


def clock(*arguments: str) -> dict:
    """The clock printed as JSON."""
    return json.loads(deadline("--json", *arguments).stdout)


def test_the_contract_fields_are_printed() -> None:
    """received, due, provisional, steps with date, event, basis, explanation."""
    found = clock("--received", "2026-09-10")
    assert ("2026-09-10", "2026-10-14", False) == (found["received"], found["due"], found["provisional"])
    assert all({"date", "event", "basis", "explanation"} <= set(step) for step in found["steps"])


def test_asking_a_third_party_is_counted_and_explained() -> None:
    """Ten working days are left out, and the step says which."""
    found = clock("--received", "2026-09-10", *WAITED)
    answered = next(step for step in found["steps"] if step["event"] == "third_party_answered")
    assert "2026-10-28" == found["due"]
    assert "2026年9月15日至2026年9月28日的 10 个工作日不计入" in answered["explanation"]


def test_a_result_in_2027_is_provisional_and_says_why() -> None:
    """The year without a notice is named."""
    found = clock("--received", "2026-12-10")
    assert found["provisional"]
    assert any("2027年的放假安排尚未公布" in line for line in found["warnings"])


def test_the_lines_for_people_are_readable() -> None:
    """The due day with its weekday first, then the way there with its articles."""
    lines = deadline("--received", "2026-09-10", "--on", "2026-09-28", *WAITED).stdout.splitlines()
    assert "答复期限：2026-10-28（周三）" == lines[0]
    assert "截至 2026-09-28：正在计算，还剩 18 个工作日。" == lines[1]
    assert any(re.fullmatch(r" +依据：《政府信息公开条例》第三十三条第二款", line) for line in lines)
    assert not any("None" in line or "null" in line for line in lines)


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["--received", "2026-09-10"], 0),
        (["--received", "2026-09-10", "--event", "2026-10-14:replied"], 0),
        (["--received", "2026-09-10", "--event", "2026-10-15:replied"], 1),
        (["--received", "2026-09-10", "--event", "2026-09-21:correction_notice::10"], 1),
        (["--received", "2026-09-10", "--on", "2026-10-14"], 0),
        (["--received", "2026-09-10", "--on", "2026-10-15"], 1),
        (["--add-workdays", "40", "2026-01-30"], 0),
        (["--term", "suit", "2026-01-15"], 0),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else str(value),
)
def test_the_exit_status_says_whether_a_term_was_missed(arguments: list[str], status: int) -> None:
    """1 where the events show it, or where --on asks for a day after the last one."""
    assert status == deadline(*arguments).exit_code


def test_working_days_are_added() -> None:
    """The Nth working day after a day, alone on its line."""
    assert "2026-04-02\n" == deadline("--add-workdays", "40", "2026-01-30").stdout


def test_working_days_that_reach_2027_are_marked() -> None:
    """The day on stdout, the reason on stderr; both in the JSON."""
    found = deadline("--add-workdays", "40", "2026-11-23")
    assert "2027-01-18\n" == found.stdout
    assert "2027年的放假安排尚未公布" in found.stderr
    assert json.loads(deadline("--add-workdays", "40", "2026-11-23", "--json").stdout)["provisional"]


def test_one_limit_is_printed_with_its_parts() -> None:
    """The decision on review: ordinary, extended, simplified."""
    lines = deadline("--term", "review_decision", "2026-07-01").stdout
    assert lines.startswith("作出行政复议决定的期限：2026-08-31（周一）")
    assert all(words in lines for words in ("普通程序", "延长", "简易程序", "《行政复议法》第六十二条第二款"))


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "--received"),
        (["--received", "2026-09-10", "--term", "suit", "2026-09-10"], "写一项"),
        (["--received", "昨天"], "日期“昨天”无法识别"),
        (["--received", "2026-09-10", "--event", "2026-09-15:extesion"], "extesion"),
        (["--received", "2026-09-10", "--channel", "wechat"], "不认识的提交方式“wechat”"),
        (["--received", "2026-09-10", "--on", "后天"], "后天"),
        (["--add-workdays", "0", "2026-01-30"], "工作日天数 0 应为正整数"),
        (["--add-workdays", "二十", "2026-01-30"], "天数“二十”应为正整数"),
        (["--add-workdays", "1000000000", "2026-01-30"], "应为正整数"),
        (["--add-workdays", "20", "2026-02-30"], "2026-02-30"),
        (["--term", "reviews", "2026-09-10"], "不认识的期限“reviews”"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else str(value),
)
def test_bad_input_is_one_line(arguments: list[str], words: str) -> None:
    """Each fault is an InputError whose line says what to write."""
    fault = deadline(*arguments).exception
    assert isinstance(fault, InputError)
    assert words in str(fault)
    assert "\n" not in str(fault)


def test_the_office_setting_gives_the_correction_period(monkeypatch: pytest.MonkeyPatch) -> None:
    """ASSISTANT_DEADLINES_CORRECTION_WORKDAYS reaches the clock."""
    monkeypatch.setenv("ASSISTANT_DEADLINES_CORRECTION_WORKDAYS", "10")
    found = clock("--received", "2026-09-10", "--event", "2026-09-15:correction_notice", "--on", "2026-09-16")
    assert [{"who": "申请人补正", "since": "2026-09-15", "until": "2026-09-29"}] == found["waiting_for"]


def test_the_calendar_file_of_the_office_is_read(
    monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    """With the notice of 2027 entered, nothing is provisional any more."""
    file = request.config.rootpath / "tests" / "law" / "calendar_invented_2027.yaml"
    monkeypatch.setenv("ASSISTANT_CALENDAR_FILE", str(file))
    assert not clock("--received", "2026-12-10")["provisional"]


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("CORRECTION_WORKDAYS", "十日", "deadlines.correction_workdays.*十日"),
        ("CORRECTION_WORKDAYS", "0", "deadlines.correction_workdays"),
        ("TOWNSHIP_REPORT_BY", "1月31日", "deadlines.township_report_by.*月-日"),
        ("TOWNSHIP_REPORT_BY", "02-30", "deadlines.township_report_by"),
        ("REASONS_ASKED_RESTARTS", "maybe", "deadlines.reasons_asked_restarts.*true 或 false"),
        ("CORRECTION_DAYS", "10", "不认识的配置项“deadlines.correction_days”"),
    ],
)
def test_a_wrong_local_term_is_named(
    name: str, value: str, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the law leaves open is set strictly or not at all."""
    monkeypatch.setenv(f"ASSISTANT_DEADLINES_{name}", value)
    fault = deadline("--received", "2026-09-10").exception
    assert isinstance(fault, SettingsError)
    assert re.search(words, str(fault))
