"""Published annual reports (政府信息公开工作年度报告), read into figures and sections.

Basis: 政府信息公开条例第四十九条、第五十条.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from assistant.errors import CorpusError
from assistant.ingest.frontmatter import split_front_matter
from assistant.ingest.report_form import (
    ReportForm,
    TableForm,
    load_report_form,
    plain_words,
    standing_form,
)
from assistant.ingest.report_headings import Heading, find_headings
from assistant.ingest.report_tables import Cell, Line, Number, Table, read_table
from assistant.ingest.report_text import ReportText, read_text
from assistant.law.rules import require_keys

FOLDER = "reports"

_FRONT = {
    "agency": (str,),
    "short_name": (str,),
    "upper": (str, type(None)),
    "year": (int,),
    "index_number": (str, type(None)),
    "published_on": (date, type(None)),
    "source": (str,),
    "verified": (bool,),
    "last_checked_on": (date,),
}
_TITLE_YEAR_FIRST = re.compile(
    r"^#*\s*(20\d\d)年度?\s*(\S{2,30}?)(?:政府信息公开|信息公开)(?:工作)?(?:年度)?报告$"
)
_TITLE_AGENCY_FIRST = re.compile(
    r"^#*\s*(?!20\d\d年)(\S{2,30}?)(?:关于)?(20\d\d)年度?(?:政府信息公开|信息公开)(?:工作)?(?:年度)?报告$"
)
_INDEX = re.compile(r"索\s*引\s*号\s*[:：|\s]+([0-9A-Za-z][0-9A-Za-z/_-]+)")
_ISSUER = re.compile(r"发布(?:机构|单位)\s*[:：|\s]+([^\s|]+)")
_PUBLISHED = re.compile(r"(?:公开|发布|成文)日期\s*[:：|\s]+(\d{4})[-年./](\d{1,2})[-月./](\d{1,2})")


@dataclass(frozen=True)
class Section:
    """One of the six sections under its official title; `line` is that of its heading."""

    number: int
    title: str
    text: str
    line: int


@dataclass(frozen=True)
class Report:
    """One agency's report for one year. Tables are row code → column code → Cell, None where not shown.

    `form` is "2021", "2019" or "unknown" and is told by the labels, never by the year. What the source
    does not say is None. `headings` are all titles that are or try to be those of top sections; `lines` is
    the whole text as published, the first of them numbered `first_line`.
    """

    agency: str | None
    short_name: str | None
    upper: str | None
    year: int | None
    index_number: str | None
    published_on: date | None
    form: str
    publication: Table
    requests: Table
    disputes: Table
    sections: tuple[Section, ...]
    source: str
    origin: str = ""
    verified: bool = False
    headings: tuple[Heading, ...] = ()
    lines: tuple[str, ...] = ()
    first_line: int = 1

    @property
    def tables(self) -> Mapping[str, Table]:
        """The three tables by code."""
        return {"publication": self.publication, "requests": self.requests, "disputes": self.disputes}

    def line(self, number: int) -> str:
        """The words of a numbered line, as published."""
        return self.lines[number - self.first_line]

    def cell(self, table: str, row: str, column: str) -> Cell | None:
        """A cell of a table, or None where the source does not show it."""
        return self.tables[table].get(row, {}).get(column)

    def value(self, table: str, row: str, column: str) -> Number | None:
        """The figure in a cell, or None where it is not available."""
        cell = self.cell(table, row, column)
        return cell.value if cell else None


def load_reports(corpus_dir: Path) -> tuple[Report, ...]:
    """Every report of the corpus, by agency and year. Raises CorpusError naming file and key."""
    form = load_report_form(corpus_dir / "rules")
    paths = sorted((corpus_dir / FOLDER).glob("*.md"))
    reports = [read_report(path, form) for path in paths]
    _refuse_doubles(reports)
    return tuple(sorted(reports, key=lambda report: (report.agency or "", report.year or 0)))


def read_report(path: Path, form: ReportForm) -> Report:
    """One report file of the corpus: front matter first, then the six sections."""
    front, body = split_front_matter(path)
    require_keys(front, _FRONT, path.name)
    head = path.read_text(encoding="utf-8").count("\n") - body.count("\n")
    report = parse_report(body, form, first_line=head + 1)
    return _with_front(report, front, f"{FOLDER}/{path.name}")


def parse_report(text: str, form: ReportForm | None = None, first_line: int = 1) -> Report:
    """A report as published, from its bare text; lines are counted from `first_line`."""
    form = form or standing_form()
    read = read_text(text, dict(form.characters), first_line)
    lines: list[Line] = list(enumerate(read.printed, start=first_line))
    headings = find_headings(read, form)
    sections = tuple(_sections(read, headings, form))
    kind = _form(list(_lines_of(sections, form.tables["publication"].section)) or lines, form)
    tables = {
        code: read_table(_table_lines(sections, table, kind, form), table)
        for code, table in form.tables.items()
    }
    agency, year = _title(lines)
    return Report(
        agency=agency,
        short_name=_first(_ISSUER, text),
        upper=None,
        year=year,
        index_number=_first(_INDEX, text),
        published_on=_day(_PUBLISHED.search(text)),
        form=kind,
        publication=tables["publication"],
        requests=tables["requests"],
        disputes=tables["disputes"],
        sections=sections,
        source="",
        headings=headings,
        lines=read.printed,
        first_line=first_line,
    )


def _table_lines(
    sections: tuple[Section, ...], table: TableForm, kind: str, form: ReportForm
) -> Iterator[Line]:
    """Lines a table may stand on; none where another form counts other things under the same titles."""
    if table.code == "publication" and kind != form.form:
        return iter(())
    return _lines_of(sections, table.section)


def _first(pattern: re.Pattern[str], text: str) -> str | None:
    found = pattern.search(text)
    return found[1] if found else None


def _with_front(report: Report, front: Mapping[str, Any], source: str) -> Report:
    """What the front matter says wins over what the body was read to say."""
    named = {key: front[key] for key in _FRONT if key not in ("source", "last_checked_on")}
    return replace(report, **named, origin=front["source"], source=source)


def _refuse_doubles(reports: list[Report]) -> None:
    seen: dict[tuple[str | None, int | None], str] = {}
    for report in reports:
        key = (report.agency, report.year)
        if key in seen:
            raise CorpusError(
                f"{report.source} 与 {seen[key]} 是同一机关同一年度的报告（{report.agency}，{report.year}年）。请只保留一份。"
            )
        seen[key] = report.source


def _sections(text: ReportText, headings: tuple[Heading, ...], form: ReportForm) -> Iterator[Section]:
    """The text under each heading that names a section, up to the next that does."""
    titles = {section.number: section.title for section in form.sections}
    named = [(heading.number, heading.line) for heading in headings if heading.number]
    ends = [*(line for _, line in named), text.number(len(text.printed))]
    for (number, line), end in zip(named, ends[1:], strict=True):
        words = "\n".join(text.printed[line - text.first + 1 : end - text.first])
        yield Section(number, titles[number], words, line)


def _lines_of(sections: tuple[Section, ...], number: int) -> Iterator[Line]:
    for section in sections:
        if section.number == number:
            yield from enumerate(section.text.split("\n"), start=section.line + 1)


def _form(lines: list[Line], form: ReportForm) -> str:
    """The form whose words the report uses; unknown where it uses those of both or of none."""
    words = plain_words("".join(line for _, line in lines))
    seen = [name for name, signs in form.signs.items() if any(plain_words(sign) in words for sign in signs)]
    return seen[0] if len(seen) == 1 else "unknown"


def _title(lines: list[Line]) -> tuple[str | None, int | None]:
    """Agency and year from the report's own title line."""
    for _, line in lines:
        words = line.strip()
        if found := _TITLE_YEAR_FIRST.match(words):
            return found[2], int(found[1])
        if found := _TITLE_AGENCY_FIRST.match(words):
            return found[1], int(found[2])
    return None, None


def _day(found: re.Match[str] | None) -> date | None:
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None
