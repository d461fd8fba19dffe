"""Intervals against values worked out elsewhere."""

from dataclasses import replace

import numpy as np
import pytest

from evals.intervals import bootstrap, difference_by_family, macro_f1, mean_by_family, wilson


@pytest.mark.parametrize(
    ("hits", "n", "low", "high"),
    [
        (10, 10, 0.7225, 1.0),
        (0, 10, 0.0, 0.2775),
        (8, 10, 0.4902, 0.9433),
        (15, 148, 0.0624, 0.1605),
        (81, 263, 0.2553, 0.3662),
    ],
)
def test_wilson_agrees_with_published_values(hits: int, n: int, low: float, high: float) -> None:
    """Newcombe 1998, table I, method 3, and the textbook cases of none and all."""
    found = wilson(hits, n)
    assert found is not None
    assert (low, high, n) == (round(found.low, 4), round(found.high, 4), found.n)


def test_nothing_counted_has_no_interval() -> None:
    """A share of nothing is no number."""
    assert wilson(0, 0) is None
    assert mean_by_family([], []) is None
    assert bootstrap([], lambda _: 0.0) is None
    assert difference_by_family([], []) is None


def test_a_handful_of_families_cannot_be_drawn() -> None:
    """Twenty items of four families know nothing of a fifth."""
    assert bootstrap([row % 4 for row in range(20)], lambda _: 1.0) is None
    assert difference_by_family([row % 4 for row in range(20)], [1.0] * 20) is None


def test_a_mean_of_few_or_equal_items_has_the_bounds_of_as_many_families() -> None:
    """Forty right answers about ten articles are worth ten; so are those about four."""
    ten, four = (mean_by_family([row % size for row in range(40)], [1.0] * 40) for size in (10, 4))
    assert ten is not None and four is not None
    assert (1.0, 0.7225, 1.0, 40) == (ten.value, round(ten.low, 4), ten.high, ten.n)
    assert wilson(4, 4) == replace(four, n=4)


def test_the_bootstrap_is_seeded() -> None:
    """The same rows give the same bounds."""
    values = [0.0, 1.0, 1.0, 0.5, 0.25]
    assert mean_by_family(range(5), values) == mean_by_family(range(5), values)
    mean = np.array(values)
    assert bootstrap(range(5), lambda rows: float(mean[rows].mean())) == bootstrap(
        range(5), lambda rows: float(mean[rows].mean())
    )


@pytest.mark.parametrize("way", ["matrix", "loop"])
def test_the_bootstrap_of_a_mean_agrees_with_its_standard_error(way: str) -> None:
    """400 coin tosses: half-width near 1.96 · 0.5 / 20, however the families are drawn."""
    values = np.random.default_rng(1).integers(0, 2, 400).astype(float)
    found = (
        mean_by_family(range(400), [*values])
        if way == "matrix"
        else bootstrap(range(400), lambda rows: float(values[rows].mean()))
    )
    assert found is not None
    assert 0.049 == pytest.approx((found.high - found.low) / 2, abs=0.006)


def test_families_widen_the_bounds() -> None:
    """Two hundred items in fifty families of four equal answers: bounds twice as wide as of items alone."""
    values = [float(row // 4 % 2) for row in range(200)]
    alone = mean_by_family(range(200), values)
    together = mean_by_family([row // 4 for row in range(200)], values)
    assert alone is not None and together is not None
    assert 2.0 == pytest.approx((together.high - together.low) / (alone.high - alone.low), abs=0.2)


def test_items_count_alike_whatever_the_size_of_their_family() -> None:
    """Nine right in one family and one wrong in each of nine others: half, not one in ten."""
    found = mean_by_family([0] * 9 + [*range(1, 10)], [1.0] * 9 + [0.0] * 9)
    assert found is not None
    assert (0.5, 0.0) == (found.value, found.low)


def test_a_paired_difference_keeps_its_sign() -> None:
    """One answer in ten gained, none lost: a tenth, and bounds from nought upwards."""
    found = difference_by_family(range(50), [float(row % 10 == 0) for row in range(50)])
    assert found is not None
    assert (0.1, 50) == (found.value, found.n)
    assert 0 <= found.low < 0.1 < found.high < 0.25


def test_macro_f1_is_the_mean_over_the_labels_asked_about() -> None:
    """F1 of a is 2/3 and of b 4/5; c was never asked about."""
    gold, said = ["a", "a", "b", "b"], ["a", "b", "b", "b"]
    assert (2 / 3 + 4 / 5) / 2 == pytest.approx(macro_f1(gold, said)(np.arange(4)))
    assert 1 / 2 * (2 / 3) == pytest.approx(macro_f1(["a", "a", "b"], ["a", "c", "c"])(np.arange(3)))
