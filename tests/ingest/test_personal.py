"""Personal data and its look-alikes: what is found, where, and how sure that is."""

import time
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.errors import CorpusError
from assistant.ingest.personal import FILE, load_personal_kinds
from assistant.ingest.personal_finding import canonical, find_personal_data
from assistant.ingest.personal_proofs import gb11643, luhn
from assistant.settings import ROOT

RULES = ROOT / "corpus" / "rules"
CASES = yaml.safe_load((Path(__file__).parent / "personal_cases.yaml").read_text(encoding="utf-8"))


def found_in(text: str) -> list[list[str]]:
    """Kind and words of each datum, 疑似 marked as in the cases."""
    return [[d.kind.key + ("" if d.certain else "?"), d.text] for d in find_personal_data(text)]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"])
def test_personal_data_is_found_and_its_likeness_left_alone(case: dict[str, Any]) -> None:
    """Kind and words, in the order of the text, and nothing else."""
    assert case["found"] == found_in(case["text"])


PIECES = [case["text"] for case in CASES] + ["\n", "，", "申请人：", "电话", "⟦身份证1⟧", "　", "1", "公"]


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=6), max_size=6).map("".join))
@settings(max_examples=150, deadline=None)
def test_spans_lead_back_to_the_text_and_never_overlap(text: str) -> None:
    """Whatever the text holds."""
    data = find_personal_data(text)
    assert [d.text for d in data] == [text[d.start : d.end] for d in data]
    assert all(one.end <= later.start for one, later in zip(data, data[1:], strict=False))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("138 1234 5678", "１３８１２３４５６７８"),
        ("+86 13812345678", "138-1234-5678"),
        ("33068119550809121x", "330681 19550809 121X"),
        ("（0575）87654321", "0575-87654321"),
    ],
)
def test_a_datum_is_the_same_however_it_is_written(one: str, other: str) -> None:
    """Width, blanks, hyphens, case and country code do not make another number."""
    assert canonical(one) == canonical(other)


@pytest.mark.parametrize(
    "filler", ["公", "1", "a", "申请人：", "住", "市", "1 ", "我叫", "浙A", "138 ", "李"]
)
def test_long_texts_take_no_longer_than_they_are_long(filler: str) -> None:
    """A hundred thousand characters of what looks like a beginning."""
    began = time.perf_counter()
    find_personal_data(filler * (100_000 // len(filler)))
    assert time.perf_counter() - began < 4


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("proof: bank_card", "proof: mod97", "bank_card patterns 第1行：“proof”的值 'mod97' 应为"),
        ("gate: true", "gates: true", "id_card：缺少“gate”"),
        ("ALONE[A-Z]{1,2}", "ALONE([A-Z]{1,2}", "id_card patterns 第5行：不是有效的正则表达式"),
        ("key: permit", "key: id_card", "id_card：有效期重叠"),
        ("regions:", "region:", "缺少“regions”"),
    ],
)
def test_a_broken_rule_is_named(old: str, new: str, words: str, tmp_path: Path) -> None:
    """File, row and key of a rule that cannot be used."""
    shipped = (RULES / FILE).read_text(encoding="utf-8")
    assert old in shipped
    (tmp_path / FILE).write_text(shipped.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(CorpusError, match=words):
        load_personal_kinds(tmp_path)


@pytest.mark.parametrize(("number", "proved"), [("11010519491231002X", True), ("110105194912310021", False)])
def test_an_id_number_is_proved_by_its_check_digit(number: str, proved: bool) -> None:
    """GB 11643's own example."""
    assert proved == gb11643(number)


@pytest.mark.parametrize(
    ("number", "proved"), [("6222021234567890128", True), ("6222021234567890123", False)]
)
def test_a_bank_card_is_proved_by_its_check_digit(number: str, proved: bool) -> None:
    """Luhn."""
    assert proved == luhn(number)


def test_every_kind_names_law_that_holds() -> None:
    """A basis, and a day on which it was looked at."""
    kinds = load_personal_kinds(RULES)
    assert all(kind.basis and kind.validity.holds(date(2026, 11, 27)) for kind in kinds)
