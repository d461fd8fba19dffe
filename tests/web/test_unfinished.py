"""What was not finished is found again by whom it belongs to, whole, and by nobody else."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from assistant.errors import InputError
from assistant.triage.guidance import CaseAnswers, ItemAnswers
from assistant.triage.items import Choice
from assistant.web import cards
from assistant.web.case import Case, Decided, Guided, Heard
from assistant.web.desk import Desk
from assistant.web.markup import Markup
from assistant.web.pages import Pages
from assistant.web.resuming import offered, resumed
from assistant.web.unfinished import KEPT_SECONDS, Drawer
from tests.web.office import LETTER, NOT_HELD

FACTS = {"received_on": "2026-11-03", "received_how": "以邮寄（签收）方式", "document_number": "12", "other_organ": "区自然资源局", "other_contact": "0000-66668888"}  # fmt: skip


@pytest.fixture
def drawer(tmp_path: Path) -> Drawer:
    """Where an office keeps what is unfinished."""
    return Drawer(tmp_path / "unfinished")


@pytest.fixture(scope="module")
def under_way(desk: Desk) -> Case:
    """A letter judged, its facts filled in, its reply drafted."""
    case = desk.judge(replace(Case(), number=1, letter=LETTER), LETTER, NOT_HELD)
    return desk.write(desk.keep(case, FACTS))


def test_a_lost_case_is_gone_on_with_as_it_was(desk: Desk, drawer: Drawer, under_way: Case) -> None:
    """Letter, findings, outcome, what was typed, the conversation, and the same draft."""
    drawer.keep("罗敏", "page", under_way)
    (left,) = drawer.of("罗敏")
    again = resumed(desk, Case(), drawer.take("罗敏", left.key))
    assert under_way.handled is not None and again.handled is not None
    assert (LETTER, NOT_HELD) == (again.letter, again.handled.findings)
    assert ("unable.not_held", under_way.road, under_way.typed) == (again.code, again.road, again.typed)
    assert under_way.turns == again.turns[: len(under_way.turns)]
    assert under_way.checked is not None and again.checked is not None
    assert under_way.checked.text == again.checked.text
    assert () == drawer.of("罗敏")


def test_nobody_else_is_offered_it(drawer: Drawer, under_way: Case) -> None:
    """Neither by looking nor by its key."""
    drawer.keep("罗敏", "page", under_way)
    (left,) = drawer.of("罗敏")
    assert () == drawer.of("杜衡")
    with pytest.raises(InputError, match="已经不在了"):
        drawer.take("杜衡", left.key)


def test_its_file_is_its_owners_alone(drawer: Drawer, under_way: Case, tmp_path: Path) -> None:
    """Nobody else of the machine reads it, and no name stands in its path."""
    drawer.keep("罗敏", "page", under_way)
    (file,) = (tmp_path / "unfinished").rglob("*.json")
    assert 0o600 == file.stat().st_mode & 0o777
    assert 0o700 == file.parent.stat().st_mode & 0o777
    assert "罗敏" not in str(file)


def test_a_closed_case_leaves_nothing(drawer: Drawer, under_way: Case, tmp_path: Path) -> None:
    """An empty desk removes what was kept of the page."""
    drawer.keep("罗敏", "page", under_way)
    drawer.keep("罗敏", "page", Case(number=2, turns=under_way.turns))
    assert [] == list((tmp_path / "unfinished").rglob("*.json"))


def test_after_a_week_it_is_gone(under_way: Case, tmp_path: Path) -> None:
    """Whoever it belonged to, whether or not somebody looks."""
    import time

    now = time.time()
    Drawer(tmp_path).keep("罗敏", "page", under_way)
    assert 1 == len(Drawer(tmp_path, lambda: now + KEPT_SECONDS - 60).of("罗敏"))
    Drawer(tmp_path, lambda: now + KEPT_SECONDS + 60).sweep()
    assert [] == list(tmp_path.rglob("*.json"))


@pytest.mark.parametrize("damage", ["", "[]", '{"turns": 3}', "{", '{"turns": [], "number": "x"}'])
def test_a_damaged_file_is_passed_over(drawer: Drawer, under_way: Case, tmp_path: Path, damage: str) -> None:
    """It is removed, and the others are offered."""
    drawer.keep("罗敏", "page", under_way)
    drawer.keep("罗敏", "other", under_way)
    next((tmp_path / "unfinished").rglob("*.json")).write_text(damage, encoding="utf-8")
    assert 1 == len(drawer.of("罗敏"))


def test_what_cannot_be_kept_stops_nobody(under_way: Case, tmp_path: Path) -> None:
    """The work at hand goes on where nothing can be written."""
    (tmp_path / "file").touch()
    drawer = Drawer(tmp_path / "file")
    drawer.keep("罗敏", "page", under_way)
    drawer.keep("罗敏", "page", Case())
    assert () == drawer.of("罗敏")


@pytest.mark.parametrize("key", ["../罗敏", "..", "a/b", ""])
def test_a_key_is_no_path(drawer: Drawer, under_way: Case, key: str) -> None:
    """Nothing outside the drawer is reached by a made-up key."""
    drawer.keep("罗敏", "page", under_way)
    with pytest.raises(InputError):
        drawer.take("罗敏", key)
    drawer.drop("罗敏", key)
    assert 1 == len(drawer.of("罗敏"))


def test_a_letter_under_way_is_read_when_it_is_gone_on_with(desk: Desk, drawer: Drawer) -> None:
    """The program stopped while it was reading: nothing of the letter is lost."""
    waiting = replace(Case().say(cards.said(LETTER)), pending=Heard(LETTER, "letter", NOT_HELD))
    drawer.keep("罗敏", "page", waiting)
    (left,) = drawer.of("罗敏")
    again = resumed(desk, Case(), left)
    assert (LETTER, "unable.not_held") == (again.letter, again.code)
    assert again.handled is not None


def test_the_seven_steps_and_items_come_back(drawer: Drawer) -> None:
    """Answers, what the file holds, items decided one by one, and the choice."""
    choice = Choice("each", "分别计数")
    answers = CaseAnswers((ItemAnswers("第1项", {"pending": "active"}, {"search": {"words": ["方案"], "who": "甲"}}),), choice)  # fmt: skip
    case = Case(
        guided=Guided(answers, date(2026, 11, 20)),
        items=(Decided("第1项", "grant", "granted"),),
        choice=choice,
        settled="guided",
    )
    drawer.keep("罗敏", "page", case)
    (left,) = drawer.of("罗敏")
    assert (case.guided, case.items, case.choice, case.settled) == (
        left.case.guided,
        left.case.items,
        left.case.choice,
        left.case.settled,
    )


def test_a_road_the_rules_no_longer_know_is_chosen_anew(desk: Desk, drawer: Drawer, under_way: Case) -> None:
    """The case comes back without an outcome rather than with a wrong one."""
    drawer.keep("罗敏", "page", replace(under_way, road="废止的情形", checked=None))
    (left,) = drawer.of("罗敏")
    again = resumed(desk, Case(), left)
    assert (None, None, "proposed") == (again.code, again.road, again.settled)


def test_a_page_with_a_case_of_its_own_gets_other_numbers(
    desk: Desk, drawer: Drawer, under_way: Case
) -> None:
    """Forms of two cases of one page never share a number."""
    drawer.keep("罗敏", "page", under_way)
    (left,) = drawer.of("罗敏")
    assert (1, 5) == (resumed(desk, Case(), left).number, resumed(desk, Case(number=4), left).number)


def test_the_offer_escapes_what_a_letter_holds(desk: Desk, drawer: Drawer) -> None:
    """The title comes out of the letter."""
    drawer.keep("罗敏", "page", replace(Case(), pending=Heard("<img src=x onerror=alert(1)>", "letter")))
    shown = offered(drawer.of("罗敏"), desk)
    assert "&lt;img" in shown
    assert "<img" not in shown
    assert Markup("") == offered((), desk)


def test_the_seat_tells_every_state_of_the_case(under_way: Case) -> None:
    """What is held and what lands is kept; work that was overtaken is not."""
    kept: list[str | None] = []
    case = Case()
    case.seat.sit("page", lambda now: kept.append(now.code))
    first, second = case.seat.begin("letter", case), case.seat.begin("letter", case)
    case.seat.hold(case)
    case.seat.land(second, replace(case, code="partial"))
    case.seat.land(first, replace(case, code="grant"))
    assert [None, "partial"] == kept


@pytest.mark.parametrize(
    ("told", "known"),
    [(None, True), (b"a:page", True), (b"a:gone", False), (b"b:page", False), (b"", False), (b"undefined:page", False)],
)  # fmt: skip
def test_a_forgotten_page_may_not_act(told: bytes | None, known: bool) -> None:
    """One of an earlier program, and one whose case is gone; who says nothing is no page."""
    pages = Pages("a")
    pages.lose("gone")
    pages.lose(None)
    assert known is pages.knows(told)
