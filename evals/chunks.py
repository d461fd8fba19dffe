"""What stands in a chunk of the textbook pipeline: which articles, which sections of a report.

A chunk knows its file and where it begins in it. An article stands in a chunk where half of its text does, or
where it makes up half of the chunk; the article most of the chunk's text belongs to is the one it is taken for.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.ingest.passages import Passage
from assistant.ingest.statutes import read_statute
from assistant.law.provisions import ProvisionRef
from evals.baselines import Unit

_HEADING = re.compile(r"^#+ .*$", re.MULTILINE)
HALF = 0.5


@dataclass(frozen=True)
class Span:
    """Where the text of an article or a section stands in its file: characters from `begin` up to `end`."""

    unit: Unit
    begin: int
    end: int

    def within(self, begin: int, end: int) -> int:
        """How many of its characters stand there."""
        return max(0, min(self.end, end) - max(self.begin, begin))


@dataclass(frozen=True)
class Chunk:
    """What most of a chunk is, and everything that stands in it."""

    main: Unit
    units: frozenset[Unit]


def article_spans(path: Path) -> tuple[Span, ...]:
    """The articles of a statute file, each from its heading to the next heading of any kind."""
    text, law = path.read_text(encoding="utf-8"), read_statute(path)
    headings = [*_HEADING.finditer(text)]
    ends = [heading.start() for heading in headings[1:]] + [len(text)]
    blocks = [(match, end) for match, end in zip(headings, ends, strict=True) if match[0].startswith("### ")]
    refs = [ProvisionRef(law.name, number, branch) for number, branch in law.articles]
    return tuple(Span(ref, match.start(), end) for ref, (match, end) in zip(refs, blocks, strict=True))


def section_spans(text: str, passages: Iterable[Passage]) -> tuple[Span, ...]:
    """The passages of a report that stand in its file word for word; its table rows do not."""
    found = ((passage.id, text.find(passage.shown), len(passage.shown)) for passage in passages)
    return tuple(Span(unit, begin, begin + length) for unit, begin, length in found if begin >= 0)


def chunk_at(spans: Sequence[Span], begin: int, end: int, fallback: str) -> Chunk:
    """What stands between two characters of a file; `fallback` names a chunk in which nothing does."""
    shares = Counter({span.unit: span.within(begin, end) for span in spans if span.within(begin, end)})
    held = {
        span.unit
        for span in spans
        if span.within(begin, end) >= HALF * min(span.end - span.begin, end - begin)
    }
    main = max(shares, key=lambda unit: shares[unit], default=fallback)
    return Chunk(main, frozenset(held))
