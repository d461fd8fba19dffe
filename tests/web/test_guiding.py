"""The seven steps on the page, without a browser: answers, the way back, several items, the file, the result taken over."""

import re
from dataclasses import replace

import pytest

from assistant.errors import InputError
from assistant.settings import ROOT
from assistant.web import guided, guiding
from assistant.web.acting import STALE, _done
from assistant.web.case import Case
from assistant.web.desk import Desk
from assistant.web.pressing import Press, read_press
from tests.web.office import LETTER, NOT_HELD

SEVERAL = (ROOT / "docs" / "examples" / "several.txt").read_text(encoding="utf-8")
HEAD = [("pending", "active"), ("identity", "complete"), ("clear", "clear")]


def pressed(desk: Desk, case: Case, do: str, **fields: str) -> Case:
    """The case after a button of the seven steps."""
    return _done(desk, case, Press("guide", tuple(do.split(":")), fields))


def answered(desk: Desk, case: Case, first: str | None = None) -> Case:
    """Every question of the item at hand answered with its first answer, after those of the head."""
    while (found := guiding.guidance(desk, case)) and found.at is not None:
        question = found.items[found.at].walk.question
        assert question is not None
        case = pressed(
            desk, case, f"answer:{question.id}:{dict(HEAD).get(question.id, question.answers[0].key)}"
        )
        after = guiding.guidance(desk, case)
        if after and after.at != found.at:
            break
    return case


@pytest.fixture(scope="module")
def single(desk: Desk) -> Case:
    """A letter with one item."""
    return desk.take(Case(), LETTER)


def test_a_question_shows_answers_help_article_and_what_to_keep(desk: Desk, single: Case) -> None:
    """And the way back only after the first answer."""
    first = guided.panel(desk, pressed(desk, single, "whole"))
    for words in (
        "这件申请现在还要办吗？",
        "要办，申请人没有撤回",
        "不清楚",
        "第二十九条第一款",
        "存入卷里",
        "先看申请人有没有变化",
    ):
        assert words in first
    assert "退回上一问" not in first
    assert "退回上一问" in guided.panel(
        desk, pressed(desk, pressed(desk, single, "whole"), "answer:pending:active")
    )


def test_not_clear_leads_to_what_to_establish(desk: Desk, single: Case) -> None:
    """Never to an outcome; the question stands below it."""
    shown = guided.panel(desk, pressed(desk, pressed(desk, single, "whole"), "answer:pending:unclear"))
    assert "先查明：" in shown
    assert "查明以后重新回答" in shown


def test_a_paper_on_the_way_is_told_with_its_term(desk: Desk, single: Case) -> None:
    """补正: what is due, for how long, and where the case comes back."""
    case = pressed(desk, single, "whole")
    for do in (
        "answer:pending:active",
        "answer:identity:complete",
        "answer:clear:vague",
        "answer:notice_sent:pending",
    ):
        case = pressed(desk, case, do)
    shown = guided.panel(desk, case)
    assert "现在要办：" in shown and "发出补正告知书" in shown
    assert "重新计算" in shown
    assert "送达以后，申请人怎么样了？" in shown


def test_back_and_another_answer_drop_what_followed(desk: Desk, single: Case) -> None:
    """One step back, or straight to a question of the way so far."""
    case = pressed(desk, single, "whole")
    for id_, key in HEAD:
        case = pressed(desk, case, f"answer:{id_}:{key}")
    assert case.guided is not None
    back = pressed(desk, case, "back")
    assert back.guided is not None
    assert ["pending", "identity"] == list(back.guided.answers.items[0].answers)
    again = pressed(desk, case, "revise:0:identity")
    assert again.guided is not None
    assert ["pending"] == list(again.guided.answers.items[0].answers)


def test_the_result_is_taken_over_into_the_case(desk: Desk, single: Case) -> None:
    """Outcome and road of the table, said to come from the seven steps; the form follows."""
    done = answered(desk, pressed(desk, single, "whole"))
    assert "得出：" in guided.panel(desk, done)
    taken = pressed(desk, done, "adopt")
    assert ("grant", "published", "guided") == (taken.code, taken.road, taken.settled)
    assert desk.form(taken) is not None
    assert "已采纳七步引导得出的结果" in taken.turns[-1].shown


def test_a_decision_of_the_clerk_outlives_a_new_judgement(desk: Desk, single: Case) -> None:
    """The assistant proposes again; the outcome stays with the person."""
    taken = pressed(desk, answered(desk, pressed(desk, single, "whole")), "adopt")
    assert "grant" == desk.reconsider(taken, LETTER, NOT_HELD).code


def test_nothing_is_taken_over_before_there_is_a_result(desk: Desk, single: Case) -> None:
    """One line says so."""
    with pytest.raises(InputError, match="还没有得出处理结果"):
        pressed(desk, pressed(desk, single, "whole"), "adopt")
    with pytest.raises(InputError, match="还没有开始"):
        pressed(desk, replace(single, guided=None), "back")


def test_what_the_file_holds_is_written_down_and_closes_its_guard(desk: Desk, single: Case) -> None:
    """A day that is none is named; a full record leaves nothing open; what was written comes back into its fields."""
    done = answered(desk, pressed(desk, single, "whole"))
    found = guiding.guidance(desk, done)
    assert found is not None and found.items[0].conclusion is not None
    (guard,) = found.open_guards
    names = {part.key: (f"0-{guard[1].key}-{part.key}", part.kind) for part in guard[1].parts}
    right = {
        "day": "2026-11-20",
        "address": "https://www.example.gov.cn/zwgk/2022/plan.html",
        "text": "档案盒3号",
    }
    fields = {name: right[kind] for name, kind in names.values()}
    full = pressed(desk, done, "file", **fields)
    after = guiding.guidance(desk, full)
    assert after is not None and after.ready
    assert "2026-11-20" in guided.panel(desk, full)
    wrong = pressed(
        desk, done, "file", **(fields | {name: "上周" for name, kind in names.values() if kind == "day"})
    )
    assert "应写成 2026-11-23 的形式" in guided.panel(desk, wrong)


def test_several_items_are_answered_one_by_one_and_make_one_letter(desk: Desk) -> None:
    """A given one and one withdrawn: the law does not say how they count, so the clerk chooses and says why."""
    case = pressed(desk, desk.take(Case(), SEVERAL), "apart")
    case = answered(desk, case)
    case = pressed(desk, case, "answer:pending:withdrawn")
    case = answered(desk, case)
    found = guiding.guidance(desk, case)
    assert found is not None and "choose" == found.state
    with pytest.raises(InputError, match="为什么这样计数"):
        pressed(desk, case, "choose:grant")
    chosen = pressed(desk, case, "choose:grant", **{"choice-why": "主要部分已经公开"})
    taken = pressed(desk, chosen, "adopt")
    assert ["grant", "other.other", "grant"] == [item.code for item in taken.items]
    form = desk.form(taken)
    assert form is not None
    asked = {field.key: field.value for field in form.fields if field.key.endswith("-asked")}
    assert asked["1-asked"] == taken.items[0].asked
    draft = desk.write(desk.keep(taken, {"1-place": "街道网站“政务公开”栏目", "received_on": "2026-11-05"}))
    assert draft.checked is not None
    assert "街道网站“政务公开”栏目" in draft.checked.text
    assert re.search("一、关于“2025年东塘老街排水管网改造工程施工合同”", draft.checked.text)


def test_items_that_go_together_by_law_need_no_choice(desk: Desk) -> None:
    """All given: 予以公开, one letter for all."""
    case = pressed(desk, desk.take(Case(), SEVERAL), "apart")
    for _ in range(3):
        case = answered(desk, case)
    taken = pressed(desk, case, "adopt")
    assert ("grant", 3) == (taken.code, len(taken.items))


@pytest.mark.parametrize(
    "do", ["answer:nothing:x", "answer:pending:nothing", "revise:9:pending", "leap", "answer"]
)
def test_a_press_that_is_none_of_ours_is_one_line(do: str, desk: Desk, single: Case) -> None:
    """Whoever forges one learns nothing and changes nothing."""
    with pytest.raises(InputError, match=r"。$"):
        pressed(desk, pressed(desk, single, "whole"), do)


def test_a_button_of_another_letter_does_nothing(desk: Desk, single: Case) -> None:
    """An older card's button is told apart by its case."""
    with pytest.raises(InputError, match=STALE):
        _done(desk, single, Press("adopt", (str(single.number + 1), "grant")))


@pytest.mark.parametrize("given", [None, "", "[]", "{}", '{"do": 3}', "{"])
def test_rubbish_is_no_press(given: str | None) -> None:
    """Nothing happens."""
    assert read_press(given) is None
