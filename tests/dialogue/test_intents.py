"""Letter, reply or question: told by how a message is written."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant.dialogue.intents import could_be_letter, intent_of, is_letter, words_of
from assistant.settings import ROOT

CASES = yaml.safe_load(Path(__file__).with_name("intents.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["message"][:24])
def test_a_message_is_what_it_is_written_as(case: dict[str, str]) -> None:
    """Each message of intents.yaml has its kind."""
    assert case["intent"] == intent_of(case["message"])


def share_right(folder: str, key: str, letter: bool) -> float:
    """The share of labelled texts told rightly."""
    paths = sorted((ROOT / "evals" / "data" / folder).glob("*.jsonl"))
    rows = [json.loads(line) for path in paths for line in path.read_text(encoding="utf-8").splitlines()]
    return sum(is_letter(row[key]) is letter for row in rows) / len(rows)


def test_labelled_requests_are_letters() -> None:
    """Of the labelled requests, most without any letterhead, at least 95 in 100 are told."""
    assert share_right("requests", "request", letter=True) >= 0.95


def test_labelled_questions_are_questions() -> None:
    """Of the labelled questions at least 95 in 100 are told."""
    assert share_right("questions", "query", letter=False) >= 0.95


def test_a_question_near_the_border_may_still_be_called_a_letter() -> None:
    """The page offers the other reading where the words could be either, and not elsewhere."""
    assert could_be_letter("公开申请人的示威游行许可证")
    assert not could_be_letter("第三方一直不回复怎么办，要等多久？")


@pytest.mark.parametrize(
    "content",
    [
        "条例36条",
        {"text": "条例36条", "files": []},
        {"role": "user", "content": "条例36条"},
        [{"type": "text", "text": "条例36条"}],
        [{"type": "text", "text": "条例36条"}, {"type": "file", "file": {"path": "a.txt"}}],
        {"role": "user", "content": [{"type": "text", "text": "条例36条"}]},
    ],
)
def test_the_words_of_a_message_are_had_however_it_comes(content: Any) -> None:
    """A string, one block, or a list of blocks with files among them."""
    assert "条例36条" == words_of(content)


@pytest.mark.parametrize("content", ["", None, {}, [], {"text": None}, [{"type": "file"}]])
def test_a_message_without_words_has_none(content: Any) -> None:
    """No words is an empty text, never an error."""
    assert "" == words_of(content)
