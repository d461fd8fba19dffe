"""However a page was flattened, a figure read from it is the figure published, or is called unavailable."""

import re
from collections.abc import Callable
from random import Random

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from assistant.ingest.annual.form import ReportForm, standing_form
from assistant.ingest.annual.report import Report, parse_report
from tests.ingest.published import LAYOUTS, LOSSY, Figures, bare_cells, bars, known_figures, spaced
from tests.ingest.report_tables_2019 import FIGURES_2019, OTHER_IN_ONE_ROW, PUBLICATION_2019

FORM = standing_form()
WRITTEN = {**LAYOUTS, **LOSSY}
Write = Callable[[ReportForm, Figures], str]
PLACES = [
    (code, row.code, column)
    for code, table in FORM.tables.items()
    for row in table.rows.values()
    for column in row.columns
]


def figures_of(seed: int, most: int) -> Figures:
    """Figures up to a size, most of them zero, as in reports; columns close, so that totals are right."""
    rng = Random(seed)

    def one() -> int:
        return rng.choice((0, 0, 0, rng.randint(0, most)))

    made = {
        code: {row.code: {c: one() for c in row.columns} for row in table.rows.values()}
        for code, table in FORM.tables.items()
    }
    for code in ("requests", "disputes"):
        for cells in made[code].values():
            cells["total"] = sum(value for column, value in cells.items() if column != "total")
    return made


def wrong(report: Report, truth: Figures) -> list[tuple[str, str, str]]:
    """Places whose figure is another than the one published."""
    return [
        (t, r, c)
        for t, r, c in PLACES
        if report.value(t, r, c) is not None and report.value(t, r, c) != truth[t][r][c]
    ]


def missing(report: Report) -> list[tuple[str, str, str]]:
    """Places without a figure."""
    return [place for place in PLACES if report.value(*place) is None]


@pytest.mark.parametrize("write", LAYOUTS.values(), ids=list(LAYOUTS))
@given(seed=st.integers(0, 10**9), most=st.sampled_from([1, 9, 60, 14069]))
@settings(max_examples=25, deadline=None)
def test_a_layout_that_keeps_every_cell_gives_every_figure(write: Write, seed: int, most: int) -> None:
    """Every figure is read, and none is another's."""
    truth = figures_of(seed, most)
    report = parse_report(write(FORM, truth), FORM)
    assert ([], []) == (wrong(report, truth), missing(report))


@pytest.mark.parametrize("write", WRITTEN.values(), ids=list(WRITTEN))
@given(seed=st.integers(0, 10**9), most=st.sampled_from([1, 9, 60, 14069]), losses=st.integers(0, 6))
@settings(max_examples=25, deadline=None)
def test_lines_that_are_lost_never_move_a_figure(write: Write, seed: int, most: int, losses: int) -> None:
    """Whatever rows or figures a page lost, what is read is right or unavailable."""
    truth, rng = figures_of(seed, most), Random(seed + 1)
    lines = write(FORM, truth).split("\n")
    for _ in range(losses):
        at = rng.randrange(len(lines))
        if re.search(r"\d[\s|]*$", lines[at]):
            del lines[at]
    assert [] == wrong(parse_report("\n".join(lines), FORM), truth)


@given(seed=st.integers(0, 10**9), most=st.sampled_from([1, 9, 60]), losses=st.integers(1, 9))
@example(seed=4620, most=60, losses=5)
@settings(max_examples=60, deadline=None)
def test_cells_that_are_lost_never_move_their_neighbours(seed: int, most: int, losses: int) -> None:
    """A cell that fell out of a row leaves the row unavailable; two equal figures left are another layout."""
    truth, rng = figures_of(seed, most), Random(seed + 1)
    lines = rng.choice((bars, spaced))(FORM, truth).split("\n")
    for _ in range(losses):
        at = rng.randrange(len(lines))
        cells = lines[at].split(" ")
        digits = [place for place, cell in enumerate(cells) if cell.isdecimal()]
        if len(digits) > 3:
            place = rng.choice(digits)
            del cells[place : place + 2]
            lines[at] = " ".join(cells)
    assert [] == wrong(parse_report("\n".join(lines), FORM), truth)


@given(seed=st.integers(0, 10**9))
@settings(max_examples=40, deadline=None)
def test_masked_digits_are_unavailable_alone(seed: int) -> None:
    """A masked figure hides itself and no other."""
    truth, rng = figures_of(seed, 60), Random(seed + 1)
    hidden = rng.choice(list(FORM.tables["requests"].rows))
    page = bars(FORM, truth).split("\n")
    row = FORM.tables["requests"].rows[hidden]
    at = next(place for place, line in enumerate(page) if line.startswith(f"{row.mark}{row.label} |"))
    cells = page[at].split(" | ")
    cells[1] = "1*"
    page[at] = " | ".join(cells)
    report = parse_report("\n".join(page), FORM)
    cell = report.cell("requests", hidden, "natural_person")
    assert ([("requests", hidden, "natural_person")], "masked") == (missing(report), cell and cell.why)


@given(seed=st.integers(0, 10**9))
@settings(max_examples=40, deadline=None)
def test_one_digit_each_is_told_apart(seed: int) -> None:
    """规章000 is three figures where every cell has one digit and the rows add up."""
    truth = figures_of(seed, 1)
    small = {
        code: {r: c for r, c in rows.items() if all(v < 10 for v in c.values())}
        for code, rows in truth.items()
    }
    report = parse_report(LOSSY["glued"](FORM, truth), FORM)
    lost = [place for place in missing(report) if place[0] == "requests" and place[1] in small["requests"]]
    assert ([], []) == (wrong(report, truth), lost)


def test_a_fused_row_that_would_not_add_up_is_left_alone() -> None:
    """1200012 may be 12, 0, 0, 0, 12 with two cells lost."""
    page = (
        bare_cells(FORM).split("（一）予以公开")[0]
        + "（一）予以公开\n1200012\n（二）部分公开\n0\n0\n0\n0\n0\n0\n0\n"
    )
    cells = parse_report(page, FORM).requests["grant"].values()
    assert {(None, "fused")} == {(cell and cell.value, cell and cell.why) for cell in cells}


def test_table_one_of_2019_is_read_under_its_own_heads() -> None:
    """Projects, changes and procurement stand under their own codes; a sum keeps its unit."""
    report = parse_report(PUBLICATION_2019, FORM)
    read = {
        row: {c: cell and cell.value for c, cell in cells.items()}
        for row, cells in report.publication.items()
    }
    spent = report.cell("publication", "procurement", "purchase_amount")
    assert ("2019", FIGURES_2019, "元") == (report.form, read, spent and spent.unit)


def test_a_head_cut_after_its_stroke_is_still_known() -> None:
    """本年增/ stands for 本年增/减."""
    report = parse_report(PUBLICATION_2019.replace("本年增/减", "本年增/"), FORM)
    assert (2, -1) == (
        report.value("publication", "permits", "change"),
        report.value("publication", "services", "change"),
    )


def test_other_handling_in_one_row_is_kept_as_a_group() -> None:
    """The sum still closes; the three outcomes of today are unavailable."""
    report = parse_report(OTHER_IN_ONE_ROW, FORM)
    group = [report.value("requests", "other", column) for column in FORM.tables["requests"].columns]
    singles = {report.value("requests", code, "total") for code in FORM.tables["requests"].groups["other"].of}
    assert ([3, 1, 0, 0, 0, 0, 4], {None}, "2019") == (group, singles, report.form)


def test_a_group_that_prints_no_figures_has_no_row() -> None:
    """Today's form has 其他处理 in three rows."""
    assert "other" not in parse_report(bars(FORM), FORM).requests


def test_old_heads_over_new_rows_are_a_form_of_their_own() -> None:
    """Each row goes by the heads that stand over it, whatever the year; the whole is neither form."""
    new = "第二十条第（五）项\n信息内容 | 本年处理决定数量\n行政许可 | 41\n"
    report = parse_report(PUBLICATION_2019.split("第二十条第（五）项")[0] + new, FORM)
    values = (
        report.value("publication", "normative_documents", "made"),
        report.value("publication", "permits", "decisions"),
    )
    assert ("unknown", (7, 41)) == (report.form, values)


def test_a_table_of_the_offices_own_is_not_the_statutory_one() -> None:
    """行政许可 in a list of channels before the table is no decision."""
    own = "公开栏目 | 条数\n行政许可 | 999\n行政处罚 | 998\n第二十条第（一）项"
    report = parse_report(bars(FORM).replace("第二十条第（一）项", own, 1), FORM)
    assert known_figures(FORM)["publication"]["permits"]["decisions"] == report.value(
        "publication", "permits", "decisions"
    )


@pytest.mark.parametrize(
    ("heads", "row", "expected"),
    [
        ("自然人 | 总计", "3 | 4", {"natural_person": 3, "total": 4}),
        ("总计", "4", {"total": 4}),
        (
            "自然人 | 商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他",
            "3 | 1 | 0 | 0 | 0 | 2",
            {
                "natural_person": 3,
                "enterprise": 1,
                "research": 0,
                "public_benefit": 0,
                "legal_service": 0,
                "other": 2,
            },
        ),
        (
            "自然人 | 商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他 | 总计",
            "3 | 1 | 0 | 0 | 2 | 6",
            {},
        ),
        ("自然人 | 商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他 | 总计", "6 | 6", {}),
        ("自然人 | 商业企业 | 科研机构 | 社会公益组织 | 法律服 | 其他", "3 | 1 | 0 | 0 | 0 | 2", {}),
    ],
)
def test_fewer_values_are_placed_only_under_fewer_heads(
    heads: str, row: str, expected: dict[str, int]
) -> None:
    """Six values under seven heads, or under heads that may be damaged, belong nowhere."""
    page = (
        f"三、收到和处理政府信息公开申请情况\n申请人情况\n{heads}\n一、本年新收政府信息公开申请数量 | {row}\n"
    )
    cells = parse_report(page, FORM).requests["new"]
    assert expected == {c: cell.value for c, cell in cells.items() if cell and cell.value is not None}


def test_two_equal_values_with_zeros_beside_them_are_persons_and_total() -> None:
    """0 and 0 shows that columns were left out, not zeros; the cells say that they were inferred."""
    heads = "自然人\n法人或其他组织\n总计\n商业企业\n科研机构\n社会公益组织\n法律服务机构\n其他\n"
    rows = "一、本年新收政府信息公开申请数量\n5\n5\n二、上年结转政府信息公开申请数量\n0\n0\n"
    cells = parse_report(f"三、收到和处理政府信息公开申请情况\n{heads}{rows}", FORM).requests["new"]
    read = {c: (cell.value, cell.inferred) for c, cell in cells.items() if cell}
    assert {"natural_person": (5, True), "total": (5, True)} == read


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("行政事业性收费 | 3235727元 |", (None, "unit", "元")),
        ("行政事业性收费 | 12.5万元 |", ("12.5", None, "万元")),
        ("行政事业性收费 | 0元 |", ("0", None, "元")),
        ("行政事业性收费 | / |", (None, "stroke", "万元")),
        ("行政事业性收费 |  |", (None, "blank", "")),
    ],
)
def test_a_sum_in_another_unit_is_words_not_a_figure(
    printed: str, expected: tuple[str | None, str | None, str]
) -> None:
    """元 under a head in 万元 is shown as it stands."""
    page = f"二、主动公开政府信息情况\n第二十条第（八）项\n信息内容 | 本年收费金额（单位：万元）\n{printed}\n"
    cell = parse_report(page, FORM).cell("publication", "fees", "amount")
    assert cell is not None
    assert expected == (None if cell.value is None else str(cell.value), cell.why, cell.unit)


@pytest.mark.parametrize(
    ("official", "printed"),
    [
        ("5.属于三类内部事务信息", "5.属于三类内容事务信息"),
        ("（二）部分公开", "（二）部分公开（区分处理的，只计这一情形，不计其他情形）"),
        ("1.属于国家秘密", "1. 属 于 国 家 秘 密"),
        ("2.重复申请", "2.重zhòng复申请"),
        ("3.危及“三安全一稳定”", "3.危及”三安全一稳定”"),
        ("（一）予以公开", "三、本年度办理结果 | (一)予以公開"),
        ("8.属于行政查询事项", "8.属于行政查\n询事项"),
        ("（七）总计", "（七） 总 计"),
        ("3.其他", "3．其他"),
        ("四、结转下年度继续办理", "四、结转下年度继续办"),
    ],
)
def test_a_damaged_title_is_still_its_row(official: str, printed: str) -> None:
    """Spaces, pinyin, quotation marks, traditional characters and cut ends hide no row."""
    report = parse_report(bars(FORM).replace(f"\n{official} |", f"\n{printed} |"), FORM)
    assert [] == missing(report)


def test_a_title_that_only_ends_like_another_is_not_that_row() -> None:
    """大量重复申请 is no 重复申请."""
    page = bars(FORM).replace("2.重复申请 |", "某类大量重复申请 |")
    cells = parse_report(page, FORM).requests["decline.repeat"].values()
    assert {None} == set(cells)


def test_every_cell_without_a_figure_says_why() -> None:
    """The clerk learns what is wrong with the cell."""
    grant = list(known_figures(FORM)["requests"]["grant"].values())
    page = bars(FORM).replace(" | ".join(map(str, grant)), " | ".join(map(str, grant[:3])))
    cell = parse_report(page, FORM).cell("requests", "grant", "total")
    assert cell is not None
    assert "数字个数与栏数不符，无法确定各属哪一栏" == cell.reason
