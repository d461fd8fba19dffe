"""The 21 outcomes as dated rules."""

from datetime import date

import pytest

from assistant.errors import CorpusError, InputError
from assistant.ingest.statutes import load_statutes
from assistant.law.outcomes import FILE, known_outcome, load_outcomes
from assistant.settings import ROOT

RULES = ROOT / "corpus" / "rules"
# The contract's codes in the order of the annual-report table.
CODES = [
    "grant",
    "partial",
    "refuse.state_secret",
    "refuse.prohibited_by_law",
    "refuse.security_stability",
    "refuse.third_party",
    "refuse.internal_affairs",
    "refuse.deliberative",
    "refuse.enforcement_file",
    "refuse.administrative_query",
    "unable.not_held",
    "unable.needs_creation",
    "unable.still_unclear",
    "decline.petition",
    "decline.repeat",
    "decline.publication",
    "decline.excessive",
    "decline.reconfirm",
    "other.no_correction",
    "other.fee_unpaid",
    "other.other",
]


def test_the_table_has_its_21_rows_in_order() -> None:
    """Codes and order are the contract's."""
    assert CODES == list(load_outcomes(RULES))


def test_every_basis_is_living_law() -> None:
    """No outcome rests on a provision that does not exist today."""
    book = load_statutes(ROOT / "corpus")
    for outcome in load_outcomes(RULES).values():
        for ref in outcome.basis:
            assert "ok" == book.status(ref, date(2026, 11, 23)), f"{outcome.code}: {ref}"


def test_every_neighbour_has_its_question() -> None:
    """What separates two outcomes is asked as a question."""
    for outcome in load_outcomes(RULES).values():
        assert outcome.neighbours, outcome.code
        assert all(question.endswith(("？", "。")) for question in outcome.neighbours.values())


def test_an_unknown_code_is_named() -> None:
    """The error lists the codes there are."""
    with pytest.raises(InputError, match="不认识的处理结果代码“refuse.secret”.*refuse.state_secret"):
        known_outcome("refuse.secret", load_outcomes(RULES))


def test_a_misspelt_key_names_file_row_and_key(tmp_path) -> None:
    """A rule file that breaks its format says where."""
    text = (RULES / FILE).read_text(encoding="utf-8").replace("evidence:", "evidense:", 1)
    (tmp_path / FILE).write_text(text, encoding="utf-8")
    with pytest.raises(CorpusError, match="outcomes.yaml grant：缺少“evidence”"):
        load_outcomes(tmp_path)


# The neighbour table and the hard borders of practice: outcomes that are taken for each other.
TAKEN_FOR_EACH_OTHER = [
    ("unable.not_held", "unable.needs_creation"),
    ("unable.needs_creation", "partial"),
    ("unable.still_unclear", "other.no_correction"),
    ("decline.repeat", "decline.excessive"),
    ("decline.excessive", "other.fee_unpaid"),
    ("decline.petition", "grant"),
    ("decline.petition", "refuse.enforcement_file"),
    ("decline.petition", "other.other"),
    ("refuse.state_secret", "refuse.internal_affairs"),
    ("refuse.state_secret", "refuse.security_stability"),
    ("refuse.prohibited_by_law", "refuse.administrative_query"),
    ("refuse.prohibited_by_law", "refuse.third_party"),
    ("refuse.internal_affairs", "refuse.deliberative"),
    ("refuse.internal_affairs", "refuse.enforcement_file"),
    ("refuse.deliberative", "refuse.enforcement_file"),
    ("refuse.deliberative", "grant"),
    ("refuse.third_party", "grant"),
    ("refuse.third_party", "partial"),
    ("refuse.administrative_query", "grant"),
    ("refuse.administrative_query", "other.other"),
    ("unable.not_held", "grant"),
    ("unable.needs_creation", "grant"),
    ("decline.repeat", "decline.reconfirm"),
    ("decline.repeat", "grant"),
    ("decline.publication", "grant"),
    ("refuse.security_stability", "grant"),
]


@pytest.mark.parametrize(("one", "other"), TAKEN_FOR_EACH_OTHER)
def test_outcomes_that_are_taken_for_each_other_are_told_apart_from_both_sides(one: str, other: str) -> None:
    """Whoever starts at either finds the question."""
    outcomes = load_outcomes(RULES)
    assert other in outcomes[one].neighbours
    assert one in outcomes[other].neighbours


def test_two_roads_into_one_row_are_told_apart() -> None:
    """不存在 and 非本机关 share a row and need different letters."""
    outcome = load_outcomes(RULES)["unable.not_held"]
    assert "谁制作或者最初获取" in (outcome.roads_apart or "")
    assert 2 == len({road.letter for road in outcome.roads})


def test_a_correction_of_records_stands_beside_a_wish_for_a_stamp() -> None:
    """第四十一条 is no row of the table: says it is wrong, or wants it confirmed."""
    assert "record_correction" in load_outcomes(RULES)["decline.reconfirm"].beside


def test_every_outcome_is_guarded() -> None:
    """What the file must hold before an outcome may be used."""
    for outcome in load_outcomes(RULES).values():
        for road in outcome.roads:
            assert outcome.open_guards(road.name), f"{outcome.code} {road.name}"


@pytest.mark.parametrize(
    ("code", "guard", "paper"),
    [
        ("decline.excessive", "reasons_asked", "reasons_notice"),
        ("refuse.third_party", "third_party_asked", "third_party_letter"),
        ("unable.still_unclear", "correction_notice", "correction_notice"),
        ("other.no_correction", "correction_notice", "correction_notice"),
        ("other.fee_unpaid", "fee_notice", "fee_notice"),
    ],
)
def test_a_step_that_cannot_be_skipped_is_a_guard_with_its_paper(code: str, guard: str, paper: str) -> None:
    """第三十条, 第三十二条, 第三十五条, 第四十二条."""
    found = {g.key: g.paper for g in load_outcomes(RULES)[code].guards}
    assert paper == found[guard]


def test_a_guard_that_is_met_is_no_longer_open() -> None:
    """Guards are met by key; those of another road are not asked for."""
    outcome = load_outcomes(RULES)["unable.not_held"]
    assert ["search_record"] == [g.key for g in outcome.open_guards("absent")]
    assert () == outcome.open_guards("absent", {"search_record"})
    assert ["responsible_organ"] == [g.key for g in outcome.open_guards("elsewhere")]


def test_every_refusal_weighs_separation_first() -> None:
    """第三十七条, before 第十四条 to 第十六条 withhold the whole."""
    for outcome in load_outcomes(RULES).values():
        if outcome.remedy == "A":
            assert "separability" in {guard.key for guard in outcome.guards}, outcome.code
            assert "partial" in outcome.neighbours, outcome.code


def test_every_road_names_the_papers_it_may_need() -> None:
    """Registration and receipt always; the fee notice where a fee went unpaid."""
    outcomes = load_outcomes(RULES)
    assert all({"registration", "receipt"} <= set(r.papers) for o in outcomes.values() for r in o.roads)
    assert "fee_notice" in outcomes["other.fee_unpaid"].roads[0].papers
