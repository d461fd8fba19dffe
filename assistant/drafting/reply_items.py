"""A reply that answers several items one by one: each item with what it relies on.

An item decides where it says what is given, withheld or not there; what only introduces or sums up belongs to
all. Basis: 政府信息公开条例第三十六条 (each item is answered under its own number).
"""

from collections.abc import Iterator
from dataclasses import dataclass

from assistant.drafting.letter_parts import valid
from assistant.drafting.reading import Ground, Letter, Span

_FEWEST = 2


@dataclass(frozen=True)
class Section:
    """A stretch of the letter that decides for itself, and the provisions that stand in or over it."""

    span: Span
    grounds: tuple[Ground, ...]


def sections(letter: Letter) -> tuple[Section, ...]:
    """The deciding items of a letter and the rest of it; the body as a whole where there are none to part."""
    items = [span for span in _items(letter) if _decides(letter, span)]
    if len(items) < _FEWEST:
        return (Section((0, len(letter.body)), letter.grounds),)
    common = tuple(g for g in letter.grounds if not any(_in(g, span) for span in items))
    own = [Section(span, (*(g for g in letter.grounds if _in(g, span)), *common)) for span in items]
    rest = [(0, items[0][0])]
    rest += [(before[1], after[0]) for before, after in zip(items, items[1:], strict=False)]
    rest.append((items[-1][1], len(letter.body)))
    return (*own, *(Section(span, letter.grounds) for span in rest if span[0] < span[1]))


def _items(letter: Letter) -> Iterator[Span]:
    """From each numbered line to the next; the last ends with its line, or with the body where others have several."""
    starts = [match.start() for match in letter.rules.parts.words["item"].finditer(letter.body)]
    pairs = list(zip(starts, starts[1:], strict=False))
    yield from pairs
    if starts:
        several = any(letter.body[start:end].strip().count("\n") for start, end in pairs)
        line = letter.body.find("\n", starts[-1])
        yield starts[-1], len(letter.body) if several or line < 0 else line


def _decides(letter: Letter, span: Span) -> bool:
    said = letter.body[span[0] : span[1]].strip()
    if "\n" not in said and letter.rules.parts.words["in_general"].search(said):
        return False
    return any(d.words.search(said) for d in valid(letter.rules.parts.decisions, letter.on))


def _in(ground: Ground, span: Span) -> bool:
    return span[0] <= ground.citation.start < span[1]
