"""Bytes of a text file to text: UTF-8, UTF-16 and GB18030 (with GBK and GB2312 in it).

Strict, in an order that cannot go wrong: UTF-8 refuses what is not UTF-8, UTF-16 is taken only with its
mark, and what GB18030 makes of the rest must look like Chinese as it is written.
"""

import codecs
import re

from assistant.errors import UnreadableFile
from assistant.ingest.files.pictures import refuse_picture

_KINDS = {
    b"%PDF": "PDF",
    b"PK\x03\x04": "Word 文档或者压缩包",
    b"\xd0\xcf\x11\xe0": "旧版 Word 文档或者加密的文档",
    b"{\\rtf": "RTF 文档",
    b"\x7fELF": "程序",
    b"MZ\x90": "程序",
}
_ADVICE = "请用记事本另存为 UTF-8 编码的 .txt，或者把内容粘贴进来"
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x19\x1b-\x1f]")
_ASCII = re.compile(r"[\x00-\x7f]+")
# A page declares its encoding early: HTML asks for the first 1024 bytes, Word's export needs more.
_DECLARED_WITHIN = 8192
_BIG5 = re.compile(rb"charset\s*=\s*[\"']?\s*(?:x-x-)?big-?5", re.IGNORECASE)


def decode(name: str, data: bytes) -> str:
    """The text of a file. Raises UnreadableFile where it is binary or in an unknown encoding."""
    _refuse_binary_kinds(name, data)
    text = _unicode(data)
    if text is None:
        text = _strictly(data, "gb18030")
        if text is not None and not _written_chinese(text):
            raise UnreadableFile(f"文件“{name}”的文字编码无法识别；{_ADVICE}。")
    return _plain(name, text)


def decode_page(name: str, data: bytes) -> str:
    """The text of a web page, also where the encoding it declares is wrong, or a few bytes are broken.

    UTF-8 where it is UTF-8, whatever the page says of itself; else GB18030 where that gives Chinese as it
    is written; Big5 only where the page says so. Broken bytes, at most one in a thousand, come out as `�`.
    Raises UnreadableFile.
    """
    _refuse_binary_kinds(name, data)
    text = _unicode(data)
    if text is None:
        text = _strictly(data, "gb18030")
        if text is None or not _written_chinese(text):
            text = _declared_big5(data) or _with_marks(data)
    if text is None:
        raise UnreadableFile(f"网页“{name}”的文字编码无法识别；请用浏览器打开后另存为 UTF-8 编码的网页。")
    return _plain(name, text)


def kind_of(data: bytes) -> str | None:
    """What a file really is by its first bytes, or None where they tell nothing."""
    return next((kind for magic, kind in _KINDS.items() if data.startswith(magic)), None)


def _unicode(data: bytes) -> str | None:
    marked = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        return data.decode("utf-16" if marked else "utf-8-sig")
    except UnicodeDecodeError:
        return None


def _strictly(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _declared_big5(data: bytes) -> str | None:
    return _strictly(data, "big5hkscs") if _BIG5.search(data[:_DECLARED_WITHIN]) else None


def _with_marks(data: bytes) -> str | None:
    """The text with `�` for each broken byte, in the encoding that leaves next to none."""
    for encoding in ("utf-8", "gb18030"):
        text = data.decode(encoding, "replace")
        if text.count("\ufffd") * 1000 <= len(data) and _written_chinese(text.replace("\ufffd", "")):
            return text
    return None


def _plain(name: str, text: str | None) -> str:
    if text is None or _binary(text):
        raise UnreadableFile(f"文件“{name}”不是文本文件（含有二进制内容）；{_ADVICE}。")
    return text.replace("\x1a", "")


def _refuse_binary_kinds(name: str, data: bytes) -> None:
    refuse_picture(name, data)
    kind = kind_of(data)
    if kind:
        raise UnreadableFile(
            f"文件“{name}”的内容是{kind}，不是纯文本；请改用正确的扩展名，或者把内容粘贴进来。"
        )


def _binary(text: str) -> bool:
    """A NUL, or more than a stray control character."""
    return "\0" in text or len(_CONTROLS.findall(text)) * 1000 > len(text)


def _written_chinese(text: str) -> bool:
    """Whether nine in ten characters beyond ASCII are of the common set that GB2312 holds.

    Bytes of another encoding, read as GB18030, come out as rare characters.
    """
    others = "".join(_ASCII.sub("", text).split())  # no-break spaces say nothing of an encoding
    return len(others.encode("gb2312", "ignore")) * 5 >= len(others) * 9
