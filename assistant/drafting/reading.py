"""A letter as the checks see it: the organ's own words, what it relies on, and its remedy paragraph.

The applicant's words and longer quotations are blanked out, at the same length, so that nothing the organ
does not say itself is held against it and every span still leads back to the letter.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from assistant.drafting.letter_parts import DATE, LetterParts
from assistant.law.citations import Citation, cite
from assistant.law.instruments import StatuteBook
from assistant.law.numerals import to_int
from assistant.law.outcomes import Outcome, Outcomes
from assistant.law.provisions import ProvisionRef
from assistant.law.remedies import RemedyTable

_QUOTED = re.compile(r"[“「\"]([^“”「」\"\n]{10,})[”」\"]")
_DATE = re.compile(DATE)
_CHINESE_DIGITS = str.maketrans("〇○Ｏ零一二三四五六七八九", "0000123456789")
_BLANK = "□"
_SPACED = 3  # line breaks between two sentences of one remedy paragraph, at most

Span = tuple[int, int]


@dataclass(frozen=True)
class Rules:
    """Everything a letter is checked against."""

    book: StatuteBook
    outcomes: Outcomes
    remedies: RemedyTable
    parts: LetterParts


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
    """One letter on one day, with the outcome it is meant to be where that is known.

    `own` are the applicant's own personal data, in the form in which data are compared: they may stand in it.
    """

    text: str
    on: date
    outcome: Outcome | None
    rules: Rules
    own: frozenset[str] = frozenset()

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
        return _sentence(self.plain, start)[0], _sentence(self.plain, end)[1]

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
            start, end = _sentence(self.body, citation.start)
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


def read_reply(
    text: str, on: date, code: str | None, rules: Rules, own: frozenset[str] = frozenset()
) -> Letter:
    """A letter with what it is meant to be; an outcome not valid on the day is taken as unknown."""
    outcome = rules.outcomes[code] if code else None
    return Letter(text, on, outcome if outcome and outcome.validity.holds(on) else None, rules, own)


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


def _sentence(text: str, at: int) -> Span:
    """The sentence around a place, its full stop included."""
    start = max(text.rfind("。", 0, at), text.rfind("\n", 0, at)) + 1
    ends = [end for end in (text.find("。", max(at - 1, start)), text.find("\n", at)) if end >= 0]
    return start, min(ends) + 1 if ends else len(text)
