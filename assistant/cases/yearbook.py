"""The yearly report out of the register: its tables, what each cell counts, and every check of the audit, live.

Table two and three are counted, never typed; table one is no matter of the register and stays open.
Basis: 政府信息公开条例第四十九条、第五十条; 国办公开办函〔2021〕30号.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, or_, select

from assistant.cases import schema
from assistant.cases.counting import Counted, CountingRules, count_cases
from assistant.cases.reading import day
from assistant.cases.yearbook_checks import register_checks
from assistant.ingest.annual.audit import Audit, Auditor
from assistant.ingest.annual.cells import Cell, Table
from assistant.ingest.annual.form import TableForm
from assistant.ingest.annual.relations import unlike
from assistant.ingest.annual.report import Report
from assistant.law.clock_course import Grounds
from assistant.law.outcomes import Outcomes
from assistant.settings import Agency

Key = tuple[str, str, str]
Cells = Mapping[Key, tuple[str, ...]]

_REQUESTS, _DISPUTES, _TOTAL, _PENDING = "requests", "disputes", "total", "pending"
_SOURCE = "登记簿"


@dataclass(frozen=True)
class YearRules:
    """What a yearly report is counted and checked by."""

    counting: CountingRules
    grounds: Grounds
    outcomes: Outcomes
    auditor: Auditor
    agency: Agency


@dataclass(frozen=True)
class Yearbook:
    """The tables of a year with their audit; `cells` names the cases each cell counts, `notes` what to settle."""

    year: int
    as_of: date
    audit: Audit
    cells: Cells
    notes: tuple[str, ...]

    @property
    def report(self) -> Report:
        """The report as the audit reads it."""
        return self.audit.report

    @property
    def passes(self) -> bool:
        """Whether no check fails."""
        return self.audit.passes

    def to_json(self) -> dict[str, Any]:
        """The contract's form of an audited report, with the cases of each cell that counts any."""
        cases: dict[str, dict[str, dict[str, list[str]]]] = {_REQUESTS: {}, _DISPUTES: {}}
        for (table, row, column), numbers in self.cells.items():
            if numbers:
                cases[table].setdefault(row, {})[column] = list(numbers)
        return self.audit.to_json() | {
            "as_of": self.as_of.isoformat(),
            "cases": cases,
            "notes": list(self.notes),
        }


def make_yearbook(
    connection: Connection, year: int, rules: YearRules, as_of: date, earlier: Sequence[Report] = ()
) -> Yearbook:
    """The tables of a year as of a day, held against last year's report where it is among the earlier ones."""
    counted = list(count_cases(connection, year, rules.counting, rules.grounds, as_of))
    forms = rules.auditor.form.tables
    requests = count_requests(counted, year, forms[_REQUESTS])
    last = min(as_of, date(year, 12, 31))
    disputed = connection.execute(_disputed(last.isoformat(), f"{year:04}-01-01")).all()
    cells = requests | count_disputes(disputed, last, forms[_DISPUTES])
    report = _report(cells, year, rules)
    audit = rules.auditor.audit(report, _before(report, earlier))
    live = register_checks(counted, disputed, year, rules.counting, rules.outcomes)
    checks = tuple(
        rules.auditor.checks.check(check.id, check.scope, *live[check.id]) if check.id in live else check
        for check in audit.checks
    )
    return Yearbook(year, as_of, replace(audit, checks=checks), cells, _notes(counted, year, rules, as_of))


def count_requests(counted: Iterable[Counted], year: int, form: TableForm) -> dict[Key, tuple[str, ...]]:
    """Table two: each cell with the numbers of its cases. A case counts in one column, its total beside it."""
    cells: dict[Key, list[str]] = {
        (_REQUESTS, row, column): [] for row in form.rows for column in form.columns
    }
    for one in counted:
        for row in _rows_of(one, year):
            for column in (one.kind, _TOTAL):
                cells[_REQUESTS, row, column].append(one.number)
    return {key: tuple(numbers) for key, numbers in cells.items()}


def count_disputes(rows: Iterable[Row[Any]], last: date, form: TableForm) -> dict[Key, tuple[str, ...]]:
    """Table three: concluded in the year by result, or still pending on its last day."""
    cells: dict[Key, list[str]] = {
        (_DISPUTES, row, column): [] for row in form.rows for column in form.columns
    }
    for row in rows:
        concluded = day(row.concluded)
        ended = concluded is not None and concluded <= last
        for column in (row.result if ended else _PENDING, _TOTAL):
            cells[_DISPUTES, row.kind, column].append(row.number)
    return {key: tuple(numbers) for key, numbers in cells.items()}


def _before(report: Report, earlier: Sequence[Report]) -> Report | None:
    """The same body's report of the year before; one given alone is taken as it is, and the audit judges it."""
    fitting = [one for one in earlier if one.year and one.agency and not unlike(report, one)]
    last = fitting if len(fitting) == 1 else earlier
    return last[0] if len(last) == 1 else None


def _rows_of(one: Counted, year: int) -> list[str]:
    """The rows of table two a case counts in: where it came from, and where it went."""
    rows = ["new" if one.received.year == year else "carried_in"]
    if one.closed is None or one.closed.year > year:
        return [*rows, "carried_out"]
    return [*rows, *([one.outcome] if one.outcome else []), "total_handled"]


def _report(cells: Cells, year: int, rules: YearRules) -> Report:
    forms = rules.auditor.form.tables
    publication: Table = {code: dict.fromkeys(row.columns) for code, row in forms["publication"].rows.items()}
    tables = {
        name: {
            row: {column: Cell(len(cells[name, row, column]), 0, "") for column in forms[name].columns}
            for row in forms[name].rows
        }
        for name in (_REQUESTS, _DISPUTES)
    }
    return Report(
        agency=rules.agency.name,
        short_name=rules.agency.short_name,
        upper=None,
        year=year,
        index_number=None,
        published_on=None,
        form=rules.auditor.form.form,
        publication=publication,
        requests=tables[_REQUESTS],
        disputes=tables[_DISPUTES],
        sections=(),
        source=_SOURCE,
    )


def _notes(counted: list[Counted], year: int, rules: YearRules, as_of: date) -> tuple[str, ...]:
    """What a person must settle before the tables are final."""
    notes = []
    if as_of <= date(year, 12, 31):
        notes.append(f"{year}年还没有结束，表中是截至 {as_of} 的数字。")
    silent = [one for one in counted if one.lapsed and one.lapsed.year <= year and one.closed is None]
    if silent:
        named = "、".join(f"{one.number}（{one.lapsed}）" for one in silent)
        notes.append(
            f"期限届满、视为放弃而没有记录处理结果的：{named}。暂计入结转；请确认申请人没有正当理由，并用 case decide 记录。"
        )
    if any(one.withdrawn and one.closed and one.closed.year == year for one in counted):
        notes.append(f"{rules.counting.of('withdrawn', year).says}。")
    notes.append("“主动公开政府信息情况”表的数字不在登记簿里，请另行填写。")
    return tuple(notes)


def _disputed(last: str, first: str) -> Select[Any]:
    """Reviews and suits filed by the last day and not concluded before the first, with the outcome of the case."""
    cases, disputes, decisions = schema.cases, schema.disputes, schema.decisions
    concluded = disputes.c.concluded
    return (
        select(cases.c.number, disputes.c.kind, disputes.c.result, concluded, decisions.c.outcome)
        .join_from(disputes, cases, cases.c.id == disputes.c.case_id)
        .outerjoin(decisions, and_(decisions.c.case_id == cases.c.id, schema.STANDING))
        .where(disputes.c.filed <= last, or_(concluded.is_(None), concluded >= first))
        .order_by(disputes.c.filed, disputes.c.id)
    )
