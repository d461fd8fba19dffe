"""What is counted over scores: shares, means, macro-F1, calibration; and the two ranking measures."""

from collections.abc import Collection, Hashable, Sequence
from math import log2

import numpy as np

from evals.intervals import Interval, Rows, bootstrap, macro_f1, mean_by_family, wilson
from evals.task import Metric, Score

BINS = 10


def share(key: str, label: str) -> Metric:
    """Share of ones under a key, with Wilson's interval."""

    def of(scores: Sequence[Score]) -> Interval | None:
        values = _values(scores, key)
        return wilson(sum(value == 1 for value in values), len(values))

    return Metric(key, label, of)


def mean(key: str, label: str) -> Metric:
    """Mean of the values under a key (of ones and noughts: their share), bootstrapped by family."""

    def of(scores: Sequence[Score]) -> Interval | None:
        return mean_by_family(_families(scores, key), _values(scores, key))

    return Metric(key, label, of)


def f1(key: str, label: str) -> Metric:
    """Macro-F1 of answer against target, bootstrapped by family."""

    def of(scores: Sequence[Score]) -> Interval | None:
        gold, said = [score.target for score in scores], [score.answer for score in scores]
        return bootstrap([score.family for score in scores], macro_f1(gold, said))

    return Metric(key, label, of)


def calibration(key: str, label: str, right: str) -> Metric:
    """Expected calibration error of the probability under `key` that the value under `right` is one.

    Ten bins of equal width: Σ share of bin × |mean probability − share right|.
    """

    def of(scores: Sequence[Score]) -> Interval | None:
        said = [score for score in scores if key in (score.values or {})]
        claimed, true = np.array(_values(said, key)), np.array(_values(said, right))
        bins = np.minimum((claimed * BINS).astype(int), BINS - 1)

        def statistic(rows: Rows) -> float:
            gaps = np.bincount(bins[rows], weights=(claimed - true)[rows], minlength=BINS)
            return float(np.abs(gaps).sum() / len(rows))

        return bootstrap(_families(said, key), statistic)

    return Metric(key, label, of)


def reciprocal_rank(ranked: Sequence[Hashable], wanted: Collection[Hashable], depth: int = 10) -> float:
    """1 / rank of the first wanted item among the first `depth`, or 0."""
    return next((1 / rank for rank, item in enumerate(ranked[:depth], start=1) if item in wanted), 0.0)


def ndcg(ranked: Sequence[Hashable], wanted: Collection[Hashable], depth: int = 10) -> float:
    """Discounted gain of wanted items over the best order's, each gain 1 / log2(rank + 1)."""
    gain = sum(1 / log2(rank + 1) for rank, item in enumerate(ranked[:depth], start=1) if item in wanted)
    best = sum(1 / log2(rank + 1) for rank in range(1, min(depth, len(wanted)) + 1))
    return gain / best if best else 0.0


def _values(scores: Sequence[Score], key: str) -> list[float]:
    return [score.values[key] for score in scores if score.values and key in score.values]


def _families(scores: Sequence[Score], key: str) -> list[str]:
    return [score.family for score in scores if score.values and key in score.values]
