"""What the tests of the law share: rules and calendar as shipped, read once."""

from pathlib import Path

import pytest
import yaml

from assistant.law.calendars import CalendarFiles, load_calendar
from assistant.law.clock_course import Grounds
from assistant.law.deadline_rows import load_deadlines
from assistant.settings import ROOT

RULES = ROOT / "corpus" / "rules"
HERE = Path(__file__).parent


@pytest.fixture(scope="session")
def grounds() -> Grounds:
    """The shipped table of time limits over the shipped calendar, with nothing set locally."""
    return Grounds(load_deadlines(RULES), load_calendar(CalendarFiles(RULES)))


def read_cases(*names: str) -> list[dict]:
    """The cases of YAML files beside the tests."""
    return [
        case
        for name in names
        for case in yaml.load((HERE / name).read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    ]
