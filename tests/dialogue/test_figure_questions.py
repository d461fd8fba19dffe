"""Figures of published reports asked for in people's words: each answer from its cell, or none."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant.dialogue.answers import answer_question
from assistant.pipeline import Assistant

CASES = yaml.safe_load(Path(__file__).with_name("figure_questions.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["question"])
def test_a_figure_is_answered_from_its_cell_or_not_at_all(assistant: Assistant, case: dict[str, Any]) -> None:
    """The words of the answer, and whether it abstains; an answer names table, row and column."""
    answer = answer_question(assistant, case["question"])
    assert all(words in answer.answer for words in case["says"]), answer.answer
    assert (case["cells"] == 0) == answer.abstained
    if case["cells"]:
        assert "表" in answer.answer and "行" in answer.answer and "列" in answer.answer
