"""The papers beside the reply: what each must say, to whom, with which remedy and by which days."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant.drafting.compose import Composer
from assistant.drafting.draft import Draft
from assistant.drafting.facts import check_facts
from assistant.drafting.letters import LetterLibrary, check_papers
from assistant.drafting.papers import PaperComposer
from assistant.drafting.verify import load_letter_parts, verify
from assistant.errors import InputError
from assistant.law.citations import cite
from assistant.law.instruments import StatuteBook
from assistant.law.outcomes import Outcomes
from assistant.law.procedures import Procedures, load_procedures
from assistant.law.quotations import check_quotations
from assistant.settings import ROOT, LocalTerms
from tests.drafting.conftest import ON

CASES = yaml.safe_load((Path(__file__).parent / "papers.yaml").read_text(encoding="utf-8"))
PAPERS = sorted(CASES["papers"])


@pytest.fixture(scope="module")
def procedures() -> Procedures:
    """The kinds of paper."""
    return load_procedures(ROOT / "corpus" / "rules")


@pytest.fixture(scope="module")
def papers(composer: Composer, procedures: Procedures) -> PaperComposer:
    """Papers for an agency whose data stand in the facts."""
    return PaperComposer(composer, procedures)


def drafted(name: str, papers: PaperComposer, **changes: Any) -> Draft:
    """The paper from its full facts, with some changed; a fact changed to None is taken away."""
    facts = {**CASES["common"], **CASES["request"], **CASES["papers"][name]["facts"], **changes}
    known = {key: value for key, value in facts.items() if value is not None}
    return papers.compose(name, check_facts(known, papers.composer.library), ON)


@pytest.mark.parametrize("name", PAPERS)
def test_the_gate_signs_every_paper(
    name: str, papers: PaperComposer, statutes: StatuteBook, outcomes: Outcomes
) -> None:
    """No error: neither in a letter of the organ nor in the form a third party fills in."""
    assert [] == refused(drafted(name, papers).text, papers, statutes, outcomes)


@pytest.mark.parametrize(
    ("gone", "message"),
    [
        ("理由", "没有留出不同意公开的理由"),
        ("不同意公开", "没有留出不同意公开的选项"),
        ("□ 同意公开", "没有留出同意公开的选项"),
        ("征求意见的政府信息：", "没有写明就哪一项信息征求意见"),
    ],
)
def test_a_form_that_leaves_the_third_party_no_choice_is_refused(
    gone: str, message: str, papers: PaperComposer, statutes: StatuteBook, outcomes: Outcomes
) -> None:
    """第三十二条: agree or not, with reasons, to a piece of information that is named."""
    text = drafted("third_party_form", papers).text.replace(gone, "")
    assert [True] == [message in one for one in refused(text, papers, statutes, outcomes)]


def refused(text: str, papers: PaperComposer, statutes: StatuteBook, outcomes: Outcomes) -> list[str]:
    """What the gate says against a paper, on the day of the tests."""
    verdict = verify(
        text,
        book=statutes,
        outcomes=outcomes,
        remedies=papers.composer.remedies,
        parts=load_letter_parts(ROOT / "corpus" / "rules"),
        on=ON,
    )
    return [one.message for one in verdict.errors]


def test_every_kind_of_paper_is_written_and_tried(library: LetterLibrary, procedures: Procedures) -> None:
    """Every row of procedures.yaml for its receiver, and no paper without a case."""
    assert [] == check_papers(library, procedures)
    assert PAPERS == sorted(library.papers)


@pytest.mark.parametrize("name", PAPERS)
def test_a_paper_says_what_it_must(name: str, papers: PaperComposer) -> None:
    """Whole facts leave no gap; what a jurist wants of it stands in it, and nothing it may not say."""
    draft = drafted(name, papers)
    case = CASES["papers"][name]
    assert () == draft.missing
    assert "【" not in draft.text
    assert [] == [row["words"] for row in case["says"] if row["words"] not in draft.text]
    assert [] == [words for words in case["never"] if words in draft.text]


@pytest.mark.parametrize("name", PAPERS)
def test_a_paper_without_facts_lists_every_gap(name: str, papers: PaperComposer) -> None:
    """Each with the article that wants it; nothing is invented."""
    draft = papers.compose(name, {}, ON)
    library = papers.composer.library
    paper = library.papers[name]
    needs = {*library.frame_of(paper).needs, *paper.needs} - {"replied_on"}
    gaps = {gap.key for gap in draft.missing}
    assert gaps <= needs
    assert {key for key in needs if f"【待补：{library.slots[key].meaning}】" in draft.text} <= gaps
    assert not [s for b in draft.blocks for s in b.spans if s.kind == "slot" and s.origin != "replied_on"]
    assert all(gap.why.startswith("《") for gap in draft.missing)


@pytest.mark.parametrize("name", PAPERS)
def test_every_citation_of_a_paper_is_living_law_quoted_verbatim(
    name: str, papers: PaperComposer, statutes: StatuteBook
) -> None:
    """On its day."""
    text = drafted(name, papers).text
    citations = cite(text, statutes, ON)
    assert {"ok"} >= {citation.status for citation in citations}
    assert all(quotation.verbatim for quotation in check_quotations(text, citations, statutes, ON))


@pytest.mark.parametrize("name", PAPERS)
def test_a_remedy_stands_where_the_paper_decides_and_nowhere_else(
    name: str, papers: PaperComposer, procedures: Procedures
) -> None:
    """None of these is a refusal: what decides leaves free choice, all else names no remedy."""
    paper = papers.composer.library.papers[name]
    kind = procedures.on(ON)[paper.paper or ""]
    text = drafted(name, papers).text
    told = kind.remedy == "B" and kind.to == paper.to
    assert told == ("六个月内直接向青石市人民法院提起行政诉讼" in text)
    assert "先向青石市人民政府申请行政复议" not in text


@pytest.mark.parametrize(
    ("name", "changes", "words"),
    [
        # The 20th working day after 2026-11-16 is 2026-12-14.
        ("receipt", {}, "至2026年12月14日届满"),
        # A corrected request begins a new term (第三十条).
        (
            "extension_notice",
            {"correction_notice_on": "2026-11-17", "corrected_on": "2026-11-20"},
            "至2026年12月18日届满",
        ),
        # Without a number the longest the law allows: 20 working days more, reaching into a year without a calendar.
        (
            "extension_notice",
            {"extension_workdays": None, "received_on": "2026-11-02"},
            "延长至2026年12月28日",
        ),
        # The day a clerk gives stands where the law allows it.
        ("extension_notice", {"extended_until": "2026-12-21"}, "延长至2026年12月21日"),
        ("fee_notice", {"fee_method": "by_page", "fee_count": 101}, "数额：720元"),
    ],
)
def test_days_and_sums_are_reckoned(
    name: str, changes: Mapping[str, Any], words: str, papers: PaperComposer
) -> None:
    """Never typed into a template."""
    assert words in drafted(name, papers, **changes).text


def test_no_template_types_a_number_of_days(library: LetterLibrary) -> None:
    """Limits come from corpus/rules/deadlines.yaml; figures stand only inside quotations of the law."""
    for paper in library.papers.values():
        for clause in paper.clauses:
            ours = re.sub(r"“[^”]*”|<[^>]*>|\{[^}]*\}", "", clause.words)
            assert not re.search(r"\d|[一二三四五六七八九十]+个?工作日|[一二三四五六七八九十]+日内", ours), (
                clause
            )


def test_an_extension_past_what_the_law_allows_is_refused(papers: PaperComposer) -> None:
    """At most twenty working days, once (第三十三条第二款)."""
    with pytest.raises(InputError, match="晚于延长后的最后一日"):
        drafted("extension_notice", papers, extended_until="2027-03-01")


@pytest.mark.parametrize(
    ("name", "given", "words"),
    [
        ("fee_notice", {"fee_sum": "100元"}, "“fee_sum”写的是“100元”，按其他事实算得“4300元”"),
        (
            "receipt",
            {"answer_due": "2026-12-31"},
            "“answer_due”写的是“2026-12-31”，按其他事实算得“2026-12-14”",
        ),
    ],
)
def test_what_a_clerk_gives_must_be_what_is_reckoned(
    name: str, given: dict[str, str], words: str, papers: PaperComposer
) -> None:
    """Neither takes the place of the other in silence."""
    with pytest.raises(InputError, match=words):
        drafted(name, papers, **given)


def test_a_term_that_has_run_out_is_not_extended(papers: PaperComposer) -> None:
    """The notice must reach the applicant within the first term: no day is written, and the clerk is told why."""
    draft = drafted("extension_notice", papers, received_on="2026-10-12")
    assert ["extended_until"] == [gap.key for gap in draft.missing]
    assert any("不能再告知延长" in words for words in draft.warnings)


def test_what_rests_on_practice_is_told(papers: PaperComposer) -> None:
    """A remedy for the third party is inferred; the points of a correction notice are all law."""
    assert any("救济途径" in words for words in drafted("third_party_decision", papers).warnings)
    assert () == drafted("correction_notice", papers).warnings


def test_a_late_correction_notice_is_told(papers: PaperComposer) -> None:
    """Seven working days from receipt (第三十条)."""
    draft = drafted("correction_notice", papers, received_on="2026-11-02")
    assert any("补正" in words for words in draft.warnings)
    assert () == drafted("correction_notice", papers).warnings


def test_the_office_gives_its_usual_correction_period(papers: PaperComposer) -> None:
    """The setting stands where the facts are silent; what is unusual is told."""
    grounds = replace(papers.composer.reckoner.grounds, local=LocalTerms(correction_workdays=15))
    composer = replace(papers.composer, reckoner=replace(papers.composer.reckoner, grounds=grounds))
    ours = replace(papers, composer=composer)
    assert "次日起15个工作日内" in drafted("correction_notice", ours, correction_workdays=None).text
    assert "通常为7至15个工作日" in drafted("correction_notice", ours, correction_workdays=3).warnings[0]


def test_a_fee_that_is_none_is_told(papers: PaperComposer) -> None:
    """Ten pieces a month cost nothing: there is nothing to notify."""
    assert "不必发收费通知" in drafted("fee_notice", papers, fee_count=10).warnings[0]


def test_a_record_may_be_sent_on_or_its_writer_sent_there(papers: PaperComposer) -> None:
    """第四十一条 leaves both."""
    assert "请你向有权更正的行政机关" in drafted("record_other_organ", papers, passed_on=None).text


def test_an_organ_is_asked_or_the_doubt_is_referred(papers: PaperComposer) -> None:
    """第十一条第一款 without a doubt, 第十七条第三款 with one."""
    asked = drafted("organ_letter", papers, doubt=None).text
    assert "第十一条第一款" in asked
    assert "第十七条第三款" not in asked


@pytest.mark.parametrize(
    ("name", "words"), [("补正", "没有“补正”这种文书"), ("record_correction", "有几种，可用：record_")]
)
def test_a_paper_there_is_not_is_named_with_those_there_are(
    name: str, words: str, papers: PaperComposer
) -> None:
    """One clear line."""
    with pytest.raises(InputError, match=words):
        papers.compose(name, {}, ON)


def test_a_kind_with_one_paper_is_its_name(papers: PaperComposer) -> None:
    """Each paper knows its kind and its receiver."""
    draft = papers.compose("correction_notice", {}, ON)
    assert ("correction_notice", "applicant", "") == (draft.paper, draft.to, draft.outcome)


def test_no_paper_is_written_for_a_day_before_its_rule(papers: PaperComposer) -> None:
    """The fee measure holds from 2021-01-01."""
    with pytest.raises(InputError, match="没有“政府信息公开信息处理费收费通知”这种文书的规则"):
        papers.compose("fee_notice", {}, date(2020, 6, 1))


def test_a_third_party_never_learns_who_asks(papers: PaperComposer) -> None:
    """Not needlessly: no letter to a third party states the applicant."""
    for name, paper in papers.composer.library.papers.items():
        if paper.to == "third_party":
            assert "周明德" not in drafted(name, papers).text
