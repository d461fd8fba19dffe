"""How far each reading of a case is to be trusted, and how sure the classifier must be to answer.

Fitted on readings of cases by weights that had not seen them (out of fold by scenario family). What the letter's
words and the findings' words say by themselves is weighed against the whole: where they part, it matters which.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

RISK = 0.05

Matrix = NDArray[np.float64]
Rows = NDArray[np.int64]


@dataclass(frozen=True)
class Unseen:
    """Readings of unseen cases (one row a case), the column of each label, and the fold of each family."""

    readings: Matrix
    gold: Rows
    fold: Rows


@dataclass(frozen=True)
class Weighing:
    """One row a reading of an outcome, one column an outcome; `leaning`: one number an outcome."""

    weighing: Matrix
    leaning: Matrix

    def probabilities(self, readings: Matrix) -> Matrix:
        """One row a case, one column an outcome."""
        logits = readings @ self.weighing + self.leaning
        odds = np.exp(logits - logits.max(axis=1, keepdims=True))
        return np.asarray(odds / odds.sum(axis=1, keepdims=True))


def weigh(readings: Matrix, gold: Rows, inverse_penalty: float) -> Weighing:
    """Multinomial logistic regression over the readings, which calibrates them as well (Guo et al. 2017)."""
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=inverse_penalty, max_iter=2000).fit(readings, gold)
    return Weighing(model.coef_.T, model.intercept_)


def crosswise(unseen: Unseen, inverse_penalty: float) -> Matrix:
    """Probabilities of each case by a weighing that saw nothing of its family either."""
    found = np.zeros((len(unseen.gold), int(unseen.gold.max()) + 1))
    for fold in np.unique(unseen.fold):
        here = unseen.fold == fold
        weighing = weigh(unseen.readings[~here], unseen.gold[~here], inverse_penalty)
        found[here] = weighing.probabilities(unseen.readings[here])
    return found


def threshold(probabilities: Matrix, gold: Rows, risk: float = RISK) -> float:
    """The lowest top probability at which at most `risk` of the cases answered are wrong."""
    top = probabilities.max(axis=1)
    wrong = probabilities.argmax(axis=1) != gold
    order = np.argsort(-top, kind="stable")
    shares = np.cumsum(wrong[order]) / np.arange(1, len(order) + 1)
    allowed = np.flatnonzero(shares <= risk)
    return round(float(top[order][allowed[-1]]), 4) if len(allowed) else 1.0


def coverage_and_risk(probabilities: Matrix, gold: Rows, at: float) -> tuple[float, float]:
    """Share of cases answered at a threshold, and share of those answered wrongly."""
    answered = probabilities.max(axis=1) >= at
    wrong = probabilities.argmax(axis=1) != gold
    return float(answered.mean()), float(wrong[answered].mean()) if answered.any() else 0.0


def columns(codes: Sequence[str], labels: Sequence[str]) -> Rows:
    """The column of each label."""
    place = {code: at for at, code in enumerate(codes)}
    return np.array([place[label] for label in labels], dtype=np.int64)
