"""What the product must beat: the majority, the nearest labelled request, plain BM25, vectors alone."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from assistant.ingest.passages import Passage
from assistant.law.provisions import ProvisionRef
from assistant.triage.signals import SignalTable
from evals.bm25 import Bm25, Cut, by_pairs
from evals.labelled import LabelledRequest

# What a ranking of passages is judged by: an article of a statute, or a passage that is none.
Unit = ProvisionRef | str
Scorer = Callable[[str], NDArray[np.float64]]


@dataclass(frozen=True)
class Ranking:
    """Outcome codes, best first; `abstain` is None where the method cannot abstain."""

    codes: tuple[str, ...]
    probability: float | None = None
    abstain: bool | None = None
    basis: tuple[str, ...] = ()


def majority(train: Iterable[LabelledRequest]) -> Callable[[LabelledRequest], Ranking]:
    """The outcomes by how often they occur in training, whatever is asked; as sure as the first is common there."""
    counts = Counter(item.outcome for item in train)
    codes = tuple(sorted(counts, key=lambda code: (-counts[code], code)))
    ranking = Ranking(codes, counts[codes[0]] / counts.total())
    return lambda _: ranking


def nearest(train: Sequence[LabelledRequest]) -> Callable[[LabelledRequest], Ranking]:
    """The outcomes of the training requests most alike in pairs of characters, request and findings together."""
    index = Bm25([_both(item) for item in train], by_pairs)

    def solve(item: LabelledRequest) -> Ranking:
        found = (train[at].outcome for at in index.ranked(_both(item)))
        return Ranking(tuple(dict.fromkeys(found)) or (train[0].outcome,))

    return solve


def rules_alone(
    signals: SignalTable, train: Iterable[LabelledRequest], on: date
) -> Callable[[LabelledRequest], Ranking]:
    """The outcomes by the weight of the signals that point to them: no training, no words but the rules' own.

    Where signals weigh alike, and where there are none, the outcome that is commoner in training goes first.
    """
    common = Counter(item.outcome for item in train)

    def solve(item: LabelledRequest) -> Ranking:
        weights: Counter[str] = Counter()
        for signal in signals.find(signals.quiet(item.request), item.findings, on):
            weights[signal.points_to] += signal.weight
        codes = {*weights, *common}
        return Ranking(tuple(sorted(codes, key=lambda code: (-weights[code], -common[code], code))))

    return solve


def unit_of(passage: Passage) -> Unit:
    """The article of a provision; a passage without one is judged as itself."""
    return passage.ref.whole_article if passage.ref else passage.id


class PassageRanker:
    """Articles by their best passage among those in force on a day, under any score."""

    def __init__(self, passages: Sequence[Passage], on: date, score: Scorer) -> None:
        self._units = [unit_of(passage) for passage in passages]
        self._parts = [passage.ref for passage in passages]
        self._living = np.array([passage.holds(on) for passage in passages])
        self._score = score

    def ranked(self, query: str, k: int) -> list[tuple[Unit, ProvisionRef | None]]:
        """The first k articles, each with its best part; what scores nothing is left out."""
        totals = np.where(self._living, self._score(query), 0.0)
        best: dict[Unit, ProvisionRef | None] = {}
        for at in np.argsort(-totals, kind="stable"):
            if totals[at] <= 0 or len(best) == k:
                break
            best.setdefault(self._units[at], self._parts[at])
        return list(best.items())


def bm25_scores(passages: Sequence[Passage], cut: Cut) -> Scorer:
    """BM25 over the searched text of passages."""
    return Bm25([passage.text for passage in passages], cut).scores


def cosines(rows: NDArray[np.float32], embed: Callable[[str], NDArray[np.float32]]) -> Scorer:
    """Exact cosine of a query's vector with every row; rows and vector are of length one."""
    table = rows.astype(float)
    return lambda query: table @ embed(query).astype(float)


def _both(item: LabelledRequest) -> str:
    return f"{item.request}\n{item.findings}"
