"""A folder of files an office keeps for the index, whatever their kind: published reports, earlier replies.

The files themselves are the source of truth: one that is added is indexed, one that is changed takes the
place of what it was, one that is removed leaves. Taking the text out of a PDF is slow, so each text is kept
beside the index under the digest of its file; it is never read for a file that has changed.
"""

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Literal

from assistant.errors import InputError
from assistant.ingest.files.archive import is_clutter
from assistant.ingest.files.folder import SetAside
from assistant.ingest.files.published import FILE_LIMIT, Published, read_published_bytes
from assistant.ingest.files.readers import file_bytes

Change = Literal["added", "changed", "same"]
Progress = Callable[[str, int, int], None]

# Raised when files are read into other text than before: every text is taken anew.
READING = 1
_STEP = "读取文件"


@dataclass(frozen=True)
class Kept:
    """A file of the shelf by its place in the folder, and the digest of its bytes."""

    name: str
    path: Path
    digest: str


@dataclass(frozen=True)
class Shelf:
    """The folder, and where the texts taken from its files are kept. A folder that is not there is empty."""

    folder: Path
    texts: Path

    @cached_property
    def files(self) -> tuple[Kept, ...]:
        """Every file by name; hidden files and the lock files of Word are none."""
        paths = sorted(self.folder.rglob("*")) if self.folder.is_dir() else []
        names = ((path.relative_to(self.folder).as_posix(), path) for path in paths if path.is_file())
        return tuple(Kept(name, path, _digest(path)) for name, path in names if not is_clutter(name))

    @cached_property
    def digest(self) -> str:
        """Changes with any name and any byte."""
        found = hashlib.sha256(f"{READING}".encode())
        for file in self.files:
            found.update(f"{file.name}\0{file.digest}\n".encode())
        return found.hexdigest()[:16]

    def read(self, progress: Progress | None = None) -> Iterator[Published | SetAside]:
        """The text of every file, or why it has none; texts of files that are gone are swept away at the end."""
        tell = progress or (lambda what, done, total: None)
        for done, file in enumerate(self.files, start=1):
            yield self._text_of(file)
            tell(_STEP, done, len(self.files))
        self._sweep()

    def put(self, name: str, data: bytes, check: Callable[[Published], None]) -> Change:
        """A file under this name, if its text can be had and passes the check. Raises InputError if not.

        Its text is kept at once; the file is written whole or not at all.
        """
        place = self.folder / name
        file = Kept(name, place, hashlib.sha256(data).hexdigest())
        before = _digest(place) if place.is_file() else None
        if before == file.digest:
            return "same"
        found = read_published_bytes(name, data)
        check(found)
        _keep(self._place(file), found)
        place.parent.mkdir(parents=True, exist_ok=True)
        draft = place.with_name(f".{place.name}.new")
        draft.write_bytes(data)
        draft.replace(place)
        return "added" if before is None else "changed"

    def _text_of(self, file: Kept) -> Published | SetAside:
        place = self._place(file)
        found = _load(place, file)
        if found is None:
            found = _take(file)
            _keep(place, found)
        return found

    def _place(self, file: Kept) -> Path:
        """The kind of a file tells how it is read, so it is part of the name."""
        return self.texts / str(READING) / f"{file.digest}{file.path.suffix.lower()}.json"

    def _sweep(self) -> None:
        wanted = {self._place(file) for file in self.files}
        for path in self.texts.rglob("*.json") if self.texts.is_dir() else ():
            if path not in wanted:
                path.unlink(missing_ok=True)


def _digest(path: Path) -> str:
    """Of the bytes; a file too large to be read at all is told by its size and time."""
    stat = path.stat()
    if stat.st_size > FILE_LIMIT:
        return hashlib.sha256(f"{stat.st_size} {stat.st_mtime_ns}".encode()).hexdigest()
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _take(file: Kept) -> Published | SetAside:
    try:
        return read_published_bytes(
            file.name, file_bytes(file.path, FILE_LIMIT, "请只保留正文，或者拆成几个文件")
        )
    except InputError as fault:
        return SetAside(file.name, str(fault))


def _load(place: Path, file: Kept) -> Published | SetAside | None:
    """What was kept; nothing where it was never taken or the record is damaged."""
    try:
        row = json.loads(place.read_text(encoding="utf-8"))
        if row["reason"] is not None:
            return SetAside(file.name, str(row["reason"]))
        places = {int(line): str(words) for line, words in row["places"].items()}
        return Published(file.name, str(row["text"]), file.digest, places)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def _keep(place: Path, found: Published | SetAside) -> None:
    """Written whole or not at all."""
    row: dict[str, object] = {"reason": None, "text": None, "places": {}}
    if isinstance(found, SetAside):
        row["reason"] = found.reason
    else:
        row |= {"text": found.text, "places": dict(found.places)}
    place.parent.mkdir(parents=True, exist_ok=True)
    draft = place.with_name(f"{place.name}.new")
    draft.write_text(json.dumps(row, ensure_ascii=False), encoding="utf-8")
    draft.replace(place)
