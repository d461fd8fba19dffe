"""A letter kept as text goes back into its places, bears the day of its signing, and a draft says that it is one."""

import io
from datetime import date

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st

from assistant.drafting.compose import Composer
from assistant.drafting.document import docx_bytes
from assistant.drafting.final_text import dated, draft_of_text, letter_of_text
from assistant.law.outcomes import Outcomes
from tests.drafting.conftest import LETTERS, composed

SIGNED = date(2026, 12, 3)


@pytest.mark.parametrize("letter", LETTERS)
def test_every_line_of_a_composed_letter_finds_its_place(
    letter: str, composer: Composer, outcomes: Outcomes
) -> None:
    """All of the clause library: the same words in the same places as the draft they come from."""
    draft = composed(letter, composer, outcomes)
    again = letter_of_text(draft.text, draft.on)
    assert [(one.role, one.text) for one in draft.blocks] == [(one.role, one.text) for one in again.blocks]


@pytest.mark.parametrize("letter", LETTERS)
def test_the_day_of_signing_stands_where_the_letter_is_dated(
    letter: str, composer: Composer, outcomes: Outcomes
) -> None:
    """There and nowhere else."""
    draft = composed(letter, composer, outcomes)
    before, after = draft.text.splitlines(), dated(draft.text, SIGNED).splitlines()
    (changed,) = [at for at, line in enumerate(before) if line != after[at]]
    assert ("date", "2026年12月3日") == (draft.blocks[changed].role, after[changed])


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("2026年1月5日", "2026年12月3日"),
        ("  2026 年 1 月 5 日  ", "  2026年12月3日  "),
        ("二〇二六年一月五日", "2026年12月3日"),
        ("【待补：成文日期】", "2026年12月3日"),
        ("本机关于2026年1月5日收到。", "本机关于2026年1月5日收到。"),
    ],
)
def test_a_date_is_one_that_stands_alone(line: str, expected: str) -> None:
    """In figures, in characters, or left open."""
    assert f"某街道办事处\n{expected}\n" == dated(f"某街道办事处\n{line}\n", SIGNED)


def test_a_draft_bears_its_mark_on_the_page() -> None:
    """Before anything else, and seen."""
    draft = draft_of_text(
        "# 答复书\n\n柳青：\n现予公开。\n某街道办事处\n2026年1月5日\n", SIGNED, "草稿，未经批准"
    )
    first, *rest = Document(io.BytesIO(docx_bytes(draft))).paragraphs
    assert ("草稿，未经批准", True) == (first.text, first.runs[0].style.name == "待补")
    assert ["答复书", "柳青：", "现予公开。", "某街道办事处", "2026年1月5日"] == [
        one.text for one in rest if one.text
    ]


@given(st.text(alphabet="甲：年月日1一、（）〔〕号#附件\n 。【待补】", max_size=80))
def test_no_word_is_lost_whatever_the_text(words: str) -> None:
    """Every line that is not blank, in order."""
    lines = [line.strip().lstrip("#").strip() for line in words.splitlines() if line.strip()]
    found = [block.text.lstrip("#").strip() for block in letter_of_text(words, SIGNED).blocks]
    assert lines == found
