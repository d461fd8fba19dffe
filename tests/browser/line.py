"""The line between a browser and the server, which can be cut as a sleeping computer cuts it."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from urllib.parse import urlsplit


@dataclass
class Line:
    """`address` leads to the server; `cut` ends every connection there is, and new ones may be made."""

    server: tuple[str, int]
    listening: socket.socket
    ends: list[socket.socket] = field(default_factory=list)

    @property
    def address(self) -> str:
        """The page by way of this line."""
        return f"http://127.0.0.1:{self.listening.getsockname()[1]}/"

    def cut(self) -> int:
        """End what is connected; how many ends there were."""
        ends, self.ends = self.ends, []
        for end in ends:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()
        return len(ends)

    def carry(self) -> None:
        """Connect whoever comes, until the line is taken down."""
        with suppress(OSError):
            while True:
                near = self.listening.accept()[0]
                far = socket.create_connection(self.server)
                self.ends += (near, far)
                for one, other in ((near, far), (far, near)):
                    threading.Thread(target=_pass_on, args=(one, other), daemon=True).start()


def _pass_on(one: socket.socket, other: socket.socket) -> None:
    with suppress(OSError):
        while part := one.recv(65536):
            other.sendall(part)
        other.shutdown(socket.SHUT_WR)


@contextmanager
def line_to(page: str) -> Iterator[Line]:
    """A line to the server of a page, on a port of its own."""
    place = urlsplit(page)
    assert place.hostname and place.port
    with socket.create_server(("127.0.0.1", 0)) as listening:
        line = Line((place.hostname, place.port), listening)
        threading.Thread(target=line.carry, daemon=True).start()
        yield line
        line.cut()
