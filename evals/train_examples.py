"""What the classifier is trained on: labelled requests, statements of fact, and both in new company.

Four things are taught beside the labelled pairs: that findings decide whatever is asked (findings with
requests drawn at random), that a request alone still says something (findings left out), how organs write
the same fact in other words (evals/data/statements*.yaml), and that the signal rules, written by people who
had seen these examples, will miss some of what new letters say (signals lost at random).
"""

import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import yaml

from assistant.triage.classifier import gather
from assistant.triage.features import Evidence
from assistant.triage.signals import SignalTable
from evals.labelled import DATA, LABELLED_ON, LabelledRequest

STATEMENTS = tuple(DATA / f"statements{part}.yaml" for part in ("", "_more", "_border"))


@dataclass(frozen=True)
class Example:
    """One case to learn from; `weight` says how much it counts beside a labelled request (1)."""

    evidence: Evidence
    code: str
    weight: float = 1.0


@dataclass(frozen=True)
class Mixture:
    """How much each kind of example counts."""

    request_alone: float = 0.2
    findings_alone: float = 0.5
    strange_request: float = 0.3
    asked_again: float = 0.3
    statement: float = 0.6
    statement_draws: int = 1
    asked: float = 0.6
    whole: float = 0.3
    with_lost_signals: float = 0.9
    signal_loss: float = 0.7
    # Outcomes that hang on what the letter says: their findings make no sense beside another request.
    bound_to_request: frozenset[str] = frozenset(
        {"decline.petition", "decline.publication", "unable.still_unclear"}
    )
    # Outcomes that hang on what went before: their requests beside other findings have the outcome of those.
    said_again: frozenset[str] = frozenset({"decline.repeat", "decline.excessive"})
    # Outcomes whose requests could have had almost any outcome.
    open_requests: frozenset[str] = frozenset(
        {
            "grant",
            "partial",
            "unable.not_held",
            "refuse.deliberative",
            "refuse.third_party",
            "refuse.enforcement_file",
            "other.other",
        }
    )


@dataclass(frozen=True)
class Statements:
    """Findings and requests as organs and applicants write them, by outcome, and requests of no outcome."""

    findings: Mapping[str, Sequence[str]]
    asks: Mapping[str, Sequence[str]]
    requests: Sequence[str]


def load_statements() -> Statements:
    """The statements that ship with the evaluation data, of every hand."""
    found: list[dict[str, Any]] = [yaml.safe_load(path.read_text(encoding="utf-8")) for path in STATEMENTS]
    return Statements(
        _joined(part["findings"] for part in found),
        _joined(part["asks"] for part in found),
        [request for part in found for request in part["requests"]],
    )


def _joined(parts: Iterable[Mapping[str, Sequence[str]]]) -> dict[str, list[str]]:
    joined: defaultdict[str, list[str]] = defaultdict(list)
    for part in parts:
        for code, sentences in part.items():
            joined[code] += sentences
    return dict(joined)


def forget(evidence: Evidence, share: float, chance: random.Random) -> Evidence:
    """The case with each signal lost at that chance."""
    return replace(evidence, signals=tuple(s for s in evidence.signals if chance.random() >= share))


class Builder:
    """Makes examples; evidence is gathered once a text pair."""

    def __init__(self, signals: SignalTable, mixture: Mixture) -> None:
        self._signals, self._mixture = signals, mixture
        self._seen: dict[tuple[str, str], Evidence] = {}

    def evidence(self, request: str, findings: str) -> Evidence:
        """What the classifier sees of a case on the day the labels were given."""
        key = (request, findings)
        if key not in self._seen:
            self._seen[key] = gather(self._signals, request, findings, LABELLED_ON)
        return self._seen[key]

    def examples(self, items: Sequence[LabelledRequest], statements: Statements, seed: int) -> list[Example]:
        """Every example made of labelled requests and statements, the same for the same seed."""
        chance = random.Random(seed)
        neutral = [item.request for item in items if item.outcome in self._mixture.open_requests]
        neutral += 2 * list(statements.requests)
        whole = [
            *self._labelled(items),
            *self._in_new_company(items, neutral, chance),
            *self._stated(statements, neutral, chance),
        ]
        kept, lost = self._mixture.whole, self._mixture.with_lost_signals
        return [Example(one.evidence, one.code, one.weight * kept) for one in whole] + [
            Example(forget(one.evidence, self._mixture.signal_loss, chance), one.code, one.weight * lost)
            for one in whole
        ]

    def _labelled(self, items: Iterable[LabelledRequest]) -> Iterator[Example]:
        for item in items:
            yield Example(self.evidence(item.request, item.findings), item.outcome)
            if item.findings:
                yield Example(self.evidence(item.request, ""), item.outcome, self._mixture.request_alone)
                yield Example(self.evidence("", item.findings), item.outcome, self._mixture.findings_alone)

    def _in_new_company(
        self, items: Sequence[LabelledRequest], neutral: Sequence[str], chance: random.Random
    ) -> Iterator[Example]:
        again = [item.request for item in items if item.outcome in self._mixture.said_again]
        for item in items:
            if item.findings and item.outcome not in self._mixture.bound_to_request:
                evidence = self.evidence(chance.choice(neutral), item.findings)
                yield Example(evidence, item.outcome, self._mixture.strange_request)
            if again and item.findings and item.outcome in self._mixture.open_requests:
                evidence = self.evidence(chance.choice(again), item.findings)
                yield Example(evidence, item.outcome, self._mixture.asked_again)

    def _stated(
        self, statements: Statements, neutral: Sequence[str], chance: random.Random
    ) -> Iterator[Example]:
        for code, sentences in statements.findings.items():
            for sentence in sentences:
                for _ in range(self._mixture.statement_draws):
                    evidence = self.evidence(chance.choice(neutral), sentence)
                    yield Example(evidence, code, self._mixture.statement)
        for code, asks in statements.asks.items():
            for ask in asks:
                yield Example(self.evidence(ask, ""), code, self._mixture.asked)
