"""Facts that cannot stand are named in one Chinese line; nothing a clerk types breaks a letter."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.drafting.compose import Composer
from assistant.drafting.document import docx_bytes
from assistant.drafting.draft import Draft
from assistant.drafting.facts import agency_of, check_facts, read_facts
from assistant.errors import InputError
from assistant.ingest.files.readers import read_letter_bytes
from assistant.law.outcomes import Outcomes
from assistant.settings import Agency
from tests.drafting.conftest import composed

CASES = yaml.safe_load((Path(__file__).parent / "bad_facts.yaml").read_text(encoding="utf-8"))
MARKUP = [
    "<script>alert(1)</script>",
    "{court}{{x}}",
    "[点此](http://example.invalid)",
    "<第十四条>",
    "【待补：理由】",
    "# 标题",
    "%s %d",
]


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_a_fault_is_one_line_that_names_it(
    case: dict[str, Any], composer: Composer, outcomes: Outcomes
) -> None:
    """What, where, what to do: no letter is written."""
    facts = {key: "长" * 10_001 if value == "LONG" else value for key, value in case["facts"].items()}
    with pytest.raises(InputError) as fault:
        composed(case["letter"], composer, outcomes, **facts)
    message = str(fault.value)
    assert "\n" not in message
    assert [] == [words for words in case["words"] if words not in message]


@pytest.mark.parametrize("words", MARKUP)
def test_markup_is_printed_as_it_stands_and_the_file_opens(
    words: str, composer: Composer, outcomes: Outcomes
) -> None:
    """A fact is never a template, a tag or a link."""
    draft = composed("not_held_absent", composer, outcomes, absence_reason=f"甲{words}乙", asked=words)
    assert f"甲{words}乙" in draft.text
    assert f"甲{words}乙" in read_letter_bytes("reply.docx", docx_bytes(draft))


@pytest.mark.parametrize("words", MARKUP[:3])
def test_what_looks_like_markup_is_told_the_clerk(words: str, composer: Composer, outcomes: Outcomes) -> None:
    """With the fact it stands in."""
    draft = composed("not_held_absent", composer, outcomes, absence_reason=words)
    assert any("“absence_reason”里有像标记的文字" in warning for warning in draft.warnings)


def test_a_list_of_lists_without_end_is_named_at_once(tmp_path: Path, composer: Composer) -> None:
    """YAML that refers to itself ten times over at each of twenty levels: one line, at once."""
    rows = ["a0: &a0 [甲, 甲, 甲, 甲, 甲, 甲, 甲, 甲, 甲, 甲]"]
    rows += [f"a{n}: &a{n} [" + ", ".join([f"*a{n - 1}"] * 10) + "]" for n in range(1, 20)]
    for key in ("reason", "enclosures", "received_on", "fee_count", "served_how", "agency", "items"):
        nested = "\n".join(f"  {row}" for row in rows)
        (tmp_path / "f.yaml").write_text(f"road:\n{nested}\n{key}: *a19\n", encoding="utf-8")
        with pytest.raises(InputError, match="应为|无法识别"):
            agency_of(read_facts(tmp_path / "f.yaml", composer.library), Agency())


def test_a_file_that_is_no_facts_file_is_refused_by_size(tmp_path: Path, composer: Composer) -> None:
    """No case has a megabyte of facts."""
    (tmp_path / "f.yaml").write_text("reason: " + "长" * 400_000, encoding="utf-8")
    with pytest.raises(InputError, match="超过 1 MB"):
        read_facts(tmp_path / "f.yaml", composer.library)


def test_ten_thousand_characters_are_still_a_fact(composer: Composer, outcomes: Outcomes) -> None:
    """The limit itself is allowed, and the letter is whole."""
    draft = composed("not_held_absent", composer, outcomes, search_record="检" * 10_000)
    assert "检" * 10_000 in draft.text
    assert () == draft.missing


WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
VALUES = st.one_of(
    WORDS, st.integers(), st.booleans(), st.none(), st.lists(WORDS, max_size=3), st.dates(), st.floats()
)


@settings(max_examples=120, deadline=None)
@given(
    key=st.sampled_from(
        [
            "reason",
            "enclosures",
            "withheld",
            "received_on",
            "served_how",
            "fee_count",
            "agency",
            "items",
            "together",
            "road",
        ]
    ),
    value=VALUES,
)
def test_any_value_is_a_fact_or_named(key: str, value: Any, composer: Composer, outcomes: Outcomes) -> None:
    """A letter that opens, or one line: never anything else."""
    drafted: Draft | None = None
    try:
        facts = check_facts({key: value, "replied_on": date(2026, 11, 23)}, composer.library)
        facts.pop("items", None)
        drafted = composer.compose(outcomes["other.other"], facts, date(2026, 11, 23))
    except InputError as fault:
        assert "\n" not in str(fault)
    if drafted:
        assert drafted.text.startswith("政府信息公开申请告知书\n")
        assert len(drafted.blocks) == len(drafted.text.split("\n"))
