"""What stands in a chunk of the textbook pipeline, told by where its characters lie in the file."""

from pathlib import Path

import pytest

from assistant.ingest.passages import Passage
from assistant.law.instruments import StatuteBook
from assistant.law.provisions import ProvisionRef
from assistant.settings import ROOT
from evals.chunks import Span, article_spans, chunk_at, section_spans
from evals.labelled import LABELLED_ON

SPANS = (Span("a", 0, 100), Span("b", 100, 140), Span("c", 140, 400))


@pytest.mark.parametrize(
    ("begin", "end", "main", "held"),
    [
        (0, 400, "c", {"a", "b", "c"}),
        (0, 120, "a", {"a", "b"}),
        (0, 119, "a", {"a"}),
        (60, 145, "a", {"b"}),
        (150, 200, "c", {"c"}),
        (500, 600, "file", set()),
    ],
)
def test_an_article_stands_in_a_chunk_that_holds_half_of_it_or_is_half_of_it(
    begin: int, end: int, main: str, held: set[str]
) -> None:
    """The main one is that of most of the text; outside every article the chunk is its file."""
    found = chunk_at(SPANS, begin, end, "file")
    assert main == found.main
    assert frozenset(held) == found.units


@pytest.mark.parametrize("path", sorted((ROOT / "corpus" / "laws").glob("*.md")), ids=lambda path: path.stem)
def test_every_article_stands_where_its_span_says(path: Path, statutes: StatuteBook) -> None:
    """The span holds the last line of the article and nothing of another's heading."""
    text = path.read_text(encoding="utf-8")
    for span in article_spans(path):
        assert isinstance(span.unit, ProvisionRef)
        article, words = statutes.text(span.unit, LABELLED_ON), text[span.begin : span.end]
        assert article is not None and article.splitlines()[-1].strip() in words
        assert 1 == words.count("\n### ") + words.startswith("### ")


def test_spans_begin_with_the_heading_of_their_article() -> None:
    """Article 36 of the Regulation, from its heading up to that of the next."""
    (path,) = (ROOT / "corpus" / "laws").glob("政府信息公开条例@*.md")
    spans, text = article_spans(path), path.read_text(encoding="utf-8")
    assert 56 == len(spans)
    (span,) = (span for span in spans if span.unit == ProvisionRef("政府信息公开条例", 36))
    words = text[span.begin : span.end]
    assert words.startswith("### 第三十六条") and "对政府信息公开申请，行政机关根据下列情况" in words
    assert text[span.end :].startswith("### 第三十七条")


def test_a_section_of_a_report_is_found_by_its_words() -> None:
    """A table row, which is not printed as it is shown, has no span."""
    text = "# 报告\n\n## 一、总体情况\n\n全年收到申请二十件。\n"
    kept = Passage("r#1-", "report", "", "全年收到申请二十件。", "reports/r.md")
    row = Passage("r#row", "report", "", "新收：自然人20", "reports/r.md")
    (span,) = section_spans(text, [kept, row])
    assert ("r#1-", "全年收到申请二十件。") == (span.unit, text[span.begin : span.end])
