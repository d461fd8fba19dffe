"""A whole folder or archive of published reports, file after file: what can be read is, the rest is named."""

import io
import os
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import IO

from assistant.errors import InputError, UnreadableFile
from assistant.ingest.files.archive import Budget, entries, entry_bytes, is_clutter, open_archive
from assistant.ingest.files.published import (
    FILE_LIMIT,
    Published,
    read_published_bytes,
    shown_name,
    too_large,
)
from assistant.ingest.files.readers import file_bytes

# Files of one folder: as many as an archive may have, several times over.
FILES_LIMIT = 200_000
# The size of an archive as it lies on the disk.
ARCHIVE_LIMIT = 2 * 1024**3
# An archive in an archive is how provinces pass on what cities sent; a third level is no collection.
NESTING_LIMIT = 2
# The inner one is unpacked into memory.
INNER_LIMIT = 200 * 1024**2

_LARGER_ADVICE = "请只保留报告正文，或者拆成几个文件"


@dataclass(frozen=True)
class SetAside:
    """A file that could not be read, and why: one line that names fault and remedy."""

    name: str
    reason: str


Found = Published | SetAside
Progress = Callable[[str, int, int], None]


def read_folder(path: Path, progress: Progress | None = None) -> Iterator[Found]:
    """The files of a folder, with all folders in it, or of a .zip, by name; one in memory at a time.

    Names are paths within the folder or archive. Hidden files and the locks of office programs are passed
    over. A file that cannot be read is set aside and never stops the rest. `progress` is told name, number
    done and number of all after each file. Raises InputError where the path itself is neither, or empty.
    """
    if path.is_dir():
        yield from _folder(path, progress or _silent)
    elif path.suffix.lower() == ".zip" and path.exists():
        yield from _archive_file(path.name, "", path, progress or _silent)
    elif path.exists():
        raise InputError(f"“{path}”既不是文件夹也不是 .zip；请指定放报告的文件夹，或者一个 .zip 压缩包。")
    else:
        raise InputError(f"找不到文件夹：{path}；请检查路径。")


def _silent(_name: str, _done: int, _all: int) -> None:
    """Progress nobody asked for."""


def _folder(folder: Path, progress: Progress) -> Iterator[Found]:
    closed: list[SetAside] = []
    files = _files(folder, closed)
    yield from closed
    if not files and not closed:
        raise InputError(f"文件夹“{folder}”里没有文件；请检查是否选对了文件夹。")
    for done, path in enumerate(files, start=1):
        name = shown_name(str(path.relative_to(folder).as_posix()))
        if path.suffix.lower() == ".zip":
            yield from _packed_file(name, path)
        else:
            yield _file(name, path)
        progress(name, done, len(files))


def _files(folder: Path, closed: list[SetAside]) -> list[Path]:
    """Every file by name; links to folders are not followed, so none is read twice or for ever."""
    found: list[Path] = []

    def refuse(fault: OSError) -> None:
        name = shown_name(os.path.relpath(fault.filename, folder))
        closed.append(SetAside(name, f"文件夹“{name}”打不开（{fault.strerror}）；请检查权限。"))

    for root, folders, names in os.walk(folder, onerror=refuse):
        folders[:] = sorted(name for name in folders if not is_clutter(name))
        found += (Path(root, name) for name in names if not is_clutter(name))
        if len(found) > FILES_LIMIT:
            raise InputError(f"文件夹“{folder}”里的文件超过 {FILES_LIMIT} 个；请指定其中的一个子文件夹。")
    return sorted(found, key=lambda path: path.parts)


def _file(name: str, path: Path) -> Found:
    if not path.is_file():
        return SetAside(name, f"“{name}”不是普通文件或者链接已失效，没有读取；请换成文件本身。")
    try:
        return read_published_bytes(name, file_bytes(path, FILE_LIMIT, _LARGER_ADVICE))
    except InputError as fault:
        return SetAside(name, str(fault))


def _packed_file(name: str, path: Path) -> Iterator[Found]:
    try:
        yield from _archive_file(name, f"{name}/", path, _silent)
    except InputError as fault:
        yield SetAside(name, str(fault))


def _archive_file(name: str, within: str, path: Path, progress: Progress) -> Iterator[Found]:
    try:
        size = path.stat().st_size
        if size > ARCHIVE_LIMIT:
            raise UnreadableFile(too_large(name, size, ARCHIVE_LIMIT))
        stream = path.open("rb")
    except OSError as fault:
        raise InputError(f"压缩包“{name}”打不开（{fault.strerror}）；请检查权限和路径。") from fault
    with stream:
        yield from _archive(_Opened(name, within, 1, Budget()), stream, progress)


@dataclass(frozen=True)
class _Opened:
    """An archive on the way: what stands before the names in it, how deep it lies, what may yet be read."""

    name: str
    within: str
    depth: int
    budget: Budget


def _archive(opened: _Opened, stream: IO[bytes], progress: Progress) -> Iterator[Found]:
    with closing(open_archive(opened.name, stream)) as archive:
        files = entries(archive, opened.budget)
        if not files:
            raise InputError(f"压缩包“{opened.name}”里没有文件；请检查是否选对了压缩包。")
        for done, entry in enumerate(files, start=1):
            name = f"{opened.within}{entry.name}"
            inner = entry.name.lower().endswith(".zip")
            limit = INNER_LIMIT if inner else FILE_LIMIT
            if entry.fault:
                yield SetAside(name, f"文件“{name}”{entry.fault}。")
            elif entry.size > limit:
                yield SetAside(name, too_large(name, entry.size, limit))
            else:
                yield from _unpacked(opened, name, inner, partial(entry_bytes, archive, entry))
            progress(name, done, len(files))


def _unpacked(opened: _Opened, name: str, inner: bool, data: Callable[[], bytes]) -> Iterator[Found]:
    try:
        if not inner:
            yield read_published_bytes(name, data())
        elif opened.depth >= NESTING_LIMIT:
            raise InputError(
                f"压缩包“{name}”套得太深（超过 {NESTING_LIMIT} 层），没有打开；请先解压外面的压缩包。"
            )
        else:
            deeper = _Opened(name, f"{name}/", opened.depth + 1, opened.budget)
            yield from _archive(deeper, io.BytesIO(data()), _silent)
    except InputError as fault:
        yield SetAside(name, str(fault))
