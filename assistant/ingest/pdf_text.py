"""Text of a PDF, with the printed lines joined into the paragraphs they were broken from."""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from assistant.errors import UnreadableFile

# Characters after which reading stops: no letter is that long, and the caller refuses it.
TEXT_ENOUGH = 1_100_000

_PAGE_NUMBER = re.compile(
    r"[-—–·\s]*(?:第\s*)?\d{1,4}\s*(?:页)?(?:\s*[/共]\s*(?:共\s*)?\d{1,4}\s*页?)?[-—–·\s]*"
)
_NEW_ITEM = re.compile(
    r"[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]|第[一二三四五六七八九十百\d]+条|[^，。；]{2,14}[：:]"
)
_NO_GLYPH = re.compile(r"\(cid:\d+\)")


@dataclass(frozen=True)
class _Line:
    """A printed line: its words and its edges in points; `top` and `bottom` count down the page."""

    text: str
    page: int
    x0: float
    x1: float
    top: float
    bottom: float

    @property
    def size(self) -> float:
        return self.bottom - self.top


def pdf_text(name: str, data: bytes) -> str:
    """The text; a last line names pages that are pictures.

    Raises UnreadableFile where the file is encrypted, damaged, or a scan without any text.
    """
    if not data.lstrip()[:5] == b"%PDF-":
        raise UnreadableFile(f"文件“{name}”不是 PDF 或者已损坏，打不开；请重新导出，或者把内容粘贴进来。")
    lines, blank_pages, width = _read(name, data)
    text = "".join(line.text for line in lines)
    if not text.strip() or len("".join(_NO_GLYPH.findall(text))) * 2 > len(text):
        raise UnreadableFile(
            f"文件“{name}”里没有文字（可能是扫描件或者图片）；请先做文字识别（OCR），或者把内容粘贴进来。"
        )
    missed = [f"［第 {number} 页是图片，没有文字，未能读出］" for number in blank_pages]
    return "\n".join([*_joined(lines, width), *missed])


def _read(name: str, data: bytes) -> tuple[list[_Line], list[int], float]:
    """Printed lines, numbers of pages that hold pictures and no text, and the page width."""
    import logging
    import struct

    import pdfplumber
    from pdfminer.pdfdocument import PDFPasswordIncorrect
    from pdfminer.psexceptions import PSException
    from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException

    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    damaged: tuple[type[Exception], ...] = (
        *(PdfminerException, MalformedPDFException, PSException, struct.error, RecursionError),
        *(ValueError, KeyError, TypeError, IndexError, AttributeError, OSError),
    )
    try:
        with pdfplumber.open(io.BytesIO(data)) as pdf:
            return _pages(pdf)
    except damaged as fault:
        if any(isinstance(cause, PDFPasswordIncorrect) for cause in (fault, *fault.args)):
            raise UnreadableFile(f"文件“{name}”加了密码，打不开；请去掉密码后再提交。") from fault
        raise UnreadableFile(f"文件“{name}”已损坏，打不开；请重新导出，或者把内容粘贴进来。") from fault


def _pages(pdf: Any) -> tuple[list[_Line], list[int], float]:
    lines: list[_Line] = []
    pictures: list[int] = []
    width, size = 0.0, 0
    for number, page in enumerate(pdf.pages, start=1):
        found = list(_lines(page, number))
        lines += found
        width = max(width, float(page.width))
        if not found and page.images:
            pictures.append(number)
        page.close()
        size += sum(len(line.text) for line in found)
        if size > TEXT_ENOUGH:
            break
    return lines, pictures, width


def _lines(page: Any, number: int) -> Iterator[_Line]:
    for line in page.extract_text_lines(return_chars=False, strip=True):
        at_edge = line["top"] < page.height * 0.08 or line["bottom"] > page.height * 0.9
        if line["text"].strip() and not (at_edge and _PAGE_NUMBER.fullmatch(line["text"])):
            yield _Line(line["text"], number, line["x0"], line["x1"], line["top"], line["bottom"])


def _joined(lines: list[_Line], width: float) -> Iterator[str]:
    """Paragraphs: a line that reaches the right edge goes on in the next, unless that one is set in."""
    left, right = min(line.x0 for line in lines), max(line.x1 for line in lines)
    full_width = right > width * 0.7
    words = lines[0].text
    for before, line in zip(lines, lines[1:], strict=False):
        if full_width and before.x1 > right - before.size * 1.5 and _goes_on(before, line, left):
            gap = " " if words[-1:].isascii() and line.text[:1].isascii() and words[-1:].isalnum() else ""
            words += gap + line.text
        else:
            yield words
            words = line.text
    yield words


def _goes_on(before: _Line, line: _Line, left: float) -> bool:
    """Whether a line may be the rest of the one before: not set in, no gap above, no new item."""
    apart = line.page == before.page and line.top - before.bottom > before.size * 1.5
    return line.x0 < left + line.size * 0.8 and not apart and not _NEW_ITEM.match(line.text)
