"""The main path: letter → reading → outcome → law and facts → draft → checks.

`open_assistant` is the only wiring. Each part is opened when it is first asked for, so that a one-off
`assistant classify` pays for no index and `assistant verify` for no classifier.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.settings import Settings

if TYPE_CHECKING:
    from assistant.drafting.compose import Composer
    from assistant.drafting.draft import Draft
    from assistant.drafting.letters import LetterLibrary
    from assistant.drafting.verify import LetterParts, Verdict
    from assistant.ingest.figures import FigureAnswer
    from assistant.ingest.report_audit import Audit, Auditor
    from assistant.ingest.reports import Report
    from assistant.ingest.shelf import Shelf
    from assistant.law.clock import Clock
    from assistant.law.clock_course import Grounds
    from assistant.law.clock_events import Filing
    from assistant.law.fees import FeeTable
    from assistant.law.instruments import StatuteBook
    from assistant.law.outcomes import Outcomes
    from assistant.law.procedures import Procedures
    from assistant.law.remedies import RemedyTable
    from assistant.law.terms import TermDays
    from assistant.law.workdays import WorkingCalendar
    from assistant.retrieval.filters import Filters
    from assistant.retrieval.index import Index
    from assistant.retrieval.search import SearchResult
    from assistant.retrieval.shelves import ReplyShelf, ReportShelf
    from assistant.retrieval.source import IndexSource
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

    def search(
        self, query: str, k: int = 5, on: date | None = None, filters: Filters | None = None
    ) -> SearchResult:
        """Provisions in force on the day and published facts, best first."""
        from assistant.retrieval.filters import EVERYTHING
        from assistant.retrieval.search import search

        return search(self.index, query, k, on or date.today(), filters or EVERYTHING)

    def figures(self, question: str, today: date | None = None) -> FigureAnswer | None:
        """Counts, sums and shares from the tables of published reports, each naming its cell."""
        from assistant.ingest.figures import answer_from_figures

        return answer_from_figures(question, self.reports, today or date.today())

    def audit(self, report: Report, previous: Report | None = None) -> Audit:
        """A published annual report held against its own relations, last year's report and its form."""
        return self.auditor.audit(report, previous)

    def handle(self, letter: str, findings: str = "") -> Handled:
        """Everything the clerk wants to see of a letter: reading, ranked outcomes, sources."""
        request = self.read(letter)
        proposal = self.propose(letter, findings)
        return Handled(request, findings, proposal, self.search(_topic(request, findings, proposal)))

    def draft(
        self, code: str, facts: Mapping[str, Any], letter: str | None = None, on: date | None = None
    ) -> Draft:
        """The reply for a decided outcome; what the facts lack is listed, never invented.

        The applicant's name and words are taken from the request letter where the facts do not give them.
        """
        from assistant.drafting.facts import check_facts
        from assistant.law.outcomes import known_outcome

        outcome = known_outcome(code, self.outcomes)
        known = {key: value for key, value in facts.items() if value is not None}
        if letter:
            known = _facts_of(self.read(letter)) | known
        checked = check_facts(known, self.letters)
        return self.composer.compose(outcome, checked, checked.get("replied_on") or on or date.today())

    def verify(self, text: str, on: date | None = None, code: str | None = None) -> Verdict:
        """What the machine refuses to sign, each fault at its place in the letter."""
        from assistant.drafting.verify import verify
        from assistant.law.outcomes import known_outcome

        if code:
            known_outcome(code, self.outcomes)
        return verify(
            text,
            book=self.statutes,
            outcomes=self.outcomes,
            remedies=self.remedies,
            parts=self.letter_parts,
            on=on or date.today(),
            code=code,
        )

    def clock(self, filing: Filing, as_of: date | None = None) -> Clock:
        """When the answer is due and every step of the way, as of a day; reckoned afresh each time."""
        from assistant.law.clock import reckon_clock

        return reckon_clock(filing, self.grounds, as_of or date.today())

    def term(self, limit: str, start: date) -> TermDays:
        """The last day of one time limit by itself: review, suit, defence, publication, annual report."""
        from assistant.law.terms import reckon_term

        return reckon_term(limit, start, self.grounds)

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
    def procedures(self) -> Procedures:
        """The papers of a request besides its reply."""
        from assistant.law.procedures import load_procedures

        return load_procedures(self.settings.corpus_dir / "rules")

    @cached_property
    def remedies(self) -> RemedyTable:
        """Remedy paragraphs by class."""
        from assistant.law.remedies import load_remedies

        return load_remedies(self.settings.corpus_dir / "rules")

    @cached_property
    def calendar(self) -> WorkingCalendar:
        """The office's working days: published notices, its own file of a new year, days of the place."""
        from assistant.law.calendars import CalendarFiles, load_calendar

        found = self.settings
        return load_calendar(
            CalendarFiles(found.corpus_dir / "rules", found.calendar_file, found.overlay_file)
        )

    @cached_property
    def grounds(self) -> Grounds:
        """What clocks are reckoned with: dated rules, the calendar, what this office has set."""
        from assistant.law.clock_course import Grounds
        from assistant.law.deadline_rows import load_deadlines

        table = load_deadlines(self.settings.corpus_dir / "rules")
        return Grounds(table, self.calendar, self.settings.deadlines)

    @cached_property
    def fees(self) -> FeeTable:
        """The information-processing fee, by piece and by page."""
        from assistant.law.fees import load_fees

        return load_fees(self.settings.corpus_dir / "rules")

    @cached_property
    def reports(self) -> tuple[Report, ...]:
        """Published annual reports: the corpus's own, and those the office keeps."""
        return self.report_shelf.reports

    @cached_property
    def report_shelf(self) -> ReportShelf:
        """The folder of published reports the office keeps, in any shape."""
        from assistant.ingest.report_form import load_report_form
        from assistant.ingest.reports import load_reports
        from assistant.retrieval.shelves import ReportShelf

        form = load_report_form(self.settings.corpus_dir / "rules")
        shelf = self._shelf(self.settings.reports_dir, "reports")
        return ReportShelf(shelf, form, load_reports(self.settings.corpus_dir), self.progress)

    @cached_property
    def reply_shelf(self) -> ReplyShelf:
        """The folder of earlier replies the office keeps."""
        from assistant.retrieval.shelves import ReplyShelf

        shelf = self._shelf(self.settings.replies_dir, "replies")
        return ReplyShelf(shelf, self.statutes, date.today(), self.progress)

    def _shelf(self, folder: Path | None, name: str) -> Shelf:
        from assistant.ingest.shelf import Shelf

        data = self.settings.data_dir
        return Shelf(folder or data / name, data / "texts" / name)

    @cached_property
    def auditor(self) -> Auditor:
        """The rules by which annual reports are audited."""
        from assistant.ingest.report_audit import load_auditor

        return load_auditor(self.settings.corpus_dir / "rules")

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
    def letter_parts(self) -> LetterParts:
        """What every letter must hold, and the relics none may."""
        from assistant.drafting.verify import load_letter_parts

        return load_letter_parts(self.settings.corpus_dir / "rules")

    @cached_property
    def composer(self) -> Composer:
        """The clause library at work for this agency."""
        from assistant.drafting.compose import Composer

        return Composer(self.letters, self.statutes, self.remedies, self.settings.agency)

    @cached_property
    def source(self) -> IndexSource:
        """What the index is built from."""
        from assistant.retrieval.source import read_source

        return read_source(self.settings.corpus_dir, self.statutes, (self.report_shelf, self.reply_shelf))

    @cached_property
    def index(self) -> Index:
        """The passage index; built on first use, rebuilt when corpus or model changed, and said so."""
        from assistant.retrieval.build import open_or_build
        from assistant.retrieval.index import IndexPlace

        return open_or_build(IndexPlace.of(self.settings), self.source, self.progress)

    def rebuild_index(self) -> Index:
        """A new index; the last finished one stays in use until this one is."""
        from assistant.retrieval.build import build_index
        from assistant.retrieval.index import IndexPlace

        return build_index(IndexPlace.of(self.settings), self.source, self.progress)

    def check_corpus(self) -> list[str]:
        """What is wrong with index, statute text, clause library or rules; nothing where all is well."""
        from assistant.drafting.letters import check_letters
        from assistant.ingest.statutes import changed_articles
        from assistant.retrieval.index import IndexPlace, check_index

        changed = [
            f"条文与封存的摘要不一致：{place}。" for place in changed_articles(self.settings.corpus_dir)
        ]
        letters = check_letters(self.letters, self.outcomes)
        index = check_index(IndexPlace.of(self.settings), self.source)
        return [*index, *changed, *letters, *self.check_rules()]

    def check_rules(self) -> list[str]:
        """Rules that rest on provisions that did not exist on their day, and papers no rule describes."""
        from assistant.law.basis import basis_faults
        from assistant.law.procedures import unknown_papers

        named = unknown_papers(self.outcomes, self.procedures)
        return [*basis_faults(self.settings.corpus_dir / "rules", self.statutes), *named]


def open_assistant(settings: Settings, progress: Progress | None = None) -> Assistant:
    """The assistant of one office. Nothing is read before it is asked for."""
    return Assistant(settings, progress)


def _facts_of(request: Request) -> dict[str, Any]:
    """What the request letter itself says for the reply."""
    found = {"applicant": request.applicant, "asked": request.asked}
    return {key: value for key, value in found.items() if value}


def _topic(request: Request, findings: str, proposal: Proposal) -> str:
    """What to look up for a letter: what is asked, what was found, and the leading outcome in words."""
    return " ".join(filter(None, (request.asked, findings, proposal.outcomes[0].label)))
