"""The reply as a sheet: what is locked, what is a fact, what is missing, what is wrong."""

from dataclasses import replace
from datetime import date
from typing import get_args

from assistant.drafting.verdict import Check, Override
from assistant.web import paper
from assistant.web.case import Case, Checked
from assistant.web.desk import Desk
from tests.web.office import LETTER, NOT_HELD, Office

BAD = (
    "政府信息公开申请答复书\n周<b>明</b>德：\n"
    "根据《中华人民共和国政府信息公开条例》第六十条的规定，决定不予公开。"
)


def drafted(desk: Desk, **facts: str) -> Checked:
    """A draft with its verdict."""
    case = desk.reconsider(desk.take(Case(), LETTER), LETTER, NOT_HELD)
    checked = desk.write(desk.keep(case, facts)).checked
    assert checked is not None
    return checked


def checked(office: Office, text: str) -> Checked:
    """Any text with its verdict."""
    today = date(2026, 11, 20)
    return Checked(text, office.verify(text, today), today)


def test_every_span_is_shown_for_what_it_is(desk: Desk) -> None:
    """Law is locked and says where it comes from; facts and gaps are told apart."""
    shown = paper.sheet(drafted(desk, received_on="2026-11-03"))
    assert 'class="locked" title="锁定文字，出处：' in shown
    assert 'class="slot" title="事实：received_on">2026年11月3日<' in shown
    assert 'class="gap"' in shown


def test_gaps_are_listed_with_the_article_that_wants_them(desk: Desk) -> None:
    """The clerk sees what is missing and why."""
    shown = paper.verdict(drafted(desk))
    assert "收到申请的日期" in shown
    assert "《政府信息公开条例》第三十一条" in shown
    assert "补齐后才能导出" in shown


def test_a_fault_is_told_and_marked_where_it_stands(our_office: Office) -> None:
    """The words concerned, the message, and a mark in the text."""
    one = checked(our_office, BAD)
    assert "第六十条" in paper.verdict(one)
    assert "校验不通过" in paper.verdict(one)
    assert '<mark class="wrong error"' in paper.sheet(one)


def test_the_sheet_holds_every_word_once(our_office: Office) -> None:
    """Marks cut the text without losing or doubling a word."""
    from html import unescape
    from re import sub

    lines = sub(r"</p>(?=<p)", "\n", paper.sheet(checked(our_office, BAD)))
    assert BAD == unescape(sub(r"<[^>]+>", "", lines))


def test_a_reply_is_shown_as_the_words_it_is(our_office: Office) -> None:
    """A tag in a pasted reply stays text."""
    assert "周&lt;b&gt;明" in paper.sheet(checked(our_office, BAD))


def test_every_check_is_listed(our_office: Office) -> None:
    """All ten by name, those that hold too; none the gate knows is left out."""
    assert set(get_args(Check)) == set(paper.CHECKS)
    shown = paper.verdict(checked(our_office, BAD))
    assert all(label in shown for label in paper.CHECKS.values())


def test_what_the_clerk_should_know_of_a_draft_is_told(desk: Desk) -> None:
    """Warnings of the draft stand among the checks, as words, and not in the letter."""
    one = drafted(desk, received_on="2026-11-03")
    assert one.draft is not None
    doubtful = replace(one, draft=replace(one.draft, warnings=("复议机关<b>请核对</b>。",)))
    assert "复议机关&lt;b&gt;请核对" in paper.verdict(doubtful)
    assert "复议机关" not in paper.verdict(replace(one, draft=replace(one.draft, warnings=())))
    assert "请核对&lt;" not in paper.sheet(doubtful)


def test_who_let_a_letter_go_is_told(our_office: Office) -> None:
    """As words, above the errors, which stay."""
    one = checked(our_office, BAD)
    gone = replace(one, verdict=one.verdict.let_go(Override("<b>王</b>", "已复核")))
    shown = paper.verdict(gone)
    assert "&lt;b&gt;王&lt;/b&gt;</strong>已放行，理由：已复核" in shown
    assert "第六十条" in shown
    assert "已放行" not in paper.verdict(one)


def test_what_a_file_holds_is_listed() -> None:
    """One line each, as words; nothing where nothing was found."""
    assert "文件含有宏&lt;i&gt;。" in paper.found_in_file(("文件含有宏<i>",))
    assert "" == paper.found_in_file(())


def test_before_there_is_a_draft_the_place_says_so() -> None:
    """An empty state that teaches the next step."""
    assert "起草" in paper.sheet(None)
    assert "" == paper.verdict(None)
