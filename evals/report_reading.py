"""The product's reading of a report, in the form an evaluation judges: its figures and its alarms by name."""

from collections.abc import Iterator

from assistant.ingest.annual.audit import Audit, audit
from assistant.ingest.annual.report import parse_report
from evals.report_baseline import Reading
from evals.report_cases import ReportCase
from evals.report_document import KNOWN


def assistant_reading(case: ReportCase) -> Reading:
    """Agency, year, form and figures as read; alarms: checks that fail and kinds of findings."""
    report = parse_report(case.page.text)
    previous = parse_report(case.previous) if case.previous else None
    heard = list(_heard(audit(report, previous)))
    errors = frozenset(name for name, severity in heard if severity == "error")
    notices = frozenset(name for name, severity in heard if severity != "error")
    figures = {key: report.value(*key) for key in KNOWN}
    return Reading(report.agency, report.year, report.form, figures, errors, notices)


def _heard(audited: Audit) -> Iterator[tuple[str, str]]:
    """Name and severity of whatever the audit says is wrong."""
    yield from ((check.id, check.severity) for check in audited.checks if check.status == "fails")
    yield from ((finding.kind, finding.severity) for finding in audited.findings)
