"""Finished letters on their way to the browser: held in memory, fetched once, by the session that made them."""

import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

LIFETIME = 120.0
HELD = 200
COOKIE = "assistant_session"


@dataclass(frozen=True)
class Parcel:
    """A letter waiting to be fetched, for one session, until a moment of the clock."""

    session: str
    name: str
    data: bytes
    until: float


class Downloads:
    """Parcels by an unguessable token. Nothing is written to disk; what is not fetched is dropped."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._parcels: dict[str, Parcel] = {}
        self._lock = threading.Lock()

    def leave(self, session: str, name: str, data: bytes) -> str:
        """Keep a letter for a session; the token it is fetched by."""
        token = secrets.token_urlsafe(32)
        with self._lock:
            self._drop_old()
            self._parcels[token] = Parcel(session, name, data, self._clock() + LIFETIME)
        return token

    def fetch(self, session: str | None, token: str) -> Parcel | None:
        """The letter, once, for the session it was left for; None for anyone else and ever after."""
        with self._lock:
            self._drop_old()
            parcel = self._parcels.get(token)
            if parcel is None or not session or not secrets.compare_digest(parcel.session, session):
                return None
            return self._parcels.pop(token)

    def _drop_old(self) -> None:
        now = self._clock()
        living = [(token, parcel) for token, parcel in self._parcels.items() if parcel.until > now]
        self._parcels = dict(living[-HELD:])
