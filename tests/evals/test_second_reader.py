"""The test requests were labelled a second time, blind: how far readers agree is how far a machine can be right."""

import json

from assistant.law.outcomes import load_outcomes
from assistant.settings import ROOT
from evals.agreement import agreement
from evals.labelled import DATA, load_requests

OUTCOMES = load_outcomes(ROOT / "corpus" / "rules")
TESTED = {item.id: item for item in load_requests(OUTCOMES) if item.split == "test"}
SECOND = [
    json.loads(line) for line in (DATA / "second_reader.jsonl").read_text(encoding="utf-8").splitlines()
]


def test_every_test_request_was_read_twice() -> None:
    """All of them, each once, and with codes of the table."""
    assert sorted(TESTED) == sorted(row["id"] for row in SECOND)
    assert {code for row in SECOND for code in (row["outcome"], *row["acceptable"])} <= set(OUTCOMES)


def test_the_card_says_how_far_the_readers_agree() -> None:
    """Share labelled alike and Cohen's κ, with intervals over whole scenarios."""
    alike, kappa = agreement(list(TESTED.values()), {row["id"]: row["outcome"] for row in SECOND})
    assert alike and kappa
    card = (DATA / "README.md").read_text(encoding="utf-8")
    for found in (alike, kappa):
        assert f"{found.value:.3f} [{found.low:.3f}, {found.high:.3f}]" in card


def test_no_second_label_is_beyond_defence() -> None:
    """Where the two differ, the label of one is among what the other would accept."""
    differing = [row for row in SECOND if row["outcome"] != TESTED[row["id"]].outcome]
    assert [] == [
        row["id"]
        for row in differing
        if row["outcome"] not in TESTED[row["id"]].acceptable
        and TESTED[row["id"]].outcome not in row["acceptable"]
    ]
