"""On the page a question about days goes on from the one before it."""

from pathlib import Path

from assistant.web.case import Case, Heard
from assistant.web.desk import Desk
from tests.web.office import office


def ask(desk: Desk, case: Case, words: str) -> Case:
    """One message, heard and answered as the page does it."""
    heard_case, heard = desk.hear(case, words)
    assert "question" == heard.intent
    *_, after = desk.responses(heard_case, heard)
    return after


def test_a_follow_up_goes_on_from_the_question_before(tmp_path: Path) -> None:
    """延期后呢 after the day of receipt was told."""
    desk = Desk(office(tmp_path))
    first = ask(desk, Case(), "2026年9月10日收到的申请，最晚哪天答复？")
    assert "2026年10月14日" in first.turns[-1].shown
    assert "2026年11月11日" in ask(desk, first, "延期后呢").turns[-1].shown


def test_a_new_letter_ends_the_conversation_about_days(tmp_path: Path) -> None:
    """What was told of one request is not carried over to another."""
    desk = Desk(office(tmp_path))
    first = ask(desk, Case(), "2026年9月10日收到的申请，最晚哪天答复？")
    after = desk.respond(first, Heard("申请公开东塘村2022年征地补偿款分配明细。", "letter"))
    assert () == after.asked
