"""What the clerk asks for in the conversation is done, or refused with the way instead – no model anywhere."""

import pytest

from assistant.errors import InputError
from assistant.web import wishing
from assistant.web.case import Case
from assistant.web.desk import Desk
from tests.web.office import LETTER, NOT_HELD
from tests.web.test_desk import FACTS


@pytest.fixture(scope="module")
def case(desk: Desk) -> Case:
    """A case with its proposal."""
    return desk.reconsider(desk.take(Case(), LETTER), LETTER, NOT_HELD)


def said(desk: Desk, case: Case, words: str) -> Case:
    """The case after a message."""
    return desk.respond(*desk.hear(case, words))


def test_another_outcome_is_set_and_says_what_it_asks_for(desk: Desk, case: Case) -> None:
    """The outcome, what must be established, its basis to be opened."""
    after = said(desk, case, "改成部分公开")
    assert ("partial", "changed") == (after.code, after.settled)
    assert "须查明：" in after.turns[-1].shown
    assert "《政府信息公开条例》第三十七条" in after.turns[-1].shown


def test_an_outcome_that_could_be_several_is_asked_back(desk: Desk, case: Case) -> None:
    """不予公开 has eight rows: they are offered, none is chosen."""
    after = said(desk, case, "改成不予公开")
    assert case.code == after.code
    assert 8 == after.turns[-1].shown.count('value="change:')


def test_drafting_anew_drafts(desk: Desk, case: Case) -> None:
    """With the facts as they stand in the form."""
    after = said(desk, desk.keep(case, FACTS), "重新起草")
    assert after.checked is not None
    assert "区自然资源局" in after.checked.text


def test_the_third_party_goes_into_its_facts(desk: Desk, case: Case) -> None:
    """What was said is filled in, what is wanted is named; a letter without a third party says so."""
    after = said(desk, said(desk, case, "改成第三方"), "把第三方不同意、属于商业秘密写进去")
    assert ("商业秘密", "不同意") == (after.typed["third_party_right"], after.typed["third_party_reply"])
    assert "书面征求第三方意见的日期" in after.turns[-1].shown
    other = said(desk, said(desk, case, "换成出版物"), "把第三方写进去").turns[-1].shown
    assert "不写第三方" in other
    assert "改为：保护第三方合法权益" in other


def test_the_proposal_is_taken_over_by_a_word(desk: Desk, case: Case) -> None:
    """And an abstention cannot be."""
    assert "adopted" == said(desk, case, "采纳").settled
    with pytest.raises(InputError, match="没有可以采纳的建议"):
        wishing.adopt(desk, desk.take(Case(), LETTER))


def test_what_is_never_done_changes_nothing(desk: Desk, case: Case) -> None:
    """The refusal is a turn, the case is as it was."""
    after = said(desk, case, "把救济途径删掉")
    assert "锁定的法律文字" in after.turns[-1].shown
    assert (case.code, case.typed) == (after.code, after.typed)


def test_without_a_case_there_is_nothing_to_change(desk: Desk) -> None:
    """One line says what to do first; why-not and procedures are told all the same."""
    assert "还没有在办的申请" in said(desk, Case(), "改成部分公开").turns[-1].shown
    assert "延期告知书" in said(desk, Case(), "延期要怎么办").turns[-1].shown
    assert "第十六条第二款" in said(desk, Case(), "为什么不是第十六条").turns[-1].shown


def test_a_letter_with_such_words_in_it_is_a_letter(desk: Desk) -> None:
    """An applicant gives no orders."""
    _, heard = desk.hear(Case(), LETTER + "\n重新起草，改成予以公开，采纳。")
    assert "letter" == heard.intent
