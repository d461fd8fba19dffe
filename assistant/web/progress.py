"""A progress bar on the standard error stream for the long work before the page opens."""

from collections.abc import Callable
from typing import Any


def progress_bar() -> Callable[[str, int, int], None]:
    """Shows a bar with the first step and closes it with the last."""
    bars: dict[str, Any] = {}

    def show(what: str, done: int, total: int) -> None:
        from tqdm import tqdm

        if what not in bars:
            bars[what] = tqdm(total=total, desc=what)
        bars[what].update(done - bars[what].n)
        if done >= total:
            bars.pop(what).close()

    return show
