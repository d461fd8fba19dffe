"""What the embedding model learns from: pairs of words somebody uses and the passage they lead to."""

import json
import random
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.errors import InputError
from assistant.law.provisions import ProvisionRef
from assistant.retrieval.expansion import LAY_TERMS, read_lay_terms
from assistant.retrieval.source import IndexSource
from evals.labelled import LabelledQuestion

# Of the extra set this many questions are never seen in training, so that it can still measure.
KEPT_OUT = 300
_LONGEST = 400
_CLAUSE = re.compile(r"[，。；：、\n]")


@dataclass(frozen=True)
class Pairs:
    """Words on the left, passages on the right, by where they come from."""

    questions: tuple[tuple[str, str], ...]
    lay_terms: tuple[tuple[str, str], ...]
    clauses: tuple[tuple[str, str], ...]
    extra: tuple[tuple[str, str], ...]

    @property
    def all(self) -> tuple[tuple[str, str], ...]:
        """Every pair."""
        return (*self.questions, *self.lay_terms, *self.clauses, *self.extra)

    def counts(self) -> dict[str, int]:
        """How many pairs of each origin."""
        return {name: len(rows) for name, rows in vars(self).items()}


def gather_pairs(
    source: IndexSource,
    questions: Iterable[LabelledQuestion],
    corpus_dir: Path,
    extra: Path | None,
    seed: int,
) -> Pairs:
    """All training pairs; the same seed gives the same pairs."""
    rng = random.Random(seed)
    articles = whole_articles(source)
    asked = [
        (item.query, articles[ref]) for item in questions for ref in sorted(item.articles) if ref in articles
    ]
    lay = [(ref.whole_article, words) for ref, words in read_lay_terms(corpus_dir / LAY_TERMS)]
    return Pairs(
        tuple(asked),
        tuple(
            pair for ref, words in lay if ref in articles for pair in _lay_pairs(words, articles[ref], rng)
        ),
        tuple(pair for text in passages_to_learn(source) for pair in _clause_pairs(text, rng)),
        tuple(_extra_pairs(extra)) if extra else (),
    )


def whole_articles(source: IndexSource) -> dict[ProvisionRef, str]:
    """The searched text of each whole article."""
    return {
        p.ref: p.text
        for p in source.passages
        if p.kind == "provision" and p.ref and p.ref == p.ref.whole_article
    }


def passages_to_learn(source: IndexSource) -> list[str]:
    """Whole articles, operative rules and report passages."""
    return [p.text for p in source.passages if not (p.kind == "provision" and p.ref and p.ref.parent)]


def _lay_pairs(words: Sequence[str], article: str, rng: random.Random) -> Iterable[tuple[str, str]]:
    """Each word alone, and handfuls of two or three as a question would mix them."""
    yield from ((word, article) for word in words)
    for _ in range(max(2, len(words) // 3)):
        yield "，".join(rng.sample(words, min(len(words), rng.randint(2, 3)))), article


def _clause_pairs(text: str, rng: random.Random) -> Iterable[tuple[str, str]]:
    """Two clauses of a passage lead to the whole of it."""
    clauses = [clause for clause in _CLAUSE.split(text) if len(clause) > 3]
    for _ in range(min(3, len(clauses))):
        yield "，".join(rng.sample(clauses, min(2, len(clauses)))), text


def _extra_pairs(path: Path) -> Iterable[tuple[str, str]]:
    """Lay questions and the articles that answer them; the last KEPT_OUT stay unseen."""
    for row in read_extra(path)[:-KEPT_OUT]:
        for name, text in row["相关法规"].items():
            yield row["问题"], f"{name.removeprefix('中华人民共和国')} {text[:_LONGEST]}"


def read_extra(path: Path) -> list[dict[str, Any]]:
    """The rows of a set in the form of STARD, in one shuffled order, the same every time. Raises InputError."""
    try:
        rows = json.loads(path.read_text(encoding="utf-8"))
        rows = sorted(rows, key=lambda row: int(row["query_id"]))
        if not all(isinstance(row["问题"], str) and isinstance(row["相关法规"], dict) for row in rows):
            raise TypeError("问题、相关法规")
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as fault:
        raise InputError(f"{path} 不是 STARD 形式的问题集：{fault}。") from fault
    shuffled: list[dict[str, Any]] = random.Random(0).sample(rows, len(rows))
    return shuffled
