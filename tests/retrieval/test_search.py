"""Search as clerks and citizens ask."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml

from assistant.errors import IndexFault, InputError, ModelFault
from assistant.ingest.passages import Passage
from assistant.law.provisions import ProvisionRef
from assistant.retrieval.build import build_index
from assistant.retrieval.filters import EVERYTHING
from assistant.retrieval.index import Index, IndexPlace
from assistant.retrieval.legs import Asked, by_words
from assistant.retrieval.lexical import lexical_scores
from assistant.retrieval.search import search
from assistant.retrieval.source import IndexSource, source_of
from tests.retrieval.conftest import MODEL

ON = date(2026, 11, 23)
QUESTION = "第三方一直不回复怎么办,要等多久"
CASES = yaml.safe_load((Path(__file__).parent / "questions.yaml").read_text(encoding="utf-8"))


@pytest.fixture(
    scope="module",
    params=[
        "embedded",
        pytest.param("server_index", marks=pytest.mark.slow),
        pytest.param("other_model_index", marks=pytest.mark.slow),
    ],
)
def index(request: pytest.FixtureRequest, index: Index) -> Index:
    """Every test of search holds for the embedded store, for a Chroma server and for another model."""
    return index if request.param == "embedded" else request.getfixturevalue(request.param)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["query"])
def test_the_article_is_among_the_first(index: Index, case: dict[str, Any]) -> None:
    """Where the case says."""
    hits = search(index, case["query"], case["within"], ON).hits
    assert case["article"] in [str(hit.passage.ref.whole_article) for hit in hits if hit.passage.ref]


def test_a_named_article_is_first_and_sure(index: Index) -> None:
    """With the highest score there is."""
    result = search(index, "条例36条", 5, ON)
    assert (1, 1.0, True) == (result.hits[0].rank, result.hits[0].score, result.confident)


def test_a_named_item_is_shown_with_its_whole_article(index: Index, source: IndexSource) -> None:
    """The address is the item's, the text the article's."""
    hit = search(index, "条例第三十六条第（五）项", 5, ON).hits[0]
    assert "《中华人民共和国政府信息公开条例》第三十六条第（五）项" == hit.ref
    assert hit.text == source.book.text(ProvisionRef("政府信息公开条例", 36), ON)


def test_a_named_paragraph_of_an_undivided_article_is_its_article(index: Index) -> None:
    """Article 32 has one paragraph, which is not cut out."""
    assert (
        "《中华人民共和国政府信息公开条例》第三十二条"
        == search(index, "条例第三十二条第一款", 5, ON).hits[0].ref
    )


@pytest.mark.parametrize("query", [QUESTION, "不予公开", "复议", "36条"])
def test_an_article_is_found_once(index: Index, query: str) -> None:
    """However many of its parts match."""
    units = [
        (h.source, h.passage.ref.whole_article, h.text)
        for h in search(index, query, 20, ON).hits
        if h.passage.ref
    ]
    assert len(units) == len(set(units))


@pytest.mark.parametrize("case", CASES[:5], ids=lambda case: case["query"])
def test_legs_side_by_side_find_the_same(
    index: Index, case: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Over many passages the words are counted while the store answers; nothing else changes."""
    one_by_one = search(index, case["query"], 5, ON)
    monkeypatch.setattr("assistant.retrieval.search.MANY", 0)
    assert one_by_one == search(index, case["query"], 5, ON)


def test_the_best_by_words_are_the_best_of_all(index: Index) -> None:
    """None is lost where only the better half is put in order."""
    asked = Asked("征求第三方意见要等多久", ON, index.admitted(ON, EVERYTHING), 60)
    scores = lexical_scores(index.lexical, asked.query) * asked.allowed.units
    best = sorted(range(len(scores)), key=lambda unit: (-scores[unit], unit))[:60]
    assert [(unit, float(scores[unit])) for unit in best] == by_words(index, asked)


@pytest.mark.parametrize("k", [1, 3, 10, 100])
def test_as_many_hits_as_asked_for(index: Index, k: int) -> None:
    """Ranks count from one; scores never rise."""
    hits = search(index, "政府信息公开申请", k, ON).hits
    assert list(range(1, k + 1)) == [hit.rank for hit in hits]
    assert sorted((hit.score for hit in hits), reverse=True) == [hit.score for hit in hits]


def test_hits_take_the_shape_of_the_contract(index: Index) -> None:
    """Field by field."""
    assert {
        "rank": 1,
        "score": 1.0,
        "kind": "provision",
        "law": "政府信息公开条例",
        "article": 36,
        "paragraph": None,
        "item": "（五）",
        "ref": "《中华人民共和国政府信息公开条例》第三十六条第（五）项",
        "source": "laws/政府信息公开条例@2019-05-15.md",
    } == {k: v for k, v in search(index, "条例36条第五项", 1, ON).hits[0].to_json().items() if k != "text"}


def test_published_facts_are_found_too(index: Index) -> None:
    """A report's row, named by where it stands."""
    hits = search(index, "2023年暨阳街道本年新收政府信息公开申请数量", 3, ON).hits
    assert any(hit.passage.kind == "report" and "暨阳街道" in hit.ref for hit in hits)


def test_law_not_yet_in_force_is_not_found(index: Index) -> None:
    """On the day before the Regulation of 2019 nothing of it is living law."""
    day = date(2019, 5, 14)
    for query in ("条例36条", QUESTION):
        for hit in search(index, query, 20, day).hits:
            assert hit.passage.holds(day)


def test_law_is_found_from_its_first_to_its_last_day(tmp_path: Path, source: IndexSource) -> None:
    """Both days count, the days around them do not; other living law stands in."""
    first, last = date(2001, 1, 1), date(2001, 12, 31)
    old = Passage(
        "old", "provision", "旧法第一条 鸡毛信", "鸡毛信", "old.md", ProvisionRef("旧法", 1), first, last
    )
    held = build_index(IndexPlace(tmp_path, MODEL), source_of(source.book, (old, *source.passages)))
    days = [first - timedelta(1), first, last, last + timedelta(1)]
    assert [False, True, True, False] == [
        "old.md" in [h.source for h in search(held, "鸡毛信", 5, day).hits] for day in days
    ]


@pytest.mark.parametrize("query", ["", "   ", "\n\t　"])
def test_an_empty_question_is_refused(index: Index, query: str) -> None:
    """One clear line."""
    with pytest.raises(InputError, match="没有给出要查的内容"):
        search(index, query, 5, ON)


@pytest.mark.parametrize("query", ["12345", "2023 20", "😀🎉", "？？！！", "……", "％＄＃", "١٢٣"])
def test_what_has_no_words_finds_nothing(index: Index, query: str) -> None:
    """No hits rather than noise."""
    result = search(index, query, 5, ON)
    assert ((), False) == (result.hits, result.confident)


@pytest.mark.parametrize(
    "query", ["'; DROP TABLE passages; --补正", ".*[补正](?=", "补正%_\\", "\x00补正\ufffd", "$补正{}"]
)
def test_signs_of_query_languages_mean_nothing(index: Index, query: str) -> None:
    """They are not words; the word among them is."""
    refs = [hit.passage.ref.article for hit in search(index, query, 5, ON).hits if hit.passage.ref]
    assert 30 in refs


def test_full_width_finds_the_same(index: Index) -> None:
    """Width does not count."""
    narrow, wide = ([h.ref for h in search(index, query, 5, ON).hits] for query in ("20天答复", "２０天答复"))
    assert narrow == wide


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("第三方遲遲不答覆怎麼辦", "第三方迟迟不答复怎么办"),
        ("網上有的還要列印給他嗎", "网上有的还要打印给他吗"),
    ],
)
def test_traditional_characters_find_the_same(index: Index, typed: str, meant: str) -> None:
    """Whoever types them asks about the same law."""
    first, second = ([h.ref for h in search(index, query, 5, ON).hits] for query in (typed, meant))
    assert first == second


def test_one_character_is_a_question(index: Index) -> None:
    """Whatever is found is shown; nothing breaks."""
    assert search(index, "税", 5, ON).notice is None


def test_a_very_long_question_is_answered(index: Index) -> None:
    """Fifty thousand characters."""
    result = search(index, (QUESTION + "。") * (50_000 // len(QUESTION)), 5, ON)
    assert 32 in [hit.passage.ref.article for hit in result.hits if hit.passage.ref]


@pytest.mark.parametrize(
    "query", ["红烧肉要炖多久才烂", "驾驶证到期了怎么换新证", "高铁票咋个退,要扣好多钱", "天气"]
)
def test_what_the_corpus_does_not_answer_is_doubted(index: Index, query: str) -> None:
    """Hits may be shown, never as an answer."""
    assert not search(index, query, 5, ON).confident


@pytest.mark.parametrize("query", [QUESTION, "收费", "年报", "第三方", "补正 期限"])
def test_what_it_answers_is_not(index: Index, query: str) -> None:
    """Keywords count as questions."""
    assert search(index, query, 5, ON).confident


class Broken:
    """A model or store that has failed since the index was opened."""

    def __init__(self, fault: Exception) -> None:
        self.fault = fault
        self.fingerprint = "broken"

    def encode(self, texts: Any) -> Any:
        raise self.fault

    def encode_queries(self, texts: Any) -> Any:
        raise self.fault


@pytest.mark.parametrize("fault", [ModelFault("模型目录不见了。"), IndexFault("向量库没有应答。")])
def test_when_the_dense_leg_fails_words_answer_and_that_is_said(index: Index, fault: Exception) -> None:
    """The clerk still gets the article, and one line on what is missing."""
    assert index.dense is not None
    result = search(replace(index, dense=replace(index.dense, embedder=Broken(fault))), QUESTION, 3, ON)
    assert f"{fault}本次只按字面检索。" == result.notice
    assert 32 in [hit.passage.ref.article for hit in result.hits if hit.passage.ref]


def test_a_question_of_unknown_words_needs_no_vectors(index: Index) -> None:
    """A zero vector is never sent to the store."""
    assert index.dense is not None
    assert not np.any(index.dense.embedder.encode_queries(["龘龘"]))
    assert () == search(index, "龘龘", 5, ON).hits
