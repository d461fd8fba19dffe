"""Reports as files: one, a folder of them, or a zip archive.

Each report is named by its file; one that cannot be read says why and stops no other.
"""

import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from assistant.errors import AssistantError, InputError
from assistant.ingest.reports import Report, parse_report

_KINDS = (".txt", ".md", ".docx", ".pdf", ".html", ".htm", ".mht", ".mhtml", ".xlsx")
_LARGEST = 20 * 1024 * 1024
_MOST = 20_000


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
    from assistant.ingest.readers import read_letter

    report = parse_report(read_letter(path))
    if not report.sections and not _has_figures(report):
        raise InputError(
            f"文件“{path.name}”里没有找到年度报告的章节和表格；请检查是否选对了文件，或改用带文字的版本。"
        )
    return report


def read_many(path: Path) -> Iterator[ReportFile]:
    """Every report of a folder or archive, by name. Raises InputError where there is none."""
    if path.is_dir():
        yield from _folder(path)
    else:
        yield from _archive(path)


def _has_figures(report: Report) -> bool:
    return any(
        cell and cell.value is not None
        for table in report.tables.values()
        for row in table.values()
        for cell in row.values()
    )


def _folder(path: Path) -> Iterator[ReportFile]:
    found = sorted(p for p in path.rglob("*") if p.is_file() and p.suffix.lower() in _KINDS)
    if not found:
        raise InputError(f"文件夹“{path}”里没有报告文件（{'、'.join(_KINDS)}）；请检查路径。")
    for one in found:
        yield _read(one, one.relative_to(path).as_posix())


def _archive(path: Path) -> Iterator[ReportFile]:
    """The members are written out one by one under names of our own, so that none chooses its place."""
    try:
        with zipfile.ZipFile(path) as archive, tempfile.TemporaryDirectory() as folder:
            members = [m for m in archive.infolist() if _suffix(m) in _KINDS][:_MOST]
            if not members:
                raise InputError(f"压缩包“{path.name}”里没有报告文件（{'、'.join(_KINDS)}）。")
            for member in sorted(members, key=lambda member: member.filename):
                yield _member(archive, member, Path(folder))
    except FileNotFoundError as fault:
        raise InputError(f"找不到文件：{path}；请检查路径。") from fault
    except zipfile.BadZipFile as fault:
        raise InputError(f"文件“{path.name}”不是有效的压缩包；请重新打包。") from fault


def _member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, folder: Path) -> ReportFile:
    name = _name(member)
    if member.flag_bits & 0x1:
        return ReportFile(name, None, f"“{name}”有密码，不能读取；请去掉密码后重新打包。")
    if member.file_size > _LARGEST:
        return ReportFile(name, None, f"“{name}”太大（上限 20 MB）。")
    copy = folder / f"report{_suffix(member)}"
    try:
        copy.write_bytes(archive.read(member))
    except (zipfile.BadZipFile, EOFError) as fault:
        return ReportFile(name, None, f"“{name}”已损坏（{fault}）。")
    return _read(copy, name)


def _suffix(member: zipfile.ZipInfo) -> str:
    return PurePosixPath(member.filename).suffix.lower()


def _name(member: zipfile.ZipInfo) -> str:
    """The member's name; archives made by Chinese systems write it in GB18030 without saying so."""
    if member.flag_bits & 0x800:
        return member.filename
    try:
        return member.filename.encode("cp437").decode("gb18030")
    except UnicodeError:
        return member.filename


def _read(path: Path, name: str) -> ReportFile:
    try:
        return ReportFile(name, read_one(path))
    except AssistantError as fault:
        return ReportFile(name, None, str(fault).replace(path.name, name))
