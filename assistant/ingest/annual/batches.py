"""Reports as files: one, a folder of them, or a zip archive.

Each report is named by its file; one that cannot be read says why and stops no other.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from assistant.errors import InputError
from assistant.ingest.annual.report import Report, parse_report
from assistant.ingest.files.folder import SetAside, read_folder
from assistant.ingest.files.published import Published, read_published


@dataclass(frozen=True)
class ReportFile:
    """A report read from a file, or the reason why it could not be read."""

    name: str
    report: Report | None
    fault: str = ""


def is_batch(path: Path) -> bool:
    """Whether a path holds many reports: a folder or a zip archive."""
    return path.is_dir() or path.suffix.lower() == ".zip"


def read_one(path: Path) -> Report:
    """The report of a file. Raises InputError where it cannot be read or is no annual report."""
    return _report(read_published(path))


def read_many(path: Path) -> Iterator[ReportFile]:
    """Every report of a folder or archive, by name. Raises InputError where there is none."""
    for found in read_folder(path):
        if isinstance(found, SetAside):
            yield ReportFile(found.name, None, found.reason)
            continue
        try:
            yield ReportFile(found.name, _report(found))
        except InputError as fault:
            yield ReportFile(found.name, None, str(fault))


def _report(found: Published) -> Report:
    report = parse_report(found.text)
    if not report.sections and not _has_figures(report):
        raise InputError(
            f"文件“{found.name}”里没有找到年度报告的章节和表格；请检查是否选对了文件，或改用带文字的版本。"
        )
    return report


def _has_figures(report: Report) -> bool:
    return any(
        cell and cell.value is not None
        for table in report.tables.values()
        for row in table.values()
        for cell in row.values()
    )
