"""Intervals against values worked out elsewhere."""

import numpy as np
import pytest

from evals.intervals import bootstrap, macro_f1, mean_of, wilson


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
    assert bootstrap([], mean_of([])) is None


def test_a_handful_of_families_has_no_interval() -> None:
    """Twenty items of four families know nothing of a fifth."""
    assert bootstrap([row % 4 for row in range(20)], mean_of([1.0] * 20)) is None


def test_the_bootstrap_is_seeded() -> None:
    """The same rows give the same bounds."""
    values = [0.0, 1.0, 1.0, 0.5, 0.25]
    assert bootstrap(range(5), mean_of(values)) == bootstrap(range(5), mean_of(values))


def test_the_bootstrap_of_a_mean_agrees_with_its_standard_error() -> None:
    """400 coin tosses: half-width near 1.96 · 0.5 / 20."""
    values = [float(toss) for toss in np.random.default_rng(1).integers(0, 2, 400)]
    found = bootstrap(range(400), mean_of(values))
    assert found is not None
    assert 0.049 == pytest.approx((found.high - found.low) / 2, abs=0.006)


def test_families_widen_the_bounds() -> None:
    """Forty items in ten families of equal answers know only what ten items know."""
    values = [float(row // 4 % 2) for row in range(40)]
    alone = bootstrap(range(40), mean_of(values))
    together = bootstrap([row // 4 for row in range(40)], mean_of(values))
    assert alone is not None and together is not None
    assert together.high - together.low > 1.5 * (alone.high - alone.low)


def test_macro_f1_is_the_mean_over_the_labels_asked_about() -> None:
    """F1 of a is 2/3 and of b 4/5; c was never asked about."""
    gold, said = ["a", "a", "b", "b"], ["a", "b", "b", "b"]
    assert (2 / 3 + 4 / 5) / 2 == pytest.approx(macro_f1(gold, said)(np.arange(4)))
    assert 1 / 2 * (2 / 3) == pytest.approx(macro_f1(["a", "a", "b"], ["a", "c", "c"])(np.arange(3)))
