"""The main path: letter → reading → outcome → law and facts → draft → checks.

`open_assistant` is the only wiring. Each part is opened when it is first asked for, so that a one-off
`assistant classify` pays for no index and `assistant verify` for no classifier.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from assistant.settings import Settings

if TYPE_CHECKING:
    from assistant.drafting.compose import Draft
    from assistant.drafting.letters import LetterLibrary
    from assistant.drafting.verify import Verdict
    from assistant.ingest.figures import FigureAnswer
    from assistant.ingest.reports import Report
    from assistant.law.instruments import StatuteBook
    from assistant.law.outcomes import Outcomes
    from assistant.law.remedies import RemedyTable
    from assistant.retrieval.index import Index
    from assistant.retrieval.search import SearchResult
    from assistant.triage.classifier import Classifier, Proposal
    from assistant.triage.letter import Request

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Handled:
    """What the assistant says of one letter before the clerk decides."""

    request: Request
    findings: str
    proposal: Proposal
    found: SearchResult


class Assistant:
    """The verbs of the office over one corpus, one index and one agency."""

    def __init__(self, settings: Settings, progress: Progress | None = None) -> None:
        self.settings = settings
        self.progress = progress

    def read(self, letter: str) -> Request:
        """Who asks, for what, in which form. Raises InputError for an empty letter."""
        from assistant.triage.letter import read_request

        return read_request(letter)

    def propose(self, request: str, findings: str = "") -> Proposal:
        """The 21 outcomes ranked with their evidence; abstains rather than guess."""
        return self.classifier.propose(request, findings)

    def search(self, query: str, k: int = 5, on: date | None = None) -> SearchResult:
        """Provisions in force on the day and published facts, best first."""
        from assistant.retrieval.search import search

        return search(self.index, query, k, on or date.today())

    def figures(self, question: str, today: date | None = None) -> FigureAnswer | None:
        """Counts, sums and shares from the tables of published reports, each naming its cell."""
        from assistant.ingest.figures import answer_from_figures

        return answer_from_figures(question, self.reports, today or date.today())

    def handle(self, letter: str, findings: str = "") -> Handled:
        """Everything the clerk wants to see of a letter: reading, ranked outcomes, sources."""
        request = self.read(letter)
        proposal = self.propose(letter, findings)
        return Handled(request, findings, proposal, self.search(_topic(request, findings, proposal)))

    def draft(
        self, code: str, facts: Mapping[str, Any], letter: str | None = None, on: date | None = None
    ) -> Draft:
        """The letter for a decided outcome; what the facts lack is listed, never invented."""
        from assistant.drafting.compose import compose
        from assistant.law.outcomes import known_outcome

        known_outcome(code, self.outcomes)
        raise NotImplementedError(compose)

    def verify(self, text: str, on: date | None = None, code: str | None = None) -> Verdict:
        """What the machine refuses to sign, each fault at its place in the letter."""
        from assistant.drafting.verify import verify

        raise NotImplementedError(verify)

    @cached_property
    def statutes(self) -> StatuteBook:
        """Every edition of every instrument the corpus knows."""
        from assistant.ingest.statutes import load_statutes

        return load_statutes(self.settings.corpus_dir)

    @cached_property
    def outcomes(self) -> Outcomes:
        """The 21 rows of table three."""
        from assistant.law.outcomes import load_outcomes

        return load_outcomes(self.settings.corpus_dir / "rules")

    @cached_property
    def remedies(self) -> RemedyTable:
        """Remedy paragraphs by class."""
        from assistant.law.remedies import load_remedies

        return load_remedies(self.settings.corpus_dir / "rules")

    @cached_property
    def reports(self) -> tuple[Report, ...]:
        """Published annual reports."""
        from assistant.ingest.reports import load_reports

        return load_reports(self.settings.corpus_dir)

    @cached_property
    def classifier(self) -> Classifier:
        """The trained classifier with its signal rules."""
        from assistant.triage.classifier import Classifier

        return Classifier.load(self.settings.corpus_dir)

    @cached_property
    def letters(self) -> LetterLibrary:
        """The clause library."""
        from assistant.drafting.letters import load_letters

        return load_letters(self.settings.corpus_dir)

    @cached_property
    def index(self) -> Index:
        """The passage index; built on first use, rebuilt when corpus or model changed."""
        from assistant.retrieval.index import open_or_build

        raise NotImplementedError(open_or_build)


def open_assistant(settings: Settings, progress: Progress | None = None) -> Assistant:
    """The assistant of one office. Nothing is read before it is asked for."""
    return Assistant(settings, progress)


def _topic(request: Request, findings: str, proposal: Proposal) -> str:
    """What to look up for a letter: what is asked, what was found, and the leading outcome in words."""
    return " ".join(filter(None, (request.asked, findings, proposal.outcomes[0].label)))
