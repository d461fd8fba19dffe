"""Published annual reports (政府信息公开工作年度报告), read into figures and sections.

Basis: 政府信息公开条例第四十九条、第五十条.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from assistant.errors import CorpusError
from assistant.ingest.annual.form import ReportForm, TableForm, load_report_form, standing_form
from assistant.ingest.annual.headings import Heading, find_headings
from assistant.ingest.annual.kinds import refuse_unusable
from assistant.ingest.annual.tables import Cell, Line, Number, Table, has_rows, read_tables
from assistant.ingest.annual.text import ReportText, han, read_text
from assistant.ingest.annual.titles import read_imprint
from assistant.ingest.frontmatter import split_front_matter
from assistant.law.rules import require_keys

__all__ = [
    "Cell",
    "Heading",
    "Number",
    "Report",
    "Section",
    "Table",
    "load_reports",
    "parse_report",
    "read_report",
    "refuse_unusable",
]

FOLDER = "reports"
UNKNOWN = "unknown"

_BOTH = "both"
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
    the whole text as published, the first of them numbered `first_line`. `body_year` is the year the text itself reports on, where it
    differs from `year` the title says otherwise. `places` says where lines stand in a file with pages or sheets.
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
    body_year: int | None = None
    places: Mapping[int, str] = field(default_factory=dict)

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
    read = read_text(text, form.characters, first_line)
    headings = find_headings(read, form)
    sections = tuple(_sections(read, headings, form))
    zones = {code: _zone(read, headings, form, table) for code, table in form.tables.items()}
    kind = _signs(zones["publication"], form)
    tables = read_tables(zones, form, kind)
    said = read_imprint(read, headings[0].line - first_line if headings else 0)
    return Report(
        agency=said.agency,
        short_name=said.short_name,
        upper=None,
        year=said.year,
        index_number=said.index_number,
        published_on=said.published_on,
        form=_form(kind, tables["requests"], form),
        publication=tables["publication"],
        requests=tables["requests"],
        disputes=tables["disputes"],
        sections=sections,
        source="",
        headings=headings,
        lines=read.printed,
        first_line=first_line,
        body_year=said.body_year,
    )


def _zone(text: ReportText, headings: tuple[Heading, ...], form: ReportForm, table: TableForm) -> list[Line]:
    """The lines a table may stand on: those of its section, or all where its section has none of its rows."""
    named = [heading for heading in headings if heading.number]
    ends = [*(heading.line for heading in named), text.number(len(text.plain))]
    spans = [
        (heading.line + 1, end)
        for heading, end in zip(named, ends[1:], strict=True)
        if heading.number == table.section
    ]
    lines = [(n, text.plain[n - text.first]) for start, end in spans for n in range(start, end)]
    if lines and has_rows(_han(lines), form, table.code):
        return lines
    heads = {heading.line for heading in headings}
    return [(number, line) for number, line in enumerate(text.plain, start=text.first) if number not in heads]


def _han(lines: Sequence[Line]) -> str:
    return han("".join(line for _, line in lines))


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


def _signs(lines: Sequence[Line], form: ReportForm) -> str:
    """The form whose words table one uses; unknown where it uses those of both or of none."""
    words = _han(lines)
    seen = [name for name, signs in form.signs.items() if any(sign in words for sign in signs)]
    return seen[0] if len(seen) == 1 else _BOTH if seen else UNKNOWN


def _form(kind: str, requests: Table, form: ReportForm) -> str:
    """The form of the whole report: 其他处理 in one row or in three must not speak against table one."""
    members = form.tables["requests"].groups["other"].of
    split = any(requests[code][column] for code in members for column in requests[code])
    told = form.form if split else form.former_form if "other" in requests else UNKNOWN
    if kind == UNKNOWN:
        return told
    return kind if kind != _BOTH and told in (UNKNOWN, kind) else UNKNOWN
