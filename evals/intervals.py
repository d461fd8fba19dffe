"""95 % intervals. A figure without one, or without its n, is not a result.

Shares of independent items carry Wilson's score interval. Where items stand in families (requests of one
scenario, questions about one article), they carry a percentile bootstrap that draws whole families: a search
that misses an article misses most of what is asked about it, so that three hundred questions about fifty
articles know little more than fifty.
"""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from math import sqrt

import numpy as np
from numpy.typing import NDArray

Z = 1.959963984540054
ROUNDS = 2000
SEED = 20261123
# Fewer families than this, and drawing them again and again shows nothing of what else there could be.
FEWEST = 5

Rows = NDArray[np.int64]
Weights = NDArray[np.float64]
Statistic = Callable[[Rows], float]


@dataclass(frozen=True)
class Interval:
    """A value with its 95 % bounds and the number of items it rests on."""

    value: float
    low: float
    high: float
    n: int


def wilson(hits: int, n: int) -> Interval | None:
    """Score interval of a share; None where nothing was counted.

    Wilson 1927: centre (p + z²/2n) / (1 + z²/n), half-width z·√(p(1−p)/n + z²/4n²) / (1 + z²/n).
    """
    if n == 0:
        return None
    return Interval(hits / n, *_score_bounds(hits / n, n), n)


def bootstrap(families: Sequence[Hashable], statistic: Statistic, rounds: int = ROUNDS) -> Interval | None:
    """Percentile bootstrap that draws families; `statistic` maps row numbers (with repeats) to a value.

    `families` names the family of each row. Seeded: the same rows give the same bounds. None where
    there are too few families to say.
    """
    if len(set(families)) < FEWEST:
        return None
    drawn = [statistic(rows) for rows in _drawn_rows(tuple(families), rounds)]
    low, high = np.percentile(drawn, [2.5, 97.5])
    return Interval(float(statistic(np.arange(len(families)))), float(low), float(high), len(families))


def mean_by_family(
    families: Sequence[Hashable], values: Sequence[float], rounds: int = ROUNDS
) -> Interval | None:
    """Mean of values between nought and one, items counting alike, with whole families drawn for its bounds.

    Seeded, and the same draws for the same number of families. With a handful of families, or where all
    values are equal, drawing shows nothing: the bounds are then Wilson's, counting families for items.
    """
    if not values:
        return None
    array = np.asarray(values, dtype=float)
    mean, groups = float(array.mean()), _groups(families)
    if len(groups) < FEWEST or array.min() == array.max():
        low, high = _score_bounds(mean, len(groups))
        return Interval(mean, min(low, mean), max(high, mean), len(values))
    return Interval(mean, *_drawn_bounds(groups, array, rounds), len(values))


def difference_by_family(
    families: Sequence[Hashable], values: Sequence[float], rounds: int = ROUNDS
) -> Interval | None:
    """Mean of paired differences (each from −1 to 1) with whole families drawn; None with a handful of families."""
    groups = _groups(families)
    if len(groups) < FEWEST:
        return None
    array = np.asarray(values, dtype=float)
    return Interval(float(array.mean()), *_drawn_bounds(groups, array, rounds), len(values))


def macro_f1(gold: Sequence[str], said: Sequence[str]) -> Statistic:
    """Mean F1 over the classes that occur among the drawn gold labels.

    A class nobody asked about says nothing in either direction, so it is left out of the mean.
    """
    names = sorted(set(gold) | set(said))
    number = {name: at for at, name in enumerate(names)}
    truth = np.array([number[name] for name in gold])
    guess = np.array([number[name] for name in said])
    right = truth == guess

    def statistic(rows: Rows) -> float:
        size = len(names)
        wanted = np.bincount(truth[rows], minlength=size)
        given = np.bincount(guess[rows], minlength=size)
        hits = np.bincount(truth[rows][right[rows]], minlength=size)
        present = wanted > 0
        return float(np.mean(2 * hits[present] / (wanted + given)[present]))

    return statistic


def _groups(families: Sequence[Hashable]) -> list[Rows]:
    members: dict[Hashable, list[int]] = {}
    for row, family in enumerate(families):
        members.setdefault(family, []).append(row)
    return [np.array(rows) for rows in members.values()]


def _score_bounds(share: float, n: int) -> tuple[float, float]:
    stretch = 1 + Z * Z / n
    centre = (share + Z * Z / (2 * n)) / stretch
    half = Z * sqrt(share * (1 - share) / n + Z * Z / (4 * n * n)) / stretch
    return max(0.0, centre - half), min(1.0, centre + half)


@lru_cache(maxsize=4)
def _drawn_rows(families: tuple[Hashable, ...], rounds: int) -> tuple[Rows, ...]:
    """The rows of each draw of families; figures over the same rows share them."""
    groups = _groups(families)
    rng = np.random.default_rng(SEED)
    return tuple(
        np.concatenate([groups[at] for at in rng.integers(0, len(groups), len(groups))])
        for _ in range(rounds)
    )


@cache
def _draws(families: int, rounds: int) -> Weights:
    """How often each family is drawn, one row a round; made once for each number of families."""
    shares = np.full(families, 1 / families)
    return np.random.default_rng(SEED).multinomial(families, shares, size=rounds).astype(float)


def _drawn_bounds(groups: Sequence[Rows], values: Weights, rounds: int) -> tuple[float, float]:
    drawn = _draws(len(groups), rounds)
    sums = np.array([values[rows].sum() for rows in groups])
    sizes = np.array([len(rows) for rows in groups], dtype=float)
    low, high = np.percentile(drawn @ sums / (drawn @ sizes), [2.5, 97.5])
    return float(low), float(high)
