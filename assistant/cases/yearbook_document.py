"""The yearly report as a Word draft: six sections, tables laid out as the form prints them, every gap marked.

What the register knows is filled in; nothing else is, and the draft can be read again by `assistant audit`.
Basis: 政府信息公开条例第五十条; 国办公开办函〔2021〕30号.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from assistant.cases.yearbook import Yearbook
from assistant.ingest.annual.form import ReportForm, TableForm
from assistant.ingest.annual.rows import Row
from assistant.law.rules import DATED, read_basis, read_rules, read_validity, require_keys

FILE = "yearbook_text.yaml"

_KEYS = {
    "form": (str,),
    "basis": (list,),
    **DATED,
    "title": (str,),
    "preface": (str,),
    "corner": (str,),
    "applicants": (str,),
    "open_cell": (str,),
    "sections": (dict,),
}
_NUMERALS = "一二三四五六"
_LABELS = 3
# Widths in centimetres of the page's 17.4: two columns of heads, one of titles, the figures.
_WIDTHS = (1.6, 2.2, 4.9, *[1.24] * 7)


@dataclass(frozen=True)
class ReportText:
    """The sentences of the draft, with places for facts; `open_cell` stands in a cell that nobody has filled."""

    title: str
    preface: str
    corner: str
    applicants: str
    open_cell: str
    sections: Mapping[int, tuple[str, ...]]


def load_report_text(rules_dir: Path) -> ReportText:
    """The sentences of the draft. Raises CorpusError naming file and key."""
    found = read_rules(rules_dir / FILE)
    require_keys(found, _KEYS, FILE)
    read_basis(found, FILE)
    read_validity(found)
    sections = {int(number): tuple(lines) for number, lines in found["sections"].items()}
    words = {key: found[key] for key in ("title", "preface", "corner", "applicants", "open_cell")}
    return ReportText(sections=sections, **words)


def write_document(yearbook: Yearbook, form: ReportForm, text: ReportText, path: Path) -> None:
    """The draft of the whole report."""
    from docx import Document

    document = Document()
    _set_font(document)
    facts = _facts(yearbook, form, text)
    document.add_heading(text.title.format(**facts), level=0)
    document.add_paragraph(text.preface.format(**facts))
    for section in form.sections:
        document.add_heading(f"{_NUMERALS[section.number - 1]}、{section.title}", level=1)
        for words in text.sections.get(section.number, ()):
            document.add_paragraph(words.format(**facts))
        for table in form.tables.values():
            if table.section == section.number:
                _LAYOUTS[table.code](document, yearbook, table, text)
    document.save(str(path))


def _facts(yearbook: Yearbook, form: ReportForm, text: ReportText) -> dict[str, Any]:
    """What the sentences may name: the figures of all applicants, and the groups that count any."""
    table = form.tables["requests"]

    def total(*rows: str) -> int:
        return sum(int(yearbook.report.value("requests", row, "total") or 0) for row in rows)

    groups = [(table.rows[code].label, total(code)) for code in ("grant", "partial")]
    groups += [(group.label, total(*group.of)) for group in table.groups.values()]
    told = "、".join(f"{label}{count}件" for label, count in groups if count)
    return {
        "year": yearbook.year,
        "agency": yearbook.report.agency or text.open_cell,
        "groups": f"，其中{told}" if told else "",
        **{code: total(code) for code in ("new", "carried_in", "total_handled", "carried_out")},
    }


def _publication(document: Any, yearbook: Yearbook, table: TableForm, text: ReportText) -> None:
    """Table one, open: rows with the same heads of columns stand together."""
    for columns, rows in groupby(table.rows.values(), key=lambda row: row.columns):
        units = "（单位：万元）"
        listed = list(rows)
        marked = units if any(row.unit == "万元" for row in listed) else ""
        heads = ["信息内容", *(f"{table.columns[code].label}{marked}" for code in columns)]
        grid = _grid(document, len(listed) + 1, len(heads))
        _fill(grid, 0, heads)
        for place, row in enumerate(listed, start=1):
            _fill(grid, place, [row.label, *[text.open_cell] * len(columns)])
        document.add_paragraph()


def _requests(document: Any, yearbook: Yearbook, table: TableForm, text: ReportText) -> None:
    """Table two with its three lines of heads and its three columns of titles."""
    columns = list(table.columns)
    grid = _grid(document, len(table.rows) + 3, _LABELS + len(columns))
    _merge(grid, (0, 0), (2, _LABELS - 1), text.corner)
    _merge(grid, (0, _LABELS), (0, _LABELS + len(columns) - 1), text.applicants)
    inside = {code for group in table.column_groups.values() for code in group.of}
    for place, code in enumerate(columns, start=_LABELS):
        if code in inside:
            _fill(grid, 2, [table.columns[code].label], place)
        else:
            _merge(grid, (1, place), (2, place), table.columns[code].label)
    for group in table.column_groups.values():
        ends = [_LABELS + columns.index(code) for code in group.of]
        _merge(grid, (1, min(ends)), (1, max(ends)), group.label)
    for place, (code, row) in enumerate(table.rows.items(), start=3):
        figures = [str(yearbook.report.value(table.code, code, column)) for column in columns]
        _fill(grid, place, figures, _LABELS)
        _titles(grid, place, row, table)
    _merge_down(grid, list(table.rows.values()))
    _set_widths(grid)


def _titles(grid: Any, place: int, row: Row, table: TableForm) -> None:
    """A row's own title beside the head it stands under."""
    title = f"{row.mark}{row.label}"
    if not row.under:
        _merge(grid, (place, 0), (place, _LABELS - 1), title)
    elif "." in row.code:
        _fill(grid, place, [title], 2)
    else:
        _merge(grid, (place, 1), (place, 2), title)


def _merge_down(grid: Any, rows: list[Row]) -> None:
    """The heads in the first two columns, each over all of its rows."""
    results = [place for place, row in enumerate(rows, start=3) if row.under]
    head = next(row.under for row in rows if row.under and "." not in row.code)
    _merge(grid, (results[0], 0), (results[-1], 0), head)
    for under, group in groupby(enumerate(rows, start=3), key=lambda one: one[1].under):
        places = [place for place, row in group if "." in row.code]
        if places:
            _merge(grid, (places[0], 1), (places[-1], 1), under)


def _disputes(document: Any, yearbook: Yearbook, table: TableForm, text: ReportText) -> None:
    """Table three: one line of figures under the heads of its groups."""
    columns = list(table.columns)
    grid = _grid(document, 3, len(table.rows) * len(columns))
    for group, (code, row) in enumerate(table.rows.items()):
        first = group * len(columns)
        _merge(grid, (0, first), (0, first + len(columns) - 1), row.printed)
        _fill(grid, 1, [table.columns[column].label for column in columns], first)
        _fill(grid, 2, [str(yearbook.report.value(table.code, code, column)) for column in columns], first)


_LAYOUTS = {"publication": _publication, "requests": _requests, "disputes": _disputes}


def _grid(document: Any, rows: int, columns: int) -> Any:
    grid = document.add_table(rows=rows, cols=columns)
    grid.style = "Table Grid"
    return grid


def _fill(grid: Any, row: int, words: list[str], start: int = 0) -> None:
    cells = grid.rows[row].cells
    for place, one in enumerate(words, start=start):
        cells[place].text = one


def _merge(grid: Any, first: tuple[int, int], last: tuple[int, int], words: str) -> None:
    grid.cell(*first).merge(grid.cell(*last)).text = words


def _set_widths(grid: Any) -> None:
    """Room for the long titles; the figures in the middle of narrow columns."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Cm

    grid.autofit = False
    for column, width in zip(grid.columns, _WIDTHS, strict=True):
        column.width = Cm(width)
    for row in grid.rows:
        for place, (cell, width) in enumerate(zip(row.cells, _WIDTHS, strict=True)):
            if cell.grid_span == 1:
                cell.width = Cm(width)
            if place >= _LABELS:
                cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER


def _set_font(document: Any) -> None:
    """Chinese fonts for Chinese characters, small enough for ten columns; black titles, narrow margins."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml.ns import qn
    from docx.shared import Cm, Pt, RGBColor

    for name, size, font in (("Normal", 9, "宋体"), ("Title", 18, "黑体"), ("Heading 1", 13, "黑体")):
        style = document.styles[name]
        style.font.name, style.font.size, style.font.color.rgb = (
            "Times New Roman",
            Pt(size),
            RGBColor(0, 0, 0),
        )
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        fonts.set(qn("w:eastAsia"), font)
    document.styles["Title"].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for section in document.sections:
        section.left_margin = section.right_margin = Cm(1.8)
