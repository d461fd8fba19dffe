"""A letter as the checks see it: the organ's own words, what it relies on, and its remedy paragraph.

The applicant's words and longer quotations are blanked out, at the same length, so that nothing the organ
does not say itself is held against it and every span still leads back to the letter.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from assistant.drafting.letter_demands import Paper
from assistant.drafting.letter_parts import DATE, DAYS, LetterParts, valid
from assistant.law.citations import Citation, cite
from assistant.law.instruments import StatuteBook
from assistant.law.numerals import to_int
from assistant.law.outcomes import Outcome, Outcomes
from assistant.law.provisions import ProvisionRef
from assistant.law.remedies import RemedyTable
from assistant.settings import Agency

if TYPE_CHECKING:
    from assistant.law.clock_course import Grounds

_QUOTED = re.compile(r"[“「\"]([^“”「」\"\n]{10,})[”」\"]")
_DATE = re.compile(DATE)
_CHINESE_DIGITS = str.maketrans("〇○Ｏ零一二三四五六七八九", "0000123456789")
_ADDRESSED = re.compile(
    r"^(?:申请人[：:]\s*(?P<applicant>[^\s，。；]{1,60})|(?P<name>[^\n。，,：:；]{1,60})[：:]$)"
)
_HEAD_LINES = 12
_BLANK = "□"
_TITLE, _LONGEST_TITLE = 4, 60
_SPACED = 3  # line breaks between two sentences of one remedy paragraph, at most

Span = tuple[int, int]
Days = Mapping[str, tuple[date, Span]]


@dataclass(frozen=True)
class Rules:
    """Everything a letter is checked against.

    Without `grounds` no time limit is reckoned.
    """

    book: StatuteBook
    outcomes: Outcomes
    remedies: RemedyTable
    parts: LetterParts
    grounds: "Grounds | None" = None


@dataclass(frozen=True)
class Known:
    """What is known beside the letter itself.

    `own`: the applicant's personal data, which the reply may repeat. `facts`: those the letter was composed from
    (corpus/letters/slots.yaml). `agency`: the office that signs. `notices`: what its file was found to hold;
    `unseen`: words of the file that no reader sees, by place.
    """

    own: frozenset[str] = frozenset()
    facts: Mapping[str, Any] = field(default_factory=dict)
    agency: Agency = Agency()
    notices: tuple[str, ...] = ()
    unseen: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Ground:
    """A provision the letter relies on; `released` where its sentence gives and does not withhold.

    `guessed` where the letter leaves the statute unnamed and the disclosure regulation is supposed.
    """

    citation: Citation
    ref: ProvisionRef
    released: bool
    guessed: bool


@dataclass(frozen=True)
class Letter:
    """One letter on one day, with the outcome or the paper it is meant to be where that is known."""

    text: str
    on: date
    outcome: Outcome | None
    rules: Rules
    known: Known = Known()
    paper: Paper | None = None

    @cached_property
    def citations(self) -> tuple[Citation, ...]:
        return tuple(cite(self.text, self.rules.book, self.on))

    @cached_property
    def asked(self) -> tuple[Span, ...]:
        """Where the applicant's own words stand."""
        found = self.rules.parts.words["asked"].finditer(self.text)
        return tuple(match.span("asked" if match["asked"] is not None else "line") for match in found)

    @cached_property
    def plain(self) -> str:
        """The text with the applicant's words and longer quotations blanked out at the same length."""
        quoted = [match.span(1) for match in _QUOTED.finditer(self.text)]
        plain = self.text
        for start, end in (*self.asked, *quoted):
            plain = plain[:start] + _BLANK * (end - start) + plain[end:]
        return plain

    @cached_property
    def remedy(self) -> Span | None:
        """The remedy paragraph: from the first sentence that tells a remedy to the end of the last."""
        found = [match.span() for match in self.rules.parts.words["remedy"].finditer(self.plain)]
        if not found:
            return None
        start, end = found.pop()
        while found and self.plain.count("\n", found[-1][1], start) <= _SPACED:
            start = found.pop()[0]
        return sentence_around(self.plain, start)[0], sentence_around(self.plain, end)[1]

    @cached_property
    def body(self) -> str:
        """The organ's words before the remedy paragraph."""
        return self.plain[: self.remedy[0]] if self.remedy else self.plain

    @cached_property
    def withholds(self) -> bool:
        """Whether the letter says it keeps something back, or is meant to."""
        if self.outcome and self.outcome.group in ("refuse", "partial"):
            return True
        return bool(self.rules.parts.words["withheld"].search(self.body))

    @cached_property
    def grounds(self) -> tuple[Ground, ...]:
        """Living provisions the letter relies on before its remedy paragraph."""
        return tuple(self._grounds())

    @cached_property
    def replied_on(self) -> tuple[date, Span] | None:
        """The date under the letter, with its place."""
        after = self.remedy[1] if self.remedy else 0
        lines = list(self.rules.parts.words["reply_date"].finditer(self.plain, after))
        return next(iter(days_in(lines[-1][0], lines[-1].start())), None) if lines else None

    @cached_property
    def applicant(self) -> str:
        """Whom the letter addresses, by the line that ends in a colon; empty where none is found."""
        for line in self.text.splitlines()[:_HEAD_LINES]:
            match = _ADDRESSED.match(line.strip(" \t　*#"))
            if match:
                return re.split(r"[（(]", match["applicant"] or match["name"])[0].strip()
        return ""

    @cached_property
    def organ(self) -> str:
        """The organ that signs, by its line at the end; empty where none is found."""
        after = self.remedy[1] if self.remedy else 0
        lines = list(self.rules.parts.words["organ_line"].finditer(self.plain, after))
        return lines[-1]["organ"].strip() if lines else ""

    @cached_property
    def days(self) -> Days:
        """The first day the letter states for each step of the case, with its place."""
        found: dict[str, tuple[date, Span]] = {}
        for name in DAYS:
            matches = self.rules.parts.days[name].finditer(self.body)
            dated = (next(iter(days_in(match[0], match.start())), None) for match in matches)
            day = next((one for one in dated if one), None)
            if day:
                found[name] = day
        return found

    def means_law(self, citation: Citation) -> bool:
        """Whether an article without its statute is meant as law: 第三条 after 根据, not 合同第三条."""
        if citation.why == "private":
            return False
        words, before = self.rules.parts.words, self.text[max(0, citation.start - 40) : citation.start]
        return bool(words["lawlike_before"].search(before)) and not words["contract_before"].search(before)

    def _grounds(self) -> Iterator[Ground]:
        words = self.rules.parts.words
        for citation in self.citations:
            ref = self._ref(citation)
            if not ref or citation.start >= len(self.body) or self.body[citation.start] == _BLANK:
                continue
            if words["negated"].search(self.body[max(0, citation.start - 80) : citation.start]):
                continue
            start, end = sentence_around(self.body, citation.start)
            said = self.body[start:end]
            released = bool(words["released"].search(said)) and not words["withheld"].search(said)
            yield Ground(citation, ref, released, citation.ref is None)

    def _ref(self, citation: Citation) -> ProvisionRef | None:
        """The living provision cited; an unnamed statute is supposed to be the disclosure regulation."""
        if citation.status == "ok":
            return citation.ref
        if citation.status != "unresolved" or not self.means_law(citation):
            return None
        try:
            return ProvisionRef.parse(f"《{self.rules.parts.law}》{citation.place}")
        except ValueError:
            return None


def read_reply(text: str, on: date, code: str | None, rules: Rules, known: Known) -> Letter:
    """A letter with what it is meant to be: an outcome, or a paper that is no reply.

    An outcome not valid on the day is taken as unknown. Raises KeyError for a code that is neither.
    """
    papers = {paper.code: paper for paper in valid(rules.parts.papers, on)}
    if code in papers:
        return Letter(text, on, None, rules, known, papers[code])
    outcome = rules.outcomes[code] if code else None
    paper = None if outcome else _titled(text, tuple(papers.values()))
    return Letter(text, on, outcome if outcome and outcome.validity.holds(on) else None, rules, known, paper)


def _titled(text: str, papers: tuple[Paper, ...]) -> Paper | None:
    """The paper a title names: among the first lines that are short and no sentence."""
    lines = [line.strip(" \t　#*") for line in text.splitlines() if line.strip()][:_TITLE]
    for line in lines:
        if len(line) <= _LONGEST_TITLE and not line.endswith(("：", ":", "。")):
            found = next((paper for paper in papers if paper.title.search(line)), None)
            if found:
                return found
    return None


def days_in(words: str, offset: int = 0) -> Iterator[tuple[date, Span]]:
    """Every full date in some words with its span; a day no calendar has is passed over."""
    for match in _DATE.finditer(words):
        parts = re.findall(r"[〇○Ｏ零一二三四五六七八九十]+|\d+", match[0])
        try:
            day = date(*map(_number, parts))
        except ValueError:
            continue
        yield day, (offset + match.start(), offset + match.end())


def _number(part: str) -> int:
    if part.isdecimal() or "十" in part or len(part) < 3:
        return to_int(part)
    return int(part.translate(_CHINESE_DIGITS))


def sentence_around(text: str, at: int) -> Span:
    """The sentence around a place, its full stop included."""
    start = max(text.rfind("。", 0, at), text.rfind("\n", 0, at)) + 1
    ends = [end for end in (text.find("。", max(at - 1, start)), text.find("\n", at)) if end >= 0]
    return start, min(ends) + 1 if ends else len(text)
