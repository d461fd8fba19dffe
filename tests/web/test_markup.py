"""What a letter holds is shown as the words it is."""

import pytest

from assistant.web.cards import SHOWN_WORDS, fault, said
from assistant.web.markup import Markup, el, join, words

HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(1)> [点](javascript:alert(1)) **粗** \"'&"


def test_words_are_escaped() -> None:
    """Tags, quotes and ampersands become references."""
    assert "&lt;b&gt;&amp;&quot;&#x27;" == words("<b>&\"'")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\n\n"])
def test_markup_is_one_line(end: str) -> None:
    """A blank line would end an HTML block inside markdown, and what follows would be markdown again."""
    shown = el("div", f"一{end}# 二")
    assert "\n" not in shown
    assert "\r" not in shown
    assert "&#10;" in shown


def test_children_that_are_markup_stay_and_others_are_escaped() -> None:
    """Only what was made here is markup."""
    assert "<p>&lt;i&gt;<b>一</b></p>" == el("p", "<i>", el("b", "一"), None)
    assert "<b></b>、&lt;i&gt;" == join([el("b"), "<i>"], "、")


def test_attributes_are_escaped() -> None:
    """A quotation mark cannot leave its attribute."""
    assert '<span class="a" title="&quot; onclick=&quot;x"></span>' == el(
        "span", class_="a", title='" onclick="x'
    )
    assert "<details open></details>" == el("details", open=True)
    assert "<details></details>" == el("details", open=False, title=None)


def test_what_the_clerk_pastes_is_harmless() -> None:
    """No tag of a letter survives, in a message or in an error that quotes it."""
    for turn in (said(HOSTILE), said("信", file=HOSTILE), fault(f"文件“{HOSTILE}”打不开")):
        assert isinstance(turn.shown, Markup)
        for tag in ("<script", "<img", "<a "):
            assert tag not in turn.shown


def test_a_long_letter_is_shown_by_its_beginning() -> None:
    """The conversation stays readable and light; the whole letter stands on the right."""
    shown = said("长" * 5000).shown
    assert SHOWN_WORDS == shown.count("长")
    assert "全文 5000 字" in shown
