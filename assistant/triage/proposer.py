"""Whoever ranks the outcomes of a request: the embedded classifier, or it and a chat model together."""

from datetime import date
from typing import Protocol

from assistant.law.outcomes import Outcomes
from assistant.triage.classifier import Proposal


class Proposer(Protocol):
    """What the faces need of a classifier."""

    @property
    def version(self) -> str:
        """What the answers come from; another version may answer otherwise."""

    @property
    def outcomes(self) -> Outcomes:
        """The outcomes it ranks."""

    @property
    def at_once(self) -> int:
        """How many letters it is best given at one time."""

    @property
    def processes(self) -> int:
        """Over how many processes a long table is best split."""

    def propose(self, request: str, findings: str = "", on: date | None = None) -> Proposal:
        """All outcomes ranked, with their evidence. Raises InputError for a letter that cannot be used."""

    def prepared(self) -> "Proposer":
        """The same for many letters: the same answers, sooner."""
