"""The tab 设置: what the office has set, what each setting does and where it is set; who may log in.

Nothing of the settings is changed here: they are read when the program starts. A password is never shown.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass, field, fields, is_dataclass, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit, urlunsplit

import gradio as gr

from assistant.errors import AssistantError, InputError
from assistant.settings import Settings, config_file, set_where
from assistant.web.cards import alert
from assistant.web.evaluation_tab import table
from assistant.web.markup import Markup, el, join
from assistant.web.pressing import UNKNOWN
from assistant.web.rooms import (
    Pressed,
    Presses,
    Rooms,
    actor,
    actor_field,
    entry,
    heading,
    press,
    pressed_in,
    room,
    tick,
)
from assistant.web.settings_words import GROUPS

if TYPE_CHECKING:
    from assistant.pipeline import Assistant

LEAD = (
    "设置写在 assistant.toml 或者环境变量里，改了之后重新启动生效；每一项怎样写，见 assistant.example.toml。"
)
NEEDED = ("agency.name", "agency.review_authority", "agency.court", "agency.document_series")
NO_USERS = (
    "还没有登录用户：只有本机能打开这个页面，谁都可以办理，名字写在台账的“经办人”里。",
    "要让其他电脑访问，先在这里或者用 assistant user add 增加用户（第一个应是管理员），再用 assistant serve --host 启动。",
)
_UNSET = "未设置"


@dataclass(frozen=True)
class SettingsView:
    """What the room shows to one clerk: the name written at its head, and what came of the last press."""

    who: str = ""
    told: str = ""
    fault: str = ""
    presses: Presses = field(default_factory=Presses, repr=False, compare=False)

    @property
    def quiet(self) -> "SettingsView":
        """The same without what was told of the last press."""
        return replace(self, told="", fault="")


def settings_tab(rooms: Rooms, tab: Any) -> None:
    """Lay the tab out and wire it; settings and users are read when it comes to the front."""
    view, shown = gr.State(SettingsView()), room("settings")
    quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}

    def show(at: SettingsView, request: gr.Request) -> Any:
        begun = at.presses.begun
        after = laid_out(rooms, at.quiet, request)
        return after if begun == at.presses.begun else gr.skip()

    def pressed(at: SettingsView, request: gr.Request, event: gr.EventData) -> tuple[SettingsView, Markup]:
        at.presses.begun += 1
        found = pressed_in(event)
        after = step(rooms, at.quiet, found, request) if found else at
        return after, laid_out(rooms, after, request)

    tab.select(show, [view], [shown], **quiet)
    shown.click(pressed, [view], [view, shown], **quiet)


def step(rooms: Rooms, at: SettingsView, pressed: Pressed, request: gr.Request | None) -> SettingsView:
    """What the room shows after a press; a fault is told and nothing is changed."""
    at = replace(at, who=pressed.told("who") or at.who)
    if pressed.verb not in _VERBS:
        return replace(at, fault=UNKNOWN)
    try:
        who = actor(rooms, request, pressed)
        return replace(at, told=_VERBS[pressed.verb](rooms.desk.assistant, who, pressed))
    except AssistantError as fault:
        return replace(at, fault=str(fault))


def laid_out(rooms: Rooms, at: SettingsView, request: gr.Request | None) -> Markup:
    """The users, where whoever looks may manage them, and the settings as they are."""
    office = rooms.desk.assistant
    told = el("p", at.told, class_="done", role="status") if at.told else None
    return el(
        "div",
        el(
            "div",
            el("p", LEAD, f"配置文件：{config_file() or '没有'}", class_="note"),
            actor_field(rooms, request, at.who),
            class_="room-head",
        ),
        alert(at.fault) if at.fault else None,
        told,
        heading("设置"),
        _missing(office.settings),
        *settings_shown(office.settings),
        el("h4", "正在用的模型"),
        _models(office),
        el("h4", "登录用户"),
        users_shown(rooms, at, request),
        class_="settings",
    )


def settings_shown(settings: Settings) -> list[Markup]:
    """Every setting in its group: its name, its value, where it is set, what it does."""
    file = config_file()
    where = set_where(os.environ, file)
    values = told(settings)
    parts = []
    for group, rows in GROUPS.items():
        lines = tuple(
            (
                join((label, el("small", key))),
                values[key] or el("span", _UNSET, class_="unset"),
                where.get(key, "默认").replace(str(file), file.name if file else ""),
                does,
            )
            for key, (label, does) in rows.items()
        )
        parts += [el("h4", group), table(("设置", "现在的值", "在哪里设的", "作用"), lines)]
    return parts


def told(settings: Settings) -> dict[str, str]:
    """Every setting but the people, by its dotted name, as it may be shown: no password, no user of a server."""
    found: dict[str, str] = {}
    for one in fields(settings):
        value = getattr(settings, one.name)
        if is_dataclass(value):
            found |= {f"{one.name}.{part.name}": _words(getattr(value, part.name)) for part in fields(value)}
        elif one.name != "staff":
            found[one.name] = _address(value) if one.name.endswith("_url") and value else _words(value)
    return found


def _words(value: object) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    return "" if value is None else str(value)


def _address(url: str) -> str:
    """An address without user, password and what stands behind the question mark."""
    parts = urlsplit(url)
    host = parts.netloc.rpartition("@")[2]
    return urlunsplit((parts.scheme, host, parts.path, "", "")) if parts.scheme else "（写法有误，不显示）"


def _missing(settings: Settings) -> Markup | None:
    values = told(settings)
    names = {key: label for rows in GROUPS.values() for key, (label, _) in rows.items()}
    lacking = [names[key] for key in NEEDED if not values[key]]
    if not lacking:
        return None
    return el(
        "p", f"还没有设置：{'、'.join(lacking)}。答复书里的这些地方会留空，不能通过校验。", class_="notice"
    )


def _models(office: "Assistant") -> Markup:
    chat = office.settings.chat_model
    lines = (
        f"检索：{office.index.describe()}",
        "研判：随程序的分类器" + ("，对话模型在旁边投一票" if chat else ""),
        f"对话模型：{chat}，{_address(office.settings.chat_base_url or '')}"
        if chat
        else "对话模型：没有开启，全用内置方式，什么都不离开本机",
    )
    return el("ul", *(el("li", line) for line in lines))


def users_shown(rooms: Rooms, at: SettingsView, request: gr.Request | None) -> Markup:
    """The users with what an administrator may do; for the others, whom to ask."""
    office = rooms.desk.assistant
    rules = office.register.rules
    try:
        if rooms.door.locked:
            office.accounts_for(actor(rooms, request, Pressed("users")))
    except AssistantError as fault:
        return el("p", str(fault), class_="note")
    labels, accounts = rules.roles.labels, office.accounts.by_name
    rows = tuple(
        (
            name,
            "、".join(labels[role] for role in roles) or "没有角色",
            press(f"remove:{name}", "删除", "quiet") if name in accounts else "只在 [staff] 里，不能登录",
        )
        for name, roles in rules.staff.roles.items()
    )
    empty = el("div", *(el("p", line) for line in NO_USERS), class_="empty")
    people = table(("姓名", "角色", ""), rows) if rows else empty
    roles = [tick(label, f"role-{key}", False) for key, label in labels.items()]
    form = el(
        "div",
        entry("姓名（登记簿里就用这个名字）", "name", autocomplete="off"),
        entry("密码", "password", "", "password", autocomplete="new-password"),
        entry("再输一遍", "again", "", "password", autocomplete="new-password"),
        el("p", *roles, class_="presses"),
        press("add", "增加用户，或者换密码、换角色", "chief"),
        class_="blank now",
    )
    return el("div", people, form)


def _add(office: "Assistant", who: str, pressed: Pressed) -> str:
    """An account, or another password and other roles for one there is."""
    accounts = office.accounts_for(who)
    labels = office.register.rules.roles.labels
    roles = tuple(role for role in labels if pressed.told(f"role-{role}"))
    password = pressed.fields.get("password", "")
    if not roles:
        raise InputError("请勾选至少一个角色。")
    if password != pressed.fields.get("again", ""):
        raise InputError("两次输入的密码不一样，没有改动。")
    known = pressed.told("name") in accounts.by_name
    if known and not password:
        return f"已改为：{'、'.join(labels[role] for role in accounts.give_roles(pressed.told('name'), roles).roles)}。"
    account = accounts.put(pressed.told("name"), password, roles)
    return f"{'已更新' if known else '已增加'}用户“{account.name}”。"


def _remove(office: "Assistant", who: str, pressed: Pressed) -> str:
    """An account taken away; one's own is not, so that somebody can still let others in."""
    accounts, name = office.accounts_for(who), ":".join(pressed.of)
    if name == who:
        raise InputError("不能删除自己。请由另一位管理员删除，或者用 assistant user remove。")
    accounts.remove(name)
    return f"已删除用户“{name}”，登记簿里的记录不变。"


_VERBS: dict[str, Callable[["Assistant", str, Pressed], str]] = {"add": _add, "remove": _remove}
