"""Who reports, and on which year: said by the title or the body, never by a host or a file name."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant.ingest.annual.report import parse_report

CASES = yaml.safe_load((Path(__file__).parent / "report_titles.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=["/".join(case["lines"])[:40] for case in CASES])
def test_a_title_says_whose_and_of_which_year(case: dict[str, Any]) -> None:
    """In one line or several, the year before or after, with or without 关于."""
    report = parse_report("\n".join([*case["lines"], "一、总体情况", "公开工作正常。"]))
    assert (case["agency"], case["year"]) == (report.agency, report.year)


def test_the_title_is_kept_where_the_text_speaks_of_another_year() -> None:
    """The other year stays visible, for the alarm about a copied report."""
    report = parse_report(
        "青石镇人民政府2023年政府信息公开工作年度报告\n一、总体情况\n2022年，我镇公开信息9条。\n"
    )
    assert (2023, 2022) == (report.year, report.body_year)


def test_an_address_says_nothing() -> None:
    """A host and a path name neither agency nor year."""
    report = parse_report("https://www.qingshi.example/2021/青石镇年报.html\n一、总体情况\n公开工作正常。\n")
    assert (None, None) == (report.agency, report.year)


def test_the_organ_that_signs_reports() -> None:
    """Without a title the name over the date at the end tells."""
    report = parse_report(
        "一、总体情况\n2022年公开信息9条。\n六、其他需要报告的事项\n无。\n青石镇人民政府\n2023年1月18日\n"
    )
    assert ("青石镇人民政府", 2022) == (report.agency, report.year)


def test_index_number_and_day_stand_in_the_head() -> None:
    """Printed in a table of the page or in a line of their own."""
    report = parse_report(
        "索 引 号：00999/2024-000007\n公开日期：2024年1月26日\n青石镇2023年政府信息公开工作年度报告\n"
    )
    assert ("00999/2024-000007", date(2024, 1, 26)) == (report.index_number, report.published_on)


def test_an_impossible_day_is_no_day() -> None:
    """30 February is left out, not corrected."""
    assert None is parse_report("公开日期：2024-02-30\n").published_on


@pytest.mark.parametrize(
    ("line", "number", "official"),
    [
        ("三、收到和处理政府信息公开申请情况", 3, True),
        ("三、收到和處理政府信息公開申請情況", 3, True),
        ("三 、收到和处理 政府信息公开申请情况", 3, True),
        ("第三部分 收到和处理政府信息公开申请情况", 3, True),
        ("三、收到和处理政府信息公开申请情", 3, False),
        ("三、依申请公开政府信息情况", 3, False),
        ("五、存在问题及改进措施", 5, False),
        ("七、收费及减免情况", None, False),
        ("收到和处理政府信息公开申请情况", 3, True),
    ],
)
def test_whatever_tries_to_be_a_heading_is_kept_as_printed(
    line: str, number: int | None, official: bool
) -> None:
    """Renamed, damaged and old titles keep their words; the section is named where it is clear."""
    heading = parse_report(f"一、总体情况\n公开工作正常。\n{line}\n见下表。\n").headings[-1]
    assert (number, line, 3, official) == (heading.number, heading.words, heading.line, heading.official)


def test_repeated_and_unordered_headings_stay_in_document_order() -> None:
    """The alarm needs them as they stand."""
    page = "二、主动公开政府信息情况\n一、总体情况\n二、主动公开政府信息情况\n"
    assert [2, 1, 2] == [heading.number for heading in parse_report(page).headings]


@pytest.mark.parametrize(
    "line",
    [
        "（一）主动公开政府信息情况",
        "一、本年新收政府信息公开申请数量 | 20 | 0 | 0 | 0 | 0 | 0 | 20",
        "三、本年度办理结果",
        "一、加强领导。我镇成立了领导小组。",
    ],
)
def test_rows_parts_and_sentences_are_no_headings(line: str) -> None:
    """Neither a row of table two nor a part of section one opens a section."""
    page = f"一、总体情况\n{line}\n二、主动公开政府信息情况\n三、收到和处理政府信息公开申请情况\n"
    assert [1, 2, 3] == [heading.number for heading in parse_report(page).headings]


def test_any_line_can_be_quoted() -> None:
    """A report keeps its whole text."""
    report = parse_report("一、总体情况\n公开工作正常。\n")
    assert "公开工作正常。" == report.line(2)
