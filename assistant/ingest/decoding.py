"""Bytes of a text file to text: UTF-8, UTF-16 and GB18030 (with GBK and GB2312 in it).

Strict, in an order that cannot go wrong: UTF-8 refuses what is not UTF-8, UTF-16 is taken only with its
mark, and what GB18030 makes of the rest must look like Chinese as it is written.
"""

import codecs

from assistant.errors import UnreadableFile

_KINDS = {
    b"%PDF": "PDF",
    b"PK\x03\x04": "Word 文档或者压缩包",
    b"\xd0\xcf\x11\xe0": "旧版 Word 文档或者加密的文档",
    b"\x89PNG": "图片",
    b"\xff\xd8\xff": "图片",
    b"GIF8": "图片",
    b"{\\rtf": "RTF 文档",
    b"\x7fELF": "程序",
    b"MZ\x90": "程序",
}
_ADVICE = "请用记事本另存为 UTF-8 编码的 .txt，或者把内容粘贴进来"
_PLAIN_CONTROLS = frozenset("\t\n\r\f\v\x1a")


def decode(name: str, data: bytes) -> str:
    """The text of a file. Raises UnreadableFile where it is binary or in an unknown encoding."""
    kind = kind_of(data)
    if kind:
        raise UnreadableFile(
            f"文件“{name}”的内容是{kind}，不是纯文本；请改用正确的扩展名，或者把内容粘贴进来。"
        )
    text = _unicode(data)
    if text is None:
        text = _gb18030(data)
        if text is not None and not _written_chinese(text):
            raise UnreadableFile(f"文件“{name}”的文字编码无法识别；{_ADVICE}。")
    if text is None or _binary(text):
        raise UnreadableFile(f"文件“{name}”不是文本文件（含有二进制内容）；{_ADVICE}。")
    return text.replace("\x1a", "")


def kind_of(data: bytes) -> str | None:
    """What a file really is by its first bytes, or None where they tell nothing."""
    return next((kind for magic, kind in _KINDS.items() if data.startswith(magic)), None)


def _unicode(data: bytes) -> str | None:
    marked = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        return data.decode("utf-16" if marked else "utf-8-sig")
    except UnicodeDecodeError:
        return None


def _gb18030(data: bytes) -> str | None:
    try:
        return data.decode("gb18030")
    except UnicodeDecodeError:
        return None


def _binary(text: str) -> bool:
    """A NUL, or more than a stray control character."""
    controls = sum(char < " " and char not in _PLAIN_CONTROLS for char in text)
    return "\0" in text or controls * 1000 > len(text)


def _written_chinese(text: str) -> bool:
    """Whether nine in ten characters beyond ASCII are of the common set that GB2312 holds.

    Bytes of another encoding, read as GB18030, come out as rare characters.
    """
    others = [char for char in text if char > "\x7f"]
    common = sum(_in_gb2312(char) for char in others)
    return common * 10 >= len(others) * 9


def _in_gb2312(char: str) -> bool:
    try:
        char.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True
