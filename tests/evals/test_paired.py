"""Two methods on the same questions: exact numbers of McNemar's test, and who stands in which list."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from evals.paired import mcnemar, paired, ranks_of
from evals.task import Score


@pytest.mark.parametrize(
    ("gained", "lost", "expected"),
    [(0, 0, 1.0), (1, 0, 1.0), (5, 0, 0.0625), (6, 1, 0.125), (10, 2, 0.03857), (8, 8, 1.0)],
)
def test_mcnemar_is_the_two_sided_binomial(gained: int, lost: int, expected: float) -> None:
    """Worked by hand: 2 · Σ C(n, k) / 2ⁿ up to the smaller count, at most one."""
    assert expected == pytest.approx(mcnemar(gained, lost), abs=1e-5)


@given(gained=st.integers(0, 60), lost=st.integers(0, 60))
def test_mcnemar_agrees_with_the_exact_binomial_test(gained: int, lost: int) -> None:
    """Of another library, for any two counts; and it does not matter which is which."""
    n = gained + lost
    theirs = binomtest(gained, n).pvalue if n else 1.0
    assert theirs == pytest.approx(mcnemar(gained, lost))
    assert mcnemar(lost, gained) == mcnemar(gained, lost)


def test_gained_and_lost_are_told_apart_at_each_depth() -> None:
    """From third to first is gained at one and the same at five; from second to nowhere is lost at five."""
    before, after = {"a": 3, "b": 2, "c": 1, "old": 1}, {"a": 1, "b": 0, "c": 1, "new": 1}
    families = dict.fromkeys("abc", "f") | {"new": "g"}
    first, five = (paired(before, after, families, depth) for depth in (1, 5))
    assert (("a",), (), 1, 3) == (first.gained, first.lost, first.net, first.n)
    assert ((), ("b",), -1, 3) == (five.gained, five.lost, five.net, five.n)


def test_the_difference_is_that_of_the_shares() -> None:
    """Two of ten gained, one lost: a tenth."""
    before = {str(at): int(at == 9) for at in range(10)}
    after = {str(at): int(at < 2) for at in range(10)}
    found = paired(before, after, {str(at): str(at) for at in range(10)}, 1)
    assert found.difference is not None
    assert 0.1 == pytest.approx(found.difference.value)
    assert found.difference.low < 0 < found.difference.high


def test_an_unscored_answer_has_no_rank() -> None:
    """Nor has a question that nothing answers."""
    scores = [
        Score("a", "f", "", "", {"rank": 2.0}),
        Score("b", "f", "", "", None),
        Score("c", "f", "", "", {}),
    ]
    assert {"a": 2} == ranks_of(scores)
