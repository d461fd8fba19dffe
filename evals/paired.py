"""Two methods, or two runs, on the same questions: what one answers and the other does not.

McNemar 1947, exact: of the questions on which the two differ, each would fall either way like a coin if
neither were better; p is the two-sided binomial probability of a split as uneven as the one seen. It takes
questions for independent; beside it stands the difference of the shares with whole families drawn.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import comb

from evals.intervals import Interval, difference_by_family
from evals.task import Score

Ranks = Mapping[str, int]


@dataclass(frozen=True)
class Paired:
    """Ids of questions only the second answers (`gained`) and only the first (`lost`), of `n` put to both.

    `difference` is the share the second answers less the share the first answers.
    """

    gained: tuple[str, ...]
    lost: tuple[str, ...]
    n: int
    difference: Interval | None

    @property
    def net(self) -> int:
        """Questions gained less questions lost."""
        return len(self.gained) - len(self.lost)

    @property
    def p(self) -> float:
        """McNemar's exact p."""
        return mcnemar(len(self.gained), len(self.lost))


def mcnemar(gained: int, lost: int) -> float:
    """Two-sided exact p of two discordant counts; 1 where there are none."""
    n = gained + lost
    tail = sum(comb(n, k) for k in range(min(gained, lost) + 1))
    return min(1.0, float(2 * tail / 2**n))


def ranks_of(scores: Sequence[Score], right: str = "rank") -> dict[str, int]:
    """Rank of the answer of each item that has one, 0 where it was not found; without ranks, 1 where it is right."""
    found = {s.id: s.values.get("rank", s.values.get(right)) for s in scores if s.values}
    return {name: int(rank) for name, rank in found.items() if rank is not None}


def families_of(scores: Sequence[Score]) -> dict[str, str]:
    """The family of each question."""
    return {score.id: score.family for score in scores}


def paired(before: Ranks, after: Ranks, families: Mapping[str, str], depth: int) -> Paired:
    """Answered: found among the first `depth`. Questions that stand in only one of the two are left out."""
    both = [name for name in after if name in before]
    first = {name: 0 < before[name] <= depth for name in both}
    second = {name: 0 < after[name] <= depth for name in both}
    steps = [float(second[name]) - float(first[name]) for name in both]
    return Paired(
        gained=tuple(name for name in both if second[name] and not first[name]),
        lost=tuple(name for name in both if first[name] and not second[name]),
        n=len(both),
        difference=difference_by_family([families[name] for name in both], steps),
    )
