"""What a letter says of itself, on the card: who asks through whom, what else it wants, what it lacks."""

from html import unescape
from re import sub

import pytest

from assistant.web.case import Case
from assistant.web.desk import Desk
from tests.web.office import LETTER

FULL = """政府信息公开申请书
青石市东塘街道办事处：
申请公开下列信息：
1.东塘小学操场改造项目的施工合同；
2.其他相关材料。
申请用途：维权需要。请你们查处施工单位偷工减料的行为。
获取方式：邮寄纸质件。

申请人：周明德
委托代理人：李文
2026年11月2日
"""
TWO = """政府信息公开申请书
申请公开东塘小学操场改造项目的施工合同。
申请人：周明德
2026年11月2日

政府信息公开申请书
申请公开北河桥检测报告。
申请人：王立新
2026年11月3日
"""


def card(desk: Desk, letter: str) -> str:
    """The words of the card, without its tags."""
    return unescape(sub(r"<[^>]+>", " ", desk.take(Case(), letter).turns[-1].shown))


@pytest.mark.parametrize(
    "words",
    [
        "申请人：周明德（自然人）",
        "代理人：李文（申请人的类别不因代理改变）",
        "来信里的其他要求",
        "要求处理、查处、赔偿等",
        "来信写的“其他相关材料”不能指明是哪一项信息。",
        "需要补正的，把下列各项一次告知申请人。",
        "身份证明：请提供身份证明",
        "《政府信息公开条例》第二十九条第二款第（一）项",
        "不能作为补正理由",
        "申请的用途或者“三需要”：",
        "请经办人留意",
        "授权委托书：请提供申请人签名的授权委托书",
    ],
)
def test_what_a_letter_says_is_told(words: str, desk: Desk) -> None:
    """Column of the applicant, agent apart, demands apart, every point of the one correction notice."""
    assert words in card(desk, FULL)


def test_a_doubt_is_told_before_anything_is_taken(desk: Desk) -> None:
    """Two requests of different people in one text: neither name is taken for the applicant."""
    shown = card(desk, TWO)
    assert "请先核对" in shown
    assert "申请人：周明德" not in shown


def test_a_kind_the_name_does_not_tell_is_left_open(desk: Desk) -> None:
    """Nothing is guessed for table two."""
    assert "甲乙丙丁戊己中心筹备组（类别未写明）" in card(
        desk, LETTER.replace("周明德", "甲乙丙丁戊己中心筹备组")
    )


def test_a_letter_that_lacks_nothing_shows_no_empty_section(desk: Desk) -> None:
    """No demands, no doubts, no gaps: no headings for them."""
    whole = LETTER.replace("申请人：周明德", "附：身份证复印件\n联系地址：青石市东塘路1号\n申请人：周明德")
    shown = card(desk, whole)
    for heading in ("请先核对", "来信里的其他要求", "申请书里还缺", "不能作为补正理由", "请经办人留意"):
        assert heading not in shown


def test_tags_in_a_letter_stay_words(desk: Desk) -> None:
    """In the agent's name and in a demand too."""
    shown = (
        desk.take(Case(), FULL.replace("李文", "李<b>文</b>").replace("偷工减料", "<script>")).turns[-1].shown
    )
    assert "<script" not in shown
    assert "<b>" not in shown
