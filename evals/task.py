"""An evaluation as values: task = dataset + solvers + scorer + what is counted.

The vocabulary is inspect_ai's. A score carries value, answer and explanation; an item whose solver failed
is unscored and counted as such, never averaged. Scores are a log: figures can be computed from them again
without solving again.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from assistant.errors import AssistantError
from evals.intervals import Interval


class Sample(Protocol):
    """One item of a dataset."""

    @property
    def id(self) -> str: ...

    @property
    def family(self) -> str: ...


S = TypeVar("S", bound=Sample)
A = TypeVar("A")
Values = dict[str, float]
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Score:
    """One answer judged. A key missing from `values` does not apply to the item; None: unscored."""

    id: str
    family: str
    target: str
    answer: str
    values: Values | None
    explanation: str = ""


@dataclass(frozen=True)
class Judged:
    """What a scorer says of one answer."""

    target: str
    answer: str
    values: Values
    explanation: str = ""


@dataclass(frozen=True)
class Metric:
    """A figure over scores that apply to it."""

    key: str
    label: str
    of: Callable[[Sequence[Score]], Interval | None]


@dataclass(frozen=True)
class Solver(Generic[S, A]):
    """A way to answer: the product, or a baseline."""

    name: str
    label: str
    solve: Callable[[S], A]


@dataclass(frozen=True)
class View(Generic[S]):
    """One table of a task: items grouped, each group counted. A group of None leaves the item out.

    Groups stand in the order given; those it does not name follow as they come. `solvers` names those shown
    (all where it names none).
    """

    key: str
    label: str
    group: Callable[[S], str | None]
    metrics: tuple[Metric, ...]
    order: tuple[str, ...] = ()
    solvers: tuple[str, ...] = ()

    def shows(self, solver: str) -> bool:
        """Whether a solver has a column here."""
        return not self.solvers or solver in self.solvers


@dataclass(frozen=True)
class Task(Generic[S, A]):
    """What is asked, who answers (the product first, baselines beside it), how it is judged and counted."""

    name: str
    label: str
    dataset: tuple[S, ...]
    solvers: tuple[Solver[S, A], ...]
    scorer: Callable[[S, A], Judged]
    views: tuple[View[S], ...]


@dataclass(frozen=True)
class Figure:
    """One number of a table with its interval; `interval` is None where nothing applied."""

    task: str
    view: str
    group: str
    metric: str
    label: str
    solver: str
    interval: Interval | None
    unscored: int


@dataclass(frozen=True)
class TaskResult:
    """A task's answers, judged, and the figures over them."""

    task: Task[Any, Any]
    scores: dict[str, tuple[Score, ...]]
    figures: tuple[Figure, ...]

    @property
    def unscored(self) -> int:
        """Items for which a solver failed."""
        return sum(score.values is None for scores in self.scores.values() for score in scores)


def run_task(task: Task[S, A], progress: Progress) -> TaskResult:
    """Solve and score every item with every solver, then count."""
    scores: dict[str, tuple[Score, ...]] = {}
    total = len(task.dataset)
    for solver in task.solvers:
        judged = []
        for done, sample in enumerate(task.dataset, start=1):
            judged.append(_score(task, solver, sample))
            progress(f"{task.label}·{solver.label}", done, total)
        scores[solver.name] = tuple(judged)
    return TaskResult(task, scores, tuple(_figures(task, scores)))


def _score(task: Task[S, A], solver: Solver[S, A], sample: S) -> Score:
    try:
        answer = solver.solve(sample)
    except AssistantError as fault:
        return Score(sample.id, sample.family, "", "", None, str(fault))
    said = task.scorer(sample, answer)
    return Score(sample.id, sample.family, said.target, said.answer, said.values, said.explanation)


def _figures(task: Task[S, A], scores: dict[str, tuple[Score, ...]]) -> list[Figure]:
    return [
        _figure((task.name, view.key, group), metric, solver.name, [scores[solver.name][row] for row in rows])
        for view in task.views
        for group, rows in _groups(task.dataset, view).items()
        for metric in view.metrics
        for solver in task.solvers
        if view.shows(solver.name)
    ]


def _figure(place: tuple[str, str, str], metric: Metric, solver: str, scores: Sequence[Score]) -> Figure:
    scored = [score for score in scores if score.values is not None]
    unscored = len(scores) - len(scored)
    return Figure(*place, metric.key, metric.label, solver, metric.of(scored), unscored)


def _groups(dataset: Sequence[S], view: View[S]) -> dict[str, list[int]]:
    groups: dict[str, list[int]] = {name: [] for name in view.order}
    for row, sample in enumerate(dataset):
        name = view.group(sample)
        if name is not None:
            groups.setdefault(name, []).append(row)
    return {name: rows for name, rows in groups.items() if rows}
