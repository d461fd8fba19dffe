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


@pytest.mark.parametrize("numbers", [(0,), (10_000,), (1, -1), (1, 0, 0), (1, 0, None, 0)])
def test_no_statute_has_such_a_number(numbers: tuple[int, ...]) -> None:
    """Nought, less, and what no numeral prints."""
    with pytest.raises(ValueError, match="序号"):
        ProvisionRef("某法", *numbers)


@pytest.mark.parametrize("law", ["", "  ", "甲《乙", "甲》乙《丙"])
def test_no_statute_has_such_a_title(law: str) -> None:
    """A title is there, and closes its 《》."""
    with pytest.raises(ValueError, match="不是法律文件的名称"):
        ProvisionRef(law, 1)


def test_provisions_sort_as_they_stand_in_the_statute() -> None:
    """A unit before its parts, 第九条 before 第十条."""
    printed = [
        "《某法》第九条",
        "《某法》第十条",
        "《某法》第十条第一款",
        "《某法》第十条第一款第（二）项",
        "《某法》第十条之一",
    ]
    assert printed == [str(ref) for ref in sorted(ProvisionRef.parse(words) for words in reversed(printed))]


@pytest.mark.parametrize(
    ("words", "value"), [("三六", 36), ("一二〇", 120), ("３６", 36), ("一百零五", 105), ("二百一十", 210)]
)
def test_numerals_are_read_as_clerks_write_them(words: str, value: int) -> None:
    """Digit by digit, full width, with a nought in between."""
    assert value == to_int(words)


@pytest.mark.parametrize("words", ["十十", "百千", "二十三四", "123456", "条"])
def test_what_is_no_numeral_is_refused(words: str) -> None:
    """Not guessed at."""
    with pytest.raises(ValueError, match="不是一万以内的数"):
        to_int(words)
