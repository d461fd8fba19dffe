"""What the classifier sees of a case: n-grams and vectors of request and findings, and the signals found.

Numpy only. The training script and the classifier share this module, so that both see the same thing.
"""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from assistant.retrieval.embedding import StaticEmbedder
from assistant.triage.signals import FIELDS, Signal

SIZES = (1, 2, 3, 4)
WITHIN = 4000
THIN = 12

Places = NDArray[np.int64]
Values = NDArray[np.float32]


@dataclass(frozen=True)
class Evidence:
    """A case as features are made of it: texts without instructions, and the signals in them."""

    request: str
    findings: str
    signals: tuple[Signal, ...]


def grams(text: str) -> Counter[str]:
    """Character 1–4-grams of the first 4,000 letters; digits are alike, blanks and case do not count."""
    return Counter(_cut(text))


def _cut(text: str) -> Iterator[str]:
    plain = "".join(unicodedata.normalize("NFKC", text[: 2 * WITHIN]).lower().split())[:WITHIN]
    if any(map(str.isdigit, plain)):
        plain = "".join("0" if char.isdigit() else char for char in plain)
    ends = range(len(plain) + 1)
    return chain.from_iterable(map(plain.__getitem__, map(slice, ends, ends[size:])) for size in SIZES)


class GramSpace:
    """TF-IDF over a fixed vocabulary of n-grams: 1 + ln(count) times idf, rows of unit length."""

    def __init__(self, vocabulary: Sequence[str], idf: Values) -> None:
        self.place: Mapping[str, int] = {gram: at for at, gram in enumerate(vocabulary)}
        self.idf = idf

    def encode(self, text: str) -> tuple[Places, Values]:
        """Places and values of the known n-grams of a text; empty arrays where none is known."""
        known = Counter(filter(self.place.__contains__, _cut(text)))
        places = np.fromiter(map(self.place.__getitem__, known), np.int64, len(known))
        counts = np.fromiter(known.values(), np.float32, len(known))
        values = (1 + np.log(np.maximum(counts, 1))) * self.idf[places]
        length = float(np.sqrt((values**2).sum()))
        return places, values / length if length else values


@dataclass(frozen=True)
class SignalSpace:
    """Signals as numbers: summed weight per outcome and field, one mark per rule and field, two flags."""

    codes: tuple[str, ...]
    rules: tuple[str, ...]

    @cached_property
    def place(self) -> Mapping[str, int]:
        """Where each feature stands; the sums come first."""
        sums = (f"{field}:{code}" for field in FIELDS for code in self.codes)
        marks = (f"{field}:{rule}" for field in FIELDS for rule in self.rules)
        return {name: at for at, name in enumerate((*sums, *marks, "findings:empty", "findings:thin"))}

    @property
    def sums(self) -> int:
        """How many features are sums."""
        return len(FIELDS) * len(self.codes)

    def encode(self, evidence: Evidence) -> Values:
        """One value a feature. A rule added after training counts in its outcome's sum only."""
        values = np.zeros(len(self.place), dtype=np.float32)
        for signal in evidence.signals:
            values[self.place[f"{signal.field}:{signal.points_to}"]] += signal.weight / 3
            mark = self.place.get(f"{signal.field}:{signal.rule}")
            if mark is not None:
                values[mark] = 1
        values[: self.sums] = np.minimum(values[: self.sums], 2)
        length = len("".join(evidence.findings.split()))
        values[self.place["findings:empty"]] = length == 0
        values[self.place["findings:thin"]] = 0 < length < THIN
        return values


def vectors_of(embedder: StaticEmbedder, evidence: Evidence) -> Values:
    """Vectors of request and findings, end to end; zeros for what is empty."""
    return embedder.encode([evidence.request[:WITHIN], evidence.findings[:WITHIN]]).reshape(-1)


def vocabulary_of(texts: Iterable[str], at_least: int, at_most: int) -> tuple[list[str], Values]:
    """The n-grams that stand in enough texts, at most so many of the commonest, with their smoothed idf."""
    texts = [text for text in texts if text.strip()]
    counts = Counter(gram for text in texts for gram in grams(text))
    enough = sorted((g for g, n in counts.items() if n >= at_least), key=lambda g: (-counts[g], g))
    kept = sorted(enough[:at_most])
    idf = np.log((1 + len(texts)) / (1 + np.array([counts[gram] for gram in kept]))) + 1
    return kept, idf.astype(np.float32)
