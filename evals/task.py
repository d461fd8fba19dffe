"""An evaluation as values: task = dataset + solvers + scorer + what is counted.

The vocabulary is inspect_ai's. A score carries value, answer and explanation; an item whose solver failed
is unscored and counted as such, never averaged. Scores are a log: figures can be computed from them again
without solving again.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Generic, Protocol, TypeVar

from assistant.errors import AssistantError
from assistant.triage.abreast import in_turn
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
    """A way to answer: the product, a baseline, a chat model; `at_once`: how many items it is best given at a time."""

    name: str
    label: str
    solve: Callable[[S], A]
    at_once: int = 1


@dataclass(frozen=True)
class View(Generic[S]):
    """One table of a task: items grouped, each group counted. A group of None leaves the item out.

    Groups stand in the order given; those it does not name follow as they come. `solvers` names those shown
    (all where it names none). Where `by_answer` is given, each solver's scores are grouped by what it said
    instead: by its own outcome, or by how sure it was.
    """

    key: str
    label: str
    group: Callable[[S], str | None]
    metrics: tuple[Metric, ...]
    order: tuple[str, ...] = ()
    solvers: tuple[str, ...] = ()
    by_answer: Callable[[Score], str | None] | None = None

    def shows(self, solver: str) -> bool:
        """Whether a solver has a column here."""
        return not self.solvers or solver in self.solvers


@dataclass(frozen=True)
class Picture:
    """A picture of a result, as SVG, shown under the table of a view; `name` is its file's."""

    name: str
    caption: str
    view: str
    svg: str


@dataclass(frozen=True)
class Extras:
    """What else a task tells of its result: tables by title, a record for machines, pictures."""

    tables: Mapping[str, list[list[str]]] = field(default_factory=dict)
    record: Mapping[str, Any] = field(default_factory=dict)
    pictures: tuple[Picture, ...] = ()


@dataclass(frozen=True)
class Task(Generic[S, A]):
    """What is asked, who answers (the product first, baselines beside it), how it is judged and counted.

    `right` is the value that says whether an item was answered right (1): two runs are compared by it. `words`
    are those of an item as people read them.
    """

    name: str
    label: str
    dataset: tuple[S, ...]
    solvers: tuple[Solver[S, A], ...]
    scorer: Callable[[S, A], Judged]
    views: tuple[View[S], ...]
    extras: Callable[["TaskResult"], Extras] = lambda _: Extras()
    right: str = "right"
    words: Callable[[S], str] = lambda _: ""


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
    """A task's answers, judged, and the figures over them; `answers` as the solvers gave them, None where one failed."""

    task: Task[Any, Any]
    scores: dict[str, tuple[Score, ...]]
    figures: tuple[Figure, ...]
    answers: Mapping[str, tuple[Any, ...]] = field(default_factory=dict)

    @property
    def unscored(self) -> int:
        """Items for which a solver failed."""
        return sum(score.values is None for scores in self.scores.values() for score in scores)


def run_task(task: Task[S, A], progress: Progress) -> TaskResult:
    """Solve and score every item with every solver, then count."""
    scores: dict[str, tuple[Score, ...]] = {}
    answers: dict[str, tuple[A | None, ...]] = {}
    total = len(task.dataset)
    for solver in task.solvers:
        judged, said = [], []
        solved = in_turn(partial(_solve, solver), task.dataset, solver.at_once)
        for done, (sample, answer) in enumerate(zip(task.dataset, solved, strict=True), start=1):
            judged.append(_score(task, sample, answer))
            said.append(None if isinstance(answer, AssistantError) else answer)
            progress(f"{task.label}·{solver.label}", done, total)
        scores[solver.name], answers[solver.name] = tuple(judged), tuple(said)
    return TaskResult(task, scores, tuple(_figures(task, scores)), answers)


def _solve(solver: Solver[S, A], sample: S) -> A | AssistantError:
    try:
        return solver.solve(sample)
    except AssistantError as fault:
        return fault


def _score(task: Task[S, A], sample: S, answer: A | AssistantError) -> Score:
    if isinstance(answer, AssistantError):
        return Score(sample.id, sample.family, "", "", None, str(answer))
    said = task.scorer(sample, answer)
    return Score(sample.id, sample.family, said.target, said.answer, said.values, said.explanation)


def _figures(task: Task[S, A], scores: dict[str, tuple[Score, ...]]) -> list[Figure]:
    return [
        _figure((task.name, view.key, group), metric, solver, grouped[solver].get(group, []))
        for view in task.views
        for grouped in [_grouped(task, scores, view)]
        for group in _names(view, grouped)
        for metric in view.metrics
        for solver in grouped
    ]


def _grouped(
    task: Task[S, A], scores: dict[str, tuple[Score, ...]], view: View[S]
) -> dict[str, dict[str, list[Score]]]:
    """Each solver the view shows, with its scores by group."""
    found: dict[str, dict[str, list[Score]]] = {}
    for solver in task.solvers:
        if view.shows(solver.name):
            groups = found.setdefault(solver.name, {})
            for sample, score in zip(task.dataset, scores[solver.name], strict=True):
                name = view.by_answer(score) if view.by_answer else view.group(sample)
                if name is not None:
                    groups.setdefault(name, []).append(score)
    return found


def _names(view: View[S], grouped: Mapping[str, Mapping[str, list[Score]]]) -> list[str]:
    """The groups anything stands in: those the view names first, in its order."""
    found = dict.fromkeys(name for groups in grouped.values() for name in groups)
    return [name for name in view.order if name in found] + [n for n in found if n not in view.order]


def _figure(place: tuple[str, str, str], metric: Metric, solver: str, scores: Sequence[Score]) -> Figure:
    scored = [score for score in scores if score.values is not None]
    unscored = len(scores) - len(scored)
    return Figure(*place, metric.key, metric.label, solver, metric.of(scored), unscored)
