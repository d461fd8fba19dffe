"""The gate: what the machine refuses to sign. No model, no store, no network.

Each check looks at one thing and points at its place in the letter: articles that exist and are in force,
quotations word for word, a basis that fits the outcome, the remedy its grounds demand, the mandatory parts,
personal data, dates. It works on any letter, ours or not; an error is only what the law makes sure.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Literal

from assistant.drafting.letter_parts import DecisionWords, LetterParts, load_letter_parts
from assistant.drafting.personal_data import find_personal_data
from assistant.law.citations import Citation, cite
from assistant.law.instruments import StatuteBook
from assistant.law.outcomes import Outcome, Outcomes
from assistant.law.provisions import ProvisionRef
from assistant.law.quotations import check_quotations, differences
from assistant.law.remedies import Remedy, RemedyTable

__all__ = ["Finding", "LetterParts", "Verdict", "load_letter_parts", "verify"]

Severity = Literal["error", "warning"]

_DAY = re.compile(r"(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日")
_LAWLIKE = re.compile(r"(?:条例|法|办法|规定|解释|细则)》?(?:[（(][^）)]*[）)])?第")
_REGULATION = "政府信息公开条例"


@dataclass(frozen=True)
class Finding:
    """One fault at its place: the words text[start:end], and what to do about them."""

    severity: Severity
    check: str
    start: int
    end: int
    message: str


@dataclass(frozen=True)
class Verdict:
    """What the gate says of a letter."""

    citations: tuple[Citation, ...]
    findings: tuple[Finding, ...]

    @property
    def passes(self) -> bool:
        """Whether nothing is wrong that blocks signing; warnings do not."""
        return not any(finding.severity == "error" for finding in self.findings)

    def to_json(self) -> dict[str, Any]:
        """The shape of contract.md."""
        cited = [{**vars(c), "ref": str(c.ref) if c.ref else None} for c in self.citations]
        return {"passes": self.passes, "citations": cited, "findings": [vars(f) for f in self.findings]}


def verify(
    text: str,
    *,
    book: StatuteBook,
    outcomes: Outcomes,
    remedies: RemedyTable,
    parts: LetterParts,
    on: date,
    code: str | None = None,
) -> Verdict:
    """Every fault of a letter as of a day. With `code` the grounds are held against that outcome."""
    letter = _Checked(text, book, outcomes, remedies, parts, on, outcomes[code] if code else None)
    found = [finding for check in CHECKS for finding in check(letter)]
    return Verdict(letter.citations, tuple(sorted(found, key=lambda f: (f.severity, f.start, f.check))))


@dataclass(frozen=True)
class _Checked:
    """A letter under the gate, and what it is held against."""

    text: str
    book: StatuteBook
    outcomes: Outcomes
    remedies: RemedyTable
    parts: LetterParts
    on: date
    outcome: Outcome | None

    @cached_property
    def citations(self) -> tuple[Citation, ...]:
        return tuple(cite(self.text, self.book, self.on))

    @cached_property
    def remedy_spans(self) -> tuple[tuple[int, int], ...]:
        """Where the letter tells of remedies: whole lines."""
        return tuple(match.span() for match in self.parts.remedy_paragraph.finditer(self.text))

    @cached_property
    def remedy_text(self) -> str:
        return "\n".join(self.text[start:end] for start, end in self.remedy_spans)

    @cached_property
    def grounds(self) -> tuple[Citation, ...]:
        """Provisions of the Regulation cited outside the remedy paragraph: what the decision rests on."""
        return tuple(
            c
            for c in self.citations
            if c.ref and c.ref.law == _REGULATION and not any(a <= c.start < b for a, b in self.remedy_spans)
        )

    @cached_property
    def decided(self) -> tuple[tuple[DecisionWords, re.Match[str]], ...]:
        """What the letter says it does, with the words."""
        found = ((words, words.pattern.search(self.text)) for words in self.parts.decisions)
        return tuple((words, match) for words, match in found if match)

    def rests_on(self, refs: Iterable[ProvisionRef]) -> bool:
        """Whether one of these provisions, or a part of one, is among the grounds."""
        wanted = tuple(refs)
        return any(ref.covers(_plain(c.ref)) for ref in wanted for c in self.grounds if c.ref)


def _plain(ref: ProvisionRef) -> ProvisionRef:
    """第三十六条第一款第（五）项 is 第三十六条第（五）项: the article has one paragraph."""
    return ProvisionRef(ref.law, ref.article, ref.branch, None if ref.item else ref.paragraph, ref.item)


def _articles(letter: _Checked) -> Iterator[Finding]:
    """Articles exist and are in force on the day."""
    for c in letter.citations:
        place = (c.start, c.end)
        if c.status == "no_such_article":
            yield Finding("error", "article_exists", *place, f"{c.ref}不存在，请核对条、款、项的序号。")
        elif c.status == "not_in_force":
            yield Finding("error", "in_force", *place, f"“{c.text}”在{letter.on}不是现行有效的规定，请改用现行文本。")
        elif c.status == "unknown_instrument" and _LAWLIKE.search(c.text):
            yield Finding("warning", "article_exists", *place, f"语料里没有“{c.text}”所指的法规，请人工核对。")
        elif c.status == "unresolved":
            yield Finding("warning", "article_exists", *place, f"“{c.text}”没有写明是哪一部法规，请写明。")


def _quotations(letter: _Checked) -> Iterator[Finding]:
    """Quoted words are the statute's own."""
    for q in check_quotations(letter.text, list(letter.citations), letter.book, letter.on):
        if not q.verbatim:
            told = differences(q.words, q.said) or "引文与原文不一致"
            message = f"引文与{q.ref}原文不符：{told}。原文是：“{q.said}”"
            yield Finding("error", "quote_verbatim", q.start, q.end, message)


def _basis(letter: _Checked) -> Iterator[Finding]:
    """The grounds carry the decision."""
    if letter.outcome:
        yield from _basis_of_outcome(letter, letter.outcome)
    else:
        yield from _basis_of_words(letter)


def _basis_of_outcome(letter: _Checked, outcome: Outcome) -> Iterator[Finding]:
    leading = [road.basis[0] for road in outcome.roads]
    at = _decision_place(letter)
    if not letter.rests_on(leading):
        wanted = "或者".join(str(ref) for ref in leading)
        loose = any(c.ref and c.ref.covers(ref) for ref in leading for c in letter.grounds)
        severity: Severity = "warning" if loose or not outcome.validity.verified else "error"
        message = f"处理结果是“{outcome.label}”，应当引用{wanted}" + ("，请写明到款、项。" if loose else "。")
        yield Finding(severity, "outcome_basis", *at, message)
    if outcome.group == "partial":
        return
    for c in letter.grounds:
        if c.ref and _contradicts(_plain(c.ref), outcome, letter.parts):
            message = f"{c.ref}不是“{outcome.label}”的依据，与处理结果矛盾，请核对处理结果或者依据。"
            yield Finding("error", "outcome_basis", c.start, c.end, message)


def _contradicts(ref: ProvisionRef, outcome: Outcome, parts: LetterParts) -> bool:
    """Whether a ground tells of another outcome and is no part of this one's basis."""
    telling = any(rule.covers(ref) for rule in parts.telling)
    own = any(basis.covers(ref) or ref.covers(basis) for basis in outcome.basis)
    return telling and not own


def _basis_of_words(letter: _Checked) -> Iterator[Finding]:
    """Without a code: what the letter says it does needs one of the grounds that allow it."""
    for words, match in letter.decided:
        roads = [road for code in words.outcomes for road in letter.outcomes[code].roads]
        leading = [road.basis[0] for road in roads if words.road in (None, road.name)]
        if not letter.rests_on(leading) and not any(c.ref and c.ref.covers(r) for r in leading for c in letter.grounds):
            wanted = "、".join(dict.fromkeys(str(ref) for ref in leading))
            message = f"写明“{words.says}”，却没有引用相应的依据（{wanted}）。"
            yield Finding("error", "outcome_basis", *match.span(), message)


def _decision_place(letter: _Checked) -> tuple[int, int]:
    """Where to point when a ground is lacking: the words that decide, else the first ground, else the start."""
    if letter.decided:
        return letter.decided[0][1].span()
    return (letter.grounds[0].start, letter.grounds[0].end) if letter.grounds else (0, 0)


def _remedy(letter: _Checked) -> Iterator[Finding]:
    """The remedy paragraph is the one the grounds demand, with authority and court named."""
    end = len(letter.text)
    if not letter.remedy_spans:
        yield Finding("error", "remedy", end, end, "没有告知救济途径（《行政复议法》第二十条第三款）。")
        return
    start, stop = letter.remedy_spans[0][0], letter.remedy_spans[-1][1]
    remedy = _remedy_due(letter)
    for phrase in remedy.must:
        if not re.search(phrase.pattern, letter.remedy_text):
            yield Finding("error", "remedy", start, stop, f"{phrase.message}（{_because(remedy)}）。")
    for phrase in remedy.must_not:
        for match in re.finditer(phrase.pattern, letter.remedy_text):
            at = letter.text.find(match[0], start)
            yield Finding("error", "remedy", at, at + len(match[0]), f"{phrase.message}（{_because(remedy)}）。")
    yield from _named(letter, start, stop)


def _remedy_due(letter: _Checked) -> Remedy:
    if letter.outcome and letter.outcome.remedy != "by_basis":
        return letter.remedies.of_class(letter.outcome.remedy, letter.on)
    return letter.remedies.for_grounds((c.ref for c in letter.grounds if c.ref), letter.on)


def _because(remedy: Remedy) -> str:
    return f"{remedy.name}：{remedy.basis[0]}"


def _named(letter: _Checked, start: int, stop: int) -> Iterator[Finding]:
    """Authority and court by their names. Basis: 行政复议法第二十条第三款, 行诉解释第六十四条."""
    kinds = (("行政复议机关", letter.parts.review_authority, "error"), ("人民法院", letter.parts.court, "warning"))
    for kind, pattern, severity in kinds:
        matches = list(pattern.finditer(letter.text, start, stop))
        if any(not letter.parts.unnamed.search(match["who"].strip()) for match in matches):
            continue
        at = matches[0].span("who") if matches else (start, stop)
        yield Finding(severity, "remedy", *at, f"没有写明{kind}的名称，不能只写“有关机关”“人民法院”。")  # type: ignore[arg-type]


def _mandatory(letter: _Checked) -> Iterator[Finding]:
    """Every part is there and no gap stands open."""
    end = len(letter.text)
    for part in letter.parts.parts:
        if part.validity.holds(letter.on) and not part.pattern.search(letter.text):
            severity: Severity = "error" if part.severity == "error" else "warning"
            yield Finding(severity, "mandatory_part", end, end, f"{part.message}（{part.basis[0]}）。")
    for gap in letter.parts.gap.finditer(letter.text):
        yield Finding("error", "mandatory_part", *gap.span(), f"还没有填写：{gap[0].strip('【】').removeprefix('待补：')}。")


def _personal(letter: _Checked) -> Iterator[Finding]:
    """Personal data stand nowhere but in a contact line."""
    for datum in find_personal_data(letter.text):
        line = letter.text[letter.text.rfind("\n", 0, datum.start) + 1 : datum.start]
        if datum.kind == "手机号码" and ("联系" in line or "电话" in line):
            continue
        yield Finding("warning", "personal_data", datum.start, datum.end, f"含有{datum.kind}，请确认可以写入，否则遮去。")


def _dates(letter: _Checked) -> Iterator[Finding]:
    """The reply is not dated before the events it tells of."""
    days = [(match, _date(match)) for match in _DAY.finditer(letter.text)]
    told = [(match, day) for match, day in days if day]
    signed = [(m, d) for m, d in told if letter.text[m.end() :].split("\n", 1)[0].strip() == "" and _alone(letter, m)]
    if not signed:
        return
    replied = signed[-1][1]
    received = re.compile(r"[^。\n]{0,30}(?:收到|收悉|接到|受理)")
    for match, day in told:
        if day > replied and received.match(letter.text, match.end()):
            message = f"收到申请的日期（{match[0]}）晚于答复日期（{signed[-1][0][0]}），请核对。"
            yield Finding("error", "deadline", *match.span(), message)


def _alone(letter: _Checked, match: re.Match[str]) -> bool:
    return not letter.text[letter.text.rfind("\n", 0, match.start()) + 1 : match.start()].strip()


def _date(match: re.Match[str]) -> date | None:
    try:
        return date(*map(int, match.groups()))
    except ValueError:
        return None


def _relics(letter: _Checked) -> Iterator[Finding]:
    """Words of repealed law that templates still carry."""
    for relic in letter.parts.relics:
        if not relic.validity.holds(letter.on):
            continue
        for match in relic.pattern.finditer(letter.text):
            severity: Severity = "error" if relic.severity == "error" else "warning"
            yield Finding(severity, relic.name, *match.span(), f"{relic.message}。")


CHECKS: tuple[Callable[[_Checked], Iterator[Finding]], ...] = (
    _articles,
    _quotations,
    _basis,
    _remedy,
    _mandatory,
    _personal,
    _dates,
    _relics,
)
