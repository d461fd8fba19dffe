"""A copy of the register on the disk: one archive file, or a folder with the same parts.

Parts: `register.jsonl` (every row), `enclosures/…` (the bytes of each enclosure under its digest), `台账.csv` for
people, and `manifest.json` with the digest of every part, written last. A copy appears whole under its name or not
at all, readable by its owner alone.
"""

import json
import os
import shutil
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile, mkdtemp
from typing import IO, Any, Protocol

from assistant.errors import InputError, RegisterFault

ROWS, MANIFEST, LEDGER, ENCLOSURES = "register.jsonl", "manifest.json", "台账.csv", "enclosures"
ARCHIVE = ".zip"

_BLOCK = 1024 * 1024
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, KeyError, NotImplementedError, OSError, ValueError)


class Place(Protocol):
    """Where parts are written: an archive or a folder."""

    def open(self, name: str) -> IO[bytes]:
        """A part by its name, to be written."""


@dataclass
class Writing:
    """A copy while it is written: its place, and the digest and size of every part so far."""

    place: Place
    parts: dict[str, dict[str, Any]] = field(default_factory=dict)

    def put(self, name: str, blocks: Iterable[bytes]) -> None:
        """One part."""
        digest, size = sha256(), 0
        with self.place.open(name) as out:
            for block in blocks:
                out.write(block)
                digest.update(block)
                size += len(block)
        self.parts[name] = {"digest": digest.hexdigest(), "size": size}

    def finish(self, about: dict[str, Any]) -> None:
        """The manifest: without it a copy is none."""
        text = json.dumps(about | {"parts": self.parts}, ensure_ascii=False, indent=1)
        with self.place.open(MANIFEST) as out:
            out.write(text.encode())


@dataclass(frozen=True)
class Copy:
    """A copy on the disk, archive or folder."""

    path: Path

    @contextmanager
    def open(self, name: str) -> Iterator[IO[bytes]]:
        """A part of it. Raises RegisterFault where it is gone or damaged."""
        try:
            if self.path.is_dir():
                with (self.path / name).open("rb") as part:
                    yield part
            else:
                with zipfile.ZipFile(self.path) as archive, archive.open(name) as part:
                    yield part
        except _DAMAGED as fault:
            raise _damaged(self.path, name) from fault

    def manifest(self) -> dict[str, Any]:
        """What the copy says of itself. Raises RegisterFault where it has no whole manifest."""
        with self.open(MANIFEST) as part:
            found = json.loads(part.read())
            if not isinstance(found, dict) or ROWS not in found["parts"]:
                raise ValueError(MANIFEST)
            return found

    def check(self) -> dict[str, Any]:
        """The manifest, once every part has the digest it names. Raises RegisterFault naming the damaged part."""
        manifest = self.manifest()
        for name, told in manifest["parts"].items():
            digest = sha256()
            with self.open(name) as part:
                while block := part.read(_BLOCK):
                    digest.update(block)
            if digest.hexdigest() != told["digest"]:
                raise _damaged(self.path, name)
        return manifest

    def lines(self) -> Iterator[str]:
        """The rows, line by line, the head first."""
        with self.open(ROWS) as part:
            for line in part:
                yield line.decode()


@contextmanager
def new_archive(path: Path) -> Iterator[Writing]:
    """A new archive under a name that is free; there whole when the block ends, else not at all."""
    _refuse_taken(path)
    with _half_file(path) as half:
        with zipfile.ZipFile(
            half, "w", zipfile.ZIP_DEFLATED, compresslevel=6, strict_timestamps=False
        ) as archive:
            yield Writing(_Archive(archive))
        half.flush()
        os.fsync(half.fileno())


@contextmanager
def new_folder(path: Path) -> Iterator[Writing]:
    """A new folder under a name that is free; there whole when the block ends, else not at all."""
    _refuse_taken(path)
    with _told(path):
        half = Path(mkdtemp(dir=path.absolute().parent, prefix=f".{path.name}."))
    try:
        with _told(path):
            yield Writing(_Folder(half))
            half.rename(path)
    finally:
        if half.exists():
            shutil.rmtree(half)


@contextmanager
def new_file(path: Path) -> Iterator[IO[bytes]]:
    """A new file under a name that is free; there whole when the block ends, else not at all."""
    _refuse_taken(path)
    with _half_file(path) as half:
        yield half
        half.flush()
        os.fsync(half.fileno())


@dataclass(frozen=True)
class _Archive:
    archive: zipfile.ZipFile

    def open(self, name: str) -> IO[bytes]:
        return self.archive.open(name, "w", force_zip64=True)


@dataclass(frozen=True)
class _Folder:
    folder: Path

    def open(self, name: str) -> IO[bytes]:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.touch(mode=0o600)
        return path.open("wb")


@contextmanager
def _half_file(path: Path) -> Iterator[IO[bytes]]:
    """Written beside its place, then moved there."""
    with _told(path):
        half = NamedTemporaryFile(dir=path.absolute().parent, prefix=f".{path.name}.", delete=False)  # noqa: SIM115
        try:
            with half:
                yield half
            Path(half.name).rename(path)
            _flush_folder(path.absolute().parent)
        finally:
            Path(half.name).unlink(missing_ok=True)


def _flush_folder(folder: Path) -> None:
    """The name itself is on the disk."""
    known = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(known)
    finally:
        os.close(known)


@contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as fault:
        raise InputError(
            f"不能写入 {path}（{fault.strerror}）；没有留下半份文件。请检查磁盘的空间和权限，或者另选位置。"
        ) from fault


def _refuse_taken(path: Path) -> None:
    if path.exists():
        raise InputError(f"{path} 已经有了；不覆盖已有的文件，请另起一个名称。")
    if not path.absolute().parent.is_dir():
        raise InputError(f"没有文件夹 {path.absolute().parent}；请先建立，或者另选位置。")


def _damaged(path: Path, name: str) -> RegisterFault:
    return RegisterFault(
        f"备份“{path.name}”已损坏（{name} 缺失或者被改动）；没有恢复任何内容，请用另一份备份。"
    )
