"""The product's search whole, and with one of its parts left out: what each part is worth.

Each is the production search over an index that lacks the part; nothing is searched in another way. The
lexical leg alone cannot be taken from an index, since search asks for vectors only where words are shared:
there it keeps its place and loses its weight, and what it alone found is dropped.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from unittest.mock import patch

from evals.baselines import unit_of
from evals.found import DEPTH, Found
from evals.labelled import LabelledQuestion

if TYPE_CHECKING:
    from assistant.pipeline import Assistant
    from assistant.retrieval.index import Index
    from assistant.retrieval.search import SearchResult

Solve = Callable[[LabelledQuestion], Found]


@dataclass(frozen=True)
class LeftOut:
    """A part of search: its key, and what the search without it is called."""

    key: str
    label: str


LEFT_OUT = (
    LeftOut("without_words", "不用字面"),
    LeftOut("without_vectors", "不用向量"),
    LeftOut("without_widening", "不用俗称和问法"),
    LeftOut("without_names", "不认写明的条文"),
)


def product(assistant: "Assistant", on: date) -> Solve:
    """The production search as an office runs it."""
    return lambda item: _found(assistant.search(item.query, DEPTH, on))


def without(part: str, assistant: "Assistant", folder: Path, on: date) -> Solve:
    """The production search with one part left out; a new index, where one is needed, lies in the folder."""
    from assistant.retrieval.search import search

    if part == "without_words":
        index = assistant.index
        return lambda item: _found(vectors_only(index, item.query, on), can_refuse=False)
    index = index_without(part, assistant, folder)
    return lambda item: _found(search(index, item.query, DEPTH, on))


def index_without(part: str, assistant: "Assistant", folder: Path) -> "Index":
    """The office's index without vectors, without the addresses of provisions, or with passages unwidened."""
    if part == "without_vectors":
        return replace(assistant.index, dense=None)
    if part == "without_names":
        return replace(assistant.index, places={})
    return _unwidened(assistant, folder)


def vectors_only(index: "Index", query: str, on: date) -> "SearchResult":
    """What the question names and what lies near its meaning; words count for nothing."""
    from assistant.retrieval import search as production

    with patch.object(production, "LEXICAL_WEIGHT", 0.0):
        result = production.search(index, query, DEPTH, on)
    return replace(result, hits=tuple(hit for hit in result.hits if hit.trail.named or hit.trail.vectors))


def _unwidened(assistant: "Assistant", folder: Path) -> "Index":
    """An index of the same passages with no lay words and no known questions."""
    from assistant.retrieval.build import build_index
    from assistant.retrieval.index import IndexPlace
    from assistant.retrieval.source import source_of

    place = IndexPlace.of(replace(assistant.settings, data_dir=folder, chroma_url=None))
    return build_index(place, source_of(assistant.statutes, assistant.source.passages))


def _found(result: "SearchResult", can_refuse: bool = True) -> Found:
    """Search refuses by what the lexical leg knows, so that without it there is nothing to judge."""
    passages = [hit.passage for hit in result.hits]
    units = tuple(unit_of(passage) for passage in passages)
    parts = tuple(passage.ref for passage in passages)
    lengths = tuple(len(hit.text) for hit in result.hits)
    return Found(units, parts, result.confident if can_refuse else None, lengths=lengths)
