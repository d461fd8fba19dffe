"""A draft reply: blocks of spans, each span locked law, a fact, or a gap that nobody has filled."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

Kind = Literal["locked", "slot", "gap"]
Role = Literal["title", "number", "addressee", "body", "heading", "enclosure", "organ", "date", "contact"]


@dataclass(frozen=True)
class Span:
    """Words of one origin. `origin` names the clause (locked) or the fact (slot, gap) they come from."""

    text: str
    kind: Kind
    origin: str


@dataclass(frozen=True)
class Block:
    """One paragraph of the letter in its place of the official layout."""

    role: Role
    spans: tuple[Span, ...]

    @property
    def text(self) -> str:
        return "".join(span.text for span in self.spans)


@dataclass(frozen=True)
class MissingFact:
    """A fact the letter must state and nobody has given: its key, what it means, which article wants it."""

    key: str
    meaning: str
    why: str


@dataclass(frozen=True)
class Draft:
    """A letter for one decided request. It may be exported with gaps, and never hides them.

    `warnings` are for the clerk and no part of the letter: what the office has set doubtfully.
    """

    outcome: str
    road: str
    letter: str
    on: date
    blocks: tuple[Block, ...]
    missing: tuple[MissingFact, ...]
    warnings: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The plain text, one line a block: what `verify` reads."""
        return "\n".join(block.text for block in self.blocks)
