"""What a clerk asks to be done, told from its wording; and no letter or question is ever taken for it."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant.dialogue.wishes import wish_of
from assistant.law.outcomes import Outcomes, load_outcomes
from assistant.settings import ROOT

CASES = yaml.safe_load(Path(__file__).with_name("wishes.yaml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def outcomes() -> Outcomes:
    """The rows of the table."""
    return load_outcomes(ROOT / "corpus" / "rules")


@pytest.mark.parametrize("case", CASES["wishes"], ids=lambda case: case["say"])
def test_a_wish_is_understood(case: dict[str, Any], outcomes: Outcomes) -> None:
    """Its kind, the outcomes it may mean, the article, the paper."""
    wish = wish_of(case["say"], outcomes)
    assert wish is not None
    assert case["kind"] == wish.kind
    assert tuple(case.get("codes", ())) == wish.codes
    assert case.get("article") == (str(wish.article) if wish.article else None)
    assert case.get("paper") == wish.paper


@pytest.mark.parametrize("case", CASES["cannot"], ids=lambda case: case["say"])
def test_what_is_never_done_is_refused_with_the_way_instead(case: dict[str, str], outcomes: Outcomes) -> None:
    """The reason and what to do."""
    wish = wish_of(case["say"], outcomes)
    assert wish is not None and wish.reason is not None
    assert "cannot" == wish.kind
    assert case["words"] in wish.reason


@pytest.mark.parametrize("words", CASES["neither"])
def test_what_only_sounds_like_it_is_no_wish(words: str, outcomes: Outcomes) -> None:
    """It stays a question or a letter."""
    assert wish_of(words, outcomes) is None


@pytest.mark.parametrize(("folder", "key"), [("questions", "query"), ("requests", "request")])
def test_no_labelled_text_is_a_wish(folder: str, key: str, outcomes: Outcomes) -> None:
    """Of thousands of questions and letters not one is taken for something to do."""
    paths = sorted((ROOT / "evals" / "data" / folder).glob("*.jsonl"))
    rows = [json.loads(line) for path in paths for line in path.read_text(encoding="utf-8").splitlines()]
    assert [] == [row[key] for row in rows if wish_of(row[key], outcomes)]
