"""What the prose of a report says in figures: read with its words, or not at all."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant.ingest.annual.checks import standing_checks
from assistant.ingest.annual.narrative import Narrative, read_narrative
from assistant.ingest.annual.narrative_text import half_width, read_prose

CASES = yaml.safe_load((Path(__file__).parent / "narrative_cases.yaml").read_text(encoding="utf-8"))


def read(prose: str, year: int | None = 2023) -> Narrative:
    """The narrative of a section one that consists of this prose."""
    return read_narrative(read_prose(prose), standing_checks().narrative, year)


@pytest.mark.parametrize("case", CASES, ids=[case["prose"] for case in CASES])
def test_the_prose_is_read_as_a_clerk_reads_it(case: dict[str, Any]) -> None:
    """Items and values in the order of the text; nothing where the words do not say."""
    found = read(case["prose"])
    assert case.get("reads", []) == [[reading.item, reading.value] for reading in found.readings]
    assert case.get("claims", []) == [claim.kind for claim in found.claims]


@pytest.mark.parametrize("case", CASES, ids=[case["prose"] for case in CASES])
def test_every_reading_keeps_its_place(case: dict[str, Any]) -> None:
    """The span of a reading is its quotation."""
    found = read(case["prose"])
    for reading in (*found.readings, *found.claims):
        assert case["prose"][reading.start : reading.end] == reading.quote


def test_a_quotation_keeps_the_blanks_of_the_page() -> None:
    """Blanks and line ends inside a sentence are skipped in reading and kept in quoting."""
    prose = "全年我单位共收到自然人和法人提出的各类政府信息公开\n申请 20  件，办结 18 件。"
    found = read(prose)
    assert [20, 18] == [reading.value for reading in found.readings]
    assert "公开\n申请 20  件" in found.readings[0].quote


def test_a_sentence_names_its_year() -> None:
    """What is said of another year is marked with it."""
    found = read("2022年收到政府信息公开申请15件，2023年收到20件。")
    assert [(15, 2022), (20, 2023)] == [(reading.value, reading.year) for reading in found.readings]


def test_what_was_answered_in_time_is_a_part_at_most() -> None:
    """按时答复17件 does not say that no more were answered."""
    found = read("收到政府信息公开申请20件，按时答复17件。")
    assert [False, True] == [reading.at_most for reading in found.readings]


def test_a_table_in_section_one_is_no_prose() -> None:
    """Lines with cells are left out."""
    assert () == read("收到政府信息公开申请 | 20件 |\n").readings


def test_half_width_keeps_every_place() -> None:
    """One character stays one character."""
    text = "２０件，（其中：①５件）；〔2021〕30号……"
    assert len(text) == len(half_width(text))
