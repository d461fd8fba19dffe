"""Several items in one letter: a finding and a decision for each, counted once."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant.drafting.compose import Composer
from assistant.drafting.draft import Draft
from assistant.drafting.facts import check_facts
from assistant.drafting.several import SeveralComposer
from assistant.drafting.verify import load_letter_parts, verify
from assistant.errors import InputError
from assistant.law.citations import cite
from assistant.law.instruments import StatuteBook
from assistant.law.outcomes import Outcomes
from assistant.law.quotations import check_quotations
from assistant.settings import ROOT, Agency
from assistant.triage.guide_rules import load_guide, read_lawbook
from assistant.triage.items import Items
from tests.drafting.conftest import ON

CASES = yaml.safe_load((Path(__file__).parent / "several.yaml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def several(composer: Composer, outcomes: Outcomes) -> SeveralComposer:
    """The clause library with the rules for items."""
    corpus = ROOT / "corpus"
    graph = load_guide(corpus / "rules", read_lawbook(corpus), Agency()).graph
    return SeveralComposer(composer, Items(graph.items, outcomes))


def drafted(several: SeveralComposer, of: list[str], given: str | None = None, **facts: Any) -> Draft:
    """One letter for some of the items."""
    found = {**CASES["common"], "items": [CASES["items"][name] for name in of], **facts}
    known = {key: value for key, value in found.items() if value is not None}
    return several.compose(check_facts(known, several.composer.library), ON, given)


@pytest.mark.parametrize("case", CASES["cases"], ids=lambda case: case["name"])
def test_the_whole_is_counted_once_and_each_item_answered(
    case: dict[str, Any], several: SeveralComposer, statutes: StatuteBook, outcomes: Outcomes
) -> None:
    """The letter is whole, its law is living and verbatim, and the gate signs it."""
    draft = drafted(several, case["of"], together=case.get("together"))
    assert (case["outcome"], tuple(case["counted"])) == (draft.outcome, draft.counted)
    assert () == draft.missing
    assert [] == [words for words in case["says"] if words not in draft.text]
    assert [] == [words for words in case["never"] if words in draft.text]
    citations = cite(draft.text, statutes, ON)
    assert {"ok"} == {citation.status for citation in citations}
    assert all(quotation.verbatim for quotation in check_quotations(draft.text, citations, statutes, ON))
    verdict = verify(
        draft.text,
        book=statutes,
        outcomes=outcomes,
        remedies=several.composer.remedies,
        parts=load_letter_parts(ROOT / "corpus" / "rules"),
        on=ON,
        code=draft.outcome or None,
    )
    assert [] == [one.message for one in verdict.findings if one.severity == "error"]


@pytest.mark.parametrize("together", [None, {"choose": "split", "why": ""}])
def test_what_the_law_leaves_open_is_asked_for(
    together: dict[str, str] | None, several: SeveralComposer
) -> None:
    """A refusal beside a petition: the clerk chooses and says why."""
    draft = drafted(several, ["minutes", "complaint"], together=together)
    assert ["together"] == [gap.key for gap in draft.missing]
    assert () == draft.counted


def test_a_given_outcome_must_be_what_the_items_make(several: SeveralComposer) -> None:
    """Given and withheld is 部分公开, whatever a clerk writes."""
    with pytest.raises(InputError, match="各项合在一起计为“部分公开”"):
        drafted(several, ["contract", "minutes"], given="grant")


def test_what_an_item_lacks_says_of_which_item(several: SeveralComposer) -> None:
    """第2项: the gap stands under its own heading."""
    bare = {"asked": "操场改造会商会议记录", "outcome": "refuse.deliberative"}
    draft = drafted(several, [], items=[CASES["items"]["contract"], bare])
    assert "items[2].stage" in {gap.key for gap in draft.missing}
    assert all(gap.meaning.startswith("第2项：") for gap in draft.missing)
    gaps = [block.item for block in draft.blocks for span in block.spans if span.kind == "gap"]
    assert {2} == set(gaps)


def test_an_item_without_its_list_of_enclosures_shows_the_gap(several: SeveralComposer) -> None:
    """It stands in the list below the letter."""
    item = {key: value for key, value in CASES["items"]["contract"].items() if key != "enclosures"}
    draft = drafted(several, [], items=[item, CASES["items"]["plan"]])
    assert ["items[1].enclosures"] == [gap.key for gap in draft.missing]
    assert "附件：1．【待补" in draft.text


@pytest.mark.parametrize(
    ("items", "words"),
    [
        ("两项", "items 应为一项一项的列表"),
        (["两项"], "items 应为一项一项的列表"),
        ([{"asked": "甲"}], "items 第1项：没有写 outcome"),
        ([{"outcome": "grant", "plaice": "乙"}], "items 第1项：事实里有不认识的键“plaice”"),
        ([{"outcome": "granted"}], "items 第1项：.*granted"),
        ([{"outcome": "grant", "item_count": "3"}], "items 第1项：事实里有不认识的键“item_count”"),
        (
            [{"outcome": "other.no_correction", "correction_deadline": "2026-12-30"}],
            "items 第1项：.*期限还没有届满",
        ),
        ([{"outcome": "grant"}] * 101, "超过 100 项"),
    ],
)
def test_items_that_cannot_be_read_are_named(items: Any, words: str, several: SeveralComposer) -> None:
    """Which item, and what is wrong with it."""
    with pytest.raises(InputError, match=words):
        drafted(several, [], items=items)
