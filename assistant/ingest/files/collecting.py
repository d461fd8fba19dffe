"""Collecting files for a shelf: from files, folders, zip archives and, where allowed, addresses.

Files are kept as they were published. What cannot be read, or is not what the shelf is for, is set aside with
the reason. A file is on the shelf whole or not at all, so collecting that was broken off is simply done again.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from assistant.errors import InputError
from assistant.ingest.files.archive import Budget, Entry, entries, entry_bytes, is_clutter, open_archive
from assistant.ingest.files.folder import SetAside
from assistant.ingest.files.online import fetch
from assistant.ingest.files.published import FILE_LIMIT, Published
from assistant.ingest.files.readers import file_bytes
from assistant.ingest.files.shelf import Change, Progress, Shelf

_STEP = "收进资料夹"
_SCHEMES = ("http://", "https://")


@dataclass(frozen=True)
class Collected:
    """How many files are new, changed or there already, and those that were not taken."""

    counts: Counter[Change]
    set_aside: tuple[SetAside, ...]


@dataclass(frozen=True)
class _Source:
    """A file somewhere: the name it will have, and how its bytes are had."""

    name: str
    load: Callable[[], bytes]


def collect(
    paths: Iterable[str],
    shelf: Shelf,
    check: Callable[[Published], None],
    online: bool = False,
    progress: Progress | None = None,
) -> Collected:
    """Put every file the paths lead to on the shelf, under its own name.

    `check` raises InputError for a file that does not belong there. Raises InputError for a path that is not
    there, and for an address where none is allowed.
    """
    counts: Counter[Change] = Counter()
    aside: list[SetAside] = []
    for path in paths:
        sources = list(_sources(path, online))
        for done, source in enumerate(sources, start=1):
            try:
                counts[shelf.put(source.name, source.load(), check)] += 1
            except InputError as fault:
                aside.append(SetAside(source.name, str(fault)))
            if progress:
                progress(_STEP, done, len(sources))
    return Collected(counts, tuple(aside))


def _sources(path: str, online: bool) -> Iterator[_Source]:
    place = Path(path)
    if path.startswith(_SCHEMES):
        yield _address(path, online)
    elif place.is_dir():
        names = ((file.relative_to(place).as_posix(), file) for file in sorted(place.rglob("*")))
        yield from (_file(name, file) for name, file in names if file.is_file() and not is_clutter(name))
    elif place.suffix.lower() == ".zip" and place.is_file():
        yield from _archived(place)
    elif place.is_file():
        yield _file(place.name, place)
    else:
        raise InputError(f"找不到：{path}；请检查路径。")


def _address(url: str, online: bool) -> _Source:
    name, data = fetch(url, online=online)
    return _Source(name, lambda: data)


def _file(name: str, path: Path) -> _Source:
    return _Source(name, lambda: file_bytes(path, FILE_LIMIT, "请只保留正文，或者拆成几个文件"))


def _archived(path: Path) -> Iterator[_Source]:
    """The files of an archive; each opens it anew, so that only one file is in memory at a time."""
    with path.open("rb") as stream, closing(open_archive(path.name, stream)) as archive:
        found = [entry for entry in entries(archive, Budget()) if not is_clutter(entry.name)]
    yield from (_Source(entry.name, _loader(path, entry)) for entry in found)


def _loader(path: Path, entry: Entry) -> Callable[[], bytes]:
    def load() -> bytes:
        if entry.fault:
            raise InputError(f"压缩包里的“{entry.name}”{entry.fault}。")
        with path.open("rb") as stream, closing(open_archive(path.name, stream)) as archive:
            return entry_bytes(archive, entry)

    return load
