"""How a provision stands on a day: living law, or which of the ways of not being it.

A clerk needs to know more than "wrong": whether the edition has ended or not begun, which edition it is, and
whether the article, the paragraph or the item is what no edition has.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from assistant.law.instruments import Instrument, Status
from assistant.law.provisions import ProvisionRef

Why = Literal[
    "",
    "unnamed",
    "ambiguous",
    "private",
    "unknown",
    "unknown_edition",
    "no_article",
    "no_paragraph",
    "no_item",
    "no_longer",
    "not_yet",
    "between",
]


@dataclass(frozen=True)
class Standing:
    """Status with its reason. `edition` is the edition judged: the living one, else the nearest to the day."""

    status: Status
    why: Why = ""
    edition: Instrument | None = None


def stand(editions: tuple[Instrument, ...], ref: ProvisionRef, on: date) -> Standing:
    """Judge a provision by the editions of one instrument that its words mean; at least one is wanted."""
    living = [edition for edition in editions if edition.in_force(on)]
    if living:
        missing = _missing(living[0], ref)
        return Standing("no_such_article" if missing else "ok", missing, living[0])
    ended = [e for e in editions if e.effective_to and e.effective_to < on]
    begins = [e for e in editions if e.effective_from and e.effective_from > on]
    if ended:
        latest = max(ended, key=lambda e: e.effective_to or date.min)
        return Standing("not_in_force", "between" if begins else "no_longer", latest)
    return Standing("not_in_force", "not_yet", min(begins, key=lambda e: e.effective_from or date.max))


def _missing(edition: Instrument, ref: ProvisionRef) -> Why:
    """The largest unit of the address that the edition lacks."""
    if not edition.has(ref.whole_article):
        return "no_article"
    if edition.has(ref):
        return ""
    paragraph = ProvisionRef(ref.law, ref.article, ref.branch, ref.paragraph)
    return "no_item" if ref.item and edition.has(paragraph) else "no_paragraph"
