"""Passages: what is searched, and what is shown when it is found.

Statutes are cut by 条, 款 and 项; a hit on an item shows its whole article. Reports are cut by section
and by table row.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from assistant.law.instruments import Article, Instrument, StatuteBook
from assistant.law.provisions import ProvisionRef

Kind = Literal["provision", "report", "reply", "guide"]


@dataclass(frozen=True)
class Passage:
    """One unit of the index. `text` is searched, `shown` is returned, `source` is a file of the corpus.

    `ref` is set for provisions; the dates are those between which a provision is living law. `title` says
    where anything else stands (agency, year, section or row of a report); `agency` and `year` are whose it is.
    """

    id: str
    kind: Kind
    text: str
    shown: str
    source: str
    ref: ProvisionRef | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    title: str = ""
    agency: str | None = None
    year: int | None = None

    def holds(self, on: date) -> bool:
        """Whether the passage may be shown as living on that day."""
        begun = self.valid_from is None or self.valid_from <= on
        return begun and (self.valid_to is None or on <= self.valid_to)


def cut_statutes(book: StatuteBook) -> list[Passage]:
    """Every article, paragraph and item of the statutes whose text the corpus holds."""
    return [
        passage
        for instrument in book.instruments
        for article in instrument.articles.values()
        for passage in _cut_article(instrument, article)
    ]


def cut_rules(book: StatuteBook) -> list[Passage]:
    """The dated rules of instruments whose text the corpus does not hold; marked as unproved where shown."""
    return [
        Passage(
            id=f"{instrument.file}#{instrument.number}-{number}",
            kind="guide",
            text=f"{instrument.name} {' '.join(instrument.aliases)} {rule.words}",
            shown=f"{rule.words}（要旨，据《{instrument.name}》{instrument.number}，未核对原文）",
            source=instrument.file,
            ref=ProvisionRef(instrument.name, rule.article) if rule.article else None,
            title=f"《{instrument.name}》{instrument.number}",
            valid_from=rule.validity.valid_from,
            valid_to=rule.validity.valid_to,
        )
        for instrument in book.instruments
        for number, rule in enumerate(instrument.rules, start=1)
    ]


def _cut_article(instrument: Instrument, article: Article) -> Iterator[Passage]:
    for ref, words in _parts(ProvisionRef(instrument.name, article.number, article.branch), article):
        yield Passage(
            id=f"{instrument.file}#{ref.local}",
            kind="provision",
            text=f"{instrument.name}{ref.local} {words}",
            shown=article.text,
            source=instrument.file,
            ref=ref,
            valid_from=instrument.effective_from,
            valid_to=instrument.effective_to,
        )


def _parts(whole: ProvisionRef, article: Article) -> Iterator[tuple[ProvisionRef, str]]:
    """The article, then each paragraph where there are several, then each item with the words that lead to it."""
    yield whole, article.text
    several = len(article.paragraphs) > 1
    for number, paragraph in enumerate(article.paragraphs, start=1):
        at = number if several else None
        if several:
            yield ProvisionRef(whole.law, whole.article, whole.branch, at), paragraph.full
        for item, words in enumerate(paragraph.items, start=1):
            yield ProvisionRef(whole.law, whole.article, whole.branch, at, item), f"{paragraph.text}{words}"
