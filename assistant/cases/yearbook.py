"""The yearly report out of the register: its tables, what each cell counts, and every check of the audit, live.

Tables two and three are counted, never typed; table one and the words the register cannot know are told by the office.
Basis: 政府信息公开条例第四十九条、第五十条; 国办公开办函〔2021〕30号.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

from sqlalchemy import Connection

from assistant.cases.counting import (
    Counted,
    CountedDispute,
    CountingRules,
    count_cases,
    count_disputed,
    count_steps,
)
from assistant.cases.yearbook_cells import (
    DISPUTES,
    REQUESTS,
    CellCases,
    Cells,
    Key,
    cell_label,
    count_disputes,
    count_requests,
    open_cells,
)
from assistant.cases.yearbook_checks import register_checks
from assistant.cases.yearbook_facts import YearFacts
from assistant.cases.yearbook_prose import Sources, draft_prose, told_by_settings
from assistant.cases.yearbook_report import counted_report, with_prose
from assistant.cases.yearbook_text import DraftReport, ReportText
from assistant.ingest.annual.audit import Audit, Auditor
from assistant.ingest.annual.form import ReportForm
from assistant.ingest.annual.relations import unlike
from assistant.ingest.annual.report import Report
from assistant.law.clock_course import Grounds
from assistant.law.outcomes import Outcomes
from assistant.settings import Agency

_CARRIED_IN, _LINK, _PUBLICATION = "carried_in", "R4", "publication"
_MOST_NAMED = 20


@dataclass(frozen=True)
class YearRules:
    """What a yearly report is counted and checked by."""

    counting: CountingRules
    grounds: Grounds
    outcomes: Outcomes
    auditor: Auditor
    agency: Agency
    text: ReportText


@dataclass(frozen=True)
class Beside:
    """What stands beside the register: last year's report as given, or those the office keeps; what it fills in."""

    previous: Report | None = None
    kept: Sequence[Report] = ()
    facts: YearFacts | None = None


@dataclass(frozen=True)
class Counts:
    """What the register counts for a year as of its last day. `cells`: the numbers of the cases in each cell."""

    year: int
    last: date
    counted: tuple[Counted, ...]
    disputed: tuple[CountedDispute, ...]
    steps: dict[str, int]
    cells: Cells

    @cached_property
    def by_number(self) -> dict[str, Counted]:
        """The cases by their numbers."""
        return {one.number: one for one in self.counted}


@dataclass(frozen=True)
class Yearbook:
    """The report of a year with its audit and what its cells count; `notes`: what to settle, `gaps`: to fill in."""

    year: int
    as_of: date
    audit: Audit
    prose: DraftReport
    counts: Counts
    notes: tuple[str, ...]
    gaps: tuple[str, ...]

    @property
    def report(self) -> Report:
        """The report as the audit reads it."""
        return self.audit.report

    @property
    def cells(self) -> Cells:
        """The numbers of the cases in each cell of tables two and three."""
        return self.counts.cells

    @property
    def passes(self) -> bool:
        """Whether no check fails."""
        return self.audit.passes

    def to_json(self) -> dict[str, Any]:
        """The contract's form of an audited report, with the cases of each cell that counts any."""
        cases: dict[str, dict[str, dict[str, list[str]]]] = {REQUESTS: {}, DISPUTES: {}}
        for (table, row, column), numbers in self.cells.items():
            if numbers:
                cases[table].setdefault(row, {})[column] = list(numbers)
        return self.audit.to_json() | {
            "as_of": self.as_of.isoformat(),
            "cases": cases,
            "sections": [
                {"number": one.number, "title": one.title, "paragraphs": list(one.paragraphs)}
                for one in self.prose.sections
            ],
            "notes": list(self.notes),
            "gaps": list(self.gaps),
        }

    def open_cell(self, key: Key, form: ReportForm, outcomes: Outcomes) -> CellCases:
        """The cases of one cell, one line each, without anybody's name."""
        if key[0] == DISPUTES:
            lines = _dispute_lines(self.counts, key, form)
        else:
            lines = _request_lines(self.counts, key, form, outcomes)
        return CellCases(key, cell_label(key, form), tuple(lines))


def make_yearbook(
    connection: Connection, year: int, rules: YearRules, as_of: date, beside: Beside | None = None
) -> Yearbook:
    """The report of a year as of a day, held against last year's where there is one."""
    beside = beside or Beside()
    facts = beside.facts or YearFacts(year)
    counts = _count(connection, year, rules, as_of)
    figures = {key: len(numbers) for key, numbers in counts.cells.items()}
    report = counted_report(figures, facts, rules.agency, rules.auditor)
    previous = beside.previous or _before(report, beside.kept)
    sources = Sources(
        counts.steps,
        None if unlike(report, previous) else previous,
        {**told_by_settings(rules.agency), **facts.told},
    )
    form = rules.auditor.form
    prose = draft_prose(report, form, rules.text, sources)
    audit = _audited(with_prose(report, prose, form), previous, counts, rules)
    gaps = (*open_cells(report.publication, form.tables[_PUBLICATION]), *(one.label for one in prose.gaps))
    return Yearbook(year, as_of, audit, prose, counts, tuple(_notes(counts, audit, rules, as_of)), gaps)


def _count(connection: Connection, year: int, rules: YearRules, as_of: date) -> Counts:
    last = min(as_of, date(year, 12, 31))
    counted = tuple(count_cases(connection, year, rules.counting, rules.grounds, as_of))
    disputed = tuple(count_disputed(connection, year, last))
    forms = rules.auditor.form.tables
    cells = count_requests(counted, year, forms[REQUESTS]) | count_disputes(disputed, last, forms[DISPUTES])
    return Counts(year, last, counted, disputed, count_steps(connection, year, last), cells)


def _audited(report: Report, previous: Report | None, counts: Counts, rules: YearRules) -> Audit:
    """Every check of the audit, and in the place of those that only cases can tell, what the cases tell."""
    audit, checks = rules.auditor.audit(report, previous), rules.auditor.checks
    live = register_checks(counts.counted, counts.disputed, counts.year, rules.counting, rules.outcomes)
    told = (
        checks.check(check.id, check.scope, *live[check.id]) if check.id in live else check
        for check in audit.checks
    )
    return replace(audit, checks=tuple(told))


def _before(report: Report, kept: Sequence[Report]) -> Report | None:
    """The same body's report of the year before, among those the office keeps."""
    fitting = [one for one in kept if one.year and one.agency and not unlike(report, one)]
    return fitting[0] if len(fitting) == 1 else None


def _request_lines(
    counts: Counts, key: Key, form: ReportForm, outcomes: Outcomes
) -> Iterator[dict[str, Any]]:
    """When each came and from whom in kind, when and how it ended within the year."""
    columns = form.tables[REQUESTS].columns
    for number in counts.cells[key]:
        one = counts.by_number[number]
        ended = one.closed if one.closed and one.closed <= counts.last else None
        outcome = one.outcome if ended else None
        yield {
            "number": number,
            "received": one.received.isoformat(),
            "kind": one.kind,
            "applicant": columns[one.kind].label,
            "closed": ended.isoformat() if ended else None,
            "outcome": outcome,
            "result": outcomes[outcome].label if outcome else None,
        }


def _dispute_lines(counts: Counts, key: Key, form: ReportForm) -> Iterator[dict[str, Any]]:
    """When each review or suit was filed, when and how it ended within the year."""
    table, (_, row, column) = form.tables[DISPUTES], key
    for one in counts.disputed:
        stands = one.column(counts.last)
        if one.kind == row and column in (stands, "total"):
            ended = one.concluded if stands == one.result else None
            yield {
                "number": one.number,
                "dispute": table.rows[row].label,
                "filed": one.filed.isoformat(),
                "concluded": ended.isoformat() if ended else None,
                "outcome": one.outcome,
                "result": table.columns[stands].label,
            }


def _notes(counts: Counts, audit: Audit, rules: YearRules, as_of: date) -> Iterator[str]:
    """What a person must settle before the tables are final."""
    year = counts.year
    if as_of <= date(year, 12, 31):
        yield f"{year}年还没有结束，表中是截至 {as_of} 的数字。"
    silent = [one for one in counts.counted if one.lapsed and one.lapsed.year <= year and one.closed is None]
    if silent:
        named = _named([f"{one.number}（{one.lapsed}）" for one in silent])
        yield (
            f"期限届满、视为放弃而没有记录处理结果的：{named}。暂计入结转；"
            "请确认申请人没有正当理由，并用 case decide 记录。"
        )
    if any(one.withdrawn and one.closed and one.closed.year == year for one in counts.counted):
        yield f"{rules.counting.of('withdrawn', year).says}。"
    if any(check.id == _LINK and check.status == "fails" for check in audit.checks):
        carried = counts.cells[REQUESTS, _CARRIED_IN, "total"]
        yield (
            f"登记簿里上年结转的是{len(carried)}件：{_named(carried) or '没有'}。请与上一年报告逐件核对；"
            "上一年公布之后补记、更正的，在报告中说明。"
        )


def _named(numbers: Sequence[str]) -> str:
    """The cases by number, the first of many."""
    more = f"等{len(numbers)}件" if len(numbers) > _MOST_NAMED else ""
    return "、".join(numbers[:_MOST_NAMED]) + more
