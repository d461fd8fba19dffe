"""The drafting task: a letter of every kind, whole and with one fault."""

from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from assistant.errors import InputError
from assistant.law.instruments import StatuteBook
from assistant.pipeline import Assistant
from evals.drafting import FACTS, KINDS, WHOLE, Checked, LetterCase, articles_exist, judge, letter_cases

CASE = LetterCase("x", "not_held_absent", "unable.not_held", "word", "没→有", "", date(2026, 11, 23))
REFUSED = Checked(False, frozenset({"quote_verbatim"}))
PASSED = Checked(True, frozenset())


def test_every_letter_is_composed_whole(assistant: Assistant) -> None:
    """Each letter of the clause library once as it should be."""
    whole = [case.family for case in letter_cases(assistant) if case.kind == WHOLE]
    assert sorted(assistant.letters.letters) == sorted(whole)


def test_every_outcome_has_a_letter_with_each_kind_of_fault(assistant: Assistant) -> None:
    """Faults are spread over all letters, not put into one."""
    kinds = Counter((case.family, case.kind) for case in letter_cases(assistant))
    for letter in assistant.letters.letters:
        assert kinds[letter, "article"] and kinds[letter, "remedy"]
    assert set(KINDS) == {kind for _, kind in kinds}


def test_a_letter_without_facts_is_named(assistant: Assistant, tmp_path: Path) -> None:
    """A new letter of the library wants its facts here, too."""
    file = tmp_path / "facts.yaml"
    file.write_text(FACTS.read_text(encoding="utf-8").replace("  other:", "  another:"), encoding="utf-8")
    with pytest.raises(InputError, match="another、other"):
        list(letter_cases(assistant, file))


def test_missing_facts_are_named(assistant: Assistant, tmp_path: Path) -> None:
    """A gap in a letter would be a fault of the facts, not of the check."""
    file = tmp_path / "facts.yaml"
    text = FACTS.read_text(encoding="utf-8").replace("    handling:", "    channel:")
    file.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match="other：缺少 handling"):
        list(letter_cases(assistant, file))


def test_a_whole_letter_must_pass_and_a_faulty_one_be_refused() -> None:
    """Both ways of being wrong count."""
    whole = replace(CASE, kind=WHOLE)
    said = [judge(case, checked).values["right"] for case in (whole, CASE) for checked in (PASSED, REFUSED)]
    assert [1.0, 0.0, 0.0, 1.0] == said


def test_a_fault_must_be_named_by_its_own_check() -> None:
    """Refused for another reason is refused by luck."""
    assert 1.0 == judge(CASE, REFUSED).values["named"]
    assert 0.0 == judge(replace(CASE, kind="remedy"), REFUSED).values["named"]
    assert "named" not in judge(replace(CASE, kind=WHOLE), REFUSED).values


@pytest.mark.parametrize(
    ("text", "passes"),
    [
        ("《中华人民共和国政府信息公开条例》（以下简称《条例》）第五十六条", True),
        ("《条例》第三十六条和《条例》第六十条", False),
        ("《某某办法》第九十条", True),
    ],
)
def test_the_simple_check_sees_only_articles_that_do_not_exist(
    text: str, passes: bool, statutes: StatuteBook
) -> None:
    """The Regulation has 56 articles; of a statute it does not know it says nothing."""
    assert passes == articles_exist(replace(CASE, text=text), statutes).passes
