"""The provisions an article points to, and those that point to it."""

from datetime import date

import pytest

from assistant.law.instruments import StatuteBook
from assistant.law.provisions import ProvisionRef
from assistant.retrieval.references import referred_from, refers_to

ON = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("article", "expected"),
    [(28, ["第二十七条"]), (30, []), (38, ["第三十七条"]), (1, [])],
)
def test_an_article_points_to_what_its_words_name(
    statutes: StatuteBook, article: int, expected: list[str]
) -> None:
    """本条例第三十七条 in article 38 is 政府信息公开条例第三十七条."""
    found = refers_to(statutes, ProvisionRef("政府信息公开条例", article), ON)
    assert expected == [ref.local for ref in found]


def test_an_article_knows_who_points_to_it(statutes: StatuteBook) -> None:
    """条例 28 names article 27."""
    found = referred_from(statutes, ProvisionRef("政府信息公开条例", 27), ON)
    assert "第二十八条" in [ref.local for ref in found]


def test_law_not_in_force_points_nowhere(statutes: StatuteBook) -> None:
    """Before the Regulation of 2019."""
    assert () == refers_to(statutes, ProvisionRef("政府信息公开条例", 30), date(2019, 5, 14))
