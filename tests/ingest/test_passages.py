"""Passages: statutes by 条, 款, 项; reports by heading and row; unproved rules marked as such."""

from datetime import date

from assistant.ingest.annual.form import standing_form
from assistant.ingest.annual.passages import cut_reports
from assistant.ingest.annual.report import load_reports
from assistant.ingest.passages import cut_rules, cut_statutes
from assistant.law.instruments import StatuteBook
from assistant.settings import ROOT


def test_every_article_is_a_passage_that_shows_itself(statutes: StatuteBook) -> None:
    """One passage an article at least, and each shows its whole article."""
    passages = cut_statutes(statutes)
    articles = {(p.ref.law, p.ref.article) for p in passages if p.ref}
    assert sum(len(i.articles) for i in statutes.instruments) == len(articles)
    assert all(p.ref and p.shown == statutes.text(p.ref.whole_article, date(2026, 11, 23)) for p in passages)


def test_an_item_is_searched_with_the_words_that_lead_to_it(statutes: StatuteBook) -> None:
    """第三十六条第（四）项 alone does not say what it answers."""
    (item,) = [p for p in cut_statutes(statutes) if str(p.ref) == "《政府信息公开条例》第三十六条第（四）项"]
    assert "对政府信息公开申请" in item.text
    assert "不存在" in item.text


def test_passages_have_distinct_names(statutes: StatuteBook) -> None:
    """An id is a place, and no two passages share it."""
    passages = [
        *cut_statutes(statutes),
        *cut_rules(statutes),
        *cut_reports(load_reports(ROOT / "corpus"), standing_form()),
    ]
    assert len(passages) == len({p.id for p in passages})


def test_rules_without_proved_text_say_so(statutes: StatuteBook) -> None:
    """A rule in our words is never mistaken for a quotation."""
    assert all(p.kind == "guide" and "未核对原文" in p.shown for p in cut_rules(statutes))


def test_a_table_row_is_told_in_words() -> None:
    """Row, columns and figures in one line, with the place it stands."""
    passages = cut_reports(load_reports(ROOT / "corpus"), standing_form())
    (row,) = [p for p in passages if p.id.endswith("#requests-grant")]
    assert "（一）予以公开：自然人12" in row.shown
    assert "总计12" in row.shown
    assert row.title.startswith("暨阳街道办事处2023年")
