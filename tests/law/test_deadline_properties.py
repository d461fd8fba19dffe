"""What holds for every date and every order of days, not only for the cases written down."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.errors import InputError
from assistant.law.calendars import CalendarFiles, load_calendar
from assistant.law.clock import Clock, reckon_clock
from assistant.law.clock_course import Grounds
from assistant.law.clock_events import Event, Filing
from assistant.law.deadline_rows import load_deadlines
from assistant.law.terms import reckon_term
from tests.law.conftest import RULES

GROUNDS = Grounds(load_deadlines(RULES), load_calendar(CalendarFiles(RULES)))
CALENDAR = GROUNDS.calendar
DAYS = st.dates(date(2019, 5, 15), date(2027, 6, 30))
FEE_DAYS = st.dates(date(2021, 1, 1), date(2027, 6, 30))
COUNTS = st.integers(1, 60)
GAPS = st.integers(0, 12)
FEW = settings(max_examples=30, deadline=None)
CALENDAR_TERMS = ("review_application", "suit", "suit_after_review", "review_decision", "court_defence")


def clock(received: date, *events: Event) -> Clock:
    """The clock of a filing as of its last event."""
    return reckon_clock(Filing(received, events), GROUNDS, max((received, *(event.on for event in events))))


def due(received: date, *events: Event) -> date:
    """The last day of a clock that has one."""
    found = clock(received, *events).due
    assert found is not None
    return found


def consultation(sent: date, served: int, answered: int, who: str = "甲") -> tuple[Event, ...]:
    """A third party asked, reached and heard, by gaps of days."""
    reached = sent + timedelta(days=served)
    heard = reached + timedelta(days=answered)
    return (
        Event(sent, "third_party_sent", who),
        Event(reached, "third_party_served", who),
        Event(heard, "third_party_answered", who),
    )


@FEW
@given(DAYS, COUNTS)
def test_the_nth_working_day_is_a_working_day(day: date, count: int) -> None:
    """And exactly that many working days lie on the way."""
    end = CALENDAR.nth(day, count)
    assert CALENDAR.is_workday(end)
    assert count == CALENDAR.count(day, end)


@FEW
@given(DAYS, COUNTS, COUNTS)
def test_counting_in_two_goes_is_counting_in_one(day: date, first: int, second: int) -> None:
    """n and then m working days are n+m."""
    assert CALENDAR.nth(day, first + second) == CALENDAR.nth(CALENDAR.nth(day, first), second)


@FEW
@given(DAYS, DAYS)
def test_a_later_receipt_is_never_due_earlier(one: date, other: date) -> None:
    """Nobody gains by asking later."""
    first, second = sorted((one, other))
    assert due(first) <= due(second)


@FEW
@given(DAYS)
def test_an_answer_is_never_due_on_a_day_off(received: date) -> None:
    """Nor an extended one."""
    assert CALENDAR.is_workday(due(received))
    assert CALENDAR.is_workday(due(received, Event(received, "extension", "王主任")))


@FEW
@given(DAYS, GAPS, GAPS, GAPS)
def test_leaving_out_time_never_shortens(received: date, sent: int, served: int, answered: int) -> None:
    """A consultation gives time or changes nothing; a term begun is never cut."""
    events = consultation(received + timedelta(days=sent), served, answered)
    asked = clock(received, *events)
    assert asked.due is not None
    assert due(received) <= asked.due
    assert CALENDAR.is_workday(asked.due)


@FEW
@given(DAYS, GAPS, GAPS, GAPS)
def test_only_working_days_left_out_are_given_back(
    received: date, sent: int, served: int, answered: int
) -> None:
    """Working days to the due day, less those left out, are the statutory term: none lost, none won."""
    events = consultation(received + timedelta(days=sent), served, answered)
    last = due(received, *events)
    end = min(events[2].on, CALENDAR.nth(events[1].on, 15))
    out = sum(
        CALENDAR.is_workday(events[0].on + timedelta(days=n))
        for n in range((end - events[0].on).days + 1)
        if received < events[0].on + timedelta(days=n) <= last
    )
    assert 20 == CALENDAR.count(received, last) - out


@FEW
@given(DAYS, GAPS, st.tuples(GAPS, GAPS), st.tuples(GAPS, GAPS))
def test_third_parties_asked_together_cost_what_the_slower_one_costs(
    received: date, sent: int, one: tuple[int, int], other: tuple[int, int]
) -> None:
    """Their times are never added up."""
    asked = received + timedelta(days=sent)
    first, second = consultation(asked, *one, "甲"), consultation(asked, *other, "乙")
    slower = max(due(received, *first), due(received, *second))
    assert slower == due(received, *first, *second)


@FEW
@given(DAYS, GAPS, GAPS, GAPS, GAPS)
def test_asking_one_more_never_brings_the_due_day_forward(
    received: date, sent: int, later: int, served: int, answered: int
) -> None:
    """A second letter, sent later, gives time or changes nothing."""
    first = consultation(received + timedelta(days=sent), served, answered, "甲")
    second = consultation(first[0].on + timedelta(days=later), served, answered, "乙")
    assert due(received, *first) <= due(received, *first, *second)


@FEW
@given(DAYS, GAPS, GAPS)
def test_correction_never_brings_the_due_day_forward(received: date, notice: int, back: int) -> None:
    """The full new term runs from a day that is no earlier than receipt."""
    told = received + timedelta(days=notice)
    heard = told + timedelta(days=back)
    events = (Event(told, "correction_notice", days=15), Event(heard, "correction_received"))
    assert due(received) <= due(received, *events)
    assert CALENDAR.nth(heard, 20) == due(received, *events)


@FEW
@given(FEE_DAYS, st.integers(0, 6), st.integers(0, 6))
def test_payment_starts_a_full_new_term(received: date, notice: int, paid: int) -> None:
    """The new term is due no earlier than the old one."""
    told = received + timedelta(days=notice)
    events = (Event(told, "fee_notice"), Event(told + timedelta(days=paid), "fee_paid"))
    assert due(received) <= due(received, *events)


@FEW
@given(DAYS, st.integers(0, 20), st.integers(1, 20))
def test_an_extension_told_in_time_adds_its_days(received: date, told: int, days: int) -> None:
    """Exactly its working days, whenever within the term it is told."""
    on = min(received + timedelta(days=told), due(received))
    extended = due(received, Event(on, "extension", "王主任", days))
    assert CALENDAR.nth(due(received), days) == extended


@FEW
@given(DAYS, GAPS, GAPS, GAPS, st.randoms())
def test_the_order_of_typing_does_not_matter(
    received: date, sent: int, served: int, answered: int, random: object
) -> None:
    """Events are put in order by day."""
    events = [*consultation(received + timedelta(days=sent), served, answered)]
    shuffled = list(events)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert clock(received, *events) == clock(received, *shuffled)


@FEW
@given(st.dates(date(2024, 1, 1), date(2027, 6, 30)), st.sampled_from(CALENDAR_TERMS))
def test_a_calendar_day_term_never_ends_on_a_day_off(start: date, limit: str) -> None:
    """The last day moves to the first day after the days off, never before its own end."""
    found = reckon_term(limit, start, GROUNDS)
    assert CALENDAR.is_workday(found.due)
    assert start < found.due


@FEW
@given(DAYS, st.integers(0, 60))
def test_days_used_and_left_add_up(received: date, later: int) -> None:
    """At every step of a running term, used and left are the whole term."""
    found = clock(received, Event(received + timedelta(days=later), "replied"))
    assert {20} == {step.days_used + step.days_left for step in found.steps if step.days_used is not None}


HAPPENINGS = st.builds(
    lambda gap, kind, who, days: (gap, kind, who, days),
    st.integers(-2, 60),
    st.sampled_from(sorted(GROUNDS.table.events)),
    st.sampled_from([None, "甲", "本机关财务科"]),
    st.sampled_from([None, 5, 20]),
)


@settings(max_examples=100, deadline=None)
@given(FEE_DAYS, st.lists(HAPPENINGS, max_size=7), st.integers(0, 90))
def test_whatever_is_typed_gives_a_clock_or_one_clear_line(
    received: date, happenings: list[tuple[int, str, str | None, int | None]], later: int
) -> None:
    """Any events at all: a clock whose steps are in order and whose days add up, or an InputError of one line."""
    events = tuple(
        Event(received + timedelta(days=gap), kind, who, days) for gap, kind, who, days in happenings
    )
    try:
        found = reckon_clock(Filing(received, events), GROUNDS, received + timedelta(days=later))
    except InputError as fault:
        assert "\n" not in str(fault)
        assert str(fault).endswith("。")
        return
    assert sorted(step.on for step in found.steps) == [step.on for step in found.steps]
    assert all(step.basis and step.explanation for step in found.steps)
    assert len(events) <= len(found.steps)
    assert (found.met is False) <= bool(found.missed)
