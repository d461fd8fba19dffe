"""Letters judged several at a time, where judging one means waiting for a server; told in their order."""

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

Given = TypeVar("Given")
Made = TypeVar("Made")


def in_turn(work: Callable[[Given], Made], items: Sequence[Given], at_once: int) -> Iterator[Made]:
    """What `work` makes of each item, in the order of the items; no more than so many are begun and not yet told.

    Whoever stops listening waits for those that were begun and begins no other.
    """
    if at_once <= 1:
        yield from map(work, items)
        return
    waiting: deque[Future[Made]] = deque()
    pool = ThreadPoolExecutor(at_once)
    try:
        for item in items:
            if len(waiting) == at_once:
                yield waiting.popleft().result()
            waiting.append(pool.submit(work, item))
        while waiting:
            yield waiting.popleft().result()
    finally:
        pool.shutdown(cancel_futures=True)
