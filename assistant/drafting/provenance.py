"""Where every sentence of a draft comes from: the clauses of the library, the facts used, the provisions.

Basis: the house's own; 政府信息公开条例第三十六条 asks that an answer rest on facts and provisions.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from assistant.drafting.draft import Block, Draft, Role, Span

_ENDS = "。？！"
_OPENS, _CLOSES = "“‘（《", "”’）》"


@dataclass(frozen=True)
class Sentence:
    """One sentence. `start` is its place in the draft's text.

    `clauses` are lines of the clause library (LETTER/CLAUSE), `facts` slots whose values stand in it, `gaps` slots
    nobody has filled, `provisions` what it cites, quotes or rests on. `item` counts from 1 where there are several.
    """

    text: str
    start: int
    role: Role
    item: int | None
    clauses: tuple[str, ...]
    facts: tuple[str, ...]
    gaps: tuple[str, ...]
    provisions: tuple[str, ...]


def sentences_of(draft: Draft) -> tuple[Sentence, ...]:
    """Every sentence in the order of the letter; put together they are its text, line breaks left out."""
    return tuple(_sentences(draft))


def draft_to_json(draft: Draft) -> dict[str, Any]:
    """As `assistant draft --json` prints it."""
    return {
        "outcome": draft.outcome or None,
        "road": draft.road or None,
        "paper": draft.paper,
        "to": draft.to,
        "letter": draft.letter,
        "on": draft.on.isoformat(),
        "counted": list(draft.counted),
        "complete": not draft.missing,
        "missing": [{"key": gap.key, "meaning": gap.meaning, "why": gap.why} for gap in draft.missing],
        "warnings": list(draft.warnings),
        "text": draft.text,
        "sentences": [
            {
                "text": one.text,
                "start": one.start,
                "end": one.start + len(one.text),
                "role": one.role,
                "item": one.item,
                "clauses": list(one.clauses),
                "facts": list(one.facts),
                "gaps": list(one.gaps),
                "provisions": list(one.provisions),
            }
            for one in sentences_of(draft)
        ],
    }


def _sentences(draft: Draft) -> Iterator[Sentence]:
    at = 0
    for block in draft.blocks:
        for start, end in _cuts(block.text):
            yield _sentence(block, start, end, at)
        at += len(block.text) + 1


def _sentence(block: Block, start: int, end: int, at: int) -> Sentence:
    spans = list(_within(block, start, end))
    return Sentence(
        text=block.text[start:end],
        start=at + start,
        role=block.role,
        item=block.item,
        clauses=_unique(span.clause for span in spans if span.clause),
        facts=_unique(span.origin for span in spans if span.kind == "slot"),
        gaps=_unique(span.origin for span in spans if span.kind == "gap"),
        provisions=_unique(ref for span in spans for ref in span.provisions),
    )


def _within(block: Block, start: int, end: int) -> Iterator[Span]:
    """The spans of which something stands between two places of a block."""
    at = 0
    for span in block.spans:
        if at < end and at + len(span.text) > start:
            yield span
        at += len(span.text)


def _cuts(text: str) -> Iterator[tuple[int, int]]:
    """Where sentences begin and end: a stop inside quotation marks or brackets ends none."""
    start = depth = 0
    for place, sign in enumerate(text):
        depth = max(0, depth + (sign in _OPENS) - (sign in _CLOSES))
        if sign in _ENDS and not depth:
            yield start, place + 1
            start = place + 1
    if start < len(text):
        yield start, len(text)


def _unique(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))
