"""The answers task: labels hold in the corpus, and right, grounded and abstained are judged as they say."""

from collections import Counter
from datetime import date

import pytest

from assistant.law.provisions import ProvisionRef
from assistant.pipeline import Assistant
from evals.answer_set import KINDS, AskedQuestion, load_answers
from evals.answers import Cited, Replied, answers, judge
from evals.deadlines import deadline_cases
from evals.labelled import LABELLED_ON, load_questions
from evals.task import TaskResult, run_task

QUESTIONS = load_answers()
ARTICLE = ProvisionRef("政府信息公开条例", 30)
TEXT = "政府信息公开申请内容不明确的，行政机关应当给予指导和释明，并自收到申请之日起7个工作日内一次性告知申请人作出补正"
LAW = AskedQuestion("a", "article", "f", "补正几天内告知？", (ARTICLE,), ("7个工作日内一次性告知",))
FIGURE = AskedQuestion("b", "figure", "f", "新收几件？", figure=20, cells=(("requests", "new", "total"),))
DAY = AskedQuestion("c", "deadline", "f", "2026年9月10日收到，哪天答复？", (ARTICLE,), due=date(2026, 10, 14))
NOTHING = AskedQuestion("d", "out_of_scope", "f", "天气怎样？")
CELL = Cited("暨阳街道办事处2023年年度报告·三·新收·总计", "20")


@pytest.fixture(scope="module")
def done(assistant: Assistant) -> TaskResult:
    """The task, run once."""
    return run_task(answers(assistant), lambda *_: None)


def test_there_are_enough_of_every_kind() -> None:
    """At least 120 in all, 18 of each kind; false premises and what nothing answers are strata of their own."""
    counts = Counter(one.kind for one in QUESTIONS)
    assert len(QUESTIONS) >= 120
    assert set(KINDS) == set(counts)
    assert min(counts.values()) >= 18


@pytest.mark.parametrize("item", [one for one in QUESTIONS if one.says], ids=lambda one: one.id)
def test_every_word_a_right_answer_says_stands_in_the_law(item: AskedQuestion, assistant: Assistant) -> None:
    """In a provision that is cited for it, on the day the labels were made."""
    texts = [assistant.statutes.text(ref, LABELLED_ON) or "" for ref in item.cites]
    assert [] == [words for words in item.says if not any(words in text.replace("\n", "") for text in texts)]


def test_every_figure_stands_in_its_cell_of_the_shipped_report(assistant: Assistant) -> None:
    """None is estimated."""
    (report,) = assistant.reports
    wrong = [one.id for one in QUESTIONS for cell in one.cells if report.value(*cell) != one.figure]
    assert [] == wrong


def test_every_day_is_that_of_a_case_of_the_deadlines_task() -> None:
    """The two sets agree on what follows from a receipt."""
    known = {(case.given.get("received") or case.given.get("start"), case.due) for case in deadline_cases()}
    days = [one for one in QUESTIONS if one.kind == "deadline"]
    assert [] == [one.id for one in days if (one.start, one.due) not in known]


def test_no_question_is_one_the_search_was_trained_on() -> None:
    """Word for word."""
    known = {item.query for item in load_questions()}
    assert [] == [one.id for one in QUESTIONS if one.ask in known]


@pytest.mark.parametrize(
    ("item", "said", "right", "grounded"),
    [
        (LAW, Replied(TEXT, (Cited(str(ARTICLE), TEXT),), False), 1, 1),
        (LAW, Replied("应当在7天内告知。", (Cited(str(ARTICLE), TEXT),), False), 0, 1),
        (LAW, Replied("7个工作日内一次性告知，逾期罚款500元", (Cited(str(ARTICLE), TEXT),), False), 1, 0),
        (
            LAW,
            Replied(TEXT + "。依据《政府信息公开条例》第九十条。", (Cited(str(ARTICLE), TEXT),), False),
            1,
            0,
        ),
        (LAW, Replied(TEXT, (Cited(str(ARTICLE), "编出来的话"),), False), 1, 0),
        (
            LAW,
            Replied(TEXT, (Cited("《政府信息公开条例》第三十三条", "行政机关收到政府信息公开申请"),), False),
            0,
            0,
        ),
        (FIGURE, Replied("新收20件。", (CELL,), False), 1, 1),
        (FIGURE, Replied("新收120件。", (CELL,), False), 0, 0),
        (DAY, Replied("最晚2026年10月14日答复。", (Cited(str(ARTICLE), TEXT + "2026-10-14"),), False), 1, 0),
    ],
)
def test_an_answer_is_right_if_it_says_and_cites_what_is_due_and_grounded_if_all_of_it_is_there(
    item: AskedQuestion, said: Replied, right: int, grounded: int, assistant: Assistant
) -> None:
    """Two things: a right answer may hold an invented number, and a grounded one may miss the point."""
    values = judge(item, said, assistant).values
    assert (right, grounded) == (values["right"], values["grounded"])


def test_declining_is_right_only_where_nothing_answers(assistant: Assistant) -> None:
    """And counted both ways."""
    silent = Replied("", (), True)
    assert {"right": 1.0, "refused": 1.0} == judge(NOTHING, silent, assistant).values
    assert {"right": 0.0, "wrongly_refused": 1.0} == judge(LAW, silent, assistant).values
    assert 0.0 == judge(NOTHING, Replied("晴", (), False), assistant).values["right"]


def test_nothing_the_program_says_is_without_a_source(done: TaskResult) -> None:
    """It quotes; what is not there it does not say."""
    said = [score for score in done.scores["assistant"] if score.values and "grounded" in score.values]
    assert [] == [score.id for score in said if score.values and not score.values["grounded"]]


def test_it_is_better_than_passages_shown_anyway_and_than_silence(done: TaskResult) -> None:
    """The lower bound lies above both."""
    found = {one.solver: one.interval for one in done.figures if (one.view, one.metric) == ("all", "right")}
    ours = found["assistant"]
    assert ours and all(ours.low > other.value for name in ("bm25", "silent") if (other := found[name]))
