"""The legs of a search: what the question names, what shares its words, what lies near its meaning.

Each leg is a ranking of its own, best first; fusing them is the next step. The lexical leg counts units
(an article with its parts), the dense leg passages.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from assistant.errors import IndexFault, ModelFault
from assistant.retrieval.addresses import named_provisions
from assistant.retrieval.embedding import Vectors
from assistant.retrieval.filters import Admitted
from assistant.retrieval.index import LEXICAL_ONLY, DenseLeg, Index
from assistant.retrieval.lexical import Scores, lexical_scores

# How far down each leg is read at least; the dev questions are answered no better with 50 and a little worse with 30.
DEPTH = 40

Leg = Sequence[tuple[int, float]]


@dataclass(frozen=True)
class Asked:
    """A question in simplified characters, the day whose law is asked for, and what may be shown.

    `k` units are wanted.
    """

    query: str
    on: date
    allowed: Admitted
    k: int

    @property
    def depth(self) -> int:
        """How far down each leg is read."""
        return max(DEPTH, self.k)


def by_name(index: Index, asked: Asked) -> list[int]:
    """Positions of provisions the question names, one an article; of a part not cut out, its article."""
    positions: dict[int, int] = {}
    for ref in named_provisions(asked.query, index.book, asked.on):
        for address in (ref, ref.whole_article):
            at = next((at for at in index.places.get(address, ()) if asked.allowed.passages[at]), None)
            if at is not None:
                positions.setdefault(int(index.units[at]), at)
                break
    return list(positions.values())


def by_words(index: Index, asked: Asked) -> Leg:
    """Units with their BM25 score, best first."""
    scores = lexical_scores(index.lexical, asked.query) * asked.allowed.units
    top = _far_up(scores, asked.depth)
    top = top[np.argsort(-scores[top], kind="stable")][: asked.depth]
    return list(zip(top.tolist(), scores[top].tolist(), strict=True))


def _far_up(scores: Scores, wanted: int) -> npt.NDArray[np.int64]:
    """Positions, in their order, that surely hold the best; few of many, since sorting all of them is slow."""
    best = scores.max(initial=0.0)
    for part in (2, 4, 8):
        top = np.flatnonzero(scores > best / part)
        if len(top) >= wanted:
            return top
    return np.flatnonzero(scores)


def by_vectors(index: Index, asked: Asked) -> tuple[Leg, str | None]:
    """Positions with their cosine, best first; or nothing, and the line that says why."""
    if index.dense is None:
        return [], None
    try:
        vector = index.dense.embedder.encode_queries([asked.query])[0]
        if not vector.any():
            return [], None
        return _nearest_allowed(index, index.dense, vector, asked), None
    except (IndexFault, ModelFault) as fault:
        return [], f"{fault}{LEXICAL_ONLY}"


def _nearest_allowed(index: Index, dense: DenseLeg, vector: Vectors, asked: Asked) -> Leg:
    """Neighbours that may be shown; only where too few are is the store asked about those alone, which is slow."""
    depth = min(asked.depth, max(1, index.manifest.vectors))
    near = [pair for pair in dense.store.nearest(vector, depth) if asked.allowed.passages[pair[0]]]
    if len(near) >= depth // 2:
        return near
    among = [int(at) for at in np.flatnonzero(asked.allowed.passages)]
    return dense.store.nearest(vector, min(depth, len(among)), among) if among else []
