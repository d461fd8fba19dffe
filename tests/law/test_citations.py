"""Citations: found, resolved as of a day, led back to the original text."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant.law.citations import annotate, cite
from assistant.law.instruments import StatuteBook
from assistant.law.provisions import ProvisionRef
from tests.law.citation_cases import LETTER, Expected, letter_on, themes

CASES = yaml.safe_load((Path(__file__).parent / "citations.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:24])
def test_citations_resolve_as_of_the_day(case: dict[str, Any], statutes: StatuteBook) -> None:
    """Each citation of the case resolves to the provision and status the jurist wrote down."""
    found = cite(case["text"], statutes, case["as_of"])
    assert [tuple(row) for row in case["expected"]] == [
        (str(c.ref) if c.ref else None, c.status) for c in found
    ]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:24])
def test_spans_lead_back_to_the_text(case: dict[str, Any], statutes: StatuteBook) -> None:
    """text[start:end] is the citation as written."""
    for citation in cite(case["text"], statutes, case["as_of"]):
        assert citation.text == case["text"][citation.start : citation.end]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:24])
def test_annotating_with_the_same_words_changes_nothing(case: dict[str, Any], statutes: StatuteBook) -> None:
    """Annotation touches the citations and nothing else."""
    found = cite(case["text"], statutes, case["as_of"])
    assert case["text"] == annotate(case["text"], found, lambda citation: citation.text)


@pytest.mark.parametrize(("theme", "text", "day", "expected"), themes())
def test_every_form_resolves_as_the_jurist_wrote(
    theme: str, text: str, day: date, expected: Expected, statutes: StatuteBook
) -> None:
    """The cases by theme: named, places, carried, private, written, in_force."""
    found = cite(text, statutes, day)
    assert expected == [(str(c.ref) if c.ref else None, c.status) for c in found], theme


@pytest.mark.parametrize("day", LETTER["days"])
def test_one_letter_with_every_form_stands_differently_on_each_day(day: date, statutes: StatuteBook) -> None:
    """Forty citations and more, each with its answer on three days."""
    found = cite(LETTER["text"], statutes, day)
    assert len(found) >= 40
    assert letter_on(day) == [(str(c.ref) if c.ref else None, c.status) for c in found]


@pytest.mark.parametrize(
    ("text", "day", "why"),
    [
        ("《条例》第六十条", date(2026, 11, 23), "no_article"),
        ("《条例》第十六条第三款", date(2026, 11, 23), "no_paragraph"),
        ("《条例》第三十六条第（九）项", date(2026, 11, 23), "no_item"),
        ("《条例》（2007年）第二十一条", date(2026, 11, 23), "no_longer"),
        ("《个人信息保护法》第四条", date(2021, 10, 31), "not_yet"),
        ("《条例》（2015年）第二十一条", date(2026, 11, 23), "unknown_edition"),
        ("《土地管理法》第四十五条", date(2026, 11, 23), "unknown"),
        ("《政府信息公开司法解释》第一条", date(2026, 11, 23), "ambiguous"),
        ("合同第三条", date(2026, 11, 23), "private"),
        ("依照第三十七条", date(2026, 11, 23), "unnamed"),
        ("《条例》第三十六条", date(2026, 11, 23), ""),
    ],
)
def test_each_way_of_failing_has_its_own_reason(
    text: str, day: date, why: str, statutes: StatuteBook
) -> None:
    """Five statuses, and within them what a clerk has to do something different about."""
    (citation,) = cite(text, statutes, day)
    assert why == citation.why


def test_the_edition_judged_is_known(statutes: StatuteBook) -> None:
    """The living one, or the one that has ended."""
    living, ended = cite("《条例》第十条、《条例》（2007年）第十条", statutes, date(2026, 11, 23))
    numbers = [c.edition.number for c in (living, ended) if c.edition]
    assert ["中华人民共和国国务院令第711号", "中华人民共和国国务院令第492号"] == numbers


def test_what_replaced_an_edition_is_known(statutes: StatuteBook) -> None:
    """By its number where one is recorded, else the next edition of the same name."""
    pairs = {"法释〔2011〕17号": "法释〔2025〕8号", "国务院令第492号": "中华人民共和国国务院令第711号"}
    for old, new in pairs.items():
        (edition,) = statutes.named(old)
        successor = statutes.successor(edition)
        assert successor is not None
        assert new == successor.number


def test_an_unresolved_citation_says_what_it_may_mean(statutes: StatuteBook) -> None:
    """Two titles where two could be meant; the paragraph's one where it only suggests it."""
    day = date(2026, 11, 23)
    (both,) = cite("《政府信息公开司法解释》第一条", statutes, day)
    _, suggested = cite("根据《条例》第三十六条。第三十七条另有规定。", statutes, day)
    assert (2, ("政府信息公开条例",)) == (len(both.could_be), suggested.could_be)


def test_what_a_range_leaves_unsaid_has_no_words(statutes: StatuteBook) -> None:
    """第十五条 in 第十四条至第十六条 stands between the two, with an empty span."""
    found = cite("《条例》第十四条至第十六条", statutes, date(2026, 11, 23))
    assert ["《条例》第十四条", "", "第十六条"] == [c.text for c in found]
    assert ProvisionRef("政府信息公开条例", 15) == found[1].ref


def test_annotation_marks_each_written_citation_once(statutes: StatuteBook) -> None:
    """The marks stand in the text; what is not written gets none."""
    text = "依照《条例》第十四条至第十六条和合同第三条。"
    marked = annotate(text, cite(text, statutes, date(2026, 11, 23)), lambda c: f"[{c.text}]")
    assert "依照[《条例》第十四条]至[第十六条]和[合同第三条]。" == marked
