"""One turn without a chat model: figures from their cells, law from its articles, else no answer."""

import pytest

from assistant.dialogue.answers import answer_question
from assistant.pipeline import Assistant


def test_figures_come_from_their_cells(assistant: Assistant) -> None:
    """20 received, 12 granted, each with its row and column."""
    answer = answer_question(assistant, "2023年暨阳街道收到多少件申请,予以公开多少件?")
    assert ["20", "12"] == [source.quote for source in answer.citations]
    assert "本年新收政府信息公开申请数量" in answer.answer
    assert "予以公开" in answer.answer
    assert "总计" in answer.answer


@pytest.mark.parametrize(
    ("question", "article"),
    [
        ("第三方一直不回复怎么办,要等多久", "第三十二条"),
        ("条例36条", "第三十六条"),
        ("答复期限是多少天", "第三十三条"),
    ],
)
def test_a_law_question_is_answered_by_its_article(assistant: Assistant, question: str, article: str) -> None:
    """The article is named, and quoted from the corpus word for word."""
    answer = answer_question(assistant, question)
    assert article in answer.answer
    assert all(source.quote in answer.answer for source in answer.citations)


@pytest.mark.parametrize("question", ["红烧肉怎么做", "？？？", "12345"])
def test_what_the_corpus_does_not_hold_is_not_answered(assistant: Assistant, question: str) -> None:
    """No answer beats a wrong one."""
    answer = answer_question(assistant, question)
    assert answer.abstained
    assert () == answer.citations


def test_a_report_that_is_not_there_is_said_to_be_missing(assistant: Assistant) -> None:
    """A year the corpus does not hold is named, not guessed."""
    answer = answer_question(assistant, "暨阳街道2019年收到多少件政府信息公开申请？")
    assert answer.abstained
    assert "2019" in answer.answer
