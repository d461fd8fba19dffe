"""The papers of a request besides its reply."""

from dataclasses import replace
from datetime import date

from assistant.law.outcomes import load_outcomes
from assistant.law.procedures import load_procedures, unknown_papers
from assistant.settings import ROOT

RULES = ROOT / "corpus" / "rules"
ON = date(2026, 11, 27)
PAPERS = load_procedures(RULES).on(ON)


def words(code: str) -> str:
    """What a paper must contain, in one line."""
    return "；".join(point.words for point in PAPERS[code].must)


def test_every_paper_an_outcome_names_is_described() -> None:
    """Roads, guards and the ways out of an outcome point to papers that exist."""
    assert [] == list(unknown_papers(load_outcomes(RULES), load_procedures(RULES)))


def test_a_paper_nobody_describes_is_named() -> None:
    """Outcome and paper."""
    procedures = load_procedures(RULES)
    without = replace(procedures, rows=tuple(r for r in procedures.rows if r.code != "reasons_notice"))
    faults = list(unknown_papers(load_outcomes(RULES), without))
    assert "outcomes.yaml decline.excessive：procedures.yaml 里没有这种文书：reasons_notice。" in faults


def test_silence_means_opposite_things_to_third_parties_and_co_makers() -> None:
    """第三十二条: the organ decides; 第三十四条: consent."""
    assert "逾期未提出意见的，由行政机关决定是否公开" in words("third_party_letter")
    assert "逾期未提出意见的视为同意公开" in words("organ_letter")


def test_a_correction_is_asked_for_once_with_its_consequence() -> None:
    """第三十条: all points at once, guidance, a period, what silence means."""
    assert all(
        part in words("correction_notice") for part in ("一次性", "指导和释明", "合理的补正期限", "视为放弃")
    )


def test_an_extension_is_approved_by_the_head_of_the_disclosure_office() -> None:
    """第三十三条第二款: not by the head of the organ."""
    assert "政府信息公开工作机构负责人同意（不是机关负责人）" in words("extension_notice")


def test_what_practice_alone_asks_for_is_marked() -> None:
    """Papers and points without a text held here are not verified."""
    unproved = {code for code, paper in PAPERS.items() if not paper.validity.verified}
    assert {"receipt", "consultation_notice", "fee_notice", "withdrawal"} == unproved
    assert not PAPERS["reasons_notice"].clock.verified
    assert not PAPERS["record_correction"].clock.verified


def test_a_correction_of_records_leaves_free_choice() -> None:
    """第四十一条 is no refusal to disclose: class B."""
    assert "B" == PAPERS["record_correction"].remedy


def test_a_paper_holds_from_the_day_of_its_rule() -> None:
    """The fee notice came with the fee measure."""
    assert "fee_notice" not in load_procedures(RULES).on(date(2020, 12, 31))
