"""Who is inside, for how long, and how often one may try."""

import pytest

from assistant.errors import InputError
from assistant.web.door import EVERYBODYS, INSIDE, TRIES, WAIT, Door


class Clock:
    """A clock a test can set."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


class Accounts:
    """Two accounts, one of which may be taken away."""

    def __init__(self) -> None:
        self.passwords = {"zhang": "right", "li": "other"}

    def fits(self, name: str, password: str) -> bool:
        """Whether the password is that of the name."""
        return self.passwords.get(name) == password

    def mark(self, name: str) -> str | None:
        """The password itself stands for its hash."""
        return self.passwords.get(name)


def test_without_a_login_everybody_is_inside() -> None:
    """On this machine alone."""
    assert Door(None).is_inside(None)


def test_only_who_has_entered_is_inside() -> None:
    """Until they leave."""
    door = Door(Accounts())
    session = door.enter("zhang", "right")
    assert door.is_inside(session)
    assert "zhang" == door.name_of(session)
    assert not door.is_inside("other")
    assert not door.is_inside(None)
    door.leave(session)
    assert not door.is_inside(session)


def test_a_session_ends_with_the_working_day() -> None:
    """After its hours one logs in again."""
    clock = Clock()
    door = Door(Accounts(), clock)
    session = door.enter("zhang", "right")
    clock.now = INSIDE + 1
    assert not door.is_inside(session)


def test_too_many_tries_close_the_door_to_a_name_for_a_while() -> None:
    """Even the right password has to wait, others need not; then it opens again."""
    clock = Clock()
    door = Door(Accounts(), clock)
    for _ in range(TRIES):
        with pytest.raises(InputError, match="密码不对"):
            door.enter("zhang", "wrong")
    with pytest.raises(InputError, match="十分钟"):
        door.enter(" zhang ", "right")
    assert "li" == door.name_of(door.enter("li", "other"))
    clock.now = WAIT + 1
    assert door.is_inside(door.enter("zhang", "right"))


def test_the_right_password_forgives_the_wrong_ones_before() -> None:
    """Counting begins anew."""
    door = Door(Accounts())
    for _ in range(3):
        for _ in range(TRIES - 1):
            with pytest.raises(InputError, match="密码不对"):
                door.enter("zhang", "wrong")
        door.enter("zhang", "right")


def test_guessing_names_closes_the_door_to_all() -> None:
    """Nobody tries a password on every name there is."""
    door = Door(Accounts())
    for place in range(EVERYBODYS):
        with pytest.raises(InputError, match="密码不对"):
            door.enter(f"name{place}", "wrong")
    with pytest.raises(InputError, match="登录暂停"):
        door.enter("zhang", "right")


def test_an_account_that_is_gone_or_has_another_password_is_outside_at_once() -> None:
    """Without a new start of the program."""
    accounts = Accounts()
    door = Door(accounts)
    zhang, li = door.enter("zhang", "right"), door.enter("li", "other")
    accounts.passwords["zhang"] = "changed"
    del accounts.passwords["li"]
    assert not door.is_inside(zhang)
    assert not door.is_inside(li)


def test_a_page_left_open_is_nobody_elses() -> None:
    """Whoever logs in next with the same browser sees nothing of it; a new page is theirs."""
    door = Door(Accounts())
    zhang = door.enter("zhang", "right")
    assert door.owns(zhang, "page")
    door.leave(zhang)
    li = door.enter("li", "other")
    assert not door.owns(li, "page")
    assert door.owns(li, "another")
    assert Door(None).owns("x", "page") and Door(None).owns("y", "page")
