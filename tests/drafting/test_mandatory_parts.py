"""The nine things every reply must carry are all asked for, each with its basis."""

from datetime import date

import pytest

from assistant.drafting.letter_parts import load_letter_parts, valid
from assistant.settings import ROOT

PARTS = {
    row.part: row for row in valid(load_letter_parts(ROOT / "corpus" / "rules").parts, date(2026, 11, 27))
}


@pytest.mark.parametrize(
    ("what", "parts"),
    [
        ("title and number", ["标题", "文号"]),
        ("addressee", ["主送"]),
        ("facts of the request", ["收到日期", "收到方式", "申请内容"]),
        ("finding", ["认定"]),
        ("decision with its article", ["决定", "依据条文"]),
        ("reason", ["理由"]),
        ("what is given and how", ["提供的方式"]),
        ("remedy", ["救济告知"]),
        ("organ, date, contact", ["落款", "答复日期", "联系方式"]),
    ],
)
def test_what_every_reply_must_carry_is_asked_for(what: str, parts: list[str]) -> None:
    """A part that is missing is told with the place that wants it."""
    for part in parts:
        assert PARTS[part].basis, f"{what}: {part}"
        assert PARTS[part].message


def test_what_rests_on_the_model_forms_alone_is_marked() -> None:
    """Layout is practice, not law."""
    unproved = {name for name, row in PARTS.items() if not row.validity.verified}
    assert {"标题", "文号", "认定", "落款", "联系方式"} == unproved
