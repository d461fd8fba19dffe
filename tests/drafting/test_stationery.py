"""The page of a letter: red heads, the foot of the last page, titles over two lines, an office's own file."""

import io
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from assistant.drafting.document import docx_bytes, earlier_letter, write_draft
from assistant.drafting.draft import Block, Draft, Span
from assistant.drafting.placing import title_width
from assistant.errors import SettingsError
from assistant.ingest.files.readers import read_letter_bytes
from assistant.settings import ROOT, LetterForm
from tests.drafting.test_document import ROLES, draft_of

BAD = ROOT / "tests" / "bad_inputs"


def opened(form: LetterForm, draft: Draft | None = None) -> Any:
    """The file of a letter in a form, as python-docx reads it."""
    return Document(io.BytesIO(docx_bytes(draft or draft_of(*ROLES), form)))


def part(form: LetterForm, name: str) -> str:
    """One part of the file."""
    with zipfile.ZipFile(io.BytesIO(docx_bytes(draft_of(*ROLES), form))) as package:
        return package.read(name).decode()


def red_lines(header: Any, edge: str) -> list[str | None]:
    """The colours of the lines at an edge of what stands in a header or footer."""
    return [line.get(qn("w:color")) for line in header._element.iter(qn(f"w:{edge}")) if line.get(qn("w:sz"))]


@pytest.mark.parametrize("head", ["letter", "document"])
def test_a_red_head_names_the_organ(head: str) -> None:
    """In red 小标宋 on the first page only; the words of the letter stay the letter's."""
    document = opened(LetterForm(head=head))
    section = document.sections[0]
    assert section.different_first_page_header_footer
    assert ["青石市东塘街道办事处"] == [line.text for line in section.first_page_header.paragraphs]
    assert "发文机关标志" == section.first_page_header.paragraphs[0].style.name
    assert RGBColor(255, 0, 0) == document.styles["发文机关标志"].font.color.rgb
    assert "" == "".join(line.text for line in section.header.paragraphs)


def test_the_head_of_a_letter_has_two_red_lines() -> None:
    """信函式: one under the name, one at the foot of the first page, which has no number."""
    section = opened(LetterForm(head="letter")).sections[0]
    assert ["FF0000"] == red_lines(section.first_page_header, "bottom")
    assert ["FF0000"] == red_lines(section.first_page_footer, "top")
    assert Mm(30) == pytest.approx(section.header_distance, abs=Pt(0.1))
    assert "PAGE" not in section.first_page_footer._element.xml


def test_the_head_of_a_document_has_its_number_over_a_red_line() -> None:
    """文件式: name, number, line, title; the first page has its number."""
    document = opened(LetterForm(head="document"))
    number, title = document.paragraphs[:2]
    assert ("发文字号", "公文标题") == (number.style.name, title.style.name)
    assert ["FF0000"] == [line.get(qn("w:color")) for line in number._p.iter(qn("w:bottom"))]
    assert "PAGE" in document.sections[0].first_page_footer._element.xml


def test_under_a_red_head_the_number_comes_first() -> None:
    """Everything else keeps its order."""
    lines = [text for _, text in ROLES]
    read = read_letter_bytes("a.docx", docx_bytes(draft_of(*ROLES), LetterForm(head="letter"))).split("\n")
    assert [lines[1], lines[0], *lines[2:]] == read


def test_a_long_name_takes_a_smaller_size() -> None:
    """The red name stays on one line."""
    named = [
        (role, "某某自治州某某自治县某某街道办事处行政审批服务局" if role == "organ" else text)
        for role, text in ROLES
    ]
    run = (
        opened(LetterForm(head="letter"), draft_of(*named))
        .sections[0]
        .first_page_header.paragraphs[0]
        .runs[0]
    )
    assert run.font.size * 24 <= Mm(156)


def test_the_foot_of_the_last_page_says_who_printed_it() -> None:
    """版记: the office and the day between two lines, at the lower edge of the text."""
    last = opened(LetterForm(imprint="党政综合办公室")).paragraphs[-1]
    assert ("党政综合办公室\t2026年11月23日印发", "版记") == (last.text, last.style.name)
    assert "bottom" == last._p.pPr.find(qn("w:framePr")).get(qn("w:yAlign"))


def test_the_foot_is_no_change_of_a_revision(tmp_path: Path) -> None:
    """It stands once, unmarked, in a second draft as in the first."""
    form = LetterForm(imprint="党政综合办公室")
    write_draft(draft_of(*ROLES), tmp_path / "旧稿.docx", form)
    earlier = earlier_letter(tmp_path / "旧稿.docx", "张三", date(2026, 11, 24))
    body = Document(io.BytesIO(docx_bytes(draft_of(*ROLES), form, earlier))).element.body
    assert [] == list(body.iter(qn("w:ins"), qn("w:del")))
    assert 1 == body.xml.count("党政综合办公室")


@pytest.mark.parametrize(
    ("title", "width"),
    [
        ("政府信息公开申请答复书", 20),
        ("关于公开下洋村房屋征收补偿安置方案的告知书", 18),
        ("关于延长下洋村房屋征收补偿安置花名册政府信息公开申请答复期限的告知书", 18),
        ("甲" * 30, 15),
    ],
)
def test_a_long_title_is_broken_between_words(title: str, width: int) -> None:
    """The first line is the longest; where no word ends in a fitting place both are alike."""
    assert width == title_width(title)


def test_a_long_title_stays_one_line_to_a_reader() -> None:
    """It wraps by its indents: no line break gets into the words."""
    title = "关于延长下洋村房屋征收补偿安置花名册政府信息公开申请答复期限的告知书"
    first = opened(LetterForm(), draft_of(("title", title))).paragraphs[0]
    assert title == first.text
    form = first.paragraph_format
    assert form.left_indent == form.right_indent
    assert 18 * 22 < (Mm(156) - 2 * form.left_indent) / Pt(1) < 19 * 22


def test_headings_of_the_second_level_are_kaiti() -> None:
    """（一） under 一、 (GB/T 9704-2012 第7.3.3条)."""
    lines = opened(LetterForm(), draft_of(("heading", "一、关于方案"), ("heading", "（一）范围"))).paragraphs
    assert ["一级标题", "二级标题"] == [line.style.name for line in lines]


def test_law_quoted_has_a_style_of_its_own() -> None:
    """An office may set quotations apart; other locked words are not quotations."""
    spans = (
        Span("根据", "locked", "x"),
        Span("《条例》第十五条", "locked", "x", "x", ("《政府信息公开条例》第十五条",)),
        Span("“涉及商业秘密”", "locked", "x", "x", ("《政府信息公开条例》第十五条",)),
    )
    draft = replace(draft_of(), blocks=(Block("body", spans),))
    runs = opened(LetterForm(), draft).paragraphs[0].runs
    assert ["锁定文字", "锁定文字", "引文"] == [run.style.name for run in runs]


def test_words_that_announce_a_list_stay_with_it() -> None:
    """“理由如下：” never ends a page; the enclosures stay with the signature."""
    lines = opened(
        LetterForm(),
        draft_of(
            ("body", "理由如下："), ("body", "（一）甲。"), ("enclosure", "附件：甲"), ("organ", "某局")
        ),
    ).paragraphs
    assert [True, True, True, None] == [line.paragraph_format.keep_with_next for line in lines]


def test_the_theme_and_the_grid_are_chinese() -> None:
    """A machine that looks in the theme finds 仿宋 too; 22 lines a page stand in the grid."""
    assert '<a:minorFont><a:latin typeface="Times New Roman"/><a:ea typeface="仿宋_GB2312"/>' in part(
        LetterForm(), "word/theme/theme1.xml"
    )
    assert '<w:docGrid w:type="lines" w:linePitch="579"/>' in part(LetterForm(), "word/document.xml")
    assert 'w:val="compressPunctuation"' in part(LetterForm(), "word/settings.xml")


@pytest.fixture
def own_file(tmp_path: Path) -> Path:
    """An office's file: its page, its header, one restyled place, and a text that must not come along."""
    document = Document()
    document.add_paragraph("上一份答复书的正文，申请人周明德。")
    document.add_table(1, 1)
    document.sections[0].left_margin = Mm(30)
    document.sections[0].header.paragraphs[0].text = "东塘街道"
    style = document.styles.add_style("公文正文", 1)
    style.font.size = Pt(14)
    document.core_properties.author = "张三"
    document.save(str(tmp_path / "版式.docx"))
    return tmp_path / "版式.docx"


def test_an_offices_own_file_gives_page_and_styles(own_file: Path) -> None:
    """Its own 公文正文 stands; the places it has no style for take ours; its header stays."""
    document = opened(LetterForm(template=own_file))
    assert [text for _, text in ROLES] == [line.text for line in document.paragraphs]
    assert (Pt(14), Pt(22)) == (document.styles["公文正文"].font.size, document.styles["公文标题"].font.size)
    assert Mm(30) == pytest.approx(document.sections[0].left_margin, abs=Pt(0.1))
    assert "东塘街道" == document.sections[0].header.paragraphs[0].text
    assert "公文正文" == document.paragraphs[4].style.name


def test_nothing_of_the_old_text_or_its_writer_comes_along(own_file: Path) -> None:
    """Neither the words, nor the table, nor the name in the file's properties."""
    data = docx_bytes(draft_of(*ROLES), LetterForm(template=own_file))
    document = Document(io.BytesIO(data))
    assert ("", []) == (document.core_properties.author, document.tables)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        told = b"".join(package.read(name) for name in package.namelist())
        assert len(package.namelist()) == len(set(package.namelist()))
    assert "上一份答复书".encode() not in told
    assert "张三".encode() not in told


@pytest.mark.parametrize(
    "name",
    [
        "broken-xml.docx",
        "truncated.docx",
        "zip-renamed.docx",
        "pdf-renamed.docx",
        "password.docx",
        "photo.jpg",
    ],
)
def test_a_file_that_is_no_template_is_named(name: str) -> None:
    """One line: which file, which setting, what to do."""
    with pytest.raises(
        SettingsError, match=rf"版式文件“{name}”（配置项 letters.template）不能用：.*另存为 .docx"
    ):
        docx_bytes(draft_of(*ROLES), LetterForm(template=BAD / name))


def test_a_template_that_is_not_there_is_named(tmp_path: Path) -> None:
    """The path is checked when the letter is written."""
    with pytest.raises(SettingsError, match=r"版式文件“没有.docx”.*打不开.*检查路径"):
        docx_bytes(draft_of(*ROLES), LetterForm(template=tmp_path / "没有.docx"))
