"""Progress of long work, on stderr."""

import sys
from typing import Any

from evals.task import Progress


def progress_bars() -> Progress:
    """A bar on stderr for each step that reports; silent where stderr is no terminal."""
    bars: dict[str, Any] = {}

    def show(what: str, done: int, total: int) -> None:
        from tqdm import tqdm

        bar = bars.get(what) or bars.setdefault(
            what, tqdm(total=total, desc=what, file=sys.stderr, disable=None)
        )
        bar.update(done - bar.n)
        if done >= total:
            bars.pop(what).close()

    return show
