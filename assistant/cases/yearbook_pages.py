"""The look of a sheet: a title over its whole width, heads, cells in a frame, rows as high as their words need.

Words are never formulas. Widths are those of the program that opens the file, about one digit each.
"""

from collections.abc import Iterable, Sequence
from math import ceil
from typing import Any

FONT, TITLE_FONT = "宋体", "黑体"
LINE = 16.0

_GREY, _FRAME, _LINK = "EDEDED", "BFBFBF", "1F4E79"
_SIZE, _TITLE_SIZE = 11, 14


def write_plain(
    sheet: Any, heads: Sequence[str], widths: Sequence[float], rows: Iterable[Sequence[object]]
) -> None:
    """Tens of thousands of lines to be filtered: heads as on any page, the lines without frames."""
    page = Page(sheet, widths)
    for place, head in enumerate(heads, start=1):
        page.put((1, place), head, head=True)
    page.finish(heads=1)
    for number, row in enumerate(rows, start=2):
        sheet.append(row)
        for place, value in enumerate(row, start=1):
            if isinstance(value, str) and value.startswith("="):
                sheet.cell(number, place).data_type = "s"
    sheet.auto_filter.ref = sheet.dimensions


class Page:
    """One sheet under construction. Places are (row, column), both from 1."""

    def __init__(self, sheet: Any, widths: Sequence[float], title: str = "") -> None:
        self.sheet, self.widths = sheet, widths
        self.heights: dict[int, float] = {}
        for place, width in enumerate(widths, start=1):
            sheet.column_dimensions[sheet.cell(1, place).column_letter].width = width
        if title:
            self.span((1, 1), (1, len(widths)), title, head=True, size=_TITLE_SIZE)
            self.heights[1] = 30.0

    def put(self, at: tuple[int, int], value: object, head: bool = False, left: bool = False) -> None:
        """A word or a number in one cell."""
        self.span(at, at, value, head=head, left=left)

    def span(
        self,
        first: tuple[int, int],
        last: tuple[int, int],
        value: object,
        *,
        head: bool = False,
        left: bool = False,
        size: int = _SIZE,
    ) -> None:
        """A word or a number in one cell over several, framed."""
        from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

        cell = self.sheet.cell(*first, value)
        if isinstance(value, str):
            cell.data_type = "s"
        side = Side(style="thin", color=_FRAME)
        for row in range(first[0], last[0] + 1):
            for column in range(first[1], last[1] + 1):
                self.sheet.cell(row, column).border = Border(side, side, side, side)
        cell.font = Font(name=TITLE_FONT if head else FONT, size=size, bold=False)
        cell.alignment = Alignment(wrap_text=True, vertical="center", horizontal="left" if left else "center")
        if head and size == _SIZE:
            cell.fill = PatternFill("solid", fgColor=_GREY)
        if first != last:
            self.sheet.merge_cells(
                start_row=first[0], start_column=first[1], end_row=last[0], end_column=last[1]
            )
        if first[0] == last[0]:
            self._need(first[0], str(value), sum(self.widths[first[1] - 1 : last[1]]))

    def link(self, at: tuple[int, int], target: str) -> None:
        """A click on the cell leads to a place of the workbook."""
        from openpyxl.styles import Font
        from openpyxl.worksheet.hyperlink import Hyperlink

        cell = self.sheet.cell(*at)
        cell.hyperlink = Hyperlink(ref=cell.coordinate, location=target)
        cell.font = Font(name=FONT, size=_SIZE, color=_LINK, underline="single")

    def finish(self, heads: int, one_page: bool = False) -> None:
        """Heights set, heads in sight and on every printed page, A4 lying down, as wide as the page; or whole on one."""
        for row, height in self.heights.items():
            self.sheet.row_dimensions[row].height = height
        self.sheet.freeze_panes = f"A{heads + 1}"
        self.sheet.page_setup.orientation, self.sheet.page_setup.paperSize = "landscape", 9
        self.sheet.page_setup.fitToWidth, self.sheet.page_setup.fitToHeight = 1, int(one_page)
        self.sheet.sheet_properties.pageSetUpPr.fitToPage = True
        self.sheet.print_title_rows = f"1:{heads}"

    def _need(self, row: int, words: str, width: float) -> None:
        """A Chinese character is as wide as two digits."""
        wide = sum(2 if ord(one) > 0x2E7F else 1 for one in words)
        lines = max(1, ceil(wide * 1.05 / max(width - 1, 1)))
        self.heights[row] = max(self.heights.get(row, 0.0), lines * LINE + 4)
