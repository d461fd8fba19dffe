"""Ranking measures and figures on hand-made answers."""

import numpy as np
import pytest

from evals.metrics import (
    area_under_risk,
    calibration,
    f_beta,
    mean,
    ndcg,
    reciprocal_rank,
    risks,
    share,
)
from evals.task import Score


@pytest.mark.parametrize(
    ("ranked", "wanted", "expected"),
    [("abc", {"a"}, 1.0), ("abc", {"c", "b"}, 1 / 2), ("abc", {"z"}, 0.0), ("", {"a"}, 0.0)],
)
def test_the_first_wanted_item_counts(ranked: str, wanted: set[str], expected: float) -> None:
    """Reciprocal rank of the first wanted item."""
    assert expected == reciprocal_rank(ranked, wanted)


def test_what_stands_below_the_depth_is_not_found() -> None:
    """An eleventh place is no place."""
    assert 0.0 == reciprocal_rank("abcdefghijk", {"k"})


@pytest.mark.parametrize(
    ("ranked", "wanted", "expected"),
    [
        ("abc", {"a"}, 1.0),
        ("abc", {"b"}, 0.6309),
        ("abc", {"a", "c"}, 0.9197),
        ("abc", {"x"}, 0.0),
        ("abc", set(), 0.0),
    ],
)
def test_gain_is_discounted_by_place(ranked: str, wanted: set[str], expected: float) -> None:
    """nDCG with gains 1 / log2(rank + 1) over the best order's."""
    assert expected == pytest.approx(ndcg(ranked, wanted), abs=1e-4)


def score(values: dict[str, float], family: str = "f") -> Score:
    """A score of one hand-made answer."""
    return Score("x", family, "", "", values)


def test_a_share_counts_only_where_it_applies() -> None:
    """A key an answer does not have leaves it out of the count."""
    found = share("hit", "").of([score({"hit": 1.0}), score({"hit": 0.0}), score({})])
    assert found is not None
    assert (0.5, 2) == (found.value, found.n)


def test_a_mean_counts_only_where_it_applies() -> None:
    """Likewise for a mean."""
    ranks = [score({"rank": 0.5 + 0.5 * (at % 2)}, str(at)) for at in range(6)]
    found = mean("rank", "").of([score({}), *ranks])
    assert found is not None
    assert (0.75, 6) == (found.value, found.n)


def test_a_figure_nothing_applies_to_is_none() -> None:
    """No interval rather than a zero."""
    assert share("hit", "").of([score({})]) is None
    assert calibration("p", "", "hit").of([score({"hit": 1.0})]) is None


def test_calibration_is_the_gap_between_claimed_and_true() -> None:
    """Ten answers at 0.95, nine of them right: a gap of 0.05; sure and right: none."""
    near = [score({"p": 0.95, "hit": float(at < 9)}, str(at)) for at in range(10)]
    sure = [score({"p": 1.0, "hit": 1.0}, str(at)) for at in range(5)]
    for scores, gap in ((near, 0.05), (sure, 0.0)):
        found = calibration("p", "", "hit").of(scores)
        assert found is not None
        assert gap == pytest.approx(found.value)


def test_answers_equally_sure_share_their_mistakes() -> None:
    """The order among them is chance, and is not counted."""
    sure, wrong = np.array([0.9, 0.5, 0.5, 0.5]), np.array([0.0, 1.0, 0.0, 0.0])
    assert [0.0, 1 / 6, 2 / 9, 1 / 4] == pytest.approx(list(risks(sure, wrong)))
    assert list(risks(sure, wrong)) == pytest.approx(list(risks(sure, wrong[[0, 3, 2, 1]])))


def test_a_method_that_knows_its_mistakes_has_little_area() -> None:
    """All mistakes among the least sure; the other way about the area is large."""
    good, bad = (
        [score({"hit": float(n >= 2), "p": abs(turned - n / 10)}, str(n)) for n in range(10)]
        for turned in (0, 1)
    )
    metric = area_under_risk("p", "", right="hit")
    low, high = metric.of(good), metric.of(bad)
    assert low and high
    assert ((1 / 9 + 2 / 10) / 10, 0.4858) == pytest.approx((low.value, high.value), abs=1e-4)


def test_f2_counts_what_is_missed_four_times() -> None:
    """One refusal missed weighs more than one said in vain."""
    metric = f_beta("f2", "", negative="grant", beta=2)
    said = [("refuse", "refuse")] * 8
    missed, vain = (
        metric.of([Score(str(n), str(n), *pair, {}) for n, pair in enumerate([*said, last])])
        for last in (("refuse", "grant"), ("grant", "refuse"))
    )
    assert missed and vain
    assert (40 / 44, 40 / 41) == pytest.approx((missed.value, vain.value))
