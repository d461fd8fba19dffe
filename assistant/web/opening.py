"""A source opened where it is named: an article with the cited part marked, or a report's table with its cell.

Asked for by the page when a citation is pressed; the answer is a piece of the page, made here and nowhere else.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from assistant.errors import InputError
from assistant.law import china_time
from assistant.law.clock_events import china_day
from assistant.law.provisions import ProvisionRef
from assistant.retrieval.references import cited_by, refers_to
from assistant.web.markup import Markup, el, join
from assistant.web.pressing import cites
from assistant.web.sources import article_of

if TYPE_CHECKING:
    from assistant.ingest.annual.report import Report
    from assistant.ingest.annual.rows import TableForm
    from assistant.pipeline import Assistant

_DATED = re.compile(r"(?P<ref>.+)（(?P<on>\d{4}-\d{2}-\d{2})）")
GONE = "没有找到这一处，可能已经更新。请重新提问。"


def opened_provision(assistant: "Assistant", ref: str) -> Markup:
    """An article with the cited paragraph or item marked, its days, what it points to and what points to it."""
    printed, day = _dated(ref)
    try:
        found = ProvisionRef.parse(printed)
    except ValueError:
        return el("p", f"“{printed}”不是条文出处，没有原文可以打开。", class_="note")
    return join((article_of(found, assistant.statutes, day), around(assistant, found, day)))


def opened_around(assistant: "Assistant", ref: str) -> Markup:
    """Only what points to a provision and what it points to, for an article that stands open already."""
    printed, day = _dated(ref)
    try:
        return around(assistant, ProvisionRef.parse(printed), day)
    except ValueError:
        return Markup("")


def around(assistant: "Assistant", ref: ProvisionRef, on: date) -> Markup:
    """The provisions an article names, and the articles of the corpus that name it."""
    book = assistant.statutes
    rows = (("本条提到", refers_to(book, ref, on)), ("引用本条的", cited_by(book, ref, on)))
    shown = [el("p", f"{name}：", cites(refs), class_="note") for name, refs in rows if refs]
    return join(shown)


def opened_figure(assistant: "Assistant", ref: str) -> Markup:
    """The table a figure of a report stands in, its cell or row marked; `ref` is how an answer or a hit names it."""
    for report in assistant.reports:
        if not ref.startswith(f"{report.agency}{report.year}年"):
            continue
        for form in assistant.auditor.form.tables.values():
            at = _place(report, form, ref)
            if at:
                return _table(report, form, at)
    return el("p", GONE, class_="note")


def _place(report: "Report", form: "TableForm", ref: str) -> tuple[str, str | None] | None:
    """Row and column a reference names; the column is None where it names a row."""
    for row in form.rows.values():
        if ref == f"{report.agency}{report.year}年政府信息公开工作年度报告·{form.title}·{row.printed}":
            return row.code, None
        for column in form.columns.values():
            if ref.endswith(f"{form.title}·{row.printed}·{column.label}"):
                return row.code, column.code
    return None


def add_sources(app: Any, assistant: "Assistant") -> None:
    """The routes by which the page asks for a source, and for the pictures of the last evaluation."""
    from fastapi import Request, Response
    from fastapi.responses import FileResponse

    from assistant.web.results import picture_file

    kinds: Mapping[str, Callable[[str], Markup]] = {
        "provision": partial(opened_provision, assistant),
        "around": partial(opened_around, assistant),
        "figure": partial(opened_figure, assistant),
    }

    def source(kind: str, request: Request) -> Response:
        if kind not in kinds:
            return Response(GONE, 404, media_type="text/plain; charset=utf-8")
        found = str(kinds[kind](request.query_params.get("ref", "")))
        return Response(found, media_type="text/html; charset=utf-8", headers={"cache-control": "no-store"})

    def picture(name: str) -> Response:
        path = picture_file(name)
        return FileResponse(path, media_type="image/svg+xml") if path else Response(GONE, 404)

    app.get("/source/{kind}")(source)
    app.get("/results/{name}")(picture)


def _dated(ref: str) -> tuple[str, date]:
    """A provision as it was named, and the day it is asked for: `《条例》第三条（2026-11-20）`, else today."""
    match = _DATED.fullmatch(ref)
    if match is None:
        return ref, china_time.today()
    try:
        return match["ref"], china_day(match["on"])
    except InputError:
        return match["ref"], china_time.today()


def _table(report: "Report", form: "TableForm", at: tuple[str, str | None]) -> Markup:
    """The table as printed, with the marked cell or row."""
    top = el(
        "tr",
        el("th", "项目", scope="col"),
        *(el("th", one.label, scope="col") for one in form.columns.values()),
    )
    rows = (
        el(
            "tr",
            el("th", row.printed, scope="row"),
            *(_cell(report, (form.code, row.code, code), at) for code in form.columns),
        )
        for row in form.rows.values()
    )
    title = f"《{report.year}年{report.agency}政府信息公开工作年度报告》{form.title}"
    whole = el("table", el("caption", title), el("thead", top), el("tbody", *rows))
    return el("div", whole, class_="wide", tabindex="0", role="group", aria_label="表格，可以左右滚动")


def _cell(report: "Report", key: tuple[str, str, str], at: tuple[str, str | None]) -> Markup:
    value = report.value(*key)
    shown = "" if value is None else str(value)
    here = key[1] == at[0] and at[1] in (None, key[2])
    return el("td", el("mark", shown) if here and shown else shown, class_="here" if here else None)
