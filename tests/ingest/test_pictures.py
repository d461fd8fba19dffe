"""Pictures in the place of text: one line on every way in, whatever the file is called."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from assistant.errors import UnreadableFile
from assistant.ingest.files.paper import read_paper_bytes
from assistant.ingest.files.pictures import SUFFIXES, is_picture
from assistant.ingest.files.published import read_published_bytes
from assistant.ingest.files.readers import read_letter_bytes

READERS: dict[str, Callable[[str, bytes], Any]] = {
    "letter": read_letter_bytes,
    "reply": read_paper_bytes,
    "report": read_published_bytes,
}
BEGINNINGS = {
    "png": b"\x89PNG\r\n\x1a\n\x00\x00",
    "jpg": b"\xff\xd8\xff\xe0\x00\x10JFIF",
    "gif": b"GIF89a\x01\x00",
    "bmp": b"BM\x36\x00\x0c\x00\x00\x00\x00\x00\x36\x00",
    "tif": b"II*\x00\x08\x00\x00\x00",
    "webp": b"RIFF\x24\x00\x00\x00WEBPVP8 ",
    "heic": b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00",
}


@pytest.mark.parametrize("reader", READERS.values(), ids=READERS)
@pytest.mark.parametrize("suffix", [*SUFFIXES, ".JPG", ".HEIC"])
def test_a_picture_says_that_it_has_no_text_and_what_to_do(
    reader: Callable[[str, bytes], Any], suffix: str
) -> None:
    """One line, the same for a letter, a reply and a report, even of a damaged file."""
    with pytest.raises(UnreadableFile, match="是图片，里面没有可以读取的文字.*打字录入.*OCR") as told:
        reader(f"照片{suffix}", b"\x01")
    assert "\n" not in str(told.value)


@pytest.mark.parametrize("reader", READERS.values(), ids=READERS)
@pytest.mark.parametrize("kind", BEGINNINGS)
@pytest.mark.parametrize("name", ["扫描.docx", "扫描.pdf", "扫描.txt", "扫描"])
def test_a_picture_under_another_name_is_one_all_the_same(
    reader: Callable[[str, bytes], Any], kind: str, name: str
) -> None:
    """Its first bytes tell."""
    with pytest.raises(UnreadableFile, match="是图片"):
        reader(name, BEGINNINGS[kind] + bytes(40))


@pytest.mark.parametrize("text", ["BM公司的申请书", "GIF是一种格式", "RIFF", "%PDF-1.7", ""])
def test_a_text_is_no_picture(text: str) -> None:
    """Words that begin as a picture's name does."""
    assert not is_picture(text.encode())


def test_a_picture_is_set_aside_by_a_folder_with_the_same_line(tmp_path: Path) -> None:
    """The other files are read."""
    from assistant.ingest.files.folder import SetAside, read_folder

    (tmp_path / "年报.md").write_text("# 2023年度报告\n一、总体情况\n", encoding="utf-8")
    (tmp_path / "扫描件.png").write_bytes(BEGINNINGS["png"])
    aside = [one for one in read_folder(tmp_path) if isinstance(one, SetAside)]
    assert ["扫描件.png"] == [one.name for one in aside]
    assert "是图片" in aside[0].reason
