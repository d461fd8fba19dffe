"""The web library as it is first imported: silent, offline, and in half the time."""

import inspect
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

STUBS_BY = "gradio.component_meta"


def quiet(uploads: Path) -> None:
    """What the library reads when it is first imported: nothing leaves the machine, nothing stays on disk."""
    os.environ.update(GRADIO_ANALYTICS_ENABLED="False", HF_HUB_OFFLINE="1", GRADIO_TEMP_DIR=str(uploads))
    # Nobody reads the library's statistics of its own events, which it makes anew after each; nor looks for pictures
    # of mathematics, for which it searches the whole path twice an event.
    os.environ.update(GRADIO_ANALYTICS_CACHE_FREQUENCY=str(10**9), GRADIO_ANALYTICS_MAX_EVENTS="100")
    sys.modules.setdefault("matplotlib", None)  # type: ignore[arg-type]


@contextmanager
def without_stubs() -> Iterator[None]:
    """While the library is imported: it reads and parses its own source and writes hints for editors beside it.

    It leaves that where it is told that a source has no file.
    """
    find = inspect.getfile

    def getfile(what: Any) -> str:
        if sys._getframe(1).f_globals.get("__name__") == STUBS_BY:
            raise OSError
        return find(what)

    inspect.getfile = getfile  # type: ignore[assignment]
    try:
        yield
    finally:
        inspect.getfile = find
