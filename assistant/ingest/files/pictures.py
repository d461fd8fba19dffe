"""A picture in the place of a letter, a reply or a report: it has no text, and one line says what to do."""

from pathlib import Path

from assistant.errors import UnreadableFile

SUFFIXES = (
    *(".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".bmp", ".gif", ".tif", ".tiff"),
    *(".webp", ".heic", ".heif", ".avif"),
)
_BEGINNINGS = (b"\x89PNG", b"\xff\xd8\xff", b"GIF87a", b"GIF89a", b"II*\x00", b"MM\x00*")
# What a telephone takes: the name of the format stands behind the length of its first box.
_BRANDS = (b"heic", b"heix", b"hevc", b"heif", b"mif1", b"msf1", b"avif")


def is_picture(data: bytes) -> bool:
    """Whether a file is a picture by its first bytes, whatever it is called."""
    boxed = data[4:8] == b"ftyp" and data[8:12] in _BRANDS
    packed = data.startswith(b"RIFF") and data[8:12] == b"WEBP"
    drawn = data.startswith(b"BM") and data[6:10] == bytes(4)
    return data.startswith(_BEGINNINGS) or boxed or packed or drawn


def refuse_picture(name: str, data: bytes) -> None:
    """Raises UnreadableFile for a picture, by its first bytes or, where it is empty or damaged, by its name."""
    if is_picture(data) or Path(name).suffix.lower() in SUFFIXES:
        raise UnreadableFile(
            f"文件“{name}”是图片，里面没有可以读取的文字；"
            "请把内容打字录入或者粘贴进来，或者做文字识别（OCR）、扫描成带文字的 PDF 或者 Word 文件后再上传。"
        )
