"""Citations: found, resolved as of a day, led back to the original text."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant.law.citations import annotate, cite
from assistant.law.instruments import StatuteBook

CASES = yaml.safe_load((Path(__file__).parent / "citations.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:24])
def test_citations_resolve_as_of_the_day(case: dict[str, Any], statutes: StatuteBook) -> None:
    """Each citation of the case resolves to the provision and status the jurist wrote down."""
    found = cite(case["text"], statutes, case["as_of"])
    assert [tuple(row) for row in case["expected"]] == [
        (str(c.ref) if c.ref else None, c.status) for c in found
    ]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:24])
def test_spans_lead_back_to_the_text(case: dict[str, Any], statutes: StatuteBook) -> None:
    """text[start:end] is the citation as written."""
    for citation in cite(case["text"], statutes, case["as_of"]):
        assert citation.text == case["text"][citation.start : citation.end]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:24])
def test_annotating_with_the_same_words_changes_nothing(case: dict[str, Any], statutes: StatuteBook) -> None:
    """Annotation touches the citations and nothing else."""
    found = cite(case["text"], statutes, case["as_of"])
    assert case["text"] == annotate(case["text"], found, lambda citation: citation.text)
