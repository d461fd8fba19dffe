"""The yearly report as a Word draft: six sections, tables laid out as the form prints them, every gap marked.

What the register knows and the office has told is filled in; nothing else is, and the draft can be read again by
`assistant audit`. Basis: 政府信息公开条例第五十条; 国办公开办函〔2021〕30号; fonts as in GB/T 9704-2012 第7.3条.
"""

import re
from pathlib import Path
from typing import Any

from assistant.cases.yearbook import Yearbook
from assistant.cases.yearbook_grids import CELL, HEAD_CELL, disputes_grid, publication_grid, requests_grid
from assistant.cases.yearbook_text import ReportText
from assistant.drafting.layout import FANGSONG, HEITI, KAITI, LATIN, LINE_PITCH, SONGTI, XIAOBIAOSONG
from assistant.ingest.annual.form import ReportForm

_GRIDS = {"publication": publication_grid, "requests": requests_grid, "disputes": disputes_grid}
_OWN_PAGE = "requests"
_OF_WORK, _TITLE_CHARACTERS = "政府信息公开工作", 20
_RUN_IN = re.compile(r"^（[一二三四五六七八九十]+）[^。：]*。")
_GAP = re.compile(r"(【待填[^】]*】)")
_BODY, _TITLE, _HEADING, _PAGE = "Normal", "Title", "Heading 1", "Footer"
# Name of the style: font of Chinese characters, size in points, characters the first line is set in.
_LOOKS = {
    _BODY: (FANGSONG, 16, 2),
    _TITLE: (XIAOBIAOSONG, 22, 0),
    _HEADING: (HEITI, 16, 2),
    CELL: (SONGTI, 9, 0),
    HEAD_CELL: (HEITI, 9, 0),
    _PAGE: (SONGTI, 14, 0),
}


def write_document(yearbook: Yearbook, form: ReportForm, text: ReportText, path: Path) -> None:
    """The draft of the whole report."""
    from docx import Document

    document = Document()
    _set_page(document)
    for name, look in _LOOKS.items():
        _set_style(document, name, *look)
    prose = yearbook.prose
    document.core_properties.title, document.core_properties.author = prose.title, ""
    _title(document, prose.title)
    _paragraph(document, prose.preface)
    for section in prose.sections:
        tables = [table for table in form.tables.values() if table.section == section.number]
        heading = document.add_paragraph(section.heading, style=_HEADING)
        heading.paragraph_format.page_break_before = any(table.code == _OWN_PAGE for table in tables)
        for words in section.paragraphs:
            _paragraph(document, words)
        for table in tables:
            _GRIDS[table.code](document, yearbook.report, table, text)
    _mark_gaps(document)
    document.save(str(path))


def _title(document: Any, words: str) -> None:
    """The title; the agency on a line of its own where one line does not hold both."""
    at = words.find(_OF_WORK)
    paragraph = document.add_paragraph(style=_TITLE)
    if at > 0 and len(words) > _TITLE_CHARACTERS:
        paragraph.add_run(words[:at]).add_break()
        paragraph.add_run(words[at:])
    else:
        paragraph.add_run(words)


def _paragraph(document: Any, words: str) -> None:
    """A paragraph of prose; its own title stands in 楷体 before it."""
    paragraph = document.add_paragraph()
    head = _RUN_IN.match(words)
    if head:
        _set_font(paragraph.add_run(head[0]).font, KAITI)
    paragraph.add_run(words[head.end() :] if head else words)


def _mark_gaps(document: Any) -> None:
    """What is still to be filled in is seen at a glance."""
    from docx.enum.text import WD_COLOR_INDEX

    cells = (cell for table in document.tables for row in table.rows for cell in row.cells)
    for paragraph in (*document.paragraphs, *(one for cell in cells for one in cell.paragraphs)):
        for run in list(paragraph.runs):
            parts = _GAP.split(run.text)
            if len(parts) == 1 or run.font.highlight_color:
                continue
            run.text = parts[0]
            for words in parts[1:]:
                run = _after(run, paragraph, words)
                run.font.highlight_color = WD_COLOR_INDEX.YELLOW if _GAP.fullmatch(words) else None


def _after(run: Any, paragraph: Any, words: str) -> Any:
    """A run of words behind another."""
    added = paragraph.add_run(words)
    run._r.addnext(added._r)
    return added


def _set_page(document: Any) -> None:
    """A4 as official papers have it, the number of the page in the middle below."""
    from docx.shared import Cm

    section = document.sections[0]
    section.page_width, section.page_height = Cm(21.0), Cm(29.7)
    section.top_margin, section.bottom_margin = Cm(3.7), Cm(3.5)
    section.left_margin, section.right_margin = Cm(2.8), Cm(2.6)
    paragraph = section.footer.paragraphs[0]
    paragraph.add_run("— ")
    _page_number(paragraph)
    paragraph.add_run(" —")


def _page_number(paragraph: Any) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)


def _set_style(document: Any, name: str, font: str, size: float, first: float) -> None:
    """A named style: black, in its font, its first line set in; tables close, the title with room around it."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
    from docx.shared import Pt

    styles = document.styles
    style = styles[name] if name in styles else styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    _set_font(style.font, font)
    style.font.size, style.font.bold = Pt(size), False
    style.font.color.rgb = None
    _drop(style.element, "w:pBdr", "w:color", "w:spacing")
    form = style.paragraph_format
    form.space_before, form.space_after = Pt(0), Pt(24 if name == _TITLE else 0)
    form.first_line_indent = Pt(size * first)
    in_table = name in (CELL, HEAD_CELL)
    form.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    form.line_spacing = Pt(12.5 if in_table else 36 if name == _TITLE else LINE_PITCH)
    form.keep_with_next = name == _HEADING
    centred = in_table or name in (_TITLE, _PAGE)
    form.alignment = WD_ALIGN_PARAGRAPH.CENTER if centred else WD_ALIGN_PARAGRAPH.JUSTIFY


def _set_font(font: Any, chinese: str) -> None:
    """Latin and Chinese fonts by name, whatever the theme says."""
    from docx.oxml.ns import qn

    font.name = LATIN
    fonts = font.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    fonts.set(qn("w:eastAsia"), chinese)


def _drop(element: Any, *names: str) -> None:
    """What the program's own template brings along."""
    from docx.oxml.ns import qn

    for name in names:
        for found in list(element.iter(qn(name))):
            found.getparent().remove(found)
