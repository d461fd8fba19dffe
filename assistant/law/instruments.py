"""Statutes as dated texts, and the book that answers "what says this provision on that day?"."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Literal

from assistant.law.naming import KnownNames, canonical
from assistant.law.provisions import STATE, ProvisionRef
from assistant.law.rules import Validity

Status = Literal["ok", "no_such_article", "not_in_force", "unresolved", "unknown_instrument"]


@dataclass(frozen=True)
class Paragraph:
    """A 款: its words and the 项 listed under it (each with its own （一）)."""

    text: str
    items: tuple[str, ...] = ()

    @property
    def full(self) -> str:
        return "\n".join((self.text, *self.items))


@dataclass(frozen=True)
class Article:
    """A 条 of a statute."""

    number: int
    branch: int
    paragraphs: tuple[Paragraph, ...]

    @property
    def text(self) -> str:
        return "\n".join(paragraph.full for paragraph in self.paragraphs)

    def part(self, paragraph: int | None, item: int | None) -> str | None:
        """Words of a paragraph or item; None where there is none or where it is not said which.

        An item without its paragraph is found only where one paragraph alone has items.
        """
        if paragraph is not None:
            chosen = self.paragraphs[paragraph - 1 : paragraph]
        else:
            chosen = tuple(p for p in self.paragraphs if p.items) if item else self.paragraphs
        if item is None:
            return "\n".join(p.full for p in chosen) or None
        if len(chosen) != 1 or not 0 < item <= len(chosen[0].items):
            return None
        return chosen[0].items[item - 1]


@dataclass(frozen=True)
class OperativeRule:
    """What an instrument orders, in our words, where the corpus does not hold its text."""

    article: int | None
    words: str
    basis: str
    validity: Validity


@dataclass(frozen=True)
class Instrument:
    """One edition of a law, regulation or document, with the days between which it is living law.

    `coverage` says how much text the corpus holds: every article, selected ones, or rules only.
    """

    title: str
    aliases: tuple[str, ...]
    number: str
    issuer: str
    promulgated: date | None
    effective_from: date | None
    effective_to: date | None
    coverage: Literal["full", "selected", "rules"]
    article_count: int | None
    articles: Mapping[tuple[int, int], Article]
    source: str
    verified: bool
    last_checked_on: date
    file: str = ""
    rules: tuple[OperativeRule, ...] = ()
    replaced_by: str | None = None

    @property
    def name(self) -> str:
        """The title without 中华人民共和国, as the contract names a law."""
        return self.title.removeprefix(STATE)

    def in_force(self, on: date) -> bool:
        """Whether this edition is living law on that day; a bound not known is no bound."""
        begun = self.effective_from is None or self.effective_from <= on
        return begun and (self.effective_to is None or on <= self.effective_to)

    def has(self, ref: ProvisionRef) -> bool:
        """Whether the provision exists; an article beyond the text held is judged by the count alone."""
        article = self.articles.get((ref.article, ref.branch))
        if article:
            return ref.parent is None or article.part(ref.paragraph, ref.item) is not None
        if self.coverage == "full" or ref.branch:
            return False
        return self.article_count is None or 0 < ref.article <= self.article_count

    def text_of(self, ref: ProvisionRef) -> str | None:
        """The words of a provision, or None where the corpus does not hold them."""
        article = self.articles.get((ref.article, ref.branch))
        return article.part(ref.paragraph, ref.item) if article else None


@dataclass(frozen=True)
class StatuteBook:
    """Every edition the corpus knows."""

    instruments: tuple[Instrument, ...]

    @cached_property
    def names(self) -> KnownNames:
        """Every title, short title, alias and document number, compiled once."""
        return KnownNames.of(
            (name, i.name) for i in self.instruments for name in (i.name, i.number, *i.aliases)
        )

    @cached_property
    def _by_name(self) -> Mapping[str, tuple[Instrument, ...]]:
        called: dict[str, list[Instrument]] = {}
        for instrument in self.instruments:
            names = (instrument.name, instrument.number, *instrument.aliases)
            for key in dict.fromkeys(map(canonical, names)):
                called.setdefault(key, []).append(instrument)
        return {key: tuple(instruments) for key, instruments in called.items()}

    def named(self, words: str) -> tuple[Instrument, ...]:
        """All editions called by this title, short title, alias or document number."""
        return self._by_name.get(canonical(words), ())

    def successor(self, edition: Instrument) -> Instrument | None:
        """The edition or instrument that replaced one, where the book holds it."""
        if edition.replaced_by:
            number = canonical(edition.replaced_by)
            for other in self.instruments:
                if canonical(other.number) in number:
                    return other
        later = [
            other
            for other in self.named(edition.name)
            if other.effective_from and edition.effective_to and other.effective_from > edition.effective_to
        ]
        return min(later, key=lambda other: other.effective_from or date.max) if later else None

    def predecessor(self, edition: Instrument) -> Instrument | None:
        """What an edition or instrument replaced, where the book holds it."""
        return next((other for other in self.instruments if self.successor(other) is edition), None)

    def in_force(self, words: str, on: date) -> Instrument | None:
        """The one edition of that name in force on that day; None where there is none or several."""
        living = [i for i in self.named(words) if i.in_force(on)]
        return living[0] if len(living) == 1 else None

    def status(self, ref: ProvisionRef, on: date) -> Status:
        """Whether a provision may be cited as living law on that day."""
        if not self.named(ref.law):
            return "unknown_instrument"
        edition = self.in_force(ref.law, on)
        if edition is None:
            return "not_in_force"
        return "ok" if edition.has(ref) else "no_such_article"

    def text(self, ref: ProvisionRef, on: date) -> str | None:
        """The words of a provision as of a day, or None where the corpus does not hold them."""
        edition = self.in_force(ref.law, on)
        return edition.text_of(ref) if edition else None
