"""Nobody beyond this machine without a login."""

import pytest

from assistant.errors import InputError, SettingsError
from assistant.web.login import hashed, is_loopback, login_for, main

PASSWORD = "一个足够长的密码-2026"


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1", "127.8.8.8"])
def test_this_machine_alone_needs_no_login(host: str) -> None:
    """Loopback is the default and asks for nothing."""
    assert is_loopback(host)
    assert login_for(host, None) is None


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.5", "::", "office.example"])
def test_another_address_needs_a_login(host: str) -> None:
    """Refused, with what to do."""
    with pytest.raises(SettingsError, match="assistant.web.login"):
        login_for(host, None)


def test_the_right_password_opens_and_no_other() -> None:
    """Name and password both count."""
    login = login_for("0.0.0.0", hashed("zhang", PASSWORD))
    assert login is not None
    assert login("zhang", PASSWORD)
    assert not login("zhang", PASSWORD + "x")
    assert not login("li", PASSWORD)
    assert not login("", "")


def test_a_stored_account_holds_no_password() -> None:
    """Salted: the same password twice gives two lines, and neither holds it."""
    lines = {hashed("zhang", PASSWORD) for _ in range(2)}
    assert 2 == len(lines)
    assert not any(PASSWORD in line for line in lines)


@pytest.mark.parametrize(
    "auth", ["zhang", "zhang:secret", "zhang:md5$a$b", ":scrypt$YQ==$YQ==", "zhang:scrypt$%%$YQ=="]
)
def test_a_malformed_account_is_named(auth: str) -> None:
    """A password in clear is no account; a login set for loopback is checked too."""
    with pytest.raises(SettingsError, match="auth"):
        login_for("127.0.0.1", auth)


@pytest.mark.parametrize(("user", "password"), [("", PASSWORD), ("a:b", PASSWORD), ("zhang", "short")])
def test_a_poor_account_is_refused(user: str, password: str) -> None:
    """No name, a colon in it, or a short password."""
    with pytest.raises(InputError):
        hashed(user, password)


def test_the_command_prints_a_line_for_the_settings(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """`python -m assistant.web.login zhang` gives what assistant.toml wants."""
    monkeypatch.setattr("assistant.web.login.getpass", lambda _: PASSWORD)
    assert 0 == main(["zhang"])
    line = capsys.readouterr().out
    assert line.startswith('auth = "zhang:scrypt$')
    login = login_for("0.0.0.0", line.split('"')[1])
    assert login is not None
    assert login("zhang", PASSWORD)


def test_a_usage_fault_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    """Exit status 2, in Chinese."""
    assert 2 == main([])
    assert "用户名" in capsys.readouterr().err
