"""Text of a web page: what a reader of the page sees of the report, tables a row a line.

The tree is walked once, in order, without recursion. Word's export, tables that only arrange the page and
broken mark-up are what published pages are made of.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from assistant.errors import UnreadableFile
from assistant.ingest.files.decoding import decode_page
from assistant.ingest.files.html_furniture import Sight, without_furniture
from assistant.ingest.files.table_rows import (
    WIDE,
    Box,
    Item,
    PlacedLine,
    Places,
    TooManyPlaces,
    Words,
    flattened,
    placed,
    tidy,
)

# A report has some thousand elements, one exported from Word some ten thousand.
ELEMENTS_LIMIT = 200_000

# A cell that reaches down "to the end of the table" says so by 0; no table of a report is longer.
_ROWS_TO_THE_END = 10_000

_BLOCKS = frozenset(
    (
        *("address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "div"),
        *("dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5"),
        *("h6", "header", "hr", "html", "legend", "li", "main", "ol", "p", "pre", "section", "summary"),
        *("table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul"),
    )
)
_SOFT_BREAK = re.compile(rf"(?<=[{WIDE}])[ \t\r]*\n\s*(?=[{WIDE}])")
_HEAD_DATE = re.compile(r"(\d{4})[-/年.](\d{1,2})[-/月.](\d{1,2})")
_DATE_WORDS = re.compile(r"(?:公开|发布|成文|生成|印发)(?:日期|时间)")


@dataclass
class _Flow:
    """Words and tables one below the other: the page, or a cell; `element` closes it."""

    element: Any
    box: Box = field(default_factory=Box)
    pieces: list[str] = field(default_factory=list)
    unlinked: bool = False

    def end_line(self) -> None:
        """What was gathered becomes a line."""
        if not self.pieces:
            return
        words = "".join(self.pieces)
        if "\n" in words:
            words = _SOFT_BREAK.sub("", words)
        if words := tidy(words):
            self.box.items.append(Words(words, linked=not self.unlinked))
        self.pieces.clear()
        self.unlinked = False


@dataclass
class _Table:
    """An open table; `element` closes it."""

    element: Any
    rows: list[list[Box]] = field(default_factory=list)


def html_lines(name: str, data: bytes) -> list[PlacedLine]:
    """Lines of a page without its furniture; rows of tables are placed by table and row.

    Raises UnreadableFile where the encoding is not to be told or the mark-up is nested beyond reading.
    """
    root = _root(name, decode_page(name, data))
    if root is None:
        return []
    if sum(1 for _ in islice(root.iter(), ELEMENTS_LIMIT + 1)) > ELEMENTS_LIMIT:
        raise UnreadableFile(
            f"网页“{name}”的标签太多（超过 {ELEMENTS_LIMIT} 个），不像年度报告，没有读取；"
            "请用浏览器打开后把正文复制到 .txt 再试。"
        )
    try:
        items = without_furniture(_Walk(root).items())
    except TooManyPlaces as fault:
        raise UnreadableFile(
            f"网页“{name}”里的表格大得不合常理，没有读取；请用浏览器打开后把正文复制到 .txt 再试。"
        ) from fault
    lines = list(placed(items))
    return [*_head_lines(root, lines), *lines]


def _root(name: str, text: str) -> Any:
    from lxml import etree

    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:
        return None
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise UnreadableFile(
            f"网页“{name}”的标签嵌套太深（超过 2048 层），不像正常的网页，没有读取；"
            "请用浏览器打开后把正文复制到 .txt 再试。"
        )
    return root


class _Walk:
    """One walk over a page; frames stand for the open tables and cells, the flow for the innermost cell."""

    def __init__(self, root: Any) -> None:
        self._root = root
        self._flow = _Flow(root)
        self._frames: list[_Flow | _Table] = [self._flow]
        self._places = Places()
        self._links = 0
        self._plain = 0

    def items(self) -> list[Item]:
        """Lines and rows of the page in order."""
        from lxml import etree

        walk = etree.iterwalk(self._root, events=("start", "end"))
        unread, sight = None, Sight()
        for event, element in walk:
            if event == "end":
                if element is unread:
                    unread = None
                else:
                    self._end(element)
                self._add(element.tail)
            elif sight.misses(element):
                unread = element
                walk.skip_subtree()
            else:
                self._start(element)
                self._add(element.text)
        self._flow.end_line()
        return self._flow.box.items

    def _start(self, element: Any) -> None:
        tag, top = element.tag, self._frames[-1]
        if tag in _BLOCKS or tag == "br":
            self._flow.end_line()
        if tag == "table":
            self._frames.append(_Table(element))
        elif tag == "tr" and isinstance(top, _Table):
            top.rows.append([])
        elif tag in ("td", "th") and isinstance(top, _Table):
            rows = _span(element, "rowspan") or _ROWS_TO_THE_END
            self._flow = _Flow(element, Box(columns=_span(element, "colspan"), rows=rows))
            self._frames.append(self._flow)
        elif tag == "a" and _leads_away(element):
            self._links += 1
        elif tag == "pre":
            self._plain += 1

    def _end(self, element: Any) -> None:
        tag, top = element.tag, self._frames[-1]
        if tag in _BLOCKS:
            self._flow.end_line()
        if tag == "a" and _leads_away(element):
            self._links -= 1
        elif tag == "pre":
            self._plain -= 1
        if top.element is element and len(self._frames) > 1:
            self._frames.pop()
            self._close(top)

    def _close(self, frame: _Flow | _Table) -> None:
        if isinstance(frame, _Table):
            self._flow.box.items += flattened(frame.rows, self._places)
            return
        self._flow = next(other for other in reversed(self._frames) if isinstance(other, _Flow))
        table = self._frames[-1]
        if isinstance(table, _Table):
            if not table.rows:
                table.rows.append([])
            table.rows[-1].append(frame.box)

    def _add(self, text: str | None) -> None:
        if not text or (not self._flow.pieces and text.isspace()):
            return
        for at, line in enumerate(text.split("\n") if self._plain else (text,)):
            if at:
                self._flow.end_line()
            self._flow.pieces.append(line)
            self._flow.unlinked |= not self._links and bool(line.strip())


def _span(element: Any, name: str) -> int:
    """A span as written, 1 where it is none that HTML knows."""
    value = element.get(name)
    if value is None:
        return 1
    value = value.strip()
    return int(value) if value.isascii() and value.isdigit() and len(value) < 6 else 1


def _leads_away(element: Any) -> bool:
    href = element.get("href") or ""
    return bool(href) and not href.startswith("#")


def _head_lines(root: Any, lines: list[PlacedLine]) -> Iterator[PlacedLine]:
    """Title and date out of the page's head, where its body does not show them."""
    text = "".join("".join(line.text.split()) for line in lines)
    told = {(meta.get("name") or "").lower(): tidy(meta.get("content") or "") for meta in root.iter("meta")}
    title = told.get("articletitle") or _report_title(tidy(root.findtext("head/title") or ""))
    if "报告" in title and "".join(title.split()) not in text and lines:
        yield PlacedLine(title, "网页标题")
    day = _HEAD_DATE.search(told.get("pubdate", ""))
    if day and lines and not _DATE_WORDS.search(text):
        yield PlacedLine(f"公开日期：{'-'.join(day.groups())}", "网页头部的发布日期")


def _report_title(title: str) -> str:
    """The part of a browser's title that names a report, without the names of site and column."""
    parts = (part.strip() for part in re.split(r"\s+[-–—|]\s*|[_|｜]|-+", title))
    return next((part for part in parts if part.endswith("报告")), title)
