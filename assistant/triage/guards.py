"""What the file must show before an outcome may be used, held against what the clerk says it holds.

Basis: 行政复议法第四十四条、第四十六条 (the file is complete on the day of the reply); each guard names its own article.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from assistant.errors import InputError
from assistant.law.clock_course import Grounds
from assistant.law.instruments import Status
from assistant.law.outcomes import Guard, Outcome
from assistant.law.procedures import Procedures
from assistant.law.provisions import ProvisionRef
from assistant.triage.decision import Walk
from assistant.triage.guard_parts import read_part
from assistant.triage.guard_records import GuardTable, Part, Record, Term

File = Mapping[str, Any]

_DEAD: Mapping[Status, str] = {
    "no_such_article": "没有这一条、款或者项",
    "not_in_force": "没有一个有效的文本",
}


@dataclass(frozen=True)
class GuardState:
    """One guard: whether the file satisfies it, what is missing, each as one line, and what it asks for."""

    key: str
    holds: str
    missing: tuple[str, ...]
    basis: tuple[str, ...]
    paper: str | None
    verified: bool
    parts: tuple[Part, ...] = ()

    @property
    def open(self) -> bool:
        """Whether something is missing."""
        return bool(self.missing)

    @property
    def line(self) -> str:
        """What is missing, in one line for the clerk, with the article."""
        paper = f"（{self.paper}）" if self.paper else ""
        doubt = "" if self.verified else "；通行做法，或者文本没有与官方文本核对"
        missing = " ".join("；".join(self.missing).split())
        return f"{self.holds}{paper}：{missing}。依据：{'、'.join(self.basis)}{doubt}。"


@dataclass(frozen=True)
class FileCheck:
    """What a file is checked with: records, papers, the clock's rules."""

    table: GuardTable
    procedures: Procedures
    grounds: Grounds
    status: Callable[[ProvisionRef, date], Status]

    def check(self, outcome: Outcome, road: str, walk: Walk, file: File) -> tuple[GuardState, ...]:
        """Every guard that applies to the outcome on this path, in the order of the rules."""
        applying = [
            (guard, record)
            for guard in self.table.guards_of(outcome, road, walk.on)
            for record in self.table.records_of(guard.key, outcome.code, walk.on)
            if _asked(record, walk)
        ]
        days = _days({record.guard: record for _, record in applying}, file, walk)
        return tuple(self._state(guard, record, file, walk, days) for guard, record in applying)

    def refuse_strangers(self, file: File) -> None:
        """Raises InputError for what is no guard of any outcome."""
        known = self.table.keys
        for key in file:
            if key not in known:
                raise InputError(f"file 里不认识的一项“{key}”，可用：{'、'.join(sorted(known))}。")

    def _state(
        self, guard: Guard, record: Record, file: File, walk: Walk, days: Mapping[str, date]
    ) -> GuardState:
        paper = self.procedures.on(walk.on).get(guard.paper or "")
        parts = [part for part in record.parts if part.asked_at(walk.ending.id if walk.ending else "")]
        missing = () if record.by_path else tuple(self._missing((record, parts), file, walk, days))
        return GuardState(
            key=guard.key,
            holds=guard.holds,
            missing=missing,
            basis=tuple(map(str, guard.basis)),
            paper=paper.name if paper else None,
            verified=guard.verified and record.validity.verified,
            parts=tuple(parts),
        )

    def _missing(
        self, asked: tuple[Record, list[Part]], file: File, walk: Walk, days: Mapping[str, date]
    ) -> list[str]:
        record, parts = asked
        entry = _entry(file.get(record.guard), parts)
        if entry is None:
            return ["没有" + "、".join(_names(parts))]
        faults = _faults(parts, entry, walk)
        if not faults:
            faults = [*_ungrounded(entry, parts, walk.withheld), *self._dead_law(entry, parts, walk.on)]
        return faults or [*self._too_early(record, days), *_out_of_order(self.table, record, days)]

    def _dead_law(self, entry: Mapping[str, Any], parts: list[Part], on: date) -> list[str]:
        """Provisions that the statute book knows not to be there on the day; what it has not got passes."""
        found = []
        for part in parts:
            if part.kind == "provision":
                ref = ProvisionRef.parse(entry[part.key])
                why = _DEAD.get(self.status(ref, on))
                found += [f"{ref}在 {on} {why}"] if why else []
        return found

    def _too_early(self, record: Record, days: Mapping[str, date]) -> list[str]:
        """Days said to end a term that was not over by then."""
        from assistant.law.terms import reckon_term

        found = []
        for term in self.table.terms:
            stated, start = days.get(term.stated), days.get(term.start)
            if term.guard == record.guard and stated and start:
                due = reckon_term(term.limit, start, self.grounds).due
                if stated < due:
                    found.append(_early(term, stated, due))
        return found


def _early(term: Term, stated: date, due: date) -> str:
    return f"写的是 {stated}，而期限到 {due} 才届满"


def _asked(record: Record, walk: Walk) -> bool:
    """Whether the path brings the guard into play."""
    if record.endings and (walk.ending is None or walk.ending.id not in record.endings):
        return False
    given = walk.answers
    return record.asked is None or any(given.get(id_) in keys for id_, keys in record.asked.items())


def _entry(found: Any, parts: list[Part]) -> Mapping[str, Any] | None:
    """What the clerk wrote, by parts; a guard with a single part may be written without naming it.

    Of a guard that the path itself settles nothing is read.
    """
    if found is None or found == "" or found == [] or found == {}:
        return None
    if isinstance(found, Mapping):
        return found
    return {parts[0].key: found} if parts else {}


def _names(parts: list[Part]) -> list[str]:
    """The names of the parts, those that stand in for each other in one."""
    groups: dict[str, list[str]] = {}
    for part in parts:
        groups.setdefault(part.one_of or part.key, []).append(part.name)
    return ["或者".join(names) for names in groups.values()]


def _faults(parts: list[Part], entry: Mapping[str, Any], walk: Walk) -> list[str]:
    known = {part.key for part in parts}
    faults = [f"不认识的一项“{key}”" for key in entry if key not in known]
    written = {part.one_of for part in parts if part.one_of and entry.get(part.key) not in (None, "", [])}
    for part in parts:
        value = entry.get(part.key)
        if value in (None, "", []):
            if part.one_of not in written or part.one_of is None:
                faults.append(f"没有{part.name}")
            continue
        fault = read_part(part, value, walk.on)[1]
        if fault:
            faults.append(fault)
    return list(dict.fromkeys(faults))


def _ungrounded(entry: Mapping[str, Any], parts: list[Part], withheld: tuple[ProvisionRef, ...]) -> list[str]:
    """Grounds of the path the list of redactions does not speak of, and grounds of the list the path has not."""
    rows = next((entry[part.key] for part in parts if part.kind == "redactions"), None)
    if rows is None:
        return []
    listed = list(dict.fromkeys(ProvisionRef.parse(row["ground"]) for row in rows))
    lacking = [ref for ref in withheld if not any(_meet(ref, one) for one in listed)]
    strange = [one for one in listed if not any(_meet(ref, one) for ref in withheld)]
    return [
        *(f"没有写到依据{ref}的内容" for ref in lacking),
        *(f"写了依据{one}，前面的回答没有说到" for one in strange),
    ]


def _meet(one: ProvisionRef, other: ProvisionRef) -> bool:
    return one.covers(other) or other.covers(one)


def _days(records: Mapping[str, Record], file: File, walk: Walk) -> dict[str, date]:
    """Every day the file states, as guard.part."""
    found: dict[str, date] = {}
    for key, record in records.items():
        entry = _entry(file.get(key), list(record.parts))
        for part in record.parts if entry else ():
            value = read_part(part, entry.get(part.key), walk.on)[0] if entry else None
            if isinstance(value, date):
                found[f"{key}.{part.key}"] = value
    return found


def _out_of_order(table: GuardTable, record: Record, days: Mapping[str, date]) -> list[str]:
    """Days that contradict one another."""
    found = []
    for order in table.orders:
        first, second = days.get(order.first), days.get(order.second)
        if order.second.split(".")[0] == record.guard and first and second and second < first:
            found.append(f"{second} 早于 {first}，日期前后矛盾")
    return found
