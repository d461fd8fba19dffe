"""Tracked changes: taken, they give the new letter; refused, the old one; read, they make sense."""

import io
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.drafting.document import Revision, docx_bytes, earlier_letter, write_draft
from assistant.drafting.draft import Block, Draft, Role, Span
from assistant.drafting.revision import Change, changes_between, revised_rows
from assistant.drafting.wording import printable
from assistant.errors import InputError
from assistant.ingest.files.readers import read_letter_bytes
from tests.drafting.test_document import ROLES, draft_of

ON = date(2026, 11, 23)
LINES = st.lists(
    st.one_of(
        st.text(alphabet="甲乙丙丁。，1234年月《》第三十条ab \t<&\"'", max_size=40),
        st.sampled_from([text for _, text in ROLES]),
        st.text(
            alphabet=st.characters(exclude_categories=["Cs", "Zl", "Zp"], exclude_characters="\r\n"),
            max_size=12,
        ),
    ),
    min_size=1,
    max_size=9,
)


def letter_of(lines: Sequence[str]) -> Draft:
    """A draft with a paragraph a line, in the places a letter has, a line in two spans."""
    roles: list[Role] = ["title", "number", "addressee", *["body"] * len(lines)]
    blocks = tuple(
        Block(role, (Span(line[:3], "locked", "x"), Span(line[3:], "slot", "y")))
        for role, line in zip(roles, lines, strict=False)
    )
    return Draft("partial", "partial", "partial", ON, blocks, ())


def revision(old: Sequence[str], new: Sequence[str]) -> Any:
    """The body of the new letter's file with its changes against the old one tracked."""
    data = docx_bytes(letter_of(new), revision=Revision(tuple(old), "张三", ON))
    return Document(io.BytesIO(data)).element.body


def settled(body: Any, refused: str) -> list[str]:
    """The paragraphs left once changes of one kind are gone and the others stand, as Word does it.

    A paragraph whose mark is gone runs on into the next one.
    """
    lines, open_words = [], ""
    for paragraph in body.iter(qn("w:p")):
        open_words += "".join(words_of(paragraph, refused))
        if paragraph.find(f"{qn('w:pPr')}/{qn('w:rPr')}/{qn(f'w:{refused}')}") is None:
            lines.append(open_words)
            open_words = ""
    assert not open_words, "the last mark of a file is never gone"
    return lines


def words_of(paragraph: Any, refused: str) -> Iterator[str]:
    """The words of a paragraph outside changes of one kind."""
    signs = {qn("w:tab"): "\t", qn("w:br"): "\n"}
    for node in paragraph.iter(qn("w:t"), qn("w:delText"), *signs):
        if node.getparent().getparent().tag != qn(f"w:{refused}"):
            yield signs.get(node.tag, node.text or "")


def taken(body: Any) -> list[str]:
    """Every change accepted."""
    return settled(body, "del")


def given_back(body: Any) -> list[str]:
    """Every change refused."""
    return settled(body, "ins")


@settings(deadline=None, max_examples=60)
@given(LINES, LINES)
def test_taken_is_the_new_letter_and_refused_the_old_one(old: list[str], new: list[str]) -> None:
    """Whatever stands in either, to the character."""
    body = revision(old, new)
    assert [printable(line) for line in new] == taken(body)
    assert [printable(line) for line in old] == given_back(body)


@settings(deadline=None, max_examples=60)
@given(LINES, st.data())
def test_small_changes_are_exact_too(old: list[str], data: st.DataObject) -> None:
    """A line dropped, one doubled, words cut or put in: what a clerk does to a draft."""
    new = list(old)
    at = data.draw(st.integers(0, len(new) - 1))
    match data.draw(st.sampled_from(["drop", "double", "cut", "add"])):
        case "drop" if len(new) > 1:
            del new[at]
        case "double":
            new.insert(at, new[at])
        case "cut":
            new[at] = new[at][: len(new[at]) // 2]
        case _:
            new[at] += "补充一句。"
    body = revision(old, new)
    assert [printable(line) for line in new] == taken(body)
    assert [printable(line) for line in old] == given_back(body)


def test_the_same_letter_has_no_changes() -> None:
    """Nothing is marked where nothing changed."""
    lines = [text for _, text in ROLES]
    assert [] == list(revision(lines, lines).iter(qn("w:ins"), qn("w:del")))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "根据《条例》第三十六条第（四）项",
            "根据《条例》第三十六条第（五）项",
            [("same", "根据《条例》第三十六条"), ("del", "第（四）项"), ("ins", "第（五）项")],
        ),
        (
            "于2026年11月3日收到",
            "于2026年11月13日收到",
            [("same", "于2026年11月"), ("del", "3"), ("ins", "13"), ("same", "日收到")],
        ),
        (
            "决定予以公开。",
            "决定不予公开。",
            [("same", "决定"), ("del", "予以"), ("ins", "不予"), ("same", "公开。")],
        ),
        ("甲、乙", "", [("del", "甲、乙")]),
        ("", "甲、乙", [("ins", "甲、乙")]),
    ],
)
def test_a_change_is_read_by_figures_citations_and_words(
    old: str, new: str, expected: list[tuple[str, str]]
) -> None:
    """A provision or a figure is changed whole, not by one of its characters."""
    assert expected == [(change.kind, change.words) for change in changes_between(old, new)]


def test_a_word_that_stayed_by_chance_is_no_confetti() -> None:
    """Sentences with little in common are replaced at one stroke."""
    found = changes_between("申请人周明德的请求的理由不成立", "本机关已于昨日的公告里公布")
    assert [
        Change("del", "申请人周明德的请求的理由不成立"),
        Change("ins", "本机关已于昨日的公告里公布"),
    ] == found


def test_paragraphs_are_matched_by_what_they_say() -> None:
    """A paragraph put in between leaves its neighbours alone."""
    old = ["题", "本机关于2026年11月3日收到你的申请。", "现答复如下。", "落款"]
    new = ["题", "本机关于2026年11月4日收到你的申请。", "因涉及第三方，征求了意见。", "现答复如下。", "落款"]
    assert [(0, 0), (1, 1), (None, 2), (2, 3), (3, 4)] == [
        (row.old, row.new) for row in revised_rows(old, new)
    ]


def test_long_paragraphs_are_compared_in_time() -> None:
    """Ten thousand characters on both sides, nothing in common but one sign: no minute of reckoning."""
    old, new = "甲，" * 5000, "乙，" * 5000
    body = revision(["题", old], ["题", new])
    assert (["题", new], ["题", old]) == (taken(body), given_back(body))


def test_a_change_carries_who_and_when() -> None:
    """Word shows the author and the day; every change has a number of its own."""
    changes = list(revision(["题", "旧文", "尾"], ["题", "新的一段", "尾"]).iter(qn("w:ins"), qn("w:del")))
    assert {("张三", "2026-11-23T00:00:00Z")} == {
        (c.get(qn("w:author")), c.get(qn("w:date"))) for c in changes
    }
    assert len(changes) == len({change.get(qn("w:id")) for change in changes}) > 0


def test_what_is_read_from_a_revision_is_the_new_letter() -> None:
    """`verify` reads a revised file as it will be once the changes are taken."""
    data = docx_bytes(draft_of(*ROLES), revision=Revision(("旧题", *(t for _, t in ROLES[1:])), "张三", ON))
    read = [line for line in read_letter_bytes("修订稿.docx", data).split("\n") if line]
    assert [text for _, text in ROLES] == read


def test_an_earlier_file_is_read_as_verify_reads_it(tmp_path: Path) -> None:
    """The old letter comes from its own file; one changed line is one change."""
    old = [*ROLES[:3], ("body", "旧的一段话，说得不对。"), *ROLES[4:]]
    write_draft(draft_of(*old), tmp_path / "旧稿.docx")
    found = earlier_letter(tmp_path / "旧稿.docx", "张三", ON)
    assert tuple(text for _, text in old) == found.old
    write_draft(draft_of(*ROLES), tmp_path / "修订稿.docx", revision=found)
    assert [text for _, text in ROLES] == taken(Document(str(tmp_path / "修订稿.docx")).element.body)


def test_only_word_files_are_compared(tmp_path: Path) -> None:
    """One line says what to do with another kind, on either side."""
    with pytest.raises(InputError, match=r"“旧稿.md”不能用来对照：.*请先另存为 .docx"):
        earlier_letter(tmp_path / "旧稿.md", "张三", ON)
    with pytest.raises(InputError, match=r"修订稿不能写成“a.pdf”"):
        write_draft(draft_of(*ROLES), tmp_path / "a.pdf", revision=Revision(("x",), "张三", ON))
