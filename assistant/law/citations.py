"""Citations in running text: find → resolve → annotate.

*Find* never guesses: it notes what instrument words stand before an article number, or which
ellipsis (本条, 该条例) does. *Resolve* asks the statute book as of a date; what two statutes could
answer stays unresolved. Spans always lead back to the original text.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from assistant.law.finding import Found, find_citations
from assistant.law.instruments import Instrument, Status, StatuteBook
from assistant.law.mentions import FORMER
from assistant.law.numerals import to_int
from assistant.law.provisions import ProvisionRef
from assistant.law.standing import Standing, Why, stand

_ORDER = re.compile(r"令第([0-9]+|[〇零一二三四五六七八九十百]+)号")


@dataclass(frozen=True)
class Citation:
    """A citation resolved as of a date; `ref` is None where it stays unresolved or unknown.

    `why` tells the ways of failing apart that one status holds; `edition` is the edition it was judged by;
    `could_be` are the titles an unresolved one may mean; `place` is the address of one that has no `ref`.
    A provision that a range leaves unsaid (第十五条 in 第十四条至第十六条) has an empty span and text.
    """

    text: str
    start: int
    end: int
    ref: ProvisionRef | None
    status: Status
    why: Why = ""
    place: str = ""
    could_be: tuple[str, ...] = ()
    edition: Instrument | None = field(default=None, compare=False, repr=False)


def resolve(found: list[Found], book: StatuteBook, on: date) -> list[Citation]:
    """Judge each citation by the statutes in force on a day."""
    return [_resolve_one(one, book, on) for one in found]


def cite(text: str, book: StatuteBook, on: date) -> list[Citation]:
    """Find and resolve in one step."""
    return resolve(find_citations(text, book.names), book, on)


def annotate(text: str, citations: list[Citation], mark: Callable[[Citation], str]) -> str:
    """The text with each citation replaced by `mark(citation)`; all else stays as it was.

    What a range leaves unsaid has no words to mark and is passed over.
    """
    pieces, at = [], 0
    for citation in sorted(citations, key=lambda c: c.start):
        if citation.start >= at and citation.end > citation.start:
            pieces += [text[at : citation.start], mark(citation)]
            at = citation.end
    return "".join((*pieces, text[at:]))


def _resolve_one(one: Found, book: StatuteBook, on: date) -> Citation:
    def result(ref: ProvisionRef | None, standing: Standing) -> Citation:
        status, why, edition = standing.status, standing.why, standing.edition
        place = "" if ref else ProvisionRef("—", one.article, one.branch, one.paragraph, one.item).local
        return Citation(one.text, one.start, one.end, ref, status, why, place, one.could_be, edition)

    if one.named is None:
        return result(None, Standing("unresolved", one.doubt or "unnamed"))
    every = book.named(one.named)
    if not every:
        return result(None, Standing("unknown_instrument", "unknown"))
    editions = _meant(every, one.edition, on)
    if not editions:
        return result(None, Standing("unknown_instrument", "unknown_edition"))
    ref = ProvisionRef(editions[0].name, one.article, one.branch, one.paragraph, one.item)
    return result(ref, stand(editions, ref, on))


def _meant(editions: tuple[Instrument, ...], marked: str, on: date) -> tuple[Instrument, ...]:
    """Editions meant by the words, narrowed by what the letter marks: （2007年）, （国务院令第492号）, 原《条例》.

    A year before the name (2020年《条例》) may only date the sentence; where no edition is of that year it does.
    """
    if not marked:
        return editions
    if marked == FORMER:
        return tuple(e for e in editions if e.effective_to and not e.in_force(on)) or editions
    if marked.endswith("号"):
        return tuple(e for e in editions if _order(e.number) == to_int(marked[:-1]))
    year = marked.removeprefix("~")
    dated = tuple(e for e in editions if year in (str(e.promulgated)[:4], str(e.effective_from)[:4]))
    return dated or (editions if marked.startswith("~") else ())


def _order(number: str) -> int | None:
    found = _ORDER.search(number)
    return to_int(found[1]) if found else None
