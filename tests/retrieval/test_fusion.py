"""Rank fusion by hand."""

import pytest

from assistant.retrieval.fusion import CONSTANT, FLOOR, fuse, likely_answered


def test_scores_are_sums_of_reciprocal_ranks() -> None:
    """Unit 7 is first in one leg and second in the other."""
    fused = dict(fuse([(1.0, [7, 8]), (1.0, [9, 7])]))
    assert pytest.approx(1 / (CONSTANT + 1) + 1 / (CONSTANT + 2)) == fused[7]


def test_what_both_legs_find_comes_first() -> None:
    """Twice second beats once first."""
    assert 2 == fuse([(1.0, [1, 2]), (1.0, [3, 2])])[0][0]


def test_equal_scores_keep_the_order_of_the_first_leg() -> None:
    """The same question always gives the same order."""
    assert [1, 3] == [unit for unit, _ in fuse([(1.0, [1]), (1.0, [3])])]


def test_one_leg_alone_keeps_its_order() -> None:
    """Where the dense leg fails, the lexical one stands."""
    assert [5, 4, 6] == [unit for unit, _ in fuse([(1.0, [5, 4, 6]), (1.0, [])])]


@pytest.mark.parametrize(
    ("score", "known", "short", "expected"),
    [
        (2.7**FLOOR * 1.1, 1.0, False, True),
        (5.0, 0.3, False, False),
        (5.0, 1.0, True, True),
        (5.0, 0.5, True, False),
        (0.0, 1.0, True, False),
    ],
)
def test_the_floor(score: float, known: float, short: bool, expected: bool) -> None:
    """Long questions must score; short ones must be all known."""
    assert expected == likely_answered(score, known, short)
