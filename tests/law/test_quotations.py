"""Quotations: what a letter says a provision says."""

from datetime import date

from assistant.law.citations import cite
from assistant.law.instruments import StatuteBook
from assistant.law.quotations import Quotation, check_quotations, differences

ON = date(2026, 11, 23)


def quotations(text: str, book: StatuteBook) -> list[Quotation]:
    """The quotations of a text, checked."""
    return check_quotations(text, cite(text, book, ON), book, ON)


def test_the_words_of_the_article_are_verbatim(statutes: StatuteBook) -> None:
    """An exact quotation passes, whatever its final punctuation."""
    text = "《条例》第三十八条规定：“行政机关向申请人提供的信息，应当是已制作或者获取的政府信息。”"
    assert [True] == [q.verbatim for q in quotations(text, statutes)]


def test_one_changed_word_is_found_and_shown(statutes: StatuteBook) -> None:
    """以下 for 下列 is no quotation, and the clerk sees which word."""
    text = "《条例》第三十六条规定：“对政府信息公开申请，行政机关根据以下情况分别作出答复”。"
    (quotation,) = quotations(text, statutes)
    assert not quotation.verbatim
    assert "“以下”应为“下列”" == differences(quotation.words, quotation.said)


def test_words_without_quote_marks_count_when_close_to_the_article(statutes: StatuteBook) -> None:
    """规定：followed by nearly the article's words is a quotation."""
    text = "根据《条例》第三十八条规定：行政机关向申请人提供的材料，应当是已制作或者获取的政府信息。"
    assert [False] == [q.verbatim for q in quotations(text, statutes)]


def test_an_ellipsis_parts_a_quotation(statutes: StatuteBook) -> None:
    """Words left out with …… are not a change."""
    text = "《条例》第三十八条规定，“行政机关向申请人提供的信息……应当是已制作或者获取的政府信息”。"
    assert all(q.verbatim for q in quotations(text, statutes))
