"""Whatever a fact holds, the Word file stays whole: well-formed, opened by python-docx, nothing lost or added."""

import io
import zipfile
from datetime import date
from xml.etree import ElementTree

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.drafting.document import Revision, docx_bytes
from assistant.drafting.draft import Block, Draft, Span
from assistant.drafting.wording import printable
from assistant.settings import LetterForm
from tests.drafting.test_document import ROLES

HOSTILE = {
    "mark-up": "<w:p><w:r/></w:p></w:body>&amp;]]><!-- --><?xml?>",
    "a template's field": '{{ applicant }} {PAGE} { INCLUDETEXT "c:\\\\x" } «MERGEFIELD»',
    "a formula": '=HYPERLINK("http://example.invalid")',
    "control characters": "甲\x00乙\x07丙\x0b丁\x1f戊\x7f己\x85庚",
    "half of a pair": "甲\ud800乙\udfff丙",
    "no characters": "甲\ufffe乙\uffff丙",
    "emoji": "答复👍🏽已办👨‍👩‍👧‍👦🇨🇳",
    "right to left": "申请人 مرحبا שלום \u202eabc\u202c 完",
    "rare characters": "𠮷𡈽㐂𬭎䶮",
    "a long word": "https://example.invalid/" + "a" * 5000,
    "ten thousand characters": "征地补偿" * 2500,
    "tabs and lines": "甲\t乙\n丙\r\n丁\r戊",
    "nothing": "",
    "spaces": "  甲  　乙 ",
}


def letter_with(words: str) -> Draft:
    """A letter that says the same words in every place."""
    blocks = tuple(
        Block(role, (Span(words, "slot", "x"), Span(words, "locked", "y"), Span(words, "gap", "z")))
        for role, _ in ROLES
    )
    return Draft("partial", "partial", "partial", date(2026, 11, 23), blocks, ())


def spoken(words: str) -> str:
    """What a reader gets: line breaks are one kind, what no file can hold is shown as �."""
    return printable(words).replace("\r\n", "\n").replace("\r", "\n")


def assert_whole(data: bytes) -> list[str]:
    """Every part is well-formed, and python-docx reads the paragraphs."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert package.testzip() is None
        for name in package.namelist():
            ElementTree.fromstring(package.read(name))
    return [paragraph.text for paragraph in Document(io.BytesIO(data)).paragraphs]


@pytest.mark.parametrize("head", ["none", "letter", "document"])
@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_words_stay_words(words: str, head: str) -> None:
    """In every place of the letter, red head and title of the file included."""
    read = assert_whole(docx_bytes(letter_with(words), LetterForm(head=head)))
    assert [spoken(words * 3)] * len(ROLES) == read


@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_words_break_no_revision(words: str) -> None:
    """On either side, and as the name of whoever revises."""
    data = docx_bytes(letter_with(words), revision=Revision(("旧文", words), words, date(2026, 11, 23)))
    assert_whole(data)


@settings(deadline=None, max_examples=60)
@given(st.text(alphabet=st.characters(codec=None), max_size=60))
def test_any_text_makes_a_whole_file(words: str) -> None:
    """Every character there is, lone surrogates too."""
    assert [spoken(words * 3)] * len(ROLES) == assert_whole(docx_bytes(letter_with(words)))


def test_an_empty_letter_is_a_file() -> None:
    """A draft of nothing is a page with nothing on it."""
    empty = Draft("partial", "partial", "partial", date(2026, 11, 23), (), ())
    assert [] == assert_whole(docx_bytes(empty))
    assert [""] == assert_whole(docx_bytes(empty, revision=Revision(("旧文",), "张三", date(2026, 11, 23))))
