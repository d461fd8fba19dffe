"""Published annual reports: every figure from its row, and what is lost stays unavailable."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from assistant.errors import CorpusError
from assistant.ingest.annual.form import ReportForm, load_report_form
from assistant.ingest.annual.report import Report, load_reports, parse_report
from assistant.ingest.annual.tables import read_number
from assistant.law.outcomes import load_outcomes
from assistant.settings import ROOT
from tests.ingest.published import LAYOUTS, TITLE, bars, known_figures

CORPUS = ROOT / "corpus"
FILE = CORPUS / "reports" / "暨阳街道-2023.md"


@pytest.fixture(scope="module")
def form() -> ReportForm:
    """The form of the shipped corpus."""
    return load_report_form(CORPUS / "rules")


@pytest.fixture(scope="module")
def street() -> Report:
    """The 2023 report of 暨阳街道."""
    return next(r for r in load_reports(CORPUS) if (r.short_name, r.year) == ("暨阳街道", 2023))


def values(report: Report) -> dict[str, dict[str, dict[str, object]]]:
    """Every cell of a report as a bare value."""
    return {
        code: {row: {c: cell and cell.value for c, cell in cells.items()} for row, cells in table.items()}
        for code, table in report.tables.items()
    }


def test_the_rows_of_the_form_are_the_21_outcomes(form: ReportForm) -> None:
    """Codes of outcomes and rows of the table are the same, in the same order."""
    rows = [
        code
        for code in form.tables["requests"].rows
        if code not in ("new", "carried_in", "carried_out", "total_handled")
    ]
    assert list(load_outcomes(CORPUS / "rules")) == rows


def test_row_titles_begin_with_the_outcomes_labels(form: ReportForm) -> None:
    """An outcome bears the name of its row."""
    outcomes = load_outcomes(CORPUS / "rules").values()
    rows = form.tables["requests"].rows
    assert [o.code for o in outcomes if not rows[o.code].label.startswith(o.label)] == []


def test_the_street_report_says_who_when_and_what(street: Report) -> None:
    """Agency, index number and date of the published report."""
    expected = ("暨阳街道办事处", "001008006002065/2024-154563", date(2024, 1, 26), "2021", True)
    assert expected == (street.agency, street.index_number, street.published_on, street.form, street.verified)


@pytest.mark.parametrize(
    ("table", "row", "column", "expected"),
    [
        ("requests", "new", "natural_person", 20),
        ("requests", "carried_in", "total", 0),
        ("requests", "grant", "natural_person", 12),
        ("requests", "unable.not_held", "total", 5),
        ("requests", "other.other", "natural_person", 1),
        ("requests", "total_handled", "total", 18),
        ("requests", "carried_out", "natural_person", 2),
        ("requests", "new", "enterprise", 0),
        ("publication", "normative_documents", "repealed", 2),
        ("publication", "permits", "decisions", 70),
        ("publication", "penalties", "decisions", 780),
        ("publication", "coercion", "decisions", 1),
        ("publication", "fees", "amount", 0),
        ("disputes", "review", "pending", 1),
        ("disputes", "lawsuit_direct", "total", 0),
    ],
)
def test_the_street_figures_are_those_published(
    street: Report, table: str, row: str, column: str, expected: int
) -> None:
    """A cell of the report holds the published number."""
    assert expected == street.value(table, row, column)


def test_every_cell_of_the_street_report_is_read(street: Report) -> None:
    """25 rows of seven columns, ten figures of table one, fifteen of the disputes."""
    read = {
        code: sum(v is not None for row in t.values() for v in row.values())
        for code, t in values(street).items()
    }
    assert read == {"publication": 10, "requests": 175, "disputes": 15}


def test_no_cell_of_the_street_report_is_another(street: Report) -> None:
    """All 175 cells of table two: these, and 0 in every other."""
    alone = {
        "new": 20,
        "grant": 12,
        "unable.not_held": 5,
        "other.other": 1,
        "total_handled": 18,
        "carried_out": 2,
    }
    expected = {
        row: {c: alone.get(row, 0) if c in ("natural_person", "total") else 0 for c in cells}
        for row, cells in street.requests.items()
    }
    assert (expected, 25) == (values(street)["requests"], len(street.requests))


def test_the_street_table_adds_up(street: Report) -> None:
    """New and carried in make handled and carried out, in every column."""
    table = street.requests
    for column in table["new"]:
        new, before, handled, after = (
            street.value("requests", row, column) or 0
            for row in ("new", "carried_in", "total_handled", "carried_out")
        )
        assert new + before == handled + after


def test_a_cell_knows_its_line(street: Report) -> None:
    """The line of a cell in the corpus file shows its row and its figure."""
    cell = street.cell("requests", "grant", "total")
    assert cell is not None
    line = FILE.read_text(encoding="utf-8").split("\n")[cell.line - 1]
    assert ("（一）予以公开" in line, "| 12 |" in line) == (True, True)


def test_the_six_sections_bear_their_official_titles(street: Report, form: ReportForm) -> None:
    """Titles and order are those of the form."""
    assert [(s.number, s.title) for s in form.sections] == [(s.number, s.title) for s in street.sections]


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=list(LAYOUTS))
def test_every_layout_gives_every_figure(layout: Callable[[ReportForm], str], form: ReportForm) -> None:
    """However the tables were flattened, each figure stands in its row and column."""
    assert known_figures(form) == values(parse_report(layout(form), form))


def test_agency_year_and_numbers_come_from_the_page(form: ReportForm) -> None:
    """Title and head of the published page say who reports on what year."""
    report = parse_report(bars(form), form)
    found = (report.agency, report.short_name, report.year, report.index_number, report.published_on)
    assert ("青石镇人民政府", "青石镇", 2022, "00999/2023-000123", date(2023, 1, 18)) == found


def test_the_year_may_stand_before_the_agency(form: ReportForm) -> None:
    """2022年青石镇人民政府… is the same agency and year."""
    report = parse_report("2022年青石镇人民政府政府信息公开工作年度报告\n", form)
    assert (report.agency, report.year) == ("青石镇人民政府", 2022)


def test_a_report_without_tables_has_no_figures(form: ReportForm) -> None:
    """Tables published as pictures leave every cell unavailable, none at zero."""
    report = parse_report(f"{TITLE}\n二、主动公开政府信息情况\n三、收到和处理政府信息公开申请情况\n", form)
    assert {None} == {v for table in values(report).values() for row in table.values() for v in row.values()}


def test_a_row_with_lost_figures_is_unavailable(form: ReportForm) -> None:
    """Three values under seven columns could belong anywhere."""
    whole = bars(form)
    grant = known_figures(form)["requests"]["grant"]
    cut = whole.replace(" | ".join(map(str, grant.values())), " | ".join(map(str, list(grant.values())[:3])))
    report = parse_report(cut, form)
    assert {None} == {cell and cell.value for cell in report.requests["grant"].values()}
    assert known_figures(form)["requests"]["partial"]["total"] == report.value("requests", "partial", "total")


def test_an_empty_cell_between_figures_keeps_its_place(form: ReportForm) -> None:
    """What is blank is unavailable, and its neighbours stay where they are."""
    grant = known_figures(form)["requests"]["grant"]
    report = parse_report(bars(form).replace(f"| {grant['research']} |", "|  |"), form)
    assert grant | {"research": None} == {
        c: cell and cell.value for c, cell in report.requests["grant"].items()
    }


def test_a_blank_at_the_edge_of_a_row_keeps_its_place(form: ReportForm) -> None:
    """A blank beside the title is the first cell where the full rows show that no padding stands there."""
    grant = known_figures(form)["requests"]["grant"]
    report = parse_report(bars(form).replace(f"| {grant['natural_person']} |", "|  |"), form)
    assert grant | {"natural_person": None} == {
        c: cell and cell.value for c, cell in report.requests["grant"].items()
    }


def test_a_stroke_is_kept_as_it_stands_and_is_no_zero(form: ReportForm) -> None:
    """The audit can quote the stroke; nobody can take it for a number."""
    permits = known_figures(form)["publication"]["permits"]["decisions"]
    cell = parse_report(bars(form).replace(f"行政许可 | {permits}", "行政许可 | /"), form).cell(
        "publication", "permits", "decisions"
    )
    assert cell is not None
    assert (cell.value, cell.raw) == (None, "/")


def test_a_row_printed_twice_with_other_figures_is_unavailable(form: ReportForm) -> None:
    """Of two candidates none is chosen."""
    twice = bars(form).replace(
        "四、政府信息公开行政复议", "（一）予以公开 | 1 | 2 | 3 | 4 | 5 | 6 | 21 |\n四、政府信息公开行政复议"
    )
    cells = parse_report(twice, form).requests["grant"].values()
    assert {(None, "repeated")} == {(cell and cell.value, cell and cell.why) for cell in cells}


def test_the_form_of_2019_is_known_by_its_words(form: ReportForm) -> None:
    """Its table one counts other things, so none of its figures is taken for one of today's."""
    page = "二、主动公开政府信息情况\n信息内容 | 本年新制作数量 | 本年新公开数量 | 对外公开总数量\n规章 | 1 | 2 | 3 |\n"
    report = parse_report(page, form)
    assert (report.form, report.value("publication", "regulations", "issued")) == ("2019", None)


def test_words_of_both_forms_make_an_unknown_form(form: ReportForm) -> None:
    """A hybrid is not forced into either form."""
    assert parse_report("本年制发件数 | 对外公开总数量", form).form == "unknown"


@pytest.mark.parametrize(
    ("raw", "unit", "expected"),
    [
        ("0", "件", 0),
        ("+2", "件", 2),
        ("-1", "件", -1),
        ("１２", "件", 12),
        ("14,069", "件", 14069),
        ("3件", "件", 3),
    ],
)
def test_numbers_are_read_as_printed(raw: str, unit: str, expected: int) -> None:
    """Signs, full-width digits, thousands and the unit of the row are understood."""
    assert expected == read_number(raw, unit)


@pytest.mark.parametrize(
    ("raw", "unit"),
    [("1*", "件"), ("/", "件"), ("-", "件"), ("", "件"), ("3235727元", "万元"), ("约20", "件")],
)
def test_what_is_no_number_is_not_available(raw: str, unit: str) -> None:
    """Masked digits, strokes and figures in another unit are never guessed."""
    assert None is read_number(raw, unit)


def test_decimals_are_exact() -> None:
    """Fee income in 万元 keeps its decimals."""
    assert str(read_number("0.56", "万元")) == "0.56"


def corpus_with(tmp_path: Path, **files: str) -> Path:
    """A corpus folder with the shipped rules and the given report files."""
    (tmp_path / "reports").mkdir()
    (tmp_path / "rules").symlink_to(CORPUS / "rules")
    for name, text in files.items():
        (tmp_path / "reports" / f"{name}.md").write_text(text, encoding="utf-8")
    return tmp_path


def test_a_corpus_without_reports_has_none(tmp_path: Path) -> None:
    """No report is no error."""
    assert load_reports(corpus_with(tmp_path)) == ()


def test_two_reports_of_one_agency_and_year_are_refused(tmp_path: Path) -> None:
    """A figure could come from either; the message names both files."""
    text = FILE.read_text(encoding="utf-8")
    with pytest.raises(CorpusError, match=r"reports/b\.md 与 reports/a\.md"):
        load_reports(corpus_with(tmp_path, a=text, b=text))


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("year: 2023", "year: 二〇二三", "“year”的值"),
        ("upper: 诸暨市\n", "", "缺少“upper”"),
        ("upper: 诸暨市", "upper: 诸暨市\ncolour: red", "不认识的键“colour”"),
    ],
)
def test_a_broken_head_is_named(tmp_path: Path, before: str, after: str, words: str) -> None:
    """The error names the file and the key."""
    text = FILE.read_text(encoding="utf-8").replace(before, after, 1)
    with pytest.raises(CorpusError, match=f"a.md.*{words}"):
        load_reports(corpus_with(tmp_path, a=text))
