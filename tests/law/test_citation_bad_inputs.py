"""Citations that cannot stand: each fault is named in Chinese, with the edition and what to do."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant.drafting.letter_parts import load_letter_parts
from assistant.drafting.verify import verify
from assistant.law.instruments import StatuteBook
from assistant.law.outcomes import load_outcomes
from assistant.law.remedies import load_remedies
from assistant.settings import ROOT

FILE = yaml.safe_load(
    (Path(__file__).parents[1] / "bad_inputs" / "citations.yaml").read_text(encoding="utf-8")
)
RULES = ROOT / "corpus" / "rules"
CITED = ("article_exists", "in_force", "quote_verbatim")


def findings(text: str, on: date, book: StatuteBook) -> list[tuple[str, str, str]]:
    """Check, severity and message of what is said of the citations of a text."""
    parts, remedies, outcomes = load_letter_parts(RULES), load_remedies(RULES), load_outcomes(RULES)
    verdict = verify(text, book=book, outcomes=outcomes, remedies=remedies, parts=parts, on=on)
    return [(f.check, f.severity, f.message) for f in verdict.findings if f.check in CITED]


@pytest.mark.parametrize("case", FILE["cases"], ids=lambda case: case["fault"])
def test_each_fault_of_a_citation_is_named(case: dict[str, Any], statutes: StatuteBook) -> None:
    """The check, its severity, and the words of its message."""
    said = findings(case["text"], case.get("day", FILE["checked_on"]), statutes)
    named = [m for check, severity, m in said if (check, severity) == (case["check"], case["severity"])]
    assert any(all(word in message for word in case["words"]) for message in named), said


@pytest.mark.parametrize(
    "text",
    ["根据合同第三条", "依照《东塘村村规民约》第八条", "按照公司章程第五条、第六条", "根据附件2第三条"],
)
def test_clauses_of_contracts_and_charters_are_no_fault(text: str, statutes: StatuteBook) -> None:
    """They are no law, and nobody is asked for the name of one."""
    assert [] == findings(text, FILE["checked_on"], statutes)
