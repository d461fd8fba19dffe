"""The letter as a file: the layout of official letters, nothing lost, nothing that tells of its writing."""

import io
import time
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.enum.text import WD_COLOR_INDEX, WD_LINE_SPACING
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from assistant.drafting.compose import Composer
from assistant.drafting.document import docx_bytes, write_docx, write_draft, write_markdown
from assistant.drafting.draft import Block, Draft, Role, Span
from assistant.errors import InputError
from assistant.ingest.files.readers import read_letter, read_letter_bytes
from assistant.law.outcomes import Outcomes
from tests.drafting.conftest import LETTERS, composed

ROLES: tuple[tuple[Role, str], ...] = (
    ("title", "政府信息公开申请答复书"),
    ("number", "青街公开〔2026〕17号"),
    ("addressee", "周明德："),
    ("heading", "一、关于第一项申请"),
    ("body", "你申请公开的内容是：“2022年安置方案”。"),
    ("enclosure", "附件：1.花名册"),
    ("enclosure", "2.附图"),
    ("organ", "青石市东塘街道办事处"),
    ("date", "2026年11月23日"),
    ("contact", "（联系人及联系方式：党政综合办 0570-87654321）"),
)


def draft_of(*lines: tuple[Role, str]) -> Draft:
    """A draft with one fact a line."""
    blocks = tuple(Block(role, (Span(text, "slot", "fact"),)) for role, text in lines)
    return Draft("partial", "partial", "partial", date(2026, 11, 23), blocks, ())


def with_spans(*spans: Span) -> Draft:
    """A draft of one body paragraph."""
    return replace(draft_of(), blocks=(Block("body", spans),))


def opened(draft: Draft) -> Any:
    """The draft's file as python-docx reads it."""
    return Document(io.BytesIO(docx_bytes(draft)))


@pytest.fixture(scope="module")
def letter() -> Any:
    """The file of a letter with every role."""
    return opened(draft_of(*ROLES))


@pytest.mark.parametrize("name", LETTERS)
def test_reading_the_file_gives_the_draft_line_by_line(
    name: str, composer: Composer, outcomes: Outcomes
) -> None:
    """What `verify` reads from the file is what was composed."""
    draft = composed(name, composer, outcomes)
    assert draft.text.split("\n") == read_letter_bytes("答复书.docx", docx_bytes(draft)).split("\n")


def test_the_same_draft_gives_the_same_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    """The hour of writing leaves no trace, in the file or in its packing."""
    first = docx_bytes(draft_of(*ROLES))
    later = time.time() + 86_400
    monkeypatch.setattr(time, "time", lambda: later)
    assert first == docx_bytes(draft_of(*ROLES))
    with zipfile.ZipFile(io.BytesIO(first)) as package:
        assert {(1980, 1, 1, 0, 0, 0)} == {entry.date_time for entry in package.infolist()}


def test_the_file_names_nobody(letter: Any) -> None:
    """No author, no program; the title and the day of the reply only."""
    said = letter.core_properties
    assert ("", "", "") == (said.author, said.last_modified_by, said.comments)
    assert "政府信息公开申请答复书" == said.title
    assert (date(2026, 11, 23), date(2026, 11, 23)) == (said.created.date(), said.modified.date())
    with zipfile.ZipFile(io.BytesIO(docx_bytes(draft_of(*ROLES)))) as package:
        assert not any(b"python-docx" in package.read(name) for name in package.namelist())
        assert "docProps/app.xml" not in package.namelist()


def test_the_page_is_that_of_official_letters(letter: Any) -> None:
    """A4 with margins of 37, 35, 28 and 26 mm."""
    page = letter.sections[0]
    assert (210, 297) == (round(page.page_width.mm), round(page.page_height.mm))
    margins = (page.top_margin, page.bottom_margin, page.left_margin, page.right_margin)
    assert [37, 35, 28, 26] == [round(margin.mm) for margin in margins]


@pytest.mark.parametrize(
    ("role", "style"),
    [
        ("title", "公文标题"),
        ("number", "发文字号"),
        ("addressee", "主送机关"),
        ("heading", "一级标题"),
        ("body", "公文正文"),
        ("enclosure", "附件说明"),
        ("organ", "落款"),
        ("date", "成文日期"),
        ("contact", "附注"),
    ],
)
def test_every_place_of_the_letter_has_its_style(role: Role, style: str, letter: Any) -> None:
    """An office restyles a place of the letter by its name."""
    written = {p.style.name for p, (own, _) in zip(letter.paragraphs, ROLES, strict=True) if own == role}
    assert {style} == written


@pytest.mark.parametrize(
    ("style", "font", "points"),
    [
        ("公文标题", "方正小标宋简体", 22),
        ("发文字号", "仿宋_GB2312", 16),
        ("公文正文", "仿宋_GB2312", 16),
        ("一级标题", "黑体", 16),
        ("二级标题", "楷体_GB2312", 16),
        ("页码", "宋体", 14),
    ],
)
def test_fonts_are_set_for_chinese(style: str, font: str, points: int, letter: Any) -> None:
    """The Chinese font stands in w:eastAsia, where Word looks for it."""
    found = letter.styles[style]
    assert font == found.element.rPr.rFonts.get(qn("w:eastAsia"))
    assert Pt(points) == found.font.size


def test_the_body_has_a_fixed_pitch_and_a_first_line_of_two_characters(letter: Any) -> None:
    """22 lines in 225 mm; the indent is counted in characters."""
    body = letter.styles["公文正文"]
    form = body.paragraph_format
    assert (WD_LINE_SPACING.EXACTLY, Pt(28.95)) == (form.line_spacing_rule, form.line_spacing)
    assert "200" == body.element.pPr.ind.get(qn("w:firstLineChars"))
    assert "Times New Roman" == body.font.name


def test_only_the_styles_of_the_letter_are_in_the_file(letter: Any) -> None:
    """Who restyles finds nothing that is not used."""
    custom = {style.name for style in letter.styles if not style.builtin}
    others = {style.name for style in letter.styles} - custom
    assert 16 == len(custom)
    assert {"Normal", "Default Paragraph Font", "Normal Table", "No List"} == others


def test_fonts_name_what_may_stand_in_for_them() -> None:
    """A machine without 仿宋_GB2312 is told to take 仿宋."""
    with zipfile.ZipFile(io.BytesIO(docx_bytes(draft_of(*ROLES)))) as package:
        table = package.read("word/fontTable.xml").decode()
    assert '<w:font w:name="仿宋_GB2312"><w:altName w:val="仿宋,' in table


@pytest.mark.parametrize(("footer", "side"), [("footer", "RIGHT"), ("even_page_footer", "LEFT")])
def test_pages_are_numbered_at_the_outer_edge(footer: str, side: str, letter: Any) -> None:
    """“— 1 —”, the number a field."""
    line = getattr(letter.sections[0], footer).paragraphs[0]
    words = "".join(node.text for node in line._p.iter(qn("w:t")))
    assert ("— 1 —", side, "页码") == (words, line.alignment.name, line.style.name)
    assert [" PAGE "] == [field.get(qn("w:instr")) for field in line._p.iter(qn("w:fldSimple"))]
    assert letter.settings.odd_and_even_pages_header_footer


def test_a_gap_is_yellow() -> None:
    """What nobody has filled cannot be overlooked."""
    draft = with_spans(Span("根据", "locked", "x"), Span("【待补：理由】", "gap", "reason"))
    runs = opened(draft).paragraphs[0].runs
    assert [("锁定文字", None), ("待补", WD_COLOR_INDEX.YELLOW)] == [
        (run.style.name, run.font.highlight_color) for run in runs
    ]


def test_locked_words_look_like_all_others(letter: Any) -> None:
    """Their style marks them and changes nothing."""
    assert letter.styles["锁定文字"].element.rPr is None


def test_quotation_marks_take_the_chinese_font(letter: Any) -> None:
    """Without the hint Word sets “ ” in the Latin font, half as wide."""
    hints = {run._element.rPr.rFonts.get(qn("w:hint")) for p in letter.paragraphs for run in p.runs}
    assert {"eastAsia"} == hints


def test_the_organ_stands_centred_over_the_date(letter: Any) -> None:
    """Both in one box; the date (seven characters) ends four characters from the edge."""
    organ, dated = letter.paragraphs[-3:-1]
    assert organ.paragraph_format.left_indent == dated.paragraph_format.left_indent
    box = Mm(156) - dated.paragraph_format.left_indent
    assert abs(box - Pt(16 * (4 + 7 + 4))) < Pt(0.1)


def test_a_long_organ_widens_the_box() -> None:
    """A name of twenty characters stays on one line."""
    organ = opened(draft_of(("organ", "青" * 20), ("date", "2026年1月5日"))).paragraphs[0]
    assert abs(Mm(156) - organ.paragraph_format.left_indent - Pt(320)) < Pt(0.1)


def test_a_signature_never_stands_without_text(letter: Any) -> None:
    """The line above the organ goes with it to the next page, and the date with the contact line."""
    above, organ, dated = letter.paragraphs[-4:-1]
    assert above.paragraph_format.keep_with_next
    assert organ.style.paragraph_format.keep_with_next
    assert dated.style.paragraph_format.keep_with_next


def test_enclosures_stand_one_under_the_other(letter: Any) -> None:
    """The list is set off by a line; its second entry begins under the number of the first."""
    first, second = letter.paragraphs[5:7]
    assert Pt(28.95) == first.paragraph_format.space_before
    begins = [p.paragraph_format.left_indent + p.paragraph_format.first_line_indent for p in (first, second)]
    assert [Pt(16 * 2), Pt(16 * 5)] == begins
    assert {Pt(16 * 6.5)} == {p.paragraph_format.left_indent for p in (first, second)}


def test_markup_in_a_fact_stays_words() -> None:
    """Angle brackets and ampersands are written as they are."""
    draft = with_spans(Span("<w:p/> & <b>“甲”</b>\t乙", "slot", "asked"))
    assert draft.text == read_letter_bytes("a.docx", docx_bytes(draft))


def test_a_control_character_is_shown_and_breaks_nothing() -> None:
    """A form feed from a scanned letter does not make the file unreadable."""
    assert "甲\ufffd乙" == read_letter_bytes(
        "a.docx", docx_bytes(with_spans(Span("甲\x0c乙", "slot", "asked")))
    )


@pytest.mark.parametrize("name", ["答复书.docx", "答复书.DOCX", "答复书.md"])
def test_the_suffix_says_the_kind(name: str, tmp_path: Path) -> None:
    """Word or Markdown."""
    draft = draft_of(*ROLES)
    write_draft(draft, tmp_path / name)
    assert [text for _, text in ROLES] == [
        line.removeprefix("# ") for line in read_letter(tmp_path / name).splitlines() if line
    ]


def test_markdown_is_a_heading_and_paragraphs(tmp_path: Path) -> None:
    """The words and nothing else."""
    write_markdown(draft_of(*ROLES[:3]), tmp_path / "a.md")
    expected = "# 政府信息公开申请答复书\n\n青街公开〔2026〕17号\n\n周明德：\n"
    assert expected == (tmp_path / "a.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["答复书.doc", "答复书.wps", "答复书"])
def test_another_suffix_is_refused_by_name(name: str, tmp_path: Path) -> None:
    """One line says which files can be written; nothing is written."""
    with pytest.raises(InputError, match=f"“{name}”：只能写成 .docx、.md 或 .pdf"):
        write_draft(draft_of(*ROLES), tmp_path / name)
    assert [] == list(tmp_path.iterdir())


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    """No traceback for a mistyped folder."""
    with pytest.raises(InputError, match="写不进去.*检查文件夹是否存在"):
        write_docx(draft_of(*ROLES), tmp_path / "没有" / "a.docx")
