"""A register of an invented street office, on SQLite and on a real PostgreSQL, and the steps its clerks take."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from assistant.cases.opening import open_register
from assistant.cases.register import Register
from assistant.law.china_time import CHINA
from assistant.law.clock_course import Grounds
from assistant.law.outcomes import Outcomes
from assistant.pipeline import Assistant
from assistant.settings import Agency, RegisterRules, Settings
from tests.cases.postgres import Server, started

TODAY = datetime(2026, 11, 27, 9, 0, tzinfo=CHINA)
AGENCY = Agency(name="云河街道办事处", document_series="云街公开〔{year}〕{number}号")


@pytest.fixture(scope="session")
def grounds(assistant: Assistant) -> Grounds:
    """Clocks by the shipped rules and calendar."""
    return assistant.grounds


@pytest.fixture(scope="session")
def outcomes(assistant: Assistant) -> Outcomes:
    """The 21 outcomes."""
    return assistant.outcomes


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """A PostgreSQL of this run's own, started when a test first asks for it."""
    with started() as server:
        yield server


@pytest.fixture(params=["sqlite", "postgresql"])
def kind(request: pytest.FixtureRequest) -> str:
    """Every test of the register runs on both databases, unless it says which: tests/cases/postgres.py."""
    return str(request.param)


@pytest.fixture
def settings(tmp_path: Path, kind: str, request: pytest.FixtureRequest) -> Settings:
    """An office whose data lies in a folder of its own, or an emptied database."""
    own = replace(Settings(), data_dir=tmp_path / "data", agency=AGENCY, register=RegisterRules())
    if kind == "sqlite":
        return own
    server: Server = request.getfixturevalue("server")
    return replace(own, database_url=server.emptied())


Opened = Callable[..., Register]


@pytest.fixture
def opened(settings: Settings, grounds: Grounds, outcomes: Outcomes) -> Opened:
    """Opens the register as a program start would, on an invented day."""

    def open_it(today: date | None = None, **changed: object) -> Register:
        now = datetime(today.year, today.month, today.day, 9, tzinfo=CHINA) if today else TODAY
        register = open_register(replace(settings, **changed), grounds, outcomes)  # type: ignore[arg-type]
        return replace(register, now=lambda: now)

    return open_it


@pytest.fixture
def register(opened: Opened) -> Register:
    """An empty register."""
    return opened()
