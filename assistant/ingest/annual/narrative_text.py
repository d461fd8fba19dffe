"""The prose of a report made ready for reading: half-width, without white space, in sentences.

Every character knows its place in the section, so that whatever is read can be quoted as it stands.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_HALF = {chr(0xFF01 + n): chr(0x21 + n) for n in range(94)}
_HALF |= {"﹐": ",", "\t": " ", "\u3000": " ", "\xa0": " ", "〔": "(", "〕": ")"}
_WIDE = re.compile(f"[{''.join(map(re.escape, _HALF))}]")
_SENTENCE = re.compile(r"[^。;!?\n]+")
_MARK = re.compile(
    r"\s*(?:#+|\([一二三四五六七八九十]+\)|[一二三四五六七八九十]{1,3}[、.]|\d{1,2}[、.](?!\d))"
)
_SPACE = re.compile(r"\s+")
_WRAPPED = 24


@dataclass(frozen=True)
class Sentence:
    """One sentence without white space; `places` are its characters' places in the section.

    `heads`: it stands at the beginning of a marked paragraph, where a new topic begins.
    """

    text: str
    places: tuple[int, ...] | range
    heads: bool

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where a piece of the sentence stands in the section."""
        return self.places[start], self.places[end - 1] + 1


@dataclass(frozen=True)
class Prose:
    """A section as published, the same in half-width characters, and its sentences."""

    text: str
    plain: str
    sentences: tuple[Sentence, ...]


def read_prose(section: str) -> Prose:
    """The prose of a section; its tables, if it has any, are left out of the sentences."""
    plain = half_width(section)
    return Prose(section, plain, tuple(_sentences(plain)))


def half_width(text: str) -> str:
    """The same text, character by character, with digits, letters and punctuation half-width."""
    return _WIDE.sub(lambda match: _HALF[match[0]], text)


def _sentences(plain: str) -> Iterator[Sentence]:
    """Sentences of the prose, table lines left out, lines joined that only the page broke."""
    text = _joined(plain)
    for match in _SENTENCE.finditer(text):
        raw, start = match[0], match.start()
        if "|" in raw or not raw.strip():
            continue
        heads = (start == 0 or text[start - 1] == "\n") and bool(_MARK.match(raw))
        if _SPACE.search(raw):
            places = tuple(start + at for at, char in enumerate(raw) if not char.isspace())
            yield Sentence(_SPACE.sub("", raw), places, heads)
        else:
            yield Sentence(raw, range(start, match.end()), heads)


def _joined(text: str) -> str:
    """Line ends within a sentence become blanks: the line is long, ends on no stop, and no mark follows."""
    lines = text.split("\n")
    kept = [lines[0]]
    for before, line in zip(lines, lines[1:], strict=False):
        wrapped = (
            len(before.strip()) >= _WRAPPED
            and before.rstrip()[-1] not in "。;!?:|"
            and "|" not in line
            and bool(line.strip())
            and not _MARK.match(line)
        )
        kept.append((" " if wrapped else "\n") + line)
    return "".join(kept)
