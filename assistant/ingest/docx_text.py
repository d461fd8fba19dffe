"""Text of a Word file in reading order: paragraphs, tables, content controls and text boxes.

Read from the document part itself: forms keep what people fill in in content controls, and tracked
insertions and text boxes are text of the letter too. What was deleted with tracking on is not.
"""

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

from assistant.errors import UnreadableFile
from assistant.ingest.decoding import kind_of

PART_LIMIT = 100 * 1024 * 1024

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_HIDDEN = frozenset((f"{_W}moveFrom", f"{_W}del", f"{_W}rt", f"{_MC}Fallback"))
_BLOCKS = frozenset(
    (f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}moveTo", f"{_W}customXml", f"{_W}smartTag")
)
_SIGNS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}


def docx_text(name: str, data: bytes) -> str:
    """The text; cells of a table row are set apart by ` | `. Raises UnreadableFile."""
    kind = kind_of(data)
    if kind and not data.startswith(b"PK"):
        raise UnreadableFile(
            f"文件“{name}”的内容是{kind}，不是 .docx；请去掉密码，用 Word 另存为 .docx 后再提交。"
        )
    body = _body(name, data)
    return "\n".join(line for element in body for line in _block(element))


def _body(name: str, data: bytes) -> Any:
    from lxml import etree

    damaged = f"文件“{name}”已损坏或者不是 Word 文档，打不开；请重新导出，或者把内容粘贴进来。"
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            root = etree.fromstring(_part(name, archive, _main_part(archive, parser)), parser)
    except (zipfile.BadZipFile, zlib.error, KeyError, EOFError, OSError, etree.XMLSyntaxError) as fault:
        raise UnreadableFile(damaged) from fault
    except (NotImplementedError, RuntimeError) as fault:
        raise UnreadableFile(
            f"文件“{name}”加了密或者压缩方式特殊，打不开；请去掉密码后另存为 .docx。"
        ) from fault
    body = root.find(f"{_W}body")
    if body is None:
        raise UnreadableFile(damaged)
    return body


def _main_part(archive: zipfile.ZipFile, parser: Any) -> str:
    """Where the document stands; most programs say word/document.xml, not all."""
    from lxml import etree

    for relation in etree.fromstring(archive.read("_rels/.rels"), parser).iter(_RELATIONSHIP):
        if relation.get("Type", "").endswith("/officeDocument"):
            return posixpath.normpath(str(relation.get("Target", "")).lstrip("/"))
    return "word/document.xml"


def _part(name: str, archive: zipfile.ZipFile, part: str) -> bytes:
    if archive.getinfo(part).file_size > PART_LIMIT:
        raise UnreadableFile(f"文件“{name}”展开后太大，没有读取；请只保留申请书正文。")
    return archive.read(part)


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
        if child.tag in _HIDDEN:
            continue
        if child.tag == f"{_W}t":
            words.append(child.text or "")
        elif child.tag in _SIGNS:
            words.append(_SIGNS[child.tag])
        elif child.tag == f"{_W}txbxContent":
            boxes += [line for block in child for line in _block(block)]
        else:
            _gather(child, words, boxes)
