"""What lies in the file beside the words: scans, proofs of posting, opinions, by the digest of their bytes.

The bytes lie in a folder of the data folder that no web server shows; the register holds name, digest and size.
Basis: 政府信息公开条例第四十五条.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile

from sqlalchemy import Connection, select

from assistant.cases import schema
from assistant.cases.reading import load_case_by_id
from assistant.cases.records import Case, Seen
from assistant.cases.register import Session
from assistant.errors import InputError, RegisterFault


@dataclass(frozen=True)
class Enclosure:
    """A file by its name, with its bytes."""

    name: str
    data: bytes

    @property
    def digest(self) -> str:
        """What it is found by."""
        return sha256(self.data).hexdigest()


def enclose(session: Session, seen: Seen, enclosure: Enclosure, folder: Path) -> Case:
    """A file joins the case. The same bytes are kept once, and never twice in one case."""
    name = Path(enclosure.name).name.strip()
    if not name or not enclosure.data:
        raise InputError(f"附件“{enclosure.name}”没有名称，或者是空的，不能收存。")
    digest, size = enclosure.digest, len(enclosure.data)
    with session.changing(seen, "enclose", {"name": name, "digest": digest}) as case_id:
        held = schema.enclosures
        same = select(held.c.name).where(held.c.case_id == case_id, held.c.digest == digest)
        kept = session.connection.execute(same).scalar()
        if kept:
            raise InputError(f"案件 {seen.number} 已经收存过同样的附件（{kept}）。")
        keep_bytes(enclosure, folder)
        session.add(schema.enclosures, case_id=case_id, name=name, digest=digest, size=size)
    return load_case_by_id(session.connection, case_id)


def read_enclosure(folder: Path, digest: str) -> bytes:
    """The bytes of an enclosure. Raises RegisterFault where they are gone or no longer the same."""
    path = _place(folder, digest)
    if not path.is_file():
        raise RegisterFault(f"附件 {digest[:12]}… 不在 {folder} 里；请用备份恢复。")
    data = path.read_bytes()
    if sha256(data).hexdigest() != digest:
        raise RegisterFault(f"附件 {path} 的内容与登记的摘要不符；请用备份恢复。")
    return data


def broken_enclosures(connection: Connection, folder: Path) -> Iterator[str]:
    """The enclosures that are gone or changed, each with its case."""
    held, cases = schema.enclosures, schema.cases
    asked = select(cases.c.number, held.c.name, held.c.digest).join(cases, cases.c.id == held.c.case_id)
    for row in connection.execute(asked.order_by(held.c.id)):
        try:
            read_enclosure(folder, row.digest)
        except RegisterFault as fault:
            yield f"案件 {row.number}（{row.name}）：{fault}"


def _place(folder: Path, digest: str) -> Path:
    return folder / digest[:2] / digest


def keep_bytes(enclosure: Enclosure, folder: Path) -> None:
    """Written beside their place, flushed, then moved there whole; readable by their owner alone."""
    path = _place(folder, enclosure.digest)
    if path.is_file() and path.read_bytes() == enclosure.data:
        return
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with NamedTemporaryFile(dir=path.parent, delete=False) as half:
            half.write(enclosure.data)
            half.flush()
            os.fsync(half.fileno())
        Path(half.name).replace(path)
    except OSError as fault:
        raise RegisterFault(
            f"附件“{enclosure.name}”不能写入 {folder}（{fault.strerror}）。没有收存；请检查磁盘的空间和权限。"
        ) from fault
