"""The register at work: a clerk's session is one transaction, and every write in it leaves its audit entry.

Verbs (receiving.py, handling.py, …) are functions over a session; they take and give values. Two clerks on one
case: the second wrote down an older version, sees a conflict, and nothing is overwritten.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, Table, select, update

from assistant.cases.audit_trail import Proof, Written, append_entries, append_entry, verify_trail
from assistant.cases.database import Database
from assistant.cases.engines import writes_of
from assistant.cases.gate import Gate
from assistant.cases.records import Actor, Detail, Seen
from assistant.cases.roles import RoleTable, Staff
from assistant.cases.rows import add_row
from assistant.cases.schema import audit_entries, cases
from assistant.errors import AssistantError, CaseConflict, InputError, RegisterFault
from assistant.law import china_time
from assistant.law.clock_course import Grounds
from assistant.law.outcomes import Outcomes


def china_now() -> datetime:
    """The moment in China."""
    return china_time.now()


@dataclass(frozen=True)
class OfficeRules:
    """What the register follows: clocks, outcomes, the six kinds of applicants, roles, the number series.

    `gate`: what every letter passes before it is approved; none where the register is opened by itself.
    """

    grounds: Grounds
    outcomes: Outcomes
    kinds: Mapping[str, str]
    roles: RoleTable
    staff: Staff
    case_series: str
    letter_series: str | None
    gate: Gate | None = None


@dataclass
class Session:
    """One clerk's writes, kept together or not at all."""

    connection: Connection
    actor: Actor
    at: datetime
    rules: OfficeRules
    written: int = field(default=0)

    def allow(self, action: str) -> None:
        """Raises NotAllowed where no role of the clerk may do it."""
        self.rules.roles.allow(self.actor, action, self.rules.staff)

    @contextmanager
    def changing(self, seen: Seen, action: str, detail: Detail) -> Iterator[int]:
        """A write on a case: allowed, nobody else's overwritten, and told in the audit trail.

        `detail` may be added to within the block. Raises CaseConflict where the case has moved on since it was
        seen, InputError for a number there is not, NotAllowed for a role that may not.
        """
        self.allow(action)
        case_id = self._claim(seen)
        yield case_id
        self.record(action, case_id, detail)

    def record(self, action: str, case_id: int | None, detail: Detail) -> None:
        """The audit entry of what was just written."""
        prompt_hash = detail.pop("prompt_hash", None)
        append_entry(self.connection, self.actor, self.at, Written(action, case_id, detail, prompt_hash))
        self.written = writes_of(self.connection)

    def record_all(self, written: Sequence[Written]) -> None:
        """The audit entries of many cases written at once."""
        if written:
            append_entries(self.connection, self.actor, self.at, written)
        self.written = writes_of(self.connection)

    def add(self, table: Table, **values: object) -> int:
        """One new row; its id."""
        return add_row(self.connection, table, values)

    def _claim(self, seen: Seen) -> int:
        claimed = self.connection.execute(
            update(cases)
            .where(cases.c.number == seen.number, cases.c.version == seen.version)
            .values(version=cases.c.version + 1)
            .returning(cases.c.id)
        ).scalar()
        if claimed is None:
            raise self._refusal(seen)
        return int(claimed)

    def _refusal(self, seen: Seen) -> AssistantError:
        """Why a case cannot be written on: it is not there, or somebody was first."""
        now = self.connection.execute(select(cases).where(cases.c.number == seen.number)).first()
        if now is None:
            return InputError(f"登记簿里没有案件“{seen.number}”。请用 assistant case list 查看编号。")
        told = select(audit_entries).where(audit_entries.c.case_id == now.id)
        last = self.connection.execute(told.order_by(audit_entries.c.seq.desc()).limit(1)).one()
        return CaseConflict(
            f"案件 {seen.number} 在您打开之后已由{last.who}于 {last.at[:16]} 改动"
            f"（您看到的是第 {seen.version} 版，现在是第 {now.version} 版），这一步没有写入。请重新打开案件，核对之后再做。"
        )


@dataclass(frozen=True)
class Register:
    """The register of one office. `now` tells the moment that entries bear."""

    database: Database
    rules: OfficeRules
    enclosures: Path
    now: Callable[[], datetime] = china_now

    @contextmanager
    def writing(self, name: str) -> Iterator[Session]:
        """A clerk's session; what it wrote is kept when the block ends, audit entries included.

        Raises RegisterFault where a write left no audit entry: then nothing is kept.
        """
        actor = self.rules.staff.actor(name)
        with self.database.writing() as connection:
            session = Session(connection, actor, self.now(), self.rules)
            session.written = writes_of(connection)
            yield session
            if writes_of(connection) != session.written:
                raise RegisterFault("有一处写入没有审计记录，全部撤销。请把这一情况告诉维护人员。")

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One unchanging view for questions."""
        with self.database.reading() as connection:
            yield connection

    def verify(self, head: str | None = None) -> Proof:
        """The audit trail proved whole, or its first broken link named."""
        with self.reading() as connection:
            return verify_trail(connection, head)
