"""What changed between two letters: paragraphs matched, then words inside a pair, so that a reviewer can read it.

Taking every change gives the new text exactly, refusing every change the old one. Basis: ECMA-376 第17.13.5节
(w:ins, w:del; a paragraph's mark is inserted or deleted by itself).
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Literal

Kind = Literal["same", "del", "ins"]

_TOKEN = re.compile(
    r"\d+|[A-Za-z]+|《[^《》\n]{1,40}》|第（?[一二三四五六七八九十百零〇]{1,6}）?[条款项目]|[ \t]+|.", re.S
)
_ALIKE = 0.35  # of their pairs of characters, for two paragraphs to be one that was changed
_SHORT_BRIDGE = 6  # characters: a shorter stretch between two changes is read with them
_MOST_PAIRS, _MOST_TOKENS = 40_000, 1_000_000


@dataclass(frozen=True)
class Change:
    """A stretch of one paragraph: the same in both, deleted from the old, or inserted into the new."""

    kind: Kind
    words: str


@dataclass(frozen=True)
class Row:
    """One paragraph of the revision: the old one, the new one, or both; `mark` is what became of its end."""

    old: int | None
    new: int | None
    mark: Kind = "same"


def revised_rows(old: Sequence[str], new: Sequence[str]) -> list[Row]:
    """Every paragraph of both letters in reading order. Neither letter may be empty.

    The last mark of a Word file can be neither deleted nor inserted: where the letters end differently, the marks
    before the end carry what became of the paragraphs after them.
    """
    rows = list(_matched(old, new))
    if not any(row.old is not None and row.new is not None for row in rows):
        kept = [row for row in rows if row not in (Row(len(old) - 1, None), Row(None, len(new) - 1))]
        rows = [*kept, Row(len(old) - 1, len(new) - 1)]
    kinds = [_kind(row) for row in rows]
    last = max(at for at, kind in enumerate(kinds) if kind == "same")
    marks: list[Kind] = [*kinds[:last], *kinds[last + 1 :], "same"]
    return [Row(row.old, row.new, mark) for row, mark in zip(rows, marks, strict=True)]


def changes_between(old: str, new: str) -> list[Change]:
    """The changes inside a paragraph, by words, figures, citations and titles, not by scattered characters."""
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    if len(before) * len(after) > _MOST_TOKENS:
        return _whole(old, new)
    found: list[tuple[str, str, str]] = []
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        found.append(("same" if tag == "equal" else "changed", "".join(before[a:b]), "".join(after[c:d])))
    return [one for kind, gone, come in _bridged(found) for one in _told(kind, gone, come)]


def _kind(row: Row) -> Kind:
    if row.old is None:
        return "ins"
    return "del" if row.new is None else "same"


def _matched(old: Sequence[str], new: Sequence[str]) -> Iterator[Row]:
    """Paragraphs that are the same first; between them those most alike."""
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield from (Row(a + step, c + step) for step in range(b - a))
        elif (b - a) * (d - c) > _MOST_PAIRS:
            yield from _unmatched(a, b, c, d)
        else:
            yield from _paired(old, new, (a, b, c, d))


def _paired(old: Sequence[str], new: Sequence[str], between: tuple[int, int, int, int]) -> Iterator[Row]:
    a, b, c, d = between
    ends = [*_most_alike([_pairs(t) for t in old[a:b]], [_pairs(t) for t in new[c:d]]), (b - a, d - c)]
    for (left, right), (next_left, next_right) in pairwise([(-1, -1), *ends]):
        if left >= 0:
            yield Row(a + left, c + right)
        yield from _unmatched(a + left + 1, a + next_left, c + right + 1, c + next_right)


def _most_alike(old: list[Counter[str]], new: list[Counter[str]]) -> list[tuple[int, int]]:
    """Pairs in order whose likeness sums up highest (Needleman-Wunsch without a price for gaps)."""
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    alike = [[_likeness(x, y) for y in new] for x in old]
    for i in reversed(range(len(old))):
        for j in reversed(range(len(new))):
            pair = alike[i][j] + best[i + 1][j + 1] if alike[i][j] >= _ALIKE else 0.0
            best[i][j] = max(pair, best[i + 1][j], best[i][j + 1])
    i = j = 0
    found = []
    while i < len(old) and j < len(new):
        if alike[i][j] >= _ALIKE and best[i][j] == alike[i][j] + best[i + 1][j + 1]:
            found.append((i, j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return found


def _pairs(text: str) -> Counter[str]:
    return Counter(text[at : at + 2] for at in range(max(1, len(text) - 1)))


def _likeness(old: Counter[str], new: Counter[str]) -> float:
    """Twice the pairs of characters they share, by all they have (Dice)."""
    return 2 * (old & new).total() / (old.total() + new.total())


def _unmatched(a: int, b: int, c: int, d: int) -> Iterator[Row]:
    yield from (Row(at, None) for at in range(a, b))
    yield from (Row(None, at) for at in range(c, d))


def _bridged(found: list[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
    """A word that stayed between two longer changes is read as part of one change."""
    kept: list[tuple[str, str, str]] = []
    for at, (kind, gone, come) in enumerate(found):
        inside = 0 < at < len(found) - 1
        if kind == "same" and inside and _is_bridge(gone, kept[-1], found[at + 1]):
            kind = "changed"
        if kept and kept[-1][0] == kind == "changed":
            _, before, after = kept.pop()
            gone, come = before + gone, after + come
        kept.append((kind, gone, come))
    return kept


def _is_bridge(words: str, before: tuple[str, str, str], after: tuple[str, str, str]) -> bool:
    shorter = min(max(len(gone), len(come)) for _, gone, come in (before, after))
    return len(words) <= min(_SHORT_BRIDGE, shorter)


def _told(kind: str, gone: str, come: str) -> Iterator[Change]:
    if kind == "same":
        yield Change("same", gone)
        return
    yield from _whole(gone, come)


def _whole(old: str, new: str) -> list[Change]:
    named: tuple[tuple[Kind, str], ...] = (("del", old), ("ins", new))
    return [Change(kind, words) for kind, words in named if words]
