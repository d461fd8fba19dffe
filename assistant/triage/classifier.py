"""Proposing an outcome: trained weights over words and signals, calibrated, with the right to abstain.

The request alone gives a prior; the findings decide. A person decides after that.
Basis: 政府信息公开条例第三十六条至第三十九条.
"""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from assistant.errors import ModelFault
from assistant.law.outcomes import Outcome, Outcomes, load_outcomes
from assistant.triage.features import Evidence, Values
from assistant.triage.letter import body_of, refuse_unusable
from assistant.triage.signals import Signal, SignalTable, load_signals
from assistant.triage.weights import Weights, load_weights

DECIMALS = 4


@dataclass(frozen=True)
class RankedOutcome:
    """One outcome with its probability and the provisions it would rest on.

    `road` is the way into it that the findings show; None where they show none, and then `basis` holds
    the provisions of every road.
    """

    code: str
    label: str
    probability: float
    basis: tuple[str, ...]
    road: str | None = None


@dataclass(frozen=True)
class Proposal:
    """All outcomes ranked, with the evidence; `question` is what to find out where it abstains."""

    outcomes: tuple[RankedOutcome, ...]
    abstain: bool
    question: str | None
    signals: tuple[Signal, ...]
    engine: str = field(default="embedded")

    def to_json(self, id: str | None = None) -> dict[str, Any]:
        """The proposal as the command line prints it."""
        found: dict[str, Any] = {} if id is None else {"id": id}
        return found | {
            "outcomes": [_outcome_json(outcome) for outcome in self.outcomes],
            "abstain": self.abstain,
            "question": self.question,
            "signals": [_signal_json(signal) for signal in self.signals],
            "engine": self.engine,
        }


@dataclass(frozen=True)
class Classifier:
    """The trained classifier over one corpus."""

    outcomes: Outcomes
    signals: SignalTable
    weights: Weights

    @classmethod
    def load(cls, corpus_dir: Path) -> "Classifier":
        """Rules and weights of a corpus. Raises CorpusError or ModelFault naming the file."""
        outcomes = load_outcomes(corpus_dir / "rules")
        weights = load_weights(corpus_dir)
        if set(weights.codes) != set(outcomes):
            raise ModelFault("分类器的处理结果与 outcomes.yaml 不一致。请运行 make model 重新训练。")
        return cls(outcomes, load_signals(corpus_dir / "rules", outcomes), weights)

    def propose(self, request: str, findings: str = "", on: date | None = None) -> Proposal:
        """The outcomes ranked for a letter and what the organ established, under the rules of a day (today).

        A letter alone settles nothing that it does not itself show: without findings and without a signal
        for the leading outcome it abstains, however likely that outcome is among such letters.

        Raises InputError for an empty or endless letter.
        """
        refuse_unusable(request)
        evidence = gather(self.signals, request, findings, on or date.today())
        ranked = self._ranked(self.weights.probabilities(evidence), evidence.signals)
        bare = not findings.strip() and not any(s.points_to == ranked[0].code for s in evidence.signals)
        abstain = bare or ranked[0].probability < self.weights.threshold
        question = self._question(ranked[0].code, ranked[1].code) if abstain else None
        return Proposal(ranked, abstain, question, evidence.signals)

    def _ranked(self, probabilities: Values, signals: tuple[Signal, ...]) -> tuple[RankedOutcome, ...]:
        shares = rounded(probabilities)
        order = sorted(range(len(shares)), key=lambda at: (-shares[at], -probabilities[at]))
        return tuple(self._outcome(self.weights.codes[at], shares[at], signals) for at in order)

    def _outcome(self, code: str, probability: float, signals: tuple[Signal, ...]) -> RankedOutcome:
        outcome = self.outcomes[code]
        road = self.signals.road(code, signals)
        basis = outcome.road(road).basis if road else outcome.basis
        return RankedOutcome(code, outcome.label, probability, tuple(map(str, basis)), road)

    def _question(self, first: str, second: str) -> str:
        """The question that separates the two leading outcomes."""
        one, other = self.outcomes[first], self.outcomes[second]
        return one.neighbours.get(second) or other.neighbours.get(first) or _by_elements(one, other)


def gather(signals: SignalTable, request: str, findings: str, on: date) -> Evidence:
    """What counts of a case: the letter's body without words to the assistant, the findings, the signals."""
    quiet = signals.quiet(request)
    body = body_of(quiet) if quiet.strip() else ""
    return Evidence(body, findings, signals.find(quiet, findings, on))


def rounded(probabilities: Values) -> list[float]:
    """Shares with four decimals that still sum to one (largest remainders get what rounding left over)."""
    units = np.asarray(probabilities, dtype=float) / float(np.sum(probabilities)) * 10**DECIMALS
    whole = np.floor(units).astype(int)
    for at in np.argsort(whole - units, kind="stable")[: 10**DECIMALS - int(whole.sum())]:
        whole[at] += 1
    return [int(unit) / 10**DECIMALS for unit in whole]


def _by_elements(one: Outcome, other: Outcome) -> str:
    """What to find out where no neighbour question is written: what each outcome needs."""
    return (
        f"请查明属于哪一种：“{one.label}”要求{'、'.join(one.elements)}；"
        f"“{other.label}”要求{'、'.join(other.elements)}。"
    )


def _outcome_json(outcome: RankedOutcome) -> dict[str, Any]:
    return {
        "code": outcome.code,
        "label": outcome.label,
        "probability": outcome.probability,
        "basis": list(outcome.basis),
        "road": outcome.road,
    }


def _signal_json(signal: Signal) -> dict[str, Any]:
    return {
        "quote": signal.quote,
        "start": signal.start,
        "end": signal.end,
        "points_to": signal.points_to,
        "field": signal.field,
    }
