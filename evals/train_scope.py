"""Train the scope of the corpus: `python -m evals.train_scope` (seconds, after train_embedding).

Two steps. The wording: logistic regression over the characters and pairs of the training questions, those the
corpus answers against those it does not. The joint measure: wording, match and known share of the dev questions,
which neither the wording nor the index has seen; its floor lets so many answerable ones fall below. The test
questions are only measured. Writes corpus/scope.json.
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
from evals.labelled import LABELLED_ON, LabelledQuestion, load_questions

CORPUS = ROOT / "corpus"


@dataclass(frozen=True)
class Recipe:
    """Everything chosen on the dev questions."""

    in_questions: int = 2
    inverse_penalty: float = 3.0
    refused_wrongly: float = 0.03
    decimals: int = 3


def main(argv: Sequence[str]) -> None:
    """Train, save, measure, and say what was done."""
    argparse.ArgumentParser(prog="python -m evals.train_scope", description=__doc__).parse_args(argv)
    questions, recipe = load_questions(), Recipe()
    assistant = open_assistant(load_settings())
    weights, bias = learn_wording([q for q in questions if q.split == "train"], recipe)
    scope = join(
        [q for q in questions if q.split == "dev"], Scope(weights, bias, 1, 0, 0, 0), assistant, recipe
    )
    write(scope, CORPUS / FILE)
    for split in ("dev", "test"):
        print(split, figures([q for q in questions if q.split == split], scope, assistant))


def learn_wording(questions: Sequence[LabelledQuestion], recipe: Recipe) -> tuple[dict[str, float], float]:
    """A weight for every character and pair that stands in enough questions, and the bias."""
    from sklearn.linear_model import LogisticRegression

    asked = [set(grams(simplified(question.query))) for question in questions]
    counts = Counter(gram for found in asked for gram in found)
    known = sorted(gram for gram, count in counts.items() if count >= recipe.in_questions)
    model = LogisticRegression(C=recipe.inverse_penalty, max_iter=3000, class_weight="balanced")
    model.fit(_rows(asked, known), [question.answerable for question in questions])
    rounded = np.round(model.coef_[0], recipe.decimals)
    return dict(zip(known, map(float, rounded), strict=True)), float(
        round(model.intercept_[0], recipe.decimals)
    )


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
    questions: Sequence[LabelledQuestion], wording: Scope, assistant: Assistant, recipe: Recipe
) -> Scope:
    """The joint measure fitted to questions that name no provision, and its floor."""
    from sklearn.linear_model import LogisticRegression

    signs: list[list[float]] = []
    answerable: list[bool] = []
    for question in questions:
        match = match_of(assistant.index, question.query, LABELLED_ON)
        if match is not None and match.score > 0 and not match.short:
            signs.append([wording.leaning(simplified(question.query)), np.log(match.score), match.known])
            answerable.append(question.answerable)
    table, held = np.array(signs), np.array(answerable)
    model = LogisticRegression(class_weight="balanced").fit(table, held)
    joint = np.round(model.coef_[0], recipe.decimals)
    floor = float(np.quantile((table @ joint)[held], recipe.refused_wrongly, method="lower"))
    wording_counts, score, known = map(float, joint)
    return replace(
        wording, wording=wording_counts, score=score, known=known, floor=round(floor, recipe.decimals)
    )


def figures(questions: Sequence[LabelledQuestion], scope: Scope, assistant: Assistant) -> dict[str, float]:
    """Share refused of what the corpus does not answer, and of what it does."""
    refused: dict[bool, list[bool]] = {True: [], False: []}
    for question in questions:
        match = match_of(assistant.index, question.query, LABELLED_ON)
        answered = match is None or likely_answered(simplified(question.query), match, scope)
        refused[question.answerable].append(not answered)
    return {
        "n_unanswerable": len(refused[False]),
        "refused": round(float(np.mean(refused[False])), 3),
        "n_answerable": len(refused[True]),
        "wrongly_refused": round(float(np.mean(refused[True])), 3),
    }


def write(scope: Scope, path: Path) -> None:
    """One gram a line, so that a change can be read."""
    joint = {key: getattr(scope, key) for key in ("wording", "score", "known", "floor")}
    found = {"bias": scope.bias, "joint": joint, "weights": scope.weights}
    path.write_text(json.dumps(found, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
