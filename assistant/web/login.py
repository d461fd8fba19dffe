"""When the page asks who one is: wherever others can reach it, and wherever the office has accounts."""

import ipaddress
from typing import Protocol

from assistant.errors import SettingsError


class Login(Protocol):
    """The accounts of an office, as the door asks them."""

    def fits(self, name: str, password: str) -> bool:
        """Whether the password is that of the account."""

    def mark(self, name: str) -> str | None:
        """What changes with the password and ends with the account."""


class Accounts(Login, Protocol):
    """Accounts that can be counted."""

    @property
    def by_name(self) -> object:
        """Every account; empty where there is none."""


def login_for(host: str, accounts: Accounts) -> Login | None:
    """What the page asks before it opens; nothing on this machine alone where nobody has an account.

    A page behind a proxy listens on this machine too, so accounts that exist are asked for everywhere.
    Raises SettingsError where others could reach the page and nobody could log in.
    """
    if accounts.by_name:
        return accounts
    if is_loopback(host):
        return None
    raise SettingsError(
        f"监听地址 {host} 会让其他机器访问，须先设置登录用户：运行 assistant user add 姓名 --roles administrator，再启动。"
    )


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach the address."""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
