"""The report of a year put together: counted tables, table one as the office told it, the six sections in words.

It is built as the audit reads any report, so that every check runs over the prose too.
Basis: 政府信息公开条例第五十条; 国办公开办函〔2021〕30号.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from assistant.cases.yearbook_facts import YearFacts
from assistant.cases.yearbook_text import DraftReport
from assistant.ingest.annual.audit import Auditor
from assistant.ingest.annual.form import ReportForm, TableForm
from assistant.ingest.annual.report import Report, parse_report
from assistant.ingest.annual.tables import Cell, Number
from assistant.settings import Agency

SOURCE = "登记簿"

_PUBLICATION, _REQUESTS, _DISPUTES = "publication", "requests", "disputes"

Figures = Mapping[tuple[str, str, str], int]


def counted_report(figures: Figures, facts: YearFacts, agency: Agency, auditor: Auditor) -> Report:
    """The three tables of a year; a cell of table one that nobody has told stays open."""
    forms = auditor.form.tables
    tables = {name: dict(_counted(figures, forms[name])) for name in (_REQUESTS, _DISPUTES)}
    return Report(
        agency=agency.name,
        short_name=agency.short_name,
        upper=None,
        year=facts.year,
        index_number=None,
        published_on=None,
        form=auditor.form.form,
        publication=dict(_told(facts.figures, forms[_PUBLICATION])),
        requests=tables[_REQUESTS],
        disputes=tables[_DISPUTES],
        sections=(),
        source=SOURCE,
    )


def with_prose(report: Report, prose: DraftReport, form: ReportForm) -> Report:
    """The report with its sections, as the audit reads them off a page."""
    read = parse_report(prose.text, form)
    return replace(
        report, sections=read.sections, headings=read.headings, lines=read.lines, body_year=read.body_year
    )


def _counted(figures: Figures, form: TableForm) -> Iterator[tuple[str, dict[str, Cell | None]]]:
    for row in form.rows:
        counts = {column: figures[form.code, row, column] for column in form.columns}
        yield row, {column: Cell(count, 0, str(count)) for column, count in counts.items()}


def _told(
    given: Mapping[str, Mapping[str, Number]], form: TableForm
) -> Iterator[tuple[str, dict[str, Cell | None]]]:
    for code, row in form.rows.items():
        cells = given.get(code, {})
        yield (
            code,
            {
                column: Cell(cells[column], 0, str(cells[column])) if column in cells else None
                for column in row.columns
            },
        )
