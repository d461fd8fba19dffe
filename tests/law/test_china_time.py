"""The office's day is China's, wherever the machine stands, and there is one place it comes from."""

import ast
from datetime import UTC, date, datetime, timedelta

import pytest

from assistant.dialogue.answers import answer_question
from assistant.law import china_time
from assistant.law.clock_events import Filing
from assistant.pipeline import Assistant
from assistant.settings import ROOT

HOME = ROOT / "assistant" / "law" / "china_time.py"


@pytest.fixture
def past_midnight(monkeypatch: pytest.MonkeyPatch) -> date:
    """Half past midnight in Beijing, when a server in London still writes the day before."""
    moment = datetime(2026, 9, 10, 16, 30, tzinfo=UTC)
    monkeypatch.setattr(china_time, "now", lambda: moment.astimezone(china_time.CHINA))
    return date(2026, 9, 11)


def test_now_is_told_by_chinas_clock() -> None:
    """Eight hours ahead of Greenwich, all the year."""
    assert timedelta(hours=8) == china_time.now().utcoffset()


def test_today_is_chinas_day(past_midnight: date) -> None:
    """Not the machine's."""
    assert past_midnight == china_time.today()


def test_the_product_takes_its_today_from_there(past_midnight: date, assistant: Assistant) -> None:
    """A clock without a day is as of the office's; 今天 in a question is the office's day."""
    assert past_midnight == assistant.clock(Filing(date(2026, 9, 1))).as_of
    assert "2026年9月11日 收到申请" in answer_question(assistant, "今天收到的申请最晚哪天答复").answer


def test_nothing_else_asks_the_machine_for_the_day() -> None:
    """`date.today()` and `datetime.now()` stand in no other module."""
    asked = []
    for path in sorted((ROOT / "assistant").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            named = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
            if named and ast.unparse(node.func) in ("date.today", "datetime.now", "datetime.today"):
                asked.append(f"{path.name}:{node.lineno}")
    assert [] == [place for place in asked if not place.startswith(HOME.name)]
