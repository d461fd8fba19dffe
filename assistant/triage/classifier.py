"""Proposing an outcome: trained weights over words and signals, calibrated, with the right to abstain.

The request alone gives a prior; the findings decide. A person decides after that.
Basis: 政府信息公开条例第三十六条至第三十九条.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from assistant.errors import ModelFault
from assistant.law import china_time
from assistant.law.outcomes import Outcome, Outcomes, load_outcomes
from assistant.triage.abreast import cores
from assistant.triage.features import Evidence, Values
from assistant.triage.letter import body_of, refuse_unusable
from assistant.triage.signals import Signal, SignalTable, read_signals
from assistant.triage.votes import Vote
from assistant.triage.weights import Weights, load_weights, version_of

DECIMALS = 4
RULES = ("outcomes.yaml", "signals.yaml")


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
    """All outcomes ranked, with the evidence; `question` is what to find out where it abstains.

    `engine` is "model" where a chat model's vote was counted; `notice` says why one that is set was not.
    """

    outcomes: tuple[RankedOutcome, ...]
    abstain: bool
    question: str | None
    signals: tuple[Signal, ...]
    engine: str = field(default="embedded")
    vote: Vote | None = None
    notice: str | None = None

    def to_json(self, id: str | None = None) -> dict[str, Any]:
        """The proposal as the command line prints it."""
        found: dict[str, Any] = {} if id is None else {"id": id}
        return found | {
            "outcomes": [_outcome_json(outcome) for outcome in self.outcomes],
            "abstain": self.abstain,
            "question": self.question,
            "signals": [_signal_json(signal) for signal in self.signals],
            "engine": self.engine,
            **({"vote": self.vote.to_json()} if self.vote else {}),
            **({"notice": self.notice} if self.notice else {}),
        }


@dataclass(frozen=True)
class Classifier:
    """The trained classifier over one corpus. `version` changes with its weights and its rules.

    A long table is split over `processes`, one on each core.
    """

    outcomes: Outcomes
    signals: SignalTable
    weights: Weights
    version: str = ""
    processes: int = field(default_factory=cores)

    @classmethod
    def load(cls, corpus_dir: Path) -> "Classifier":
        """Rules and weights of a corpus. Raises CorpusError or ModelFault naming the file."""
        outcomes = load_outcomes(corpus_dir / "rules")
        weights = load_weights(corpus_dir)
        if set(weights.codes) != set(outcomes):
            raise ModelFault("分类器的处理结果与 outcomes.yaml 不一致。请运行 make model 重新训练。")
        signals = read_signals(corpus_dir / "rules", outcomes)
        return cls(outcomes, signals, weights, version_of(corpus_dir, RULES))

    @property
    def at_once(self) -> int:
        """One letter at a time: it waits for nobody."""
        return 1

    def prepared(self) -> "Classifier":
        """The same classifier for many letters: the same answers, faster, after a moment's preparation."""
        return replace(self, signals=self.signals.prepared())

    def propose(self, request: str, findings: str = "", on: date | None = None) -> Proposal:
        """The outcomes ranked for a letter and what the organ established, under the rules of a day (today).

        A letter alone settles nothing that it does not itself show: without findings and without a signal
        for the leading outcome it abstains, however likely that outcome is among such letters.

        Raises InputError for an empty or endless letter.
        """
        refuse_unusable(request)
        evidence = gather(self.signals, request, findings, on or china_time.today())
        ranked = self._ranked(self.weights.probabilities(evidence), evidence.signals)
        bare = not findings.strip() and not any(s.points_to == ranked[0].code for s in evidence.signals)
        abstain = bare or ranked[0].probability < self.weights.threshold
        question = self._question(ranked, evidence) if abstain else None
        return Proposal(ranked, abstain, question, evidence.signals)

    def _question(self, ranked: tuple[RankedOutcome, ...], evidence: Evidence) -> str:
        """What to find out: where the case shows nothing yet, what was established at all."""
        if not evidence.findings.strip() and not evidence.signals:
            return self.signals.nothing_shown
        return self.question(ranked[0].code, ranked[1].code)

    def _ranked(self, probabilities: Values, signals: tuple[Signal, ...]) -> tuple[RankedOutcome, ...]:
        shares = rounded(probabilities)
        order = sorted(range(len(shares)), key=lambda at: (-shares[at], -probabilities[at]))
        pointed = {signal.points_to for signal in signals}
        roads = {code: self.signals.road(code, signals) for code in pointed}
        codes = self.weights.codes
        return tuple(self._outcome(codes[at], shares[at], roads.get(codes[at])) for at in order)

    def _outcome(self, code: str, probability: float, road: str | None) -> RankedOutcome:
        return RankedOutcome(code, self.outcomes[code].label, probability, self._bases[code, road], road)

    @cached_property
    def _bases(self) -> Mapping[tuple[str, str | None], tuple[str, ...]]:
        """The provisions of each road of each outcome, and of all its roads, as they are printed."""
        return {
            (code, name): tuple(map(str, basis))
            for code, outcome in self.outcomes.items()
            for name, basis in ((None, outcome.basis), *((road.name, road.basis) for road in outcome.roads))
        }

    def question(self, first: str, second: str) -> str:
        """The question that separates two outcomes."""
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
