"""Reading the letter: what it says, where, and what the law misses in it."""

from datetime import date

import pytest

from assistant.errors import InputError
from assistant.settings import ROOT
from assistant.triage.classifier import Classifier
from assistant.triage.letter import LIMIT, read_request
from assistant.triage.points import load_points, missing_points

LETTER = """政府信息公开申请书

柳河县石桥镇人民政府：
    根据《中华人民共和国政府信息公开条例》第二十七条，申请公开以下信息：
1.2023年石桥村水渠改造合同；
2.该工程竣工验收表。
    请以电子邮件提供。

申请人：周小满
身份证号：110101199003074514
联系电话：13912345678
2026年3月5日
"""


def test_a_whole_letter_is_read() -> None:
    """Who asks whom, for what, in which form, when, under which article."""
    request = read_request(LETTER)
    assert "周小满" == request.applicant
    assert "13912345678" in (request.contact or "")
    assert request.has_identity
    assert "电子邮件" == request.form
    assert date(2026, 3, 5) == request.on
    assert "柳河县石桥镇人民政府" == request.agency
    assert [27] == [found.article for found in request.cited]
    assert () == request.missing


def test_items_lead_back_to_the_letter() -> None:
    """Each numbered thing asked for is a slice of the text."""
    items = read_request(LETTER).items
    assert ["2023年石桥村水渠改造合同", "该工程竣工验收表"] == [item.text for item in items]
    assert all(item.text == LETTER[item.start : item.end] for item in items)


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("申请公开2022年我镇某村征地补偿安置方案", "2022年我镇某村征地补偿安置方案"),
        ("你好，请公开农贸市场改造的批复，请以纸质方式邮寄提供。", "农贸市场改造的批复"),
        ("所需信息名称：2024年部门预算。获取方式：网上下载", "2024年部门预算"),
        ("农贸市场改造的批复", "农贸市场改造的批复"),
    ],
)
def test_asked_are_the_applicants_own_words(text: str, asked: str) -> None:
    """The words that describe the information, without the verb of asking or the form wanted."""
    assert asked == read_request(text).asked


def test_the_body_holds_no_personal_lines() -> None:
    """Letterhead, name, number and date are not what a letter is judged by."""
    body = read_request(LETTER).body
    assert "水渠改造合同" in body
    assert not any(words in body for words in ("周小满", "139", "1101", "申请书", "2026年"))


def test_missing_points_name_their_article(classifier: Classifier) -> None:
    """What the letter does not fill comes with the provision that wants it."""
    points = load_points(ROOT / "corpus" / "rules")
    missing = missing_points(read_request("申请公开全部材料"), points, date(2026, 11, 23))
    assert ["applicant", "identity", "contact", "description", "form"] == [point.key for point in missing]
    assert "《政府信息公开条例》第二十九条第二款第（二）项" == str(missing[3].basis[0])


@pytest.mark.parametrize("text", ["", "  \n\t　"])
def test_an_empty_letter_is_refused(text: str, classifier: Classifier) -> None:
    """One clear line, from reading and from proposing."""
    for read in (read_request, classifier.propose):
        with pytest.raises(InputError, match="申请内容是空的"):
            read(text)


def test_an_endless_letter_is_refused() -> None:
    """Two megabytes are no letter."""
    with pytest.raises(InputError, match="超过 1 MB"):
        read_request("公" * (2 * LIMIT))
