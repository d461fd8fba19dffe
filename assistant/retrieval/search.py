"""From a question to hits: provisions named outright first, then words and vectors fused by rank.

An article is found once, by its best part; what is shown is the whole article. Law not in force on the
day asked for is not found.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt

from assistant.errors import IndexFault, InputError, ModelFault
from assistant.ingest.passages import Passage
from assistant.law.numerals import to_chinese
from assistant.retrieval.addresses import named_provisions
from assistant.retrieval.fusion import DENSE_WEIGHT, LEXICAL_WEIGHT, answers, fuse
from assistant.retrieval.index import LEXICAL_ONLY, Index
from assistant.retrieval.lexical import lexical_scores
from assistant.retrieval.store import EVER, day_number

# How far down each leg is read; below that a rank adds next to nothing.
DEPTH = 100

_HAS_WORDS = re.compile(r"[^\W\d_]")

Leg = Sequence[tuple[int, float]]
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Hit:
    """One unit found. `passage` is the part that was found, `text` the whole article it belongs to.

    `ref` is how the office prints the place, with 中华人民共和国; for a report, its section or row.
    """

    rank: int
    score: float
    passage: Passage
    ref: str

    @property
    def text(self) -> str:
        """What is shown."""
        return self.passage.shown

    @property
    def source(self) -> str:
        """The corpus file."""
        return self.passage.source

    def to_json(self) -> dict[str, Any]:
        """The shape of a hit on the command line."""
        ref = self.passage.ref
        return {
            "rank": self.rank,
            "score": round(self.score, 4),
            "kind": self.passage.kind,
            "law": ref.law if ref else None,
            "article": ref.article if ref else None,
            "paragraph": ref.paragraph if ref else None,
            "item": f"（{to_chinese(ref.item)}）" if ref and ref.item else None,
            "ref": self.ref,
            "text": self.text,
            "source": self.source,
        }


@dataclass(frozen=True)
class SearchResult:
    """Hits best first. Not `confident`: nothing here seems to answer. `notice`: a fault that was got round."""

    hits: tuple[Hit, ...]
    confident: bool
    notice: str | None = None


def search(index: Index, query: str, k: int, on: date) -> SearchResult:
    """The k units that answer best, among law in force on a day and published reports.

    Raises InputError for an empty question.
    """
    if not query.strip():
        raise InputError("没有给出要查的内容。请写出问题、关键词或者条文，如“条例36条”。")
    living = _living(index, on)
    named = _named(index, query, on, living)
    words: Leg = _by_words(index, query, living) if _HAS_WORDS.search(query) else []
    vectors, notice = _by_vectors(index, query, on, living) if words else ([], None)
    found = _fused(index, words, vectors)
    taken = {int(index.units[at]) for at in named}
    ranked = [(at, 1.0) for at in named] + [pair for pair in found if index.units[pair[0]] not in taken]
    confident = bool(named) or answers(words, vectors)
    notices = "".join(filter(None, (index.notice, notice)))
    return SearchResult(_hits(index, ranked[:k]), confident and bool(ranked), notices or None)


def _living(index: Index, on: date) -> Mask:
    """Which passages may be shown as living on that day."""
    day = day_number(on, EVER)
    return np.asarray((index.spans[:, 0] <= day) & (day <= index.spans[:, 1]))


def _named(index: Index, query: str, on: date, living: Mask) -> list[int]:
    """Positions of provisions the question names, one an article; of a part not cut out, its article."""
    positions: dict[int, int] = {}
    for ref in named_provisions(query, index.book, on):
        for address in (ref, ref.whole_article):
            at = next((at for at in index.places.get(address, ()) if living[at]), None)
            if at is not None:
                positions.setdefault(int(index.units[at]), at)
                break
    return list(positions.values())


def _by_words(index: Index, query: str, living: Mask) -> Leg:
    """The lexical leg: units with their BM25 score, best first."""
    scores = np.where(living[index.heads], lexical_scores(index.lexical, query), 0)
    top = np.argpartition(-scores, min(DEPTH, len(scores) - 1))[:DEPTH]
    top = top[np.lexsort((top, -scores[top]))]
    return [(int(unit), float(scores[unit])) for unit in top if scores[unit] > 0]


def _by_vectors(index: Index, query: str, on: date, living: Mask) -> tuple[Leg, str | None]:
    """The dense leg: positions with their cosine, best first; or nothing, and the line that says why."""
    if index.dense is None:
        return [], None
    try:
        vector = index.dense.embedder.encode_queries([query])[0]
        if not vector.any():
            return [], None
        only = None if living.all() else on
        return index.dense.store.nearest(vector, min(DEPTH, index.manifest.vectors), only), None
    except (IndexFault, ModelFault) as fault:
        return [], f"{fault}{LEXICAL_ONLY}"


def _fused(index: Index, words: Leg, vectors: Leg) -> list[tuple[int, float]]:
    """Best part and fused score of each unit either leg found, best first; words alone find a whole."""
    parts: dict[int, int] = {}
    for at, _ in vectors:
        parts.setdefault(int(index.units[at]), at)
    fused = fuse([(LEXICAL_WEIGHT, [unit for unit, _ in words]), (DENSE_WEIGHT, list(parts))])
    return [(parts.get(unit, int(index.heads[unit])), score) for unit, score in fused]


def _hits(index: Index, ranked: Sequence[tuple[int, float]]) -> tuple[Hit, ...]:
    return tuple(
        Hit(rank, score, index.passages[at], _print(index, index.passages[at]))
        for rank, (at, score) in enumerate(ranked, start=1)
    )


def _print(index: Index, passage: Passage) -> str:
    """The place as the office prints it: full title and provision, or what the passage says of itself."""
    if passage.ref is None:
        return passage.title or passage.source
    title = index.titles.get(passage.ref.law, passage.ref.law)
    return f"《{title}》{passage.ref.local}"
