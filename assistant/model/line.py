"""The line to the server: one HTTP client that ends in time and reads no more than an answer can be.

The client library limits the pause between two bytes only; a server that sends one byte now and then would
hold a clerk for ever. Redirects are not followed: what leaves the office goes to the address it has set.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import httpx

LONGEST = 4 * 1024 * 1024
KINDS = ("application/json", "text/event-stream")


@lru_cache(maxsize=4)
def open_line(seconds: float) -> httpx.Client:
    """A client whose every call, from first byte to last, takes at most so many seconds (twice where it hangs).

    One client serves all who ask at the same time; packed bodies are refused, since they have no size.
    """
    import httpx

    class Bounded(httpx.SyncByteStream):
        """A body that stops at the time limit or the size limit."""

        def __init__(self, inner: httpx.SyncByteStream, until: float) -> None:
            self.inner, self.until = inner, until

        def __iter__(self) -> Iterator[bytes]:
            read = 0
            for piece in self.inner:
                read += len(piece)
                if time.monotonic() > self.until:
                    raise httpx.ReadTimeout("time limit")
                if read > LONGEST:
                    raise httpx.DecodingError("no answer is this long")
                yield piece

        def close(self) -> None:
            self.inner.close()

    def note_start(request: httpx.Request) -> None:
        request.extensions["until"] = time.monotonic() + seconds

    def bound(response: httpx.Response) -> None:
        kind = response.headers.get("content-type", "")
        packed = response.headers.get("content-encoding", "identity") != "identity"
        if packed or (response.is_success and not kind.startswith(KINDS)):
            raise httpx.DecodingError("no answer of a chat model")
        if isinstance(response.stream, httpx.SyncByteStream):
            response.stream = Bounded(response.stream, response.request.extensions["until"])

    return httpx.Client(
        timeout=seconds,
        headers={"Accept-Encoding": "identity"},
        follow_redirects=False,
        event_hooks={"request": [note_start], "response": [bound]},
    )


def refuse_tracing() -> None:
    """Nothing that is said to a model in this process goes to a tracing service, whatever the environment asks for."""
    import langsmith

    langsmith.configure(enabled=False)
