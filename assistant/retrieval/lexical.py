"""The lexical leg: BM25 over single Chinese characters and pairs of them.

Chinese is written without spaces; characters and pairs need no dictionary and survive typing errors.
Robertson & Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", 2009, with the idf that
never falls below zero:

    score(q, d) = Σ over t in q of  idf(t) · tf · (K1 + 1) / (tf + K1 · (1 − B + B · |d| / mean |d|))
    idf(t) = ln(1 + (N − df + 0.5) / (df + 0.5))
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import numpy.typing as npt

# Chosen on the dev questions: expanded passages are long and repeat what matters.
K1 = 2.0
B = 0.85

Scores = npt.NDArray[np.float32]
_RUN = re.compile(r"[㐀-鿿豈-﫿]+|[a-z0-9]+")
_WORD = re.compile(r"[a-z0-9]+")
# A term that more than one document in so many holds is kept as a row of weights too: adding rows is quick.
COMMON = 8
# Room for any character beside another in one number.
_SHIFT = 21


@dataclass(frozen=True)
class LexicalIndex:
    """For each term the documents that hold it and what it is worth there.

    Term number t owns documents[starts[t]:starts[t + 1]] and the weights beside them.
    """

    terms: dict[str, int]
    starts: npt.NDArray[np.int64]
    documents: npt.NDArray[np.int32]
    weights: Scores
    size: int

    @cached_property
    def common(self) -> tuple[npt.NDArray[np.int64], Scores]:
        """The row of each term that a good part of the documents holds, or −1; and those rows, a weight a document."""
        terms = np.flatnonzero(np.diff(self.starts) * COMMON > self.size)
        rows = np.full(len(self.starts) - 1, -1)
        rows[terms] = np.arange(len(terms))
        table = np.zeros((len(terms), self.size), dtype=np.float32)
        for row, term in zip(table, terms, strict=True):
            part = slice(self.starts[term], self.starts[term + 1])
            row[self.documents[part]] = self.weights[part]
        return rows, table


def grams(text: str) -> list[str]:
    """Characters and pairs of neighbours of each Chinese run; other letters and digits as whole words.

    Width and case do not count; pairs never reach over punctuation or space.
    """
    found: list[str] = []
    for run in _RUN.findall(_plain(text)):
        if run.isascii():
            found.append(run)
        else:
            found += run
            found += (run[at : at + 2] for at in range(len(run) - 1))
    return found


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).lower()


def build_lexical(texts: Sequence[str]) -> LexicalIndex:
    """The index of some texts, in their order."""
    terms, every, documents = _occurrences(texts)
    lengths = np.bincount(documents, minlength=len(texts)).astype(np.float64)
    pairs, frequency = np.unique(every * max(len(texts), 1) + documents, return_counts=True)
    number, document = np.divmod(pairs, max(len(texts), 1))
    held = np.bincount(number, minlength=len(terms))
    weights = _weights(frequency, lengths, document, held[number])
    starts = np.concatenate([[0], np.cumsum(held)]).astype(np.int64)
    places = {term: place for place, term in enumerate(terms)}
    return LexicalIndex(places, starts, document.astype(np.int32), weights, len(texts))


def _occurrences(texts: Sequence[str]) -> tuple[list[str], npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Every gram of every text, all texts at once: the terms, and for each occurrence its term and its text.

    The same grams as `grams` finds one text at a time; a test holds the two together.
    """
    plain = [_plain(text).replace("\0", " ") for text in texts]
    whole = "\0".join(plain)
    points = np.frombuffer(whole.encode("utf-32-le", "surrogatepass"), dtype=np.uint32).astype(np.int64)
    text_of = np.cumsum(points == 0)
    chinese = ((points >= 0x3400) & (points <= 0x9FFF)) | ((points >= 0xF900) & (points <= 0xFAFF))
    single = np.flatnonzero(chinese)
    double = single[:-1][np.diff(single) == 1]
    keys = np.concatenate([points[single], points[double] << _SHIFT | points[double + 1]])
    where = np.concatenate([text_of[single], text_of[double]])
    unique, number = np.unique(keys, return_inverse=True)
    terms = ["".join(map(chr, filter(None, divmod(key, 1 << _SHIFT)))) for key in unique.tolist()]
    words = [(match[0], match.start()) for match in _WORD.finditer(whole)]
    foreign = {word: len(terms) + at for at, word in enumerate(sorted({word for word, _ in words}))}
    numbers = np.array([foreign[word] for word, _ in words], dtype=np.int64)
    places = text_of[np.array([at for _, at in words], dtype=np.int64)]
    return [*terms, *foreign], np.concatenate([number, numbers]), np.concatenate([where, places])


def lexical_scores(index: LexicalIndex, query: str) -> Scores:
    """What each document is worth for the query: one float32 a document, zero where no term is shared."""
    asked = (index.terms.get(term) for term in dict.fromkeys(grams(query)))
    numbers = [number for number in asked if number is not None]
    rows, table = index.common
    scores = _rare_scores(index, [number for number in numbers if rows[number] < 0])
    for number in numbers:
        if rows[number] >= 0:
            scores += table[rows[number]]
    return scores


def _rare_scores(index: LexicalIndex, numbers: Sequence[int]) -> Scores:
    """What some terms are worth in each document, by the documents that hold them."""
    parts = [slice(index.starts[number], index.starts[number + 1]) for number in numbers]
    if not parts:
        return np.zeros(index.size, dtype=np.float32)
    documents = np.concatenate([index.documents[part] for part in parts])
    weights = np.concatenate([index.weights[part] for part in parts])
    return np.bincount(documents, weights, minlength=index.size).astype(np.float32)


def known_share(index: LexicalIndex, query: str) -> tuple[float, int]:
    """Share of the distinct pairs (and foreign words) of a query that any document holds, and their number."""
    asked = {gram for gram in grams(query) if len(gram) > 1}
    return sum(gram in index.terms for gram in asked) / max(len(asked), 1), len(asked)


def save_lexical(index: LexicalIndex, path: Path) -> None:
    """Write the index as one .npz file."""
    terms = np.frombuffer("\n".join(index.terms).encode(), dtype=np.uint8)
    size = np.array(index.size)
    np.savez(
        path,
        terms=terms,
        starts=index.starts,
        documents=index.documents,
        weights=index.weights,
        size=size,
    )


def load_lexical(path: Path) -> LexicalIndex:
    """Read what `save_lexical` wrote. Raises OSError, ValueError or KeyError where it is damaged."""
    with np.load(path, allow_pickle=False) as kept:
        words = kept["terms"].tobytes().decode().split("\n")
        terms = {term: number for number, term in enumerate(filter(None, words))}
        return LexicalIndex(terms, kept["starts"], kept["documents"], kept["weights"], int(kept["size"]))


def _weights(
    frequency: npt.NDArray[np.int64],
    lengths: npt.NDArray[np.float64],
    document: npt.NDArray[np.int64],
    held: npt.NDArray[np.int64],
) -> Scores:
    idf = np.log1p((len(lengths) - held + 0.5) / (held + 0.5))
    relative = lengths[document] / max(lengths.mean(), 1.0) if len(lengths) else lengths[document]
    worth = idf * frequency * (K1 + 1) / (frequency + K1 * (1 - B + B * relative))
    return np.asarray(worth, dtype=np.float32)
