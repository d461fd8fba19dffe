"""Quotations: what a letter says a provision says."""

from datetime import date

import pytest

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


REGULATION_38 = "行政机关向申请人提供的信息，应当是已制作或者获取的政府信息"


@pytest.mark.parametrize(
    ("quoted", "shown"),
    [
        ("行政机关向申请人提供的信息，应当是已制作的政府信息", "漏“或者获取”"),
        ("行政机关依法向申请人提供的信息，应当是已制作或者获取的政府信息", "多出“依法”"),
        ("行政机关向申请人提供的材料，应当是已制作或者获取的政府信息", "“材料”应为“信息”"),
    ],
)
def test_what_was_left_out_added_or_changed_is_shown(quoted: str, shown: str, statutes: StatuteBook) -> None:
    """漏, 多出, 应为: the clerk sees the very words."""
    (quotation,) = quotations(f"《条例》第三十八条规定：“{quoted}”。", statutes)
    assert (False, shown) == (quotation.verbatim, differences(quotation.words, quotation.said))


@pytest.mark.parametrize(
    "text",
    [
        f"《条例》第三十八条规定：“{REGULATION_38}”。",
        f"《条例》第三十八条明确：「{REGULATION_38}」。",
        f"《條例》第 三 十 八 條規定：“{REGULATION_38}”。",
        f"“{REGULATION_38}”（《条例》第三十八条）。",
    ],
)
def test_the_same_words_are_verbatim_however_the_letter_is_written(text: str, statutes: StatuteBook) -> None:
    """Quotation marks of both kinds, before the citation or after it, out of a scanner."""
    assert [True] == [q.verbatim for q in quotations(text, statutes)]


def test_a_quotation_is_held_against_the_item_cited(statutes: StatuteBook) -> None:
    """The words of 第（五）项 are not those of 第（四）项."""
    words = "所申请公开信息不属于本行政机关负责公开的"
    right, wrong = (
        quotations(f"《条例》第三十六条第（{item}）项规定：“{words}”", statutes)[0] for item in "五四"
    )
    assert (True, False) == (right.verbatim, wrong.verbatim)


def test_a_quotation_of_law_that_is_not_living_is_not_compared(statutes: StatuteBook) -> None:
    """There is nothing to hold it against."""
    assert [] == quotations(f"《条例》（2007年）第三十八条规定：“{REGULATION_38}”", statutes)
