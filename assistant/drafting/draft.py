"""A draft: blocks of spans, each span locked law, a fact, or a gap that nobody has filled.

Every span knows its clause and the provisions it rests on, so that each sentence can say where it comes from
(provenance.py). Basis: the house's own.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

Kind = Literal["locked", "slot", "gap"]
Role = Literal["title", "number", "addressee", "body", "heading", "enclosure", "organ", "date", "contact"]


@dataclass(frozen=True)
class Span:
    """Words of one origin. `origin` names the clause (locked) or the fact (slot, gap) they come from.

    `clause` is the line of the template the words stand in, `provisions` what they cite, quote or rest on.
    """

    text: str
    kind: Kind
    origin: str
    clause: str = ""
    provisions: tuple[str, ...] = ()


@dataclass(frozen=True)
class Block:
    """One paragraph of the letter in its place of the official layout; `item`: of which item, counted from 1."""

    role: Role
    spans: tuple[Span, ...]
    item: int | None = None

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
    """A letter for one decided request, or a paper beside the reply. It may be exported with gaps, and never hides them.

    `outcome` is what the whole counts as: empty for a paper, and where each item counts by itself; `counted` are the
    rows of the yearly table, one an entry. `paper` is the code of procedures.yaml and `to` who gets the paper.
    `warnings` are for the clerk and no part of the letter: what the office has set doubtfully.
    """

    outcome: str
    road: str
    letter: str
    on: date
    blocks: tuple[Block, ...]
    missing: tuple[MissingFact, ...]
    warnings: tuple[str, ...] = ()
    counted: tuple[str, ...] = ()
    paper: str | None = None
    to: str = "applicant"

    @property
    def text(self) -> str:
        """The plain text, one line a block: what `verify` reads."""
        return "\n".join(block.text for block in self.blocks)
