"""The drafting task: a letter for every set of facts, judged by patterns of its own."""

from dataclasses import replace

import pytest

from assistant.errors import InputError
from assistant.law.instruments import StatuteBook
from assistant.law.rules import read_rules
from assistant.pipeline import Assistant
from evals.articles import dead_or_missing, missing
from evals.drafting import EXPECTED, DraftCase, Written, judge, written
from evals.letters import CASES, FactSet, composed, fact_sets

KIND = "not_held_absent"


@pytest.fixture(scope="module")
def one(assistant: Assistant) -> FactSet:
    """One set of facts of a letter that says nothing was found."""
    return next(given for given in fact_sets(assistant) if given.letter == KIND)


@pytest.fixture(scope="module")
def case(one: FactSet) -> DraftCase:
    """The case of it."""
    return DraftCase(one.id, one.letter, one, read_rules(EXPECTED)["letters"][KIND])


@pytest.fixture(scope="module")
def right(assistant: Assistant, case: DraftCase) -> Written:
    """Its draft, which is right."""
    return written(assistant, case)


def test_every_letter_has_facts_and_what_is_wanted_of_it(assistant: Assistant) -> None:
    """Two hundred and forty sets and more, over all letters of the library."""
    sets = list(fact_sets(assistant))
    assert 240 <= len(sets)
    assert set(assistant.letters.letters) == {given.letter for given in sets}
    assert set(assistant.letters.letters) <= set(read_rules(EXPECTED)["letters"])


def test_a_letter_without_facts_is_named(assistant: Assistant) -> None:
    """A new letter of the library wants its facts here, too."""
    found = read_rules(CASES)
    more = {**found, "letters": {**found["letters"], "another": found["letters"]["other"]}}
    with pytest.raises(InputError, match="another"):
        list(fact_sets(assistant, more))


def test_missing_facts_are_named(assistant: Assistant, one: FactSet) -> None:
    """A gap in a letter would be a fault of the facts, not of the draft."""
    facts = {key: value for key, value in one.facts.items() if key != "search_record"}
    with pytest.raises(InputError, match="缺少 search_record"):
        composed(assistant, replace(one, facts=facts))


def test_a_right_letter_has_every_mark(case: DraftCase, right: Written, statutes: StatuteBook) -> None:
    """Nothing is found in what the library writes from whole facts."""
    judged = judge(case, right, statutes)
    assert set(judged.values.values()) == {1.0}, judged.explanation


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("六个月内直接", "三个月内直接", "remedy"),
        ("（四）项", "（五）项", "basis"),
        (
            "政府信息公开条例》（以下简称《条例》）第三十六条",
            "政府信息公开条例》（以下简称《条例》）第九十条",
            "living",
        ),
        ("砖瓦厂", "石灰窑", "facts"),
        ("左一鸣：", "", "whole"),
    ],
)
def test_a_letter_with_a_fault_loses_its_mark(
    case: DraftCase, right: Written, statutes: StatuteBook, old: str, new: str, key: str
) -> None:
    """Each mark is its own: judged without the gate."""
    assert old in right.text
    text = right.text.replace(old, new)
    assert 0.0 == judge(case, replace(right, text=text), statutes).values[key]


def test_what_the_gate_says_is_counted(case: DraftCase, right: Written, statutes: StatuteBook) -> None:
    """An error is no signature; a warning is noise."""
    said = replace(right, errors=("错",), doubts=("疑",))
    assert (0.0, 0.0) == tuple(judge(case, said, statutes).values[key] for key in ("signed", "quiet"))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("《中华人民共和国政府信息公开条例》（以下简称《条例》）第五十六条", []),
        ("《条例》第三十六条和《条例》第六十条", ["《条例》第六十条"]),
        ("《某某办法》第九十条", []),
    ],
)
def test_the_simple_check_sees_only_articles_that_do_not_exist(
    text: str, found: list[str], statutes: StatuteBook
) -> None:
    """The Regulation has 56 articles; of a statute it does not know it says nothing."""
    assert found == missing(text, statutes)


def test_the_simple_check_knows_dead_texts(case: DraftCase, statutes: StatuteBook) -> None:
    """A judicial interpretation of which no edition is in force."""
    text = "《最高人民法院关于审理政府信息公开行政案件若干问题的规定》第五条"
    assert 1 == len(dead_or_missing(text, statutes, case.given.on))
