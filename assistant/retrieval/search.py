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
from assistant.retrieval.embedding import Vectors
from assistant.retrieval.fusion import DENSE_WEIGHT, LEXICAL_WEIGHT, fuse, likely_answered
from assistant.retrieval.index import LEXICAL_ONLY, Index
from assistant.retrieval.lexical import known_share, lexical_scores
from assistant.retrieval.store import EVER, VectorStore, day_number

# How far down each leg is read; below that a rank adds next to nothing.
DEPTH = 100
# Questions of at most this many pairs of characters are judged as keywords.
SHORT = 4
# By so much cosine a part must lead its siblings to be named instead of the whole article.
LEAD = 0.03

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
    taken = {int(index.units[at]) for at in named}
    ranked = [(at, 1.0) for at in named] + _fused(index, words, vectors, taken)[:k]
    confident = bool(named) or _likely_answered(index, query, words)
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
    top = np.argpartition(-scores, DEPTH)[:DEPTH] if len(scores) > DEPTH else np.arange(len(scores))
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
        return _nearest_living(index, index.dense.store, vector, on, living), None
    except (IndexFault, ModelFault) as fault:
        return [], f"{fault}{LEXICAL_ONLY}"


def _nearest_living(index: Index, store: VectorStore, vector: Vectors, on: date, living: Mask) -> Leg:
    """Neighbours that are living law; Chroma is asked to filter, which is slow, only where too few are."""
    depth = min(DEPTH, max(1, index.manifest.vectors))
    near = [pair for pair in store.nearest(vector, depth) if living[pair[0]]]
    return near if len(near) >= depth // 2 else store.nearest(vector, depth, on)


def _likely_answered(index: Index, query: str, words: Leg) -> bool:
    known, asked = known_share(index.lexical, query)
    return bool(words) and likely_answered(words[0][1], known, short=asked <= SHORT)


def _fused(index: Index, words: Leg, vectors: Leg, taken: set[int]) -> list[tuple[int, float]]:
    """The part to show and the fused score of each unit either leg found, best first, but for those taken."""
    parts: dict[int, list[tuple[int, float]]] = {}
    for at, cosine in vectors:
        parts.setdefault(int(index.units[at]), []).append((at, cosine))
    fused = fuse([(LEXICAL_WEIGHT, [unit for unit, _ in words]), (DENSE_WEIGHT, list(parts))])
    return [(_part(index, unit, parts.get(unit, [])), score) for unit, score in fused if unit not in taken]


def _part(index: Index, unit: int, found: Leg) -> int:
    """The one paragraph or item that clearly stands out from its siblings, else the whole article."""
    whole = int(index.heads[unit])
    if not found or found[0][0] == whole:
        return whole
    best, cosine = found[0]
    rivals = [near for at, near in found[1:] if at != whole and not _nested(index, at, best)]
    return best if cosine - max(rivals, default=0.0) >= LEAD else whole


def _nested(index: Index, first: int, second: int) -> bool:
    """Whether one of two parts of an article holds the other."""
    one, other = index.passages[first].ref, index.passages[second].ref
    return one is not None and other is not None and (one.covers(other) or other.covers(one))


def _hits(index: Index, ranked: Sequence[tuple[int, float]]) -> tuple[Hit, ...]:
    return tuple(
        Hit(rank, score, index.passages[at], _print(index, index.passages[at]))
        for rank, (at, score) in enumerate(ranked, start=1)
    )


def _print(index: Index, passage: Passage) -> str:
    """The place as the office prints it: full title and provision, or what the passage says of itself."""
    if passage.ref is None:
        return passage.title or passage.source
    if passage.kind != "provision" and passage.title:
        return f"{passage.title}{passage.ref.local}"
    title = index.titles.get(passage.ref.law, passage.ref.law)
    return f"《{title}》{passage.ref.local}"
