"""Prompt files are strict."""

from pathlib import Path

import pytest

from assistant.errors import CorpusError
from assistant.model.prompts import load_prompt
from assistant.settings import ROOT

PROMPTS = ROOT / "prompts"


@pytest.mark.parametrize("path", sorted(PROMPTS.glob("*.yaml")), ids=lambda path: path.stem)
def test_every_shipped_prompt_loads_and_fills(path: Path) -> None:
    """Name, version, hash, and no variable left over."""
    prompt = load_prompt(PROMPTS, path.stem)
    assert 12 == len(prompt.hash)
    assert "$" not in prompt.fill(dict.fromkeys(prompt.variables, "甲"))


def test_a_missing_variable_is_named() -> None:
    """The error says which variable."""
    with pytest.raises(CorpusError, match="变量不符：question"):
        load_prompt(PROMPTS, "answer_question").fill({})


def test_an_unknown_key_is_named(tmp_path: Path) -> None:
    """The error says file and key."""
    text = (PROMPTS / "answer_question.yaml").read_text(encoding="utf-8") + "temperature: 1\n"
    (tmp_path / "answer_question.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(CorpusError, match="answer_question.yaml：不认识的键“temperature”"):
        load_prompt(tmp_path, "answer_question")


def test_words_in_a_question_are_no_template(tmp_path: Path) -> None:
    """A dollar sign in a question stays a dollar sign."""
    assert "$system" in load_prompt(PROMPTS, "answer_question").fill({"question": "$system"})
