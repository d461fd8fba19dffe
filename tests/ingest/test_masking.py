"""Personal data never leaves the process in clear."""

import pytest

from assistant.ingest.masking import mask

LETTER = "申请人：张三丰，身份证330681199001011234，电话13812345678、0575-87654321，卡6222021234567890123，邮箱a.b@c.com。张三丰敬上 13812345678"


@pytest.mark.parametrize(
    "secret",
    ["张三丰", "330681199001011234", "13812345678", "0575-87654321", "6222021234567890123", "a.b@c.com"],
)
def test_each_kind_of_personal_data_is_hidden(secret: str) -> None:
    """Name, ID number, mobile and fixed phone, bank card, e-mail."""
    assert secret not in mask(LETTER).text


def test_restoring_gives_the_letter_back() -> None:
    """Masking is reversible."""
    masked = mask(LETTER)
    assert LETTER == masked.restore(masked.text)


def test_the_same_data_has_the_same_mark() -> None:
    """A phone number named twice stays recognisably one."""
    assert 2 == mask(LETTER).text.count("〔手机号1〕")


@pytest.mark.parametrize(
    "text",
    [
        "诸政土征〔2022〕第13812345号",
        "面积1380.5平方米",
        "2023年第0575期",
        "索引号001008006002065/2024-154563",
    ],
)
def test_document_numbers_and_areas_are_not_personal_data(text: str) -> None:
    """Look-alikes stay as they are."""
    assert text == mask(text).text
