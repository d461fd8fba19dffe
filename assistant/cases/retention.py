"""How long a closed case keeps its applicant's name and words: one question to the register, asked as of a day.

The years are the office's own (register.retention_years); where it has set none, nothing may be erased. They count
from the day the case was archived, and a review or suit keeps the case until as long after its end.
Basis: 个人信息保护法第十九条 (no longer than needed; its number of years stands in no statute held here).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Connection, Select, select

from assistant.cases.erased_entries import ERASE
from assistant.cases.schema import ARCHIVED_ONCE, audit_entries, cases, disputes, events
from assistant.errors import InputError


@dataclass(frozen=True)
class Kept:
    """A case that has been kept long enough: its number, the day it came in, the day it was archived."""

    number: str
    received: date
    archived: date


def erasable(connection: Connection, years: int | None, on: date) -> Sequence[Kept]:
    """The cases whose names and words may be erased on a day, those archived first at the head."""
    if years is None:
        return ()
    return tuple(
        Kept(row.number, date.fromisoformat(row.received_on), date.fromisoformat(row.happened))
        for row in connection.execute(kept_since(years_before(on, years)))
    )


def kept_since(day: date) -> Select[tuple[str, str, str]]:
    """Archived before a day, no review or suit pending or ended since, and not erased yet."""
    disputed = select(disputes.c.case_id).where(
        disputes.c.concluded.is_(None) | (disputes.c.concluded >= day.isoformat())
    )
    erased = select(audit_entries.c.case_id).where(
        audit_entries.c.action == ERASE, audit_entries.c.case_id.is_not(None)
    )
    return (
        select(cases.c.number, cases.c.received_on, events.c.happened)
        .join(events, events.c.case_id == cases.c.id)
        .where(ARCHIVED_ONCE, events.c.happened < day.isoformat())
        .where(cases.c.id.not_in(disputed), cases.c.id.not_in(erased))
        .order_by(events.c.happened, cases.c.id)
    )


def require_erasable(connection: Connection, number: str, years: int | None, on: date) -> None:
    """Raises InputError where the case must still be kept, and says why."""
    if years is None:
        raise InputError(
            "没有设置保存年限，什么都不清除。请按本机关的档案保管期限，在 assistant.toml 的 [register] 里写"
            " retention_years。"
        )
    if number in {one.number for one in erasable(connection, years, on)}:
        return
    raise InputError(
        f"案件 {number} 还不能清除：归档不满 {years} 年，或者没有归档，或者复议、诉讼没有审结、审结不满 {years} 年，"
        "或者已经清除过。可以清除的用 assistant case retention 列出。"
    )


def years_before(on: date, years: int) -> date:
    """The same day so many years earlier; 29 February becomes 28 February."""
    try:
        return on.replace(year=on.year - years)
    except ValueError:
        return (on - timedelta(days=1)).replace(year=on.year - years)
