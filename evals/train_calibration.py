"""How sure the classifier may say it is: temperatures, and the threshold under which it abstains.

Fitted on predictions for cases the weights had not seen (out of fold by scenario family).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

RISK = 0.05
TEMPERATURES = np.round(np.exp(np.linspace(np.log(0.3), np.log(4), 120)), 4)

Matrix = NDArray[np.float64]


@dataclass(frozen=True)
class Unseen:
    """Predictions for unseen cases: logits (one row a case), the column of the label, findings given or not."""

    logits: Matrix
    gold: NDArray[np.int64]
    given: NDArray[np.bool_]


def softmax(logits: Matrix) -> Matrix:
    """Rows of probabilities."""
    odds = np.exp(logits - logits.max(axis=1, keepdims=True))
    return np.asarray(odds / odds.sum(axis=1, keepdims=True))


def temperature(logits: Matrix, gold: NDArray[np.int64]) -> float:
    """The temperature of least mean negative log likelihood (Guo et al. 2017)."""
    rows = np.arange(len(gold))
    losses = [-np.log(softmax(logits / t)[rows, gold] + 1e-12).mean() for t in TEMPERATURES]
    return float(TEMPERATURES[int(np.argmin(losses))])


def temperatures(unseen: Unseen) -> dict[str, float]:
    """One temperature for cases with findings, one for cases without."""
    with_, without = unseen.given, ~unseen.given
    return {
        "with": temperature(unseen.logits[with_], unseen.gold[with_]),
        "without": temperature(unseen.logits[without], unseen.gold[without]),
    }


def calibrated(unseen: Unseen, fitted: dict[str, float]) -> Matrix:
    """Probabilities under the fitted temperatures."""
    scale = np.where(unseen.given, fitted["with"], fitted["without"])[:, None]
    return softmax(unseen.logits / scale)


def threshold(probabilities: Matrix, gold: NDArray[np.int64], risk: float = RISK) -> float:
    """The lowest top probability at which at most `risk` of the cases answered are wrong."""
    top = probabilities.max(axis=1)
    wrong = probabilities.argmax(axis=1) != gold
    order = np.argsort(-top, kind="stable")
    shares = np.cumsum(wrong[order]) / np.arange(1, len(order) + 1)
    allowed = np.flatnonzero(shares <= risk)
    return round(float(top[order][allowed[-1]]), 4) if len(allowed) else 1.0


def coverage_and_risk(probabilities: Matrix, gold: NDArray[np.int64], at: float) -> tuple[float, float]:
    """Share of cases answered at a threshold, and share of those answered wrongly."""
    answered = probabilities.max(axis=1) >= at
    wrong = probabilities.argmax(axis=1) != gold
    return float(answered.mean()), float(wrong[answered].mean()) if answered.any() else 0.0


def columns(codes: Sequence[str], labels: Sequence[str]) -> NDArray[np.int64]:
    """The column of each label."""
    place = {code: at for at, code in enumerate(codes)}
    return np.array([place[label] for label in labels], dtype=np.int64)
