"""The audit of a published annual report: relations of the tables, prose against tables, form.

What the source does not show is unavailable and accuses nobody. Basis: 政府信息公开条例第四十九条、第五十条;
国办公开办函〔2021〕30号.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from assistant.ingest.annual.checks import Check, Finding, ReportChecks, load_report_checks, standing_checks
from assistant.ingest.annual.claims import check_narrative, section_text
from assistant.ingest.annual.conformity import check_conformity
from assistant.ingest.annual.form import ReportForm, load_report_form, standing_form
from assistant.ingest.annual.narrative_text import read_prose
from assistant.ingest.annual.relations import Plan, check_relations, figures, plan_of
from assistant.ingest.annual.report import Report
from assistant.ingest.annual.tables import Number, Table

_GENERAL = 1


@dataclass(frozen=True)
class Audit:
    """The outcome of an audit: every check, and every finding with what was seen."""

    report: Report
    checks: tuple[Check, ...]
    findings: tuple[Finding, ...]

    @property
    def passes(self) -> bool:
        """Whether nothing is wrong; a warning is for the clerk to judge, what is unavailable is not wrong."""
        failing = [check for check in self.checks if check.status == "fails" and check.severity == "error"]
        return not failing and all(finding.severity != "error" for finding in self.findings)

    def to_json(self) -> dict[str, Any]:
        """The contract's form: figures, null where the source does not show them, checks and findings."""
        report = self.report
        return {
            "agency": report.agency,
            "year": report.year,
            "form": report.form,
            "requests": _figures(report.requests),
            "publication": _figures(report.publication),
            "disputes": _figures(report.disputes),
            "checks": [check.to_json() for check in self.checks],
            "findings": [finding.to_json() for finding in self.findings],
            "passes": self.passes,
        }


@dataclass(frozen=True, eq=False)
class Auditor:
    """The rules and the form at work; their relations are laid out once for many reports."""

    checks: ReportChecks
    form: ReportForm
    plan: Plan

    def audit(self, report: Report, previous: Report | None = None) -> Audit:
        """Everything that can be checked of a report, with last year's beside it where there is one."""
        seen = figures(report)
        prose = read_prose(section_text(report, _GENERAL))
        told, said = check_narrative(report, prose, seen, self.checks, self.form)
        related = check_relations(report, previous, seen, self.checks, self.plan)
        form = check_conformity(report, prose, self.checks, self.form)
        return Audit(report, tuple(_ordered((*related, *told), self.checks)), (*said, *form))


def load_auditor(rules_dir: Path) -> Auditor:
    """The auditor of a corpus. Raises CorpusError naming file, row and key."""
    form = load_report_form(rules_dir)
    return Auditor(load_report_checks(rules_dir), form, plan_of(form))


@cache
def standing_auditor() -> Auditor:
    """The auditor of the corpus that comes with the project."""
    return Auditor(standing_checks(), standing_form(), plan_of(standing_form()))


def audit(report: Report, previous: Report | None = None) -> Audit:
    """The audit of a report by the rules that come with the project."""
    return standing_auditor().audit(report, previous)


def _ordered(found: Iterable[Check], checks: ReportChecks) -> list[Check]:
    """In the order of the rule file."""
    places = {id_: place for place, id_ in enumerate(checks.rules)}
    return sorted(found, key=lambda check: places[check.id])


def _figures(table: Table) -> dict[str, dict[str, int | float | None]]:
    return {
        row: {column: _plain(cell.value) if cell else None for column, cell in cells.items()}
        for row, cells in table.items()
    }


def _plain(value: Number | None) -> int | float | None:
    if isinstance(value, Decimal):
        return int(value) if value == int(value) else float(value)
    return value
