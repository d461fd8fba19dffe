"""Why a hit was found."""

from datetime import date

from assistant.retrieval.explain import explain
from assistant.retrieval.index import Index
from assistant.retrieval.search import search

ON = date(2026, 11, 23)
QUESTION = "第三方一直不回复怎么办,要等多久"


def test_a_hit_says_where_each_leg_had_it(index: Index) -> None:
    """Rank and score by words and by vectors; together they made it first."""
    hit = search(index, QUESTION, 1, ON).hits[0]
    assert hit.trail.words and hit.trail.vectors
    assert "字面第" in explain(index, QUESTION, hit).line


def test_shared_words_are_whole_stretches_of_the_question(index: Index) -> None:
    """第三方, not 第三 and 三方; every one stands in the question."""
    told = explain(index, QUESTION, search(index, QUESTION, 1, ON).hits[0])
    assert "第三方" in told.shared
    assert all(run in QUESTION for run in told.shared)


def test_a_traditional_question_is_explained_in_simplified_words(index: Index) -> None:
    """As it was searched."""
    query = "第三方遲遲不答覆怎麼辦"
    told = explain(index, query, search(index, query, 1, ON).hits[0])
    assert "第三方" in told.shared


def test_a_named_article_says_so(index: Index) -> None:
    """It was not searched for at all."""
    hit = search(index, "条例36条", 1, ON).hits[0]
    assert "问题里直接写明了这一条。" == explain(index, "条例36条", hit).line


def test_the_known_ways_of_asking_belong_to_the_article(index: Index) -> None:
    """They are filed under it in the corpus."""
    hit = search(index, QUESTION, 1, ON).hits[0]
    assert hit.passage.ref
    ways = index.expansions[hit.passage.ref.whole_article]
    assert set(explain(index, QUESTION, hit).led_by) <= set(ways)
