"""The settings as a room: every one with what it does and where it is set, no secret among them; the users."""

from dataclasses import fields, replace
from pathlib import Path

import pytest

from assistant.cases.accounts import Accounts
from assistant.settings import Settings, set_where
from assistant.web.door import Door
from assistant.web.rooms import Rooms
from assistant.web.settings_tab import SettingsView, settings_shown, step, told, users_shown
from assistant.web.settings_words import GROUPS
from tests.web.rooms import asked_by, pressed, rooms_of

PASSWORD = "一个足够长的密码-2026"
NEW = {"name": "杜衡", "password": PASSWORD, "again": PASSWORD, "role-reviewer": "yes"}


def test_every_setting_is_told() -> None:
    """None is forgotten, none is told that there is not."""
    named = {key for rows in GROUPS.values() for key in rows}
    assert set(told(Settings())) == named


def test_no_secret_is_shown() -> None:
    """Neither user nor password nor the key of a server."""
    settings = replace(
        Settings(),
        database_url="postgresql://clerk:geheim@db.example.invalid/register?password=geheim",
        chat_base_url="https://clerk:geheim@model.example.invalid/v1?key=geheim",
        chroma_url="geheim",
    )
    seen = "".join(map(str, settings_shown(settings)))
    assert "geheim" not in seen
    assert "clerk" not in seen
    assert "postgresql://db.example.invalid/register" in seen


def test_it_is_told_where_a_setting_was_set(tmp_path: Path) -> None:
    """The variable wins over the file; what is in neither is a default."""
    file = tmp_path / "assistant.toml"
    file.write_text('chat_model = "甲"\n[agency]\nname = "某办"\ncourt = "某院"\n', encoding="utf-8")
    where = set_where({"ASSISTANT_AGENCY_COURT": "x", "ASSISTANT_DATA_DIR": "y", "HOME": "z"}, file)
    assert f"文件 {file}" == where["agency.name"] == where["chat_model"]
    assert "环境变量 ASSISTANT_AGENCY_COURT" == where["agency.court"]
    assert "环境变量 ASSISTANT_DATA_DIR" == where["data_dir"]
    assert "agency.phone" not in where


def test_the_sections_are_those_there_are() -> None:
    """A setting of a section is found under it."""
    environ = {
        f"ASSISTANT_{name.upper()}_X": ""
        for name in ("agency", "deadlines", "chat_calls", "letters", "register")
    }
    assert {
        f"{one.name}.x"
        for one in fields(Settings)
        if one.name in ("agency", "deadlines", "chat_calls", "letters", "register")
    } == set(set_where(environ, None))


def test_an_office_without_users_is_told_how_to_begin(tmp_path: Path) -> None:
    """What holds now, and what to do before others may come in."""
    seen = users_shown(rooms_of(tmp_path), SettingsView(), None)
    assert "还没有登录用户" in seen
    assert "assistant serve --host" in seen


@pytest.fixture
def locked(tmp_path: Path) -> tuple[Rooms, str, str]:
    """An office with an administrator and a clerk, both inside; their sessions."""
    accounts = Accounts(tmp_path / "accounts.json")
    accounts.put("秦岭", PASSWORD, ("administrator",))
    accounts.put("罗敏", PASSWORD, ("clerk",))
    door = Door(accounts)
    return rooms_of(tmp_path, door), door.enter("秦岭", PASSWORD), door.enter("罗敏", PASSWORD)


def test_an_administrator_adds_and_removes_users(locked: tuple[Rooms, str, str]) -> None:
    """At once: the new one can log in, the removed one is outside."""
    rooms, chief, clerk = locked
    assert "已增加用户“杜衡”" in step(rooms, SettingsView(), pressed("add", NEW), asked_by(chief)).told
    assert "杜衡" == rooms.door.name_of(rooms.door.enter("杜衡", PASSWORD))
    assert "已删除用户“罗敏”" in step(rooms, SettingsView(), pressed("remove:罗敏", {}), asked_by(chief)).told
    assert not rooms.door.is_inside(clerk)
    seen = users_shown(rooms, SettingsView(), asked_by(chief))
    assert "杜衡" in seen and "罗敏" not in seen
    assert "argon2" not in seen


def test_roles_change_without_a_password(locked: tuple[Rooms, str, str]) -> None:
    """Left empty, the old one stays."""
    rooms, chief, clerk = locked
    fields_ = {"name": "罗敏", "password": "", "again": "", "role-approver": "yes"}
    assert "已改为：批准人。" == step(rooms, SettingsView(), pressed("add", fields_), asked_by(chief)).told
    assert rooms.door.is_inside(clerk)


@pytest.mark.parametrize(
    ("verb", "changed", "words"),
    [
        ("add", {"role-reviewer": ""}, "至少一个角色"),
        ("add", {"again": "别的"}, "不一样"),
        ("add", {"password": "短", "again": "短"}, "个字符"),
        ("remove:秦岭", {}, "不能删除自己"),
        ("drop", {}, "没有这个操作"),
    ],
)
def test_what_cannot_be_is_told(
    locked: tuple[Rooms, str, str], verb: str, changed: dict[str, str], words: str
) -> None:
    """And nothing changes."""
    rooms, chief, _ = locked
    assert words in step(rooms, SettingsView(), pressed(verb, {**NEW, **changed}), asked_by(chief)).fault
    assert {"秦岭", "罗敏"} == set(rooms.desk.assistant.accounts.by_name)


def test_nobody_else_sees_or_changes_the_users(locked: tuple[Rooms, str, str]) -> None:
    """A clerk is told who may; a stranger is nobody, whatever name is written."""
    rooms, _, clerk = locked
    assert "可以办理的是：管理员" in users_shown(rooms, SettingsView(), asked_by(clerk))
    assert "不能办理“管理登录用户”" in step(rooms, SettingsView(), pressed("add", NEW), asked_by(clerk)).fault
    forged = pressed("add", {**NEW, "who": "秦岭"})
    assert "登录已经失效" in step(rooms, SettingsView(), forged, asked_by("planted")).fault
