"""A late answer never stands in the place of a newer one; what it does not touch stays as the clerk left it."""

from copy import deepcopy
from dataclasses import replace

import pytest

from assistant.web import cards
from assistant.web.case import Case
from assistant.web.seat import carried_out


def test_a_judgement_overtaken_by_a_newer_one_is_dropped() -> None:
    """The second was asked for while the first was under way: the first lands nowhere, whenever it comes."""
    case = Case(letter="信")
    first, second = case.seat.begin("letter", case), case.seat.begin("letter", case)
    landed = case.seat.land(second, replace(case, code="partial"))
    assert landed is not None and "partial" == landed.code
    assert case.seat.land(first, replace(case, code="grant")) is None
    assert "partial" == case.fresh.code


@pytest.mark.parametrize("newer", ["letter", "draft", "polish"])
def test_a_models_words_for_an_older_draft_are_dropped(newer: str) -> None:
    """Judged anew, drafted anew, asked for anew: the words belonged to what stood there before."""
    case = Case()
    asked = case.seat.begin("polish", case)
    case.seat.begin(newer, case)  # type: ignore[arg-type]
    assert case.seat.land(asked, replace(case, code="x")) is None


def test_what_the_clerk_did_meanwhile_stays() -> None:
    """An answer that took its time adds its turn to the case as it stands by then."""
    case = Case(typed={"applicant": "甲"})
    asked = case.seat.begin("answer", case)
    case.seat.hold(replace(case, code="partial", typed={"applicant": "乙"}).say(cards.told("起草了")))
    landed = case.seat.land(asked, case.say(cards.told("答案")))
    assert landed is not None
    assert ("partial", "乙") == (landed.code, landed.typed["applicant"])
    assert ["起草了", "答案"] == [_words(turn.shown) for turn in landed.turns]


def test_nothing_under_way_reaches_a_new_case() -> None:
    """新的一件: the desk is clean and stays clean."""
    case = Case()
    asked = case.seat.begin("answer", case)
    case.seat.clear()
    assert case.seat.land(asked, case.say(cards.told("答案"))) is None


def test_work_that_fails_is_over() -> None:
    """Nothing is waited for that will not come."""
    case = Case()

    def fails(case: Case) -> Case:
        raise ValueError

    with pytest.raises(ValueError):
        carried_out(case, "letter", fails)
    assert 0 == case.seat.running


def test_two_sessions_never_share_a_seat() -> None:
    """The page's first case is copied for each of them."""
    first = Case()
    first.seat.hold(first)
    assert deepcopy(first).seat.now is None


def _words(shown: str) -> str:
    return shown.split("<p>")[1].split("</p>")[0]
