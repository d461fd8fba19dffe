"""Readings weighed against each other: what proves right out of fold counts, and doubt is told as doubt."""

import numpy as np

from evals.train_weighing import Unseen, Weighing, coverage_and_risk, crosswise, threshold, weigh

TRUSTED, NOISE = 0, 1
OUTCOMES, CASES, PENALTY = 3, 600, 1.0


def readings(gold: np.ndarray, right: float, seed: int = 5) -> np.ndarray:
    """Two readings of each case: one that is right so often, one that says anything."""
    chance = np.random.default_rng(seed)
    said = np.where(chance.random(len(gold)) < right, gold, chance.integers(OUTCOMES, size=len(gold)))
    noise = chance.integers(OUTCOMES, size=len(gold))
    return np.hstack([np.log(np.where(np.eye(OUTCOMES)[one], 0.9, 0.05)) for one in (said, noise)])


def cases(right: float) -> Unseen:
    """Unseen cases in two folds."""
    gold = np.random.default_rng(3).integers(OUTCOMES, size=CASES)
    return Unseen(readings(gold, right), gold, np.arange(CASES) % 2)


def weight_of(found: Weighing, reading: int) -> float:
    """How much a reading's word for an outcome speaks for that outcome."""
    rows = found.weighing[reading * OUTCOMES : (reading + 1) * OUTCOMES]
    return float(np.trace(rows))


def test_the_reading_that_proves_right_is_believed() -> None:
    """The other is left aside, however sure it says it is."""
    found = weigh(cases(0.8).readings, cases(0.8).gold, PENALTY)
    assert weight_of(found, TRUSTED) > 10 * abs(weight_of(found, NOISE))


def test_claimed_is_what_comes_true() -> None:
    """A reading that claims nine in ten and is right less often is told with what it deserves."""
    unseen = cases(0.55)
    claimed = crosswise(unseen, PENALTY).max(axis=1).mean()
    right = (crosswise(unseen, PENALTY).argmax(axis=1) == unseen.gold).mean()
    assert abs(claimed - right) < 0.05


def test_no_case_is_weighed_by_what_was_learnt_from_its_own_fold() -> None:
    """Where the folds contradict each other each is judged by the other, and is wrong."""
    gold = np.arange(CASES) % OUTCOMES
    fold = np.arange(CASES) // OUTCOMES % 2
    shown = np.log(np.where(np.eye(OUTCOMES)[(gold + fold) % OUTCOMES], 0.9, 0.05))
    found = crosswise(Unseen(shown, gold, fold), PENALTY)
    assert 0 == (found.argmax(axis=1) == gold).mean()


def test_the_threshold_holds_the_risk() -> None:
    """The lowest certainty at which so few of those answered are wrong; never answering where none does."""
    found = np.array([[0.9, 0.1], [0.8, 0.2], [0.7, 0.3], [0.4, 0.6]])
    gold = np.array([0, 0, 1, 1])
    assert 0.8 == threshold(found, gold, risk=0.2)
    assert 0.6 == threshold(found, gold, risk=0.3)
    assert (0.5, 0.0) == coverage_and_risk(found, gold, 0.8)
    assert 1.0 == threshold(found, 1 - gold, risk=0.0)
