"""The title bar: the organ whose page it is, who has logged in with which roles, and the way out."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import gradio as gr

from assistant.settings import Agency
from assistant.web.guard import TITLE
from assistant.web.markup import Markup, el
from assistant.web.rooms import session_of

if TYPE_CHECKING:
    from assistant.pipeline import Assistant
    from assistant.web.door import Door

CREED = "助手提出建议，决定由人作出并签发"
UNSET = "尚未设置机关名称（assistant.toml 的 agency.name）"


@dataclass(frozen=True)
class Inside:
    """Who has logged in, and what the office has let them do, in words."""

    name: str
    roles: tuple[str, ...]


def page_title(agency: Agency) -> str:
    """What the browser's tab says: the organ first, so that several pages are told apart."""
    name = agency.short_name or agency.name
    return f"{name} · {TITLE}" if name else TITLE


def bar(agency: Agency, may_leave: bool, inside: Inside | None = None) -> Markup:
    """The bar; without accounts nobody is named in it and there is no way out."""
    seal = el("span", "公开", class_="seal", aria_hidden="true")
    title = el("div", el("h1", TITLE), el("p", CREED), class_="title")
    organ = el("p", agency.name or UNSET, class_="organ" if agency.name else "organ unset")
    leave = el("form", el("button", "退出"), method="post", action="/logout") if may_leave else None
    return el("header", seal, title, organ, _who(inside) if inside else None, leave)


def masthead(agency: Agency, may_leave: bool) -> Any:
    """The bar as it is laid out, before it is known who opens the page."""
    return gr.HTML(bar(agency, may_leave), elem_id="masthead", padding=False)


def wire_masthead(blocks: Any, shown: Any, assistant: "Assistant", door: "Door") -> None:
    """Where one logs in, the bar names who did as soon as the page is open."""
    if not door.locked:
        return

    def named(request: gr.Request) -> Markup:
        return bar(assistant.settings.agency, True, inside_of(assistant, door.name_of(session_of(request))))

    blocks.load(named, None, [shown], queue=False, show_progress="hidden", api_visibility="private")


def inside_of(assistant: "Assistant", name: str | None) -> Inside | None:
    """A name with its roles in words; None for nobody."""
    if name is None:
        return None
    rules = assistant.register.rules
    return Inside(name, tuple(rules.roles.labels[role] for role in rules.staff.roles.get(name, ())))


def _who(inside: Inside) -> Markup:
    roles = "、".join(inside.roles) or "没有角色"
    return el(
        "p",
        el("span", inside.name),
        el("small", roles),
        class_="inside",
        title=f"登录：{inside.name}（{roles}）",
    )
