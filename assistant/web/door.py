"""The door of a page that others can reach: who is inside under which name, and who has tried too often."""

import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from assistant.errors import InputError
from assistant.web.login import Login

INSIDE = 8 * 3600.0
# Wrong passwords for one name, and for all names together, within the wait.
TRIES, EVERYBODYS, WAIT = 5, 60, 600.0
WRONG = "用户名或者密码不对，请重新输入。"
TOO_OFTEN = "这个用户名连续输错的次数过多，请十分钟后再登录。"
TOO_MANY = "输错密码的次数过多，登录暂停，请十分钟后再试。"


@dataclass(frozen=True)
class Inside:
    """A session that has logged in: its name, what its account was marked by, until when."""

    name: str
    mark: str | None
    until: float


class Door:
    """Sessions that have logged in. Without a login everybody on this machine is inside."""

    def __init__(self, login: Login | None, clock: Callable[[], float] = time.monotonic) -> None:
        self._login, self._clock = login, clock
        self._inside: dict[str, Inside] = {}
        self._failed: list[tuple[str, float]] = []
        self._pages: dict[str, str] = {}
        self._lock = threading.Lock()

    @property
    def locked(self) -> bool:
        """Whether one must log in at all."""
        return self._login is not None

    def is_inside(self, session: str | None) -> bool:
        """Whether a session may use the page."""
        return not self.locked or self.name_of(session) is not None

    def name_of(self, session: str | None) -> str | None:
        """The name a session has logged in under; None outside, when its time or account has ended."""
        one = self._inside.get(session or "")
        if one is None or self._login is None or one.until <= self._clock():
            return None
        return one.name if self._login.mark(one.name) == one.mark else None

    def owns(self, session: str | None, page: str) -> bool:
        """Whether an open page is this session's: the first that used it keeps it, whoever logs in there later.

        So a page left open by one person shows nothing to the next who logs in with the same browser.
        """
        if not self.locked or not page:
            return True
        with self._lock:
            if page not in self._pages:
                living = {one: owner for one, owner in self._pages.items() if owner in self._inside}
                self._pages = {**living, page: session or ""}
            return self._pages[page] == session

    def enter(self, name: str, password: str) -> str:
        """A new session for the right name and password. Raises InputError, also after too many tries."""
        name = " ".join(name.split())
        with self._lock:
            now = self._clock()
            self._failed = [(who, at) for who, at in self._failed if at > now - WAIT]
            if sum(who == name for who, _ in self._failed) >= TRIES:
                raise InputError(TOO_OFTEN)
            if len(self._failed) >= EVERYBODYS:
                raise InputError(TOO_MANY)
            if self._login is None or not self._login.fits(name, password):
                self._failed.append((name, now))
                raise InputError(WRONG)
            self._failed = [(who, at) for who, at in self._failed if who != name]
            self._inside = {one: held for one, held in self._inside.items() if held.until > now}
            session = secrets.token_urlsafe(24)
            self._inside[session] = Inside(name, self._login.mark(name), now + INSIDE)
            return session

    def leave(self, session: str | None) -> None:
        """The session is over."""
        with self._lock:
            self._inside.pop(session or "", None)
