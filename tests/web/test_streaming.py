"""An answer that a chat model writes grows in the conversation, turn in place of turn."""

import re
from pathlib import Path

import pytest

from assistant.web.case import Case, Heard, Told
from assistant.web.desk import Desk
from assistant.web.shown import messages
from tests.model.chat_server import Step, chat_server, says
from tests.web.office import LETTER, office

QUESTION = "所申请的信息由别的机关制作怎么答复"
FIRST = "不属于本机关负责公开的，告知申请人并说明理由，见《政府信息公开条例》第三十六条第（五）项。"
SECOND = "能够确定负责公开的机关的，告知其名称和联系方式。"


def shown(folder: Path, *script: Step) -> list[Case]:
    """Every state of the conversation on the way."""
    with chat_server(*script) as server:
        desk = Desk(office(folder, chat_model="test-model", chat_base_url=server.url))
        return list(desk.responses(Case(), Heard(QUESTION, "question")))


def words(case: Case) -> str:
    """The last turn without its tags."""
    return re.sub(r"<[^>]+>", "", case.turns[-1].shown)


def test_a_sentence_stands_before_the_next_is_written(tmp_path: Path) -> None:
    """Two states of one turn; the last holds both sentences and the sources."""
    first, last = shown(tmp_path, says(FIRST + SECOND))
    assert (1, 1) == (len(first.turns), len(last.turns))
    assert words(first).startswith(FIRST)
    assert not words(first).startswith(FIRST + SECOND)
    assert words(last).startswith(FIRST + SECOND)


def test_a_model_that_cites_what_is_not_law_loses_its_turn(tmp_path: Path) -> None:
    """What stood there gives place to the embedded answer and the reason."""
    *_, last = shown(tmp_path, says(f"{FIRST}另见《政府信息公开条例》第六十条。"))
    assert not words(last).startswith(FIRST)
    assert "已改用内置方式作答。" in last.turns[-1].shown


def test_a_letter_has_one_response(tmp_path: Path) -> None:
    """Only answers grow."""
    (after,) = Desk(office(tmp_path)).responses(Case(), Heard(LETTER, "letter"))
    assert after.handled is not None


@pytest.mark.parametrize(
    ("intent", "said"),
    [("letter", "申请书"), ("question", "问题"), ("reply", "答复书"), ("findings", "查明的事实")],
)
def test_the_first_words_say_what_was_heard(intent: Told, said: str) -> None:
    """They stand below the message before any of the work is done; where nothing is pending they claim nothing."""
    waiting = messages(Case(pending=Heard("……", intent)), waiting=True)
    assert said in waiting[-1]["content"]
    assert "正在处理" in waiting[-1]["content"]
    assert said not in messages(Case(), waiting=True)[-1]["content"]
