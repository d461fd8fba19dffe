"""Who may open the page when it listens beyond this machine: one account, its password kept as a hash.

`auth` in the settings is “user:scrypt$SALT$HASH”; `python -m assistant.web.login USER` prints such a line.
"""

import hashlib
import ipaddress
import secrets
import sys
from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from collections.abc import Callable
from getpass import getpass

from assistant.errors import AssistantError, InputError, SettingsError

SCHEME = "scrypt"
SHORTEST = 10

Login = Callable[[str, str], bool]


def login_for(host: str, auth: str | None) -> Login | None:
    """What the page asks before it opens; nothing on this machine alone with no account set.

    Raises SettingsError where others could reach the page and no account is set.
    """
    if auth:
        user, _, stored = auth.partition(":")
        salt, digest = _parts(user, stored)
        return lambda name, password: (
            _same(name, user) and secrets.compare_digest(_digest(password, salt), digest)
        )
    if is_loopback(host):
        return None
    raise SettingsError(
        f"监听地址 {host} 会让其他机器访问，须先设置登录：运行 .venv/bin/python -m assistant.web.login 用户名，"
        "把得到的一行写进 assistant.toml 的 auth，再启动。"
    )


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach the address."""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def hashed(user: str, password: str) -> str:
    """The value of the `auth` setting for an account. Raises InputError for a name or password that will not do."""
    if not user.strip() or ":" in user:
        raise InputError("用户名不能为空，也不能含冒号。")
    if len(password) < SHORTEST:
        raise InputError(f"密码太短，至少 {SHORTEST} 个字符。")
    salt = secrets.token_bytes(16)
    return f"{user}:{SCHEME}${b64encode(salt).decode()}${b64encode(_digest(password, salt)).decode()}"


def main(arguments: list[str]) -> int:
    """Ask for a password twice and write the line for assistant.toml to standard output."""
    try:
        if len(arguments) != 1:
            raise InputError("用法：python -m assistant.web.login 用户名")
        password = getpass("密码：")
        if password != getpass("再输一遍："):
            raise InputError("两次输入的密码不一样，请重新运行。")
        sys.stdout.write(f'auth = "{hashed(arguments[0], password)}"\n')
    except AssistantError as fault:
        sys.stderr.write(f"{fault}\n")
        return 2
    return 0


def _parts(user: str, stored: str) -> tuple[bytes, bytes]:
    pieces = stored.split("$")
    try:
        if not user or len(pieces) != 3 or pieces[0] != SCHEME:
            raise ValueError(stored)
        return b64decode(pieces[1], validate=True), b64decode(pieces[2], validate=True)
    except (ValueError, NotBase64):
        raise SettingsError(
            "配置项 auth 应为“用户名:scrypt$盐$散列”。请运行 .venv/bin/python -m assistant.web.login 用户名 生成。"
        ) from None


def _digest(password: str, salt: bytes) -> bytes:
    return hashlib.scrypt(password.encode(), salt=salt, n=2**14, r=8, p=1)


def _same(one: str, other: str) -> bool:
    return secrets.compare_digest(one.encode(), other.encode())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
