"""What the labelled sets promise: every side of every border, every outcome, facts that do not name their label."""

from collections import Counter
from typing import Any

import pytest
import yaml

from assistant.law.outcomes import load_outcomes
from assistant.settings import ROOT
from evals.labelled import BORDERS, DATA, SPLITS, LabelledRequest, load_questions, load_requests

OUTCOMES = load_outcomes(ROOT / "corpus" / "rules")
REQUESTS = load_requests(OUTCOMES)
QUESTIONS = load_questions()
RULES: dict[str, Any] = yaml.safe_load((DATA / "borders.yaml").read_text(encoding="utf-8"))
WORDS: dict[str, list[str]] = RULES["label_words"]
SIDES = [
    pytest.param(number, codes, id=f"{number}-{name}")
    for number, border in RULES["borders"].items()
    for name, codes in border["sides"].items()
]
THIN = 25
ARCHIVE = "《档案法》第二十八条"


def told(item: LabelledRequest) -> list[str]:
    """The words of its label that stand in an item's findings."""
    return [word for word in (*WORDS["everywhere"], *WORDS[item.outcome]) if word in item.findings]


def test_every_border_has_at_least_two_sides_of_known_outcomes() -> None:
    """The fifteen; no outcome stands on two sides of one."""
    assert list(BORDERS) == list(RULES["borders"])
    for border in RULES["borders"].values():
        codes = [code for side in border["sides"].values() for code in side]
        assert len(border["sides"]) >= 2
        assert len(codes) == len(set(codes))
        assert set() == set(codes) - set(OUTCOMES)


@pytest.mark.parametrize(("number", "codes"), SIDES)
def test_every_side_of_a_border_has_twelve_requests(number: int, codes: list[str]) -> None:
    """Twelve labelled on each side at least."""
    assert sum(item.border == number and item.outcome in codes for item in REQUESTS) >= 12


@pytest.mark.parametrize("code", OUTCOMES)
def test_every_outcome_has_fifty_requests(code: str) -> None:
    """Fifty for each row of the table, 1,050 in all."""
    assert Counter(item.outcome for item in REQUESTS)[code] >= 50


def test_there_are_at_least_1050_requests() -> None:
    """Fifty times 21."""
    assert len(REQUESTS) >= 1050


def test_about_a_third_of_the_findings_are_empty_or_thin() -> None:
    """A clerk asks before the search too: three in ten at least have none or under 25 characters."""
    assert sum(len(item.findings) < THIN for item in REQUESTS) / len(REQUESTS) >= 0.3


def test_no_findings_name_their_label() -> None:
    """Findings are facts: what a reply would conclude from them is for the reader to conclude."""
    assert {"everywhere", *OUTCOMES} == set(WORDS)
    assert {} == {item.id: words for item in REQUESTS if (words := told(item))}


def test_archives_handed_over_accept_both_rows() -> None:
    """Where to count them is unsettled: whichever row is first, the other is defensible."""
    handed = [item for item in REQUESTS if ARCHIVE in item.basis]
    assert len(handed) >= 12
    assert [] == [
        item.id for item in handed if {"other.other", "refuse.administrative_query"} != item.defensible
    ]


def test_there_are_3000_questions_over_180_provisions_and_parts() -> None:
    """At least 150 of them nothing in the corpus answers."""
    assert len(QUESTIONS) >= 3000
    assert len({unit for item in QUESTIONS for unit in item.units}) >= 180
    assert sum(not item.answerable for item in QUESTIONS) >= 150


@pytest.mark.parametrize("article", range(10, 46))
def test_articles_10_to_45_have_twelve_questions(article: int) -> None:
    """What a disclosure office works with daily."""
    asked = [ref for item in QUESTIONS for ref in item.articles if ref.law == "政府信息公开条例"]
    assert Counter(ref.article for ref in asked)[article] >= 12


def test_the_guide_has_a_rule_for_every_side() -> None:
    """Each border's title heads a rule of the guide, each side has its example there."""
    guide = (ROOT / "docs" / "labelling.md").read_text(encoding="utf-8")
    for number, border in RULES["borders"].items():
        assert f"### {number} {border['title']}\n" in guide
        rule = guide.split(f"### {number} ")[1].split("\n##")[0]
        assert [] == [name for name in border["sides"] if f"- *{name}* → " not in rule]


@pytest.mark.parametrize(("name", "items"), [("requests", REQUESTS), ("questions", QUESTIONS)])
def test_the_card_counts_what_lies_there(name: str, items: tuple[Any, ...]) -> None:
    """Items and splits of the first table."""
    card = (DATA / "README.md").read_text(encoding="utf-8")
    splits = Counter(item.split for item in items)
    counts = " | ".join(str(count) for count in (len(items), *(splits[split] for split in SPLITS)))
    assert f"| {name} | {counts} |" in card
