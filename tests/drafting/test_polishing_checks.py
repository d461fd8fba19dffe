"""Whether a model's words for a reason may stand: what is new, what is lost, what is decided in them."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant.drafting.polishing_checks import Material, check_words, plain_pairs
from assistant.drafting.prose import Passage, load_prose
from assistant.ingest.personal import load_personal_kinds
from assistant.law.instruments import StatuteBook
from assistant.model.faults import Unfit
from assistant.settings import ROOT

CASES = yaml.safe_load((Path(__file__).parent / "polishing_cases.yaml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def pairs(statutes: StatuteBook) -> frozenset[str]:
    """Ordinary legal language: that of the statutes."""
    return plain_pairs(a.text for one in statutes.instruments for a in one.articles.values())


def material(pairs: frozenset[str], *established: str) -> Material:
    """What was established, and no law."""
    return Material("\n".join(established), "", load_prose(ROOT / "corpus"), load_personal_kinds(), pairs)


def checked(case: dict[str, Any], pairs: frozenset[str]) -> dict[str, str]:
    """The words that stand. Raises Unfit."""
    passage = Passage(("reason",), "理由", case["old"], 300)
    given = material(pairs, case.get("material", ""), case["old"])
    return check_words({"reason": case["new"]}, [passage], given)


@pytest.mark.parametrize("case", [c for c in CASES if not c["fault"]], ids=lambda c: c["name"])
def test_words_that_only_say_it_better_stand(case: dict[str, Any], pairs: frozenset[str]) -> None:
    """Order, particles, a numeral written otherwise, and facts the material holds."""
    assert {"reason": case["new"]} == checked(case, pairs)


@pytest.mark.parametrize("case", [c for c in CASES if c["fault"]], ids=lambda c: c["name"])
def test_words_that_say_more_or_less_are_sent_back(case: dict[str, Any], pairs: frozenset[str]) -> None:
    """Each with what is wrong, in words for the model."""
    with pytest.raises(Unfit, match=case["fault"]):
        checked(case, pairs)


@pytest.mark.parametrize(
    ("answer", "fault"),
    [
        ({}, "缺少“reason”"),
        ({"reason": "经检索没有找到", "remedy": "不得起诉"}, "没有要求写的项目"),
        ({"reason": ""}, "不空的文字"),
        ({"reason": None}, "不空的文字"),
        ({"reason": ["经检索没有找到"]}, "不空的文字"),
    ],
)
def test_an_answer_has_the_passages_asked_for_and_no_other(
    answer: dict[str, Any], fault: str, pairs: frozenset[str]
) -> None:
    """A text for each, nothing beside."""
    passage = Passage(("reason",), "理由", "经检索没有找到", 300)
    with pytest.raises(Unfit, match=fault):
        check_words(answer, [passage], material(pairs, passage.words))
