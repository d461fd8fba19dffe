"""The yearly tables as a workbook: laid out as the form prints them, the checks, and the cases behind each cell.

A figure leads to the lines of its cases. Nobody's name is in it. Basis: 国办公开办函〔2021〕30号.
"""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from assistant.cases.yearbook import Yearbook
from assistant.cases.yearbook_cells import DISPUTES, REQUESTS, CellCases, Key
from assistant.cases.yearbook_pages import FONT, Page, write_plain
from assistant.cases.yearbook_text import ReportText
from assistant.ingest.annual.form import ReportForm, Row, TableForm
from assistant.law.outcomes import Outcomes

CASES = "各格的案件"

_PUBLICATION, _TOTAL, _PROSE, _CHECKS = "publication", "total", "文字", "核对"
_SHEETS = {_PUBLICATION: "主动公开", REQUESTS: "申请情况", DISPUTES: "复议诉讼"}
_STATUS = {"holds": "相符", "fails": "不符", "unavailable": "没有核对"}
_HEADS = ("表", "行", "栏", "件数", "案件编号", "收到（受理）", "申请人类别", "办结（审结）", "结果")
_CASE_WIDTHS = (12, 46, 16, 8, 16, 14, 16, 14, 40)
_CHECK_WIDTHS = (14, 46, 12, 90)


def write_workbook(
    yearbook: Yearbook, form: ReportForm, text: ReportText, outcomes: Outcomes, path: Path
) -> None:
    """The file: a sheet for each table, the prose, the checks, and the cases of every cell that counts any."""
    from openpyxl import Workbook
    from openpyxl.styles import Font

    book = Workbook()
    book.remove(book.active)
    book._named_styles["Normal"].font = Font(name=FONT, size=11)
    for title in (*_SHEETS.values(), _PROSE, _CHECKS, CASES):
        book.create_sheet(title)
    places = _write_cases(book[CASES], yearbook, form, outcomes)
    _write_publication(book[_SHEETS[_PUBLICATION]], yearbook, form.tables[_PUBLICATION], text)
    _write_requests(book[_SHEETS[REQUESTS]], yearbook, form.tables[REQUESTS], text, places)
    _write_disputes(book[_SHEETS[DISPUTES]], yearbook, form.tables[DISPUTES], places)
    _write_prose(book[_PROSE], yearbook)
    _write_checks(book[_CHECKS], yearbook)
    book.properties.title, book.properties.creator = yearbook.prose.title, ""
    book.save(path)


def _title(yearbook: Yearbook, table: TableForm) -> str:
    return f"{yearbook.report.agency or ''}{yearbook.year}年{table.title}"


def _write_publication(sheet: Any, yearbook: Yearbook, table: TableForm, text: ReportText) -> None:
    """Table one block by block; open cells are marked."""
    page, place = Page(sheet, (28, 20, 20, 20), _title(yearbook, table)), 2
    for block in text.blocks:
        page.span((place, 1), (place, 4), block.title, head=True)
        rows = [table.rows[code] for code in block.rows]
        unit = text.print["unit"].format(unit=rows[0].unit) if rows[0].unit != "件" else ""
        page.put((place + 1, 1), text.print["heads"], head=True)
        wide = 3 // len(rows[0].columns)
        for at, column in enumerate(rows[0].columns):
            first, last = 2 + at * wide, 1 + (at + 1) * wide
            page.span(
                (place + 1, first), (place + 1, last), f"{table.columns[column].label}{unit}", head=True
            )
            for number, row in enumerate(rows, start=place + 2):
                value = yearbook.report.value(_PUBLICATION, row.code, column)
                page.span(
                    (number, first), (number, last), text.print["open_cell"] if value is None else value
                )
        for number, row in enumerate(rows, start=place + 2):
            page.put((number, 1), row.label, left=True)
        place += 2 + len(rows)
    page.finish(heads=1)


def _write_requests(
    sheet: Any, yearbook: Yearbook, table: TableForm, text: ReportText, places: Mapping[Key, int]
) -> None:
    """Table two with its three lines of heads and its three columns of titles."""
    page = Page(sheet, (9, 17, 50, *[11] * len(table.columns)), _title(yearbook, table))
    _request_heads(page, table, text)
    first = 5
    for number, (code, row) in enumerate(table.rows.items(), start=first):
        begin, end = (1, 3) if not row.under else (3, 3) if "." in code else (2, 3)
        title = f"{row.mark}{text.printed.get(code, row.label)}"
        page.span((number, begin), (number, end), title, left=True)
        _figures(page, (number, 4), yearbook, [(REQUESTS, code, column) for column in table.columns], places)
    _merge_heads(page, list(enumerate(table.rows.values(), start=first)))
    page.finish(heads=4, one_page=True)


def _request_heads(page: Page, table: TableForm, text: ReportText) -> None:
    columns = list(table.columns)
    page.span((2, 1), (4, 3), text.print["corner"], head=True)
    page.span((2, 4), (2, 3 + len(columns)), text.print["applicants"], head=True)
    inside = {code for group in table.column_groups.values() for code in group.of}
    for place, code in enumerate(columns, start=4):
        page.span((4 if code in inside else 3, place), (4, place), table.columns[code].label, head=True)
    for group in table.column_groups.values():
        ends = [4 + columns.index(code) for code in group.of]
        page.span((3, min(ends)), (3, max(ends)), group.label, head=True)


def _merge_heads(page: Page, rows: Sequence[tuple[int, Row]]) -> None:
    """三、本年度办理结果 over all results, each group's head over its own."""
    results = [(number, row) for number, row in rows if row.under]
    head = next(row.under for _, row in results if "." not in row.code)
    page.span((results[0][0], 1), (results[-1][0], 1), head)
    for under in dict.fromkeys(row.under for _, row in results if "." in row.code):
        numbers = [number for number, row in results if row.under == under and "." in row.code]
        page.span((numbers[0], 2), (numbers[-1], 2), under)


def _write_disputes(sheet: Any, yearbook: Yearbook, table: TableForm, places: Mapping[Key, int]) -> None:
    """Table three, a line each for reviews and the two kinds of suits."""
    page = Page(sheet, (34, *[14] * len(table.columns)), _title(yearbook, table))
    page.put((2, 1), "", head=True)
    for place, column in enumerate(table.columns.values(), start=2):
        page.put((2, place), column.label, head=True)
    for number, (code, row) in enumerate(table.rows.items(), start=3):
        page.put((number, 1), row.printed, left=True)
        _figures(page, (number, 2), yearbook, [(DISPUTES, code, column) for column in table.columns], places)
    page.finish(heads=2)


def _figures(
    page: Page, first: tuple[int, int], yearbook: Yearbook, keys: Iterable[Key], places: Mapping[Key, int]
) -> None:
    """The figures of a row; each that counts any leads to its cases."""
    for place, key in enumerate(keys, start=first[1]):
        page.put((first[0], place), yearbook.report.value(*key))
        if key in places:
            page.link((first[0], place), f"'{CASES}'!A{places[key]}")


def _write_prose(sheet: Any, yearbook: Yearbook) -> None:
    page, prose = Page(sheet, (96,), yearbook.prose.title), yearbook.prose
    lines = [(prose.preface, False)]
    for section in prose.sections:
        lines += [(section.heading, True), *((words, False) for words in section.paragraphs)]
    for number, (words, head) in enumerate(lines, start=2):
        page.put((number, 1), words, head=head, left=True)
    page.finish(heads=1)


def _write_checks(sheet: Any, yearbook: Yearbook) -> None:
    """What to settle and to fill in first, then what fails, then the rest."""
    rows = [("", "", "请留意", note) for note in yearbook.notes]
    rows += [("", "", "待填", gap) for gap in yearbook.gaps]
    rows += [(one.kind, "文字和格式", "不符", one.message) for one in yearbook.audit.findings]
    order = list(_STATUS)
    checks = sorted(yearbook.audit.checks, key=lambda one: (one.status != "fails", order.index(one.status)))
    rows += [(one.id, one.scope, _STATUS[one.status], one.message) for one in checks]
    _write_lines(sheet, ("规则", "范围", "结果", "说明"), _CHECK_WIDTHS, rows)


def _write_cases(sheet: Any, yearbook: Yearbook, form: ReportForm, outcomes: Outcomes) -> dict[Key, int]:
    """One line a case under its cell; which line each cell begins on. A total leads to the first of its kinds."""
    lines: list[Sequence[object]] = []
    places: dict[Key, int] = {}
    for key, numbers in yearbook.cells.items():
        if numbers and key[2] != _TOTAL:
            places[key] = len(lines) + 2
            places.setdefault((*key[:2], _TOTAL), len(lines) + 2)
            lines += _case_lines(yearbook.open_cell(key, form, outcomes), form)
    write_plain(sheet, _HEADS, _CASE_WIDTHS, lines)
    return places


def _case_lines(cell: CellCases, form: ReportForm) -> Iterable[Sequence[object]]:
    table = form.tables[cell.key[0]]
    row, column = table.rows[cell.key[1]].printed, table.columns[cell.key[2]].label
    for one in cell.cases:
        came, ended = one.get("received") or one.get("filed"), one.get("closed") or one.get("concluded")
        told = (came, one.get("applicant") or "", ended or "", one["result"] or "")
        yield _SHEETS[cell.key[0]], row, column, len(cell.cases), one["number"], *told


def _write_lines(
    sheet: Any, heads: Sequence[str], widths: Sequence[float], rows: Iterable[Sequence[object]]
) -> None:
    page = Page(sheet, widths)
    for place, head in enumerate(heads, start=1):
        page.put((1, place), head, head=True)
    for number, row in enumerate(rows, start=2):
        for place, value in enumerate(row, start=1):
            page.put((number, place), value, left=isinstance(value, str))
    page.finish(heads=1)
