"""Train the scope of the corpus: `python -m evals.train_scope` (seconds, after train_embedding).

Two steps. The wording: logistic regression over the characters and pairs of the training questions, those the
corpus answers against those it does not; `--extra` adds lay questions about other law to the latter. The joint
measure: wording, match and known share of the dev questions, which neither the wording nor the index has seen; its
floor lets so many answerable ones fall below. The test questions, and those kept out of the extra set, are only
measured. Writes corpus/scope.json.
"""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from assistant.pipeline import Assistant, open_assistant
from assistant.retrieval.lexical import grams
from assistant.retrieval.scope import FILE, Scope, likely_answered
from assistant.retrieval.search import match_of
from assistant.retrieval.wording import simplified
from assistant.settings import ROOT, load_settings
from evals.embedding_data import KEPT_OUT, read_extra
from evals.labelled import LABELLED_ON, load_questions

CORPUS = ROOT / "corpus"

# A question, and whether the corpus answers it.
Asked = tuple[str, bool]


@dataclass(frozen=True)
class Recipe:
    """Everything chosen on the dev questions."""

    in_questions: int = 2
    inverse_penalty: float = 10.0
    refused_wrongly: float = 0.04
    decimals: int = 3


def main(argv: Sequence[str]) -> None:
    """Train, save, measure, and say what was done."""
    parser = argparse.ArgumentParser(prog="python -m evals.train_scope", description=__doc__)
    parser.add_argument("--extra", type=Path, help="lay questions in STARD's form")
    chosen = parser.parse_args(argv)
    questions, recipe, assistant = load_questions(), Recipe(), open_assistant(load_settings())
    other, kept_out = other_law(chosen.extra, assistant) if chosen.extra else ([], [])
    learnt = [(q.query, q.answerable) for q in questions if q.split == "train"]
    weights, bias = learn_wording([*learnt, *((query, False) for query in other)], recipe)
    asked = {
        split: [(q.query, q.answerable) for q in questions if q.split == split] for split in ("dev", "test")
    }
    scope = join(asked["dev"], (weights, bias), assistant, recipe)
    write(scope, CORPUS / FILE)
    asked["other law"] = [(query, False) for query in kept_out]
    for name, rows in asked.items():
        print(name, figures(rows, scope, assistant))


def other_law(path: Path, assistant: Assistant) -> tuple[list[str], list[str]]:
    """Lay questions that no law held here answers: those to learn from, and those kept out to measure by."""
    held = tuple(law.name for law in assistant.statutes.instruments if law.articles)
    rows = read_extra(path)
    kept = set(map(id, rows[-KEPT_OUT:]))
    about = [row for row in rows if not any(name in place for place in row["相关法规"] for name in held)]
    learnt = [row["问题"] for row in about if id(row) not in kept]
    return learnt, [row["问题"] for row in about if id(row) in kept]


def learn_wording(questions: Sequence[Asked], recipe: Recipe) -> tuple[dict[str, float], float]:
    """A weight for every character and pair that stands in enough questions, and the bias."""
    from sklearn.linear_model import LogisticRegression

    asked = [set(grams(simplified(query))) for query, _ in questions]
    counts = Counter(gram for found in asked for gram in found)
    known = sorted(gram for gram, count in counts.items() if count >= recipe.in_questions)
    model = LogisticRegression(C=recipe.inverse_penalty, max_iter=3000, class_weight="balanced")
    model.fit(_rows(asked, known), [answerable for _, answerable in questions])
    rounded = np.round(model.coef_[0], recipe.decimals)
    bias = float(round(model.intercept_[0], recipe.decimals))
    return dict(zip(known, map(float, rounded), strict=True)), bias


def _rows(asked: Sequence[set[str]], known: Sequence[str]) -> Any:
    """One row a question: which grams it holds, by the root of how many it holds in all."""
    import scipy.sparse as sparse

    place = {gram: at for at, gram in enumerate(known)}
    cells = [
        (row, place[gram], 1 / np.sqrt(len(found)))
        for row, found in enumerate(asked)
        for gram in sorted(found)
        if gram in place
    ]
    rows, columns, values = zip(*cells, strict=True)
    return sparse.csr_matrix((values, (rows, columns)), shape=(len(asked), len(known)))


def join(
    questions: Sequence[Asked], wording: tuple[dict[str, float], float], assistant: Assistant, recipe: Recipe
) -> Scope:
    """The joint measure fitted to questions that name no provision, and its floor."""
    from sklearn.linear_model import LogisticRegression

    scope = Scope(*wording, wording=1.0, score=0.0, known=0.0, floor=0.0)
    signs: list[list[float]] = []
    answerable: list[bool] = []
    for query, right in questions:
        match = match_of(assistant.index, query, LABELLED_ON)
        if match is not None and match.score > 0 and not match.short:
            signs.append([scope.leaning(simplified(query)), float(np.log(match.score)), match.known])
            answerable.append(right)
    table, held = np.array(signs), np.array(answerable)
    model = LogisticRegression(class_weight="balanced").fit(table, held)
    counts = np.round(model.coef_[0], recipe.decimals)
    floor = float(np.quantile((table @ counts)[held], recipe.refused_wrongly, method="lower"))
    words, score, known = map(float, counts)
    return replace(scope, wording=words, score=score, known=known, floor=round(floor, recipe.decimals))


def figures(questions: Sequence[Asked], scope: Scope, assistant: Assistant) -> dict[str, float]:
    """Share refused of what the corpus does not answer, and of what it does."""
    refused: dict[bool, list[bool]] = {True: [], False: []}
    for query, answerable in questions:
        match = match_of(assistant.index, query, LABELLED_ON)
        answered = match is None or likely_answered(simplified(query), match, scope)
        refused[answerable].append(not answered)
    return {
        name: value
        for right, name, count in (
            (False, "refused", "unanswerable"),
            (True, "wrongly_refused", "answerable"),
        )
        if refused[right]
        for name, value in ((count, len(refused[right])), (name, round(float(np.mean(refused[right])), 3)))
    }


def write(scope: Scope, path: Path) -> None:
    """One gram a line, so that a change can be read."""
    joint = {key: getattr(scope, key) for key in ("wording", "score", "known", "floor")}
    found = {"bias": scope.bias, "joint": joint, "weights": scope.weights}
    path.write_text(json.dumps(found, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
