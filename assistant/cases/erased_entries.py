"""Entries of the audit trail that were shortened when their case was erased: what still proves them.

Such an entry no longer fits its own digest. The entry of the erasing, which fits its own, holds the digest of what
is left of each, its old digest included: so the chain goes on through it, and what is left cannot be changed unseen.
Basis: the house's own.
"""

import json
from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, select

from assistant.cases.schema import audit_entries

ERASE = "erase"
MARK = "erased"


def remains_digest(row: Mapping[str, Any]) -> str:
    """The digest of an entry as it stands after it was shortened."""
    values = [row[column.name] for column in audit_entries.c]
    return sha256(json.dumps(values, ensure_ascii=False).encode()).hexdigest()


def told_remains(connection: Connection) -> dict[int, str]:
    """Each shortened entry by its place, with the digest of what is left of it."""
    return {
        int(seq): digest
        for row in connection.execute(select(audit_entries).where(audit_entries.c.action == ERASE))
        for seq, digest in _told(row.detail, row.seq)
    }


def erasing_of(connection: Connection, case_id: int) -> dict[str, str] | None:
    """Who erased the names and words of a case, when and why; None while they stand."""
    asked = select(audit_entries).where(audit_entries.c.case_id == case_id, audit_entries.c.action == ERASE)
    row = connection.execute(asked.order_by(audit_entries.c.seq).limit(1)).first()
    return {"at": row.at, "who": row.who, "why": json.loads(row.detail)["why"]} if row else None


def _told(detail: str, before: int) -> Iterator[tuple[str, str]]:
    """What an entry of an erasing says of entries before it."""
    found = json.loads(detail).get("entries", {})
    return ((seq, digest) for seq, digest in found.items() if int(seq) < before)
