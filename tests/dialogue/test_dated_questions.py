"""Questions for a day of the law: the clock's answer with its reckoning, or the one fact that is missing."""

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.dialogue.answers import answer_question
from assistant.dialogue.dated_answers import Reckoned, reckon_dated
from assistant.dialogue.dated_talk import asks_for_day, read_dated
from assistant.law.citations import cite
from assistant.law.clock_course import print_day
from assistant.pipeline import Assistant

CASES = yaml.safe_load(Path(__file__).with_name("dated_questions.yaml").read_text(encoding="utf-8"))
ASKED_ON = date(2026, 10, 20)
DAY = re.compile(r"\d{4}年\d{1,2}月\d{1,2}日")


def name(case: dict[str, Any]) -> str:
    """The conversation a case is."""
    return " → ".join((*case.get("earlier", ()), case["ask"]))


def reckoned(assistant: Assistant, case: dict[str, Any]) -> Reckoned | None:
    """What is said to the last question of a case."""
    on = case.get("asked_on", ASKED_ON)
    one = read_dated(case["ask"], on, case.get("earlier", ()))
    return reckon_dated(one, assistant.grounds, assistant.statutes, on) if one else None


def cases(key: str) -> list[dict[str, Any]]:
    """The cases that expect this."""
    return [case for case in CASES if key in case]


@pytest.mark.parametrize("case", cases("day"), ids=name)
def test_the_day_is_the_clocks_day(assistant: Assistant, case: dict[str, Any]) -> None:
    """The first day named is the one counted by hand, and the reckoning stands below it."""
    found = reckoned(assistant, case)
    assert found is not None and not found.abstained
    lead = next(line for line in found.text.splitlines() if not line.startswith(("更正", "说明")))
    assert print_day(case["day"]) == DAY.findall(lead)[0], found.text
    assert "算法：" in found.text


@pytest.mark.parametrize("case", cases("asks"), ids=name)
def test_what_is_missing_or_has_two_readings_is_asked_for(assistant: Assistant, case: dict[str, Any]) -> None:
    """No day is named; the one fact is."""
    found = reckoned(assistant, case)
    assert found is not None and found.abstained
    assert case["asks"] in found.text
    assert [] == DAY.findall(found.text)


@pytest.mark.parametrize("case", [*cases("says"), *cases("not")], ids=name)
def test_the_words_of_the_reckoning_stand_in_the_answer(assistant: Assistant, case: dict[str, Any]) -> None:
    """What the clerk must read is there; what would mislead is not."""
    found = reckoned(assistant, case)
    assert found is not None
    assert [] == [words for words in case.get("says", ()) if words not in found.text], found.text
    assert [] == [words for words in case.get("not", ()) if words in found.text], found.text


@pytest.mark.parametrize("case", cases("cites"), ids=name)
def test_the_provision_is_among_the_sources(assistant: Assistant, case: dict[str, Any]) -> None:
    """The rule a day rests on is cited."""
    found = reckoned(assistant, case)
    assert found is not None
    assert case["cites"] in [str(ref) for ref in found.refs]


@pytest.mark.parametrize("case", cases("left"), ids=name)
def test_other_questions_are_left_to_the_articles(assistant: Assistant, case: dict[str, Any]) -> None:
    """The clock answers only what asks for a day of ours."""
    assert reckoned(assistant, case) is None


def test_every_case_expects_something() -> None:
    """No case passes by saying nothing; at least forty name a day."""
    assert [] == [case["ask"] for case in CASES if not {"day", "asks", "left", "says"} & set(case)]
    assert 40 < len(cases("day"))


def test_an_answer_quotes_its_provisions_from_the_corpus(assistant: Assistant) -> None:
    """The page and the command line get the day, and each provision word for word with its file."""
    answer = answer_question(assistant, "9月10日收到的申请最晚哪天答复", ASKED_ON)
    assert "2026年10月14日" in answer.answer
    assert "《政府信息公开条例》第三十三条第二款" == answer.citations[0].ref
    assert "20个工作日内予以答复" in answer.citations[0].quote
    assert {"answer", "citations", "abstained"} == set(answer.to_json())
    assert all(one.source.startswith("laws/") for one in answer.citations)


@pytest.mark.parametrize(
    ("question", "right"),
    [
        ("答复期限是十五个工作日对吧", "更正：答复期限不是十五个工作日，是 20 个工作日"),
        ("补正通知10个工作日内发出就行吧", "更正：告知补正的期限不是10个工作日，是 7 个工作日"),
        ("主动公开的信息两个月内上网就行吧", "更正：主动公开的期限不是两个月，是 20 个工作日"),
    ],
)
def test_a_wrong_number_is_put_right_without_a_day_too(
    assistant: Assistant, question: str, right: str
) -> None:
    """Before the article itself."""
    answer = answer_question(assistant, question, ASKED_ON)
    assert answer.answer.startswith(right)
    assert not answer.abstained


@pytest.mark.parametrize("question", ["答复期限是二十个工作日对吧", "企业15个工作日内答复对吧"])
def test_what_is_right_or_speaks_of_another_is_not_put_right(assistant: Assistant, question: str) -> None:
    """The office's own number is not held against somebody else's term."""
    assert "更正" not in answer_question(assistant, question, ASKED_ON).answer


def test_no_law_is_named_that_the_corpus_does_not_hold(assistant: Assistant) -> None:
    """A way of counting taken from another law is marked as practice; every provision named is living law."""
    for case in cases("day"):
        found = reckoned(assistant, case)
        on = case.get("asked_on", ASKED_ON)
        cited = cite(found.text if found else "", assistant.statutes, on)
        assert [] == [one.text for one in cited if one.status != "ok"], case["ask"]


def test_a_follow_up_is_answered_from_the_questions_before_it(assistant: Assistant) -> None:
    """The page hands on what was asked before."""
    earlier = ["9月10日收到的申请最晚哪天答复"]
    assert "2026年11月11日" in answer_question(assistant, "延期后呢", ASKED_ON, earlier).answer


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("9月10日收到的申请，补正通知15号发的，20号补齐，哪天到期", True),
        ("申请公开贵局2026年9月10日收到的信访件", False),
        ("9月10日收到的申请可以公开吗", False),
    ],
)
def test_a_question_full_of_days_is_no_letter(message: str, expected: bool) -> None:
    """Dates make a message look like a letter; that a day is asked for settles it."""
    assert expected == asks_for_day(message, ASKED_ON)


PIECES = (
    *(
        "11月3日",
        "10号",
        "昨天",
        "十一月三十一日",
        "十十月百日",
        "9999年12月31日",
        "1900年1月1日",
        "周三",
        "月底",
    ),
    *(
        "收到",
        "签收",
        "网上",
        "确认",
        "补正通知",
        "补齐",
        "延期",
        "延长十十个工作日",
        "99999个工作日",
        "缴费",
    ),
    *(
        "第三方",
        "征求",
        "回复",
        "复议",
        "起诉",
        "最晚哪天答复",
        "什么时候到期",
        "对吧",
        "呢",
        "，",
        "从",
        "起",
    ),
)


@given(
    st.lists(st.sampled_from(PIECES), min_size=1, max_size=8), st.lists(st.sampled_from(PIECES), max_size=4)
)
@settings(max_examples=80)
def test_whatever_is_asked_the_answer_is_a_day_with_its_reckoning_or_what_is_missing(
    assistant: Assistant, pieces: list[str], before: list[str]
) -> None:
    """No combination of words breaks the reader, and none gets a day without its reckoning."""
    one = read_dated("".join(pieces), ASKED_ON, ["".join(before)])
    found = reckon_dated(one, assistant.grounds, assistant.statutes, ASKED_ON) if one else None
    assert found is None or found.abstained or "算法：" in found.text or "请写明" in found.text
