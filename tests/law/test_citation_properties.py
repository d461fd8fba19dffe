"""Citations: what holds for every text and every address, not only for those somebody thought of."""

import gc
import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.law.citations import annotate, cite
from assistant.law.cleaning import clean
from assistant.law.instruments import StatuteBook
from assistant.law.numerals import to_chinese, to_int
from assistant.law.provisions import ProvisionRef

ON = date(2026, 11, 23)
FRAGMENTS = [
    "《条例》",
    "《中华人民共和国政府信息公开条例》",
    "（以下简称《条例》）",
    "（2007年）",
    "条例",
    "行政复议法",
    "复议法",
    "土地管理法",
    "某省",
    "本条例",
    "该法",
    "本条",
    "前款",
    "第",
    "三十六",
    "36",
    "３６",
    "〇",
    "十",
    "千",
    "条",
    "款",
    "项",
    "之",
    "之一",
    "（五）",
    "（",
    "）",
    "、",
    "和",
    "至",
    "-",
    "，。",
    "；",
    "的规定",
    "根据",
    "依照",
    "合同",
    "附件",
    "章程",
    "**",
    ">",
    "`",
    "《",
    "》",
    "〈",
    "〉",
    "“",
    "”",
    "條",
    "項",
    "㈤",
    "法释〔2025〕8号",
    "国务院令第711号",
    "99999",
    "第零条",
    "一百二",
    "十十",
]
SIGNS = [*FRAGMENTS, " ", "\n", "\n\n", "\u3000", "\u200b", "\r\n", "\0"]
NUMBER = st.integers(1, 9_999)
MIXED = st.lists(st.one_of(st.sampled_from(SIGNS), st.text(max_size=3)), max_size=40).map("".join)
LAWS = st.sampled_from(["政府信息公开条例", "某法", "关于适用《行政诉讼法》的解释", "甲《乙》丙《丁》"])
REFS = st.builds(
    ProvisionRef,
    st.one_of(LAWS, st.text("政府信息公开条例法A（）", min_size=1, max_size=12)),
    NUMBER,
    st.integers(0, 30),
    st.none() | NUMBER,
    st.none() | NUMBER,
)


@given(REFS)
def test_reading_a_print_gives_the_same_address(ref: ProvisionRef) -> None:
    """parse(str(ref)) is ref, for every address."""
    assert ref == ProvisionRef.parse(str(ref))


@given(NUMBER)
def test_every_number_survives_printing(number: int) -> None:
    """to_int(to_chinese(n)) is n."""
    assert number == to_int(to_chinese(number))


@given(REFS)
def test_a_unit_covers_its_parts_and_no_part_covers_its_unit(ref: ProvisionRef) -> None:
    """Up the parents to the article."""
    assert ref.covers(ref)
    parent = ref.parent
    while parent is not None:
        assert parent.covers(ref)
        assert not ref.covers(parent)
        assert parent < ref
        parent = parent.parent


@given(REFS, REFS)
def test_what_covers_both_ways_is_the_same_place(one: ProvisionRef, other: ProvisionRef) -> None:
    """Covering is an order."""
    if one.covers(other) and other.covers(one):
        assert one == other


@settings(max_examples=300)
@given(MIXED)
def test_spans_are_the_words_in_order_and_apart(statutes: StatuteBook, text: str) -> None:
    """text[start:end] is the citation; no two overlap; nothing raises, whatever the text."""
    found = cite(text, statutes, ON)
    assert [text[c.start : c.end] for c in found] == [c.text for c in found]
    assert all(before.end <= after.start for before, after in zip(found, found[1:], strict=False))


@settings(max_examples=300)
@given(MIXED)
def test_annotating_with_the_same_words_never_changes_a_text(statutes: StatuteBook, text: str) -> None:
    """Whatever was found, all else stays as it was."""
    assert text == annotate(text, cite(text, statutes, ON), lambda citation: citation.text)


@settings(max_examples=200)
@given(MIXED)
def test_a_citation_without_address_is_never_ok(statutes: StatuteBook, text: str) -> None:
    """What stays unresolved has no address; what has one is known to the book."""
    for citation in cite(text, statutes, ON):
        assert (citation.ref is None) == (citation.status in ("unresolved", "unknown_instrument"))
        assert (citation.status == "ok") == (citation.why == "")


@given(st.text(max_size=60) | MIXED)
def test_every_place_of_a_cleaned_text_is_in_the_original_in_order(text: str) -> None:
    """The way back never leaves the text and never turns."""
    cleaned = clean(text)
    assert len(cleaned.text) == len(cleaned.places)
    assert cleaned.places == sorted(set(cleaned.places))
    assert all(0 <= place < len(text) for place in cleaned.places)


def seconds(text: str, book: StatuteBook) -> float:
    """The quickest of three, in processor time, with no collection of garbage in between."""
    taken = []
    gc.disable()
    for _ in range(3):
        begun = time.process_time()
        cite(text, book, ON)
        taken.append(time.process_time() - begun)
    gc.enable()
    return min(taken)


@pytest.mark.parametrize(
    "unit",
    [
        "根据《条例》第三十六条第（五）项、第三十七条，条例第14、15、16条；",
        "经查第三十六条。",
        "第三十六条、",
        "第一、",
        "《",
        "（",
        "依照土地管理法第四十五条",
        "该法",
        "第一条至第九千条、",
    ],
)
def test_ten_times_the_text_takes_about_ten_times_as_long(unit: str, statutes: StatuteBook) -> None:
    """60 kB against 6 kB: a ratio that only quadratic work exceeds."""
    size = len(unit.encode())
    small, large = unit * (6_000 // size), unit * (60_000 // size)
    cite(small, statutes, ON)
    assert seconds(large, statutes) < 25 * max(seconds(small, statutes), 0.001)
