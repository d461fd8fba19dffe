"""The relations between the figures of a report's tables, in every row and column, and with last year's.

A figure that is not available makes a relation unavailable; only figures that were seen can contradict.
Basis: 国办公开办函〔2021〕30号 (the relation printed in the head of table two); 政府信息公开条例第五十条.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from assistant.ingest.annual.checks import Check, ReportChecks, Status
from assistant.ingest.annual.form import ReportForm, TableForm
from assistant.ingest.annual.report import Report
from assistant.ingest.annual.tables import Number

_RECEIVED, _CARRIED_IN, _HANDLED, _CARRIED_OUT = "new", "carried_in", "total_handled", "carried_out"
_TOTAL = "total"
_BEFORE = " 上年"

Key = tuple[str, str, str]
Figures = Mapping[Key, Number | None]


@dataclass(frozen=True, slots=True)
class Term:
    """A figure of a relation: its printed name and its table, row and column."""

    name: str
    key: Key


@dataclass(frozen=True, slots=True)
class Relation:
    """Two sums that agree in every right report; `merged` stands for `left` in the form of 2019."""

    id: str
    scope: str
    left: tuple[Term, ...]
    right: tuple[Term, ...]
    merged: tuple[Term, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """A row in which every figure is a count."""

    scope: str
    keys: tuple[Key, ...]


@dataclass(frozen=True, eq=False)
class Plan:
    """Every relation and row of a form, laid out once."""

    form: ReportForm
    relations: tuple[Relation, ...]
    rows: tuple[Row, ...]


def plan_of(form: ReportForm) -> Plan:
    """The relations R1, R2, R3 and S1 of a form, and the rows for R5."""
    rows = tuple(
        Row(f"“{row.printed}”行", tuple((name, code, column) for column in row.columns))
        for name in ("requests", "disputes")
        for code, row in form.tables[name].rows.items()
    )
    return Plan(form, (*_columns(form), *_rows(form), *_groups(form)), rows)


def check_relations(
    report: Report, previous: Report | None, seen: Figures, checks: ReportChecks, plan: Plan
) -> list[Check]:
    """R1–R5, R7–R9, S1, S3, S4 and P1, as far as they were valid for the year reported on."""
    valid = {id_ for id_ in checks.rules if checks.holds_for(id_, report.year)}
    return [
        check
        for check in (
            *(compare(checks, relation, seen) for relation in plan.relations),
            *(_counted(seen, row, checks) for row in plan.rows),
            _direct_suits(seen, checks, plan.form),
            *_between_years(report, previous, checks, plan.form),
            *_register(checks),
        )
        if check.id in valid
    ]


def figures(report: Report, mark: str = "") -> dict[Key, Number | None]:
    """Every figure of a report by table, row and column; `mark` tells the tables of two years apart."""
    return {
        (name + mark, row, column): cell.value if cell else None
        for name, table in report.tables.items()
        for row, cells in table.items()
        for column, cell in cells.items()
    }


def result_keys(form: ReportForm, column: str) -> tuple[list[Term], list[Term]]:
    """The results that add up to 总计, and the same with 其他处理 in one row, as the form of 2019 has it."""
    table = form.tables["requests"]
    others = table.groups["other"].of
    codes = [code for code, row in table.rows.items() if row.share_of == _HANDLED]
    merged = _terms(form, [code for code in codes if code not in others], column)
    return _terms(form, codes, column), [*merged, Term("（六）其他处理", ("requests", "other", column))]


def _terms(form: ReportForm, codes: Iterable[str], column: str) -> list[Term]:
    rows = form.tables["requests"].rows
    return [Term(f"{rows[code].mark}{rows[code].label}", ("requests", code, column)) for code in codes]


def _columns(form: ReportForm) -> Iterator[Relation]:
    """R1 and R2 in every column."""
    for code, column in form.tables["requests"].columns.items():
        scope = f"{column.label}列"
        total = _terms(form, (_HANDLED,), code)
        right = (*total, *_terms(form, (_CARRIED_OUT,), code))
        yield Relation("R1", scope, tuple(_terms(form, (_RECEIVED, _CARRIED_IN), code)), right)
        every, merged = result_keys(form, code)
        yield Relation("R2", scope, tuple(every), tuple(total), tuple(merged))


def _rows(form: ReportForm) -> Iterator[Relation]:
    """R3 in every row."""
    table = form.tables["requests"]
    for code, row in table.rows.items():
        yield _across("R3", f"“{row.printed}”行", "requests", code, table)


def _groups(form: ReportForm) -> Iterator[Relation]:
    """S1 in each group."""
    table = form.tables["disputes"]
    for code, row in table.rows.items():
        yield _across("S1", row.printed, "disputes", code, table)


def _across(id_: str, scope: str, name: str, code: str, table: TableForm) -> Relation:
    terms = [Term(column.label, (name, code, c)) for c, column in table.columns.items() if c != _TOTAL]
    return Relation(id_, scope, tuple(terms), (Term(table.columns[_TOTAL].label, (name, code, _TOTAL)),))


def _counted(seen: Figures, row: Row, checks: ReportChecks) -> Check:
    """R5 in one row."""
    values = [seen.get(key) for key in row.keys]
    known = [value for value in values if value is not None]
    bad = [str(value) for value in known if value < 0 or value != int(value)]
    if bad:
        return checks.check("R5", row.scope, "fails", f"{row.scope}有“{'”“'.join(bad)}”，")
    if len(known) < len(values):
        lost = len(values) - len(known)
        return checks.check("R5", row.scope, "unavailable", f"{row.scope}有{lost}格没有读到数字。")
    return checks.check("R5", row.scope, "holds", "各格都是不小于零的整数。")


def _register(checks: ReportChecks) -> Iterator[Check]:
    """What only the cases themselves can tell."""
    for rule in checks.rules.values():
        if rule.level == "register":
            seen = f"{rule.says}：表格看不出来，{rule.do}。"
            yield checks.check(rule.id, "全部申请", "unavailable", seen)


def _direct_suits(seen: Figures, checks: ReportChecks, form: ReportForm) -> Check:
    """S4: the table does not tell whether a suit needed a review first, so it is for the clerk to judge."""
    direct = seen.get(("disputes", "lawsuit_direct", _TOTAL))
    scope = form.tables["disputes"].rows["lawsuit_direct"].printed
    if direct is None:
        return checks.check("S4", scope, "unavailable", "没有读到未经复议直接起诉的件数。")
    if not direct:
        return checks.check("S4", scope, "holds", "没有未经复议直接起诉的案件。")
    rule = checks.rules["S4"]
    words = f"有{direct}件未经复议直接起诉。{rule.told}。表格看不出案由，{rule.do}。"
    return checks.check("S4", scope, "unavailable", words)


def _between_years(
    report: Report, previous: Report | None, checks: ReportChecks, form: ReportForm
) -> Iterator[Check]:
    """R4 by applicant type, S3 by group, P1 by kind of document."""
    reason = unlike(report, previous)
    if previous is None or reason:
        for id_ in ("R4", "S3", "P1"):
            yield checks.check(id_, "与上年报告", "unavailable", f"{checks.rules[id_].says}：{reason}。")
        return
    seen = figures(report) | figures(previous, _BEFORE)
    for relation in _links(form):
        yield compare(checks, relation, seen)
    yield from _pending(seen, checks, form)


def _links(form: ReportForm) -> Iterator[Relation]:
    """R4 in every column, P1 for rules and for normative documents."""
    for code, column in form.tables["requests"].columns.items():
        now = Term("本年报告“上年结转”", ("requests", _CARRIED_IN, code))
        before = Term("上年报告“结转下年度”", (f"requests{_BEFORE}", _CARRIED_OUT, code))
        yield Relation("R4", f"{column.label}列", (now,), (before,))
    for code in ("regulations", "normative_documents"):
        row = form.tables["publication"].rows[code]
        before = Term("上年现行有效", (f"publication{_BEFORE}", code, "in_force"))
        issued = Term("本年制发", ("publication", code, "issued"))
        repealed = Term("本年废止", ("publication", code, "repealed"))
        now = Term("本年现行有效", ("publication", code, "in_force"))
        yield Relation("P1", row.label, (before, issued), (now, repealed))


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


def _pending(seen: Figures, checks: ReportChecks, form: ReportForm) -> Iterator[Check]:
    """S3: fewer cases than were pending is no proof: whether old ones are counted again is not settled."""
    for code, row in form.tables["disputes"].rows.items():
        before = seen.get((f"disputes{_BEFORE}", code, "pending"))
        now = seen.get(("disputes", code, _TOTAL))
        if before is None or now is None:
            yield checks.check("S3", row.printed, "unavailable", "没有读到上年尚未审结或者本年总计的件数。")
            continue
        words = f"上年尚未审结{before}件，本年总计{now}件。"
        if before > now:
            words += f"{checks.rules['S3'].do}。"
        status: Status = "unavailable" if before > now else "holds"
        yield checks.check("S3", row.printed, status, words)


def compare(checks: ReportChecks, relation: Relation, seen: Figures) -> Check:
    """Whether two sums agree; where one does not, the figures seen and the difference."""
    left, one, other = relation.left, _added(relation.left, seen), _added(relation.right, seen)
    if one is None and relation.merged and seen.get(relation.merged[-1].key) is not None:
        left, one = relation.merged, _added(relation.merged, seen)
    if one is None or other is None:
        lost = [term.name for term in (*left, *relation.right) if seen.get(term.key) is None]
        words = f"没有读到{relation.scope}的{'、'.join(lost[:3])}{'等' if len(lost) > 3 else ''}。"
        return checks.check(relation.id, relation.scope, "unavailable", words)
    if one == other:
        return checks.check(relation.id, relation.scope, "holds", f"{one}＝{other}。")
    words = (
        f"{relation.scope}：{_sum(left, seen, one)}，{_sum(relation.right, seen, other)}，"
        f"相差{abs(one - other)}。"
    )
    return checks.check(relation.id, relation.scope, "fails", words)


def _added(terms: Iterable[Term], seen: Figures) -> Number | None:
    total: Number = 0
    for term in terms:
        value = seen.get(term.key)
        if value is None:
            return None
        total += value
    return total


def _sum(terms: tuple[Term, ...], seen: Figures, value: Number) -> str:
    """The terms of a side that are not zero, with their sum: 一、本年新收20＋二、上年结转1＝21."""
    shown = [term for term in terms if seen.get(term.key)] or [terms[0]]
    words = "＋".join(f"{term.name}{seen.get(term.key)}" for term in shown)
    return words if len(terms) == 1 else f"{words}＝{value}"
