"""The 21 outcomes as dated rules."""

from datetime import date

import pytest

from assistant.errors import CorpusError, InputError
from assistant.ingest.statutes import load_statutes
from assistant.law.outcomes import FILE, known_outcome, load_outcomes
from assistant.settings import ROOT

RULES = ROOT / "corpus" / "rules"
# The contract's codes in the order of the annual-report table.
CODES = [
    "grant",
    "partial",
    "refuse.state_secret",
    "refuse.prohibited_by_law",
    "refuse.security_stability",
    "refuse.third_party",
    "refuse.internal_affairs",
    "refuse.deliberative",
    "refuse.enforcement_file",
    "refuse.administrative_query",
    "unable.not_held",
    "unable.needs_creation",
    "unable.still_unclear",
    "decline.petition",
    "decline.repeat",
    "decline.publication",
    "decline.excessive",
    "decline.reconfirm",
    "other.no_correction",
    "other.fee_unpaid",
    "other.other",
]


def test_the_table_has_its_21_rows_in_order() -> None:
    """Codes and order are the contract's."""
    assert CODES == list(load_outcomes(RULES))


def test_every_basis_is_living_law() -> None:
    """No outcome rests on a provision that does not exist today."""
    book = load_statutes(ROOT / "corpus")
    for outcome in load_outcomes(RULES).values():
        for ref in outcome.basis:
            assert "ok" == book.status(ref, date(2026, 11, 23)), f"{outcome.code}: {ref}"


def test_every_neighbour_has_its_question() -> None:
    """What separates two outcomes is asked as a question."""
    for outcome in load_outcomes(RULES).values():
        assert outcome.neighbours, outcome.code
        assert all(question.endswith(("？", "。")) for question in outcome.neighbours.values())


def test_an_unknown_code_is_named() -> None:
    """The error lists the codes there are."""
    with pytest.raises(InputError, match="不认识的处理结果代码“refuse.secret”.*refuse.state_secret"):
        known_outcome("refuse.secret", load_outcomes(RULES))


def test_a_misspelt_key_names_file_row_and_key(tmp_path) -> None:
    """A rule file that breaks its format says where."""
    text = (RULES / FILE).read_text(encoding="utf-8").replace("evidence:", "evidense:", 1)
    (tmp_path / FILE).write_text(text, encoding="utf-8")
    with pytest.raises(CorpusError, match="outcomes.yaml grant：缺少“evidence”"):
        load_outcomes(tmp_path)
