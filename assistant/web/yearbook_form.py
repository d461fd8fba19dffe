"""What the office fills in for its yearly report, on the page: table one, the words; what is still open says 【待填】.

Basis: 政府信息公开条例第二十条、第五十条; 国办公开办函〔2021〕30号.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.cases.yearbook_kept import FACTS, TABLE
from assistant.web.markup import Markup, el
from assistant.web.rooms import area, entry, press

if TYPE_CHECKING:
    from assistant.cases.yearbook import Yearbook
    from assistant.cases.yearbook_text import Fact, ReportText
    from assistant.ingest.annual.rows import Row, TableForm

NEEDLESS = "（没有的不填）"
SEVERAL = "几条的，一行一条；末尾不用写句号。"


@dataclass(frozen=True)
class Filled:
    """What stands in the form: what was filled in so far, by field, and what the settings say where nothing was."""

    fields: Mapping[str, str]
    offered: Mapping[str, str]


def filling(text: "ReportText", table: "TableForm", filled: Filled, actor: Markup) -> Markup:
    """The form: every figure of table one and every fact of the sentences, as it was filled in so far."""
    fields = filled.fields
    blocks = (
        el(
            "tbody",
            _head(block.title, table),
            *(_cells(table.rows[code], table, fields) for code in block.rows),
        )
        for block in text.blocks
    )
    words = (_fact(fact, fields, filled.offered.get(fact.fact)) for fact in text.facts.values())
    return el(
        "div",
        el("h4", f"{table.title}（条例第二十条）"),
        el("div", el("table", *blocks), class_="wide fill-table"),
        el("h4", "文字部分"),
        el("p", SEVERAL, class_="note"),
        *words,
        actor,
        el("p", press("keep", "保存并核对", "chief"), press("leave", "收起"), class_="presses"),
        class_="blank now filling",
    )


def shown(found: "Yearbook", text: "ReportText", table: "TableForm") -> Iterator[Markup]:
    """Table one and the sections in words, each gap as the report will mark it, and the way to fill it in."""
    gaps = len(found.gaps)
    told = f"还有 {gaps} 处要由本机关填写，报告里以【待填】标出。" if gaps else "由本机关填写的都填了。"
    yield el(
        "p",
        el("span", told, class_="note"),
        press("fill", "填写", "chief" if gaps else None),
        class_="presses",
    )
    rows = (row for block in text.blocks for row in _values(found, text, table, block.rows))
    yield el(
        "div",
        el("table", el("caption", table.title), el("tbody", *rows)),
        class_="wide year-table open-table",
        tabindex="0",
        role="group",
        aria_label=f"{table.title}，可以左右滚动",
    )
    sections = (
        el("div", el("h4", one.heading), *(_marked(words) for words in one.paragraphs))
        for one in found.prose.sections
        if one.paragraphs
    )
    yield el(
        "details",
        el("summary", "文字部分"),
        *sections,
        class_="source sentences",
        open=bool(found.prose.gaps),
    )


def _head(title: str, table: "TableForm") -> Markup:
    return el("tr", el("th", title, scope="colgroup", colspan=str(len(table.columns) + 1)), class_="sum")


def _cells(row: "Row", table: "TableForm", fields: Mapping[str, str]) -> Markup:
    unit = "" if row.unit == "件" else f"（{row.unit}）"
    cells = (
        el(
            "td",
            entry(
                f"{table.columns[column].label}{unit}",
                key := f"{TABLE}.{row.code}.{column}",
                fields.get(key, ""),
                inputmode="decimal",
                class_="short",
            ),
        )
        for column in row.columns
    )
    return el("tr", el("th", row.printed, scope="row"), *cells)


def _fact(fact: "Fact", fields: Mapping[str, str], offered: str | None) -> Markup:
    key = f"{FACTS}.{fact.fact}"
    label = f"{fact.label}{'' if fact.need else NEEDLESS}"
    if fact.kind == "words":
        hint = f"不填的，用设置里的：{offered}" if offered else None
        return area(label, key, fields.get(key, ""), placeholder=hint)
    return entry(label, key, fields.get(key, ""), inputmode="decimal", class_="short")


def _rest(row: "Row", widest: int) -> Markup | None:
    """The empty end of a row that has fewer columns than another."""
    return el("td", colspan=str(widest - len(row.columns))) if len(row.columns) < widest else None


def _values(
    found: "Yearbook", text: "ReportText", table: "TableForm", rows: tuple[str, ...]
) -> Iterator[Markup]:
    widest = max(len(row.columns) for row in table.rows.values())
    for code in rows:
        row = table.rows[code]
        cells = (
            el(
                "td",
                el("small", table.columns[column].label),
                " ",
                _value(found, text, table, (code, column)),
            )
            for column in row.columns
        )
        yield el("tr", el("th", row.printed, scope="row"), *cells, _rest(row, widest))


def _value(found: "Yearbook", text: "ReportText", table: "TableForm", at: tuple[str, str]) -> Markup:
    value = found.report.value(table.code, *at)
    if value is None:
        return el("span", text.print["open_cell"], class_="gap")
    return el("span", str(value))


def _marked(words: str) -> Markup:
    """A paragraph with each gap marked where it stands."""
    pieces: list[str | None] = []
    for piece in words.replace("【待填", "\0【待填").split("\0"):
        gap, closing, rest = piece.partition("】")
        if piece.startswith("【待填") and closing:
            pieces += [el("span", f"{gap}】", class_="gap"), rest]
        else:
            pieces.append(piece)
    return el("p", *pieces)
