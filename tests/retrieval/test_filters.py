"""A search narrowed to one law, one kind, one agency or one year."""

from datetime import date

import pytest

from assistant.errors import InputError
from assistant.law.instruments import StatuteBook
from assistant.retrieval.filters import Filters, read_filters
from assistant.retrieval.index import Index
from assistant.retrieval.search import search

ON = date(2026, 11, 23)
QUESTION = "第三方一直不回复怎么办,要等多久"


@pytest.mark.parametrize("law", ["行政复议法", "信访工作条例", "政府信息公开条例"])
def test_only_the_law_asked_for_is_found(index: Index, law: str) -> None:
    """Whatever else would answer better."""
    hits = search(index, QUESTION, 10, ON, Filters(law=law)).hits
    assert {law} == {hit.passage.ref.law for hit in hits if hit.passage.ref}


@pytest.mark.parametrize("kind", ["provision", "report", "guide"])
def test_only_the_kind_asked_for_is_found(index: Index, kind: str) -> None:
    """Ten hits of one kind, since the corpus has as many."""
    hits = search(index, "政府信息公开申请", 10, ON, Filters(kind=kind)).hits  # type: ignore[arg-type]
    assert [kind] * 10 == [hit.passage.kind for hit in hits]


def test_an_agency_may_be_named_in_short(index: Index) -> None:
    """暨阳 is 暨阳街道办事处."""
    hits = search(index, "收到多少件申请", 5, ON, Filters(agency="暨阳", year=2023)).hits
    assert {("暨阳街道办事处", 2023)} == {(hit.passage.agency, hit.passage.year) for hit in hits}


def test_a_year_without_a_report_finds_nothing(index: Index) -> None:
    """Rather than another year's figures."""
    assert () == search(index, "收到多少件申请", 5, ON, Filters(kind="report", year=2001)).hits


def test_a_named_article_outside_the_filter_is_not_shown(index: Index) -> None:
    """The filter has the last word."""
    hits = search(index, "条例36条", 5, ON, Filters(law="行政复议法")).hits
    assert all(hit.passage.ref and hit.passage.ref.law == "行政复议法" for hit in hits)


def test_a_law_is_read_by_any_of_its_names(statutes: StatuteBook) -> None:
    """条例 is the Regulation here."""
    assert Filters(law="政府信息公开条例") == read_filters(statutes, "条例", None, None, None)


@pytest.mark.parametrize(
    ("law", "kind", "words"),
    [("民法典", None, "“民法典”语料库里没有"), (None, "case", "没有“case”这种内容，可用：provision")],
)
def test_what_is_not_known_is_named(
    statutes: StatuteBook, law: str | None, kind: str | None, words: str
) -> None:
    """With what there is instead."""
    with pytest.raises(InputError, match=words):
        read_filters(statutes, law, kind, None, None)
