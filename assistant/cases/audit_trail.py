"""The audit trail: who did what, when and why, in a chain in which no entry can be changed unseen.

Each entry carries the digest of the one before it and of the case's rows as they stood after the write. So a
changed entry breaks the chain, a changed row no longer fits its last entry, and an entry taken off the end leaves
a case with more versions than entries. Basis: the house's own.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, Insert, Row, Select, func, insert, select

from assistant.cases.case_digest import case_digests
from assistant.cases.erased_entries import remains_digest, told_remains
from assistant.cases.records import Actor, Detail
from assistant.cases.schema import audit_entries, cases

ORIGIN = "0" * 64
# What an entry says of itself where the clock stood earlier than at the entry before.
SET_BACK = "clock_set_back_from"

_SAID = [column for column in audit_entries.c if column.name != "digest"]
_AT_ONCE = 500


@dataclass(frozen=True)
class Written:
    """What one entry says. `prompt_hash`: the prompt by which a model took part, where one did."""

    action: str
    case_id: int | None
    detail: Detail
    prompt_hash: str | None = None


@dataclass(frozen=True)
class Proof:
    """What a verification found: how many entries, the digest of the last, and the first broken link if any.

    `set_back`: the entries written while the clock stood earlier than before; their order is that of `seq`.
    """

    entries: int
    cases: int
    head: str
    broken: str | None = None
    set_back: tuple[str, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether every link and every case fits."""
        return self.broken is None


def append_entry(connection: Connection, actor: Actor, at: datetime, written: Written) -> None:
    """One more link, in the transaction of the write it tells of."""
    append_entries(connection, actor, at, [written])


def append_entries(connection: Connection, actor: Actor, at: datetime, written: Sequence[Written]) -> None:
    """A link for each write of one session, in their order; each case as it stands now."""
    last = connection.execute(_last_entry()).first()
    seq, previous, before = (last.seq, last.digest, last.at) if last else (0, ORIGIN, None)
    states = _states(connection, [one.case_id for one in written if one.case_id is not None])
    rows = []
    for place, one in enumerate(written, start=1):
        set_back = {SET_BACK: before} if before and at < datetime.fromisoformat(before) else {}
        said = {
            "seq": seq + place,
            "at": at.isoformat(timespec="seconds"),
            "who": actor.name,
            "roles": ",".join(actor.roles),
            "action": one.action,
            "case_id": one.case_id,
            "detail": json.dumps(one.detail | set_back, ensure_ascii=False, sort_keys=True),
            "prompt_hash": one.prompt_hash,
            "state": ORIGIN if one.case_id is None else states[one.case_id],
            "previous": previous,
        }
        previous, before = _digest(list(said.values())), str(said["at"])
        rows.append(said | {"digest": previous})
    connection.execute(_adding(), rows)


def verify_trail(connection: Connection, head: str | None = None) -> Proof:
    """The whole chain and every case against it; the first thing that does not fit is named.

    `head`: the digest noted down at an earlier time, which the chain must still hold.
    """
    broken = _broken_link(connection) or _broken_case(connection) or _lost_head(connection, head)
    entries = connection.execute(select(func.count()).select_from(audit_entries)).scalar_one()
    last = connection.execute(_last_entry()).first()
    held = connection.execute(select(func.count()).select_from(cases)).scalar_one()
    return Proof(entries, held, last.digest if last else ORIGIN, broken, tuple(_set_back(connection)))


def entries_of(connection: Connection, case_id: int | None = None) -> Iterator[Row[Any]]:
    """The entries of one case, or all, in order."""
    asked = select(audit_entries).order_by(audit_entries.c.seq)
    if case_id is not None:
        asked = asked.where(audit_entries.c.case_id == case_id)
    yield from connection.execute(asked, execution_options={"yield_per": _AT_ONCE})


def _states(connection: Connection, ids: Sequence[int]) -> dict[int, str]:
    """The digests of cases, so many at once."""
    found: dict[int, str] = {}
    for start in range(0, len(ids), _AT_ONCE):
        found |= case_digests(connection, ids[start : start + _AT_ONCE])
    return found


@lru_cache
def _last_entry() -> Select[Any]:
    return select(audit_entries).order_by(audit_entries.c.seq.desc()).limit(1)


@lru_cache
def _adding() -> Insert:
    return insert(audit_entries)


def _digest(values: object) -> str:
    return sha256(json.dumps(values, ensure_ascii=False).encode()).hexdigest()


def _broken_link(connection: Connection) -> str | None:
    """The first entry that does not fit; of one shortened when its case was erased, what is left must fit."""
    previous, remains = ORIGIN, told_remains(connection)
    for place, row in enumerate(entries_of(connection), start=1):
        where = f"第 {row.seq} 条（{row.at} {row.who} {row.action}）"
        if row.seq != place:
            return f"审计记录{where}之前缺第 {place} 条。"
        if row.previous != previous:
            return f"审计记录{where}与前一条接不上。"
        whole = row.digest == _digest([row._mapping[column] for column in _SAID])
        if not whole and remains.get(row.seq) != remains_digest(row._asdict()):
            return f"审计记录{where}的内容与其摘要不符，写入之后被改动过。"
        previous = row.digest
    return None


def _broken_case(connection: Connection) -> str | None:
    """Every case as often written as entered, and its rows as its last entry saw them."""
    told = (
        select(cases.c.id, cases.c.number, cases.c.version, func.max(audit_entries.c.seq).label("last"))
        .add_columns(func.count(audit_entries.c.seq).label("entries"))
        .select_from(cases.outerjoin(audit_entries, audit_entries.c.case_id == cases.c.id))
        .group_by(cases.c.id, cases.c.number, cases.c.version)
        .order_by(cases.c.id)
    )
    rows = connection.execute(told).all()
    for start in range(0, len(rows), _AT_ONCE):
        broken = _unlike_entry(connection, rows[start : start + _AT_ONCE])
        if broken:
            return broken
    known = select(cases.c.id)
    lost = select(audit_entries.c.seq).where(
        audit_entries.c.case_id.is_not(None), audit_entries.c.case_id.not_in(known)
    )
    seq = connection.execute(lost.order_by(audit_entries.c.seq).limit(1)).scalar()
    return f"审计记录第 {seq} 条所说的案件不见了。" if seq else None


def _unlike_entry(connection: Connection, rows: Sequence[Row[Any]]) -> str | None:
    digests = case_digests(connection, [row.id for row in rows])
    asked = select(audit_entries.c.seq, audit_entries.c.at, audit_entries.c.state)
    last = connection.execute(asked.where(audit_entries.c.seq.in_([row.last for row in rows])))
    entries = {entry.seq: entry for entry in last}
    for row in rows:
        if row.entries != row.version:
            return f"案件 {row.number} 写过 {row.version} 次，审计记录只有 {row.entries} 条。"
        entry = entries[row.last]
        if entry.state != digests[row.id]:
            return f"案件 {row.number} 的内容与审计记录第 {entry.seq} 条（{entry.at}）不符，此后被绕过本程序改动过。"
    return None


def _lost_head(connection: Connection, head: str | None) -> str | None:
    if head is None:
        return None
    found = connection.execute(select(audit_entries.c.seq).where(audit_entries.c.digest == head)).first()
    return None if found else f"记下的摘要 {head[:12]}… 不在审计记录里：这一条或者其后的记录被换过。"


def _set_back(connection: Connection) -> Iterator[str]:
    said = audit_entries.c.detail.contains(f'"{SET_BACK}"', autoescape=True)
    asked = select(audit_entries).where(said).order_by(audit_entries.c.seq)
    for row in connection.execute(asked):
        before = json.loads(row.detail)[SET_BACK]
        yield f"审计记录第 {row.seq} 条记于 {row.at}，早于前一条的 {before}：电脑的时钟被拨回过；记录的先后以编号为准。"
