"""What is counted over scores: shares, means, macro-F1, calibration; and the two ranking measures."""

from collections.abc import Collection, Hashable, Sequence
from math import log2

import numpy as np
from numpy.typing import NDArray

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


def f_beta(key: str, label: str, negative: str, beta: float) -> Metric:
    """F-beta of saying anything but `negative` where it is due, bootstrapped by family.

    (1 + β²) · TP / ((1 + β²) · TP + β² · FN + FP); above one, β makes what is missed weigh more than what
    is said in vain.
    """

    def of(scores: Sequence[Score]) -> Interval | None:
        due = np.array([score.target != negative for score in scores], dtype=bool)
        said = np.array([score.answer != negative for score in scores], dtype=bool)
        weight = beta * beta

        def statistic(rows: Rows) -> float:
            both = (1 + weight) * float((due[rows] & said[rows]).sum())
            missed, vain = float((due[rows] & ~said[rows]).sum()), float((said[rows] & ~due[rows]).sum())
            return both / (both + weight * missed + vain) if both + missed + vain else 1.0

        return bootstrap([score.family for score in scores], statistic)

    return Metric(key, label, of)


def risk_at(coverage: float, label: str, key: str, right: str) -> Metric:
    """Share wrong among the surest answers, so many of all as `coverage` says; bootstrapped by family."""

    def of(scores: Sequence[Score]) -> Interval | None:
        said = [score for score in scores if key in (score.values or {})]
        sure, wrong = np.array(_values(said, key)), 1 - np.array(_values(said, right))

        def statistic(rows: Rows) -> float:
            return float(risks(sure[rows], wrong[rows])[max(1, round(coverage * len(rows))) - 1])

        return bootstrap(_families(said, key), statistic)

    return Metric(f"risk_at_{round(coverage * 100)}", label, of)


def area_under_risk(key: str, label: str, right: str) -> Metric:
    """Mean share wrong over every number of surest answers (AURC): nought is best, the error rate is chance."""

    def of(scores: Sequence[Score]) -> Interval | None:
        said = [score for score in scores if key in (score.values or {})]
        sure, wrong = np.array(_values(said, key)), 1 - np.array(_values(said, right))

        def statistic(rows: Rows) -> float:
            return float(risks(sure[rows], wrong[rows]).mean())

        return bootstrap(_families(said, key), statistic)

    return Metric("aurc", label, of)


def risks(sure: NDArray[np.float64], wrong: NDArray[np.float64]) -> NDArray[np.float64]:
    """Share wrong among the first, the first two, … the first n answers, the surest first.

    Answers that are equally sure are taken together: each of them counts as wrong as they are on average.
    """
    order = np.argsort(-sure, kind="stable")
    level, mistakes = sure[order], wrong[order]
    starts = np.flatnonzero(np.concatenate([[True], level[1:] != level[:-1]]))
    sizes = np.diff(np.append(starts, len(order)))
    shared = np.repeat(np.add.reduceat(mistakes, starts) / sizes, sizes)
    return np.asarray(np.cumsum(shared) / np.arange(1, len(order) + 1))


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
