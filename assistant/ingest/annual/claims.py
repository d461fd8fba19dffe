"""The prose of a report held against its tables.

Basis: 国办公开办函〔2021〕30号; 政府信息公开条例第五十条.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from assistant.ingest.annual.checks import Check, Finding, ReportChecks
from assistant.ingest.annual.form import ReportForm
from assistant.ingest.annual.narrative import Claim, Narrative, Reading, read_narrative
from assistant.ingest.annual.narrative_text import Prose
from assistant.ingest.annual.parts import check_parts
from assistant.ingest.annual.relations import Figures
from assistant.ingest.annual.report import Report
from assistant.ingest.annual.tables import Number
from assistant.ingest.annual.totals import Expected, Totals

_OTHER_MATTERS = 6
_NO_NOTICE = re.compile(
    r"(?:未|没有|无)(?:发出|发过|制发|出具|下达|产生)[^，。；,;]{0,8}(?:收费通知|缴费通知)"
)
_RECEIVED = ("new", "received")
_CONCLUDED = ("handled", "answered")
_DISPUTES = ("review", "lawsuits", "disputes", "lawsuit_direct", "lawsuit_after_review")
_NAMES = {
    "new": "新收申请",
    "received": "收到申请",
    "treated": "办理申请",
    "answered": "答复申请",
    "handled": "办结申请",
    "pending": "没有办结的申请",
    "carried_in": "上年结转",
    "carried_out": "结转下年度",
}


@dataclass(frozen=True)
class _Said:
    """What one comparison yields."""

    check: Check
    finding: Finding | None = None


def check_narrative(
    report: Report, prose: Prose, seen: Figures, checks: ReportChecks, form: ReportForm
) -> tuple[list[Check], list[Finding]]:
    """R6 and S2 for every item the prose counts, and what contradicts the tables or itself."""
    narrative = read_narrative(prose, checks.narrative, report.year)
    totals = Totals(seen, form)
    readings = [r for r in narrative.readings if r.year is None or report.year in (None, r.year)]
    open_ones, settled = _open_and_concluded(readings, totals, checks)
    said = list(_compared([r for r in readings if r not in settled], totals, checks))
    findings = [
        *open_ones,
        *(one.finding for one in said if one.finding),
        *_claims(narrative, readings, totals, checks),
        *check_parts(prose, checks),
        *_fee_notices(report, checks, form),
    ]
    told = [one.check for one in said]
    told += [
        checks.check("R6", "没有办结的申请", "fails", f"{_quotes(settled)}，与表中办结、结转件数不符。")
        for _ in open_ones
    ]
    return [*told, *_nothing_read(told, checks)], _distinct(findings)


def section_text(report: Report, number: int) -> str:
    """The text of a section, as published; empty where the report has none."""
    return "\n".join(section.text for section in report.sections if section.number == number)


def _compared(readings: list[Reading], totals: Totals, checks: ReportChecks) -> Iterator[_Said]:
    """Each item of the prose against its table; where the prose gives several figures, one must agree."""
    partial_told = any(reading.item == "partial" for reading in readings)
    base = _base(readings, totals, partial_told)
    listed = sorted(readings, key=lambda reading: reading.item)
    for item, group in groupby(listed, key=lambda reading: reading.item):
        expected = totals.expected(item, partial_told)
        covered = item == "pending" and any(r.item == "carried_out" for r in readings)
        if expected and not covered:
            if expected.applicant and base is not None:
                expected = replace(expected, values=(expected.values[base],))
            yield _one_item(item, list(group), expected, checks)


def _one_item(item: str, same: list[Reading], expected: Expected, checks: ReportChecks) -> _Said:
    id_ = "S2" if item.split(".")[0] in _DISPUTES else "R6"
    scope, first = _NAMES.get(item, expected.name), same[0]
    if not expected.known:
        seen = f"文中写“{first.quote}”，表中{expected.name}没有读到。"
        return _Said(checks.check(id_, scope, "unavailable", seen))
    if any(expected.agrees(r.value, r.at_most) for r in same) or _together(same) in expected.values:
        seen = f"文中{first.value}件，表中{expected.name}{expected.shown}件。"
        return _Said(checks.check(id_, scope, "holds", seen))
    if len({r.value for r in same}) > 1:
        seen = f"文中有不止一个数：{_quotes(same)}。"
        return _Said(checks.check(id_, scope, "unavailable", seen))
    seen = f"文中写“{first.quote}”，表中{expected.name}为{expected.shown}。"
    finding = checks.finding("prose", seen, first.quote)
    return _Said(checks.check(id_, scope, "fails", seen), finding)


def _together(same: list[Reading]) -> int:
    """The sum of figures told one after the other: 1件尚未审结, 1件正在办理."""
    return sum(reading.value for reading in same)


def _base(readings: list[Reading], totals: Totals, partial_told: bool) -> int | None:
    """What the applicants in the prose are counted of: the new, those to be handled, or the handled.

    All kinds of applicants are counted of one of them; where none fits all, it is the new. None where the
    prose names none.
    """
    told = [(r, e) for r in readings if (e := totals.expected(r.item, partial_told)) and e.applicant]
    sums = (totals.of("new"), totals.to_handle, totals.of("total_handled"))
    counted = {r.value for r in readings if r.item in (*_RECEIVED, *_CONCLUDED, "treated")}
    bases = [n for n in range(3) if not counted or sums[n] in counted]
    fitting = [n for n in bases if all(r.value == e.values[n] for r, e in told)]
    return (fitting or [0])[0] if told else None


def _nothing_read(told: list[Check], checks: ReportChecks) -> Iterator[Check]:
    for id_, what in (("R6", "申请件数"), ("S2", "复议、诉讼件数")):
        if all(check.id != id_ for check in told):
            yield checks.check(id_, "第一部分", "unavailable", f"第一部分没有读到可以与表格核对的{what}。")


def _open_and_concluded(
    readings: list[Reading], totals: Totals, checks: ReportChecks
) -> tuple[list[Finding], list[Reading]]:
    """Cases the prose calls open and the table counts as concluded, with the readings that show it.

    The prose parts what was to be handled into concluded, open and carried over; so does the table. Where
    the prose's parts make the whole and the table has the open ones among the concluded, both cannot be.
    """
    handled, out, whole = totals.of("total_handled"), totals.of("carried_out"), totals.to_handle
    pending = _one(readings, ("pending",))
    if pending is None or not pending.value or handled is None or out is None or whole is None:
        return [], []
    concluded, carried = _one(readings, _CONCLUDED), _one(readings, ("carried_out",))
    parts = [part for part in (concluded, pending, carried) if part]
    over = carried.value if carried else 0
    if concluded and (handled, out) == (concluded.value, pending.value + over):
        return [], parts
    wholes = {whole, *(r.value for r in readings if r.item in (*_RECEIVED, "treated"))}
    done = concluded.value if concluded else handled - pending.value
    if done + pending.value + over not in wholes or (handled, out) != (done + pending.value, over):
        return [], []
    sum_ = "＋".join(str(part.value) for part in parts)
    seen = (
        f"文中写{_quotes(parts)}（{sum_}）；表中办理结果总计{handled}件、结转下年度{out}件。"
        f"{pending.value}件文中没有办结，表中却计入了办理结果。"
    )
    return [checks.finding("contradiction", seen, pending.quote)], parts


def _one(readings: list[Reading], items: tuple[str, ...]) -> Reading | None:
    """The one figure the prose gives for these items; None where it gives none or several."""
    found = [reading for item in items for reading in readings if reading.item == item]
    return found[0] if len({reading.value for reading in found}) == 1 else None


def _claims(
    narrative: Narrative, readings: list[Reading], totals: Totals, checks: ReportChecks
) -> Iterator[Finding]:
    """全部办结, 均为自然人: statements about all requests."""
    handled, out, whole = totals.of("total_handled"), totals.of("carried_out"), totals.to_handle
    none_came = any(r.item in (*_RECEIVED, "treated") and r.value == 0 for r in readings)
    open_told = any(r.item in ("pending", "carried_out") and r.value for r in readings)
    for claim in narrative.claims:
        if claim.kind == "all_natural":
            yield from _all_natural(claim, totals, checks)
        elif handled == 0 and not none_came and whole is not None:
            seen = f"文中写“{claim.quote}”，表中新收和上年结转共{whole}件，办理结果总计为0。"
            yield checks.finding("nothing_counted", seen, claim.quote)
        elif claim.kind == "all_handled" and out and not open_told:
            seen = f"文中写“{claim.quote}”，表中还有{out}件结转下年度继续办理。"
            yield checks.finding("prose", seen, claim.quote)


def _all_natural(claim: Claim, totals: Totals, checks: ReportChecks) -> Iterator[Finding]:
    new, natural = totals.of("new"), totals.of("new", "natural_person")
    if new is not None and natural is not None and natural < new:
        seen = f"文中写“{claim.quote}”，表中新收{new}件，其中自然人{natural}件。"
        yield checks.finding("prose", seen, claim.quote)


def _fee_notices(report: Report, checks: ReportChecks, form: ReportForm) -> Iterator[Finding]:
    """没有发出收费通知, and yet cases closed because a fee notice was not followed."""
    unpaid: Number | None = report.value("requests", "other.fee_unpaid", "total")
    said = _NO_NOTICE.search(section_text(report, _OTHER_MATTERS))
    if unpaid and said:
        name = form.tables["requests"].rows["other.fee_unpaid"].label
        yield checks.finding("fees.notice", f"文中写“{said[0]}”，表中“{name}”{unpaid}件。", said[0])


def _quotes(readings: list[Reading]) -> str:
    return "".join(f"“{reading.quote}”" for reading in readings)


def _distinct(findings: list[Finding]) -> list[Finding]:
    return list(dict.fromkeys(findings))
