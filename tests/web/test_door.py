"""Who is inside, for how long, and how often one may try."""

import pytest

from assistant.errors import InputError
from assistant.web.door import INSIDE, TRIES, WAIT, Door


class Clock:
    """A clock a test can set."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def right(name: str, password: str) -> bool:
    """One account."""
    return (name, password) == ("zhang", "right")


def test_without_a_login_everybody_is_inside() -> None:
    """On this machine alone."""
    assert Door(None).is_inside(None)


def test_only_who_has_entered_is_inside() -> None:
    """Until they leave."""
    door = Door(right)
    session = door.enter("zhang", "right")
    assert door.is_inside(session)
    assert not door.is_inside("other")
    assert not door.is_inside(None)
    door.leave(session)
    assert not door.is_inside(session)


def test_a_session_ends_with_the_working_day() -> None:
    """After its hours one logs in again."""
    clock = Clock()
    door = Door(right, clock)
    session = door.enter("zhang", "right")
    clock.now = INSIDE + 1
    assert not door.is_inside(session)


def test_too_many_tries_close_the_door_for_a_while() -> None:
    """Even the right password has to wait; then it opens again."""
    clock = Clock()
    door = Door(right, clock)
    for _ in range(TRIES):
        with pytest.raises(InputError, match="密码不对"):
            door.enter("zhang", "wrong")
    with pytest.raises(InputError, match="十分钟"):
        door.enter("zhang", "right")
    clock.now = WAIT + 1
    assert door.is_inside(door.enter("zhang", "right"))
