"""One figure of a report's table: its value as printed, or why there is none.

Basis: 政府信息公开条例第五十条; 国办公开办函〔2021〕30号.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Number = int | Decimal
Why = Literal["lost", "blank", "masked", "stroke", "unit", "unclear", "ambiguous", "fused", "repeated"]

WHY: Mapping[Why, str] = {
    "lost": "有行名，没有数字",
    "blank": "空白单元格",
    "masked": "数字被遮盖",
    "stroke": "以“/”“-”等符号代替数字",
    "unit": "单位与表头不同",
    "unclear": "不是可以辨认的数字",
    "ambiguous": "数字个数与栏数不符，无法确定各属哪一栏",
    "fused": "数字连在一起，无法分开",
    "repeated": "同一行出现两次而数字不同",
}
MONEY = ("万元", "元", "亿元", "万")

_COUNTERS = frozenset(("", "件", "条", "份", "个", "起", "项", "宗", "部", "次", "例", "件次"))
_NUMBER = re.compile(
    r"(?P<sign>[+-]|增加?|减少?)?(?P<whole>\d+|\d{1,3}(?:,\d{3})+)(?P<part>\.\d+)?(?P<unit>\D*)"
)
_SUM = re.compile(r"[\d,.]+\s*(亿元|万元|元|万)")


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure of a table: its value, the line of the source it stands on, and the words there.

    `value` is None where the source shows no usable number; `why` then says the reason, and `raw` the
    words that stand in the cell, or in the whole row where they could not be told apart. `unit` is the
    unit of money printed in the cell or in its head. `inferred`: other rows of the table had to tell its column.
    """

    value: Number | None
    line: int
    raw: str
    why: Why | None = None
    unit: str = ""
    inferred: bool = False

    @property
    def reason(self) -> str:
        """Why there is no number, in words for the clerk; empty where there is one."""
        return WHY[self.why] if self.why else ""


Table = Mapping[str, Mapping[str, Cell | None]]


def read_cell(raw: str, line: int, unit: str, head_unit: str = "") -> Cell:
    """The cell that a printed value makes in a row counted in `unit`; `head_unit` stands in its head.

    A sum in 元 under a head in 万元, or the other way round, is kept as words and never as a number.
    """
    if raw.isdecimal() and (len(raw) == 1 or raw[0] != "0") and unit not in MONEY:
        return Cell(int(raw), line, raw)
    if not raw:
        return Cell(None, line, raw, "blank")
    own = _SUM.fullmatch(raw)
    printed = (own[1] if own else "") or (head_unit if unit in MONEY else "")
    value = read_number(raw, printed or unit)
    if value is not None and value and unit in MONEY and printed.rstrip("元") not in ("", unit.rstrip("元")):
        return Cell(None, line, raw, "unit", printed)
    if value is not None and unit in MONEY and printed == "元" and value:
        return Cell(None, line, raw, "unit", printed)
    return Cell(value, line, raw, None if value is not None else _why(raw), printed)


def read_number(raw: str, unit: str) -> Number | None:
    """The number a cell shows, or None: `1,204`, `+2`, `０`, `3件` are numbers; `1*`, `/`, `007` are not."""
    match = _NUMBER.fullmatch("".join(unicodedata.normalize("NFKC", raw).split()))
    if not match or not (match["unit"] in ("", unit) or (unit == "件" and match["unit"] in _COUNTERS)):
        return None
    whole = match["whole"].replace(",", "")
    if len(whole) > 1 and whole[0] == "0":
        return None
    value: Number = Decimal(whole + match["part"]) if match["part"] else int(whole)
    return -value if match["sign"] and match["sign"][0] in "-减" else value


def _why(raw: str) -> Why:
    if "*" in raw or "×" in raw or "x" in raw.lower():
        return "masked"
    if raw == "无" or not any(c.isalnum() for c in raw):
        return "stroke"
    return "fused" if raw.isdecimal() else "unclear"
