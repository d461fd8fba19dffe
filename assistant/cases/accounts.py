"""Who may log in at the page: names with the hash of a password and their roles, in one file of the data folder.

The file is its owner's alone and holds no password. What an administrator changes counts at once, in every running
program: it is read again whenever it has changed. Basis: the house's own.
"""

import fcntl
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cache
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING

from assistant.errors import InputError, SettingsError

if TYPE_CHECKING:
    from argon2 import PasswordHasher

SHORTEST, LONGEST = 10, 200
_Stamp = tuple[int, int, int]


@dataclass(frozen=True)
class Account:
    """A person who may log in, under the name the register knows. `hash` is argon2's, with its own salt."""

    name: str
    roles: tuple[str, ...]
    hash: str = field(repr=False)


class Accounts:
    """The accounts of an office. Raises SettingsError where the file is no list of accounts."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._read: tuple[_Stamp | None, Mapping[str, Account]] = (None, {})

    @property
    def by_name(self) -> Mapping[str, Account]:
        """Every account, as the file has them by now."""
        stamp = _stamp(self.path)
        if stamp is None:
            return {}
        if self._read[0] != stamp:
            self._read = (stamp, _parsed(self.path))
        return self._read[1]

    def fits(self, name: str, password: str) -> bool:
        """Whether the password is that of the account; as long in coming for a name there is not."""
        from argon2.exceptions import InvalidHashError, VerificationError

        account = self.by_name.get(plain_name(name))
        try:
            _hasher().verify(account.hash if account else _nobodys(), password[: LONGEST + 1])
        except (VerificationError, InvalidHashError):
            return False
        return account is not None

    def mark(self, name: str) -> str | None:
        """What changes when the password does, and ends when the account does; a session holds it."""
        account = self.by_name.get(name)
        return sha256(account.hash.encode()).hexdigest() if account else None

    def put(self, name: str, password: str, roles: tuple[str, ...]) -> Account:
        """A new account, or another password and other roles for one there is. Raises InputError for a poor one."""
        words = plain_name(name)
        if not words or ":" in words:
            raise InputError("用户名不能为空，也不能含冒号。")
        if not SHORTEST <= len(password) <= LONGEST:
            raise InputError(f"密码要有 {SHORTEST} 到 {LONGEST} 个字符。")
        if words in password:
            raise InputError("密码里不能含用户名，请换一个。")
        account = Account(words, roles, _hasher().hash(password))
        with self._changing() as found:
            found[words] = account
        return account

    def give_roles(self, name: str, roles: tuple[str, ...]) -> Account:
        """Other roles, the password as it was."""
        with self._changing() as found:
            found[plain_name(name)] = replace(self._require(found, name), roles=roles)
        return self.by_name[plain_name(name)]

    def remove(self, name: str) -> None:
        """The account is gone; whoever is inside under it is outside at the next step."""
        with self._changing() as found:
            del found[self._require(found, name).name]

    def _require(self, found: Mapping[str, Account], name: str) -> Account:
        account = found.get(plain_name(name))
        if account is None:
            raise InputError(f"没有“{name}”这个用户。请用 assistant user list 查看。")
        return account

    @contextmanager
    def _changing(self) -> Iterator[dict[str, Account]]:
        """One program changes the file at a time; it is written beside its place and moved there whole."""
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with self.path.with_suffix(".lock").open("a") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX)
                found = dict(self.by_name)
                yield found
                _write(self.path, found)
        except OSError as fault:
            raise SettingsError(
                f"用户名单 {self.path} 不能写入（{fault.strerror}），没有改动。请检查磁盘的空间和权限。"
            ) from fault


class Roster(Mapping[str, tuple[str, ...]]):
    """Whom the office has given roles: those of the settings, and the accounts with theirs, which go before."""

    def __init__(self, named: Mapping[str, tuple[str, ...]], accounts: Accounts) -> None:
        self._named, self._accounts = named, accounts

    def __getitem__(self, name: str) -> tuple[str, ...]:
        account = self._accounts.by_name.get(name)
        if account and (account.roles or name not in self._named):
            return account.roles
        return self._named[name]

    def __iter__(self) -> Iterator[str]:
        return iter({**dict.fromkeys(self._named), **dict.fromkeys(self._accounts.by_name)})

    def __len__(self) -> int:
        return len(set(self._named) | set(self._accounts.by_name))


def plain_name(name: str) -> str:
    """A name as it is kept: one blank where there were several, none around it."""
    return " ".join(name.split())


def _stamp(path: Path) -> _Stamp | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino


def _parsed(path: Path) -> dict[str, Account]:
    try:
        rows = json.loads(path.read_text(encoding="utf-8"))["accounts"]
        accounts = [
            Account(str(row["name"]), tuple(map(str, row["roles"])), str(row["hash"])) for row in rows
        ]
    except (OSError, ValueError, KeyError, TypeError) as fault:
        raise SettingsError(
            f"用户名单 {path} 读不出来（{type(fault).__name__}）；请用备份恢复，或者删去后重新 assistant user add。"
        ) from None
    return {one.name: one for one in accounts}


def _write(path: Path, found: Mapping[str, Account]) -> None:
    rows = [{"name": one.name, "roles": list(one.roles), "hash": one.hash} for one in found.values()]
    with NamedTemporaryFile("w", dir=path.parent, delete=False, encoding="utf-8") as half:
        json.dump({"accounts": rows}, half, ensure_ascii=False, indent=1)
        half.flush()
        os.fsync(half.fileno())
    Path(half.name).replace(path)


@cache
def _hasher() -> "PasswordHasher":
    from argon2 import PasswordHasher

    return PasswordHasher()


@cache
def _nobodys() -> str:
    """What a name there is not is held against."""
    return _hasher().hash(os.urandom(16).hex())
