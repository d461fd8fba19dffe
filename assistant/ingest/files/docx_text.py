"""Text of a Word file in reading order: paragraphs, tables, content controls and text boxes.

Read from the document part itself: forms keep what people fill in in content controls, and tracked
insertions and text boxes are text of the letter too. What was deleted with tracking on, or is hidden, is not.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from assistant.ingest.files.office_package import opened_package
from assistant.ingest.files.table_rows import Box, Item, PlacedLine, Places, Words, flattened, placed, tidy

# The text of a long document is one megabyte, its mark-up some twenty times that.
PART_LIMIT = 40 * 1024 * 1024

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
# The properties of a paragraph hold tab stops, which are no tabs.
_HIDDEN = frozenset((f"{_W}pPr", f"{_W}moveFrom", f"{_W}del", f"{_W}rt", f"{_MC}Fallback"))
_BLOCKS = frozenset(
    (f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}moveTo", f"{_W}customXml", f"{_W}smartTag")
)
_SIGNS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}


def docx_text(name: str, data: bytes) -> str:
    """The text; cells of a table row are set apart by ` | `. Raises UnreadableFile."""
    with _opened_body(name, data) as body:
        return "\n".join(line for element in body for line in _block(element))


def docx_lines(name: str, data: bytes) -> list[PlacedLine]:
    """Lines of a published document, every table a row a line. Raises UnreadableFile.

    A row is placed by table and row, prose by its paragraph, empty ones not counted.
    """
    items, paragraphs, places = list[Item](), 0, Places()
    with _opened_body(name, data) as body:
        for item in _items(body, places):
            if isinstance(item, Words):
                paragraphs += 1
                item = Words(item.text, place=f"第{paragraphs}段")
            items.append(item)
    return list(placed(items))


@contextmanager
def _opened_body(name: str, data: bytes) -> Iterator[Any]:
    """The body of the document; what is found wrong while it is read is told as damage of the file."""
    with opened_package(name, data, ".docx", "Word") as package:
        yield package.tree(package.main_part("word/document.xml"), PART_LIMIT).find(f"{_W}body")


def _block(element: Any) -> Iterator[str]:
    """Lines of a paragraph, a table, or of what wraps them."""
    if element.tag == f"{_W}p":
        yield from _paragraph(element)
    elif element.tag == f"{_W}tbl":
        for row in _within(element, f"{_W}tr"):
            yield " | ".join(_cell(cell) for cell in _within(row, f"{_W}tc"))
    elif element.tag in _BLOCKS:
        for child in element:
            yield from _block(child)


def _within(element: Any, tag: str) -> Iterator[Any]:
    """Rows of a table or cells of a row, also where a content control wraps them."""
    for child in element:
        if child.tag == tag:
            yield child
        elif child.tag in _BLOCKS:
            yield from _within(child, tag)


def _cell(cell: Any) -> str:
    return " ".join(line.strip() for child in cell for line in _block(child) if line.strip())


def _paragraph(paragraph: Any) -> list[str]:
    """Its own words, then the lines of the text boxes anchored in it."""
    words: list[str] = []
    boxes: list[str] = []
    _gather(paragraph, words, boxes)
    return ["".join(words), *boxes]


def _gather(element: Any, words: list[str], boxes: list[str]) -> None:
    for child in element:
        if child.tag in _HIDDEN or (child.tag == f"{_W}r" and hidden_run(child)):
            continue
        if child.tag == f"{_W}t":
            words.append(child.text or "")
        elif child.tag in _SIGNS:
            words.append(_SIGNS[child.tag])
        elif child.tag == f"{_W}txbxContent":
            boxes += [line for block in child for line in _block(block)]
        else:
            _gather(child, words, boxes)


def hidden_run(run: Any) -> bool:
    """Whether a run is set to be hidden: no reader sees it on paper or on the screen."""
    found = run.find(f"{_W}rPr/{_W}vanish")
    return found is not None and found.get(f"{_W}val", "1") not in ("0", "false", "off")


def _items(container: Any, places: Places) -> Iterator[Item]:
    """Paragraphs and rows of the body or of a cell, in order."""
    for element in container:
        if element.tag == f"{_W}p":
            for line in "\n".join(_paragraph(element)).split("\n"):
                if words := tidy(line):
                    yield Words(words)
        elif element.tag == f"{_W}tbl":
            rows = (row for row in _within(element, f"{_W}tr") if not _gone(row))
            yield from flattened([_boxes(row, places) for row in rows], places)
        elif element.tag in _BLOCKS:
            yield from _items(element, places)


def _gone(row: Any) -> bool:
    """A row that was deleted with tracking on, or is hidden."""
    return any(row.find(f"{_W}trPr/{_W}{sign}") is not None for sign in ("del", "hidden"))


def _boxes(row: Any, places: Places) -> list[Box]:
    """Cells of a row with what they cover; Word says of each cell below a merged one that it is covered."""
    before = int(_setting(row, "trPr", "gridBefore") or 0)
    boxes = [Box(covered=True, columns=before)] if before else []
    for cell in _within(row, f"{_W}tc"):
        merged = [_setting(cell, "tcPr", kind) for kind in ("vMerge", "hMerge")]
        covered = any(value in ("", "continue") for value in merged)
        columns = int(_setting(cell, "tcPr", "gridSpan") or 1)
        boxes.append(Box([] if covered else list(_items(cell, places)), columns, covered=covered))
    return boxes


def _setting(element: Any, properties: str, name: str) -> str | None:
    """The value of a property, "" where it is set without one, None where it is not set."""
    found = element.find(f"{_W}{properties}/{_W}{name}")
    return None if found is None else str(found.get(f"{_W}val", ""))
