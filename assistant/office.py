"""What an office has at hand: its law, rules, letters, reports, index and agency, each opened when first asked for.

A one-off `assistant classify` pays for no index and `assistant verify` for no classifier.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.law import china_time
from assistant.settings import Settings

if TYPE_CHECKING:
    from assistant.cases.accounts import Accounts
    from assistant.cases.board import BoardGrounds
    from assistant.cases.books import Books
    from assistant.cases.register import Register
    from assistant.cases.yearbook_kept import KeptFacts
    from assistant.cases.yearbook_text import ReportText
    from assistant.drafting.compose import Composer
    from assistant.drafting.letters import LetterLibrary
    from assistant.drafting.papers import PaperComposer
    from assistant.drafting.polishing import Polisher
    from assistant.drafting.several import SeveralComposer
    from assistant.drafting.verify import LetterParts
    from assistant.ingest.annual.audit import Auditor
    from assistant.ingest.annual.report import Report
    from assistant.ingest.files.shelf import Shelf
    from assistant.law.clock_course import Grounds
    from assistant.law.fees import FeeTable
    from assistant.law.instruments import StatuteBook
    from assistant.law.outcomes import Outcomes
    from assistant.law.procedures import Procedures
    from assistant.law.remedies import RemedyTable
    from assistant.law.workdays import WorkingCalendar
    from assistant.model.structured import StructuredModel
    from assistant.retrieval.index import Index
    from assistant.retrieval.shelves import ReplyShelf, ReportShelf
    from assistant.retrieval.source import IndexSource
    from assistant.triage.classifier import Classifier
    from assistant.triage.guidance import Guide
    from assistant.triage.proposer import Proposer

Progress = Callable[[str, int, int], None]


class Office:
    """One corpus, one index, one agency. Nothing is read before it is asked for."""

    def __init__(self, settings: Settings, progress: Progress | None = None) -> None:
        self.settings = settings
        self.progress = progress

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
    def register(self) -> Register:
        """The office's register of requests."""
        from assistant.cases.opening import open_register

        return open_register(self.settings, self.grounds, self.outcomes)

    @cached_property
    def accounts(self) -> Accounts:
        """Who may log in at the page."""
        from assistant.cases.accounts import Accounts

        return Accounts(self.settings.accounts_file)

    def accounts_for(self, who: str) -> Accounts:
        """The accounts, for a name that may manage them. Raises NotAllowed for another."""
        rules = self.register.rules
        rules.roles.allow(rules.staff.actor(who), "users", rules.staff)
        return self.accounts

    @cached_property
    def board_grounds(self) -> BoardGrounds:
        """What the clock board places open cases by."""
        from assistant.cases.board import BoardGrounds
        from assistant.cases.board_rules import load_board
        from assistant.cases.roles import load_roles

        rules = self.settings.corpus_dir / "rules"
        return BoardGrounds(self.grounds, load_board(rules), load_roles(rules))

    @cached_property
    def books(self) -> Books:
        """The register as a screen works with it."""
        from assistant.cases.books import Books
        from assistant.cases.repeat_rules import load_repeats

        return Books(self.register, self.board_grounds, load_repeats(self.settings.corpus_dir / "rules"))

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
        from assistant.ingest.annual.form import load_report_form
        from assistant.ingest.annual.report import load_reports
        from assistant.retrieval.shelves import ReportShelf

        form = load_report_form(self.settings.corpus_dir / "rules")
        shelf = self._shelf(self.settings.reports_dir, "reports")
        return ReportShelf(shelf, form, load_reports(self.settings.corpus_dir), self.progress)

    @cached_property
    def reply_shelf(self) -> ReplyShelf:
        """The folder of earlier replies the office keeps."""
        from assistant.retrieval.shelves import ReplyShelf

        shelf = self._shelf(self.settings.replies_dir, "replies")
        return ReplyShelf(shelf, self.statutes, china_time.today(), self.progress)

    def _shelf(self, folder: Path | None, name: str) -> Shelf:
        from assistant.ingest.files.shelf import Shelf

        data = self.settings.data_dir
        return Shelf(folder or data / name, data / "texts" / name)

    @cached_property
    def auditor(self) -> Auditor:
        """The rules by which annual reports are audited."""
        from assistant.ingest.annual.audit import load_auditor

        return load_auditor(self.settings.corpus_dir / "rules")

    @cached_property
    def report_text(self) -> ReportText:
        """The words of the office's own annual report."""
        from assistant.cases.yearbook_text import load_report_text

        return load_report_text(self.settings.corpus_dir / "rules")

    @cached_property
    def kept_facts(self) -> KeptFacts:
        """What the office has filled in for its annual reports."""
        from assistant.cases.yearbook_kept import KeptFacts

        table = self.auditor.form.tables["publication"]
        return KeptFacts(self.settings.data_dir / "yearbook", self.report_text, table, self.register.rules)

    @cached_property
    def classifier(self) -> Classifier:
        """The trained classifier with its signal rules."""
        from assistant.triage.classifier import Classifier

        return Classifier.load(self.settings.corpus_dir)

    @cached_property
    def proposer(self) -> Proposer:
        """The classifier, with the chat model voting beside it where the office has switched one on."""
        if self.structured_model is None:
            return self.classifier
        from assistant.triage.voting import VotingClassifier, provisions_of

        look_up = provisions_of(lambda: self.index)
        return VotingClassifier(self.classifier, self.structured_model, self.statutes, look_up)

    @cached_property
    def structured_model(self) -> StructuredModel | None:
        """The chat model for answers of a given shape, where the office has switched one on."""
        from assistant.model.structured import open_structured_model

        return open_structured_model(self.settings)

    @cached_property
    def seven_steps(self) -> Guide:
        """The guided decision: questions, papers, endings, and what the file must show."""
        from assistant.triage.guide_rules import Lawbook, load_guide

        law = Lawbook(self.outcomes, self.procedures, self.remedies, self.grounds, self.statutes)
        return load_guide(self.settings.corpus_dir / "rules", law, self.settings.agency)

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
        from assistant.drafting.reckoning import Reckoner

        reckoner = Reckoner(self.grounds, self.fees)
        return Composer(self.letters, self.statutes, self.remedies, self.settings.agency, reckoner)

    @cached_property
    def papers(self) -> PaperComposer:
        """The papers beside the reply."""
        from assistant.drafting.papers import PaperComposer

        return PaperComposer(self.composer, self.procedures)

    @cached_property
    def several(self) -> SeveralComposer:
        """One reply for several items."""
        from assistant.drafting.several import SeveralComposer
        from assistant.triage.items import Items

        return SeveralComposer(self.composer, Items(self.seven_steps.graph.items, self.outcomes))

    @cached_property
    def polisher(self) -> Polisher:
        """The chat model at work on the reasons of a draft."""
        from assistant.drafting.polishing import Polisher
        from assistant.drafting.polishing_sheet import Shelf
        from assistant.drafting.prose import load_prose
        from assistant.ingest.personal import load_personal_kinds
        from assistant.triage.signals import load_signals

        rules = self.settings.corpus_dir / "rules"
        quiet = load_signals(rules, self.outcomes).quiet
        prose = load_prose(self.settings.corpus_dir)
        shelf = Shelf(prose, self.letters.slots, self.statutes, self.outcomes, quiet)
        return Polisher(self.structured_model, shelf, load_personal_kinds(rules))

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

    @property
    def index_is_open(self) -> bool:
        """Whether the first question need not wait for the index."""
        return "index" in vars(self)

    def rebuild_index(self) -> Index:
        """A new index; the last finished one stays in use until this one is."""
        from assistant.retrieval.build import build_index
        from assistant.retrieval.index import IndexPlace

        return build_index(IndexPlace.of(self.settings), self.source, self.progress)

    def renew(self, progress: Progress | None = None) -> Index:
        """The shelves as they are by now, indexed anew; until it is done everything is answered as before."""
        fresh = type(self)(self.settings, progress or self.progress)
        index = fresh.rebuild_index()
        kept = {name: getattr(fresh, name) for name in ("report_shelf", "reply_shelf", "reports", "source")}
        vars(self).update(kept, index=index)
        return index

    def check_corpus(self) -> list[str]:
        """What is wrong with index, statute text, clause library or rules; nothing where all is well."""
        from assistant.drafting.letters import check_letters, check_papers
        from assistant.ingest.statutes import changed_articles
        from assistant.retrieval.index import IndexPlace, check_index

        changed = [
            f"条文与封存的摘要不一致：{place}。" for place in changed_articles(self.settings.corpus_dir)
        ]
        letters = [
            *check_letters(self.letters, self.outcomes),
            *check_papers(self.letters, self.procedures),
        ]
        index = check_index(IndexPlace.of(self.settings), self.source)
        return [*index, *changed, *letters, *self.check_rules()]

    def check_rules(self) -> list[str]:
        """Rules that rest on provisions that did not exist on their day, and papers no rule describes."""
        from assistant.law.basis import basis_faults
        from assistant.law.procedures import unknown_papers

        named = unknown_papers(self.outcomes, self.procedures)
        return [*basis_faults(self.settings.corpus_dir / "rules", self.statutes), *named]
