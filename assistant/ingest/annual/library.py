"""Published reports an office has collected, read from a shelf of files in any shape.

One report stands for one agency and year. A file that is no report, holds several, or repeats an agency and
year already there is set aside with the reason; it never stops the rest.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from assistant.errors import InputError
from assistant.ingest.annual.form import ReportForm
from assistant.ingest.annual.kinds import refuse_unusable
from assistant.ingest.annual.report import FOLDER, Report, parse_report
from assistant.ingest.files.folder import SetAside
from assistant.ingest.files.published import Published


@dataclass(frozen=True)
class ReportLibrary:
    """The reports that may be quoted, and the files that were set aside."""

    reports: tuple[Report, ...] = ()
    set_aside: tuple[SetAside, ...] = ()


def collect_reports(
    found: Iterable[Published | SetAside], corpus: Iterable[Report], form: ReportForm
) -> ReportLibrary:
    """A library from what was read; the corpus's own reports come first and are not repeated."""
    known = {(report.agency, report.year): report.source for report in corpus}
    reports, aside = [], []
    for one in _parsed(found, form):
        if isinstance(one, SetAside):
            aside.append(one)
            continue
        earlier = known.setdefault((one.agency, one.year), one.source)
        if earlier != one.source:
            aside.append(_double(one, earlier))
        else:
            reports.append(one)
    return ReportLibrary(tuple(reports), tuple(aside))


def require_report(published: Published, form: ReportForm) -> None:
    """Raises InputError where a file is no annual report that could be quoted."""
    _report(published, form)


def _parsed(found: Iterable[Published | SetAside], form: ReportForm) -> Iterator[Report | SetAside]:
    for one in found:
        try:
            yield one if isinstance(one, SetAside) else _report(one, form)
        except InputError as fault:
            yield SetAside(one.name, str(fault))


def _report(published: Published, form: ReportForm) -> Report:
    """A file as a report. Raises InputError where it is none, or does not say whose and of which year it is."""
    refuse_unusable(published.text, form)
    report = parse_report(published.text, form)
    lacking = [words for words, value in (("机关", report.agency), ("年度", report.year)) if value is None]
    if lacking:
        raise InputError(
            f"没有读出{'和'.join(lacking)}；请在标题中写明“某某机关某某年政府信息公开工作年度报告”。"
        )
    return replace(report, source=f"{FOLDER}/{published.name}", places=published.places)


def _double(report: Report, earlier: str) -> SetAside:
    name = report.source.removeprefix(f"{FOLDER}/")
    return SetAside(
        name, f"与“{earlier}”是同一机关同一年度的报告（{report.agency}，{report.year}年）；请只保留一份。"
    )
