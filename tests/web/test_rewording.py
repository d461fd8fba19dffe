"""The model's words on the page: shown beside the clerk's, and theirs only once taken over."""

from pathlib import Path

import pytest

from assistant.errors import InputError
from assistant.web import rewording
from assistant.web.case import Case
from assistant.web.desk import Desk
from tests.model.chat_server import answers, chat_server
from tests.web.office import LETTER, NOT_HELD, office
from tests.web.test_desk import FACTS

BETTER = "经检索，本机关并未制作、未保存该信息，该信息系由区自然资源局制作"


def drafted(folder: Path, url: str | None, **changes: str) -> tuple[Desk, Case]:
    """A desk whose chat model listens at a URL, and a case with its draft."""
    desk = Desk(office(folder, chat_model="test-model", chat_base_url=url))
    case = desk.reconsider(desk.take(Case(), LETTER), LETTER, NOT_HELD)
    return desk, desk.write(desk.keep(case, {**FACTS, **changes}))


def test_old_words_and_new_ones_are_shown_and_the_draft_stays(tmp_path: Path) -> None:
    """Nothing counts before it is taken over."""
    with chat_server(answers({"reason": BETTER})) as server:
        desk, case = drafted(tmp_path, server.url)
        after = rewording.reword(desk, case)
    assert after.checked == case.checked
    shown = rewording.changes(after)
    assert f"<del>{NOT_HELD}</del>" in shown
    assert f"<ins>{BETTER}</ins>" in shown
    assert "润色了 1 处理由" in after.turns[-1].shown


def test_what_is_taken_over_becomes_the_clerks_own(tmp_path: Path) -> None:
    """A fact of the form, a new draft, a new verdict."""
    with chat_server(answers({"reason": BETTER})) as server:
        desk, case = drafted(tmp_path, server.url)
        after = rewording.take_over(desk, rewording.reword(desk, case), ["reason"])
    assert (BETTER, None) == (after.typed["reason"], after.polished)
    assert after.checked is not None
    assert BETTER in after.checked.text
    assert after.checked.verdict.passes


def test_what_is_left_changes_nothing(tmp_path: Path) -> None:
    """None chosen: the draft as it was."""
    with chat_server(answers({"reason": BETTER})) as server:
        desk, case = drafted(tmp_path, server.url)
        after = rewording.take_over(desk, rewording.reword(desk, case), [])
    assert (case.checked, case.typed, None) == (after.checked, after.typed, after.polished)


def test_words_changed_in_the_meantime_are_not_overwritten(tmp_path: Path) -> None:
    """The clerk's later words win, and that is said."""
    with chat_server(answers({"reason": BETTER})) as server:
        desk, case = drafted(tmp_path, server.url)
        after = desk.keep(rewording.reword(desk, case), {"reason": "本机关没有制作该信息"})
    with pytest.raises(InputError, match="改过"):
        rewording.take_over(desk, after, ["reason"])


def test_a_reason_of_a_withheld_part_keeps_its_ground(tmp_path: Path) -> None:
    """The line of the form has its three parts again."""
    row = "花名册中的银行账号 | 第十五条 | 属于个人隐私，公开会损害有关村民的合法权益"
    words = "属于个人隐私，一旦公开会损害有关村民的合法权益"
    with chat_server(answers({"withheld_1_reason": words})) as server:
        desk, case = drafted(tmp_path, server.url)
        facts = {**FACTS, "form": "纸质复印件", "enclosures": "花名册一份", "withheld": row}
        chosen = desk.decide(case, "partial")
        after = rewording.reword(desk, desk.write(desk.keep(chosen, facts)))
        taken = rewording.take_over(desk, after, ["withheld_1_reason"])
    assert f"花名册中的银行账号 | 第十五条 | {words}" == taken.typed["withheld"]


def test_a_failure_is_told_and_the_draft_stays(tmp_path: Path) -> None:
    """In the conversation and beside the draft."""
    with chat_server(400) as server:
        desk, case = drafted(tmp_path, server.url)
        after = rewording.reword(desk, case)
    assert after.checked == case.checked
    assert "文书仍用原来的文字" in rewording.changes(after)
    assert "文书仍用原来的文字" in after.turns[-1].shown


def test_what_the_model_wrote_is_shown_as_words(tmp_path: Path) -> None:
    """Also in the line that says what was wrong with it."""
    wrong = answers({"reason": "<b>经检索</b>未制作9份"})
    with chat_server(wrong, wrong) as server:
        desk, case = drafted(tmp_path, server.url)
        after = rewording.reword(desk, case)
    assert "<b>" not in rewording.changes(after) + after.turns[-1].shown


def test_without_a_draft_there_is_nothing_to_word(tmp_path: Path) -> None:
    """The next step is said."""
    desk = Desk(office(tmp_path, chat_model="test-model"))
    with pytest.raises(InputError, match="还没有草稿"):
        rewording.reword(desk, Case())


def test_the_button_is_there_where_a_model_is(tmp_path: Path) -> None:
    """And only with a draft."""
    import gradio as gr

    from assistant.web.sheet_tab import sheet_tab

    with gr.Blocks():
        new = sheet_tab().rewording
    desk, case = drafted(tmp_path, None)
    assert rewording.updates(new, case, True)[new.ask]["visible"] is True
    assert rewording.updates(new, case, False)[new.ask]["visible"] is False
    assert rewording.updates(new, Case(), True)[new.ask]["visible"] is False
    assert set(new.all) == set(rewording.updates(new, case, True))
