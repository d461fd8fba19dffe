"""The remedy paragraph fits the grounds: review first, or review and suit at choice, with names and limits.

Basis: 行政复议法第二十条、第二十三条; 行政诉讼法第四十五条、第四十六条.
"""

import re
from collections.abc import Iterator

from assistant.drafting.checks_authority import check_names
from assistant.drafting.reading import Letter, Span
from assistant.drafting.verdict import Finding
from assistant.law.provisions import ProvisionRef
from assistant.law.remedies import Remedy

_OR = re.compile(r"或者?|及|、")


def check_remedy(letter: Letter) -> Iterator[Finding]:
    """A remedy paragraph of the right class that names authority, court and limits."""
    if letter.paper and not letter.paper.remedy:
        return
    table = letter.rules.remedies
    if not any(remedy.validity.holds(letter.on) for remedy in table.remedies):
        why = table.not_judged(letter.on)
        message = f"没有适用于{letter.on}的救济规则，请人工核对救济途径。{why or ''}"
        yield Finding("warning", "remedy", 0, 0, message)
        return
    remedy = _remedy_due(letter)
    if letter.remedy is None:
        end = len(letter.text)
        yield Finding(
            "error", "remedy", end, end, f"没有救济告知，应当按“{remedy.name}”写明。{_basis(remedy)}"
        )
        return
    if _settled(letter) or _faults(letter, table.of_class("A", letter.on)):
        yield from _faults(letter, remedy)
    yield from _names(letter, letter.remedy)
    yield from check_names(letter, letter.remedy)


def _withheld_on(letter: Letter) -> list[ProvisionRef]:
    """The provisions relied on to keep something back."""
    if not letter.withholds:
        return []
    sure = letter.outcome is not None and letter.outcome.group in ("refuse", "partial")
    return [ground.ref for ground in letter.grounds if sure or not ground.released]


def _remedy_due(letter: Letter) -> Remedy:
    """The class by the grounds; where they leave it open, by the outcome the letter is meant to be."""
    table, outcome = letter.rules.remedies, letter.outcome
    by_grounds = table.for_grounds(_withheld_on(letter), letter.on)
    if not by_grounds.relied_on and outcome and outcome.remedy == "A":
        return table.of_class("A", letter.on)
    return by_grounds


def _settled(letter: Letter) -> bool:
    """Whether the class is sure: a refusal that names no ground, of unknown outcome, may be of either."""
    named = any(_decisive(letter, ground.ref) for ground in letter.grounds)
    return letter.outcome is not None or not letter.withholds or named


def _decisive(letter: Letter, ref: ProvisionRef) -> bool:
    """A ground of its own; the item that only announces a refusal is none."""
    parts = letter.rules.parts
    announcing = {p for row in parts.conflicts for p in row.provisions if parts.answers.covers(p)}
    return any(row.covers(ref) for row in parts.decisive if row not in announcing)


def _faults(letter: Letter, remedy: Remedy) -> list[Finding]:
    """Phrases the paragraph lacks, and phrases it must not have."""
    start, end = letter.remedy or (0, 0)
    said = letter.plain[start:end]
    basis = _basis(remedy)
    lacking = [
        Finding("error", "remedy", start, end, f"{phrase.message}。{basis}")
        for phrase in remedy.must
        if not re.search(phrase.pattern, said)
    ]
    bound, free = _bound(letter, said)
    found = [(phrase, re.search(phrase.pattern, bound)) for phrase in remedy.must_not]
    if remedy.relied_on:  # beside what is withheld, the rest leaves free choice
        rest = letter.rules.remedies.of_class("B", letter.on)
        found += [(phrase, re.search(phrase.pattern, free)) for phrase in rest.must_not]
    wrong = [
        Finding("error", "remedy", start + at.start(), start + at.end(), f"{phrase.message}。{basis}")
        for phrase, at in found
        if at
    ]
    return lacking + wrong


def _bound(letter: Letter, said: str) -> tuple[str, str]:
    """The paragraph without the sentences on the part that was given, and those alone; blanked at its length."""
    given = letter.rules.parts.words["rest_of_partial"]
    pieces = re.split(r"(?<=[。；])", said)
    free = [bool(given.search(piece)) for piece in pieces]

    def kept(which: bool) -> str:
        return "".join(
            p if is_free == which else "□" * len(p) for p, is_free in zip(pieces, free, strict=True)
        )

    return kept(False), kept(True)


def _names(letter: Letter, place: Span) -> Iterator[Finding]:
    """The review authority by name (行政复议法第二十条第三款); the court by name where it can be told."""
    words = letter.rules.parts.words
    start, end = place
    said = letter.plain[start:end]
    authorities = list(words["authority"].finditer(said))
    if not any(_authority_named(letter, found["authority"]) for found in authorities):
        at = authorities[0].span("authority") if authorities else (0, len(said))
        message = "没有写明行政复议机关的名称，应写“向（某某人民政府）申请行政复议”。"
        yield Finding("error", "remedy", start + at[0], start + at[1], message)
    courts = list(words["court"].finditer(said))
    if courts and not any(_court_named(letter, found[0]) for found in courts):
        message = "没有写明管辖法院的名称，应写“（某某）人民法院”。"
        yield Finding("warning", "remedy", start + courts[0].start(), start + courts[0].end(), message)
    if not courts:
        yield Finding("error", "remedy", start, end, "没有写明向哪一个人民法院提起行政诉讼。")


def _authority_named(letter: Letter, words: str) -> bool:
    known = letter.rules.parts.words
    return any(
        known["authority_named"].search(one) and not known["authority_vague"].search(one)
        for one in _OR.split(words)
    )


def _court_named(letter: Letter, words: str) -> bool:
    known = letter.rules.parts.words
    return bool(known["court_named"].search(words)) and not known["court_vague"].search(words)


def _basis(remedy: Remedy) -> str:
    return f"依据：{'、'.join(str(ref) for ref in remedy.basis)}。"
