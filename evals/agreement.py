"""How far two people label alike: share and Cohen's κ, with whole scenarios drawn for the interval.

Cohen 1960: κ = (p − e) / (1 − e), p the share labelled alike, e what chance would give were each to label by his
own shares. No program can be held to more than people agree on.
"""

from collections.abc import Mapping, Sequence

import numpy as np

from evals.intervals import Interval, Rows, bootstrap, mean_by_family
from evals.labelled import LabelledRequest


def kappa(first: Sequence[str], second: Sequence[str]) -> float:
    """κ of two labellings of the same items; 1 where both give one and the same label throughout."""
    names = sorted({*first, *second})
    number = {name: at for at, name in enumerate(names)}
    return _kappa(
        np.array([number[one] for one in first]), np.array([number[one] for one in second]), len(names)
    )


def agreement(
    items: Sequence[LabelledRequest], second: Mapping[str, str]
) -> tuple[Interval | None, Interval | None]:
    """Share labelled alike and κ, over the items that have both labels; None where there are too few to say."""
    both = [item for item in items if item.id in second]
    if not both:
        return None, None
    names = sorted({label for item in both for label in (item.outcome, second[item.id])})
    number = {name: at for at, name in enumerate(names)}
    one = np.array([number[item.outcome] for item in both])
    other = np.array([number[second[item.id]] for item in both])
    families = [item.family for item in both]

    def statistic(rows: Rows) -> float:
        return _kappa(one[rows], other[rows], len(names))

    return mean_by_family(families, (one == other).astype(float).tolist()), bootstrap(families, statistic)


def _kappa(one: Rows, other: Rows, names: int) -> float:
    alike = float((one == other).mean())
    shares = np.bincount(one, minlength=names) / len(one), np.bincount(other, minlength=names) / len(other)
    chance = float(shares[0] @ shares[1])
    return 1.0 if chance == 1.0 else (alike - chance) / (1 - chance)
