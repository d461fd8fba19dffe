"""Personal data hidden: reversibly before a text leaves the process, for good before it enters the index.

`mask` puts marks such as ⟦手机1⟧ for a model to keep, and the answer gets the data back, whole or as it streams.
`redact` puts 〔手机1〕, which nothing turns back. What is hidden is told by ingest/personal.py.

Basis: 个人信息保护法第四条、第二十八条.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from assistant.ingest.personal import PersonalKinds
from assistant.ingest.personal_finding import Datum, canonical, find_personal_data

OPEN, CLOSE = "⟦", "⟧"
LITERAL = "原文"  # the mark of an opening bracket that stood in the text itself: no mark can be forged
LONGEST = 24

_MARK = re.compile(rf"{OPEN}[^{OPEN}{CLOSE}]{{1,{LONGEST - 2}}}{CLOSE}")


@dataclass(frozen=True)
class Masked:
    """A text without its personal data, and what stands behind each mark."""

    text: str
    hidden: Mapping[str, str]

    def restore(self, answer: str) -> str:
        """An answer with the marks turned back into the data they stand for; a mark nobody gave stays."""
        return _MARK.sub(lambda mark: self.hidden.get(_bare(mark[0]), mark[0]), answer)

    def restore_stream(self, chunks: Iterable[str]) -> Iterator[str]:
        """The same for an answer that comes in pieces: a mark broken between two is put together first."""
        held = ""
        for chunk in chunks:
            held += chunk
            opened = held.rfind(OPEN)
            begun = opened >= 0 and CLOSE not in held[opened:] and len(held) - opened < LONGEST
            ready, held = (held[:opened], held[opened:]) if begun else (held, "")
            if ready:
                yield self.restore(ready)
        if held:
            yield self.restore(held)


def mask(text: str, kinds: PersonalKinds | None = None) -> Masked:
    """The text with every piece of personal data behind a mark; `restore` gives back exactly what was hidden.

    The same datum has the same number however it is written; another writing of it has a letter of its own.
    """
    marks = _Marks(OPEN, CLOSE)
    masked = _hidden(text, find_personal_data(text, kinds), marks, literal=True)
    return Masked(masked, {mark: words for words, mark in marks.given.items()})


def redact(text: str, kinds: PersonalKinds | None = None) -> str:
    """The text with its personal data gone for good: nothing keeps what stood there."""
    return _hidden(text, find_personal_data(text, kinds), _Marks("〔", "〕"), literal=False)


@dataclass
class _Marks:
    """The marks given out for one text."""

    opening: str
    closing: str
    given: dict[str, str] = field(default_factory=dict)
    _numbers: dict[tuple[str, str], tuple[int, int]] = field(default_factory=dict)

    def of(self, words: str, name: str) -> str:
        """The mark of these words, a new one where they have none yet."""
        if words not in self.given:
            key = (name, canonical(words) or words)
            count = sum(one == name for one, _ in self._numbers)
            number, writings = self._numbers.get(key, (count + 1, 0))
            self._numbers[key] = (number, writings + 1)
            self.given[words] = f"{self.opening}{name}{number}{_letter(writings)}{self.closing}"
        return self.given[words]


def _letter(writings: int) -> str:
    """Nothing for the first writing of a datum, then a, b, … z, aa."""
    letters = ""
    while writings:
        writings, rest = divmod(writings - 1, 26)
        letters = chr(ord("a") + rest) + letters
    return letters


def _hidden(text: str, data: Iterable[Datum], marks: _Marks, literal: bool) -> str:
    """Data where they were found, and the same words wherever else they stand."""
    found = tuple(data)
    names = {datum.text: datum.kind.mark for datum in found} | ({OPEN: LITERAL} if literal else {})
    if not names:
        return text
    again = re.compile("|".join(map(re.escape, sorted(names, key=len, reverse=True))))
    parts, at = [], 0
    for datum in (*found, None):
        end = datum.start if datum else len(text)
        parts.append(again.sub(lambda match: marks.of(match[0], names[match[0]]), text[at:end]))
        if datum:
            parts.append(marks.of(datum.text, datum.kind.mark))
            at = datum.end
    return "".join(parts)


def _bare(mark: str) -> str:
    """A mark as it was given out, though a model put blanks into it or wrote its digits full-width."""
    return "".join(unicodedata.normalize("NFKC", mark).split())
