"""Published reports cut into passages: the prose by heading, the tables by row in words."""

import re
from collections.abc import Iterator

from assistant.ingest.annual.form import ReportForm, TableForm
from assistant.ingest.annual.report import Report, Section
from assistant.ingest.passages import Passage

_HEADING = re.compile(r"(?m)^###\s*(.+)$")
_TABLE_LINE = re.compile(r"(?m)^\|.*$\n?")


def cut_reports(reports: tuple[Report, ...], form: ReportForm) -> list[Passage]:
    """Every section in prose and every table row of the reports."""
    return [
        passage
        for report in reports
        for passage in (
            *_prose(report),
            *(row for table in form.tables.values() for row in _rows(report, table)),
        )
    ]


def _name(report: Report) -> str:
    return f"{report.agency}{report.year}年政府信息公开工作年度报告"


def _prose(report: Report) -> Iterator[Passage]:
    for section in report.sections:
        for title, words in _parts(section):
            where = f"{_name(report)}·{section.title}" + (f"·{title}" if title else "")
            yield _passage(report, f"{section.number}-{title}", where, words)


def _parts(section: Section) -> Iterator[tuple[str, str]]:
    """Prose of a section by its own headings, without table lines."""
    pieces = _HEADING.split(_TABLE_LINE.sub("", section.text))
    for title, words in zip(("", *pieces[1::2]), pieces[::2], strict=True):
        if words.strip():
            yield title.strip(), words.strip()


def _rows(report: Report, table: TableForm) -> Iterator[Passage]:
    for code, row in table.rows.items():
        cells = {column: report.cell(table.code, code, column) for column in row.columns}
        told = [
            f"{table.column(column).label}{cell.value}"
            for column, cell in cells.items()
            if cell and cell.value is not None
        ]
        if told:
            where = f"{_name(report)}·{table.title}·{row.printed}"
            yield _passage(report, f"{table.code}-{code}", where, f"{row.printed}：{'，'.join(told)}。")


def _passage(report: Report, place: str, where: str, words: str) -> Passage:
    return Passage(
        id=f"{report.source}#{place}",
        kind="report",
        text=f"{where} {words}",
        shown=words,
        source=report.source,
        title=where,
        agency=report.agency,
        year=report.year,
    )
