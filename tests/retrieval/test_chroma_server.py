"""The same search over a real Chroma server, and what happens when it dies."""

from datetime import date
from pathlib import Path

import pytest

from assistant.retrieval.build import open_or_build
from assistant.retrieval.index import Index, IndexPlace
from assistant.retrieval.search import search
from assistant.retrieval.source import IndexSource
from tests.retrieval.conftest import MODEL, chroma_server

ON = date(2026, 11, 23)
QUESTION = "第三方一直不回复怎么办,要等多久"
pytestmark = pytest.mark.slow


def refs(index: Index) -> list[str]:
    """What the question finds."""
    return [hit.ref for hit in search(index, QUESTION, 5, ON).hits]


def test_a_server_finds_what_the_embedded_store_finds(
    tmp_path: Path, source: IndexSource, index: Index
) -> None:
    """Hit by hit; and opened again it is not built again."""
    with chroma_server(tmp_path / "server") as url:
        place = IndexPlace(tmp_path / "index", MODEL, url)
        first = open_or_build(place, source)
        assert refs(index) == refs(first)
        again = open_or_build(place, source)
        assert (first.manifest.build, None) == (again.manifest.build, again.notice)


def test_a_server_that_dies_is_named_and_words_answer(tmp_path: Path, source: IndexSource) -> None:
    """While a question is asked, and when the index is next opened; nothing is rebuilt for it."""
    with chroma_server(tmp_path / "server") as url:
        place = IndexPlace(tmp_path / "index", MODEL, url)
        held = open_or_build(place, source)
    result = search(held, QUESTION, 3, ON)
    assert url in str(result.notice)
    assert "本次只按字面检索" in str(result.notice)
    assert "《中华人民共和国政府信息公开条例》第三十二条" in [hit.ref for hit in result.hits]
    again = open_or_build(place, source)
    assert held.manifest.build == again.manifest.build
    assert url in str(again.notice)


def test_a_server_that_lost_its_vectors_gets_them_again(tmp_path: Path, source: IndexSource) -> None:
    """The corpus is the source of truth, never the store."""
    with chroma_server(tmp_path / "first") as url:
        place = IndexPlace(tmp_path / "index", MODEL, url)
        open_or_build(place, source)
    with chroma_server(tmp_path / "second") as other:
        index = open_or_build(IndexPlace(tmp_path / "index", MODEL, other), source)
        assert "已重新建立索引" in str(index.notice)
        assert "《中华人民共和国政府信息公开条例》第三十二条" in refs(index)
