"""The door of a page that others can reach: who is inside, and who has tried too often."""

import secrets
import threading
import time
from collections.abc import Callable

from assistant.errors import InputError
from assistant.web.login import Login

INSIDE = 8 * 3600.0
TRIES, WAIT = 10, 600.0


class Door:
    """Sessions that have logged in. Without a login everybody on this machine is inside."""

    def __init__(self, login: Login | None, clock: Callable[[], float] = time.monotonic) -> None:
        self._login, self._clock = login, clock
        self._inside: dict[str, float] = {}
        self._failed: list[float] = []
        self._lock = threading.Lock()

    @property
    def locked(self) -> bool:
        """Whether one must log in at all."""
        return self._login is not None

    def is_inside(self, session: str | None) -> bool:
        """Whether a session may use the page."""
        if not self.locked:
            return True
        return session is not None and self._inside.get(session, 0.0) > self._clock()

    def enter(self, name: str, password: str) -> str:
        """A new session for the right name and password. Raises InputError, also after too many tries."""
        with self._lock:
            now = self._clock()
            self._failed = [at for at in self._failed if at > now - WAIT]
            if len(self._failed) >= TRIES:
                raise InputError("尝试次数过多，请十分钟后再登录。")
            if self._login is None or not self._login(name, password):
                self._failed.append(now)
                raise InputError("用户名或者密码不对，请重新输入。")
            self._inside = {one: until for one, until in self._inside.items() if until > now}
            session = secrets.token_urlsafe(24)
            self._inside[session] = now + INSIDE
            return session

    def leave(self, session: str | None) -> None:
        """The session is over."""
        with self._lock:
            self._inside.pop(session or "", None)
