"""The headings of a report: every line that is or tries to be the title of one of its top sections.

Basis: 政府信息公开条例第五十条; 国办公开办函〔2021〕30号.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from assistant.ingest.annual.text import ReportText, han, without_guidance

if TYPE_CHECKING:
    from assistant.ingest.annual.form import ReportForm, SectionForm
    from assistant.ingest.annual.rows import TableForm

_LONGEST = 44
_ALIKE = 0.8
_TOP = re.compile(r"第?\s*[一二三四五六七八九十]{1,2}\s*(?:部\s*分\s*[、.,:]?|[、.,:]|\s)\s*(.+)")
_SUB = re.compile(r"(?:\(\s*[一二三四五六七八九十]\s*\)|[1-9]\s*[、.])\s*(.+)")
_FIGURE = re.compile(r"[\s|]*[+-]?\d[\d,.*]*[\s|]*(?:$|\|)")


@dataclass(frozen=True)
class Heading:
    """A top heading as printed. `number`: the statutory section it names, None for any other title.

    `official`: its words are the prescribed ones, punctuation and damage of single spaces aside.
    """

    number: int | None
    words: str
    line: int
    official: bool = False


@dataclass(frozen=True)
class Titles:
    """Titles by their Chinese characters: `official`, all that are `known`, and how rows of table two begin."""

    official: Mapping[str, int]
    known: Mapping[str, int]
    row_starts: tuple[str, ...]

    def number(self, words: str, loosely: bool) -> int | None:
        """The section of a title in Chinese characters alone; `loosely` also where a few are damaged."""
        found = self.known.get(words)
        if found or not loosely:
            return found
        near = {number for title, number in self.official.items() if _alike(title, words)}
        return near.pop() if len(near) == 1 else None


def find_headings(text: ReportText, form: "ReportForm") -> tuple[Heading, ...]:
    """All top headings in document order: official, renamed, repeated, out of order, of old outlines."""
    titles = form.headings
    tops: list[Heading] = []
    others: list[Heading] = []
    for at, line in enumerate(text.plain):
        if len(line) > 2 * _LONGEST or line.count("|") > 4:
            continue
        words = line.strip(" |#*_>")
        if not words or len(words) > _LONGEST or "|" in words or "。" in words:
            continue
        printed = text.printed[at].strip(" \u3000\xa0\t|#*_")
        if top := _TOP.fullmatch(words):
            tops += _heading(top[1], printed, text.number(at), titles, _next(text, at))
        elif bare := titles.known.get(han(without_guidance(_title_of(words)))):
            others.append(_as_heading(bare, _title_of(words), printed, text.number(at), titles))
    return tuple(sorted((*tops, *_unnumbered(tops, others)), key=lambda heading: heading.line))


def title_of(words: str) -> str:
    """A heading without its ordinal."""
    found = _TOP.fullmatch(words.strip()) or _SUB.fullmatch(words.strip())
    return found[1] if found else words


def section_titles(sections: "tuple[SectionForm, ...]", requests: "TableForm") -> Titles:
    """What the headings of a report are compared with."""
    official = {han(section.title): section.number for section in sections}
    known = {han(name): s.number for s in sections for name in (*s.names, *s.renamed)}
    rows = requests.rows.values()
    starts = {han(row.label)[:4] for row in rows if row.mark.endswith("、")}
    starts |= {han(row.under.split("、")[-1])[:4] for row in rows if "、" in row.under}
    return Titles(official, known | official, tuple(sorted(start for start in starts if start)))


def _heading(words: str, printed: str, line: int, titles: Titles, following: str) -> Iterator[Heading]:
    """The heading a line with a top ordinal makes, unless it is a row of the table."""
    key = han(without_guidance(words))
    if not key or key.startswith(titles.row_starts) or _FIGURE.match(following):
        return
    number = titles.number(key, loosely=True)
    yield Heading(number, printed, line, official=titles.official.get(key) is not None)


def _as_heading(number: int, words: str, printed: str, line: int, titles: Titles) -> Heading:
    return Heading(number, printed, line, official=han(words) in titles.official)


def _title_of(words: str) -> str:
    found = _SUB.fullmatch(words)
    return found[1] if found else words


def _unnumbered(tops: list[Heading], others: list[Heading]) -> Iterator[Heading]:
    """Titles with a lower ordinal or none stand for a section that no top heading names.

    （一）主动公开政府信息情况 under 总体情况 bears the title of section two and is no heading of it.
    """
    named = {heading.number for heading in tops}
    for heading in others:
        bare = not _SUB.match(heading.words.translate(_HALF))
        if heading.number not in named and (bare or len(named - {None}) < 2):
            yield heading


_HALF = str.maketrans("（）．", "().")


def _next(text: ReportText, at: int) -> str:
    return next((line for line in text.plain[at + 1 : at + 4] if line.strip(" |")), "")


def _alike(title: str, words: str) -> bool:
    if abs(len(title) - len(words)) > 4:
        return False
    return SequenceMatcher(None, title, words, autojunk=False).ratio() >= _ALIKE
