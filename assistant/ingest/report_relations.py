"""The relations between the figures of a report's tables, in every row and column, and with last year's.

A figure that is not available makes a relation unavailable; only figures that were seen can contradict.
Basis: 国办公开办函〔2021〕30号 (the relation printed in the head of table two); 政府信息公开条例第五十条.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from assistant.ingest.report_checks import Check, ReportChecks, Status
from assistant.ingest.report_form import ReportForm
from assistant.ingest.report_tables import Number
from assistant.ingest.reports import Report

_RECEIVED, _CARRIED_IN, _HANDLED, _CARRIED_OUT = "new", "carried_in", "total_handled", "carried_out"
_TOTAL = "total"


@dataclass(frozen=True)
class Term:
    """A figure of a relation with its printed name; None where the source does not show it."""

    name: str
    value: Number | None


def check_relations(
    report: Report, previous: Report | None, checks: ReportChecks, form: ReportForm
) -> Iterator[Check]:
    """R1–R5, R7–R9, S1, S3, S4 and P1, as far as they were valid for the year reported on."""
    for check in _all(report, previous, checks, form):
        if checks.holds_for(check.id, report.year):
            yield check


def _all(report: Report, previous: Report | None, checks: ReportChecks, form: ReportForm) -> Iterator[Check]:
    yield from _columns(report, checks, form)
    yield from _rows(report, checks, form)
    yield from _cells(report, checks, form)
    yield from _disputes(report, checks, form)
    yield from _between_years(report, previous, checks, form)
    for rule in checks.rules.values():
        if rule.level == "register":
            yield checks.check(rule.id, "全部申请", "unavailable", f"{rule.says}：表格看不出来，{rule.do}。")


def result_terms(report: Report, column: str, form: ReportForm) -> list[Term]:
    """The results that add up to 总计; the form of 2019 has 其他处理 in one row."""
    table = form.tables["requests"]
    codes = [code for code, row in table.rows.items() if row.share_of == _HANDLED]
    others = table.groups["other"].of
    if "other" in report.requests and all(report.value("requests", c, column) is None for c in others):
        codes = [code for code in codes if code not in others]
        return [
            *_terms(report, codes, column, form),
            Term("（六）其他处理", report.value("requests", "other", column)),
        ]
    return _terms(report, codes, column, form)


def _terms(report: Report, codes: Iterable[str], column: str, form: ReportForm) -> list[Term]:
    rows = form.tables["requests"].rows
    return [
        Term(f"{rows[code].mark}{rows[code].label}", report.value("requests", code, column)) for code in codes
    ]


def _columns(report: Report, checks: ReportChecks, form: ReportForm) -> Iterator[Check]:
    """R1 and R2 in every column."""
    for code, column in form.tables["requests"].columns.items():
        scope = f"{column.label}列"
        left = _terms(report, (_RECEIVED, _CARRIED_IN), code, form)
        total = _terms(report, (_HANDLED,), code, form)
        right = [*total, *_terms(report, (_CARRIED_OUT,), code, form)]
        yield compare(checks, "R1", scope, left, right)
        yield compare(checks, "R2", scope, result_terms(report, code, form), total)


def _rows(report: Report, checks: ReportChecks, form: ReportForm) -> Iterator[Check]:
    """R3 in every row."""
    table = form.tables["requests"]
    for code, row in table.rows.items():
        parts = [
            Term(column.label, report.value("requests", code, c))
            for c, column in table.columns.items()
            if c != _TOTAL
        ]
        total = [Term(table.columns[_TOTAL].label, report.value("requests", code, _TOTAL))]
        yield compare(checks, "R3", f"“{row.printed}”行", parts, total)


def _cells(report: Report, checks: ReportChecks, form: ReportForm) -> Iterator[Check]:
    """R5 in every row of tables two and three."""
    for name in ("requests", "disputes"):
        for code, row in form.tables[name].rows.items():
            cells = [report.cell(name, code, column) for column in row.columns]
            values = [cell.value if cell else None for cell in cells]
            bad = [
                cell.raw for cell in cells if cell and cell.value is not None and not _is_count(cell.value)
            ]
            scope = f"“{row.printed}”行"
            if bad:
                yield checks.check("R5", scope, "fails", f"{scope}有“{'”“'.join(bad)}”，")
            elif None in values:
                yield checks.check(
                    "R5", scope, "unavailable", f"{scope}有{values.count(None)}格没有读到数字。"
                )
            else:
                yield checks.check("R5", scope, "holds", "各格都是不小于零的整数。")


def _is_count(value: Number) -> bool:
    return value >= 0 and value == int(value)


def _disputes(report: Report, checks: ReportChecks, form: ReportForm) -> Iterator[Check]:
    """S1 in each group, S4 for suits without review."""
    table = form.tables["disputes"]
    for code, row in table.rows.items():
        parts = [
            Term(column.label, report.value("disputes", code, c))
            for c, column in table.columns.items()
            if c != _TOTAL
        ]
        total = [Term("总计", report.value("disputes", code, _TOTAL))]
        yield compare(checks, "S1", row.printed, parts, total)
    direct = report.value("disputes", "lawsuit_direct", _TOTAL)
    scope = table.rows["lawsuit_direct"].printed
    if direct == 0:
        yield checks.check("S4", scope, "holds", "没有未经复议直接起诉的案件。")
    elif direct is None:
        yield checks.check("S4", scope, "unavailable", "没有读到未经复议直接起诉的件数。")
    else:
        rule = checks.rules["S4"]
        yield checks.check(
            "S4",
            scope,
            "unavailable",
            f"有{direct}件未经复议直接起诉。{rule.told}。表格看不出案由，{rule.do}。",
        )


def _between_years(
    report: Report, previous: Report | None, checks: ReportChecks, form: ReportForm
) -> Iterator[Check]:
    """R4 by applicant type, S3 by group, P1 by kind of document."""
    reason = unlike(report, previous)
    if previous is None or reason:
        for id_ in ("R4", "S3", "P1"):
            yield checks.check(id_, "与上年报告", "unavailable", f"{checks.rules[id_].says}：{reason}。")
        return
    for code, column in form.tables["requests"].columns.items():
        now = [Term("本年上年结转", report.value("requests", _CARRIED_IN, code))]
        before = [Term("上年报告结转下年度", previous.value("requests", _CARRIED_OUT, code))]
        yield compare(checks, "R4", f"{column.label}列", now, before)
    yield from _pending(report, previous, checks, form)
    yield from _in_force(report, previous, checks, form)


def unlike(report: Report, previous: Report | None) -> str:
    """Why last year's report cannot be set beside this one; empty where it can."""
    if previous is None:
        return "没有给出上一年的报告"
    if report.year and previous.year and previous.year != report.year - 1:
        return f"给出的是{previous.year}年的报告，应为{report.year - 1}年"
    mine, other = report.agency, previous.agency
    if mine and other and mine not in other and other not in mine and not _same_body(mine, other):
        return f"两份报告的机关不同（{mine}、{other}）"
    return ""


def _same_body(mine: str, other: str) -> bool:
    """暨阳街道 and 暨阳街道办事处, 青石镇 and 青石镇人民政府, with or without the upper place before."""
    short, long = sorted((_bare(mine), _bare(other)), key=len)
    return long.endswith(short)


def _bare(name: str) -> str:
    for end in ("人民政府办公室", "人民政府", "政府办公室", "政府", "办事处"):
        name = name.removesuffix(end)
    return name


def _pending(report: Report, previous: Report, checks: ReportChecks, form: ReportForm) -> Iterator[Check]:
    """S3: what was pending cannot be more than all that is reported now, old and new."""
    for code, row in form.tables["disputes"].rows.items():
        before = previous.value("disputes", code, "pending")
        now = report.value("disputes", code, _TOTAL)
        seen = f"上年尚未审结{_shown(before)}件，本年总计{_shown(now)}件"
        status: Status = "unavailable" if before is None or now is None else "holds"
        if before is not None and now is not None and before > now:
            status = "fails"
        yield checks.check("S3", row.printed, status, f"{seen}{'，' if status == 'fails' else '。'}")


def _in_force(report: Report, previous: Report, checks: ReportChecks, form: ReportForm) -> Iterator[Check]:
    rows = form.tables["publication"].rows
    for code in ("regulations", "normative_documents"):
        row = rows[code]
        before = Term("上年现行有效", previous.value("publication", code, "in_force"))
        issued = Term("本年制发", report.value("publication", code, "issued"))
        repealed = report.value("publication", code, "repealed")
        less = Term("减本年废止", None if repealed is None else -repealed)
        now = Term("本年现行有效", report.value("publication", code, "in_force"))
        yield compare(checks, "P1", row.label, [before, issued, less], [now])


def compare(checks: ReportChecks, id_: str, scope: str, left: list[Term], right: list[Term]) -> Check:
    """Whether two sums agree; where one does not, the figures seen and the difference."""
    lost = [term.name for term in (*left, *right) if term.value is None]
    if lost:
        return checks.check(
            id_,
            scope,
            "unavailable",
            f"没有读到{scope}的{'、'.join(lost[:3])}{'等' if len(lost) > 3 else ''}。",
        )
    one, other = (sum((term.value or 0 for term in side), start=0) for side in (left, right))
    if one == other:
        return Check(id_, scope, "holds", f"{_shown(one)}={_shown(other)}。", checks.rules[id_].severity)
    seen = f"{scope}：{_sum(left, one)}，{_sum(right, other)}，相差{_shown(abs(one - other))}。"
    return checks.check(id_, scope, "fails", seen)


def _sum(terms: list[Term], value: Number) -> str:
    """The terms of a side that are not zero, with their sum: 一、本年新收20＋二、上年结转1＝21."""
    shown = [term for term in terms if term.value] or terms[:1]
    words = "＋".join(f"{term.name}{_shown(term.value)}" for term in shown)
    return words if len(terms) == 1 else f"{words}＝{_shown(value)}"


def _shown(value: Number | None) -> str:
    return "不详" if value is None else str(value)
