"""Text of a PDF, with the printed lines joined into the paragraphs they were broken from."""

import io
import re
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from assistant.errors import UnreadableFile

# Characters after which reading stops: no letter is that long, and the caller refuses it.
TEXT_ENOUGH = 1_100_000

# One packed part of a file, unpacked: a page scanned in colour at 600 dots an inch has half of this.
STREAM_LIMIT = 200 * 1024 * 1024

# All parts together: fifty such pages at half the fineness.
UNPACKED_LIMIT = 1_500 * 1024 * 1024
# A page has a handful of parts: its words, its fonts, its pictures.
STREAMS_LIMIT = 100_000

_STREAM = re.compile(rb"stream\r?\n")
_STEP = 256 * 1024

_Taken = TypeVar("_Taken")
_PAGE_NUMBER = re.compile(
    r"[-—–·\s]*(?:第\s*)?\d{1,4}\s*(?:页)?(?:\s*[/共]\s*(?:共\s*)?\d{1,4}\s*页?)?[-—–·\s]*"
)
_NEW_ITEM = re.compile(
    r"[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]|第[一二三四五六七八九十百\d]+条|[^，。；]{2,14}[：:]"
)
_NO_GLYPH = re.compile(r"\(cid:\d+\)")


@dataclass(frozen=True)
class PrintedLine:
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
    lines, blank_pages, width = read_pdf(name, data, _pages)
    refuse_without_text(name, "".join(line.text for line in lines))
    missed = [picture_page(number) for number in blank_pages]
    return "\n".join([*(words for words, _ in paragraphs(lines, edges(lines, width))), *missed])


def read_pdf(name: str, data: bytes, take: Callable[[Any], _Taken]) -> _Taken:
    """What `take` makes of the opened file. Raises UnreadableFile where it is encrypted or damaged."""
    import logging
    import struct

    import pdfplumber
    from pdfminer.pdfdocument import PDFPasswordIncorrect
    from pdfminer.psexceptions import PSException
    from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException

    if data.lstrip()[:5] != b"%PDF-":
        raise UnreadableFile(f"文件“{name}”不是 PDF 或者已损坏，打不开；请重新导出，或者把内容粘贴进来。")
    _refuse_swelling(name, data)
    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    damaged: tuple[type[Exception], ...] = (
        *(PdfminerException, MalformedPDFException, PSException, struct.error, zlib.error, EOFError),
        *(ValueError, TypeError, LookupError, AttributeError, OSError),
        *(ArithmeticError, AssertionError, RuntimeError),
    )
    try:
        with pdfplumber.open(io.BytesIO(data)) as pdf:
            return take(pdf)
    except damaged as fault:
        if any(isinstance(cause, PDFPasswordIncorrect) for cause in (fault, *fault.args)):
            raise UnreadableFile(f"文件“{name}”加了密码，打不开；请去掉密码后再提交。") from fault
        raise UnreadableFile(f"文件“{name}”已损坏，打不开；请重新导出，或者把内容粘贴进来。") from fault


def _refuse_swelling(name: str, data: bytes) -> None:
    """Raises UnreadableFile where a packed part would fill the memory: the reader would unpack it whole."""
    view, left = memoryview(data), UNPACKED_LIMIT
    for number, start in enumerate(_STREAM.finditer(data)):
        size = _unpacked_size(view[start.end() :])
        left -= size
        if number > STREAMS_LIMIT or size > STREAM_LIMIT or left < 0:
            raise UnreadableFile(
                f"文件“{name}”展开后太大，可能是压缩炸弹，没有读取；请核对来源，或者重新导出。"
            )


def _unpacked_size(packed: memoryview) -> int:
    """Bytes to which what is packed from here on unpacks, counted to just past the limit."""
    unpacker, size = zlib.decompressobj(), 0
    for at in range(0, len(packed), _STEP):
        piece: bytes | memoryview = packed[at : at + _STEP]
        while piece and not unpacker.eof:
            try:
                size += len(unpacker.decompress(piece, _STEP))
            except zlib.error:
                return size
            if size > STREAM_LIMIT:
                return size
            piece = unpacker.unconsumed_tail
        if unpacker.eof:
            return size
    return size


def refuse_without_text(name: str, text: str) -> None:
    """Raises UnreadableFile for a scan, and for a file whose characters are drawn and not told."""
    if not text.strip() or len("".join(_NO_GLYPH.findall(text))) * 2 > len(text):
        raise UnreadableFile(
            f"文件“{name}”里没有文字（可能是扫描件或者图片）；请先做文字识别（OCR），或者把内容粘贴进来。"
        )


def picture_page(number: int) -> str:
    """The line that stands for a page which could not be read."""
    return f"［第 {number} 页是图片，没有文字，未能读出］"


def _pages(pdf: Any) -> tuple[list[PrintedLine], list[int], float]:
    lines: list[PrintedLine] = []
    pictures: list[int] = []
    width, size = 0.0, 0
    for number, page in enumerate(pdf.pages, start=1):
        found = list(printed_lines(page, number))
        lines += found
        width = max(width, float(page.width))
        if not found and page.images:
            pictures.append(number)
        page.close()
        size += sum(len(line.text) for line in found)
        if size > TEXT_ENOUGH:
            break
    return lines, pictures, width


def printed_lines(page: Any, number: int) -> Iterator[PrintedLine]:
    """The lines of a page in order, without its page number."""
    for line in page.extract_text_lines(return_chars=False, strip=True):
        at_edge = line["top"] < page.height * 0.08 or line["bottom"] > page.height * 0.9
        if line["text"].strip() and not (at_edge and _PAGE_NUMBER.fullmatch(line["text"])):
            yield PrintedLine(line["text"], number, line["x0"], line["x1"], line["top"], line["bottom"])


def edges(lines: Sequence[PrintedLine], width: float) -> tuple[float, float]:
    """Where lines begin and where full ones end; no end where none comes near the page's right edge."""
    right = max((line.x1 for line in lines), default=0.0)
    return min((line.x0 for line in lines), default=0.0), right if right > width * 0.7 else float("inf")


def paragraphs(lines: Sequence[PrintedLine], edge: tuple[float, float]) -> Iterator[tuple[str, int]]:
    """Paragraphs and the page each begins on: a line that reaches the right edge goes on in the next,
    unless that one is set in."""
    if not lines:
        return
    left, right = edge
    words, page = lines[0].text, lines[0].page
    for before, line in zip(lines, lines[1:], strict=False):
        if before.x1 > right - before.size * 1.5 and _goes_on(before, line, left):
            gap = " " if words[-1:].isascii() and line.text[:1].isascii() and words[-1:].isalnum() else ""
            words += gap + line.text
        else:
            yield words, page
            words, page = line.text, line.page
    yield words, page


def _goes_on(before: PrintedLine, line: PrintedLine, left: float) -> bool:
    """Whether a line may be the rest of the one before: not set in, no gap above, no new item."""
    apart = line.page == before.page and line.top - before.bottom > before.size * 1.5
    return line.x0 < left + line.size * 0.8 and not apart and not _NEW_ITEM.match(line.text)
