"""The picture and the tables are the rules: what is committed equals what is drawn."""

import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from datetime import date

import pytest

from assistant.errors import CorpusError
from assistant.settings import ROOT
from assistant.triage.answer_file import read_answer_file, read_answers, write_answers
from assistant.triage.decision_docs import PAGE, PICTURE, drawn_docs
from assistant.triage.decision_layout import CARD, lay_out, wrap
from assistant.triage.decision_picture import draw
from tests.triage.decision_ways import GRAPH, GUIDE, TODAY

DOCS = ROOT / "docs"
EDITION = GRAPH.on(GRAPH.turns[-1])
SVG = (DOCS / PICTURE).read_text(encoding="utf-8")
COMMITTED = (DOCS / PAGE).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", [PICTURE, PAGE])
def test_what_is_committed_is_what_the_rules_give(name: str) -> None:
    """`make picture` draws it anew."""
    drawn = drawn_docs(GUIDE, COMMITTED)
    assert drawn[name] == (DOCS / name).read_text(encoding="utf-8"), "run make picture"


def test_the_picture_holds_every_question_and_every_row_of_the_table() -> None:
    """Whole, in the words of the rules."""
    shown = "".join(ET.fromstring(SVG).itertext()).replace("\n", "")
    for question in EDITION.questions.values():
        assert question.words in shown, question.id
    for outcome in GUIDE.outcomes.values():
        assert outcome.label in shown


def test_no_card_lies_on_another_and_all_lie_on_the_picture() -> None:
    """Readable, whatever the rules grow to."""
    picture = lay_out(GRAPH, EDITION, GUIDE.outcomes)
    lanes: dict[float, list[tuple[float, float]]] = {}
    for place in (*picture.cards, *picture.outcomes):
        lanes.setdefault(place.x, []).append((place.y, place.y + place.height))
        assert place.x + CARD < picture.width
    for spans in lanes.values():
        ordered = sorted(spans)
        assert all(one[1] < other[0] for one, other in zip(ordered, ordered[1:], strict=False))
        assert ordered[-1][1] < picture.height


def test_a_changed_rule_changes_the_picture() -> None:
    """It is drawn from the rules and from nothing else."""
    first = EDITION.questions["pending"]
    other = replace(
        EDITION, questions={**EDITION.questions, "pending": replace(first, words="申请人还要吗？")}
    )
    assert draw(GRAPH, other, GUIDE.outcomes) != draw(GRAPH, EDITION, GUIDE.outcomes)


@pytest.mark.parametrize("day", GRAPH.turns)
def test_every_edition_can_be_drawn(day: date) -> None:
    """Well-formed, with as many cards as questions."""
    edition = GRAPH.on(day)
    drawn = ET.fromstring(draw(GRAPH, edition, GUIDE.outcomes))
    circles = [one for one in drawn.iter() if one.tag.endswith("circle")]
    assert len(edition.questions) == len(circles)


@pytest.mark.parametrize(
    ("words", "lines"),
    [
        ("要一份（或者几份）材料、数据", ("要一份（或者几份）", "材料、数据")),
        ("都有", ("都有",)),
        ("", ()),
    ],
)
def test_lines_break_where_a_person_would(words: str, lines: tuple[str, ...]) -> None:
    """After a mark, not in the middle of a word."""
    assert lines == wrap(words, 12 * 12.5, 12.5)


def test_a_page_without_its_places_is_refused() -> None:
    """A table is never lost in silence."""
    with pytest.raises(CorpusError, match="deciding.md：应有这些位置：questions"):
        drawn_docs(GUIDE, "# Deciding\n")


def test_the_example_of_the_docs_is_decided() -> None:
    """Partial, counted once, nothing lacking; written and read again it is the same."""
    case = read_answer_file(DOCS / "examples" / "decide.yaml")
    guidance = GUIDE.guide(case, TODAY)
    assert guidance.whole is not None
    assert ("partial", True) == (guidance.whole.outcome, guidance.ready)
    import yaml

    assert case == read_answers(yaml.safe_load(write_answers(case)))


def test_the_mermaid_block_names_only_nodes_it_has() -> None:
    """Every arrow starts and ends at a node."""
    block = COMMITTED.split("```mermaid\n")[1].split("```")[0]
    nodes = set(re.findall(r"^    ([qr]\d+)[\[(]", block, re.MULTILINE))
    ends = set(re.findall(r"\b([qr]\d+)\b", "\n".join(line for line in block.splitlines() if ">" in line)))
    assert len(EDITION.questions) + len(GUIDE.outcomes) == len(nodes)
    assert ends == nodes
