"""Lay words and past questions: read strictly, filed under provisions that exist, never shown."""

from pathlib import Path

import pytest

from assistant.errors import CorpusError
from assistant.law.provisions import ProvisionRef
from assistant.retrieval.expansion import LAY_TERMS, QUESTIONS, load_expansions, read_lay_terms
from assistant.retrieval.source import IndexSource
from assistant.settings import ROOT

SHIPPED = ROOT / "corpus" / LAY_TERMS


def test_every_provision_with_lay_words_is_in_the_corpus(source: IndexSource) -> None:
    """A word filed under an article nobody holds would find nothing."""
    held = {passage.ref for passage in source.passages}
    assert [] == [str(ref) for ref, _ in read_lay_terms(SHIPPED) if ref not in held]


def test_every_article_has_lay_words(source: IndexSource) -> None:
    """Also those nobody has asked about yet."""
    named = {ref.whole_article for ref, _ in read_lay_terms(SHIPPED)}
    articles = {p.ref.whole_article for p in source.passages if p.kind == "provision" and p.ref}
    assert [] == sorted(map(str, articles - named))


def test_words_of_a_part_belong_to_its_article_too(tmp_path: Path) -> None:
    """What finds an item finds the article."""
    (tmp_path / LAY_TERMS).write_text("甲法:\n  第一条第（二）项: 俗称、别名\n", encoding="utf-8")
    expected = {ProvisionRef("甲法", 1, item=2): ("俗称", "别名"), ProvisionRef("甲法", 1): ("俗称", "别名")}
    assert expected == load_expansions(tmp_path)


def test_a_corpus_without_lay_words_is_no_fault(tmp_path: Path) -> None:
    """An office's own corpus need not have them."""
    assert {} == load_expansions(tmp_path)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("甲法: 第一条", "《甲法》：应为"),
        ("甲法:\n  第一条: [俗称]", "《甲法》第一条：俗称应写成一行"),
        ("甲法:\n  前言: 俗称", "“《甲法》前言”不是条文出处"),
    ],
)
def test_a_broken_row_of_lay_words_is_named(tmp_path: Path, words: str, message: str) -> None:
    """Law and provision are in the message."""
    (tmp_path / LAY_TERMS).write_text(words, encoding="utf-8")
    with pytest.raises(CorpusError, match=message):
        load_expansions(tmp_path)


@pytest.mark.parametrize("line", ["{", '{"query": "问"}', '{"query": "问", "refs": ["甲法"]}'])
def test_a_broken_question_is_named(tmp_path: Path, line: str) -> None:
    """By its line."""
    (tmp_path / QUESTIONS).write_text(line + "\n", encoding="utf-8")
    with pytest.raises(CorpusError, match=r"questions\.jsonl 第1行"):
        load_expansions(tmp_path)
