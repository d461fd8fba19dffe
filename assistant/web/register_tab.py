"""The tab 台账: the board, the list, one case, and the case of the conversation taken into the register."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

import gradio as gr

from assistant.cases.doing import Act
from assistant.cases.entries import Page
from assistant.cases.records import Seen
from assistant.cases.seeking import Sought
from assistant.drafting.verdict import Override
from assistant.errors import AssistantError, InputError
from assistant.law.clock_events import china_day
from assistant.web import case_view, register_view, taking_form, telling_form
from assistant.web.case import Case
from assistant.web.markup import Markup, el
from assistant.web.pressing import UNKNOWN
from assistant.web.rooms import (
    Pressed,
    Presses,
    Rooms,
    actor,
    actor_field,
    press,
    pressed_in,
    room,
    session_of,
)

PAGE_SIZE = 30
TAB = "register"


@dataclass(frozen=True)
class View:
    """What the room shows to one clerk: board, list, a case as it was seen, or the form for a new one.

    `who`: the name written at its head; `taken`: letters of the conversation by the number they were registered under;
    `telling`: what is being told at the case; `typed`: what stood in the fields when a press was refused.
    """

    shows: Literal["board", "list", "case", "new"] = "board"
    number: str = ""
    version: int = 0
    sought: Sought = field(default_factory=Sought)
    page: int = 1
    who: str = ""
    taken: tuple[tuple[int, str], ...] = ()
    telling: str = ""
    typed: Mapping[str, str] = field(default_factory=dict)
    told: str = ""
    fault: str = ""
    presses: Presses = field(default_factory=Presses, repr=False, compare=False)

    @property
    def quiet(self) -> "View":
        """The same without what was told of the last press."""
        return replace(self, told="", fault="", typed={})


@dataclass(frozen=True)
class RegisterTab:
    """The tab's parts, for what leads to a case from elsewhere on the page."""

    rooms: Rooms
    view: Any
    shown: Any

    def open(self, at: View, number: str, case: Case, request: gr.Request | None) -> dict[Any, Any]:
        """A case of the register brought to the front."""
        view, body = rendered(self.rooms, opened(at, number), case, request)
        return {self.view: view, self.shown: body, self.rooms.tabs: gr.Tabs(selected=TAB)}


def register_tab(rooms: Rooms, tab: Any) -> RegisterTab:
    """Lay the tab out and wire it; what it shows is asked for when it comes to the front."""
    view, shown = gr.State(View()), room("register")
    quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}

    def show(at: View, case: Case, request: gr.Request) -> tuple[Any, Any]:
        begun = at.presses.begun
        after = rendered(rooms, at.quiet, case.fresh, request)
        return after if begun == at.presses.begun else (gr.skip(), gr.skip())

    def pressed(at: View, case: Case, request: gr.Request, event: gr.EventData) -> tuple[View, Markup]:
        at.presses.begun += 1
        found = pressed_in(event)
        after = step(rooms, at.quiet, case.fresh, found, request) if found else at
        return rendered(rooms, after, case.fresh, request)

    tab.select(show, [view, rooms.case], [view, shown], **quiet)
    shown.click(pressed, [view, rooms.case], [view, shown], **quiet)
    return RegisterTab(rooms, view, shown)


def step(rooms: Rooms, at: View, case: Case, pressed: Pressed, request: gr.Request | None) -> View:
    """What the room shows after a press; a fault is told where it happened and nothing else changes."""
    at = replace(at, who=pressed.told("who") or at.who)
    if pressed.verb not in _VERBS:
        return replace(at, fault=UNKNOWN)
    try:
        return _VERBS[pressed.verb](rooms, at, case, pressed, request)
    except AssistantError as fault:
        return replace(at, fault=str(fault), typed=pressed.fields)


def opened(at: View, number: str) -> View:
    """The room with a case open."""
    return replace(at.quiet, shows="case", number=number, version=0, telling="")


def rendered(rooms: Rooms, at: View, case: Case, request: gr.Request | None) -> tuple[View, Markup]:
    """The room, and the view with the version of the case that it shows."""
    try:
        at, body = _body(rooms, at, case)
    except AssistantError as refused:
        at = replace(at, fault=at.fault or str(refused))
        body = register_view.empty() if at.shows == "board" else el("p", press("board", "回到看板"))
    told = el("p", at.told, class_="done", role="status") if at.told else None
    fault = el("div", el("p", at.fault), class_="turn fault", role="alert") if at.fault else None
    return at, el("div", _head(rooms, at, case, request), told, fault, body)


def _head(rooms: Rooms, at: View, case: Case, request: gr.Request | None) -> Markup:
    """The ways through the room, and who is at work."""
    number = dict(at.taken).get(case.number)
    if number:
        take = press(f"open:{number}", f"对话里的这一件：{number}")
    else:
        take = press("new", "登记对话里的这一件", "chief" if case.handled else None)
    ways = [
        press("board", "看板", aria_pressed="true" if at.shows == "board" else "false"),
        press("list", "清单", aria_pressed="true" if at.shows == "list" else "false"),
        take,
    ]
    return el("div", *ways, actor_field(rooms, request, at.who), class_="room-head")


def _body(rooms: Rooms, at: View, case: Case) -> tuple[View, Markup]:
    office = rooms.desk.assistant
    books, rules = office.books, office.register.rules
    table = rules.grounds.table
    if at.shows == "list":
        page = books.cases(at.sought, Page(at.page, PAGE_SIZE))
        return at, register_view.listed(register_view.Looked(at.sought, page), rules.outcomes)
    if at.shows == "case":
        found = books.dossier(at.number)
        taken = case.code is not None and dict(at.taken).get(case.number) in (None, at.number)
        telling = telling_form.Telling(
            at.telling, at.typed, telling_form.search_parts(office, books.today), at.who
        )
        shown = case_view.dossier(found, rules, telling, taken)
        return replace(at, version=found.case.version), shown
    if at.shows == "new":
        return at, taking_form.form(case, rules.outcomes, rules.kinds, table, books.today)
    return at, register_view.board(office.board(books.today))


def _show(shows: Literal["board", "list", "new"]) -> Callable[..., View]:
    def show(_rooms: Rooms, at: View, case: Case, _pressed: Pressed, _request: Any) -> View:
        if shows == "new":
            taking_form.require_letter(case)
        return replace(at, shows=shows, page=1)

    return show


def _open(_rooms: Rooms, at: View, _case: Case, pressed: Pressed, _request: Any) -> View:
    return opened(at, ":".join(pressed.of))


def _find(_rooms: Rooms, at: View, _case: Case, pressed: Pressed, _request: Any) -> View:
    year = pressed.told("year")
    if year and not (year.isascii() and year.isdigit() and len(year) == 4):
        raise InputError(f"年度“{year}”无法识别，请写成 2026 的形式，或者不写。")
    sought = Sought(
        int(year) if year else None,
        bool(pressed.told("every")),
        pressed.told("words"),
        pressed.told("outcome") or None,
    )
    return replace(at, shows="list", sought=sought, page=1)


def _page(_rooms: Rooms, at: View, _case: Case, pressed: Pressed, _request: Any) -> View:
    number = pressed.of[0] if pressed.of else ""
    return replace(at, page=int(number)) if number.isascii() and number.isdigit() else at


def _register(rooms: Rooms, at: View, case: Case, pressed: Pressed, request: gr.Request | None) -> View:
    """The case of the conversation gets its number; pressed twice, it is there once."""
    number = dict(at.taken).get(case.number)
    if number:
        return replace(opened(at, number), fault=f"这一件已经登记为 {number}，没有再登记。")
    books = rooms.desk.assistant.books
    new, along = taking_form.filled(case, pressed), taking_form.settled(case, pressed, books.today)
    taken = books.take_up(actor(rooms, request, pressed), new, along)
    after = replace(opened(at, taken.number), taken=(*at.taken, (case.number, taken.number)))
    return replace(after, told=f"已登记，编号 {taken.number}。")


def _bring(rooms: Rooms, at: View, case: Case, pressed: Pressed, request: gr.Request | None) -> View:
    """Outcome and draft of the conversation into the open case."""
    books = rooms.desk.assistant.books
    along = taking_form.settled(case, pressed, books.today, everything=True)
    if along.decision is None:
        raise InputError("对话里还没有选定处理结果，没有可以带入的。")
    books.bring_on(actor(rooms, request, pressed), _seen(at), along)
    return replace(at, taken=(*at.taken, (case.number, at.number)), told="已带入。")


def _act(rooms: Rooms, at: View, _case: Case, pressed: Pressed, request: gr.Request | None) -> View:
    """A step of the loop passed, or an ending."""
    return _done(rooms, at, pressed, request, _act_of(pressed, True))


def _return(rooms: Rooms, at: View, _case: Case, pressed: Pressed, request: gr.Request | None) -> View:
    """A draft goes back with the reason."""
    return _done(rooms, at, pressed, request, _act_of(pressed, False))


def _tell(rooms: Rooms, at: View, _case: Case, pressed: Pressed, request: gr.Request | None) -> View:
    """The form of something that happened, or none any more."""
    who = rooms.door.name_of(session_of(request)) or at.who
    return replace(at, telling=pressed.of[0] if pressed.of else "", who=who)


def _told(rooms: Rooms, at: View, _case: Case, pressed: Pressed, request: gr.Request | None) -> View:
    """Something happened: it stands in the case, and the deadline is reckoned anew."""
    who = actor(rooms, request, pressed)
    told = telling_form.read(pressed.of[0] if pressed.of else "", pressed, who)
    rooms.desk.assistant.books.tell(who, _seen(at), told)
    return replace(at, told="已记录。", telling="")


def _done(rooms: Rooms, at: View, pressed: Pressed, request: gr.Request | None, act: Act) -> View:
    rooms.desk.assistant.books.act_on(actor(rooms, request, pressed), _seen(at), act)
    return replace(at, told="已记录。")


def _act_of(pressed: Pressed, passed: bool) -> Act:
    name, reason = pressed.told("override"), pressed.told("reason")
    override = Override(name, reason) if name or reason else None
    kind = pressed.of[0] if pressed.of else ""
    return Act(kind, china_day(pressed.told("on")), pressed.told("note"), passed, override=override)


def _seen(at: View) -> Seen:
    return Seen(at.number, at.version)


_VERBS: dict[str, Callable[..., View]] = {
    "board": _show("board"),
    "list": _show("list"),
    "new": _show("new"),
    "open": _open,
    "find": _find,
    "page": _page,
    "register": _register,
    "bring": _bring,
    "act": _act,
    "return": _return,
    "tell": _tell,
    "told": _told,
}
