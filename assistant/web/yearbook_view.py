"""The yearly report as the page shows it: tables whose cells open their cases, live checks, and the audit of any report."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from assistant.cases.yearbook_files import FORMS
from assistant.web.evaluation_tab import table as plain_table
from assistant.web.markup import Markup, el, join
from assistant.web.rooms import entry, heading, press

if TYPE_CHECKING:
    from assistant.cases.yearbook import Yearbook
    from assistant.cases.yearbook_cells import CellCases, Key
    from assistant.ingest.annual.audit import Audit
    from assistant.ingest.annual.checks import Check
    from assistant.ingest.annual.form import ReportForm
    from assistant.ingest.annual.report import Report
    from assistant.ingest.annual.rows import TableForm

COUNTED = ("requests", "disputes")
EMPTY = (
    "这一年登记簿里没有可计的申请：没有新收，没有结转，也没有复议诉讼。",
    "申请登记进台账之后，申请情况表和复议诉讼表自动得出，每一格点开就是它所计的案件；每一条勾稽关系随时核对。",
    "已经写好的年度报告，可以点上面的“核对一份年度报告”上传。",
)
_SUMS = ("total_handled", "carried_out", "new", "carried_in")
_HEAD = ("编号", "收到（受理）", "申请人类别", "办结", "结果")


def head(year: int) -> Markup:
    """The year, and the files to fetch."""
    files = (press(f"file:{suffix}", label) for suffix, label in FORMS.items())
    return el(
        "div",
        el(
            "div",
            entry("年度", "year", str(year), inputmode="numeric", class_="short"),
            press("year", "编制", "chief"),
            class_="blank filters",
        ),
        el("div", el("span", "导出", class_="note"), *files, class_="presses"),
    )


def yearbook(
    found: "Yearbook", form: "ReportForm", cell: "CellCases | None", filled: Iterable[Markup] = ()
) -> Markup:
    """What to settle, the cell that is open, the tables, the checks; `filled`: what the office fills in."""
    counted = any(found.cells.values())
    title = heading(f"{found.year}年度　截至 {found.as_of}　{'没有不符' if found.passes else '有不符的地方'}")
    notes = [el("p", words, class_="notice") for words in found.notes]
    tables = (
        [_table(found, form.tables[name], cell.key if cell else None) for name in COUNTED]
        if counted
        else [el("div", *(el("p", line) for line in EMPTY), class_="empty")]
    )
    return el(
        "div",
        title,
        *notes,
        opened(cell) if cell else None,
        *tables,
        *filled,
        audited(found.audit, open_=not found.passes),
        _gaps(found.gaps),
        class_="yearbook",
    )


def opened(cell: "CellCases") -> Markup:
    """The cases of a cell, each to be opened in the register."""
    rows = tuple(
        (
            press(f"case:{one['number']}", one["number"], "link"),
            one.get("received") or one.get("filed") or "",
            one.get("applicant") or one.get("dispute") or "",
            one.get("closed") or one.get("concluded") or "没有办结",
            one["result"] or "",
        )
        for one in cell.cases
    )
    top = el("p", el("strong", f"{cell.label}：{len(cell.cases)} 件"), " ", press("shut", "收起"))
    return el("div", top, plain_table(_HEAD, rows), class_="line cell-cases")


def _table(found: "Yearbook", table: "TableForm", here: "Key | None") -> Markup:
    """A table of the form; a figure above nought opens its cases."""
    top = el(
        "tr",
        el("th", "项目", scope="col"),
        *(el("th", one.label, scope="col") for one in table.columns.values()),
    )
    rows = (
        el(
            "tr",
            el("th", row.printed, scope="row"),
            *(_cell(found, (table.code, code, column), here) for column in table.columns),
            class_="sum" if code in _SUMS else None,
        )
        for code, row in table.rows.items()
    )
    whole = el("table", el("caption", table.title), el("thead", top), el("tbody", *rows))
    return el(
        "div",
        whole,
        class_="wide year-table",
        tabindex="0",
        role="group",
        aria_label=f"{table.title}，可以左右滚动",
    )


def _cell(found: "Yearbook", key: "Key", here: "Key | None") -> Markup:
    value = found.report.value(*key)
    marked = "here" if key == here else None
    if not value:
        return el("td", "" if value is None else str(value), class_=marked or "zero")
    return el("td", press(f"cell:{':'.join(key)}", str(value), "link"), class_=marked)


def _gaps(gaps: Sequence[str]) -> Markup | None:
    if not gaps:
        return None
    told = "点“填写”在页面上填；也可以用 assistant yearbook --template 写出样本，填好后用 --facts 编入。"
    rows = el("ul", *(el("li", gap) for gap in gaps))
    return el(
        "details",
        el("summary", f"还有 {len(gaps)} 处要由本机关填写"),
        el("p", told, class_="note"),
        rows,
        class_="source",
    )


def audited(found: "Audit", open_: bool = True) -> Markup:
    """Every check by how it stands: what fails first, with its place; what holds is counted."""
    failing = [check for check in found.checks if check.status == "fails"]
    findings = [(one.kind, one.quote, one.message, one.severity) for one in found.findings]
    faults = [(one.id, one.scope, one.message, one.severity) for one in failing]
    wrong = sorted([*faults, *findings], key=lambda one: one[3] != "error")
    counted = f"核对：不符 {len(wrong)} 处，相符 {_count(found.checks, 'holds')} 处，没有核对 {_count(found.checks, 'unavailable')} 处"
    return el(
        "details",
        el("summary", counted),
        el("ul", *(_fault(*one) for one in wrong), class_="faults")
        if wrong
        else el("p", "没有发现不符。", class_="note"),
        el("details", el("summary", "没有核对的，和原因"), el("ul", *_unchecked(found.checks))),
        el("details", el("summary", "相符的"), el("ul", *_held(found.checks))),
        class_="source",
        open=open_,
    )


def report(found: "Audit", name: str, form: "ReportForm") -> Markup:
    """The audit of a report that was brought: whose it is, what is wrong, and its figures as they were read."""
    one = found.report
    whose = f"{one.agency or '机关名称不明'}　{f'{one.year}年度' if one.year else '年度不明'}"
    verdict = "没有发现问题" if found.passes else "有不符的地方，请逐项核对后再发布"
    return el(
        "div",
        heading(f"核对 {name}", press("back", "回到本机关的年报")),
        el("p", whose),
        el("p", el("strong", verdict, class_="good" if found.passes else "bad")),
        audited(found),
        *(_read(one, form.tables[code]) for code in COUNTED),
        class_="yearbook",
    )


def _read(one: "Report", table: "TableForm") -> Markup:
    """A table of the report as it was read; what is not shown stays empty."""
    rows = tuple(
        (
            row.printed,
            *(
                "" if (value := one.value(table.code, code, column)) is None else str(value)
                for column in table.columns
            ),
        )
        for code, row in table.rows.items()
    )
    heads = ("项目", *(column.label for column in table.columns.values()))
    return el("details", el("summary", f"读到的{table.title}"), plain_table(heads, rows), class_="source")


def _fault(kind: str, place: str, message: str, severity: str) -> Markup:
    where = el("q", place) if place else None
    return el(
        "li",
        el("span", kind, class_="badge"),
        where,
        message,
        class_="error" if severity == "error" else None,
    )


def _unchecked(checks: "Iterable[Check]") -> Iterator[Markup]:
    for id_, group in groupby((one for one in checks if one.status == "unavailable"), key=lambda one: one.id):
        first, *others = group
        yield el("li", f"{id_}　{first.message}", f"（还有 {len(others)} 处）" if others else None)


def _held(checks: "Iterable[Check]") -> Iterator[Markup]:
    held = sorted((one for one in checks if one.status == "holds"), key=lambda one: one.id)
    for id_, group in groupby(held, key=lambda one: one.id):
        places = [one.scope for one in group]
        yield el(
            "li", f"{id_}　{len(places)} 处：", join(places[:6], "、"), "……" if len(places) > 6 else None
        )


def _count(checks: "Iterable[Check]", status: str) -> int:
    return sum(one.status == status for one in checks)
