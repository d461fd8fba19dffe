"""The shipped labelled sets: large enough, lawful, and free of leaks."""

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
import yaml

from assistant.law.instruments import StatuteBook
from assistant.law.outcomes import load_outcomes
from assistant.law.provisions import ProvisionRef
from assistant.retrieval.source import read_source
from assistant.settings import ROOT
from evals.labelled import LABELLED_ON, SPLITS, LabelledRequest, load_questions, load_requests
from evals.leakage import Text, near_duplicates, share_in_pairs, split_families
from evals.train_examples import STATEMENTS

OUTCOMES = load_outcomes(ROOT / "corpus" / "rules")
REQUESTS = load_requests(OUTCOMES)
QUESTIONS = load_questions()
PARTS = {
    "request": [Text(item.id, item.split, item.family, item.request) for item in REQUESTS],
    "findings": [Text(item.id, item.split, item.family, item.findings) for item in REQUESTS if item.findings],
    "query": [Text(item.id, item.split, item.family, item.query) for item in QUESTIONS],
}


def words_of(found: Any) -> Iterator[str]:
    """Every text in a YAML value."""
    if isinstance(found, str):
        yield found
    elif isinstance(found, dict):
        for value in found.values():
            yield from words_of(value)
    elif isinstance(found, list):
        for value in found:
            yield from words_of(value)


def trained_on(*texts: str) -> list[Text]:
    """Texts the models or the index learn from, besides the training split."""
    return [Text(f"other-{number}", "train", "other", words) for number, words in enumerate(texts)]


def tested() -> list[LabelledRequest]:
    """The test requests."""
    return [item for item in REQUESTS if item.split == "test"]


def test_there_are_at_least_105_test_requests() -> None:
    """Five for each of the 21 outcomes."""
    assert len(tested()) >= 105


@pytest.mark.parametrize("code", OUTCOMES)
def test_every_outcome_has_at_least_five_test_requests(code: str) -> None:
    """An outcome without test requests is not measured."""
    assert Counter(item.outcome for item in tested())[code] >= 5


def test_there_are_at_least_80_test_questions() -> None:
    """Questions the corpus answers, and some it does not."""
    questions = [item for item in QUESTIONS if item.split == "test"]
    assert sum(item.answerable for item in questions) >= 80
    assert any(not item.answerable for item in questions)


def test_every_hard_border_is_tested() -> None:
    """Each of the fifteen borders where practice goes wrong has a test request on it."""
    assert set(range(1, 16)) == {item.border for item in tested()} - {None}


def test_requests_with_and_without_findings_are_tested() -> None:
    """A clerk asks before and after the search."""
    assert {True, False} == {bool(item.findings) for item in tested()}


def test_every_relevant_provision_is_in_the_statute_book(statutes: StatuteBook) -> None:
    """A label that points to no text could never be found."""
    missing = {
        str(ref) for item in QUESTIONS for ref in item.relevant if statutes.text(ref, LABELLED_ON) is None
    }
    assert set() == missing


def test_every_relevant_report_part_is_a_passage(statutes: StatuteBook) -> None:
    """The same for the parts of reports."""
    passages = {passage.id for passage in read_source(ROOT / "corpus", statutes).passages}
    assert set() == {part.passage for item in QUESTIONS for part in item.reports} - passages


def test_every_article_held_is_asked_about(statutes: StatuteBook) -> None:
    """What nobody asks for could go missing unnoticed: in training and in test, six questions at least in all."""
    asked = Counter((ref, item.split) for item in QUESTIONS for ref in item.articles)
    held = {
        ProvisionRef(law.name, number, branch)
        for law in statutes.instruments
        for number, branch in law.articles
    }
    assert set() == {ref for ref in held if sum(asked[ref, split] for split in SPLITS) < 6}
    assert set() == {ref for ref in held if not asked[ref, "train"] or not asked[ref, "test"]}


def test_no_scenario_stands_in_two_splits() -> None:
    """A family belongs to one split."""
    assert [] == list(split_families(PARTS["request"]))


@pytest.mark.parametrize("part", PARTS)
def test_no_wording_stands_in_two_splits(part: str) -> None:
    """No near-duplicate across splits."""
    assert [] == [pair for pair in near_duplicates(PARTS[part]) if pair.crosses]


@pytest.mark.parametrize("part", PARTS)
def test_near_duplicates_are_rare(part: str) -> None:
    """Under two in a hundred, whatever the split."""
    assert share_in_pairs(PARTS[part]) < 0.02


@pytest.mark.parametrize("part", ["request", "findings"])
def test_further_training_texts_repeat_no_test_request(part: str) -> None:
    """The extra findings the classifier learns from are no wording of development or test items."""
    further = trained_on(
        *(
            words
            for path in STATEMENTS
            for words in words_of(yaml.safe_load(path.read_text(encoding="utf-8")))
        )
    )
    held_out = [text for text in PARTS[part] if text.split != "train"]
    assert [] == [pair for pair in near_duplicates([*further, *held_out]) if pair.crosses]


def test_the_index_repeats_no_test_question() -> None:
    """Questions and lay words filed under provisions come from the training part or from nowhere in the set."""
    rows = (ROOT / "corpus" / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    lay = words_of(yaml.safe_load((ROOT / "corpus" / "lay_terms.yaml").read_text(encoding="utf-8")))
    terms = [term for words in lay for term in words.split("、")]
    further = trained_on(*(json.loads(row)["query"] for row in rows), *terms)
    held_out = [text for text in PARTS["query"] if text.split != "train"]
    assert [] == [pair for pair in near_duplicates([*further, *held_out]) if pair.crosses]
