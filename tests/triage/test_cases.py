"""The law cases: both sides of every hard border, as a jurist wrote them down."""

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant.triage.classifier import Classifier

CASES = yaml.safe_load((Path(__file__).parent / "cases.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["request"][:20])
def test_the_first_outcome_is_the_one_the_law_gives(case: dict[str, Any], classifier: Classifier) -> None:
    """The outcome named first is the expected one, or one a lawyer could defend."""
    proposal = classifier.propose(case["request"], case["findings"])
    assert proposal.outcomes[0].code in (case["expected"], *case.get("acceptable", ()))


@pytest.mark.parametrize("case", [c for c in CASES if "road" in c], ids=lambda case: case["request"][:20])
def test_the_findings_choose_the_road(case: dict[str, Any], classifier: Classifier) -> None:
    """Where the facts show the road, its provisions are the basis."""
    first = classifier.propose(case["request"], case["findings"]).outcomes[0]
    road = classifier.outcomes[case["expected"]].road(case["road"])
    assert (case["road"], tuple(map(str, road.basis))) == (first.road, first.basis)


def test_every_border_has_both_sides(classifier: Classifier) -> None:
    """At least two different outcomes are expected at each of the fifteen borders."""
    sides = {border: {c["expected"] for c in CASES if c["border"] == border} for border in range(1, 16)}
    assert {} == {border: codes for border, codes in sides.items() if len(codes) < 2}


def test_every_outcome_is_expected_somewhere(classifier: Classifier) -> None:
    """All 21 outcomes have a case."""
    assert set(classifier.outcomes) == set(Counter(case["expected"] for case in CASES))
