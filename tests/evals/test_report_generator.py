"""The generator of invented reports: its figures close, its truth agrees with its pages, nothing is missing."""

import re
from dataclasses import replace
from random import Random

import pytest

from evals import report_values as values
from evals.report_breaks import BREAKS, balanced
from evals.report_cases import ReportCase, planted, report_cases, seed_cases
from evals.report_document import KNOWN, document, printed
from evals.report_figures import (
    COLUMNS,
    KINDS,
    LEAVES,
    PARTIES,
    RESULTS,
    REVIEWS,
    ROWS,
    SIZES,
    Facts,
    Figures,
    agency,
    invent,
    total,
)
from evals.report_layouts import LAYOUTS, Layout, lay_out, padded_bars
from evals.report_prose import CONSTRUCTS, SECTIONS, write

SAMPLE = [(kind, size, seed) for kind in KINDS for size in SIZES for seed in (1, 2)]
EVERY = len(LAYOUTS) + len(BREAKS) + len(CONSTRUCTS)


@pytest.fixture(scope="module")
def cases() -> list[ReportCase]:
    """One report of every layout, fault and construct."""
    return list(report_cases(EVERY))


def faults_of(figures: Figures) -> list[str]:
    """Which relations of the three tables do not hold."""
    found = [f"R1 {column}" for column, by in balanced(figures).items() if by]
    for column in COLUMNS:
        results = sum(figures["requests", leaf, column] for leaf in LEAVES)
        found += [f"R2 {column}"] if results != figures["requests", "total_handled", column] else []
    for row in ROWS:
        parties = sum(figures["requests", row, party] for party in PARTIES)
        found += [f"R3 {row}"] if parties != figures["requests", row, "total"] else []
    for row in REVIEWS:
        group = sum(figures["disputes", row, result] for result in RESULTS)
        found += [f"S1 {row}"] if group != figures["disputes", row, "total"] else []
    return found + [f"R5 {key}" for key, value in figures.items() if key[0] != "publication" and value < 0]


def carried_faults(facts: Facts) -> list[str]:
    """Columns in which last year's carried out is not this year's carried in."""
    return [
        column
        for column in COLUMNS
        if facts.previous["requests", "carried_out", column]
        != facts.figures["requests", "carried_in", column]
    ]


@pytest.mark.parametrize(("kind", "size", "seed"), SAMPLE)
def test_the_figures_close(kind: str, size: str, seed: int) -> None:
    """R1, R2, R3, R5 and S1 hold in both years, R4 between them."""
    facts = invent(Random(seed), kind, size)
    assert ([], [], []) == (faults_of(facts.figures), faults_of(facts.previous), carried_faults(facts))


@pytest.mark.parametrize(("kind", "size", "seed"), SAMPLE)
def test_documents_in_force_follow_from_last_year(kind: str, size: str, seed: int) -> None:
    """In force = last year's + issued − repealed; 规章 only of a city government."""
    facts = invent(Random(seed), kind, size)
    for row in ("regulations", "normative_documents"):
        now = {
            column: facts.figures["publication", row, column] for column in ("issued", "repealed", "in_force")
        }
        before = facts.previous["publication", row, "in_force"]
        assert now["in_force"] == before + now["issued"] - now["repealed"] >= 0
    if kind != "city":
        assert 0 == facts.figures["publication", "regulations", "in_force"]


def test_offices_of_every_size_occur() -> None:
    """From hardly any request to thousands."""
    received = {size: total(invent(Random(7), "county", size).figures, "new") for size in SIZES}
    assert 0 == received["none"]
    assert received["sparse"] < 5 < received["usual"] < received["county"] < 1000 < received["city"]


def test_the_same_seed_gives_the_same_reports(cases: list[ReportCase]) -> None:
    """And another seed other ones."""
    assert cases == list(report_cases(EVERY))
    assert cases != list(report_cases(EVERY, seed=1))


def test_agencies_are_of_several_provinces_and_kinds() -> None:
    """A street office is called one, a bureau of a county bears the county's name."""
    made = [agency(Random(f"{kind}{seed}"), kind) for kind in KINDS for seed in range(20)]
    assert len({one.province for one in made}) > 5
    assert len({one.name for one in made}) > 40
    assert all(one.name.endswith("办事处") for one in made if one.kind == "street")


def test_years_and_both_forms_occur(cases: list[ReportCase]) -> None:
    """2019 to 2025; mixtures of the forms have no name."""
    assert set(range(2019, 2026)) == {case.year for case in cases}
    assert {"2019", "2021", None} == {case.form for case in cases}


def test_there_are_layouts_for_every_way_of_flattening() -> None:
    """What published pages have been seen to do to tables, forms, labels and values, by name."""
    flattened = {"padded_bars", "leading_bars", "lone_bar_before_rows", "pad_joined", "no_break_spaces"}
    flattened |= {"barred_cells", "cells_then_bars", "unpadded_rows", "bare_cells", "stray_spaces"}
    flattened |= {"repeated_lines_removed", "fused_rows", "fused_digits", "single_spaces", "tables_gone"}
    flattened |= {"tables_attached", "changing_by_table", "changing_within_table", "other_table_first"}
    flattened |= {"metadata_first", "total_only", "persons_and_total", "six_columns", "six_values_left"}
    flattened |= {"one_value_left", "two_values_left"}
    forms = {"form_2019", "hybrid_merged_other", "hybrid_old_publication"}
    labels = {"end_cut_off_2019", "cut_at_line_breaks", "content_for_internal", "inner_spaces", "traditional"}
    labels |= {"ordinal_missing", "long_guidance", "pinyin_after_character", "other_quotes", "other_brackets"}
    shown = {"blank_for_none", "slash_for_none", "dash_for_none", "signed", "yuan_inside", "unit_inside"}
    shown |= {"unit_nowhere", "masked", "full_width", "thousands", "title_lost", "page_furniture"}
    assert set() == (flattened | forms | labels | shown) - set(LAYOUTS)
    assert len(LAYOUTS) == len({layout.label for layout in LAYOUTS.values()})


def test_every_layout_fault_and_construct_gets_a_report(cases: list[ReportCase]) -> None:
    """Each by its name, once in a round."""
    made = {(case.part, case.name) for case in cases}
    assert {("layout", name) for name in LAYOUTS} <= made
    assert {("break", name) for name in BREAKS} <= made
    assert {("construct", name) for name in CONSTRUCTS} <= made


def test_every_figure_is_readable_lost_or_open(cases: list[ReportCase]) -> None:
    """Exactly one of the three, for each of the figures both forms have a name for."""
    for case in cases:
        sets = (set(case.page.readable), set(case.page.lost), set(case.page.open))
        assert len(KNOWN) == sum(map(len, sets)), case.id
        assert set.union(*sets) == KNOWN, case.id


ALIKE = {
    "thousands",
    "full_width",
    "yuan_inside",
    "blank_for_none",
    "slash_for_none",
    "dash_for_none",
    "masked",
}


@pytest.mark.parametrize("name", sorted(set(LAYOUTS) - ALIKE))
def test_every_readable_figure_stands_in_the_page(name: str) -> None:
    """As often as it is readable; what is lost entirely stands in no table."""
    case = next(c for c in report_cases(EVERY) if (c.part, c.name) == ("layout", name))
    text = re.sub(r"\s", "", case.page.text)
    missing = {printed(v) for v in case.page.readable.values() if printed(v) not in text}
    assert set() == missing


@pytest.mark.parametrize("name", ["tables_gone", "tables_attached"])
def test_where_the_tables_are_gone_every_figure_is_lost(name: str) -> None:
    """And no title of a row is left."""
    case = next(c for c in report_cases(EVERY) if c.name == name)
    assert KNOWN == case.page.lost
    assert "本机关不掌握相关政府信息" not in case.page.text


def test_one_zero_is_left_where_repeated_lines_are_removed() -> None:
    """So no row of zeros can be read."""
    case = next(c for c in report_cases(EVERY) if c.name == "repeated_lines_removed")
    assert 1 == case.page.text.splitlines().count("0")
    assert not case.page.readable


def test_fused_digits_are_readable_only_digit_by_digit() -> None:
    """4000004 is seven figures; 12000012 is not."""
    rng = Random(4)
    facts = invent(rng, "bureau", "usual")
    many = {
        ("requests", "grant", column): n for column, n in zip(COLUMNS, (12, 0, 0, 0, 0, 0, 12), strict=True)
    }
    few = {
        ("requests", "partial", column): n for column, n in zip(COLUMNS, (4, 0, 0, 0, 0, 0, 4), strict=True)
    }
    facts = replace(facts, figures={**facts.figures, **many, **few})
    page = lay_out(document(write(facts, rng)), LAYOUTS["fused_digits"], rng)
    assert "120000012\n" in page.text and "4000004\n" in page.text
    assert set(many) <= page.lost and set(few) <= set(page.readable)


def test_masked_digits_are_lost() -> None:
    """As many asterisks as lost figures."""
    case = next(c for c in report_cases(EVERY) if c.name == "masked")
    assert case.page.text.count("*") == len([key for key in case.page.lost if key in KNOWN]) - old(case)


def old(case: ReportCase) -> int:
    """How many figures the form of 2019 never shows."""
    return 5 if case.form == "2019" else 0


def test_a_stroke_or_a_blank_is_left_to_the_reader() -> None:
    """Zero or unavailable, but no other figure."""
    rng = Random(2)
    doc = document(write(invent(rng, "street", "usual", "2021"), rng))
    for change in (values.blank_for_none, values.slash_for_none, values.dash_for_none):
        page = lay_out(doc, Layout("", padded_bars, change), rng)
        assert {0} == set(page.open.values())
        assert 0 not in page.readable.values()


def test_amounts_in_yuan_are_ten_thousand_times_as_large() -> None:
    """The figure known is in 万元."""
    case = next(c for c in report_cases(EVERY) if c.name == "yuan_inside")
    known = case.page.open[values.FEES]
    found = re.search(r"(\d+)元", case.page.text.split("收费金额")[1])
    assert found and int(found[1]) == known * 10000


def test_the_published_report_adds_up() -> None:
    """Its figures close; what is wrong with it stands in its prose."""
    (seed,) = seed_cases()
    assert [] == faults_of(seed.page.readable)
    assert "contradiction" in seed.found_as


TABLE_FAULTS = {
    "column_not_balanced": {"R1"},
    "total_not_balanced": {"R1"},
    "row_not_summed": {"R2", "R3"},
    "results_not_summed": {"R2"},
    "mixed_counted_twice": {"R2"},
    "dispute_not_summed": {"S1"},
}


@pytest.mark.parametrize("name", sorted(BREAKS))
def test_a_fault_breaks_what_it_says_and_nothing_else(name: str) -> None:
    """Relations of the tables, the link to last year, the prose: one thing at a time."""
    broken = BREAKS[name]
    rng = Random(11)
    right = invent(rng, broken.kind or "county", broken.size, broken.form)
    account, _ = planted(broken, right, rng)
    facts = account.facts
    assert TABLE_FAULTS.get(name, set()) == {fault.split()[0] for fault in faults_of(facts.figures)}
    assert [] == faults_of(facts.previous)
    assert (name in ("carried_in_by_type", "carried_in_total")) == bool(carried_faults(facts))
    assert name.startswith("told_") == (facts.told != facts.figures)


def test_a_column_may_be_out_of_balance_while_the_total_balances() -> None:
    """What a look at the last column does not show."""
    rng = Random(5)
    account, _ = planted(BREAKS["column_not_balanced"], invent(rng, "county", "county"), rng)
    by = balanced(account.facts.figures)
    assert 0 == by["total"] and by["natural_person"] and by["enterprise"]


@pytest.mark.parametrize("name", sorted(CONSTRUCTS))
def test_a_construct_is_true(name: str) -> None:
    """Its report closes like any other, and its prose tells the figures of its tables."""
    construct = CONSTRUCTS[name]
    rng = Random(3)
    facts = construct.shape(invent(rng, "county", "none" if name == "earlier_review" else "usual"), rng)
    assert ([], []) == (faults_of(facts.figures), carried_faults(facts))
    aspect, sentence = construct.say(facts)
    assert sentence in write(facts, rng, construct=construct).aspects[aspect]


def test_a_right_report_has_six_sections_in_order() -> None:
    """Under their official titles."""
    rng = Random(1)
    text = lay_out(document(write(invent(rng, "street", "usual"), rng)), LAYOUTS["padded_bars"], rng).text
    places = [
        text.index(f"\n{mark}、{title}\n") for mark, title in zip("一二三四五六", SECTIONS, strict=True)
    ]
    assert sorted(places) == places
