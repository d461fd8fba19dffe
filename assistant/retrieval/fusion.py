"""Two rankings made one: reciprocal rank fusion, and the floor below which search does not answer.

Cormack, Clarke & Büttcher, "Reciprocal Rank Fusion outperforms Condorcet and individual rank learning
methods", SIGIR 2009: score(d) = Σ over rankings of weight / (CONSTANT + rank(d)).

Every number here was chosen on the dev questions; docs/embedding-model.md has the figures.
"""

from collections.abc import Sequence

CONSTANT = 4.0
LEXICAL_WEIGHT = 1.0
DENSE_WEIGHT = 1.0


def fuse(rankings: Sequence[tuple[float, Sequence[int]]]) -> list[tuple[int, float]]:
    """Units with their fused scores, best first, from weighted rankings (weight, units best first).

    Equal scores keep the order of the first ranking that holds them.
    """
    scores: dict[int, float] = {}
    for weight, units in rankings:
        for rank, unit in enumerate(units, start=1):
            scores[unit] = scores.get(unit, 0.0) + weight / (CONSTANT + rank)
    return sorted(scores.items(), key=lambda pair: -pair[1])


def answers(words: Sequence[tuple[int, float]], vectors: Sequence[tuple[int, float]]) -> bool:
    """Whether the best of either leg is near enough to be an answer at all."""
    return bool(words or vectors)
