"""The tab 年报: the year's tables out of the register, the cases behind each cell, files, and the audit of a report."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import gradio as gr

from assistant.cases.yearbook_files import yearbook_bytes
from assistant.cases.yearbook_kept import FACTS, TABLE
from assistant.cases.yearbook_prose import told_by_settings
from assistant.errors import AssistantError, InputError
from assistant.web import yearbook_form, yearbook_view
from assistant.web.cards import alert
from assistant.web.case import Case
from assistant.web.desk import forget
from assistant.web.markup import Markup, el
from assistant.web.pressing import UNKNOWN
from assistant.web.register_tab import TAB, RegisterTab, opened, rendered
from assistant.web.rooms import (
    FETCH,
    Pressed,
    Presses,
    Rooms,
    actor,
    actor_field,
    hand_over,
    pressed_in,
    room,
)
from assistant.web.uploading import upload_button

if TYPE_CHECKING:
    from assistant.cases.yearbook import Yearbook
    from assistant.ingest.annual.audit import Audit

FIRST = 2019
NO_FILE = "没有收到文件。请重新上传。"


@dataclass(frozen=True)
class YearView:
    """What the room shows to one clerk: the year, the cell that is open, what went wrong, a report that was brought.

    `filling`: whether the form is open, `mark`: what it was filled from, `typed`: what stood in it when a press was
    refused; `who`: the name written in it.
    """

    year: int = 0
    cell: tuple[str, str, str] | None = None
    fault: str = ""
    brought: "tuple[str, Audit] | None" = None
    case: str = ""
    fetch: str = ""
    filling: bool = False
    mark: str = ""
    typed: Mapping[str, str] = field(default_factory=dict)
    who: str = ""
    told: str = ""
    presses: Presses = field(default_factory=Presses, repr=False, compare=False)

    @property
    def quiet(self) -> "YearView":
        """The same without what came of the last press."""
        return replace(self, fault="", case="", fetch="", told="", typed={})


def yearbook_tab(rooms: Rooms, tab: Any, register: RegisterTab) -> None:
    """Lay the tab out and wire it; a case of a cell is opened in the register."""
    view, ticket = gr.State(YearView()), gr.Textbox(visible="hidden", show_label=False, elem_id="year-ticket")
    with gr.Row(elem_classes="pane-head"):
        gr.HTML(
            el(
                "p",
                "申请情况表和复议诉讼表从台账得出，不用手填；点开一格，看它计的是哪几件。其余的在“填写”里填。",
                class_="note",
            ),
            padding=False,
        )
        upload = upload_button("核对一份年度报告", "audit-report")
    shown = room("yearbook")
    quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}

    def show(at: YearView, request: gr.Request) -> tuple[Any, Any]:
        begun = at.presses.begun
        after = laid_out(rooms, at.quiet, request)
        return after if begun == at.presses.begun else (gr.skip(), gr.skip())

    def pressed(
        at: YearView, there: Any, case: Case, request: gr.Request, event: gr.EventData
    ) -> tuple[Any, ...]:
        at.presses.begun += 1
        found = pressed_in(event)
        after, body = laid_out(rooms, step(rooms, at.quiet, found, request) if found else at, request)
        if not after.case:
            return after, body, after.fetch, gr.skip(), gr.skip(), gr.skip()
        there, case_shown = rendered(rooms, opened(there, after.case), case.fresh, request)
        return after, body, "", there, case_shown, gr.Tabs(selected=TAB)

    def bring(at: YearView, file: str | None) -> tuple[YearView, Markup]:
        at.presses.begun += 1
        return laid_out(rooms, audit(rooms, at.quiet, file))

    tab.select(show, [view], [view, shown], **quiet)
    told = [view, shown, ticket, register.view, register.shown, rooms.tabs]
    done = shown.click(pressed, [view, register.view, rooms.case], told, **quiet)
    done.then(None, [ticket], None, js=FETCH)
    upload.upload(bring, [view, upload], [view, shown], **quiet)


def step(rooms: Rooms, at: YearView, pressed: Pressed, request: gr.Request | None) -> YearView:
    """What the room shows after a press; a fault is told and nothing else changes."""
    if pressed.verb not in _VERBS:
        return replace(at, fault=UNKNOWN)
    at = replace(at, who=pressed.told("who") or at.who)
    try:
        return _VERBS[pressed.verb](rooms, at, pressed, request)
    except AssistantError as fault:
        return replace(at, fault=str(fault), typed=pressed.fields)


def laid_out(rooms: Rooms, at: YearView, request: gr.Request | None = None) -> tuple[YearView, Markup]:
    """The room for a view; the running year, where none was chosen."""
    at = at if at.year else replace(at, year=rooms.desk.assistant.books.today.year)
    office = rooms.desk.assistant
    try:
        if at.brought:
            name, found = at.brought
            body = yearbook_view.report(found, name, office.auditor.form)
        else:
            body = _year(rooms, at, request)
    except AssistantError as refused:
        at, body = replace(at, fault=at.fault or str(refused)), yearbook_view.head(at.year)
    told = el("p", at.told, class_="done", role="status") if at.told else None
    return at, el("div", told, alert(at.fault) if at.fault else None, body)


def audit(rooms: Rooms, at: YearView, file: str | None) -> YearView:
    """A report that was uploaded held against every relation; the file is gone afterwards."""
    from assistant.ingest.annual.batches import read_one

    if not file:
        return replace(at, fault=NO_FILE)
    path = Path(file)
    try:
        found = rooms.desk.assistant.audit(read_one(path))
    except AssistantError as fault:
        return replace(at, fault=str(fault), brought=None)
    finally:
        forget(path)
    return replace(at, brought=(path.name, found))


def _found(rooms: Rooms, year: int) -> "Yearbook":
    return rooms.desk.assistant.yearbook(year, as_of=rooms.desk.assistant.books.today)


def _year(rooms: Rooms, at: YearView, request: gr.Request | None) -> Markup:
    office = rooms.desk.assistant
    found, form = _found(rooms, at.year), office.auditor.form
    cell = found.open_cell(at.cell, form, office.outcomes) if at.cell in found.cells and at.cell else None
    filled = _filled(rooms, at, found, request)
    return el("div", yearbook_view.head(at.year), yearbook_view.yearbook(found, form, cell, filled))


def _filled(rooms: Rooms, at: YearView, found: "Yearbook", request: gr.Request | None) -> Iterator[Markup]:
    """What the office fills in: the form while it is open, and what stands in the report so far."""
    office = rooms.desk.assistant
    text, table = office.report_text, office.auditor.form.tables[TABLE]
    if at.filling:
        ours = any(key.startswith((f"{TABLE}.", f"{FACTS}.")) for key in at.typed)
        fields = at.typed if ours else office.kept_facts.fields(at.year)
        filled = yearbook_form.Filled(fields, told_by_settings(office.settings.agency))
        yield yearbook_form.filling(text, table, filled, actor_field(rooms, request, at.who))
    yield from yearbook_form.shown(found, text, table)


def _choose(rooms: Rooms, at: YearView, pressed: Pressed, _request: Any) -> YearView:
    words, last = pressed.told("year"), rooms.desk.assistant.books.today.year
    if not (words.isascii() and words.isdigit() and FIRST <= int(words) <= last):
        raise InputError(f"年度“{words}”无法编制，请写 {FIRST} 到 {last} 之间的年份。")
    return replace(at, year=int(words), cell=None, brought=None, filling=False)


def _fill(rooms: Rooms, at: YearView, _pressed: Pressed, _request: Any) -> YearView:
    """The form, filled with what is kept by now."""
    return replace(at, filling=True, mark=rooms.desk.assistant.kept_facts.mark(at.year))


def _keep(rooms: Rooms, at: YearView, pressed: Pressed, request: gr.Request | None) -> YearView:
    """What was filled in is kept, and everything checked anew."""
    if not at.filling:
        raise InputError(UNKNOWN)
    kept = rooms.desk.assistant.kept_facts
    kept.keep(actor(rooms, request, pressed), at.year, pressed.fields, at.mark)
    found = _found(rooms, at.year)
    failing = sum(check.status == "fails" for check in found.audit.checks) + len(found.audit.findings)
    told = f"已保存。核对：{f'不符 {failing} 处' if failing else '没有不符'}，还有 {len(found.gaps)} 处【待填】。"
    return replace(at, mark=kept.mark(at.year), told=told)


def _cell(_rooms: Rooms, at: YearView, pressed: Pressed, _request: Any) -> YearView:
    if len(pressed.of) != 3:
        raise InputError(UNKNOWN)
    table, row, column = pressed.of
    return replace(at, cell=(table, row, column))


def _file(rooms: Rooms, at: YearView, pressed: Pressed, request: gr.Request | None) -> YearView:
    """The report as a file on its way to the browser."""
    office, suffix = rooms.desk.assistant, ":".join(pressed.of)
    found = _found(rooms, at.year)
    data = yearbook_bytes(found, suffix, office.auditor.form, office.report_text, office.outcomes)
    return replace(
        at, fetch=hand_over(rooms, request, f"{at.year}年政府信息公开工作年度报告（草稿）{suffix}", data)
    )


_VERBS: dict[str, Callable[..., YearView]] = {
    "year": _choose,
    "cell": _cell,
    "fill": _fill,
    "keep": _keep,
    "leave": lambda _rooms, at, _pressed, _request: replace(at, filling=False),
    "shut": lambda _rooms, at, _pressed, _request: replace(at, cell=None),
    "back": lambda _rooms, at, _pressed, _request: replace(at, brought=None),
    "case": lambda _rooms, at, pressed, _request: replace(at, case=":".join(pressed.of)),
    "file": _file,
}
