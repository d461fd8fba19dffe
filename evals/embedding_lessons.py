"""Training pairs as numbered tokens, dealt out in batches."""

import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from tokenizers import Tokenizer

Bag = tuple[int, ...]


@dataclass(frozen=True)
class Batch:
    """Words to place, candidate passages, which candidate is right, and which others would also be right."""

    words: list[Bag]
    passages: list[Bag]
    right: list[int]
    also_right: npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Lessons:
    """Pairs of (words, passage) by number."""

    words: list[Bag]
    passages: list[Bag]
    pairs: list[tuple[int, int]]
    answers: dict[int, set[int]]

    def batches(self, rng: random.Random, size: int, others: int) -> Iterator[Batch]:
        """One epoch in a new order; `others` passages more than those of the batch stand as candidates."""
        order = list(range(len(self.pairs)))
        rng.shuffle(order)
        for begin in range(0, len(order), size):
            chosen = [self.pairs[at] for at in order[begin : begin + size]]
            spare = rng.sample(range(len(self.passages)), min(others, len(self.passages)))
            yield self._batch(chosen, sorted({passage for _, passage in chosen} | set(spare)))

    def _batch(self, chosen: list[tuple[int, int]], candidates: list[int]) -> Batch:
        place = {passage: at for at, passage in enumerate(candidates)}
        also_right = np.zeros((len(chosen), len(candidates)), dtype=np.bool_)
        for row, (words, passage) in enumerate(chosen):
            for other in self.answers[words] - {passage}:
                if other in place:
                    also_right[row, place[other]] = True
        return Batch(
            [self.words[words] for words, _ in chosen],
            [self.passages[passage] for passage in candidates],
            [place[passage] for _, passage in chosen],
            also_right,
        )


def prepare(tokenizer: "Tokenizer", pairs: Sequence[tuple[str, str]]) -> Lessons:
    """Each text cut once; what no token is known of is left out."""
    words, passages = _bags(tokenizer, [w for w, _ in pairs]), _bags(tokenizer, [p for _, p in pairs])
    left, right = {w: n for n, w in enumerate(words)}, {p: n for n, p in enumerate(passages)}
    known = [(left[w], right[p]) for w, p in pairs if words[w] and passages[p]]
    answers: defaultdict[int, set[int]] = defaultdict(set)
    for word, passage in known:
        answers[word].add(passage)
    return Lessons(list(words.values()), list(passages.values()), known, dict(answers))


def _bags(tokenizer: "Tokenizer", texts: Sequence[str]) -> dict[str, Bag]:
    unique = list(dict.fromkeys(texts))
    cut = tokenizer.encode_batch(unique, add_special_tokens=False)
    return {text: tuple(n for n in found.ids if n) for text, found in zip(unique, cut, strict=True)}
