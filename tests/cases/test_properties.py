"""Whatever happens to cases in whatever order, the register agrees with the clock and the tables add up."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.cases.closing import archive, reply, withdraw
from assistant.cases.counting import load_counting
from assistant.cases.handling import record_event
from assistant.cases.opening import open_register
from assistant.cases.reading import list_cases, load_case
from assistant.cases.receiving import receive
from assistant.cases.records import Case
from assistant.cases.register import Register, Session
from assistant.cases.standing import standing_of
from assistant.cases.yearbook import Yearbook, YearRules, make_yearbook
from assistant.errors import AssistantError
from assistant.law.china_time import CHINA
from assistant.law.clock import reckon_clock
from assistant.law.clock_events import Event, Filing
from assistant.pipeline import Assistant
from assistant.settings import Agency, Settings
from tests.cases.steps import OUTSIDE, decided, letter

FIRST, TODAY = date(2024, 11, 1), date(2026, 11, 27)
KINDS = ("correction_notice", "correction_received", "extension", "fee_notice", "fee_paid", "organ_consulted")
Step = tuple[str, int]

steps = st.lists(
    st.tuples(
        st.sampled_from(
            (
                *KINDS,
                "organ_answered",
                "grant",
                "other.no_correction",
                "partial",
                "reply",
                "withdraw",
                "archive",
            )
        ),
        st.integers(0, 60),
    ),
    max_size=7,
)
cases = st.lists(
    st.tuples(
        st.integers(0, 640),
        st.sampled_from(("natural_person", "enterprise", "legal_service", "other")),
        steps,
    ),
    min_size=1,
    max_size=5,
)


def opened(folder: str, assistant: Assistant) -> Register:
    """An empty register of an office."""
    own = replace(Settings(), data_dir=Path(folder), agency=Agency(name="云河街道办事处"))
    register = open_register(own, assistant.grounds, assistant.outcomes)
    return replace(register, now=lambda: datetime(2026, 11, 27, 9, tzinfo=CHINA))


def take(session: Session, case: Case, step: Step, day: date) -> Case:
    """One step on a day."""
    name, _ = step
    if name in KINDS or name == "organ_answered":
        days = 10 if name == "correction_notice" else None
        who = "王主任" if name == "extension" else "云河区住建局" if "organ" in name else None
        return record_event(session, case.seen, Event(day, name, who, days))
    verbs: dict[str, Callable[[], Case]] = {
        "reply": lambda: reply(session, case.seen, day, OUTSIDE),
        "withdraw": lambda: withdraw(session, case.seen, day, "书面撤回"),
        "archive": lambda: archive(session, case.seen, day),
    }
    return verbs[name]() if name in verbs else decided(session, case, name, day)


def tried(register: Register, received: date, kind: str, taken: list[Step]) -> tuple[int, int]:
    """A letter and what is tried on it; how many steps were kept, how many refused."""
    kept = refused = 0
    with register.writing("罗敏") as session:
        case = receive(session, letter(received, kind))
    day = received
    for step in taken:
        day = min(day + timedelta(days=step[1]), TODAY)
        try:
            with register.writing("罗敏") as session:
                case = take(session, case, step, day)
            kept += 1
        except AssistantError:
            refused += 1
    with register.reading() as view:
        assert case == load_case(view, case.number)
    assert 1 + kept == case.version
    return kept, refused


def yearbook(register: Register, assistant: Assistant, year: int) -> Yearbook:
    """The tables of a year."""
    counting = load_counting(assistant.settings.corpus_dir / "rules")
    rules = YearRules(
        counting,
        assistant.grounds,
        assistant.outcomes,
        assistant.auditor,
        Agency(name="云河街道办事处"),
        assistant.report_text,
    )
    with register.reading() as view:
        return make_yearbook(view, year, rules, TODAY)


@pytest.mark.slow
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(letters=cases)
def test_tables_add_up_and_years_join_whatever_happens(
    assistant: Assistant, letters: list[tuple[int, str, list[Step]]]
) -> None:
    """R1–R3 and R5 in every year; each year carries in what the year before carried out; the trail holds."""
    with TemporaryDirectory() as folder:
        register = opened(folder, assistant)
        entries = len(letters)
        for after, kind, taken in letters:
            kept, _ = tried(register, FIRST + timedelta(days=after), kind, taken)
            entries += kept
        proof = register.verify()
        assert (None, entries) == (proof.broken, proof.entries)
        before: Yearbook | None = None
        for year in (2024, 2025, 2026):
            book = yearbook(register, assistant, year)
            failing = [c for c in book.audit.checks if c.status == "fails" and c.id not in ("R8", "S4")]
            assert [] == failing
            if before:
                out, came = before.cells, book.cells
                for column in assistant.auditor.form.tables["requests"].columns:
                    carried = out["requests", "carried_out", column]
                    assert set(carried) == set(came["requests", "carried_in", column])
            before = book


@pytest.mark.slow
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(taken=steps)
def test_the_register_stands_where_the_clock_says(assistant: Assistant, taken: list[Step]) -> None:
    """Status and deadline are those of the events, whenever they are asked for; nothing of them is stored."""
    with TemporaryDirectory() as folder:
        register = opened(folder, assistant)
        tried(register, date(2026, 3, 2), "natural_person", taken)
        with register.reading() as view:
            (case,) = list_cases(view, open_only=False)
        for as_of in (date(2026, 3, 20), date(2026, 6, 1), TODAY):
            events = tuple(
                one.event
                for one in case.standing
                if one.event.on <= as_of and one.event.kind not in ("withdrawn", "archived")
            )
            clock = reckon_clock(Filing(case.received_on, events, case.channel), assistant.grounds, as_of)
            assert clock == standing_of(case, assistant.grounds, as_of).clock
