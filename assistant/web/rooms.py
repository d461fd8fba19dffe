"""The rooms beside the conversation: what they share. A room is one piece of HTML, laid out anew after each press.

Its buttons bear the name `room` and say by their value what they do; the fields beside them go along. Who presses is
the account that has logged in; on this machine alone, the name written at the head of the room.
"""

import getpass
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import gradio as gr

from assistant.errors import NotAllowed
from assistant.web.desk import Desk
from assistant.web.door import Door
from assistant.web.downloads import COOKIE, Downloads
from assistant.web.markup import Child, Markup, el

# What a room hands over when one of its buttons is pressed; afterwards its heading has the focus, to be read out.
SCRIPT = """
const fields = (button) => {
  const found = {}, near = button.closest(".blank") || element;
  for (const one of [...element.querySelectorAll(".room-head :is(input, select)"), ...near.querySelectorAll("input, select, textarea")])
    if (one.name) found[one.name] = one.type === "checkbox" ? (one.checked ? "yes" : "") : one.value;
  return found;
};
let asked = false;
element.addEventListener("click", (event) => {
  const button = event.target.closest("button[name=room]");
  if (!button || button.disabled) return;
  asked = true;
  trigger("click", { do: button.value, fields: fields(button) });
});
element.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !event.target.matches("input:not([type=checkbox])")) return;
  const form = event.target.closest(".blank"), chief = form && form.querySelector("button.chief");
  if (chief) { event.preventDefault(); chief.click(); }
});
watch("value", () => {
  const head = element.querySelector("[tabindex='-1']");
  if (asked && head) { head.focus({ preventScroll: true }); const pane = element.closest(".tabitem"); if (pane) pane.scrollTop = 0; }
  asked = false;
});
"""
FETCH = "(place) => { if (place) window.location.assign(place); }"
NOBODY = "请先在上面写明是谁在办理，再做这一步。"


@dataclass(frozen=True)
class Rooms:
    """What every room stands in: the office, the way out for files, who is inside, the case of the conversation."""

    desk: Desk
    downloads: Downloads
    door: Door
    case: Any
    tabs: Any


class Presses:
    """How many presses one page has begun in a room: a room laid out for less is no longer wanted.

    Bringing a tab to the front asks for the room, and whoever is quick presses before it has come.
    """

    def __init__(self) -> None:
        self.begun = 0

    def __deepcopy__(self, memo: object) -> "Presses":
        return Presses()


@dataclass(frozen=True)
class Pressed:
    """A button of a room: its verb, what follows it, and the fields beside it by name."""

    verb: str
    of: tuple[str, ...] = ()
    fields: Mapping[str, str] = field(default_factory=dict)

    def told(self, name: str) -> str:
        """What stands in a field, without the blanks around it."""
        return self.fields.get(name, "").strip()


def room(elem_id: str) -> Any:
    """The piece of HTML a room is."""
    return gr.HTML("", elem_id=elem_id, padding=False, js_on_load=SCRIPT, elem_classes="room")


def pressed_in(event: gr.EventData) -> Pressed | None:
    """What was pressed; None where it is nothing of ours."""
    data = event._data if isinstance(event._data, dict) else {}
    do, fields = data.get("do"), data.get("fields")
    if not isinstance(do, str):
        return None
    verb, *of = do.split(":")
    told = {str(key): str(value) for key, value in fields.items()} if isinstance(fields, dict) else {}
    return Pressed(verb, tuple(of), told)


def press(do: str, label: str, kind: str | None = None, **more: str | bool | None) -> Markup:
    """A button of a room; `do` is a verb with what it concerns behind colons."""
    return el(
        "button",
        label,
        type="button",
        name="room",
        value=do,
        class_=f"press {kind}" if kind else "press",
        **more,
    )


def heading(words: str, *beside: Child) -> Markup:
    """The heading of what a room shows; it takes the focus after a press."""
    return el("div", el("h3", words, tabindex="-1"), *beside, class_="room-title")


def entry(label: str, name: str, value: str = "", kind: str = "text", **more: str | bool | None) -> Markup:
    """A labelled field of one line."""
    return el("label", el("span", label), el("input", name=name, value=value, type=kind, **more))


def area(label: str, name: str, value: str = "", rows: int = 2, placeholder: str | None = None) -> Markup:
    """A labelled field of several lines."""
    return el(
        "label", el("span", label), el("textarea", value, name=name, rows=str(rows), placeholder=placeholder)
    )


def choice(label: str, name: str, options: Mapping[str, str], chosen: str = "") -> Markup:
    """A labelled choice of one."""
    rows = (el("option", words, value=key, selected=key == chosen) for key, words in options.items())
    return el("label", el("span", label), el("select", *rows, name=name))


def tick(label: str, name: str, on: bool = True) -> Markup:
    """A labelled box to tick."""
    return el("label", el("input", type="checkbox", name=name, checked=on), el("span", label), class_="tick")


def actor(rooms: Rooms, request: gr.Request | None, pressed: Pressed) -> str:
    """The name that acts: the account inside, else the name written. Raises NotAllowed where there is neither."""
    if rooms.door.locked:
        name = rooms.door.name_of(session_of(request))
        if name is None:
            raise NotAllowed("登录已经失效，没有写入。请刷新页面，重新登录后再做。")
        return name
    name = pressed.told("who")
    if not name:
        raise NotAllowed(NOBODY)
    return name


def actor_field(rooms: Rooms, request: gr.Request | None, written: str) -> Markup:
    """Who is at work: the account as it is, or a field for the name."""
    if rooms.door.locked:
        name = rooms.door.name_of(session_of(request))
        return el("p", f"登录：{name or '已失效'}", class_="note who")
    return entry("经办人", "who", written or getpass.getuser(), class_="short")


def session_of(request: gr.Request | None) -> str | None:
    """The session a press belongs to."""
    return request.cookies.get(COOKIE) if request else None


def hand_over(rooms: Rooms, request: gr.Request | None, name: str, data: bytes) -> str:
    """A file on its way to the browser; the place it is fetched from."""
    session = session_of(request)
    if not session:
        raise NotAllowed("会话已失效，无法下载。请刷新页面后再试。")
    return f"download/{rooms.downloads.leave(session, name, data)}"
