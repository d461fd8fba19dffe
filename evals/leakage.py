"""Whether a labelled set measures anything: no scenario and no wording may stand in two splits.

Near-duplicates are pairs of texts whose sets of character 5-grams overlap by more than half (Jaccard).
A prefix filter keeps the search near linear: two sets that overlap enough must share one of their rarest
grams (Chaudhuri, Ganti, Kaushik 2006).
"""

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import ceil

GRAM = 5
LIMIT = 0.5


@dataclass(frozen=True)
class Text:
    """One text of a set: where it belongs and what it says."""

    id: str
    split: str
    family: str
    words: str


@dataclass(frozen=True)
class Pair:
    """Two texts too alike, with their Jaccard similarity (0–1)."""

    first: Text
    second: Text
    similarity: float

    @property
    def crosses(self) -> bool:
        """Whether the pair stands in two splits."""
        return self.first.split != self.second.split


def near_duplicates(texts: Sequence[Text], limit: float = LIMIT) -> list[Pair]:
    """Every pair whose similarity is above the limit, in the order of the texts."""
    grams = [_grams(text.words) for text in texts]
    counts = Counter(gram for found in grams for gram in found)
    seen: defaultdict[str, list[int]] = defaultdict(list)
    pairs = []
    for here, found in enumerate(grams):
        prefix = _prefix(found, counts, limit)
        for there in sorted({other for gram in prefix for other in seen[gram]}):
            similarity = jaccard(grams[there], found)
            if similarity > limit:
                pairs.append(Pair(texts[there], texts[here], similarity))
        for gram in prefix:
            seen[gram].append(here)
    return pairs


def split_families(texts: Iterable[Text]) -> Iterator[tuple[str, frozenset[str]]]:
    """Families that stand in more than one split, with those splits."""
    splits: defaultdict[str, set[str]] = defaultdict(set)
    for text in texts:
        splits[text.family].add(text.split)
    return ((family, frozenset(found)) for family, found in splits.items() if len(found) > 1)


def share_in_pairs(texts: Sequence[Text], limit: float = LIMIT) -> float:
    """Share of texts that have a near-duplicate in the set."""
    pairs = near_duplicates(texts, limit)
    return len({text.id for pair in pairs for text in (pair.first, pair.second)}) / max(1, len(texts))


def jaccard(first: frozenset[str], second: frozenset[str]) -> float:
    """Overlap of two sets over their union, 0–1."""
    return len(first & second) / (len(first | second) or 1)


def _grams(words: str) -> frozenset[str]:
    """Character 5-grams of the letters and digits; a shorter text is one gram, an empty one none."""
    plain = "".join(char for char in unicodedata.normalize("NFKC", words).lower() if char.isalnum())
    return frozenset(plain[at : at + GRAM] for at in range(max(1, len(plain) - GRAM + 1))) - {""}


def _prefix(grams: frozenset[str], counts: Counter[str], limit: float) -> list[str]:
    """The rarest grams, as many as a text alike above the limit cannot avoid sharing one of."""
    kept = len(grams) - ceil(limit * len(grams)) + 1
    return sorted(grams, key=lambda gram: (counts[gram], gram))[:kept]
