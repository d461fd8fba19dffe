"""The audit trail: who did what, when and why, in a chain in which no entry can be changed unseen.

Each entry carries the digest of the one before it and of the case's rows as they stood after the write. So a
changed entry breaks the chain, a changed row no longer fits its last entry, and an entry taken off the end leaves
a case with more versions than entries. Basis: the house's own.
"""

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from assistant.cases.records import Actor, Detail

ORIGIN = "0" * 64

_ROWS = (
    *("requests", "applicants", "agents", "items", "events", "searches", "consultations"),
    *("decisions", "drafts", "approvals", "letters", "enclosures", "disputes"),
)
_FIELDS = ("seq", "at", "who", "roles", "action", "case_id", "detail", "prompt_hash", "state", "previous")


@dataclass(frozen=True)
class Written:
    """What one entry says. `prompt_hash`: the prompt by which a model took part, where one did."""

    action: str
    case_id: int | None
    detail: Detail
    prompt_hash: str | None = None


@dataclass(frozen=True)
class Proof:
    """What a verification found: how many entries, the digest of the last, and the first broken link if any."""

    entries: int
    cases: int
    head: str
    broken: str | None = None

    @property
    def holds(self) -> bool:
        """Whether every link and every case fits."""
        return self.broken is None


def append_entry(connection: sqlite3.Connection, actor: Actor, at: datetime, written: Written) -> None:
    """One more link, in the transaction of the write it tells of."""
    last = connection.execute("SELECT seq, digest FROM audit_entries ORDER BY seq DESC LIMIT 1").fetchone()
    state = ORIGIN if written.case_id is None else case_digest(connection, written.case_id)
    values = (
        (last["seq"] if last else 0) + 1,
        at.isoformat(timespec="seconds"),
        actor.name,
        ",".join(actor.roles),
        written.action,
        written.case_id,
        json.dumps(written.detail, ensure_ascii=False, sort_keys=True),
        written.prompt_hash,
        state,
        last["digest"] if last else ORIGIN,
    )
    marks = ", ".join("?" * (len(values) + 1))
    connection.execute(
        f"INSERT INTO audit_entries ({', '.join(_FIELDS)}, digest) VALUES ({marks})",
        (*values, _digest(list(values))),
    )


def case_digest(connection: sqlite3.Connection, case_id: int) -> str:
    """The digest of everything the register holds of a case."""
    held = [[tuple(row) for row in connection.execute("SELECT * FROM cases WHERE id = ?", (case_id,))]]
    for table in _ROWS:
        rows = connection.execute(f"SELECT * FROM {table} WHERE case_id = ? ORDER BY id", (case_id,))
        held.append([tuple(row) for row in rows])
    return _digest(held)


def verify_trail(connection: sqlite3.Connection, head: str | None = None) -> Proof:
    """The whole chain and every case against it; the first thing that does not fit is named.

    `head`: the digest noted down at an earlier time, which the chain must still hold.
    """
    broken = _broken_link(connection) or _broken_case(connection) or _lost_head(connection, head)
    entries, last = connection.execute("SELECT count(*), max(seq) FROM audit_entries").fetchone()
    found = connection.execute("SELECT digest FROM audit_entries WHERE seq = ?", (last,)).fetchone()
    cases = connection.execute("SELECT count(*) FROM cases").fetchone()[0]
    return Proof(entries, cases, found["digest"] if found else ORIGIN, broken)


def entries_of(connection: sqlite3.Connection, case_id: int | None = None) -> Iterator[sqlite3.Row]:
    """The entries of one case, or all, in order."""
    where, values = ("WHERE case_id = ?", (case_id,)) if case_id is not None else ("", ())
    yield from connection.execute(f"SELECT * FROM audit_entries {where} ORDER BY seq", values)


def _digest(values: object) -> str:
    return sha256(json.dumps(values, ensure_ascii=False, default=str).encode()).hexdigest()


def _broken_link(connection: sqlite3.Connection) -> str | None:
    previous = ORIGIN
    for place, row in enumerate(entries_of(connection), start=1):
        where = f"第 {row['seq']} 条（{row['at']} {row['who']} {row['action']}）"
        if row["seq"] != place:
            return f"审计记录{where}之前缺第 {place} 条。"
        if row["previous"] != previous:
            return f"审计记录{where}与前一条接不上。"
        if row["digest"] != _digest([row[name] for name in _FIELDS]):
            return f"审计记录{where}的内容与其摘要不符，写入之后被改动过。"
        previous = row["digest"]
    return None


def _broken_case(connection: sqlite3.Connection) -> str | None:
    last = connection.execute(
        "SELECT c.id, c.number, c.version, count(a.seq) AS entries, max(a.seq) AS last"
        " FROM cases c LEFT JOIN audit_entries a ON a.case_id = c.id GROUP BY c.id ORDER BY c.id"
    ).fetchall()
    for row in last:
        if row["entries"] != row["version"]:
            return f"案件 {row['number']} 写过 {row['version']} 次，审计记录只有 {row['entries']} 条。"
        entry = connection.execute(
            "SELECT seq, at, state FROM audit_entries WHERE seq = ?", (row["last"],)
        ).fetchone()
        if entry["state"] != case_digest(connection, row["id"]):
            return (
                f"案件 {row['number']} 的内容与审计记录第 {entry['seq']} 条（{entry['at']}）不符，"
                "此后被绕过本程序改动过。"
            )
    missing = connection.execute(
        "SELECT seq FROM audit_entries WHERE case_id IS NOT NULL AND case_id NOT IN (SELECT id FROM cases)"
    ).fetchone()
    return f"审计记录第 {missing['seq']} 条所说的案件不见了。" if missing else None


def _lost_head(connection: sqlite3.Connection, head: str | None) -> str | None:
    if head is None:
        return None
    found = connection.execute("SELECT seq FROM audit_entries WHERE digest = ?", (head,)).fetchone()
    return None if found else f"记下的摘要 {head[:12]}… 不在审计记录里：这一条或者其后的记录被换过。"
