"""What the office fills in for its yearly report, read strictly: each fault named by its place."""

from pathlib import Path

import pytest

from assistant.cases.yearbook_facts import YearFacts, read_year_facts
from assistant.cases.yearbook_prose import last_years_problems
from assistant.cases.yearbook_text import FILE, load_report_text, write_prose
from assistant.errors import CorpusError, InputError
from assistant.ingest.annual.report import parse_report
from assistant.pipeline import Assistant
from assistant.settings import ROOT


def read(assistant: Assistant, folder: Path, words: str) -> YearFacts:
    """A facts file of 2025."""
    file = folder / "facts.yaml"
    file.write_text(words, encoding="utf-8")
    return read_year_facts(file, assistant.report_text, assistant.auditor.form.tables["publication"], 2025)


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        ("", "空的"),
        ("- 2025\n", "键: 值"),
        ("year: 2024\n", "“year”写的是 2024，要编制的是 2025"),
        ("year: 2025\nyears: 1\n", "不认识的键“years”"),
        ("year: 2025\npublication: {rules: {issued: 1}}\n", "不认识的键“publication.rules”"),
        ("year: 2025\npublication: {permits: {issued: 1}}\n", "不认识的键“publication.permits.issued”"),
        ("year: 2025\npublication: {permits: {decisions: -1}}\n", "“publication.permits.decisions”的值 -1"),
        ("year: 2025\npublication: {permits: {decisions: 1.5}}\n", "应为整数件数"),
        ("year: 2025\npublication: {permits: {decisions: true}}\n", "应为不小于零的数"),
        ("year: 2025\npublication: {permits: {decisions: 12件}}\n", "应为不小于零的数"),
        ("year: 2025\npublication: {fees: {amount: .inf}}\n", "应为不小于零的数"),
        ("year: 2025\npublication: {fees: {amount: .nan}}\n", "应为不小于零的数"),
        ("year: 2025\nfacts: {publish: 3}\n", "不认识的键“facts.publish”"),
        ("year: 2025\nfacts: {published: 很多}\n", "“facts.published”的值"),
        ("year: 2025\nfacts: {channels: 3}\n", "“facts.channels”应为一段文字"),
        ("year: 2025\nfacts: [a]\n", "“facts”应为“键: 值”的列表"),
        ("year: 2025\nfacts: {channels: 甲}\nfacts: {channels: 乙}\n", "facts"),
    ],
)
def test_a_fault_is_named_by_its_place(assistant: Assistant, tmp_path: Path, words: str, fault: str) -> None:
    """With the name of the file."""
    with pytest.raises(InputError, match=fault) as seen:
        read(assistant, tmp_path, words)
    assert "facts.yaml" in str(seen.value)


def test_several_items_are_numbered_and_stops_are_not_doubled(assistant: Assistant, tmp_path: Path) -> None:
    """A list in one sentence; empty items are nothing told."""
    words = "year: 2025\nfacts:\n  problems: [甲。, '', 乙；]\n  channels: 网站。\n  published_more: 民生\n  platforms: ' '\n"
    told = read(assistant, tmp_path, words).told
    assert {"problems": "1.甲；2.乙", "channels": "网站", "published_more": "民生。"} == told


def test_a_fact_nobody_told_is_a_marked_gap_and_one_not_needed_is_left_out(assistant: Assistant) -> None:
    """In the sentence and in the list of gaps."""
    own = dict.fromkeys(("year", "agency", "new", "carried_in", "total_handled", "carried_out"), "1")
    own |= dict.fromkeys(("applicants", "groups", "steps", "disputed", "fee_notices", "last_year"), "")
    prose = write_prose(assistant.report_text, assistant.auditor.form, own)
    assert (
        "（三）政府信息管理。【待填：信息发布审核、保密审查、信息清理等情况】。"
        in prose.sections[0].paragraphs
    )
    assert "published_more" not in {one.fact for one in prose.gaps}
    assert {one.fact for one in assistant.report_text.facts.values() if one.need} == {
        one.fact for one in prose.gaps
    }


def test_last_years_problems_are_taken_up_one_by_one(assistant: Assistant) -> None:
    """Numbered lines of its section five before the improvements; the shipped report and one written otherwise."""
    (shipped,) = (report for report in assistant.reports if report.year == 2023)
    assert 3 == len(list(last_years_problems(shipped)))
    other = parse_report(
        "2024年云河街道办事处政府信息公开工作年度报告\n五、存在的主要问题及改进情况\n（一）主要问题\n一是解读不多。\n"
        "二是更新不及时；三是人手少。\n（二）改进情况\n一是增加解读。\n六、其他需要报告的事项\n无\n"
    )
    assert ["解读不多", "更新不及时"] == list(last_years_problems(other))
    assert [] == list(last_years_problems(None))


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("{channels}。", "{channel}。", "“{channel}”既不是登记簿的数字"),
        ("公开的渠道有{channels}。", "", "“channels”没有句子用到"),
        ("kind: yuan", "kind: euro", "euro"),
    ],
)
def test_a_sentence_with_a_strange_place_is_refused(tmp_path: Path, old: str, new: str, fault: str) -> None:
    """And a fact without a place."""
    words = (ROOT / "corpus" / "rules" / FILE).read_text(encoding="utf-8")
    assert old in words
    (tmp_path / FILE).write_text(words.replace(old, new), encoding="utf-8")
    with pytest.raises(CorpusError, match=fault):
        load_report_text(tmp_path)
