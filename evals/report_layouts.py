"""Published reports as web pages give them: every way of flattening, by name, each saying what it loses.

A layout changes the document (labels, values, what stands around the tables), then writes its tables line
by line. What a page still shows is known from the figures that went in, never from reading the page.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from random import Random

from evals import report_labels as labels
from evals import report_surroundings as around
from evals import report_values as values
from evals.report_document import (
    KNOWN,
    Document,
    PrintedCell,
    Row,
    Sheet,
    keys_of,
)
from evals.report_figures import Key, Number

Lines = Callable[[Sheet], list[str]]
Change = Callable[[Document, Random], Document]


@dataclass(frozen=True)
class Page:
    """A report as text, with what can be read from it.

    `readable`: figures a reader must find. `lost`: figures a reader must call unavailable. `open`: figures
    he may give or leave; another figure is wrong. Figures the page never showed are lost.
    """

    text: str
    readable: Mapping[Key, Number]
    lost: frozenset[Key]
    open: Mapping[Key, Number]


@dataclass(frozen=True)
class Layout:
    """A way a report is published. `form`: the one it needs. `faulty`: the page itself must raise an alarm."""

    label: str
    lines: Lines | None = None
    change: Change | None = None
    form: str | None = None
    size: str | None = None
    hybrid: tuple[bool, bool] | None = None
    faulty: bool = False
    after: Callable[[str], str] | None = None


def lay_out(doc: Document, layout: Layout, rng: Random) -> Page:
    """The page a layout makes of a document."""
    changed = layout.change(doc, rng) if layout.change else doc
    text = flattened(changed, layout.lines or rng.choice(PLAIN))
    return page_of(changed, layout.after(text) if layout.after else text)


def page_of(doc: Document, text: str) -> Page:
    """A page with the truth about its figures; what no cell shows any more is lost."""
    lost = (KNOWN - doc.shown - doc.open) | doc.lost
    left = doc.open - lost
    readable = {key: doc.figures[key] for key in sorted(KNOWN - lost - left)}
    return Page(text, readable, frozenset(lost), {key: doc.figures[key] for key in sorted(left)})


def flattened(doc: Document, lines: Lines) -> str:
    """Headings and paragraphs as they are, tables as `lines` writes them."""
    found: list[str] = []
    for block in doc.blocks:
        found += lines(block) if isinstance(block, Sheet) else [block.text]
    return "\n".join(found) + "\n"


def padded_bars(sheet: Sheet) -> list[str]:
    """Row per line, cells by bars, merged cells as bars at the end."""
    return [f"{_joined(row)} |{_pad(sheet, row, ' ')}" for row in sheet.rows]


def leading_bars(sheet: Sheet) -> list[str]:
    """The same with a bar in front."""
    return [f"| {line}" for line in padded_bars(sheet)]


def lone_bar_before_rows(sheet: Sheet) -> list[str]:
    """A line with a bar alone before every row."""
    return [line for row in padded_bars(sheet) for line in ("|", row)]


def pad_joined(sheet: Sheet) -> list[str]:
    """The pad stuck to the last cell: 0|||."""
    return [f"{_joined(row)}|{_pad(sheet, row, '')}" for row in sheet.rows]


def no_break_spaces(sheet: Sheet) -> list[str]:
    """No-break spaces around and inside cells."""
    return [line.replace(" ", "\xa0") for line in padded_bars(sheet)]


def markdown_rows(sheet: Sheet) -> list[str]:
    """A Markdown table: a rule under the first row, merged cells as empty ones."""
    rows = [[*(cell.text for cell in row), *[""] * (sheet.width - len(row))] for row in sheet.rows]
    written = [f"| {' | '.join(row)} |" for row in rows]
    return [written[0], "|" + " --- |" * sheet.width, *written[1:]]


def spread_cells(sheet: Sheet) -> list[str]:
    """Every merged cell leaves its empty places where they are."""
    return [
        "| " + " | ".join(text for cell in row for text in (cell.text, *[""] * (cell.across - 1))) + " |"
        for row in sheet.rows
    ]


def barred_cells(sheet: Sheet) -> list[str]:
    """One cell per line ending in a bar; a blank cell is a bar alone."""
    return [f"{cell.text} |".lstrip() for row in sheet.rows for cell in _padded(sheet, row)]


def cells_then_bars(sheet: Sheet) -> list[str]:
    """A line with the cell, a line with a bar."""
    return [line for row in sheet.rows for cell in row for line in (cell.text, "|")]


def unpadded_rows(sheet: Sheet) -> list[str]:
    """Row per line without padding: 8 or 9 wide."""
    return [_joined(row) for row in sheet.rows]


def bare_cells(sheet: Sheet) -> list[str]:
    """One cell per line, no bars."""
    return [cell.text for row in sheet.rows for cell in row if cell.text]


def stray_spaces(sheet: Sheet) -> list[str]:
    """One cell per line, blank lines between, spaces around digits."""
    return [line for cell in bare_cells(sheet) for line in (f"  {cell} " if cell.isdigit() else cell, "")]


def fused_rows(sheet: Sheet) -> list[str]:
    """规章000: a row without anything between its cells."""
    return ["".join(cell.text for cell in row) for row in sheet.rows]


def fused_digits(sheet: Sheet) -> list[str]:
    """Titles on their lines, the digits of the row fused on the next: 0000000."""
    found: list[str] = []
    for row in sheet.rows:
        found += [cell.text for cell in row if not cell.is_figure]
        digits = "".join(cell.text for cell in row if cell.is_figure)
        found += [digits] if digits else []
    return found


def single_spaces(sheet: Sheet) -> list[str]:
    """规章 0 0 0."""
    return [" ".join(cell.text for cell in row) for row in sheet.rows]


def tabs(sheet: Sheet) -> list[str]:
    """Cells by tabs, as copied out of a document."""
    return ["\t".join(cell.text for cell in row) for row in sheet.rows]


def changing_by_table(sheet: Sheet) -> list[str]:
    """Another layout for each table."""
    return {"publication": padded_bars, "requests": bare_cells, "disputes": single_spaces}[sheet.code](sheet)


def changing_within_table(sheet: Sheet) -> list[str]:
    """Bars in the upper half of a table, one cell per line in the lower."""
    if sheet.code != "requests":
        return padded_bars(sheet)
    half = len(sheet.rows) // 2
    upper, lower = replace(sheet, rows=sheet.rows[:half]), replace(sheet, rows=sheet.rows[half:])
    return [*padded_bars(upper), *bare_cells(lower)]


def some_digits_fused(doc: Document, _: Random) -> Document:
    """Fused digits can be told apart only where every cell of the row has one digit."""
    rows = [(sheet, row) for sheet in doc.sheets for row in sheet.rows if keys_of(row)]
    several = [r for s, r in rows if len(keys_of(r)) > 1 and not _one_digit_each(r)]
    alone = [r for s, r in rows if len(keys_of(r)) == 1 and not _one_digit_each(r)]
    return replace(doc, lost=doc.lost | _known(several), open=doc.open | _known(alone))


def repeated_lost(doc: Document, _: Random) -> Document:
    """A row is whole only where none of its figures stood on a line before; nobody need trust even those."""
    seen, whole = {block.text for block in doc.blocks if not isinstance(block, Sheet)}, []
    for row in (row for sheet in doc.sheets for row in sheet.rows):
        digits = [cell.text for cell in row if cell.key]
        if digits and len({*digits} - seen) == len(digits):
            whole.append(row)
        seen |= {cell.text for cell in row}
    return replace(doc, lost=KNOWN - _known(whole), open=_known(whole))


def without_repeated_lines(text: str) -> str:
    """Each line once in the whole document: one 0 is left."""
    return "\n".join(dict.fromkeys(text.splitlines())) + "\n"


PLAIN: tuple[Lines, ...] = (padded_bars, leading_bars, unpadded_rows, bare_cells, barred_cells)

LAYOUTS: dict[str, Layout] = {
    "padded_bars": Layout("竖线分隔，合并格补竖线", padded_bars),
    "leading_bars": Layout("行首也有竖线", leading_bars),
    "lone_bar_before_rows": Layout("每行之前单独一条竖线", lone_bar_before_rows),
    "pad_joined": Layout("补的竖线粘在末格", pad_joined),
    "no_break_spaces": Layout("不换行空格", no_break_spaces),
    "markdown_rows": Layout("Markdown 表格", markdown_rows),
    "spread_cells": Layout("合并格原位留空", spread_cells),
    "barred_cells": Layout("一格一行，行末竖线", barred_cells),
    "cells_then_bars": Layout("一行文字一行竖线", cells_then_bars),
    "unpadded_rows": Layout("不补空，八列九列相间", unpadded_rows),
    "bare_cells": Layout("一格一行，没有竖线", bare_cells),
    "stray_spaces": Layout("一格一行，夹空行和空格", stray_spaces),
    "repeated_lines_removed": Layout("重复行被删", bare_cells, repeated_lost, after=without_repeated_lines),
    "fused_rows": Layout("整行粘连", fused_rows, some_digits_fused, size="sparse"),
    "fused_digits": Layout("数字粘连", fused_digits, some_digits_fused, size="sparse"),
    "single_spaces": Layout("单个空格分隔", single_spaces),
    "tabs": Layout("制表符分隔", tabs),
    "changing_by_table": Layout("各表写法不同", changing_by_table),
    "changing_within_table": Layout("表内写法改变", changing_within_table),
    "tables_gone": Layout("表格是图片", change=around.tables_gone),
    "tables_attached": Layout("表格在附件", change=around.tables_attached),
    "second_table_gone": Layout("只缺申请表", change=around.second_table_gone),
    "other_table_first": Layout("先有一张自编的表", padded_bars, around.other_table_first),
    "metadata_first": Layout("先有一张元数据表", padded_bars, around.metadata_first),
    "page_furniture": Layout("网页导航和页脚", change=around.page_furniture),
    "title_in_two_lines": Layout("标题分两行", change=around.title_in_two_lines),
    "title_lost": Layout("没有标题", change=around.title_lost),
    "total_only": Layout("只有总计一列", change=values.total_only),
    "persons_and_total": Layout("只有自然人和总计两列", change=values.persons_and_total),
    "six_columns": Layout("六列，没有总计", change=values.six_columns),
    "two_values_left": Layout("七个列名，剩两个数", bare_cells, values.two_values_left),
    "one_value_left": Layout("七个列名，剩一个数", bare_cells, values.one_value_left),
    "six_values_left": Layout("七个列名，剩六个数", bare_cells, values.six_values_left),
    "form_2019": Layout("2019 年格式", form="2019"),
    "hybrid_merged_other": Layout("新表一，其他处理只一行", form="2021", hybrid=(True, False), faulty=True),
    "hybrid_old_publication": Layout(
        "旧表一，其他处理分三行", form="2021", hybrid=(False, True), faulty=True
    ),
    "end_cut_off": Layout("标签末字被截", change=labels.end_cut_off),
    "end_cut_off_2019": Layout("本年增/", change=labels.end_cut_off, form="2019"),
    "cut_at_line_breaks": Layout("标签断行", bare_cells, labels.cut_at_line_breaks),
    "cut_in_rows": Layout("标签断行，竖线分隔", padded_bars, labels.cut_at_line_breaks),
    "content_for_internal": Layout("内部误作内容", change=labels.content_for_internal),
    "inner_spaces": Layout("标签夹空格", change=labels.inner_spaces),
    "ordinal_missing": Layout("缺“第”字", change=labels.ordinal_missing),
    "long_guidance": Layout("括号里的长说明", change=labels.long_guidance),
    "traditional": Layout("繁体字", change=labels.traditional),
    "pinyin_after_character": Layout("夹拼音", change=labels.pinyin_after_character),
    "other_quotes": Layout("引号各异", change=labels.other_quotes),
    "other_brackets": Layout("括号各异", change=labels.other_brackets),
    "headings_other_marks": Layout("章节序号各异", change=labels.headings_other_marks),
    "blank_for_none": Layout("空白表示无", padded_bars, values.blank_for_none, faulty=True),
    "slash_for_none": Layout("斜线表示无", change=values.slash_for_none, faulty=True),
    "dash_for_none": Layout("横线表示无", change=values.dash_for_none, faulty=True),
    "signed": Layout("增减带正负号", change=values.signed, form="2019"),
    "yuan_inside": Layout("格内以元计", change=values.yuan_inside, form="2021", faulty=True),
    "unit_inside": Layout("格内带单位", change=values.unit_inside),
    "unit_nowhere": Layout("哪里也不写单位", change=values.unit_nowhere, form="2021"),
    "masked": Layout("数字打星号", change=values.masked),
    "full_width": Layout("全角数字", change=values.full_width),
    "thousands": Layout("千分位", change=values.thousands, size="city"),
}


def _joined(row: Row) -> str:
    return " | ".join(cell.text for cell in row)


def _pad(sheet: Sheet, row: Row, space: str) -> str:
    lacking = sheet.width - len(row)
    return space + "|" * lacking if lacking > 0 else ""


def _padded(sheet: Sheet, row: Row) -> tuple[PrintedCell, ...]:
    """The row with an empty cell for every place its merged cells cover."""
    return (*row, *[PrintedCell("")] * (sheet.width - len(row)))


def _one_digit_each(row: Row) -> bool:
    return all(len(cell.text) == 1 for cell in row if cell.key)


def _known(rows: list[Row]) -> frozenset[Key]:
    return frozenset(key for row in rows for key in keys_of(row)) & KNOWN
