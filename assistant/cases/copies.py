"""The whole register out and in: backup and restore, export and import. What comes in counts once it is proved.

A copy is taken from one unchanging view, whatever is written meanwhile. It goes in in one transaction: rows, audit
trail and enclosures are proved there, and where anything does not fit the register stays as it was.
Basis: 政府信息公开条例第四十五条.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select

from assistant import __version__
from assistant.cases.audit_trail import verify_trail
from assistant.cases.copy_files import (
    ARCHIVE,
    ENCLOSURES,
    LEDGER,
    ROWS,
    Writing,
    new_archive,
    new_file,
    new_folder,
)
from assistant.cases.copy_forms import LINES, SHEETS, Incoming, bytes_line
from assistant.cases.copy_sheets import Sheets
from assistant.cases.copying import (
    CopyHead,
    clear,
    copy_lines,
    copy_rows,
    head_of,
    is_empty,
    prove_copy,
    put_rows,
    refuse_filled,
)
from assistant.cases.enclosures import Enclosure, broken_enclosures, keep_bytes, read_enclosure
from assistant.cases.ledger_export import ledger_csv, ledger_page
from assistant.cases.register import Register
from assistant.cases.schema import enclosures
from assistant.errors import InputError, RegisterFault
from assistant.triage.workbook import workbook

KEPT = "replaced"


@dataclass(frozen=True)
class Taken:
    """A copy that was written: where, what it is of, how many enclosures it has.

    `broken`: what no longer fits in the register's own audit trail; such a copy is kept, and cannot be restored.
    """

    path: Path
    head: CopyHead
    enclosures: int
    broken: str | None


@dataclass(frozen=True)
class Restored:
    """What came in, from which copy; `kept`: where the former content of the register lies."""

    head: CopyHead
    digest: str
    enclosures: int
    kept: Path | None


def back_up(register: Register, path: Path, agency: str | None) -> Taken:
    """Everything as one archive. Raises RegisterFault where an enclosure is gone or changed: then there is none."""
    with register.reading() as view, new_archive(path) as writing:
        return _write_parts(register, view, writing, path, agency)


def export_all(register: Register, path: Path, agency: str | None) -> Taken:
    """Everything as a folder, as lines of JSON, or as a workbook, by the name asked for."""
    if path.suffix == LINES:
        return _export_lines(register, path, agency)
    if path.suffix == SHEETS:
        return _export_sheets(register, path, agency)
    if path.suffix:
        raise InputError(f"不能写成“{path.suffix}”；请写文件夹的名称，或者 {LINES}、{SHEETS} 文件。")
    with register.reading() as view, new_folder(path) as writing:
        return _write_parts(register, view, writing, path, agency)


def restore(register: Register, name: str, copy: Incoming, replace: bool = False) -> Restored:
    """The copy becomes the register, in one transaction, once its audit trail and every enclosure are proved.

    Raises InputError where the register holds anything and `replace` was not said; with it, what it held is kept
    in an archive beside it. Raises RegisterFault naming a copy that is damaged, changed or incomplete.
    """
    digest, head = copy.digest(), copy.head()
    with _aside(register) as kept_at, register.writing(name) as session:
        session.allow("restore")
        kept = None if is_empty(session.connection) else kept_at
        if kept and not replace:
            refuse_filled(session.connection)
        if kept:
            with new_archive(kept) as writing:
                _write_parts(register, session.connection, writing, kept, None)
            clear(session.connection)
        brought = _keep_enclosures(copy, register.enclosures)
        put_rows(session.connection, copy.rows())
        prove_copy(session.connection, head, copy.name)
        lost = list(broken_enclosures(session.connection, register.enclosures))
        if lost:
            raise RegisterFault(f"“{copy.name}”缺附件，没有恢复：{lost[0]}")
        detail = {"copy": copy.name, "digest": digest, "made": head.made, "head": head.head}
        session.record("restore", None, detail | ({"kept": kept.name} if kept else {}))
    return Restored(head, digest, brought, kept)


def _write_parts(
    register: Register, view: Connection, writing: Writing, path: Path, agency: str | None
) -> Taken:
    head = head_of(view, register.now().isoformat(timespec="seconds"), agency)
    writing.put(ROWS, copy_lines(view, head))
    writing.put(LEDGER, ledger_csv(view, register.rules))
    digests = _digests(view)
    for digest in digests:
        writing.put(f"{ENCLOSURES}/{digest[:2]}/{digest}", [read_enclosure(register.enclosures, digest)])
    writing.finish(_about(head, view))
    return Taken(path, head, len(digests), verify_trail(view).broken)


def _about(head: CopyHead, view: Connection) -> dict[str, Any]:
    return {
        "copy": head.copy,
        "version": head.version,
        "program": __version__,
        "database": view.dialect.name,
        "schema": head.schema,
        "made": head.made,
        "agency": head.agency,
        "entries": head.entries,
        "head": head.head,
    }


def _export_lines(register: Register, path: Path, agency: str | None) -> Taken:
    with register.reading() as view, new_file(path) as out:
        head = head_of(view, register.now().isoformat(timespec="seconds"), agency)
        out.writelines(copy_lines(view, head))
        digests = _digests(view)
        for digest in digests:
            out.write(bytes_line(Enclosure(digest, read_enclosure(register.enclosures, digest))))
        return Taken(path, head, len(digests), verify_trail(view).broken)


def _export_sheets(register: Register, path: Path, agency: str | None) -> Taken:
    with register.reading() as view, new_file(path) as out:
        head = head_of(view, register.now().isoformat(timespec="seconds"), agency)
        tables = Sheets()
        for name, row in copy_rows(view):
            tables.add(name, row)
        out.write(workbook([ledger_page(view, register.rules), *tables.pages(head)]))
        return Taken(path, head, 0, verify_trail(view).broken)


@contextmanager
def _aside(register: Register) -> Iterator[Path]:
    """Where the former content is kept; what was written there goes again where nothing came of it."""
    folder = register.enclosures.parent / KEPT
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    stamp = f"{register.now():%Y%m%d-%H%M%S}"
    names = (f"{stamp}{f'-{n}' if n else ''}{ARCHIVE}" for n in count())
    path = next(folder / name for name in names if not (folder / name).exists())
    done = False
    try:
        yield path
        done = True
    finally:
        if not done:
            path.unlink(missing_ok=True)


def _keep_enclosures(copy: Incoming, folder: Path) -> int:
    """How many came along. Files that stay behind where the rows are refused harm nothing: no case names them."""
    brought = 0
    for one in copy.enclosures():
        keep_bytes(one, folder)
        brought += 1
    return brought


def _digests(connection: Connection) -> list[str]:
    return list(connection.scalars(select(enclosures.c.digest).distinct().order_by(enclosures.c.digest)))
