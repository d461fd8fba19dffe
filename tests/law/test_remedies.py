"""Remedies follow from the provisions relied on, the organ that answers, and the day."""

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.law.organs import load_organs
from assistant.law.outcomes import load_outcomes
from assistant.law.provisions import ProvisionRef
from assistant.law.remedies import load_remedies
from assistant.law.remedy_paragraph import RemedyCase, RemedyParagraph, state_remedy
from assistant.settings import KINDS, ROOT, Agency

RULES = ROOT / "corpus" / "rules"
CASES = yaml.safe_load((Path(__file__).parent / "remedies.yaml").read_text(encoding="utf-8"))
TABLE = load_remedies(RULES)
OUTCOMES = load_outcomes(RULES)
ROADS = [(code, road) for code, outcome in OUTCOMES.items() for road in outcome.roads]
ON = date(2026, 11, 27)
REGULATION = "政府信息公开条例"
REVIEW_FIRST = (14, 15, 16)


def refs(printed: list[str]) -> tuple[ProvisionRef, ...]:
    """Grounds as a case writes them."""
    return tuple(ProvisionRef.parse(w if w.startswith("《") else f"《{REGULATION}》{w}") for w in printed)


def stated(case: dict[str, Any]) -> RemedyParagraph:
    """The paragraph of a case."""
    agency = Agency(
        name=case.get("name", "东塘街道办事处"),
        kind=case.get("kind", "street"),
        review_authority=case.get("authority", "青石县人民政府"),
        court=case.get("court", "青石县人民法院"),
        online_review=case.get("online"),
    )
    grounds = refs(case.get("grounds", ["第三十六条第（四）项"]))
    decision, day = case.get("decision", "unable"), case.get("day", ON)
    return state_remedy(TABLE, RemedyCase(grounds, decision, "答复书", agency, day, case.get("service")))


def check(case: dict[str, Any]) -> RemedyParagraph:
    """Words and warnings of a case: those it names, and no other warning."""
    found = stated(case)
    assert [] == [words for words in case.get("says", ()) if words not in found.text]
    assert [] == [words for words in case.get("not", ()) if words in found.text]
    wanted = case.get("warns", [])
    assert len(wanted) == len(found.warnings), found.warnings
    assert all(re.search(words, told) for words, told in zip(wanted, found.warnings, strict=True))
    return found


def named(case: Any) -> str:
    """A case as pytest prints it."""
    return " ".join(str(v) for v in case.values() if not isinstance(v, dict))[:60]


@pytest.mark.parametrize("case", CASES["grounds"], ids=named)
def test_the_class_follows_from_the_grounds(case: dict[str, Any]) -> None:
    """条例 14, 15, 16 mean review first (行政复议法第二十三条第一款第（四）项); the rest is free choice."""
    found = check(case)
    assert (case["class"], case.get("rest")) == (found.class_, found.rest)


@pytest.mark.parametrize("case", CASES["organs"], ids=named)
def test_the_review_authority_fits_the_organ(case: dict[str, Any]) -> None:
    """行政复议法第二十四条、第二十五条、第二十七条、第二十八条; the court is never derived (行政诉讼法第十八条)."""
    check(case)


@pytest.mark.parametrize("case", CASES["service"], ids=named)
def test_service_by_internet_brings_the_channel(case: dict[str, Any]) -> None:
    """行政复议法第二十二条第二款."""
    check(case)


@pytest.mark.parametrize("case", CASES["days"], ids=named)
def test_before_2024_nothing_is_judged(case: dict[str, Any]) -> None:
    """The text of the older 行政复议法 is not held: what cannot be judged is said plainly."""
    found = check(case)
    assert (case["class"], case["class"] is None) == (found.class_, found.text == "")


@pytest.mark.parametrize(("code", "road"), ROADS, ids=lambda v: getattr(v, "name", v))
def test_every_road_has_its_paragraph(code: str, road: Any) -> None:
    """The class written in outcomes.yaml is the one its basis leads to, on every road."""
    case = {"grounds": [str(ref) for ref in road.basis], "decision": OUTCOMES[code].group}
    found = stated(case)
    written = OUTCOMES[code].remedy
    assert ("B" if written == "by_basis" else written) == found.class_
    assert () == found.warnings
    assert "答复书" in found.text
    assert "{" not in found.text


def test_a_paragraph_names_what_it_rests_on() -> None:
    """Class, organ and online channel each bring their article."""
    found = stated({"grounds": ["第十五条"], "decision": "refuse", "service": "online", "online": "复议网"})
    printed = {str(ref) for ref in found.basis}
    assert {
        "《行政复议法》第二十三条第一款第（四）项",
        "《行政复议法》第二十四条第一款第（三）项",
        "《行政复议法》第二十二条第二款",
    } <= printed


def test_settings_know_every_kind_of_organ() -> None:
    """A kind that may be set has its rule, and no rule is out of reach."""
    assert set(load_organs(RULES).kinds) == set(KINDS)


GROUND = st.builds(
    ProvisionRef, st.just(REGULATION), st.integers(1, 56), paragraph=st.sampled_from([None, 1, 2])
)
DECISIONS = st.sampled_from(["grant", "partial", "refuse", "unable", "decline", "other"])


@given(st.lists(GROUND, max_size=5), DECISIONS, st.sampled_from([14, 15, 16]), st.integers(0, 5))
@settings(max_examples=120, deadline=None)
def test_review_first_whenever_any_ground_lies_in_14_to_16(
    grounds: list[ProvisionRef], decision: Any, article: int, at: int
) -> None:
    """Whatever stands beside it, and wherever it stands; without one a letter is of free choice."""
    agency = Agency(kind="street", review_authority="青石县人民政府", court="青石县人民法院")

    def class_of(relied: list[ProvisionRef]) -> str | None:
        return state_remedy(TABLE, RemedyCase(tuple(relied), decision, "答复书", agency, ON)).class_

    assert "A" == class_of([*grounds[:at], ProvisionRef(REGULATION, article), *grounds[at:]])
    without = [ground for ground in grounds if ground.article not in REVIEW_FIRST]
    assert "B" == class_of(without)
