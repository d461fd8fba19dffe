"""Personal data in a text: what, where, and whether it is certain.

*Find* only notes; what becomes of it (a mark, a warning, a missing point) is others' affair. Digits may be
full-width, parted by blanks or broken by a line. Spans lead back to the text as it was given.

Known limits: a name without label, title, ID number or signature line is not found; numbers written in
Chinese characters (一三八…) are not; a house number of a road without a room (东山路12号) is a place, not a home.
Basis: 个人信息保护法第四条、第二十八条.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from assistant.ingest.personal import Pattern, PersonalKind, PersonalKinds, load_personal_kinds
from assistant.ingest.personal_proofs import PROOFS

NEAR = 24
LINE = 120

_BLANKS = "\r\f\v\u00a0\u1680\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200b\u200c\u200d\u2060\u3000\ufeff"
_PLAIN: dict[int, int | str] = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_PLAIN.update(dict.fromkeys(map(ord, _BLANKS), " "))
_PLAIN.update(dict.fromkeys(map(ord, "‐‑‒–—―−﹣"), "-"))
_PLAIN.update({0x1D7CE + place: str(place % 10) for place in range(50)})
_PLAIN.update(zip(map(ord, "Ⅹ∶﹕•‧・"), "X::···", strict=True))
_ROW = re.compile(r"[^\n]+")
_CELL = re.compile(r"[^|\t\n]+")
_NAMED = re.compile(r"[^、,]+")


@dataclass(frozen=True)
class Datum:
    """One piece of personal data: `text` is the given text[start:end]; `certain` is false where it is 疑似."""

    kind: PersonalKind
    text: str
    start: int
    end: int
    certain: bool

    @cached_property
    def plain(self) -> str:
        """The datum however it was written: half-width, without blanks and hyphens."""
        return canonical(self.text)


def plain(text: str) -> str:
    """The text with full-width characters made half-width, one for one, so that places stay what they are."""
    return text.translate(_PLAIN)


def canonical(words: str) -> str:
    """A datum in the one form in which two of them are compared."""
    bare = re.sub(r"[\s()-]", "", plain(words)).upper()
    return re.sub(r"^(?:\+|00)?86(?=1[3-9][0-9]{9}$)", "", bare)


def find_personal_data(text: str, kinds: PersonalKinds | None = None) -> tuple[Datum, ...]:
    """Every piece of personal data, in the order of the text; none overlaps another.

    `kinds` are those of an office's rules; the shipped ones without.
    """
    search = _Search(text, plain(text), kinds or load_personal_kinds())
    return tuple(sorted(search.data(), key=lambda datum: datum.start))


@dataclass(frozen=True)
class _Search:
    given: str
    plain: str
    kinds: PersonalKinds

    def data(self) -> Iterator[Datum]:
        """Kind after kind; what one has taken the next leaves alone."""
        taken = bytearray(len(self.plain))
        for kind in self.kinds:
            for start, end, certain in self._of(kind):
                if any(taken[start:end]) or (kind.organ and self._of_an_organ(start)):
                    continue
                taken[start:end] = b"\x01" * (end - start)
                yield Datum(kind, self.given[start:end], start, end, certain)

    def _of(self, kind: PersonalKind) -> Iterator[tuple[int, int, bool]]:
        for pattern in kind.patterns:
            yield from ((start, end, pattern.certain) for start, end in self._spans(pattern))
        if kind.key == "name":
            yield from ((start, end, True) for start, end in self._columns())

    def _columns(self) -> Iterator[tuple[int, int]]:
        """Names in the rows under a heading such as 户主姓名, of a table whose cells are parted by bars or tabs."""
        places: list[int] = []
        for line in _ROW.finditer(self.plain):
            cells = list(_CELL.finditer(self.plain, *line.span()))
            heads = [at for at, cell in enumerate(cells) if cell[0].strip() in self.kinds.name_columns]
            if len(cells) < 2 or heads:
                places = heads if len(cells) > 1 else []
                continue
            for cell in (cells[at] for at in places if at < len(cells)):
                words = cell[0].strip()
                if self.kinds.person.fullmatch(words) and PROOFS["name"](words, self.kinds.known):
                    start = cell.start() + len(cell[0]) - len(cell[0].lstrip())
                    yield start, start + len(words)

    def _spans(self, pattern: Pattern) -> Iterator[tuple[int, int]]:
        """Where a pattern finds what its proof accepts; after a refusal the next character is tried."""
        at = 0
        while match := pattern.words.search(self.plain, at):
            spans = list(self._proved(pattern, *pattern.span(match)))
            yield from spans
            at = max(match.end(), match.start() + 1) if spans else match.start() + 1

    def _proved(self, pattern: Pattern, start: int, end: int) -> Iterator[tuple[int, int]]:
        known, proof = self.kinds.known, PROOFS[pattern.proof]
        if pattern.proof == "name":
            for one in _NAMED.finditer(self.plain, start, end):
                words = one[0].strip()
                begin = one.start() + len(one[0]) - len(one[0].lstrip())
                if proof(words, known):
                    yield begin, begin + len(words)
        elif "datum" in pattern.words.groupindex or not self._another_number(start):
            bare = "".join(char for char in self.plain[start:end] if char.isalnum()).upper()
            if proof(bare, known):
                yield start, end

    def _another_number(self, at: int) -> bool:
        """Whether the words right before a number say that it is a document's, a parcel's, a sum."""
        return bool(self.kinds.other_numbers.search(self.plain, max(0, at - NEAR), at))

    def _of_an_organ(self, at: int) -> bool:
        """Whether the line names an organ and no person before the number."""
        begin = max(self.plain.rfind("\n", 0, at) + 1, at - LINE)
        before = self.plain[begin:at]
        return bool(self.kinds.organs.search(before)) and not self.kinds.persons.search(before)
