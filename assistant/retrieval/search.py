"""From a question to hits: provisions named outright first, then words and vectors, their scores fused.

An article is found once, by its best part; what is shown is the whole article. Law not in force on the
day asked for is not found. Where the office has chosen a reranking model, it has the last word on order.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any

from assistant.errors import InputError, ModelFault
from assistant.ingest.passages import Passage
from assistant.law.numerals import to_chinese
from assistant.retrieval.filters import EVERYTHING, Filters
from assistant.retrieval.fusion import DENSE_WEIGHT, LEXICAL_WEIGHT, fuse
from assistant.retrieval.index import Index
from assistant.retrieval.legs import Asked, Leg, by_name, by_vectors, by_words
from assistant.retrieval.lexical import known_share
from assistant.retrieval.scope import Match, likely_answered
from assistant.retrieval.wording import simplified

# Questions of at most this many pairs of characters are judged as keywords.
SHORT = 4
# By so much cosine a part must lead its siblings to be named instead of the whole article.
LEAD = 0.03
# How many of the best are given to a reranking model.
RERANKED = 20
# From so many units on the two legs run side by side; at 20,000 handing over to a thread costs what it saves.
MANY = 50_000

_HAS_WORDS = re.compile(r"[^\W\d_]")


@dataclass(frozen=True)
class Trail:
    """How a unit was found: named in the question, its rank and score by words, its rank and cosine by vectors."""

    named: bool = False
    words: tuple[int, float] | None = None
    vectors: tuple[int, float] | None = None


@dataclass(frozen=True)
class Hit:
    """One unit found. `passage` is the part that was found, `text` the whole article it belongs to.

    `ref` is how the office prints the place, with 中华人民共和国; for a report, its section or row.
    """

    rank: int
    score: float
    passage: Passage
    ref: str
    trail: Trail = Trail()

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


@dataclass(frozen=True)
class _Ranked:
    """A passage to show for its unit, with its score and how it was found."""

    at: int
    score: float
    trail: Trail


def search(index: Index, query: str, k: int, on: date, filters: Filters = EVERYTHING) -> SearchResult:
    """The k units that answer best, among law in force on a day, published reports and answered requests.

    Raises InputError for an empty question.
    """
    if not query.strip():
        raise InputError("没有给出要查的内容。请写出问题、关键词或者条文，如“条例36条”。")
    asked = Asked(simplified(query), on, index.admitted(on, filters), k)
    named = [_Ranked(at, 1.0, Trail(named=True)) for at in by_name(index, asked)]
    words, vectors, notice = _both_legs(index, asked)
    taken = {int(index.units[found.at]) for found in named}
    fused, fault = _reranked(index, asked.query, _fused(index, words, vectors, taken), k)
    ranked = [*named, *fused][:k]
    confident = bool(named) or _likely_answered(index, asked.query, words)
    notices = "".join(filter(None, (index.notice, notice, fault)))
    return SearchResult(_hits(index, ranked), confident and bool(ranked), notices or None)


def _both_legs(index: Index, asked: Asked) -> tuple[Leg, Leg, str | None]:
    """Units by words, passages by vectors, and the line for a fault; what shares no word is not looked for.

    Chroma works outside the interpreter: over many passages their words are counted meanwhile.
    """
    if not _HAS_WORDS.search(asked.query):
        return [], [], None
    if index.lexical.size < MANY:
        words: Leg = by_words(index, asked)
        return (words, *by_vectors(index, asked)) if words else ([], [], None)
    counting = index.beside.submit(by_words, index, asked)
    vectors, notice = by_vectors(index, asked)
    words = counting.result()
    return (words, vectors, notice) if words else ([], [], None)


def match_of(index: Index, query: str, on: date) -> Match | None:
    """How the best unit by words matches a question; None where the question names a provision outright."""
    asked = Asked(simplified(query), on, index.admitted(on, EVERYTHING), 1)
    return None if by_name(index, asked) else _match(index, asked.query, by_words(index, asked))


def _match(index: Index, query: str, words: Leg) -> Match:
    known, asked = known_share(index.lexical, query)
    return Match(words[0][1] if words else 0.0, known, short=asked <= SHORT)


def _likely_answered(index: Index, query: str, words: Leg) -> bool:
    if not words:
        return False
    best = index.passages[index.heads[words[0][0]]]
    return likely_answered(query, _match(index, query, words), index.judged_by(best))


def _fused(index: Index, words: Leg, vectors: Leg, taken: set[int]) -> Iterator[_Ranked]:
    """Each unit either leg found, best first, but for those taken; made one by one, since few are shown."""
    parts: dict[int, list[tuple[int, float]]] = {}
    for at, cosine in vectors:
        parts.setdefault(int(index.units[at]), []).append((at, cosine))
    near = [(unit, found[0][1]) for unit, found in parts.items()]
    fused = fuse([(LEXICAL_WEIGHT, words), (DENSE_WEIGHT, near)])
    by_word = {unit: (rank, score) for rank, (unit, score) in enumerate(words, start=1)}
    by_vector = {unit: (rank, cosine) for rank, (unit, cosine) in enumerate(near, start=1)}
    for unit, score in fused:
        if unit not in taken:
            trail = Trail(words=by_word.get(unit), vectors=by_vector.get(unit))
            yield _Ranked(_part(index, unit, parts.get(unit, [])), score, trail)


def _reranked(
    index: Index, query: str, ranked: Iterator[_Ranked], k: int
) -> tuple[list[_Ranked], str | None]:
    """The best in the order of the office's reranking model, if it has one; or as they are, and why."""
    if index.reranker is None:
        return list(islice(ranked, k)), None
    best = list(islice(ranked, max(k, RERANKED)))
    if not best:
        return [], None
    try:
        scores = index.reranker.scores(query, [index.passages[found.at].shown for found in best])
    except ModelFault as fault:
        return best[:k], f"{fault}本次没有重新排序。"
    order = sorted(range(len(best)), key=lambda place: -scores[place])
    return [_Ranked(best[place].at, scores[place], best[place].trail) for place in order][:k], None


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


def _hits(index: Index, ranked: Sequence[_Ranked]) -> tuple[Hit, ...]:
    return tuple(
        Hit(rank, found.score, index.passages[found.at], _print(index, index.passages[found.at]), found.trail)
        for rank, found in enumerate(ranked, start=1)
    )


def _print(index: Index, passage: Passage) -> str:
    """The place as the office prints it: full title and provision, or what the passage says of itself."""
    if passage.ref is None:
        return passage.title or passage.source
    if passage.kind != "provision" and passage.title:
        return f"{passage.title}{passage.ref.local}"
    title = index.titles.get(passage.ref.law, passage.ref.law)
    return f"《{title}》{passage.ref.local}"
