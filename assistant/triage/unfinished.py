"""A batch that is not done yet: what was judged so far, beside the result it will become.

    OUT.xlsx.未完成     first line: what it is made of; then one judged row a line

Citizens' letters never leave the folder the clerk chose: no temporary folder is used, and nobody else may
read the file. A process that is killed leaves it; the same command takes it up again, or, where the table,
the classifier or the day is another, begins anew and says why. It is removed when the result is there.
"""

import fcntl
import json
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from io import FileIO
from pathlib import Path
from typing import Any

from assistant.errors import InputError

SUFFIX = ".未完成"
WRITING = ".写入中"
PRIVATE = 0o600

_CHANGED = {
    "input": "申请表的内容改过了",
    "model": "分类器、规则或程序换过了",
    "on": "已不是同一天，规则以当天的法律为准",
    "rows": "申请的件数变了",
}


@dataclass(frozen=True)
class Mark:
    """What a batch is made of: digests of table and classifier, the day whose law holds, how many rows."""

    input: str
    model: str
    on: str
    rows: int


@dataclass
class Unfinished:
    """The open file: judged rows as lines of JSON in the order of the table. `begun_anew` says why, if so."""

    path: Path
    lines: list[str]
    begun_anew: str | None
    file: FileIO

    def add(self, line: str) -> None:
        """Keep a judged row; it is there even if the process is killed the next moment."""
        with clear_faults(self.path):
            self.file.write(f"{line}\n".encode())
        self.lines.append(line)

    def remove(self) -> None:
        """The result is there; nothing of this file is needed any more."""
        self.path.unlink(missing_ok=True)


@contextmanager
def unfinished(target: Path, mark: Mark, ids: Sequence[Any]) -> Iterator[Unfinished]:
    """What there is of a result, open for more; `ids` are those of the rows, in order.

    Raises InputError where another process writes the same result, or the folder cannot be written to.
    """
    path = target.with_name(target.name + SUFFIX)
    with clear_faults(path):
        number = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, PRIVATE)
    with FileIO(number, "r+") as file:
        _lock(number, target)
        _permit(number, PRIVATE)
        with clear_faults(path):
            held = file.readall()
            lines, why, whole = _taken_up(held, mark, ids)
            file.truncate(whole)
            file.seek(whole)
            if not whole:
                file.write(f"{json.dumps(asdict(mark), ensure_ascii=False)}\n".encode())
        yield Unfinished(path, lines, why, file)


def write_whole(target: Path, data: bytes) -> None:
    """A result that is there whole or not at all; readable by others only if the one it replaces was."""
    beside = target.with_name(target.name + WRITING)
    with clear_faults(target):
        mode = target.stat().st_mode & 0o777 if target.exists() else PRIVATE
        number = os.open(
            beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW | os.O_CLOEXEC, PRIVATE
        )
        try:
            with os.fdopen(number, "wb") as file:
                _permit(number, mode)
                file.write(data)
                file.flush()
                os.fsync(number)
            beside.replace(target)
        except OSError:
            beside.unlink(missing_ok=True)
            raise


@contextmanager
def clear_faults(path: Path) -> Iterator[None]:
    """Raises InputError naming the file where the disk or its rights say no."""
    try:
        yield
    except OSError as fault:
        raise InputError(
            f"写不进“{path}”（{fault.strerror}）；请检查文件夹在不在、有没有写入权限、磁盘有没有空间。"
        ) from fault


def _lock(number: int, target: Path) -> None:
    try:
        fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
        taken = os.fstat(number).st_nlink == 0  # the other process has just finished and removed it
    except BlockingIOError:
        taken = True
    except OSError:  # a network share without locks
        taken = False
    if taken:
        raise InputError(f"另一个程序正在写“{target.name}”；请等它做完，或者换一个结果文件名。")


def _permit(number: int, mode: int) -> None:
    """Who may read a file; some shares and sticks know no such rights."""
    with suppress(OSError):
        os.fchmod(number, mode)


def _taken_up(held: bytes, mark: Mark, ids: Sequence[Any]) -> tuple[list[str], str | None, int]:
    """Judged rows that still hold, why it begins anew (if it does), and how many bytes are kept."""
    if not held:
        return [], None, 0
    first, *rest = held.split(b"\n")
    why = _another(first, mark) if rest else "里面的内容不完整"
    if why:
        return [], why, 0
    lines, whole = list[str](), len(first) + 1
    for raw, id_ in zip(rest[:-1], ids, strict=False):  # what follows the last line end was never whole
        row = _row(raw)
        if row is None or row.get("id") != id_:
            break
        lines.append(raw.decode())
        whole += len(raw) + 1
    return lines, None, whole


def _another(first: bytes, mark: Mark) -> str | None:
    """Why the file is not of this batch, or None where it is."""
    then = _row(first)
    if then is None or set(then) != set(asdict(mark)):
        return "里面的内容认不出来"
    return next((_CHANGED[key] for key, value in asdict(mark).items() if then[key] != value), None)


def _row(raw: bytes) -> dict[str, Any] | None:
    try:
        found = json.loads(raw)
    except ValueError:
        return None
    return found if isinstance(found, dict) else None
