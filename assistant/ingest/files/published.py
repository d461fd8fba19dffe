"""A published annual report in whatever kind of file it comes: web page, Word, PDF, spreadsheet, text.

What a file is, is told by its first bytes before its name: pages saved as .doc and PDFs without a suffix
are common. Nothing is guessed and nothing is lost in silence.

Basis: 政府信息公开条例第四十九条、第五十条.
"""

import hashlib
import io
import os
import re
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.errors import InputError, UnreadableFile
from assistant.ingest.files.decoding import decode
from assistant.ingest.files.docx_text import docx_lines
from assistant.ingest.files.html_text import html_lines
from assistant.ingest.files.pdf_tables import pdf_lines
from assistant.ingest.files.pictures import refuse_picture
from assistant.ingest.files.readers import OTHER_KINDS, file_bytes, unix_lines
from assistant.ingest.files.sheet_text import sheet_lines
from assistant.ingest.files.table_rows import PlacedLine

# A scanned seal or a few photographs make a report of some ten megabytes; larger files are collections.
FILE_LIMIT = 50 * 1024 * 1024
# Mark-up and plain text of one report are some hundred kilobytes; pictures kept inside a page make it more.
PLAIN_LIMIT = 16 * 1024 * 1024
# The longest report of a province has some hundred thousand characters.
TEXT_LIMIT = 2_000_000

KINDS = (".html", ".htm", ".txt", ".md", ".docx", ".pdf", ".xlsx")
PACKED = (".zip", ".rar", ".7z", ".gz", ".tar", ".tgz")

_READABLE = "、".join(KINDS)
_ADVICE = {
    **OTHER_KINDS,
    ".xls": "请在 Excel 或 WPS 中另存为 .xlsx 后再试",
    ".et": "请在 WPS 中另存为 .xlsx 后再试",
    ".csv": "请在 Excel 或 WPS 中另存为 .xlsx 后再试",
    ".ofd": "请用 OFD 阅读器另存为 PDF 后再试",
    **dict.fromkeys((".mht", ".mhtml"), "请用浏览器打开后另存为“网页，仅 HTML”（.html）后再试"),
    **dict.fromkeys(PACKED, "请先解压，或者打成 .zip 作为一批来读"),
}
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_PAGE = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--.{0,500}?-->\s*)*"
    rb"<(?:!doctype\s+html|html|head|body|table|div|meta)\b",
    re.IGNORECASE | re.DOTALL,
)

_Reader = Callable[[str, bytes], Sequence[PlacedLine]]


@dataclass(frozen=True)
class Published:
    """One published file as text: tables a row a line, in the order of the document.

    `digest` is the SHA-256 of the file in hex. `places` gives, by line of `text` counted from 1, where the
    line stood in the source in words a clerk understands; a line that is not in it is its own place.
    """

    name: str
    text: str
    digest: str
    places: Mapping[int, str]


def read_published(path: Path) -> Published:
    """A published file as text.

    Raises InputError where the file is missing, empty or of a kind that cannot be read, and UnreadableFile
    where no text can be taken from it; both name the file, its fault and what to do.
    """
    return read_published_bytes(
        shown_name(path.name), file_bytes(path, FILE_LIMIT, "请只保留报告正文，或者拆成几个文件")
    )


def read_published_bytes(name: str, data: bytes) -> Published:
    """A published file as text, from its bytes; `name` may be a path within a folder. Errors as above."""
    if len(data) > FILE_LIMIT:
        raise UnreadableFile(too_large(name, len(data), FILE_LIMIT))
    refuse_picture(name, data)
    if not data.strip():
        raise InputError(f"文件“{name}”是空的，没有文字；请检查是否选对了文件。")
    kind = _kind(name, data)
    if kind in (".html", ".txt") and len(data) > PLAIN_LIMIT:
        raise UnreadableFile(too_large(name, len(data), PLAIN_LIMIT))
    lines = _READERS[kind](name, data)
    text = "\n".join(line.text for line in lines)
    if not text.strip():
        raise InputError(
            f"文件“{name}”里没有文字（可能只有图片，或者内容要联网才显示）；请打开核对，另存后再试。"
        )
    if len(text) > TEXT_LIMIT:
        raise UnreadableFile(
            f"文件“{name}”的文字太多（{len(text)} 字，上限 {TEXT_LIMIT} 字），不像一份年度报告；请拆开后再试。"
        )
    places = {number: line.place for number, line in enumerate(lines, start=1) if line.place}
    return Published(name, text, hashlib.sha256(data).hexdigest(), places)


def shown_name(name: str) -> str:
    """A file's name fit for print; one that a Chinese Windows wrote in GBK is read as it was meant."""
    raw = os.fsencode(name)
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("utf-8", "replace")


def _plain_lines(name: str, data: bytes) -> list[PlacedLine]:
    """The lines of a text file as they are: each is its own place."""
    return [PlacedLine(line) for line in unix_lines(decode(name, data)).split("\n")]


_READERS: Mapping[str, _Reader] = {
    ".html": html_lines,
    ".txt": _plain_lines,
    ".docx": docx_lines,
    ".pdf": pdf_lines,
    ".xlsx": sheet_lines,
}


def _kind(name: str, data: bytes) -> str:
    """Which reader a file is for. Raises InputError naming the kind that none can read."""
    suffix = Path(name).suffix.lower()
    if data.startswith(b"%PDF-"):
        return ".pdf"
    if data.startswith(b"PK"):
        return _packed_kind(name, data, suffix)
    if data.startswith(_OLD_OFFICE):
        raise UnreadableFile(_old_office(name, suffix))
    if _PAGE.match(data):
        return ".html"
    known = {".htm": ".html", ".md": ".txt"}.get(suffix, suffix)
    if known not in _READERS:
        raise InputError(_unknown(name, suffix))
    return known


def _packed_kind(name: str, data: bytes, suffix: str) -> str:
    """Word, spreadsheet or another package; a damaged one is left to the reader its suffix names."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            inside = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as fault:
        if suffix in (".docx", ".xlsx"):
            return suffix
        raise UnreadableFile(f"文件“{name}”已损坏，打不开；请重新导出或者重新下载。") from fault
    folders = {part.partition("/")[0] for part in inside if "/" in part}
    for folder, kind in (("word", ".docx"), ("xl", ".xlsx")):
        if folder in folders:
            return kind
    if suffix in (".docx", ".xlsx"):
        return suffix
    raise InputError(_unknown(name, ".ofd" if "OFD.xml" in inside else suffix or ".zip"))


def _unknown(name: str, suffix: str) -> str:
    advice = _ADVICE.get(suffix, "请另存为其中一种后再试")
    return f"文件“{name}”的类型不能读取（可读：{_READABLE}）；{advice}。"


def _old_office(name: str, suffix: str) -> str:
    if suffix in (".docx", ".xlsx"):
        return f"文件“{name}”加了密码或者是旧版格式，打不开；请去掉密码，另存为 {suffix} 后再试。"
    advice = _ADVICE.get(suffix, "请在 Word、Excel 或 WPS 中另存为 .docx 或 .xlsx 后再试")
    return f"文件“{name}”是旧版 Office 文档，不能读取；{advice}。"


def too_large(name: str, size: int, limit: int) -> str:
    """Why a file was not read that is larger than `limit` bytes."""
    return (
        f"文件“{name}”太大（{size / 1024**2:.1f} MB，上限 {limit // 1024**2} MB），没有读取；"
        "请只保留报告正文，或者拆成几个文件。"
    )
