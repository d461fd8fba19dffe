"""A small BM25 of the evaluation's own, so that the product is not its own judge.

Robertson & Zaragoza 2009, in Lucene's form:
idf(t) = ln(1 + (N − df + ½) / (df + ½));  score = Σ idf(t) · tf / (tf + k1 · (1 − b + b · len / mean)).
"""

import logging
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

K1 = 1.5
B = 0.75

Cut = Callable[[str], list[str]]


def by_white_space(text: str) -> list[str]:
    """What a tutorial's BM25 does; an unspaced Chinese clause is one word."""
    return text.lower().split()


def by_characters(text: str) -> list[str]:
    """Every letter and digit by itself."""
    return [char for run in _runs(text) for char in run]


def by_pairs(text: str) -> list[str]:
    """Character bigrams of each run of letters and digits; a run of one is itself."""
    return [run[at : at + 2] for run in _runs(text) for at in range(max(1, len(run) - 1))]


def by_jieba(folder: Path) -> Cut:
    """Words as jieba cuts them with its own dictionary; what it keeps to start faster lies in a folder of ours."""
    import jieba

    jieba.setLogLevel(logging.WARNING)
    tokenizer = jieba.Tokenizer()
    tokenizer.tmp_dir = str(folder)
    return lambda text: [word for run in _runs(text) for word in tokenizer.lcut(run)]


def _runs(text: str) -> list[str]:
    """Unbroken stretches of letters and digits; width and case do not count."""
    plain = unicodedata.normalize("NFKC", text).lower()
    return "".join(char if char.isalnum() else " " for char in plain).split()


class Bm25:
    """Scores of a fixed list of texts for a query."""

    def __init__(self, texts: Sequence[str], cut: Cut) -> None:
        self._cut = cut
        self._size = len(texts)
        bags = [Counter(cut(text)) for text in texts]
        lengths = np.array([sum(bag.values()) for bag in bags], dtype=float)
        norms = K1 * (1 - B + B * lengths / (lengths.mean() or 1))
        postings: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
        for at, bag in enumerate(bags):
            for term, count in bag.items():
                postings[term].append((at, count / (count + norms[at])))
        self._postings = {term: _weighted(rows, len(texts)) for term, rows in postings.items()}

    def scores(self, query: str) -> NDArray[np.float64]:
        """One score a text, 0 where no term is shared."""
        totals = np.zeros(self._size)
        for term in self._cut(query):
            if term in self._postings:
                rows, weights = self._postings[term]
                totals[rows] += weights
        return totals

    def ranked(self, query: str) -> list[int]:
        """Numbers of the texts that share a term with the query, best first; ties in the order given."""
        totals = self.scores(query)
        return [int(at) for at in np.argsort(-totals, kind="stable") if totals[at] > 0]


def _weighted(rows: list[tuple[int, float]], size: int) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    idf = np.log(1 + (size - len(rows) + 0.5) / (len(rows) + 0.5))
    return np.array([at for at, _ in rows]), idf * np.array([weight for _, weight in rows])
