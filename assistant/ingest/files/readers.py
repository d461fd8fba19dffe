"""Letters as files: .txt, .md, .docx and .pdf become plain text, or one line says why they cannot.

Nothing is guessed and nothing is lost in silence: a file of which the text cannot be had whole is refused
by name, with what to do next.
"""

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from assistant.errors import InputError, UnreadableFile
from assistant.ingest.files.decoding import decode
from assistant.ingest.files.docx_text import docx_text
from assistant.ingest.files.pdf_text import pdf_text
from assistant.ingest.files.pictures import refuse_picture
from assistant.ingest.files.table_rows import INVISIBLE

FILE_LIMIT = 20 * 1024 * 1024
TEXT_LIMIT = 1024 * 1024

_Reader = Callable[[str, bytes], str]
_READERS: dict[str, _Reader] = {".txt": decode, ".md": decode, ".docx": docx_text, ".pdf": pdf_text}
OTHER_KINDS = {
    ".doc": "请在 Word 或 WPS 中另存为 .docx 后再试",
    ".docm": "请另存为不含宏的 .docx 后再试",
    ".wps": "请在 WPS 中另存为 .docx 后再试",
    ".rtf": "请另存为 .docx 后再试",
}


def read_letter(path: Path) -> str:
    """The text of a request letter or reply.

    Raises InputError where the file is missing, empty, too long or of another kind, and UnreadableFile
    where no text can be taken from it.
    """
    return read_letter_bytes(path.name, file_bytes(path))


def read_letter_bytes(name: str, data: bytes) -> str:
    """The text of an uploaded letter; `name` tells its kind. Errors as in `read_letter`."""
    name = Path(name).name
    suffix = Path(name).suffix.lower()
    refuse_picture(name, data)
    if suffix not in _READERS:
        advice = OTHER_KINDS.get(suffix, "请另存为其中一种，或者把内容粘贴进来")
        raise InputError(f"文件“{name}”的类型不能读取（可读：.txt、.md、.docx、.pdf）；{advice}。")
    if len(data) > FILE_LIMIT:
        raise UnreadableFile(
            f"文件“{name}”太大（{_megabytes(len(data))}，上限 20 MB）；请只提交申请书正文，或者把内容粘贴进来。"
        )
    if not data.strip():
        raise InputError(f"文件“{name}”是空的，没有文字；请检查是否选对了文件。")
    text = unix_lines(_READERS[suffix](name, data))
    if not text.strip():
        raise InputError(f"文件“{name}”里只有空白，没有文字；请检查是否选对了文件。")
    size = len(text.encode("utf-8"))
    if size > TEXT_LIMIT:
        raise UnreadableFile(f"文件“{name}”的文字太多（{_megabytes(size)}，上限 1 MB）；请只保留申请书正文。")
    return text


def read_lines(path: Path, keys: Sequence[str]) -> list[dict[str, Any]]:
    """The objects of a JSON Lines file, each with the keys asked for. Raises InputError naming the line."""
    rows = []
    for number, line in enumerate(decode(path.name, file_bytes(path)).splitlines(), start=1):
        if line.strip():
            rows.append(_line_object(line, keys, f"文件“{path.name}”第 {number} 行"))
    if not rows:
        raise InputError(f"文件“{path.name}”里没有内容；每行应当是一个 JSON 对象，含 {'、'.join(keys)}。")
    return rows


def _line_object(line: str, keys: Sequence[str], where: str) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except json.JSONDecodeError as fault:
        raise InputError(f"{where}不是有效的 JSON；每行应当是一个对象，含 {'、'.join(keys)}。") from fault
    lacking = [key for key in keys if not isinstance(row, dict) or key not in row]
    if lacking:
        raise InputError(f"{where}缺少 {'、'.join(lacking)}；请补齐后再试。")
    return dict(row)


def file_bytes(path: Path, limit: int = FILE_LIMIT, advice: str = "请只提交申请书正文") -> bytes:
    """The bytes of a file. Raises InputError where it is missing or cannot be opened, UnreadableFile if too large."""
    if path.is_dir():
        raise InputError(f"“{path}”是文件夹，不是文件；请指定其中的一个文件。")
    try:
        size = path.stat().st_size
        if size > limit:
            raise UnreadableFile(
                f"文件“{path.name}”太大（{_megabytes(size)}，上限 {limit // 1024**2} MB）；{advice}。"
            )
        return path.read_bytes()
    except FileNotFoundError as fault:
        raise InputError(f"找不到文件：{path}；请检查路径。") from fault
    except OSError as fault:
        raise InputError(f"文件“{path}”打不开（{fault.strerror}）；请检查权限和路径。") from fault


def unix_lines(text: str) -> str:
    """One kind of line end, no invisible characters."""
    return INVISIBLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def _megabytes(size: int) -> str:
    return f"{size / 1024 / 1024:.1f} MB"
