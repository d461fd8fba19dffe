"""Whether what is asked is the business of this corpus at all: 工伤怎么认定 shares words with it and is not.

How well the best passage matches says little: near misses share words with the law held here. So the
wording itself is judged too, by what in- and out-of-scope questions sounded like in training.

corpus/scope.json   a weight for each character and pair, and how wording, match and known share are joined;
                    written by `make model`. A corpus without it is judged by the match alone.
"""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.errors import CorpusError
from assistant.retrieval.lexical import grams

FILE = "scope.json"

# Where a corpus brings no scope of its own. Chosen so that 2.5 % of answerable dev questions fell below it.
KNOWN_WEIGHT = 1.0
FLOOR = 3.89


@dataclass(frozen=True)
class Match:
    """How the best unit by words matches: its BM25 score, and the known share (0–1) of the pairs asked.

    `short`: a question of a few characters, which cannot score high.
    """

    score: float
    known: float
    short: bool


@dataclass(frozen=True)
class Scope:
    """What the training questions taught: `weights` of characters and pairs, and the joint measure of three signs.

    Logits; above `floor` the corpus likely answers.
    """

    weights: Mapping[str, float]
    bias: float
    wording: float
    score: float
    known: float
    floor: float

    def leaning(self, query: str) -> float:
        """How much the wording alone speaks for this corpus (a logit); the bias where no character is known."""
        asked = set(grams(query))
        return self.bias + sum(self.weights.get(gram, 0.0) for gram in asked) / math.sqrt(max(len(asked), 1))

    def measure(self, query: str, match: Match) -> float:
        """Wording, match and known share together."""
        return (
            self.wording * self.leaning(query) + self.score * math.log(match.score) + self.known * match.known
        )


def likely_answered(query: str, match: Match, scope: Scope | None) -> bool:
    """Whether the best hit is likely an answer at all. Of a question of few characters every pair must be known."""
    if match.score <= 0:
        return False
    if match.short:
        return match.known == 1.0
    if scope is None:
        return math.log(match.score) + KNOWN_WEIGHT * match.known >= FLOOR
    return scope.measure(query, match) >= scope.floor


def load_scope(corpus_dir: Path) -> Scope | None:
    """The scope of a corpus, if it has one. Raises CorpusError where the file is damaged."""
    path = corpus_dir / FILE
    if not path.is_file():
        return None
    try:
        found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        joint = {key: float(found["joint"][key]) for key in ("wording", "score", "known", "floor")}
        weights = {str(gram): float(weight) for gram, weight in found["weights"].items()}
        return Scope(weights, float(found["bias"]), **joint)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as fault:
        raise CorpusError(
            f"{FILE} 已损坏：{fault}。请重新获取完整的程序，或者运行 make model 重新训练。"
        ) from fault
