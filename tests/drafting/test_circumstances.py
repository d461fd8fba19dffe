"""What happened on the way to the reply stands in it, and nothing that did not happen."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant.drafting.compose import Composer
from assistant.drafting.verify import load_letter_parts, verify
from assistant.law.instruments import StatuteBook
from assistant.law.outcomes import Outcomes
from assistant.settings import ROOT
from tests.drafting.conftest import composed, sample_facts

CASES = yaml.safe_load((Path(__file__).parent / "circumstances.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_the_reply_tells_what_happened(
    case: dict[str, Any], composer: Composer, outcomes: Outcomes, statutes: StatuteBook
) -> None:
    """The words a jurist wants, the facts that are then wanted, and the gate's consent where nothing is missing."""
    facts = dict(case["facts"])
    if "agency" in facts:
        facts["agency"] = {**sample_facts(case["letter"])["agency"], **facts["agency"]}
    draft = composed(case["letter"], composer, outcomes, **facts)
    assert case.get("missing", []) == [gap.key for gap in draft.missing]
    assert [] == [words for words in case.get("says", ()) if words not in draft.text]
    assert [] == [words for words in case.get("never", ()) if words in draft.text]
    if not draft.missing:
        parts = load_letter_parts(ROOT / "corpus" / "rules")
        verdict = verify(
            draft.text,
            book=statutes,
            outcomes=outcomes,
            remedies=composer.remedies,
            parts=parts,
            on=draft.on,
            code=draft.outcome,
        )
        assert [] == [one.message for one in verdict.findings if one.severity == "error"]
