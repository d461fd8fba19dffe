"""What an index is built from: passages, the words that widen them, and the statute book.

The digest of all this is kept in the index; when the corpus or a shelf says something else, the index is stale.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from assistant import __version__
from assistant.ingest.annual.form import load_report_form
from assistant.ingest.annual.passages import cut_reports
from assistant.ingest.annual.report import load_reports
from assistant.ingest.passages import Passage, cut_rules, cut_statutes
from assistant.ingest.statutes import load_statutes
from assistant.law.instruments import StatuteBook
from assistant.law.provisions import ProvisionRef
from assistant.retrieval.expansion import Expansions, load_expansions
from assistant.retrieval.scope import Scope, load_scope

# Raised when the shape of an index changes, so that every older one is rebuilt.
FORMAT = 4


class ShelfSource(Protocol):
    """A shelf as the index sees it: its passages, and a digest that is cheaper than cutting them."""

    @property
    def digest(self) -> str:
        """Changes with any file of the shelf."""
        ...

    def passages(self) -> Sequence[Passage]:
        """What is to be found of it."""
        ...


@dataclass(frozen=True)
class IndexSource:
    """The corpus and the shelves of an office as the index sees them.

    `cut` makes the passages when they are first needed: an index that is whole and current needs none of
    them. `digest` changes with any word, date, address or widening word, and with any file of a shelf.
    """

    book: StatuteBook
    cut: Callable[[], tuple[Passage, ...]]
    digest: str
    expansions: Expansions = field(default_factory=dict)
    scope: Scope | None = None
    shipped: frozenset[str] = frozenset()

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """Everything to be found, in the order of the index."""
        return self.cut()

    @cached_property
    def units(self) -> npt.NDArray[np.int64]:
        """For each passage the number of its unit, counted from 0 in the order of their first passages."""
        return number_units(self.passages)

    def unit_texts(self) -> list[str]:
        """What the lexical leg reads of each unit: its first passage, which is the whole, and its wider words."""
        heads = np.unique(self.units, return_index=True)[1]
        whole = [self.passages[at] for at in heads]
        return [" ".join((passage.text, *self.widening(passage))) for passage in whole]

    def widening(self, passage: Passage) -> tuple[str, ...]:
        """Words and questions that lead to this very provision."""
        return self.expansions.get(passage.ref, ()) if passage.ref else ()


def source_of(
    book: StatuteBook, passages: Sequence[Passage], expansions: Expansions | None = None
) -> IndexSource:
    """A source of these passages and no others."""
    held, wider = tuple(passages), expansions or {}
    return IndexSource(book, lambda: held, _digest(held, wider), wider)


def read_source(
    corpus_dir: Path, book: StatuteBook | None = None, shelves: Sequence[ShelfSource] = ()
) -> IndexSource:
    """Everything an office holds to be found: statutes, operative rules, published reports, and its shelves.

    Raises CorpusError.
    """
    book = book or load_statutes(corpus_dir)
    reports = cut_reports(load_reports(corpus_dir), load_report_form(corpus_dir / "rules"))
    corpus = (*cut_statutes(book), *cut_rules(book), *reports)
    expansions = load_expansions(corpus_dir)

    def cut() -> tuple[Passage, ...]:
        return (*corpus, *(passage for shelf in shelves for passage in shelf.passages()))

    shipped = frozenset(passage.source for passage in corpus)
    digest = _digest(corpus, expansions, shelves)
    return IndexSource(book, cut, digest, expansions, load_scope(corpus_dir), shipped)


def _digest(passages: Iterable[Passage], expansions: Expansions, shelves: Iterable[ShelfSource] = ()) -> str:
    digest = hashlib.sha256(f"{FORMAT} {__version__}".encode())
    for passage in passages:
        digest.update(passage_line(passage).encode())
        digest.update("\n".join(expansions.get(passage.ref, ()) if passage.ref else ()).encode())
    for shelf in shelves:
        digest.update(shelf.digest.encode())
    return digest.hexdigest()[:16]


def number_units(passages: Sequence[Passage]) -> npt.NDArray[np.int64]:
    """Passages that show the same text of the same source are one unit: an article with its parts."""
    numbers: dict[tuple[str, str, str], int] = {}
    keys = [(p.source, str(p.ref.whole_article) if p.ref else p.id, p.shown) for p in passages]
    return np.array([numbers.setdefault(key, len(numbers)) for key in keys], dtype=np.int64)


def write_passages(passages: Iterable[Passage], path: Path) -> None:
    """One JSON object a line."""
    path.write_text("".join(passage_line(p) + "\n" for p in passages), encoding="utf-8")


def read_passages(text: str) -> tuple[Passage, ...]:
    """What `write_passages` wrote. Raises ValueError, KeyError or TypeError where it is damaged."""
    return tuple(_passage(json.loads(line)) for line in text.splitlines())


def passage_line(passage: Passage) -> str:
    """A passage as one line of JSON."""
    row: dict[str, Any] = dict(vars(passage))
    row["ref"] = list(vars(passage.ref).values()) if passage.ref else None
    for key in ("valid_from", "valid_to"):
        row[key] = row[key].isoformat() if row[key] else None
    return json.dumps(row, ensure_ascii=False, sort_keys=True)


def _passage(row: dict[str, Any]) -> Passage:
    days = {key: date.fromisoformat(row[key]) if row[key] else None for key in ("valid_from", "valid_to")}
    ref = ProvisionRef(*row["ref"]) if row["ref"] else None
    return Passage(**{**row, **days, "ref": ref})
