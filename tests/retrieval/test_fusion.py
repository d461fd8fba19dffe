"""Score fusion by hand."""

import pytest

from assistant.retrieval.fusion import fuse


def test_scores_are_stretched_and_averaged() -> None:
    """Unit 7 is first in one leg and half-way in the other, unit 9 first in the other alone."""
    fused = dict(fuse([(1.0, [(7, 30.0), (8, 10.0)]), (1.0, [(9, 0.9), (7, 0.6), (8, 0.3)])]))
    assert {7: 0.75, 9: 0.5, 8: 0.0} == pytest.approx(fused)


def test_a_weight_counts_as_a_share() -> None:
    """Three times the weight, three quarters of the say."""
    fused = dict(fuse([(3.0, [(1, 5.0), (2, 1.0)]), (1.0, [(2, 5.0), (1, 1.0)])]))
    assert {1: 0.75, 2: 0.25} == pytest.approx(fused)


def test_a_unit_far_ahead_in_one_leg_stays_ahead() -> None:
    """By ranks alone unit 2, twice second, would win."""
    assert (
        1 == fuse([(1.0, [(1, 90.0), (2, 12.0), (3, 10.0)]), (1.0, [(3, 0.50), (2, 0.49), (1, 0.48)])])[0][0]
    )


def test_equal_scores_keep_the_order_of_the_first_leg() -> None:
    """The same question always gives the same order."""
    assert [1, 3] == [unit for unit, _ in fuse([(1.0, [(1, 2.0)]), (1.0, [(3, 2.0)])])]


def test_one_leg_alone_keeps_its_order() -> None:
    """Where the dense leg fails, the lexical one stands."""
    fused = fuse([(1.0, [(5, 9.0), (4, 8.0), (6, 1.0)]), (1.0, [])])
    assert [5, 4, 6] == [unit for unit, _ in fused]
    assert 1.0 == fused[0][1]
