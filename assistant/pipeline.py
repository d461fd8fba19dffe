"""The main path: letter → reading → outcome → law and facts → draft → checks.

`open_assistant` is the only way in. What the path works with stands in office.py and is opened when it is
first asked for.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from assistant.errors import InputError
from assistant.law import china_time
from assistant.office import Office, Progress
from assistant.settings import Settings

if TYPE_CHECKING:
    from assistant.cases.board import Board
    from assistant.cases.records import Case
    from assistant.cases.register import Register
    from assistant.cases.reminders import Reminder
    from assistant.cases.similar import Similar
    from assistant.cases.suggestions import Published
    from assistant.cases.yearbook import Yearbook
    from assistant.cases.yearbook_facts import YearFacts
    from assistant.drafting.draft import Draft
    from assistant.drafting.polishing import Polished
    from assistant.drafting.verify import Known, Override, Verdict
    from assistant.ingest.annual.audit import Audit
    from assistant.ingest.annual.figures import FigureAnswer
    from assistant.ingest.annual.report import Report
    from assistant.law.clock import Clock
    from assistant.law.clock_events import Filing
    from assistant.law.terms import TermDays
    from assistant.retrieval.filters import Filters
    from assistant.retrieval.search import Hit, SearchResult
    from assistant.triage.classifier import Proposal
    from assistant.triage.guidance import CaseAnswers, Guidance
    from assistant.triage.letter import Request


@dataclass(frozen=True)
class Handled:
    """What the assistant says of one letter before the clerk decides."""

    request: Request
    findings: str
    proposal: Proposal
    found: SearchResult


class Assistant(Office):
    """The verbs of the office over one corpus, one index and one agency."""

    def read(self, letter: str) -> Request:
        """Who asks, for what, in which form, under which law. Raises InputError for an empty letter."""
        from assistant.ingest.personal import load_personal_kinds
        from assistant.triage.letter import Reader, read_request
        from assistant.triage.letter_rules import load_reading_rules

        rules = self.settings.corpus_dir / "rules"
        return read_request(
            letter,
            Reader(load_reading_rules(rules), load_personal_kinds(rules), self.statutes, china_time.today()),
        )

    def propose(self, request: str, findings: str = "") -> Proposal:
        """The 21 outcomes ranked with their evidence; abstains rather than guess."""
        return self.proposer.propose(request, findings)

    def guide(self, case: CaseAnswers, on: date | None = None) -> Guidance:
        """Where a clerk's answers lead in the seven steps: the next question, a paper to send, or the outcome.

        Raises InputError for a question or an answer there is not, and for a day before the first edition.
        """
        return self.seven_steps.guide(case, on or china_time.today())

    def search(
        self, query: str, k: int = 5, on: date | None = None, filters: Filters | None = None
    ) -> SearchResult:
        """Provisions in force on the day and published facts, best first."""
        from assistant.retrieval.filters import EVERYTHING
        from assistant.retrieval.search import search

        return search(self.index, query, k, on or china_time.today(), filters or EVERYTHING)

    def figures(self, question: str, today: date | None = None) -> FigureAnswer | None:
        """Counts, sums and shares from the tables of published reports, each naming its cell."""
        from assistant.ingest.annual.figures import answer_from_figures

        return answer_from_figures(question, self.reports, today or china_time.today())

    def audit(self, report: Report, previous: Report | None = None) -> Audit:
        """A published annual report held against its own relations, last year's report and its form."""
        return self.auditor.audit(report, previous)

    def handle(self, letter: str, findings: str = "") -> Handled:
        """Everything the clerk wants to see of a letter: reading, ranked outcomes, sources."""
        request = self.read(letter)
        proposal = self.propose(letter, findings)
        return Handled(request, findings, proposal, self.search(_topic(request, findings, proposal)))

    def draft(
        self, code: str | None, facts: Mapping[str, Any], letter: str | None = None, on: date | None = None
    ) -> Draft:
        """The reply for a decided outcome; what the facts lack is listed, never invented.

        The applicant's name and words are taken from the request letter where the facts do not give them. Where
        the facts hold `items`, one letter answers each, and `code` is what the whole counts as, if decided.
        """
        from assistant.drafting.facts import check_facts
        from assistant.law.outcomes import known_outcome

        checked = check_facts(_told(facts, self.read(letter) if letter else None), self.letters)
        day = checked.get("replied_on") or on or china_time.today()
        if code:
            known_outcome(code, self.outcomes)
        if "items" in checked:
            return self.several.compose(checked, day, code)
        if not code:
            raise InputError("没有写处理结果代码；几项内容分别决定的，请在事实里写 items。")
        return self.composer.compose(self.outcomes[code], checked, day)

    def draft_paper(
        self, name: str, facts: Mapping[str, Any], letter: str | None = None, on: date | None = None
    ) -> Draft:
        """A paper beside the reply, by its name; a correction notice asks for what the letter lacks."""
        from assistant.drafting.facts import check_facts

        request = self.read(letter) if letter else None
        known = _told(facts, request)
        if request:
            known = self.known_for_paper(name, request, on) | known
        checked = check_facts(known, self.letters)
        return self.papers.compose(name, checked, checked.get("replied_on") or on or china_time.today())

    def known_for_paper(self, name: str, request: Request, on: date | None = None) -> dict[str, Any]:
        """What the letter itself tells for a paper: a correction notice asks, all at once, for what it lacks."""
        from assistant.drafting.papers import paper_named
        from assistant.triage.points import correction_of, load_point_table

        if paper_named(name, self.letters).paper != "correction_notice":
            return {}
        table = load_point_table(self.settings.corpus_dir / "rules")
        found = correction_of(request, table, on or china_time.today())
        return dict(found.facts) if found else {}

    def polish(
        self, draft: Draft, facts: Mapping[str, Any], letter: str | None = None, findings: str = ""
    ) -> Polished:
        """The draft with its reasons worded by the chat model, where one is set; else, and on any failure, as it is.

        `facts` are those the draft was made from. The law, the outcome and every other fact stay byte for byte.
        """
        from assistant.drafting.facts import check_facts
        from assistant.drafting.polishing import Bench
        from assistant.drafting.polishing_sheet import Papers

        request = self.read(letter) if letter else None
        given = check_facts(_told(facts, request), self.letters)

        def compose(changed: Mapping[str, Any]) -> Draft:
            if draft.paper:
                return self.draft_paper(draft.letter, changed, letter, draft.on)
            return self.draft(draft.outcome or None, changed, letter, draft.on)

        def judge(one: Draft, known: Mapping[str, Any]) -> Verdict:
            return self.check_draft(one, known, request)

        names = {"本人": [datum.text for datum in request.own]} if request else {}
        papers = Papers(draft, given, (), findings, letter or "", names)
        return self.polisher.polish(papers, Bench(compose, judge))

    def verify(
        self,
        text: str,
        on: date | None = None,
        code: str | None = None,
        request: Request | None = None,
        known: Known | None = None,
    ) -> Verdict:
        """What the machine refuses to sign, each fault at its place in the letter.

        `code`: the outcome decided, or the paper it is. `request` is the letter answered, where it is known: its
        writer's own data may stand in the reply. `known`: the facts of the case and what the file was found to hold.
        """
        from assistant.drafting.facts import agency_of
        from assistant.drafting.verify import Known, verify
        from assistant.law.outcomes import known_outcome

        if code and code not in {paper.code for paper in self.letter_parts.papers}:
            known_outcome(code, self.outcomes)
        beside = known or Known()
        return verify(
            text,
            book=self.statutes,
            outcomes=self.outcomes,
            remedies=self.remedies,
            parts=self.letter_parts,
            grounds=self.grounds,
            on=on or china_time.today(),
            code=code,
            own=[datum.text for datum in request.own] if request else (),
            known=replace(beside, agency=agency_of(beside.facts, self.settings.agency)),
        )

    def check_draft(self, draft: Draft, facts: Mapping[str, Any], request: Request | None = None) -> Verdict:
        """What the gate says of a draft of ours, with the facts it was made from and the letter it answers."""
        from assistant.drafting.facts import check_facts
        from assistant.drafting.verify import Known

        given = check_facts(_told(facts, request), self.letters)
        return self.verify(draft.text, draft.on, self._code(draft), request, Known(facts=given))

    def _code(self, draft: Draft) -> str | None:
        """What the gate takes a draft for: its outcome; else its own kind of paper; else what its title says."""
        papers = {paper.code for paper in self.letter_parts.papers}
        kinds = (draft.letter, draft.paper)
        return draft.outcome or next((kind for kind in kinds if kind in papers), None)

    def let_go(self, verdict: Verdict, override: Override, name: str, text: str) -> Verdict:
        """A letter the gate refuses, let go by a named person with a reason, and recorded in the data folder.

        Raises InputError where nothing refuses it or the record cannot be written.
        """
        from assistant.drafting.overrides import record_override

        gone = verdict.let_go(override)
        record_override(self.settings.data_dir, name, text, gone)
        return gone

    @cached_property
    def register(self) -> Register:
        """The office's register of requests; no letter is approved in it past the gate."""
        opened = super().register
        return replace(opened, rules=replace(opened.rules, gate=self.check_case))

    def check_case(self, case: Case, words: str, on: date) -> Verdict:
        """What the gate says of the reply in a case, signed on a day, with what the register knows of the case."""
        from assistant.cases.gate import facts_of_case, letter_of_case
        from assistant.drafting.verify import Known

        code = case.decision.outcome if case.decision else None
        known = Known(facts=facts_of_case(case, on))
        return self.verify(words, on, code, self.read(letter_of_case(case)), known)

    def clock(self, filing: Filing, as_of: date | None = None) -> Clock:
        """When the answer is due and every step of the way, as of a day; reckoned afresh each time."""
        from assistant.law.clock import reckon_clock

        return reckon_clock(filing, self.grounds, as_of or china_time.today())

    def term(self, limit: str, start: date) -> TermDays:
        """The last day of one time limit by itself: review, suit, defence, publication, annual report."""
        from assistant.law.terms import reckon_term

        return reckon_term(limit, start, self.grounds)

    def board(self, on: date | None = None) -> Board:
        """Every open case in its box as of a day: what has passed, what presses, who must do what next."""
        from assistant.cases.board import make_board
        from assistant.cases.open_cases import open_entries

        day = on or china_time.today()
        with self.register.reading() as view:
            return make_board(open_entries(view, day), self.board_grounds, day)

    def reminders(self, board: Board) -> tuple[Reminder, ...]:
        """The days of a board for a calendar program; no name stands in them."""
        from assistant.cases.reminders import reminders_of

        return reminders_of(board, self.board_grounds, self.settings.agency.name)

    def similar(self, number: str, on: date | None = None, k: int = 10) -> Similar:
        """Earlier requests that may come from the same applicant, beside a case, k shown; a person decides."""
        from assistant.cases.repeat_rules import load_repeats
        from assistant.cases.similar import SimilarGrounds, similar_requests

        rules = load_repeats(self.settings.corpus_dir / "rules")
        with self.register.reading() as view:
            grounds = SimilarGrounds(self.register.rules, rules, k)
            return similar_requests(view, number, grounds, on or china_time.today())

    def published(self, number: str, on: date | None = None) -> tuple[Published, ...]:
        """What is published already on the items of a case: figures of reports and provisions in force."""
        from assistant.cases.suggestions import published_for

        def sure(words: str) -> tuple[Hit, ...]:
            found = self.search(words, on=on)
            return found.hits if found.confident else ()

        with self.register.reading() as view:
            return published_for(view, number, sure)

    def yearbook(
        self,
        year: int,
        previous: Report | None = None,
        as_of: date | None = None,
        facts: YearFacts | None = None,
    ) -> Yearbook:
        """The yearly report out of the register, held against last year's report and every relation.

        Without `previous` last year's own report is looked for among those the office keeps. `facts`: what the
        office fills in of table one and of the words, by default what it has filled in on the page; what it leaves
        out stays a marked gap.
        """
        from assistant.cases.counting import load_counting
        from assistant.cases.yearbook import Beside, YearRules, make_yearbook

        counting, agency = load_counting(self.settings.corpus_dir / "rules"), self.settings.agency
        rules = YearRules(counting, self.grounds, self.outcomes, self.auditor, agency, self.report_text)
        kept = self.reports if agency.name and previous is None else ()
        beside = Beside(previous, kept, facts or self.kept_facts.of(year))
        with self.register.reading() as view:
            return make_yearbook(view, year, rules, as_of or china_time.today(), beside)


def open_assistant(settings: Settings, progress: Progress | None = None) -> Assistant:
    """The assistant of one office. Nothing is read before it is asked for."""
    return Assistant(settings, progress)


def _told(facts: Mapping[str, Any], request: Request | None) -> dict[str, Any]:
    """The facts given, with what the letter itself says where they are silent."""
    known = {key: value for key, value in facts.items() if value is not None}
    return _facts_of(request) | known if request else known


def _facts_of(request: Request) -> dict[str, Any]:
    """What the request letter itself says for the reply."""
    found = {"applicant": request.applicant, "asked": request.asked}
    return {key: value for key, value in found.items() if value}


def _topic(request: Request, findings: str, proposal: Proposal) -> str:
    """What to look up for a letter: what is asked, what was found, and the leading outcome in words."""
    return " ".join(filter(None, (request.asked, findings, proposal.outcomes[0].label)))
