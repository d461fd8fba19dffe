"""The gate: our own letters pass, every fault is named at its place, letters in other words are not refused."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant.drafting.compose import Composer
from assistant.drafting.verify import LetterParts, Verdict, load_letter_parts, verify
from assistant.law.instruments import StatuteBook
from assistant.law.outcomes import Outcomes
from assistant.law.remedies import RemedyTable, load_remedies
from assistant.settings import ROOT
from tests.drafting.conftest import LETTERS, ON, composed

HERE = Path(__file__).parent
CASES = yaml.safe_load((HERE / "verify_cases.yaml").read_text(encoding="utf-8"))
REAL_MANNER = yaml.safe_load((HERE / "other_wordings.yaml").read_text(encoding="utf-8"))
RULES = ROOT / "corpus" / "rules"


@dataclass(frozen=True)
class Gate:
    """The gate over the shipped corpus."""

    book: StatuteBook
    outcomes: Outcomes
    remedies: RemedyTable
    parts: LetterParts

    def check(self, text: str, code: str | None = None) -> Verdict:
        """The verdict as of the test's day."""
        return verify(
            text, book=self.book, outcomes=self.outcomes, remedies=self.remedies, parts=self.parts, on=ON, code=code
        )


@pytest.fixture(scope="session")
def gate(statutes: StatuteBook, outcomes: Outcomes) -> Gate:
    """Rules and statutes as shipped."""
    return Gate(statutes, outcomes, load_remedies(RULES), load_letter_parts(RULES))


@pytest.mark.parametrize("letter", LETTERS)
def test_our_own_letters_pass_without_a_word(
    letter: str, gate: Gate, composer: Composer, outcomes: Outcomes
) -> None:
    """With and without the outcome's code: no error, no warning."""
    draft = composed(letter, composer, outcomes)
    assert () == gate.check(draft.text, draft.outcome).findings
    assert () == gate.check(draft.text).findings


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['letter']}: {case['new'][:18]!r}")
def test_each_fault_is_named_at_its_place(
    case: dict[str, Any], gate: Gate, composer: Composer, outcomes: Outcomes
) -> None:
    """The check and the words of the message a clerk needs, and a span inside the letter."""
    draft = composed(case["letter"], composer, outcomes)
    if case["check"] is None:
        assert case["old"] not in draft.text
        return
    assert case["old"] in draft.text
    text = draft.text.replace(case["old"], case["new"])
    verdict = gate.check(text, draft.outcome if case["code"] else None)
    named = [finding for finding in verdict.findings if finding.check == case["check"]]
    assert any(case["words"] in finding.message for finding in named), verdict.findings
    assert verdict.passes == all(finding.severity == "warning" for finding in verdict.findings)
    assert all(0 <= finding.start <= finding.end <= len(text) for finding in verdict.findings)


@pytest.mark.parametrize("letter", REAL_MANNER, ids=lambda letter: letter["name"])
def test_a_right_letter_in_other_words_is_not_refused(letter: dict[str, str], gate: Gate) -> None:
    """Agencies write differently; an error is only what the law makes sure."""
    assert [] == [f for f in gate.check(letter["text"], letter.get("code")).findings if f.severity == "error"]


def test_an_empty_letter_lacks_every_part(gate: Gate) -> None:
    """Nothing is there, and each mandatory part is named."""
    verdict = gate.check("")
    assert not verdict.passes
    assert {"mandatory_part", "remedy"} == {finding.check for finding in verdict.findings}


def test_the_verdict_has_the_shape_of_the_contract(gate: Gate) -> None:
    """Field names others script against."""
    found = gate.check("依据《条例》第六十条").to_json()
    assert {"passes", "citations", "findings"} == set(found)
    assert {"text", "start", "end", "ref", "status"} == set(found["citations"][0])
    assert {"severity", "check", "start", "end", "message"} == set(found["findings"][0])


def test_an_identity_number_with_a_wrong_check_digit_is_none(gate: Gate) -> None:
    """Document numbers that look like one raise no alarm."""
    assert "personal_data" not in {f.check for f in gate.check("索引号110101199003074478").findings}
