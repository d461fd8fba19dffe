"""Nobody beyond this machine without a login."""

from pathlib import Path

import pytest

from assistant.cases.accounts import Accounts
from assistant.errors import SettingsError
from assistant.web.login import is_loopback, login_for

PASSWORD = "一个足够长的密码-2026"


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1", "127.8.8.8"])
def test_this_machine_alone_needs_no_login(host: str, tmp_path: Path) -> None:
    """Loopback is the default and asks for nothing while nobody has an account."""
    assert is_loopback(host)
    assert login_for(host, Accounts(tmp_path / "accounts.json")) is None


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.5", "::", "office.example"])
def test_another_address_needs_a_login(host: str, tmp_path: Path) -> None:
    """Refused, with what to do."""
    with pytest.raises(SettingsError, match="assistant user add"):
        login_for(host, Accounts(tmp_path / "accounts.json"))


@pytest.mark.parametrize("host", ["127.0.0.1", "0.0.0.0"])
def test_accounts_that_exist_are_asked_for_everywhere(host: str, tmp_path: Path) -> None:
    """A page behind a proxy listens on this machine too."""
    accounts = Accounts(tmp_path / "accounts.json")
    accounts.put("张三", PASSWORD, ("clerk",))
    assert login_for(host, accounts) is accounts
