"""The log of a run: what was asked, what each method answered, how that was judged, and what it all rests on.

One gzipped file of JSON lines; the first tells of the run, then each task has its items and its answers. From it
figures are counted anew under another scorer, and two runs are compared, without asking anybody again.
"""

import gzip
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from assistant.errors import AssistantError, InputError
from evals.plain_values import from_plain, to_plain
from evals.task import Score, Solver, TaskResult

NAME = "latest.log.jsonl.gz"
DAMAGED = "评测记录损坏或者不是评测记录：{}。请换一份，或者重新评测。"


class NotAnswered(AssistantError):
    """What a method failed with when the log was written, told again in its words."""


@dataclass
class Logged:
    """A task of a log: its items, and per method the plain answers and the scores, in the order of the items."""

    samples: list[Any] = field(default_factory=list)
    words: dict[str, str] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    right: str = "right"
    label: str = ""
    answers: dict[str, dict[str, Any]] = field(default_factory=dict)
    scores: dict[str, list[Score]] = field(default_factory=dict)


@dataclass(frozen=True)
class Log:
    """A run as it was kept: what it rests on, and its tasks by name."""

    made_from: Mapping[str, Any]
    tasks: Mapping[str, Logged]


def write_log(folder: Path, results: Iterable[TaskResult], made_from: Mapping[str, Any]) -> Path:
    """The log in a folder, made where it is missing. The same run gives the same bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / NAME
    with (
        path.open("wb") as raw,
        gzip.GzipFile("", "wb", 6, raw, mtime=0) as packed,
        io.TextIOWrapper(packed, encoding="utf-8") as stream,
    ):
        for row in _rows(results, made_from):
            stream.write(json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n")
    return path


def read_log(place: Path) -> Log:
    """The log of a folder, or one named itself. Raises InputError where there is none or it cannot be read."""
    path = place / NAME if place.is_dir() else place
    if not path.is_file():
        raise InputError(f"找不到评测记录：{path}。请写评测结果所在的目录，或者其中的 {NAME}。")
    tasks: dict[str, Logged] = {}
    try:
        with gzip.open(path, "rt", encoding="utf-8") as stream:
            made_from = json.loads(next(stream))["run"]
            for line in stream:
                _take(json.loads(line), tasks)
    except (OSError, EOFError, ValueError, KeyError, TypeError, StopIteration) as fault:
        raise InputError(DAMAGED.format(path)) from fault
    return Log(made_from, tasks)


def replayed(logged: Logged, known: Mapping[str, Solver[Any, Any]]) -> tuple[Solver[Any, Any], ...]:
    """The methods of a logged task, answering as they did; what failed then fails again."""
    return tuple(
        Solver(name, known[name].label if name in known else logged.labels[name], _replay(answers))
        for name, answers in logged.answers.items()
    )


def _replay(answers: Mapping[str, Any]) -> Any:
    def solve(sample: Any) -> Any:
        kept = answers.get(sample.id)
        if kept is None or "fault" in kept:
            raise NotAnswered(kept["fault"] if kept else "记录里没有这一件的回答。")
        return from_plain(kept["answer"])

    return solve


def _rows(results: Iterable[TaskResult], made_from: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    yield {"run": dict(made_from)}
    for result in results:
        task = result.task
        labels = {solver.name: solver.label for solver in task.solvers}
        yield {"task": task.name, "label": task.label, "right": task.right, "solvers": labels}
        for sample in task.dataset:
            yield {"task": task.name, "words": task.words(sample), "sample": to_plain(sample)}
        for solver, scores in result.scores.items():
            for score, answer in zip(scores, result.answers[solver], strict=True):
                yield {"task": task.name, "solver": solver, "score": _plain_score(score)} | (
                    {"fault": score.explanation} if score.values is None else {"answer": to_plain(answer)}
                )


def _plain_score(score: Score) -> dict[str, Any]:
    return {
        "id": score.id,
        "family": score.family,
        "target": score.target,
        "answer": score.answer,
        "values": score.values,
        "explanation": score.explanation,
    }


def _take(row: dict[str, Any], tasks: dict[str, Logged]) -> None:
    task = tasks.setdefault(row["task"], Logged())
    if "solvers" in row:
        task.label, task.right, task.labels = row["label"], row["right"], dict(row["solvers"])
    elif "sample" in row:
        task.samples.append(row["sample"])
        task.words[row["sample"]["id"]] = row["words"]
    else:
        score = Score(**row["score"])
        task.scores.setdefault(row["solver"], []).append(score)
        task.answers.setdefault(row["solver"], {})[score.id] = row
