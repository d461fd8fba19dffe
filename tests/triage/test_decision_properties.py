"""What holds of the seven steps whatever is answered."""

import random
from datetime import date, timedelta

from hypothesis import example, given, settings
from hypothesis import strategies as st

from assistant.triage.decision import go_back, revise, walk
from assistant.triage.decision_graph import UNCLEAR
from assistant.triage.guidance import CaseAnswers, ItemAnswers
from tests.triage.decision_ways import GRAPH, GUIDE, TODAY, shortest_ways

EDITION = GRAPH.on(TODAY)
ASKED = [question for question in EDITION.questions.values() if not question.by_path]
WAYS = shortest_ways(TODAY)


def answered(seed: int, share: float) -> dict[str, str]:
    """One answer to a share of the questions; drawn by seed, since so many choices are slow to draw one by one."""
    drawn = random.Random(seed)
    return {q.id: drawn.choice(q.answers).key for q in ASKED if drawn.random() < share}


SEEDS = st.integers(0, 2**32)
FULL = st.builds(answered, SEEDS, st.just(1.0))
ANY = st.builds(answered, SEEDS, st.floats(0, 1))
KNOWN = st.sampled_from(list(WAYS.values()))


@given(st.one_of(ANY, FULL))
@settings(max_examples=120, deadline=None)
def test_any_answers_end_somewhere(answers: dict[str, str]) -> None:
    """Each question is met once at most."""
    found = walk(GRAPH, answers, TODAY)
    met = [step.question.id for step in found.taken]
    assert len(met) == len(set(met))
    assert ("decided" == found.state) == (found.ending is not None)
    assert set(answers) == set(found.answers) | set(found.unused)


@given(FULL, st.randoms(use_true_random=False))
@settings(max_examples=100, deadline=None)
def test_the_order_of_answers_does_not_matter(answers: dict[str, str], shuffled: object) -> None:
    """A mapping, not a sequence."""
    rows = list(answers.items())
    shuffled.shuffle(rows)  # type: ignore[attr-defined]
    assert walk(GRAPH, answers, TODAY) == walk(GRAPH, dict(rows), TODAY)


@given(FULL)
@settings(max_examples=120, deadline=None)
def test_no_outcome_follows_an_unclear_answer(answers: dict[str, str]) -> None:
    """Not knowing leads to what to establish."""
    found = walk(GRAPH, answers, TODAY)
    if UNCLEAR in found.answers.values():
        assert ("establish", None) == (found.state, found.ending)


@given(KNOWN, st.data())
@settings(max_examples=100, deadline=None)
def test_an_unclear_answer_anywhere_on_a_way_takes_the_outcome_away(
    way: dict[str, str], data: st.DataObject
) -> None:
    """Every question of every way to an outcome counts."""
    question = data.draw(st.sampled_from(list(way)))
    assert "establish" == walk(GRAPH, {**way, question: UNCLEAR}, TODAY).state


@given(FULL, st.data())
@settings(max_examples=100, deadline=None)
def test_a_changed_answer_leaves_no_answer_off_the_path(answers: dict[str, str], data: st.DataObject) -> None:
    """What depended on it is gone."""
    path = walk(GRAPH, answers, TODAY).answers
    question = EDITION.questions[data.draw(st.sampled_from(list(path)))]
    key = data.draw(st.sampled_from([one.key for one in question.answers]))
    after = revise(GRAPH, path, question.id, key, TODAY)
    assert () == walk(GRAPH, after, TODAY).unused
    assert key == after[question.id]


@given(FULL, st.data())
@settings(max_examples=100, deadline=None)
def test_going_back_asks_the_same_question_again(answers: dict[str, str], data: st.DataObject) -> None:
    """The answers before it are kept, whatever papers went out on the way."""
    path = walk(GRAPH, answers, TODAY).answers
    question = data.draw(st.sampled_from(list(path)))
    again = walk(GRAPH, go_back(GRAPH, path, question, TODAY), TODAY)
    assert again.question is not None
    assert question == again.question.id


@given(st.lists(KNOWN, min_size=1, max_size=4), st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_the_order_of_items_does_not_change_what_the_whole_counts_as(
    ways: list[dict[str, str]], shuffled: object
) -> None:
    """Rows counted are the same."""
    items = [ItemAnswers(str(number), way) for number, way in enumerate(ways)]
    first = GUIDE.guide(CaseAnswers(tuple(items)), TODAY).whole
    shuffled.shuffle(items)  # type: ignore[attr-defined]
    second = GUIDE.guide(CaseAnswers(tuple(items)), TODAY).whole
    assert first is not None
    assert second is not None
    assert (first.kind, first.outcome) == (second.kind, second.outcome)


@given(ANY, st.dates(date(2019, 5, 15), date(2027, 12, 31)))
@settings(max_examples=100, deadline=None)
def test_every_day_since_the_regulation_has_an_edition(answers: dict[str, str], day: date) -> None:
    """The answers a day knows can be walked on it."""
    known = GRAPH.on(day).questions
    given_ = {
        id_: key
        for id_, key in answers.items()
        if id_ in known and key in {a.key for a in known[id_].answers}
    }
    assert day == walk(GRAPH, given_, day).on


def test_every_edition_is_whole_on_its_first_and_last_day() -> None:
    """The checks of the loader see each edition; the last day of one is as whole as its first."""
    for turn in GRAPH.turns[1:]:
        before = GRAPH.on(turn - timedelta(days=1))
        assert set(before.reached()) == set(before.questions)


LEAF = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=8),
    st.dates(),
    st.just("2026-11-20"),
)
PARTS = sorted({part.key for record in GUIDE.files.table.records for part in record.parts})
ENTRY = st.recursive(
    LEAF,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.sampled_from([*PARTS, "place", "ground", "reason"]), inner, max_size=4),
    ),
    max_leaves=6,
)


@given(KNOWN, st.dictionaries(st.sampled_from(sorted(GUIDE.files.table.keys)), ENTRY, max_size=6))
@example({"pending": "withdrawn"}, {"sub_reason": False})
@settings(max_examples=150, deadline=None)
def test_whatever_a_file_states_is_told_and_never_breaks(
    way: dict[str, str], file: dict[str, object]
) -> None:
    """Each open guard is one line."""
    guidance = GUIDE.guide(CaseAnswers((ItemAnswers(answers=way, file=file),)), TODAY)
    assert [] == [guard.line for _, guard in guidance.open_guards if len(guard.line.splitlines()) != 1]
