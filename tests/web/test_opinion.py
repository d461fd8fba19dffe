"""The second opinion of a chat model in the summary of a letter."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from assistant.pipeline import Handled
from assistant.triage.classifier import Proposal
from assistant.triage.votes import Choice, Vote
from assistant.web.cards import Summary
from assistant.web.request_card import Reading
from tests.web.office import LETTER, NOT_HELD, SURE, office

CHOICE = Choice(
    "unable.not_held",
    "本机关不掌握相关政府信息",
    "<b>未制作</b>",
    "findings",
    7,
    10,
    "《政府信息公开条例》第三十六条",
)
VOTE = Vote("test-model", "classify_request@1", (CHOICE,), ("区局的联系方式",), True)


def card(tmp_path: Path, proposal: Proposal) -> str:
    """The summary of a letter with a proposal."""
    at = office(tmp_path)
    handled = Handled(at.read(LETTER), NOT_HELD, proposal, at.search(""))
    return str(
        Summary(at.outcomes, at.statutes, date(2026, 11, 27)).turn(handled, Reading(handled.request)).shown
    )


def test_an_office_without_a_model_sees_no_opinion(tmp_path: Path) -> None:
    """Nothing about models where there is none."""
    assert "对话模型" not in card(tmp_path, SURE)


def test_the_opinion_is_shown_as_words(tmp_path: Path) -> None:
    """Stance, outcome, quotation and open points; what the model wrote is text, never markup."""
    shown = card(tmp_path, replace(SURE, vote=VOTE, engine="model"))
    for words in ("test-model：与内置研判一致。", "&lt;b&gt;未制作&lt;/b&gt;", "区局的联系方式"):
        assert words in shown
    assert "<b>未制作" not in shown


def test_a_disagreement_is_said(tmp_path: Path) -> None:
    """The clerk reads why nothing is proposed."""
    told = replace(SURE, vote=replace(VOTE, agrees=False), abstain=True, question="是否查过档案室？")
    assert "与内置研判不一致，所以先问，不作判断。" in card(tmp_path, told)


def test_a_model_that_failed_is_named(tmp_path: Path) -> None:
    """The notice stands above the classifier's result."""
    assert "连接不上" in card(tmp_path, replace(SURE, notice="对话模型连接不上。以下是内置分类器的结果。"))
