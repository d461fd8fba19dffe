"""Letters judged several at a time, told in their order.

Where judging one means waiting for a server, in threads; where it means work, in processes.
"""

import os
import signal
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, TypeVar

from assistant.errors import AssistantError

Given = TypeVar("Given")
Made = TypeVar("Made")

# Items a process is handed at one time.
HANDFUL = 20
# Seconds between two looks of a process at whether the one that began it is still there.
LOOK = 0.5

_given: dict[str, Callable[[Any], Any]] = {}


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


def in_processes(work: Callable[[Given], Made], items: Sequence[Given], processes: int) -> Iterator[Made]:
    """What `work` makes of each item, in the order of the items, on several cores.

    The processes are forked, so that they share what `work` holds; they end with the one that began them,
    even where it is killed. Raises AssistantError where one of them is killed.
    """
    if processes <= 1 or not may_fork():
        yield from map(work, items)
        return
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool
    from multiprocessing import get_context

    pool = ProcessPoolExecutor(processes, get_context("fork"), _begin, (work, os.getpid()))
    try:
        yield from pool.map(_work, items, chunksize=HANDFUL)
    except BrokenProcessPool:
        raise AssistantError(
            "研判用的一个进程被系统中止了，多半是内存不够。做完的部分没有丢；请关掉别的程序，用同一条命令再运行一次就接着做。"
        ) from None
    finally:
        pool.shutdown(cancel_futures=True)


def may_fork() -> bool:
    """Whether a process with libraries loaded may be forked here: elsewhere than on Linux some of them fail."""
    return sys.platform == "linux"


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if may_fork() else 1


def _begin(work: Callable[[Any], Any], parent: int) -> None:
    """In each process: Ctrl-C is the parent's to answer, and its end is this one's."""
    _given["work"] = work
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(LOOK)
    os._exit(1)


def _work(item: Any) -> Any:
    return _given["work"](item)
