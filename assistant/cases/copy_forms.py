"""A copy of the register as it comes in: an archive, a folder, lines of JSON, or a workbook; all say the same.

Each gives its head, its rows and the bytes of its enclosures. Basis: the house's own.
"""

import base64
import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, Protocol

from assistant.cases.copy_files import ARCHIVE, ENCLOSURES, MANIFEST, ROWS, Copy
from assistant.cases.copy_sheets import ABOUT, read_sheets
from assistant.cases.copying import COPY, CopyHead, read_head, read_row
from assistant.cases.enclosures import Enclosure
from assistant.errors import InputError, RegisterFault

LINES, SHEETS = ".jsonl", ".xlsx"
BYTES = "bytes"

_BLOCK = 1024 * 1024


class Incoming(Protocol):
    """A copy that can be put into a register."""

    @property
    def name(self) -> str:
        """What it is called in a message."""

    def digest(self) -> str:
        """What the audit trail names it by. Raises RegisterFault where a part is damaged."""

    def head(self) -> CopyHead:
        """What it says of itself."""

    def rows(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """Every row with its table."""

    def enclosures(self) -> Iterator[Enclosure]:
        """The bytes it brings along, each by its digest."""


@dataclass(frozen=True)
class PartsCopy:
    """An archive or a folder."""

    path: Path

    @property
    def name(self) -> str:
        """The name of the file or folder."""
        return self.path.name

    def digest(self) -> str:
        """The digest of its rows; every part is held against the manifest first."""
        return str(Copy(self.path).check()["parts"][ROWS]["digest"])

    def head(self) -> CopyHead:
        """The first line of its rows."""
        return read_head(next(Copy(self.path).lines(), ""), self.name)

    def rows(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """The rows after the head."""
        lines = Copy(self.path).lines()
        next(lines, "")
        return (read_row(line, self.name) for line in lines)

    def enclosures(self) -> Iterator[Enclosure]:
        """Each part under enclosures/; its name is its digest."""
        copy = Copy(self.path)
        for name in copy.manifest()["parts"]:
            if name.startswith(f"{ENCLOSURES}/"):
                with copy.open(name) as part:
                    yield _as_named(name.rpartition("/")[2], part.read(), self.name)


@dataclass(frozen=True)
class LinesCopy:
    """One file of lines."""

    path: Path

    @property
    def name(self) -> str:
        """The name of the file."""
        return self.path.name

    def digest(self) -> str:
        """The digest of the file."""
        return _file_digest(self.path)

    def head(self) -> CopyHead:
        """The first line."""
        return read_head(next(self._lines(), ""), self.name)

    def rows(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """The rows; the bytes of enclosures come after them."""
        lines = self._lines()
        next(lines, "")
        return (read_row(line, self.name) for line in lines if not _is_bytes(line))

    def enclosures(self) -> Iterator[Enclosure]:
        """The lines that hold bytes."""
        for line in self._lines():
            if _is_bytes(line):
                try:
                    _, found = json.loads(line)
                    data = base64.b64decode(found["base64"], validate=True)
                except (ValueError, KeyError, TypeError) as fault:
                    raise RegisterFault(f"“{self.name}”里有一个附件已损坏；没有恢复，请用另一份。") from fault
                yield _as_named(str(found.get("digest")), data, self.name)

    def _lines(self) -> Iterator[str]:
        try:
            with self.path.open(encoding="utf-8", newline="\n") as lines:
                yield from lines
        except (OSError, UnicodeDecodeError) as fault:
            raise RegisterFault(f"“{self.name}”读不了，或者已损坏；没有恢复，请用另一份。") from fault


@dataclass(frozen=True)
class SheetsCopy:
    """A workbook; it holds no bytes of enclosures, which must already lie in their folder."""

    path: Path

    @property
    def name(self) -> str:
        """The name of the file."""
        return self.path.name

    def digest(self) -> str:
        """The digest of the file."""
        return _file_digest(self.path)

    def head(self) -> CopyHead:
        """What its sheet 导出说明 says."""
        return read_head(next(read_sheets(self.path)), self.name)

    def rows(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """The rows of every sheet of a table."""
        lines = read_sheets(self.path)
        next(lines, "")
        return (read_row(line, self.name) for line in lines)

    def enclosures(self) -> Iterator[Enclosure]:
        """None."""
        return iter(())


def bytes_line(enclosure: Enclosure) -> bytes:
    """An enclosure as a line."""
    found = {"digest": enclosure.digest, "base64": base64.b64encode(enclosure.data).decode()}
    return f"{json.dumps([BYTES, found])}\n".encode()


def incoming(path: Path) -> Incoming:
    """The copy at a path. Raises InputError for what is none."""
    if not path.exists():
        raise InputError(f"找不到 {path}；请检查路径。")
    if path.is_dir() or path.suffix.lower() == ARCHIVE:
        return PartsCopy(path)
    if path.suffix.lower() == LINES:
        return LinesCopy(path)
    if path.suffix.lower() == SHEETS:
        return SheetsCopy(path)
    raise InputError(
        f"“{path.name}”不是登记簿的备份或者导出文件；可用：{ARCHIVE}、{LINES}、{SHEETS} 和导出的文件夹。"
    )


def is_copy(path: Path) -> bool:
    """Whether a file is a copy of a whole register rather than an office's own ledger."""
    if path.is_dir():
        return (path / MANIFEST).is_file()
    if path.suffix.lower() == SHEETS:
        return _has_about(path)
    return path.suffix.lower() in (ARCHIVE, LINES)


def _has_about(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as book:
            return f'name="{ABOUT}"'.encode() in book.read("xl/workbook.xml")
    except (zipfile.BadZipFile, KeyError, OSError):
        return False


def _is_bytes(line: str) -> bool:
    return line.startswith(f'["{BYTES}"')


def _as_named(digest: str, data: bytes, where: str) -> Enclosure:
    found = Enclosure(digest, data)
    if found.digest != digest:
        raise RegisterFault(f"“{where}”里的附件 {digest[:12]}… 已损坏；没有恢复，请用另一份备份。")
    return found


def _file_digest(path: Path) -> str:
    digest = sha256()
    try:
        with path.open("rb") as data:
            while block := data.read(_BLOCK):
                digest.update(block)
    except OSError as fault:
        raise RegisterFault(f"“{path.name}”读不了（{fault.strerror}）；请检查路径和权限。") from fault
    return digest.hexdigest()


__all__ = ["COPY", "Incoming", "LinesCopy", "PartsCopy", "SheetsCopy", "bytes_line", "incoming", "is_copy"]
