"""Letters judged several at a time are told in their order."""

import threading
import time

import pytest

from assistant.triage.abreast import in_turn


@pytest.mark.parametrize("at_once", [1, 2, 7])
def test_the_order_is_that_of_the_items(at_once: int) -> None:
    """Whoever is done first waits for those before."""

    def work(number: int) -> int:
        time.sleep(0.01 * (number % 3))
        return number * 2

    assert [number * 2 for number in range(20)] == list(in_turn(work, range(20), at_once))


def test_no_more_are_begun_than_set() -> None:
    """Three at one time, though twelve are asked for."""
    busy, most = 0, 0
    lock = threading.Lock()

    def work(_: int) -> None:
        nonlocal busy, most
        with lock:
            busy += 1
            most = max(most, busy)
        time.sleep(0.02)
        with lock:
            busy -= 1

    list(in_turn(work, range(12), 3))
    assert 3 == most


def test_a_fault_is_told_in_its_place() -> None:
    """Those before it are told first."""

    def work(number: int) -> int:
        if number == 2:
            raise ValueError(number)
        return number

    found = in_turn(work, range(9), 3)
    assert [0, 1] == [next(found), next(found)]
    with pytest.raises(ValueError, match="2"):
        next(found)


def test_whoever_stops_listening_begins_no_other() -> None:
    """A batch that is broken off leaves nothing running."""
    begun = []
    found = in_turn(begun.append, range(50), 3)
    next(found)
    found.close()
    assert len(begun) <= 4
