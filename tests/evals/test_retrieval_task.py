"""The retrieval task: a perfect searcher scores one, a useless one nought; every method is set up and shown."""

from dataclasses import replace
from pathlib import Path

import pytest

from assistant.law.provisions import ProvisionRef
from assistant.pipeline import Assistant
from evals.baselines import Unit
from evals.found import Found
from evals.labelled import LABELLED_ON, LabelledQuestion
from evals.legs import Solve
from evals.retrieval import BESIDE, ITEMS, RANKED, REFUSALS, VIEWS, names_article, retrieval
from evals.retrieval_methods import LEGS, METHODS, OTHERS, WORDS, Ground, Method
from evals.task import Solver, TaskResult, run_task


def perfect(item: LabelledQuestion) -> Found:
    """Finds what is labelled, the item where one is, and refuses what nothing answers."""
    best = {ref.whole_article: ref for ref in sorted(item.relevant, key=lambda ref: not ref.item)[::-1]}
    parts = sorted(best.values(), key=lambda ref: not ref.item)
    units: tuple[Unit, ...] = (
        *(ref.whole_article for ref in parts),
        *(part.passage for part in item.reports),
    )
    return Found(units, (*parts, *(None for _ in item.reports)), item.answerable, lengths=(1,) * len(units))


def useless(item: LabelledQuestion) -> Found:
    """Finds an article that exists nowhere, and refuses just where it should not."""
    nowhere = (ProvisionRef("无此法", 1),) * 10
    return Found(nowhere, nowhere, not item.answerable, lengths=(1,) * 10)


@pytest.fixture(scope="module")
def planted(assistant: Assistant) -> TaskResult:
    """The task over the real test questions with two planted searchers."""
    solvers = (Solver("assistant", "完美", perfect), Solver("bm25_pairs", "无用", useless))
    return run_task(replace(retrieval(assistant, methods=()), solvers=solvers), lambda *_: None)


@pytest.mark.parametrize("metric", [metric.key for metric in RANKED + ITEMS[:2] + REFUSALS])
def test_a_perfect_searcher_scores_one_and_a_useless_one_nought(metric: str, planted: TaskResult) -> None:
    """Every figure of the main table (wrong refusals the other way round), and the bounds hold it."""
    found = {
        f.solver: f.interval
        for f in planted.figures
        if (f.view, f.group, f.metric) == ("all", "全部", metric)
    }
    ends = (0.0, 1.0) if metric == "wrongly_refused" else (1.0, 0.0)
    ours, theirs = found["assistant"], found["bm25_pairs"]
    assert ours is not None and theirs is not None
    assert ends == (ours.value, theirs.value)
    for one in (ours, theirs):
        assert one.low <= one.value <= one.high and one.low < one.high


def test_every_figure_says_how_many_questions_it_rests_on(planted: TaskResult) -> None:
    """Answerable ones for ranks, the others for refusals."""
    test = planted.task.dataset
    answerable = sum(item.answerable for item in test)
    counted = {
        f.metric: f.interval.n
        for f in planted.figures
        if (f.view, f.solver) == ("all", "assistant") and f.interval
    }
    assert (answerable, answerable, len(test) - answerable) == tuple(
        counted[key] for key in ("hit1", "mrr", "refused")
    )


def test_the_groups_of_a_view_hold_every_answerable_question_once(planted: TaskResult) -> None:
    """By register, by law, and by whether an article is named."""
    answerable = sum(item.answerable for item in planted.task.dataset)
    for view in ("style", "law", "named"):
        counts = [
            f.interval.n
            for f in planted.figures
            if (f.view, f.metric, f.solver) == (view, "hit1", "assistant") and f.interval
        ]
        assert answerable == sum(counts), view


def test_all_methods_stand_in_a_view() -> None:
    """Four cuts of words, vectors, the textbook twice, the nearest question, and four parts left out."""
    assert (4, 4, 4) == (len(WORDS), len(OTHERS), len(LEGS))
    shown = {key for view in VIEWS for key in view.solvers}
    assert {method.key for method in METHODS} == shown
    assert set(BESIDE) <= shown


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("第三十六条讲什么", True),
        ("条例36条第五项", True),
        ("《行政复议法》二十三条", True),
        ("复议法 23 条", True),
        ("依据是哪一条", False),
        ("一百五十条要求", False),
        ("条例里怎么说的", False),
    ],
)
def test_a_question_names_an_article_by_its_number(query: str, expected: bool) -> None:
    """A count of things is no article."""
    assert expected == names_article(LabelledQuestion("q", query, (), "terse", "test"))


def test_a_library_that_is_not_installed_leaves_its_method_unscored(assistant: Assistant) -> None:
    """The others are scored all the same, and the line says what to install."""

    def lacking(_: Ground) -> Solve:
        import no_such_cutter  # type: ignore[import-not-found]

        return no_such_cutter.solve  # type: ignore[no-any-return]

    task = retrieval(assistant, methods=("bm25_spaces",))
    ground = Ground(assistant, Path(), LABELLED_ON)
    solvers = (*task.solvers, Method("x", "没装的", lacking).solver(ground))
    result = run_task(replace(task, dataset=task.dataset[:3], solvers=solvers, views=()), lambda *_: None)
    assert 3 == result.unscored
    assert "“没装的”要用的程序包 no_such_cutter 没有安装" in result.scores["x"][0].explanation


@pytest.mark.slow
def test_every_method_answers(assistant: Assistant) -> None:
    """The textbook pipeline and jieba included, on a few questions; what shows whole files shows long hits."""
    task = retrieval(assistant)
    few = replace(task, dataset=task.dataset[:8], views=())
    result = run_task(few, lambda *_: None)
    assert 0 == result.unscored
    assert [method.key for method in METHODS] == [*result.scores]
    textbook = next(solver for solver in few.solvers if solver.name == "textbook").solve(few.dataset[0])
    assert 10 == len(textbook.units) == len(textbook.also)
    assert max(textbook.lengths) > 1000
    assert any(len(units) > 5 for units in textbook.also)
