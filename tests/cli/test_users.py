"""`assistant user`: accounts are added, listed and removed; no password stands in a command or in what is printed."""

import io
from pathlib import Path

import pytest

from assistant.cases.accounts import Accounts
from assistant.cli import app
from assistant.errors import InputError, NotAllowed

PASSWORD = "一个足够长的密码-2026"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An office of its own."""
    monkeypatch.setenv("ASSISTANT_DATA_DIR", str(tmp_path))
    return tmp_path


def user(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> None:
    """The command as it is typed, the password in at standard input."""
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{PASSWORD}\n"))
    app(["user", *arguments], standalone_mode=False)


def test_a_user_is_added_listed_and_removed(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """With roles in words; neither password nor hash is shown."""
    user(monkeypatch, "add", "罗敏", "--roles", "clerk, administrator", "--password-stdin")
    assert "已增加用户“罗敏”（公开工作机构经办人、管理员）" in capsys.readouterr().out
    accounts = Accounts(folder / "accounts.json")
    assert accounts.fits("罗敏", PASSWORD)
    user(monkeypatch, "list", "--json")
    shown = capsys.readouterr().out
    assert '"login": true' in shown
    assert "argon2" not in shown and PASSWORD not in shown
    user(monkeypatch, "remove", "罗敏")
    assert "登记簿里的记录不变" in capsys.readouterr().out
    assert not accounts.by_name
    user(monkeypatch, "list")
    assert "还没有用户" in capsys.readouterr().out


def test_a_password_is_asked_for_twice(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two that differ change nothing."""
    said = iter([PASSWORD, PASSWORD + "x", PASSWORD, PASSWORD])
    monkeypatch.setattr("assistant.cli.users.getpass", lambda _: next(said))
    with pytest.raises(InputError, match="不一样"):
        user(monkeypatch, "add", "罗敏", "--roles", "clerk")
    user(monkeypatch, "add", "罗敏", "--roles", "clerk")
    assert Accounts(folder / "accounts.json").fits("罗敏", PASSWORD)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["add", "罗敏", "--password-stdin"], "写明角色"),
        (["add", "罗敏", "--roles", "king", "--password-stdin"], "没有“king”这个角色"),
        (["remove", "罗敏"], "没有“罗敏”这个用户"),
    ],
)
def test_what_cannot_be_is_one_clear_line(
    folder: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], words: str
) -> None:
    """A role there is not, a name there is not."""
    with pytest.raises(InputError, match=words):
        user(monkeypatch, *arguments)


def test_a_new_password_keeps_the_roles(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Given again without roles."""
    user(monkeypatch, "add", "罗敏", "--roles", "reviewer", "--password-stdin")
    user(monkeypatch, "add", "罗敏", "--password-stdin")
    assert ("reviewer",) == Accounts(folder / "accounts.json").by_name["罗敏"].roles


def test_the_register_knows_the_accounts(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who has an account has its roles; once there is one, nobody else may write."""
    user(monkeypatch, "add", "罗敏", "--roles", "reader", "--password-stdin")
    for who, words in (("罗敏", "不能办理"), ("杜衡", "名单")):
        with pytest.raises(NotAllowed, match=words):
            app(
                [
                    "case",
                    "add",
                    "--received",
                    "2026-11-02",
                    "--asked",
                    "甲",
                    "--applicant",
                    "柳青:natural_person",
                    "--as",
                    who,
                ],
                standalone_mode=False,
            )
