"""What the office fills in for its yearly report: the figures of table one, and what the sentences leave open.

One YAML file a year, so that last year's words are never taken over unseen. Nothing in it touches tables two and three.
Basis: 政府信息公开条例第二十条、第五十条; 国办公开办函〔2021〕30号.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from math import inf
from pathlib import Path
from typing import Any

from assistant.cases.yearbook_text import Fact, ReportText
from assistant.errors import CorpusError, InputError
from assistant.ingest.annual.form import Row, TableForm
from assistant.ingest.annual.tables import Number
from assistant.ingest.files.decoding import decode
from assistant.law.rules import read_mapping

LARGEST_FILE = 1024 * 1024

_YEAR, _TABLE, _FACTS = "year", "publication", "facts"
_MONEY = "万元"
_STOPS = "。；;. \n"


@dataclass(frozen=True)
class YearFacts:
    """What the office has told of a year. `figures`: row of table one → column → figure, where it is filled in."""

    year: int
    figures: Mapping[str, Mapping[str, Number]] = field(default_factory=dict)
    told: Mapping[str, str] = field(default_factory=dict)


def read_year_facts(path: Path, text: ReportText, table: TableForm, year: int) -> YearFacts:
    """The facts file of a year. Raises InputError naming file, key and what is wrong."""
    found = _read(path)
    try:
        return facts_in(found, text, table, year)
    except InputError as fault:
        raise InputError(f"事实文件 {path.name}：{fault}") from fault


def facts_in(found: Mapping[str, Any], text: ReportText, table: TableForm, year: int) -> YearFacts:
    """The facts of a year out of a mapping as a file holds it. Raises InputError naming key and what is wrong."""
    _only(found, (_YEAR, _TABLE, _FACTS), "")
    if found.get(_YEAR) != year:
        raise InputError(
            f"“{_YEAR}”写的是 {found.get(_YEAR)!r}，要编制的是 {year} 年度的报告。请用当年的事实文件。"
        )
    figures = dict(_figures(_mapping(found, _TABLE), table))
    return YearFacts(year, figures, dict(_told(_mapping(found, _FACTS), text)))


def facts_template(text: ReportText, table: TableForm, year: int) -> str:
    """An empty facts file of a year, each place with its meaning; what is left empty stays a marked gap."""
    lines = [
        f"# {year}年度报告要由本机关填写的内容。不填的，报告里以{text.print['open_cell']}标出；没有的填 0 或者写“无”。",
        "# 申请情况表和复议诉讼表由登记簿得出，不在这里填写。",
        f"{_YEAR}: {year}",
        "",
        f"# {table.title}（条例第二十条）",
        f"{_TABLE}:",
    ]
    for block in text.blocks:
        lines.append(f"  # {block.title}")
        for code in block.rows:
            row = table.rows[code]
            unit = f"，单位：{row.unit}" if row.unit == _MONEY else ""
            lines.append(f"  {code}:  # {row.label}{unit}")
            lines += [f"    {column}:  # {table.columns[column].label}" for column in row.columns]
    lines += ["", "# 文字部分。几条的，可以写成列表；末尾不用写句号。", f"{_FACTS}:"]
    lines += [
        f"  {one.fact}:  # {one.label}{'' if one.need else '（没有的不填）'}" for one in text.facts.values()
    ]
    return "\n".join(lines) + "\n"


def _read(path: Path) -> Mapping[str, Any]:
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise InputError(f"事实文件 {path} 超过 1 MB。请核对文件。")
        return read_mapping(decode(path.name, path.read_bytes()), path.name)
    except OSError as fault:
        raise InputError(f"事实文件 {path} 打不开（{fault.strerror}）。请检查路径和权限。") from fault
    except CorpusError as fault:
        raise InputError(f"事实文件 {fault}空白的样本用 assistant yearbook --template 写出。") from fault


def _mapping(found: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    """A part of the file; an empty one is nothing told."""
    part = found.get(key)
    if part is not None and not isinstance(part, dict):
        raise InputError(f"“{key}”应为“键: 值”的列表。")
    return part or {}


def _only(found: Mapping[str, Any], known: tuple[str, ...], where: str) -> None:
    for key in found:
        if key not in known:
            raise InputError(f"不认识的键“{where}{key}”，可用：{'、'.join(known)}。")


def _figures(found: Mapping[str, Any], table: TableForm) -> Iterator[tuple[str, dict[str, Number]]]:
    _only(found, tuple(table.rows), f"{_TABLE}.")
    for code, cells in found.items():
        row, where = table.rows[code], f"{_TABLE}.{code}"
        _only(_mapping(found, code), row.columns, f"{where}.")
        filled = {column: value for column, value in (cells or {}).items() if value is not None}
        yield code, {column: _figure(value, row, f"{where}.{column}") for column, value in filled.items()}


def _figure(value: object, row: Row, where: str) -> Number:
    """A count, or a sum in 万元."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < inf:
        raise InputError(f"“{where}”的值 {value!r} 应为不小于零的数。")
    if row.unit == _MONEY:
        return Decimal(str(value)) if isinstance(value, float) else value
    if value != int(value):
        raise InputError(f"“{where}”的值 {value!r} 应为整数件数。")
    return int(value)


def _told(found: Mapping[str, Any], text: ReportText) -> Iterator[tuple[str, str]]:
    _only(found, tuple(text.facts), f"{_FACTS}.")
    for key, value in found.items():
        words = None if value is None else _words(value, text.facts[key])
        if words:
            yield key, words


def _words(value: object, fact: Fact) -> str:
    """A fact in words; several are numbered. Without its last stop where the sentence has one."""
    where = f"{_FACTS}.{fact.fact}"
    if fact.kind != "words":
        return str(
            _figure(
                value, Row(fact.fact, "", fact.label, unit=_MONEY if fact.kind == "yuan" else "件"), where
            )
        )
    items: list[Any] = value if isinstance(value, list) else [value]
    if not all(isinstance(one, str) for one in items):
        raise InputError(f"“{where}”应为一段文字，或者几段文字的列表。")
    parts = [" ".join(one.split()).strip(_STOPS) for one in items]
    said = [one for one in parts if one]
    joined = said[0] if len(said) == 1 else "；".join(f"{n}.{one}" for n, one in enumerate(said, start=1))
    return joined if fact.need or not joined else f"{joined}。"
