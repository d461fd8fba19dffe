"""Compose: nothing missing is invented, nothing of the law is retyped."""

from datetime import date

import pytest

from assistant.drafting.compose import Composer
from assistant.errors import InputError, SettingsError
from assistant.law.citations import cite
from assistant.law.instruments import StatuteBook
from assistant.law.outcomes import Outcomes
from assistant.law.quotations import check_quotations
from tests.drafting.conftest import LETTERS, ON, composed

REVIEW_FIRST = {
    "partial",
    "refuse_state_secret",
    "refuse_prohibited_by_law",
    "refuse_security_stability",
    "refuse_third_party",
    "refuse_internal_affairs",
    "refuse_deliberative",
    "refuse_enforcement_file",
}


def test_every_letter_has_its_sample_facts(composer: Composer) -> None:
    """No letter of the library goes untested."""
    assert sorted(composer.library.letters) == LETTERS


@pytest.mark.parametrize("letter", LETTERS)
def test_full_facts_leave_no_gap(letter: str, composer: Composer, outcomes: Outcomes) -> None:
    """Nothing missing, no 【待补】 in the text."""
    draft = composed(letter, composer, outcomes)
    assert () == draft.missing
    assert "【" not in draft.text


@pytest.mark.parametrize("letter", LETTERS)
def test_no_facts_list_every_gap_and_invent_nothing(
    letter: str, composer: Composer, outcomes: Outcomes
) -> None:
    """Each missing fact is named with the article that wants it, and stands in the draft as a gap."""
    template = composer.library.letters[letter]
    draft = composer.compose(outcomes[template.outcome], {"road": template.road}, ON)
    wanted = {*composer.library.frame.needs, *template.needs} - {"replied_on"}
    assert wanted == {gap.key for gap in draft.missing}
    assert all(gap.why.startswith("《") for gap in draft.missing)
    shown = {span.origin for block in draft.blocks for span in block.spans if span.kind == "gap"}
    assert wanted <= shown
    assert not any(
        span.kind == "slot" and span.origin != "replied_on" for b in draft.blocks for span in b.spans
    )


@pytest.mark.parametrize("letter", LETTERS)
def test_every_citation_is_living_law_and_every_quotation_verbatim(
    letter: str, composer: Composer, outcomes: Outcomes, statutes: StatuteBook
) -> None:
    """The letter cites what exists and quotes what is written."""
    text = composed(letter, composer, outcomes).text
    citations = cite(text, statutes, ON)
    assert {"ok"} == {c.status for c in citations}
    assert all(q.verbatim for q in check_quotations(text, citations, statutes, ON))


@pytest.mark.parametrize("letter", LETTERS)
def test_the_remedy_follows_the_grounds(letter: str, composer: Composer, outcomes: Outcomes) -> None:
    """Refusals under 条例 14–16 send to review first; all else names both roads (行政复议法第二十三条)."""
    text = composed(letter, composer, outcomes).text
    withheld = text.split("对本答复书的其余部分不服的")[0]
    assert (letter in REVIEW_FIRST) == ("先向青石市人民政府申请行政复议" in text)
    assert (letter in REVIEW_FIRST) != ("六个月内直接向青石市人民法院提起行政诉讼" in withheld)


def test_the_part_given_of_a_partial_reply_leaves_free_choice(composer: Composer, outcomes: Outcomes) -> None:
    """Review first binds what is withheld under 第十五条; what is given may be taken to court at once."""
    withheld, rest = composed("partial", composer, outcomes).text.split("对本答复书的其余部分不服的")
    assert "不予公开的部分不服" in withheld
    assert "六个月内直接向青石市人民法院提起行政诉讼" in rest


def test_a_review_authority_that_does_not_fit_is_told_the_clerk(
    composer: Composer, outcomes: Outcomes
) -> None:
    """A department of a county goes to its government alone (行政复议法第二十四条第一款第（一）项)."""
    agency = {"kind": "county_department"}
    draft = composed("other", composer, outcomes, agency=agency, review_authority="北岭市自然资源局")
    assert "上一级主管部门不再管辖" in draft.warnings[-1]
    assert "第二十四条第一款第（一）项" in draft.warnings[-1]
    assert "不再管辖" not in draft.text


def test_a_reply_of_a_day_before_the_present_review_law_leaves_a_gap(
    composer: Composer, outcomes: Outcomes
) -> None:
    """Before 2024-01-01 no remedy is judged: the paragraph is for a person to write."""
    dates = {"received_on": date(2023, 5, 4), "replied_on": date(2023, 5, 30)}
    facts = {"road": "other", **dates}
    draft = composer.compose(outcomes["other.other"], facts, date(2023, 5, 30))
    assert "【待补：救济途径】" in draft.text
    assert "remedy" in {gap.key for gap in draft.missing}


def test_the_same_facts_give_the_same_letter(composer: Composer, outcomes: Outcomes) -> None:
    """Deterministic."""
    assert composed("partial", composer, outcomes) == composed("partial", composer, outcomes)


def test_a_named_organ_wants_its_contact(composer: Composer, outcomes: Outcomes) -> None:
    """第三十六条第（五）项: name and contact go together."""
    draft = composed("not_held_elsewhere", composer, outcomes, other_contact=None)
    assert ["other_contact"] == [gap.key for gap in draft.missing]


def test_an_organ_that_cannot_be_told_is_said_to_be_unknown(composer: Composer, outcomes: Outcomes) -> None:
    """能够确定的 – where it cannot be, the letter says so and nothing is missing."""
    draft = composed("not_held_elsewhere", composer, outcomes, other_organ=None, other_contact=None)
    assert () == draft.missing
    assert "无法确定负责公开该政府信息的行政机关" in draft.text


@pytest.mark.parametrize(
    ("given", "road"),
    [({"other_organ": "甲局"}, "elsewhere"), ({"search_record": "检索了档案室"}, "absent")],
)
def test_the_facts_choose_the_road(
    given: dict[str, str], road: str, composer: Composer, outcomes: Outcomes
) -> None:
    """Who names another organ means 非本机关, who records a search means 不存在."""
    assert road == composer.compose(outcomes["unable.not_held"], given, ON).road


def test_a_road_that_facts_do_not_choose_is_asked_for(composer: Composer, outcomes: Outcomes) -> None:
    """Two roads and no fact: the clerk is asked."""
    draft = composer.compose(outcomes["unable.not_held"], {}, ON)
    assert "road" == draft.missing[0].key
    assert "absent" in draft.missing[0].meaning


def test_a_part_withheld_outside_14_to_16_leaves_free_choice(composer: Composer, outcomes: Outcomes) -> None:
    """What is not government information at all is withheld under 第三十七条 alone: class B."""
    withheld = [{"part": "末页手写私人记事", "ground": "第三十七条", "reason": "不属于政府信息"}]
    text = composed("partial", composer, outcomes, withheld=withheld).text
    assert "也可以自知道或者应当知道本答复书之日起六个月内" in text


def test_markup_in_facts_stays_words(composer: Composer, outcomes: Outcomes) -> None:
    """A fact is never a template."""
    text = composed("other", composer, outcomes, reason="<第十四条>{court}").text
    assert "<第十四条>{court}" in text


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"correction_notice_on": date(2026, 10, 1)}, "早于收到申请的日期"),
        ({"correction_notice_on": date(2026, 12, 1)}, "晚于答复日期"),
    ],
)
def test_dates_out_of_order_are_refused(
    changes: dict[str, date], words: str, composer: Composer, outcomes: Outcomes
) -> None:
    """No step of a case before its receipt or after its reply."""
    with pytest.raises(InputError, match=words):
        composed("still_unclear", composer, outcomes, **changes)


def test_a_ground_that_is_no_provision_is_refused(composer: Composer, outcomes: Outcomes) -> None:
    """依据 must be a provision."""
    withheld = [{"part": "甲", "ground": "有关规定", "reason": "乙"}]
    with pytest.raises(InputError, match="不予公开的依据“有关规定”不是条文"):
        composed("partial", composer, outcomes, withheld=withheld)


def test_a_provision_named_in_a_fact_does_not_turn_the_remedy(composer: Composer, outcomes: Outcomes) -> None:
    """Only the grounds of the decision put a reply into 复议前置 (行政复议法第二十三条第一款第（四）项)."""
    aside = "此前曾按《政府信息公开条例》第十六条第二款讨论过"
    text = composed("not_held_absent", composer, outcomes, absence_reason=aside).text
    assert "六个月内直接向青石市人民法院提起行政诉讼" in text


def test_a_reason_alone_chooses_no_road(composer: Composer, outcomes: Outcomes) -> None:
    """Every kind of letter gives reasons; they do not say whose the information is."""
    draft = composer.compose(outcomes["unable.not_held"], {"reason": "查过档案室"}, ON)
    assert "road" == draft.missing[0].key


def test_quotation_marks_inside_the_applicants_words_become_inner_ones(
    composer: Composer, outcomes: Outcomes
) -> None:
    """“……‘……’……”: one quotation, not two."""
    assert (
        "“关于‘两违’整治的方案”" in composed("other", composer, outcomes, asked="关于“两违”整治的方案").text
    )


def test_a_correction_is_told_with_what_it_does_to_the_term(composer: Composer, outcomes: Outcomes) -> None:
    """第三十条: the term runs from the corrected request."""
    text = composed("grant_provided", composer, outcomes, corrected_on="2026-11-10").text
    assert "你于2026年11月10日提交了补正材料" in text


def test_a_letter_about_the_correction_tells_of_it_once(composer: Composer, outcomes: Outcomes) -> None:
    """The frame is silent where the letter has its own words."""
    assert 1 == composed("still_unclear", composer, outcomes).text.count("提交了补正材料")


def test_the_document_number_follows_the_agencys_series(composer: Composer, outcomes: Outcomes) -> None:
    """A bare number is printed in the series, in the year of the reply."""
    agency = {"document_series": "青街公开〔{year}〕{number}号"}
    text = composed("other", composer, outcomes, document_number=17, agency=agency).text
    assert "青街公开〔2026〕17号" in text


def test_a_series_that_cannot_be_filled_is_named(composer: Composer, outcomes: Outcomes) -> None:
    """A misspelt placeholder is a fault of the settings."""
    with pytest.raises(SettingsError, match="document_series"):
        composed("other", composer, outcomes, document_number=17, agency={"document_series": "〔{yr}〕"})


def test_a_third_party_that_stays_silent_has_given_no_reason(composer: Composer, outcomes: Outcomes) -> None:
    """第三十二条: the organ then decides; the letter may not speak of an objection nobody made."""
    changes = {"third_party_reply": None, "third_party_silent_on": "2026-11-20", "consulted_on": "2026-11-03"}
    draft = composed("refuse_third_party", composer, outcomes, **changes)
    assert () == draft.missing
    assert "第三方至2026年11月20日逾期未提出意见" in draft.text
    assert "第三方不同意公开有合理理由" not in draft.text
