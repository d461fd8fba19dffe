"""Names, contacts and words of a case erased once it has been kept long enough; what is counted stays.

Kind of applicant, days, outcome, reviews and suits stay, so that every yearly table stays as it was. The audit trail
tells who erased what and why. What its earlier entries said of the case goes too: such an entry can no longer be
recomputed, and the entry of the erasing holds the digest of what is left of it.
Basis: 个人信息保护法第四十七条; 档案法第二十一条 (the office's own rules on destroying files come first).
"""

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, delete, func, select, update

from assistant.cases import schema
from assistant.cases.append_only import guard_lifted
from assistant.cases.erased_entries import ERASE, MARK, remains_digest
from assistant.cases.reading import load_case_by_id
from assistant.cases.records import Case, Seen
from assistant.cases.register import Session
from assistant.cases.retention import require_erasable
from assistant.errors import InputError

ERASED = "（已清除）"

# Every column of words a person wrote or is named in. Whatever is not here is kept; a test holds that each column of
# the register stands in one of the two lists.
WORDS: Mapping[str, tuple[str, ...]] = {
    "requests": ("words",),
    "applicants": ("name", "contact"),
    "agents": ("name", "contact", "authority"),
    "items": ("asked",),
    "events": ("note", "struck_why"),
    "searches": ("places", "terms", "found"),
    "consultations": ("asked", "opinion"),
    "decisions": ("reasons", "replaced_why"),
    "drafts": ("words",),
    "approvals": ("note",),
    "disputes": ("note",),
}
KEPT: Mapping[str, tuple[str, ...]] = {
    "cases": ("number", "received_on", "channel"),
    "requests": ("form",),
    "applicants": ("kind",),
    "events": ("happened", "kind", "until_day"),
    "searches": ("searched", "who"),
    "consultations": ("family",),
    "decisions": ("outcome", "road", "decided", "decided_by"),
    "drafts": ("outcome", "digest", "drafted_by", "prompt_hash"),
    "approvals": ("step", "given_on", "given_by"),
    "letters": ("number", "issued", "digest"),
    "disputes": ("kind", "authority", "filed", "result", "concluded"),
    "suggestions": ("kind", "target", "shown_on", "used_on"),
    "counters": ("series",),
}
# Words whose being there says something: an event is struck, a decision replaced, an opinion given.
TELLING = (("events", "struck_why"), ("decisions", "replaced_why"), ("consultations", "opinion"))
# Third parties are called by a number instead, the same in events and consultations: the clock tells them apart.
PARTIES = ("events", "consultations")
# The rows of enclosures go; their number is told by the entry.
GONE = ("enclosures",)

_THIRD_PARTY = "third_party"
# What an entry may go on saying of an erased case.
_TELLS = (
    "number",
    "received_on",
    "on",
    "outcome",
    "road",
    "passed",
    "draft",
    "row",
    "concluded",
    "filed",
    "result",
)


def erase(session: Session, seen: Seen, why: str, years: int | None) -> Case:
    """The case without its people and words.

    Raises InputError without a reason, or while the case must be kept (retention.py).
    """
    if not why.strip():
        raise InputError("清除要写明理由，如“保存年限届满，经鉴定销毁，附件鉴定意见”。")
    require_erasable(session.connection, seen.number, years, session.at.date())
    detail: dict[str, Any] = {"why": why.strip()}
    with session.changing(seen, ERASE, detail) as case_id:
        detail["enclosures"] = _drop_enclosures(session.connection, case_id)
        _number_parties(session.connection, case_id)
        for name, columns in WORDS.items():
            for column in columns:
                _overwrite(session.connection, name, column, case_id)
        detail["entries"] = _shorten_entries(session.connection, case_id)
    return load_case_by_id(session.connection, case_id)


def _overwrite(connection: Connection, name: str, column: str, case_id: int) -> None:
    """Empty words, or nothing where a column may hold nothing."""
    said = schema.METADATA.tables[name].c[column]
    left = ERASED if (name, column) in TELLING else None if said.nullable else ""
    asked = update(said.table).where(said.table.c.case_id == case_id, said.is_not(None))
    connection.execute(asked.values({column: left}))


def _number_parties(connection: Connection, case_id: int) -> None:
    events, asked = schema.events, schema.consultations
    third = (events.c.case_id == case_id) & events.c.kind.startswith(f"{_THIRD_PARTY}_")
    of_asked = (asked.c.case_id == case_id) & (asked.c.family == _THIRD_PARTY)
    named = list(connection.scalars(select(events.c.who).where(third).order_by(events.c.id)))
    named += connection.scalars(select(asked.c.who).where(of_asked).order_by(asked.c.id))
    for place, who in enumerate(dict.fromkeys(name for name in named if name), start=1):
        call = {"who": f"第三方{place}{ERASED}"}
        connection.execute(update(events).where(third, events.c.who == who).values(call))
        connection.execute(update(asked).where(of_asked, asked.c.who == who).values(call))


def _drop_enclosures(connection: Connection, case_id: int) -> int:
    held = schema.enclosures
    count = connection.scalar(select(func.count()).select_from(held).where(held.c.case_id == case_id))
    connection.execute(delete(held).where(held.c.case_id == case_id))
    return int(count or 0)


def _shorten_entries(connection: Connection, case_id: int) -> dict[str, str]:
    """What earlier entries still say of the case, and the digest of each as it then stands, by its place."""
    entries = schema.audit_entries
    left = {}
    with guard_lifted(connection):
        for row in connection.execute(select(entries).where(entries.c.case_id == case_id)).all():
            told = json.loads(row.detail)
            short = {key: told[key] for key in _TELLS if key in told} | {MARK: True}
            detail = json.dumps(short, ensure_ascii=False, sort_keys=True)
            connection.execute(update(entries).where(entries.c.seq == row.seq).values(detail=detail))
            left[str(row.seq)] = remains_digest(row._asdict() | {"detail": detail})
    return left
