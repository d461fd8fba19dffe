"""Two rankings made one: reciprocal rank fusion, and the floor below which search does not answer.

Cormack, Clarke & Büttcher, "Reciprocal Rank Fusion outperforms Condorcet and individual rank learning
methods", SIGIR 2009: score(d) = Σ over rankings of weight / (CONSTANT + rank(d)).

Every number here was chosen on the dev questions; docs/embedding-model.md has the figures.
"""

import math
from collections.abc import Sequence

CONSTANT = 4.0
LEXICAL_WEIGHT = 1.0
DENSE_WEIGHT = 1.0
# Chosen so that 2 % of answerable dev questions fall below: refused wrongly costs more than shown with a doubt.
KNOWN_WEIGHT = 0.5
FLOOR = 3.51


def fuse(rankings: Sequence[tuple[float, Sequence[int]]]) -> list[tuple[int, float]]:
    """Units with their fused scores, best first, from weighted rankings (weight, units best first).

    Equal scores keep the order of the first ranking that holds them.
    """
    scores: dict[int, float] = {}
    for weight, units in rankings:
        for rank, unit in enumerate(units, start=1):
            scores[unit] = scores.get(unit, 0.0) + weight / (CONSTANT + rank)
    return sorted(scores.items(), key=lambda pair: -pair[1])


def likely_answered(score: float, known: float, short: bool) -> bool:
    """Whether the best hit is likely an answer at all, by its BM25 score and the known share of the pairs asked.

    A question of a few characters cannot score high: there every pair must be known.
    """
    if short:
        return score > 0 and known == 1.0
    return score > 0 and math.log(score) + KNOWN_WEIGHT * known >= FLOOR
