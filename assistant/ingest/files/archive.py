"""Zip archives of published reports, opened without trust: nothing is unpacked to disk, and every size,
count and name is looked at before a byte is read."""

import io
import stat
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import PureWindowsPath
from typing import IO

from assistant.errors import UnreadableFile

# A province has some three thousand bodies that publish; ten years of them are a few archives.
ENTRIES_LIMIT = 20_000
# The list of that many entries takes some two megabytes; a larger one is made to fill the memory.
LIST_LIMIT = 16 * 1024 * 1024
# All files of one archive together, unpacked: what a person can have collected from web pages.
UNPACKED_LIMIT = 2 * 1024**3
# Text packs to a tenth, a page of empty cells to a hundredth; only bombs pack to less than that.
RATIO_LIMIT = 200
# Below this size a file may be packed as tightly as it likes: it can do no harm.
RATIO_FROM = 1024 * 1024

_END_OF_LIST = b"PK\x05\x06"
_END_SIZE = 22
_COMMENT_LIMIT = 65_535
_UTF8_NAME = 0x800
_ENCRYPTED = 0x1


@dataclass(frozen=True)
class Entry:
    """A file in an archive: its name as the packer saw it, and why it may not be read, "" where it may."""

    name: str
    size: int
    fault: str
    info: zipfile.ZipInfo


@dataclass
class Budget:
    """What one archive may still unpack to, with all archives in it."""

    size: int = UNPACKED_LIMIT
    files: int = ENTRIES_LIMIT

    def pay(self, size: int) -> str:
        """Take a file off; the reason why it may not be read where nothing is left."""
        if self.files <= 0 or size > self.size:
            return (
                f"压缩包展开后超过 {UNPACKED_LIMIT // 1024**3} GB 或者 {ENTRIES_LIMIT} 个文件，"
                "这个文件没有读取；请分成几个压缩包"
            )
        self.size -= size
        self.files -= 1
        return ""


def open_archive(name: str, stream: IO[bytes]) -> zipfile.ZipFile:
    """The archive. Raises UnreadableFile where it is damaged, or its list or number of files is too large."""
    if _list_size(stream) > LIST_LIMIT:
        raise UnreadableFile(f"压缩包“{name}”的文件目录太大，没有打开；请分成几个压缩包。")
    try:
        archive = zipfile.ZipFile(stream)
    except (zipfile.BadZipFile, ValueError, OSError, EOFError, NotImplementedError) as fault:
        raise UnreadableFile(
            f"压缩包“{name}”已损坏或者不是 .zip，打不开；请重新打包或者重新下载。"
        ) from fault
    if len(archive.filelist) > ENTRIES_LIMIT:
        raise UnreadableFile(
            f"压缩包“{name}”里有 {len(archive.filelist)} 个文件（上限 {ENTRIES_LIMIT} 个），没有读取；请分成几个压缩包。"
        )
    return archive


def entries(archive: zipfile.ZipFile, budget: Budget) -> list[Entry]:
    """The files of an archive by name, each with the reason why it may not be read; what may is paid for."""
    files = ((_name(info), info) for info in archive.filelist if not info.is_dir())
    found = []
    for name, info in sorted(files, key=lambda file: file[0]):
        if not is_clutter(name):
            fault = _fault(name, info) or budget.pay(info.file_size)
            found.append(Entry(name, info.file_size, fault, info))
    return found


def entry_bytes(archive: zipfile.ZipFile, entry: Entry) -> bytes:
    """The bytes of a file that may be read. Raises UnreadableFile where it is damaged."""
    try:
        return archive.read(entry.info)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError) as fault:
        raise UnreadableFile(f"压缩包里的“{entry.name}”已损坏，读不出来；请重新打包或者重新下载。") from fault
    except (NotImplementedError, RuntimeError) as fault:
        raise UnreadableFile(f"压缩包里的“{entry.name}”压缩方式特殊，读不出来；请重新打成 .zip。") from fault


def is_clutter(name: str) -> bool:
    """A file that programs leave behind, and no one published: hidden files, locks, thumbnails."""
    parts = name.replace("\\", "/").split("/")
    if any(part.startswith(".") and part not in (".", "..") for part in parts) or "__MACOSX" in parts:
        return True
    return parts[-1].startswith("~$") or parts[-1].lower() in ("thumbs.db", "desktop.ini")


def _name(info: zipfile.ZipInfo) -> str:
    """The name: UTF-8 where it is marked or reads as such, else GBK, as Chinese Windows packs."""
    if info.flag_bits & _UTF8_NAME:
        return info.filename
    try:
        raw = info.orig_filename.encode("cp437")
    except UnicodeEncodeError:
        return info.filename
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding).replace("\\", "/")
        except UnicodeDecodeError:
            continue
    return info.filename


def _fault(name: str, info: zipfile.ZipInfo) -> str:
    plain = name.replace("\\", "/")
    if plain.startswith("/") or PureWindowsPath(plain).drive or ".." in plain.split("/"):
        return "压缩包里的路径指向包外（以“/”、盘符开头或者含“..”），没有读取；请重新打包"
    if "\0" in name or any(char < " " for char in name):
        return "压缩包里的文件名含有控制字符，没有读取；请改名后重新打包"
    if info.flag_bits & _ENCRYPTED:
        return "加了密码，打不开；请去掉密码后重新打包"
    if stat.S_ISLNK(info.external_attr >> 16):
        return "是指向别处的链接，不是文件；请把文件本身打进包里"
    if info.file_size > RATIO_FROM and info.file_size > RATIO_LIMIT * max(info.compress_size, 1):
        return f"压缩得不合常理（展开后是 {info.file_size / 1024**2:.0f} MB），可能是压缩炸弹，没有读取；请解压后核对"
    return ""


def _list_size(stream: IO[bytes]) -> int:
    """Bytes the archive says its list of files takes, 0 where it says nothing."""
    end = stream.seek(0, io.SEEK_END)
    stream.seek(max(0, end - _END_SIZE - _COMMENT_LIMIT))
    tail = stream.read()
    at = tail.rfind(_END_OF_LIST)
    stream.seek(0)
    return int.from_bytes(tail[at + 12 : at + 16], "little") if at >= 0 else 0
