"""Faults of the register's database in a clerk's words: what happened, where, what to do; never a password or a row.

Basis: the house's own.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from assistant.errors import RegisterFault

UNSURE = "在保存的一刻与数据库失去了联系，不知道这一步是否已经保存；请重新打开案件核对，没有记上的再做一次"

_HELD = "正被另一个程序占用，等得太久；请稍后再试"
_FULL = "所在的磁盘已满；请腾出空间后重做这一步"
_GONE = "连接不上，数据库没有开着或者正在启停；请稍后再试，仍不行的请管理员检查数据库和网络"
_REFUSED = "拒绝了用户名或者密码；请管理员检查 database_url"
_ABSENT = "还没有建立；请管理员先建立这个数据库，或者检查 database_url"
_CROWDED = "的连接已经用完；请稍后再试，或者请管理员调大连接数"
_DENIED = "没有给足权限；请管理员检查数据库用户的权限"
_READ_ONLY = "现在只能读（备用的服务器，或者设为只读）；请管理员检查 database_url"
_DAMAGED = "已经损坏；请停止使用并用备份恢复"
_UNFIT = "存不下其中的某个字符；请删去文字里看不见的控制字符后重做这一步"

# By the state a statement of PostgreSQL fails with; the first that fits, the longest first.
_STATES = {
    "55P03": _HELD,
    "40P01": _HELD,
    "53100": _FULL,
    "53300": _CROWDED,
    "57P": _GONE,
    "08": _GONE,
    "28": _REFUSED,
    "3D000": _ABSENT,
    "42501": _DENIED,
    "25006": _READ_ONLY,
    "XX": _DAMAGED,
    "22": _UNFIT,
}
# By the words, where a driver gives no state: SQLite always, PostgreSQL while connecting.
_WORDS = {
    "locked": _HELD,
    "busy": _HELD,
    "disk is full": _FULL,
    "malformed": _DAMAGED,
    "readonly": _DENIED,
    "password": _REFUSED,
    "role ": _REFUSED,
    "authentication": _REFUSED,
    "pg_hba": _REFUSED,
    "does not exist": _ABSENT,
    "too many": _CROWDED,
    "remaining connection slots": _CROWDED,
    "NUL": _UNFIT,
    "surrogates": _UNFIT,
    "connection": _GONE,
    "resolve host": _GONE,
    "timeout": _GONE,
}


@contextmanager
def told(place: str) -> Iterator[None]:
    """A fault inside is raised as RegisterFault, naming the register by `place`; nothing of the step is kept."""
    try:
        yield
    except DBAPIError as fault:
        raise RegisterFault(f"登记簿 {place} {_why(fault)}。这一步没有写入任何内容。") from fault
    except UnicodeEncodeError as fault:
        raise RegisterFault(f"登记簿 {place} {_UNFIT}。这一步没有写入任何内容。") from fault
    except OSError as fault:
        raise RegisterFault(
            f"登记簿 {place} 不能使用（{fault.strerror}）；请检查文件的位置和权限。"
        ) from fault
    except SQLAlchemyError as fault:
        raise RegisterFault(
            f"登记簿 {place} 拒绝了这次读写（{type(fault).__name__}）。这一步没有写入任何内容。"
        ) from fault


def _why(fault: DBAPIError) -> str:
    said = _said(fault.orig)
    state = str(getattr(fault.orig, "sqlstate", None) or "")
    found = [why for start, why in _STATES.items() if state and state.startswith(start)]
    found = found or [why for words, why in _WORDS.items() if words in said and not state]
    if found:
        return found[0]
    if isinstance(fault.orig, sqlite3.OperationalError):
        return f"不能使用（{said}）；请检查文件的位置和权限"
    return f"拒绝了这次读写（{said}）；文件损坏的，请用备份恢复"


def _said(orig: BaseException | None) -> str:
    """The first line of what the database says: the further ones may show a row."""
    first = getattr(getattr(orig, "diag", None), "message_primary", None) or str(orig)
    return str(first).splitlines()[0] if first else type(orig).__name__
