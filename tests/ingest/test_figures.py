"""Answers from published figures: the right cell, named, or none at all."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant.ingest.annual.figure_words import senses_of
from assistant.ingest.annual.figures import FigureAnswer, answer_from_figures
from assistant.ingest.annual.form import standing_form
from assistant.ingest.annual.report import Report, load_reports, parse_report
from assistant.settings import ROOT
from tests.ingest.published import bars

CASES = yaml.safe_load((Path(__file__).parent / "figure_cases.yaml").read_text(encoding="utf-8"))
TODAY = date(2024, 6, 1)
STREET = "暨阳街道办事处"


@pytest.fixture(scope="module")
def street() -> Report:
    """The 2023 report of 暨阳街道."""
    return next(r for r in load_reports(ROOT / "corpus") if (r.agency, r.year) == (STREET, 2023))


@pytest.fixture(scope="module")
def town() -> Report:
    """The 2022 report of an invented town."""
    return replace(parse_report(bars(standing_form())), source="reports/青石镇-2022.md")


def answer(question: str, *reports: Report) -> FigureAnswer:
    """The answer to a question that asks for figures."""
    found = answer_from_figures(question, reports, TODAY)
    assert found is not None
    return found


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["ask"]))
def test_questions_are_answered_from_their_cells(case: dict[str, Any], street: Report, town: Report) -> None:
    """Each question of the list gets exactly the cells it asks for, of the agency it asks about."""
    found = answer_from_figures(case["ask"], (street, town), TODAY)
    if case["cells"] is None:
        assert None is found
        return
    assert found is not None
    agency, table = case.get("agency", STREET), case.get("table", "requests")
    cells = [(c.agency, *c.key, c.value) for c in found.cells]
    assert [(agency, table, *cell) for cell in case["cells"]] == cells
    assert (case.get("reason"), []) == (
        found.reason,
        [w for w in case.get("says", []) if w not in found.text],
    )


def test_no_phrase_has_two_meanings() -> None:
    """A phrase of the form means one thing; a word that fits several rows is listed as vague."""
    phrases = [phrase for phrase, _ in senses_of(standing_form())]
    assert sorted(set(phrases)) == sorted(phrases)


def test_every_row_answers_to_its_printed_title(street: Report) -> None:
    """The title of each of the 25 rows, put as a question, finds that row."""
    rows = [row for row in standing_form().tables["requests"].rows.values() if not row.needs_mark]
    wrong = []
    for row in rows:
        found = answer_from_figures(f"2023年{row.label}多少件？", (street,), TODAY)
        if found is None or [c.key for c in found.cells] != [("requests", row.code, "total")]:
            wrong.append(row.code)
    assert wrong == []


def test_the_only_agency_need_not_be_named(street: Report) -> None:
    """With one agency in the corpus 我街道 and no name at all mean that one, and the answer names it."""
    for question in ("2023年收到多少件申请", "我街道2023年收到多少件申请", "本机关2023年收到多少件申请"):
        found = answer(question, street)
        assert (found.cells[0].value, STREET in found.text) == (20, True)


def test_a_cell_has_its_address(street: Report) -> None:
    """Agency, year, table, row, column, file and line lead back to the figure."""
    cell = answer("2023年暨阳街道予以公开多少件", street).cells[0]
    expected = (
        STREET,
        2023,
        "三、收到和处理政府信息公开申请情况",
        "三、本年度办理结果 （一）予以公开",
        "总计",
        12,
        "件",
    )
    assert expected == (cell.agency, cell.year, cell.table, cell.row, cell.column, cell.value, cell.unit)
    line = (ROOT / "corpus" / cell.source).read_text(encoding="utf-8").split("\n")[cell.line - 1]
    assert "（一）予以公开" in line


def test_a_change_is_counted_from_both_reports(street: Report) -> None:
    """Both years' cells are named before the difference."""
    before = replace(street, year=2022, requests={**street.requests, "new": street.requests["grant"]})
    found = answer("2023年收到申请比上年增加多少件", street, before)
    assert [(cell.year, cell.value) for cell in found.cells] == [(2023, 20), (2022, 12)]
    assert "2023年度与2022年度相比" in found.text
    assert "增加8件" in found.text


def test_two_named_years_are_compared_with_each_other(street: Report) -> None:
    """2023年比2021年 leaves 2022 alone."""
    before = replace(street, year=2021, requests={**street.requests, "new": street.requests["carried_out"]})
    assert "2023年度与2021年度相比：" in answer("2023年收到申请比2021年增加多少件", street, before).text


def test_several_years_are_added_only_when_all_are_there(street: Report) -> None:
    """A sum over a missing year would be too small, so none is given."""
    before = replace(street, year=2022)
    assert "以上合计40件" in answer("2022年和2023年一共收到多少件申请", street, before).text
    assert "合计" not in answer("2022年和2023年一共收到多少件申请", street).text


def test_an_unavailable_figure_is_said_to_be_so(street: Report) -> None:
    """A cell lost in the source is neither zero nor left out in silence."""
    lost = replace(street, requests={**street.requests, "grant": dict.fromkeys(street.requests["grant"])})
    found = answer("2023年收到多少件申请，予以公开多少件", lost)
    assert (len(found.cells), found.reason) == (1, "not_in_report")
    assert "“三、本年度办理结果 （一）予以公开”行“总计”列未能从报告中读出" in found.text


def test_a_sum_with_a_lost_part_is_not_given(street: Report) -> None:
    """A group lacks its figure when one of its rows lacks it."""
    row = dict.fromkeys(street.requests["unable.needs_creation"])
    lost = replace(street, requests={**street.requests, "unable.needs_creation": row})
    found = answer("2023年无法提供多少件", lost)
    assert (found.abstained, found.reason) == (True, "not_in_report")


def test_a_share_of_nothing_is_not_computed(street: Report) -> None:
    """No share is taken of zero."""
    zero = replace(street, requests={**street.requests, "total_handled": street.requests["carried_in"]})
    found = answer("2023年予以公开占比是多少", zero)
    assert (found.reason, "无法计算占比" in found.text) == ("not_in_report", True)


def test_an_empty_corpus_says_so() -> None:
    """A question about figures without any report is answered by what to do."""
    found = answer("2023年收到多少件申请")
    assert (found.abstained, found.reason) == (True, "no_report")


def test_a_pasted_letter_is_no_question(street: Report) -> None:
    """A long text that happens to hold such words is left to the rest of the assistant."""
    assert None is answer_from_figures("2023年收到多少件申请，" * 20, (street,), TODAY)
