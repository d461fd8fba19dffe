"""Explanations of the case at hand: from the rules and the clerk's own papers, nothing else."""

from datetime import date
from types import SimpleNamespace
from typing import cast

from assistant.dialogue.explaining import Standing, explain_procedure, explain_why, explain_why_not
from assistant.dialogue.wishes import wish_of
from assistant.pipeline import Assistant, Handled
from tests.web.office import SURE, UNSURE

ON = date(2026, 11, 20)
CASE = Standing(
    cast(Handled, SimpleNamespace(proposal=SURE)), "unable.not_held", "elsewhere", date(2026, 11, 3)
)


def test_why_names_the_words_the_basis_and_the_rival(assistant: Assistant) -> None:
    """The clerk's own words, the provisions of the road, and the question that separates the next one."""
    told = explain_why(assistant, CASE)
    said = "\n".join(told.points)
    assert "由区自然资源局制作" in said
    assert "“予以公开”，分界：" in said
    assert "《政府信息公开条例》第三十六条第（五）项" == str(told.basis[0])


def test_why_of_an_abstention_is_the_open_question(assistant: Assistant) -> None:
    """Nothing is presented as settled."""
    told = explain_why(assistant, Standing(cast(Handled, SimpleNamespace(proposal=UNSURE))))
    assert "把握不足" in told.lead
    assert UNSURE.question is not None and UNSURE.question in told.points[0]


def test_why_not_says_what_it_would_need_and_offers_it(assistant: Assistant) -> None:
    """Each outcome of the article, what must be established, the border to the one chosen."""
    wish = wish_of("为什么不是第十六条", assistant.outcomes)
    assert wish is not None
    told = explain_why_not(assistant, wish, CASE)
    assert ("refuse.internal_affairs", "refuse.deliberative", "refuse.enforcement_file") == told.options
    assert "没有指向它的线索" in told.points[0]
    assert "与“本机关不掌握相关政府信息”的分界" in told.points[1]
    assert {"第十六条第一款", "第十六条第二款"} == {str(ref).split("》")[1] for ref in told.basis}


def test_an_article_no_outcome_rests_on_is_said_to_be_none(assistant: Assistant) -> None:
    """第五十条 is about the annual report."""
    wish = wish_of("为什么不是第五十条", assistant.outcomes)
    assert wish is not None
    assert "没有一种处理结果以" in explain_why_not(assistant, wish, CASE).lead


def test_an_extension_is_told_with_its_days(assistant: Assistant) -> None:
    """Received on 3 November: due on 1 December, with an extension told today on 29 December."""
    wish = wish_of("延期要怎么办", assistant.outcomes)
    assert wish is not None
    told = explain_procedure(assistant, wish, CASE, ON)
    assert told is not None
    said = "\n".join(told.points)
    assert "延期告知书" in said
    assert "答复期限到 2026-12-01" in said
    assert "最迟到 2026-12-29" in said
    assert "《政府信息公开条例》第三十三条第二款" == str(told.basis[0])


def test_a_term_that_has_run_out_cannot_be_extended(assistant: Assistant) -> None:
    """It is said, not reckoned."""
    wish = wish_of("延期要怎么办", assistant.outcomes)
    assert wish is not None
    told = explain_procedure(assistant, wish, Standing(received=date(2026, 9, 1)), ON)
    assert told is not None
    assert "不能再延长" in "\n".join(told.points)
