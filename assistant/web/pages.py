"""The open pages the program still knows. One it has forgotten must not act: its case is no longer there.

A page is forgotten by a restart and when its session has ended; what it shows would stand on an empty case.
"""

import secrets
from collections import deque
from dataclasses import dataclass, field
from http import HTTPStatus

REMEMBERED = 10_000
HEADER = b"x-page"
LOST = "这个页面与它办的申请已经断开（程序重新启动过，或者页面闲置太久），刚才这一步没有做。请刷新页面，再点“接着办”。"
STATUS = int(HTTPStatus.CONFLICT)


@dataclass
class Pages:
    """`program` is the mark of the running program; every page of it bears it and says it when it acts."""

    program: str = field(default_factory=lambda: secrets.token_hex(8))
    _lost: deque[str] = field(default_factory=lambda: deque(maxlen=REMEMBERED))

    def lose(self, page: str | None) -> None:
        """What was held of a page is gone."""
        if page:
            self._lost.append(page)

    def knows(self, told: bytes | None) -> bool:
        """Whether a page that acts is one of this program's with its case; `told` is what it says of itself.

        Who says nothing is no page of a browser and has nothing to lose.
        """
        if told is None:
            return True
        program, _, page = told.decode("latin-1").partition(":")
        return program == self.program and page not in self._lost
