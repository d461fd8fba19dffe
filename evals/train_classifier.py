"""Train the outcome classifier from committed data: `python -m evals.train_classifier` (some ten minutes).

Learns from the train and dev families; calibrates on predictions made out of fold; never opens the test
families. Seeded: the same data give the same weights. Writes corpus/classifier/.
"""

import hashlib
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from random import Random
from typing import Any

import numpy as np

from assistant.law.outcomes import load_outcomes
from assistant.retrieval.embedding import StaticEmbedder
from assistant.settings import ROOT
from assistant.triage.features import Evidence, GramSpace, SignalSpace, vectors_of, vocabulary_of
from assistant.triage.signals import SignalTable, load_signals
from assistant.triage.weights import CARD, FOLDER, NUMBERS, VECTORS, WORDS, Reader
from evals.labelled import LABELLED_ON, REQUESTS, LabelledRequest, load_requests
from evals.train_examples import (
    STATEMENTS,
    Builder,
    Example,
    Mixture,
    Statements,
    forget,
    load_statements,
)
from evals.train_weighing import (
    Matrix,
    Unseen,
    Weighing,
    columns,
    coverage_and_risk,
    crosswise,
    threshold,
    weigh,
)


@dataclass(frozen=True)
class Recipe:
    """Everything chosen on the development families."""

    seed: int = 20261123
    folds: int = 5
    inverse_penalty: float = 10.0
    iterations: int = 200
    tolerance: float = 1e-3
    grams_in_texts: int = 2
    grams_kept: int = 30000
    request_scale: float = 2.0
    findings_scale: float = 4.0
    sum_scale: float = 1.2
    mark_scale: float = 0.6
    vector_scale: float = 1.0
    signal_loss_at_weighing: float = 0.5
    inverse_weighing_penalty: float = 0.03
    mixture: Mixture = field(default_factory=Mixture)


def fit(examples: Sequence[Example], train: "Trainer") -> Reader:
    """Multinomial logistic regression over the four feature spaces."""
    import scipy.sparse as sparse
    from sklearn.linear_model import LogisticRegression

    codes, recipe, embedder = train.codes, train.recipe, train.embedder
    words, spaces = {}, {}
    for name in ("request", "findings"):
        texts = sorted({getattr(example.evidence, name) for example in examples})
        words[name], idf = vocabulary_of(texts, recipe.grams_in_texts, recipe.grams_kept)
        spaces[name] = GramSpace(words[name], idf)
    space = SignalSpace(codes, tuple(rule.name for rule in train.signals.rules))
    vectors = np.array([vectors_of(embedder, example.evidence) for example in examples])
    scales = _scales(words, space, vectors.shape[1], recipe)
    blocks = [
        _sparse(spaces["request"], [example.evidence.request for example in examples]),
        _sparse(spaces["findings"], [example.evidence.findings for example in examples]),
        sparse.csr_matrix(np.array([space.encode(example.evidence) for example in examples])),
        sparse.csr_matrix(vectors),
    ]
    table = (sparse.hstack(blocks).tocsr() @ sparse.diags(scales)).astype(np.float32)
    model = LogisticRegression(C=recipe.inverse_penalty, max_iter=recipe.iterations, tol=recipe.tolerance)
    model.fit(table, [e.code for e in examples], sample_weight=[e.weight for e in examples])
    order = [list(model.classes_).index(code) for code in codes]
    weights = (model.coef_[order] * scales).T.astype(np.float32)
    cuts = np.cumsum([len(words["request"]), len(words["findings"]), len(space.place)])
    request, findings, marks, near = np.split(weights, cuts)
    numbers = {
        "request": request,
        "findings": findings,
        "signals": marks,
        "vectors": near,
        "bias": model.intercept_[order].astype(np.float32),
    }
    return Reader(spaces["request"], spaces["findings"], space, embedder, numbers)


def out_of_fold(
    items: Sequence[LabelledRequest],
    statements: Statements,
    train: "Trainer",
    recipe: Recipe,
) -> Unseen:
    """Each item as predicted by weights that saw nothing of its family."""
    families = sorted({item.family for item in items})
    Random(recipe.seed).shuffle(families)
    fold_of = {family: at % recipe.folds for at, family in enumerate(families)}
    chance = Random(recipe.seed)
    folds = np.array([fold_of[item.family] for item in items])
    read: dict[int, Matrix] = {}
    for fold in range(recipe.folds):
        reader = train([item for item in items if fold_of[item.family] != fold], statements)
        for at, item in enumerate(items):
            if folds[at] == fold:
                read[at] = reader.readings(train.unseen(item.request, item.findings, chance)).astype(float)
    gold = columns(train.codes, [item.outcome for item in items])
    return Unseen(np.array([read[at] for at in range(len(items))]), gold, folds)


class Trainer:
    """Fits weights on labelled requests and statements under one recipe."""

    def __init__(self, codes: Sequence[str], signals: SignalTable, recipe: Recipe) -> None:
        self.codes, self.signals, self.recipe = tuple(codes), signals, recipe
        self.builder = Builder(signals, recipe.mixture)
        self.embedder = StaticEmbedder.load(ROOT / "corpus" / VECTORS)

    def __call__(self, items: Sequence[LabelledRequest], statements: Statements) -> Reader:
        examples = self.builder.examples(items, statements, self.recipe.seed)
        return fit(examples, self)

    def unseen(self, request: str, findings: str, chance: Random) -> Evidence:
        """A case as a new letter would come: some of its signals in words no rule knows yet."""
        return forget(self.builder.evidence(request, findings), self.recipe.signal_loss_at_weighing, chance)


def main() -> None:
    """Fit, weigh, write, and say on stderr what came out."""
    recipe = Recipe()
    outcomes = load_outcomes(ROOT / "corpus" / "rules")
    signals = load_signals(ROOT / "corpus" / "rules", outcomes)
    items = [item for item in load_requests(outcomes) if item.split != "test"]
    statements = load_statements()
    train = Trainer(tuple(outcomes), signals, recipe)
    unseen = out_of_fold(items, statements, train, recipe)
    probabilities = crosswise(unseen, recipe.inverse_weighing_penalty)
    limit = threshold(probabilities, unseen.gold)
    weighing = weigh(unseen.readings, unseen.gold, recipe.inverse_weighing_penalty)
    card = _card(recipe, train, items, limit)
    card["development"] = _figures(probabilities, unseen, limit)
    write(train(items, statements), weighing, card, ROOT / "corpus" / FOLDER)
    json.dump(card["development"], sys.stderr, ensure_ascii=False, indent=1)


def write(reader: Reader, weighing: Weighing, card: dict[str, Any], folder: Path) -> None:
    """Numbers as half-precision safetensors, words and card as JSON."""
    from safetensors.numpy import save_file

    folder.mkdir(parents=True, exist_ok=True)
    spaces = {"request": reader.request_space, "findings": reader.findings_space}
    numbers: dict[str, Any] = {
        **reader.numbers,
        **{f"idf_{name}": space.idf for name, space in spaces.items()},
        "weighing": weighing.weighing,
        "leaning": weighing.leaning,
    }
    tables = {name: np.ascontiguousarray(table.astype(np.float16)) for name, table in numbers.items()}
    save_file(tables, folder / NUMBERS)
    (folder / NUMBERS).chmod(0o644)
    words = {name: list(space.place) for name, space in spaces.items()}
    (folder / WORDS).write_text(json.dumps(words, ensure_ascii=False) + "\n", encoding="utf-8")
    (folder / CARD).write_text(json.dumps(card, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _sparse(space: GramSpace, texts: Sequence[str]) -> Any:
    import scipy.sparse as sparse

    rows = [space.encode(text) for text in texts]
    starts = np.cumsum([0, *(len(places) for places, _ in rows)])
    places = np.concatenate([places for places, _ in rows])
    values = np.concatenate([values for _, values in rows])
    return sparse.csr_matrix((values, places, starts), shape=(len(texts), len(space.idf)))


def _scales(words: dict[str, list[str]], space: SignalSpace, vectors: int, recipe: Recipe) -> Any:
    return np.concatenate(
        [
            np.full(len(words["request"]), recipe.request_scale),
            np.full(len(words["findings"]), recipe.findings_scale),
            np.full(space.sums, recipe.sum_scale),
            np.full(len(space.place) - space.sums, recipe.mark_scale),
            np.full(vectors, recipe.vector_scale),
        ]
    )


def _card(
    recipe: Recipe,
    train: Trainer,
    items: Sequence[LabelledRequest],
    limit: float,
) -> dict[str, Any]:
    paths = [*sorted(REQUESTS.glob("*.jsonl")), *STATEMENTS]
    kept = {key: value for key, value in asdict(recipe).items() if key != "mixture"}
    return {
        "codes": list(train.codes),
        "rules": [rule.name for rule in train.signals.rules],
        "threshold": limit,
        "embedder": train.embedder.fingerprint,
        "recipe": kept
        | {"mixture": {k: v for k, v in asdict(recipe.mixture).items() if not isinstance(v, frozenset)}},
        "labelled_requests": len(items),
        "labelled_on": LABELLED_ON.isoformat(),
        "data": {path.name: hashlib.sha256(path.read_bytes()).hexdigest()[:16] for path in paths},
    }


def _figures(probabilities: Matrix, unseen: Unseen, limit: float) -> dict[str, float]:
    coverage, risk = coverage_and_risk(probabilities, unseen.gold, limit)
    right = float((probabilities.argmax(axis=1) == unseen.gold).mean())
    return {
        "n": len(unseen.gold),
        "top1": round(right, 4),
        "coverage": round(coverage, 4),
        "risk": round(risk, 4),
    }


if __name__ == "__main__":
    main()
