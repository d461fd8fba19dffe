"""What people call the matter of a provision: lay words and past questions that lead to it.

The statute says 征求第三方意见, people say 问那家公司. Words and questions filed under a provision widen
what finds it; they are never shown and never quoted.

corpus/lay_terms.yaml      law → provision → words, separated by 、, written by hand
corpus/questions.jsonl     {"query", "refs"}: the training questions, written by `make model`
"""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

from assistant.errors import CorpusError
from assistant.law.provisions import ProvisionRef
from assistant.law.rules import read_mapping

LAY_TERMS = "lay_terms.yaml"
QUESTIONS = "questions.jsonl"

Expansions = Mapping[ProvisionRef, tuple[str, ...]]


def load_expansions(corpus_dir: Path) -> Expansions:
    """Words and questions by provision; none where the corpus has no such files. Raises CorpusError."""
    found: defaultdict[ProvisionRef, list[str]] = defaultdict(list)
    for ref, words in [*read_lay_terms(corpus_dir / LAY_TERMS), *_read_questions(corpus_dir / QUESTIONS)]:
        found[ref] += words
        if ref.parent:
            found[ref.whole_article] += words
    return {ref: tuple(dict.fromkeys(words)) for ref, words in found.items()}


def read_lay_terms(path: Path) -> Iterator[tuple[ProvisionRef, list[str]]]:
    """Each provision with its lay words. Raises CorpusError naming law and provision."""
    if not path.is_file():
        return
    for law, rows in read_mapping(path.read_text(encoding="utf-8"), path.name).items():
        if not isinstance(rows, dict):
            raise CorpusError(f"{path.name}《{law}》：应为“条文: 俗称、俗称”的列表。")
        for place, words in rows.items():
            where = f"{path.name}《{law}》{place}"
            if not isinstance(words, str):
                raise CorpusError(f"{where}：俗称应写成一行，用“、”隔开。")
            yield _ref(f"《{law}》{place}", where), [word for word in words.split("、") if word.strip()]


def _read_questions(path: Path) -> Iterator[tuple[ProvisionRef, list[str]]]:
    if not path.is_file():
        return
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        where = f"{path.name} 第{number}行"
        try:
            row = json.loads(line)
            query, refs = str(row["query"]), list(row["refs"])
        except (ValueError, KeyError, TypeError) as fault:
            raise CorpusError(f"{where}：应为含 query、refs 的 JSON 对象。") from fault
        for printed in refs:
            yield _ref(str(printed), where), [query]


def _ref(printed: str, where: str) -> ProvisionRef:
    try:
        return ProvisionRef.parse(printed)
    except ValueError as fault:
        raise CorpusError(f"{where}：“{printed}”不是条文出处。") from fault
