"""Citations in running text: find → resolve → annotate.

*Find* never guesses: it notes what instrument words stand before an article number, or which
ellipsis (本条, 该条例) does. *Resolve* asks the statute book as of a date; what two statutes could
answer stays unresolved. Spans always lead back to the original text.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from assistant.law.finding import Found, find_citations
from assistant.law.instruments import Instrument, Status, StatuteBook
from assistant.law.provisions import ProvisionRef

_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True)
class Citation:
    """A citation resolved as of a date; `ref` is None where it stays unresolved or unknown."""

    text: str
    start: int
    end: int
    ref: ProvisionRef | None
    status: Status


def resolve(found: list[Found], book: StatuteBook, on: date) -> list[Citation]:
    """Judge each citation by the statutes in force on a day."""
    return [_resolve_one(one, book, on) for one in found]


def cite(text: str, book: StatuteBook, on: date) -> list[Citation]:
    """Find and resolve in one step."""
    return resolve(find_citations(text, lambda words: bool(book.named(words))), book, on)


def annotate(text: str, citations: list[Citation], mark: Callable[[Citation], str]) -> str:
    """The text with each citation replaced by `mark(citation)`; all else stays as it was."""
    pieces, at = [], 0
    for citation in sorted(citations, key=lambda c: c.start):
        if citation.start >= at:
            pieces += [text[at : citation.start], mark(citation)]
            at = citation.end
    return "".join(pieces) + text[at:]


def _resolve_one(one: Found, book: StatuteBook, on: date) -> Citation:
    def result(ref: ProvisionRef | None, status: Status) -> Citation:
        return Citation(one.text, one.start, one.end, ref, status)

    if one.named is None:
        return result(None, "unresolved")
    editions = _editions(one, book)
    if not editions:
        return result(None, "unknown_instrument")
    if len({edition.name for edition in editions}) > 1:
        return result(None, "unresolved")
    ref = ProvisionRef(editions[0].name, one.article, one.branch, one.paragraph, one.item)
    living = [edition for edition in editions if edition.in_force(on)]
    if not living:
        return result(ref, "not_in_force")
    return result(ref, "ok" if living[0].has(ref) else "no_such_article")


def _editions(one: Found, book: StatuteBook) -> tuple[Instrument, ...]:
    """Editions meant by the words, narrowed by a year in brackets: 《…条例》（2007年）."""
    editions = book.named(one.named or "")
    year = _YEAR.search(one.edition)
    if not year:
        return editions
    dated = tuple(e for e in editions if year[0] in (str(e.promulgated)[:4], str(e.effective_from)[:4]))
    return dated or editions
