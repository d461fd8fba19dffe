"""Which outcomes are taken for which, and which requests are missed; and everything else told of the task."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from assistant.law.outcomes import Outcomes
from evals.classification_pictures import matrix, pictures
from evals.classification_views import outcome_names
from evals.labelled import LabelledRequest
from evals.task import Extras, Score, TaskResult

LISTED = 15
NAMED = 6


def told(result: TaskResult, outcomes: Outcomes) -> Extras:
    """Confusions and pictures of one run."""
    label = result.task.label
    scores = product(result)
    tables = {}
    if any(score.target != score.answer for score in scores if score.values):
        tables[f"{label}：最常混淆的"] = confused(scores, outcomes)
    codes = list(outcomes)
    record = {"codes": codes, "counts": matrix(scores, codes)}
    return Extras(tables, {"confusion": record}, pictures(result, outcomes))


def product(result: TaskResult) -> tuple[Score, ...]:
    """What the product said: it stands first among the solvers."""
    return result.scores[result.task.solvers[0].name]


def confused(scores: Sequence[Score], outcomes: Outcomes) -> list[list[str]]:
    """The commonest confusions, with the requests they happened to."""
    wrong: dict[tuple[str, str], list[str]] = {}
    for score in scores:
        if score.values and score.target != score.answer:
            wrong.setdefault((score.target, score.answer), []).append(score.id)
    names = outcome_names(outcomes)
    of = Counter(score.target for score in scores if score.values)
    rows = [
        [
            names[label],
            names[said],
            f"{len(ids)}/{of[label]}",
            "、".join(ids[:NAMED]) + ("…" if len(ids) > NAMED else ""),
        ]
        for (label, said), ids in sorted(wrong.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    ]
    return [["标注", "判为", "件数", "编号"], *rows[:LISTED]]


def missed(result: TaskResult) -> list[list[str]]:
    """Every request the product judges otherwise than its label, the surest mistakes first."""
    items: dict[str, LabelledRequest] = {item.id: item for item in result.task.dataset}
    wrong = [score for score in product(result) if score.values and score.target != score.answer]
    rows = [
        [
            score.id,
            score.target,
            score.answer,
            f"{score.values['probability']:.2f}",
            score.explanation.split("，列第 ")[-1].split("；")[0],
            "可辩护" if score.answer in items[score.id].acceptable else "",
            "" if score.values["answered"] else "弃权",
        ]
        for score in sorted(wrong, key=_surest)
        if score.values
    ]
    return [["编号", "标注", "判为", "概率", "标注列第", "首位可辩护", "弃权"], *rows]


def _surest(score: Score) -> tuple[Any, ...]:
    values = score.values or {}
    return -values["answered"], -values["probability"], score.id
