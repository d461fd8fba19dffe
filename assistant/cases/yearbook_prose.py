"""What the register itself tells of a year in words: the figures of the tables, the steps taken, last year's problems.

Basis: 政府信息公开条例第五十条; corpus/rules/yearbook_text.yaml.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from assistant.cases.yearbook_text import DraftReport, ReportText, write_prose
from assistant.ingest.annual.form import ReportForm, TableForm
from assistant.ingest.annual.report import Report
from assistant.settings import Agency

_TOTAL = "total"
_PROBLEMS = 5
_LONGEST = 60
# A problem of last year's section five: a line with a number or a bullet, before 改进情况.
_NUMBER = r"(?:\d{1,2}\s*[.．、]|[（(]?[一二三四五六七八九十]{1,2}\s*(?:是|[)）、]))"
_NUMBERED = re.compile(rf"^\s*(?:[-*•]\s+{_NUMBER}?|{_NUMBER})\s*(?P<words>\S.*)$")
_HEAD = re.compile(r"^[#\s]*[（(]?[一二三四五六七八九十][)）、.．]?\s*(?:存在的)?(?:主要)?(?:问题|不足)")
_IMPROVED = re.compile(r"改进|整改|下一步")

_FEE_STEPS = ("fee_notice", "fee_paid")


@dataclass(frozen=True)
class Sources:
    """What the prose draws on besides the tables.

    `steps`: kind of event → cases in which it happened in the year; `told`: what settings and office say.
    """

    steps: Mapping[str, int]
    previous: Report | None
    told: Mapping[str, str]


def draft_prose(report: Report, form: ReportForm, text: ReportText, sources: Sources) -> DraftReport:
    """The six sections in words. Where no fee was asked for in the year, none came in."""
    own = _own_words(report, form, text, sources)
    if not any(sources.steps.get(kind) for kind in _FEE_STEPS):
        own["fee_income"] = "0"
    return write_prose(text, form, {**own, **sources.told})


def _own_words(report: Report, form: ReportForm, text: ReportText, sources: Sources) -> dict[str, str]:
    """Everything a sentence may take from the register."""
    table, told = form.tables["requests"], text.told
    rows = ("new", "carried_in", "total_handled", "carried_out")
    return {
        "year": str(report.year),
        "agency": report.agency or text.print["open_cell"],
        **{code: str(_count(report, "requests", code)) for code in rows},
        "applicants": _listed(_applicants(report, table), told["applicants"], "、"),
        "groups": _listed(_groups(report, table), told["groups"], "、"),
        "steps": _listed(_steps(sources.steps, told["step_events"]), told["steps"], "，"),
        "disputed": _disputed(report, text),
        "fee_notices": _fee_notices(sources.steps, text),
        "last_year": _listed(last_years_problems(sources.previous), told["last_year"], "；"),
    }


def told_by_settings(agency: Agency) -> dict[str, str]:
    """Whom to ask, where the office's settings say so."""
    parts = [part for part in (agency.contact, agency.address) if part]
    parts += [f"电话{agency.phone}"] if agency.phone else []
    return {"contact": "，".join(parts)} if agency.contact or agency.phone else {}


def last_years_problems(previous: Report | None) -> Iterator[str]:
    """The numbered problems of last year's section five, so that each is answered."""
    words = "\n".join(one.text for one in previous.sections if one.number == _PROBLEMS) if previous else ""
    for line in words.splitlines():
        if _HEAD.match(line):
            continue
        if _IMPROVED.search(line[:12]):
            return
        match = _NUMBERED.match(line)
        if match:
            yield re.split(r"[。；;]", match["words"])[0][:_LONGEST]


def _count(report: Report, table: str, row: str, column: str = _TOTAL) -> int:
    return int(report.value(table, row, column) or 0)


def _applicants(report: Report, table: TableForm) -> Iterator[str]:
    """Whose requests came in, kind by kind."""
    for code, column in table.columns.items():
        count = _count(report, "requests", "new", code)
        if count and code != _TOTAL:
            yield f"{column.label}{count}件"


def _groups(report: Report, table: TableForm) -> Iterator[str]:
    """The results by group, those that count any."""
    for code in ("grant", "partial"):
        if count := _count(report, "requests", code):
            yield f"{table.rows[code].label}{count}件"
    for group in table.groups.values():
        if count := sum(_count(report, "requests", code) for code in group.of):
            yield f"{group.label}{count}件"


def _steps(steps: Mapping[str, int], words: Mapping[str, str]) -> Iterator[str]:
    for kind, sentence in words.items():
        if steps.get(kind):
            yield sentence.format(count=steps[kind])


def _disputed(report: Report, text: ReportText) -> str:
    review = _count(report, "disputes", "review")
    suits = sum(_count(report, "disputes", row) for row in ("lawsuit_direct", "lawsuit_after_review"))
    if not review and not suits:
        return str(text.told["undisputed"])
    return str(text.told["disputed"].format(review=review, lawsuits=suits))


def _fee_notices(steps: Mapping[str, int], text: ReportText) -> str:
    count = steps.get("fee_notice", 0)
    return str(text.told["fee_notices"].format(count=count) if count else text.told["no_fee_notices"])


def _listed(parts: Iterator[str], words: str, between: str) -> str:
    """The parts in their sentence; nothing where there are none."""
    found = between.join(parts)
    return words.format(list=found) if found else ""
