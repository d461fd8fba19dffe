"""Provisions: how an address is read, printed, and what it covers."""

import pytest

from assistant.law.numerals import to_chinese, to_int
from assistant.law.provisions import ProvisionRef

PRINTS = [
    ("《政府信息公开条例》第三十六条第（五）项", ProvisionRef("政府信息公开条例", 36, item=5)),
    ("《中华人民共和国行政复议法》第二十三条第一款第（四）项", ProvisionRef("行政复议法", 23, 0, 1, 4)),
    ("《政府信息公开条例》第16条第2款", ProvisionRef("政府信息公开条例", 16, paragraph=2)),
    ("《某法》第一百二十条之一", ProvisionRef("某法", 120, 1)),
]


@pytest.mark.parametrize(("printed", "ref"), PRINTS)
def test_a_print_is_read(printed: str, ref: ProvisionRef) -> None:
    """Full and short titles, Chinese and Arabic numerals."""
    assert ref == ProvisionRef.parse(printed)


@pytest.mark.parametrize(("_", "ref"), PRINTS)
def test_printing_and_reading_are_inverse(_: str, ref: ProvisionRef) -> None:
    """parse(str(ref)) is ref."""
    assert ref == ProvisionRef.parse(str(ref))


def test_words_that_are_no_address_are_refused() -> None:
    """A sentence is no provision."""
    with pytest.raises(ValueError, match="不是条文出处"):
        ProvisionRef.parse("依照有关规定")


@pytest.mark.parametrize(
    "value", [1, 2, 9, 10, 11, 19, 20, 21, 36, 99, 100, 101, 110, 111, 163, 999, 1260, 9999]
)
def test_numerals_survive_the_round_trip(value: int) -> None:
    """Every article number prints and reads back."""
    assert value == to_int(to_chinese(value))


def test_an_article_covers_its_items_but_no_other_article() -> None:
    """第三十六条 covers 第三十六条第（五）项; 第三十五条 does not."""
    item = ProvisionRef("政府信息公开条例", 36, item=5)
    assert item.whole_article.covers(item)
    assert not item.covers(item.whole_article)
    assert not ProvisionRef("政府信息公开条例", 35).covers(item)


def test_the_parent_of_an_item_is_its_paragraph() -> None:
    """Up from 项 to 款 to 条."""
    ref = ProvisionRef("行政复议法", 23, 0, 1, 4)
    assert ProvisionRef("行政复议法", 23, 0, 1) == ref.parent
    assert ProvisionRef("行政复议法", 23) == ref.parent.parent
    assert None is ref.whole_article.parent
