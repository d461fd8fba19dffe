"""Who may log in: names, hashes and roles in one file; what changes counts at once."""

import json
import stat
import threading
from pathlib import Path

import pytest

from assistant.cases.accounts import Accounts, Roster
from assistant.errors import InputError, SettingsError

PASSWORD = "一个足够长的密码-2026"


@pytest.fixture
def accounts(tmp_path: Path) -> Accounts:
    """An office with one account."""
    found = Accounts(tmp_path / "data" / "accounts.json")
    found.put("张三", PASSWORD, ("clerk",))
    return found


def test_the_right_password_fits_and_no_other(accounts: Accounts) -> None:
    """Name and password both count."""
    assert accounts.fits("张三", PASSWORD)
    assert accounts.fits(" 张三 ", PASSWORD)
    assert not accounts.fits("张三", PASSWORD + "x")
    assert not accounts.fits("李四", PASSWORD)
    assert not accounts.fits("", "")


def test_the_file_holds_no_password_and_is_its_owners(accounts: Accounts) -> None:
    """Argon2id, salted: the same password twice gives two hashes; nobody else may read the file."""
    accounts.put("李四", PASSWORD, ("reviewer",))
    text = accounts.path.read_text(encoding="utf-8")
    hashes = {row["hash"] for row in json.loads(text)["accounts"]}
    assert 2 == len(hashes)
    assert all(one.startswith("$argon2id$") for one in hashes)
    assert PASSWORD not in text
    assert 0o600 == stat.S_IMODE(accounts.path.stat().st_mode)
    assert not any(one in repr(accounts.by_name) for one in hashes)


def test_another_program_sees_a_change_at_once(accounts: Accounts) -> None:
    """A new password ends the old mark; a removed account has none."""
    running = Accounts(accounts.path)
    mark = running.mark("张三")
    accounts.put("张三", PASSWORD + "新", ("clerk",))
    assert mark != running.mark("张三")
    assert not running.fits("张三", PASSWORD)
    accounts.remove("张三")
    assert running.mark("张三") is None
    assert not running.fits("张三", PASSWORD + "新")


@pytest.mark.parametrize(
    ("name", "password", "words"),
    [
        ("", PASSWORD, "用户名"),
        ("a:b", PASSWORD, "冒号"),
        ("张三", "short", "10 到"),
        ("张三", "张三的密码张三的密码", "含用户名"),
    ],
)
def test_a_poor_account_is_refused(accounts: Accounts, name: str, password: str, words: str) -> None:
    """No name, a colon in it, a short password, the name within it."""
    with pytest.raises(InputError, match=words):
        accounts.put(name, password, ("clerk",))


def test_a_name_there_is_not_cannot_be_removed(accounts: Accounts) -> None:
    """Said with what to do."""
    with pytest.raises(InputError, match="没有“李四”这个用户"):
        accounts.remove("李四")


@pytest.mark.parametrize("text", ["", "[]", '{"accounts": [{"name": "张三"}]}', "\x00"])
def test_a_damaged_file_lets_nobody_in(accounts: Accounts, text: str) -> None:
    """The file is named; it is not taken for an office without accounts."""
    accounts.path.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError, match="用户名单"):
        Accounts(accounts.path).fits("张三", PASSWORD)


def test_two_at_a_time_lose_nothing(accounts: Accounts, monkeypatch: pytest.MonkeyPatch) -> None:
    """One writes after the other."""
    names = [f"经办人{place}" for place in range(8)]
    threads = [
        threading.Thread(target=Accounts(accounts.path).put, args=(name, PASSWORD, ("clerk",)))
        for name in names
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {"张三", *names} == set(accounts.by_name)


def test_the_roster_is_settings_and_accounts_together(accounts: Accounts) -> None:
    """The roles of an account go before those of the settings; an account without any has those."""
    accounts.put("李四", PASSWORD, ())
    roster = Roster({"李四": ("reviewer",), "张三": ("reader",), "王五": ("approver",)}, accounts)
    assert {"张三": ("clerk",), "李四": ("reviewer",), "王五": ("approver",)} == dict(roster)
    assert 3 == len(roster)
