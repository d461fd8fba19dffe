"""Two rankings made one: relative scores added up.

Each ranking's scores are stretched to reach from 0, for the last that was read, to 1, for the first, and added with
their weights (Lee, "Analyses of Multiple Evidence Combination", SIGIR 1997). A unit far ahead of the rest in one
ranking stays ahead; by ranks alone it would not.

Every number here was chosen on the dev questions; docs/embedding-model.md has the figures.
"""

from collections.abc import Sequence

LEXICAL_WEIGHT = 1.0
DENSE_WEIGHT = 0.8


def fuse(rankings: Sequence[tuple[float, Sequence[tuple[int, float]]]]) -> list[tuple[int, float]]:
    """Units with their fused scores from 0 to 1, best first, from weighted rankings (weight, units best first).

    Equal scores keep the order of the first ranking that holds them. A ranking without units has no say.
    """
    total = sum(weight for weight, ranking in rankings if ranking) or 1.0
    scores: dict[int, float] = {}
    for weight, ranking in rankings:
        for unit, share in _stretched(ranking):
            scores[unit] = scores.get(unit, 0.0) + weight * share / total
    return sorted(scores.items(), key=lambda pair: -pair[1])


def _stretched(ranking: Sequence[tuple[int, float]]) -> list[tuple[int, float]]:
    """Scores from 0 for the last to 1 for the first; where all are alike, each is first."""
    if not ranking:
        return []
    low, high = ranking[-1][1], ranking[0][1]
    return [(unit, (score - low) / (high - low) if high > low else 1.0) for unit, score in ranking]
