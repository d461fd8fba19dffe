"""Spreadsheets: cells as the sheet shows them, what is hidden left out, titles bare and rows whole."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant.ingest.files.published import read_published_bytes
from assistant.ingest.files.sheet_numbers import shown
from tests.ingest.workbooks import workbook_of

NUMBERS = yaml.safe_load((Path(__file__).parent / "shown_numbers.yaml").read_text(encoding="utf-8"))


def text(rows: str, **parts: Any) -> str:
    """The text of a workbook with these rows."""
    return read_published_bytes("报告.xlsx", workbook_of(rows, **parts)).text


def words(place: str, content: str) -> str:
    """A cell that holds its own words."""
    return f'<c r="{place}" t="inlineStr"><is><t>{content}</t></is></c>'


def number(place: str, value: str, style: int = 0) -> str:
    """A cell that holds a number in a style."""
    return f'<c r="{place}" s="{style}"><v>{value}</v></c>'


@pytest.mark.parametrize("case", NUMBERS, ids=lambda case: f"{case['raw']} {case['format']}")
def test_a_number_is_read_as_the_sheet_shows_it(case: dict[str, str]) -> None:
    """The format makes the words, not the number in the file."""
    assert case["shown"] == shown(case["raw"], case["format"])


def test_days_of_the_other_calendar_are_told() -> None:
    """A workbook that counts from 1904 shows other days for the same number."""
    assert shown("45313", "yyyy-mm-dd", from_1904=True) == "2028-01-23"


def test_shared_words_are_read_without_pinyin() -> None:
    """Words kept once for all sheets, in runs, with the pinyin over them left out."""
    shared = [
        "规章",
        "</t></si><si><r><t>行政</t></r><r><t>许可</t></r><rPh sb='0' eb='1'><t>xíng</t></rPh></si><si><t>",
    ]
    rows = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>2</v></c></row>'
    assert text(rows, words=shared) == "规章 | 行政许可"


def test_hidden_rows_columns_and_sheets_are_left_out() -> None:
    """What the sheet does not show is no part of the report."""
    rows = (
        f'<row r="1">{words("A1", "规章")}{number("B1", "7")}{number("C1", "0")}</row>'
        f'<row r="2" hidden="1">{words("A2", "底稿")}{number("B2", "7")}</row>'
    )
    columns = '<cols><col min="2" max="2" hidden="1"/></cols>'
    assert text(rows, around=(columns, "")) == "规章 | 0"


def test_blank_cells_of_a_table_keep_their_places() -> None:
    """Cells drawn and left blank are blanks; leading and trailing columns without any words are not."""
    rows = (
        f'<row r="3">{words("B3", "规章")}{number("C3", "0")}<c r="D3" s="0"/>{number("E3", "1")}<c r="F3" s="0"/></row>'
        f'<row r="4">{words("B4", "许可")}<c r="C4" s="0"/><c r="D4" s="0"/>{number("E4", "8")}<c r="F4" s="0"/></row>'
    )
    assert text(rows) == "规章 | 0 |  | 1\n许可 |  |  | 8"


def test_a_row_of_blanks_keeps_its_width() -> None:
    """A label whose figures were left blank is not a heading."""
    blank = "".join(f'<c r="{column}2" s="0"/>' for column in "BC")
    rows = (
        f'<row r="1">{words("A1", "规章")}{number("B1", "0")}{number("C1", "1")}</row>'
        f'<row r="2">{words("A2", "一、本年新收政府信息公开申请数量")}{blank}</row>'
    )
    assert text(rows).split("\n")[1] == "一、本年新收政府信息公开申请数量 |  |"


def test_titles_merged_over_a_table_stand_bare() -> None:
    """Title and heading reach over the table's columns and are lines of their own."""
    rows = (
        f'<row r="1">{words("A1", "柳河街道办事处2023年政府信息公开工作年度报告")}<c r="B1"/><c r="C1"/></row>'
        f'<row r="2">{words("A2", "二、主动公开政府信息情况")}<c r="B2"/><c r="C2"/></row>'
        f'<row r="3">{words("A3", "规章")}{number("B3", "0")}{number("C3", "1")}</row>'
    )
    merged = '<mergeCells><mergeCell ref="A1:C1"/><mergeCell ref="A2:C2"/></mergeCells>'
    assert text(rows, around=("", merged)).split("\n") == [
        "柳河街道办事处2023年政府信息公开工作年度报告",
        "二、主动公开政府信息情况",
        "规章 | 0 | 1",
    ]


def test_words_left_under_a_merged_cell_are_not_shown() -> None:
    """Some programs keep what a merge covered; the sheet does not show it."""
    rows = f'<row r="1">{words("A1", "规章")}{number("B1", "9")}{number("C1", "1")}</row>'
    assert text(rows, around=("", '<mergeCells><mergeCell ref="A1:B1"/></mergeCells>')) == "规章 |  | 1"


def test_a_formula_never_worked_out_is_no_zero() -> None:
    """Without the value that the sheet would show, the formula itself stands there."""
    rows = f'<row r="1">{words("A1", "总计")}<c r="B1"><f>SUM(B2:B9)</f></c><c r="C1"><f>1+2</f><v>3</v></c></row>'
    assert text(rows) == "总计 | =SUM(B2:B9) | 3"


def test_faults_and_truth_values_are_shown() -> None:
    """A fault of a formula stands as the sheet shows it."""
    rows = '<row r="1"><c r="A1" t="e"><v>#DIV/0!</v></c><c r="B1" t="b"><v>1</v></c><c r="C1" t="str"><v>规章</v></c></row>'
    assert text(rows) == "#DIV/0! | TRUE | 规章"
