"""Ranking measures and figures on hand-made answers."""

import pytest

from evals.metrics import calibration, mean, ndcg, reciprocal_rank, share
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
