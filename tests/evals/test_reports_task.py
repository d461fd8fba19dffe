"""The reports task: figures counted right, wrong, unread; lost ones left; faults found, right reports left alone."""

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.settings import ROOT
from evals.intervals import Interval
from evals.report_bad_files import BAD_FILES
from evals.report_baseline import Reading, textbook_reading
from evals.report_breaks import BREAKS
from evals.report_cases import COUNT, ReportCase, report_cases
from evals.report_document import KNOWN, disputes, requests
from evals.report_files import SUFFIXES, placed, report_files, truth_path, write_folder
from evals.report_layouts import LAYOUTS, Page
from evals.report_prose import CONSTRUCTS
from evals.reports import cells, judge, reports
from evals.task import Score, TaskResult, run_task

EVERY = len(LAYOUTS) + len(BREAKS) + len(CONSTRUCTS)
NEW, OUT = ("requests", "new", "total"), ("requests", "carried_out", "total")
GONE, EITHER = ("disputes", "review", "total"), ("publication", "fees", "amount")
PAGE = Page("", {NEW: 20, OUT: 2}, frozenset({GONE}), {EITHER: 3})
CASE = ReportCase(
    "x", "x", "layout", "bars", "竖线", "望星镇人民政府", 2023, "2021", PAGE, None, frozenset(), True
)
RIGHT = Reading("望星镇人民政府", 2023, "2021", {NEW: 20, OUT: 2}, frozenset())


@pytest.fixture(scope="module")
def result() -> TaskResult:
    """The task over one report of every layout, fault and construct."""
    return run_task(reports(count=EVERY), lambda *_: None)


def values_of(case: ReportCase, said: Reading) -> dict[str, float]:
    """What judging gives."""
    return dict(judge(case, said).values)


def test_a_right_reading_is_whole() -> None:
    """Figures, title and form right; the lost figure left alone; the open one not asked for."""
    said = values_of(CASE, RIGHT)
    assert (2, 2, 0, 0) == tuple(said[key] for key in ("readable", "right", "wrong", "unread"))
    assert (1, 1, 1, 1) == tuple(said[key] for key in ("unavailable", "whole", "title", "form"))


@pytest.mark.parametrize(
    ("figures", "key"),
    [
        ({NEW: 21, OUT: 2}, "wrong"),
        ({NEW: 20}, "unread"),
        ({NEW: 20, OUT: 2, EITHER: 4}, "misread"),
    ],
)
def test_a_wrong_an_unread_and_a_misread_figure_are_told_apart(
    figures: dict[tuple[str, str, str], int], key: str
) -> None:
    """Each spoils the whole."""
    said = values_of(CASE, replace(RIGHT, figures=figures))
    assert (1, 0) == (said[key], said["whole"])


def test_a_lost_figure_must_not_be_invented() -> None:
    """Zero is a figure, too."""
    said = values_of(CASE, replace(RIGHT, figures={**RIGHT.figures, GONE: 0}))
    assert (0, 0) == (said["unavailable"], said["whole"])


def test_an_open_figure_may_be_given() -> None:
    """Where it is the right one."""
    assert 1 == values_of(CASE, replace(RIGHT, figures={**RIGHT.figures, EITHER: 3}))["whole"]


def test_a_fault_must_be_found_under_its_name() -> None:
    """Another alarm is luck; a warning of the right name is enough."""
    faulty = replace(CASE, found_as=frozenset({"R1"}))
    readings = (
        RIGHT,
        replace(RIGHT, alarms=frozenset({"S1"})),
        replace(RIGHT, alarms=frozenset({"R1", "S1"})),
    )
    assert [0, 0, 1] == [values_of(faulty, said)["found"] for said in readings]
    assert 1 == values_of(faulty, replace(RIGHT, notices=frozenset({"R1"})))["found"]


def test_a_right_report_must_raise_no_alarm() -> None:
    """A mere warning is counted apart."""
    loud, warned = replace(RIGHT, alarms=frozenset({"R1"})), replace(RIGHT, notices=frozenset({"S4"}))
    assert [(1, 1), (0, 0), (1, 0)] == [
        (said["quiet"], said["silent"]) for said in (values_of(CASE, one) for one in (RIGHT, loud, warned))
    ]
    assert "quiet" not in values_of(replace(CASE, judged=False), loud)


def test_a_reader_without_an_audit_is_not_judged_by_one() -> None:
    """Neither found nor missed."""
    assert "quiet" not in values_of(CASE, replace(RIGHT, alarms=None))


def test_shares_of_figures_count_figures_and_draw_reports() -> None:
    """All alike: Wilson's bounds over reports, n in figures."""
    scores = [Score(str(n), str(n), "", "", {"right": 50.0, "readable": 50.0}) for n in range(10)]
    measured = cells("right", "readable", "").of(scores)
    assert measured == Interval(1.0, pytest.approx(0.722, abs=0.001), 1.0, 500)
    assert cells("right", "lost", "").of(scores) is None


def test_the_textbook_reads_rows_with_bars_and_no_others() -> None:
    """It is a fair baseline where pages are as it expects them."""
    read = {}
    for case in report_cases(EVERY):
        if case.part == "layout":
            values = values_of(case, textbook_reading(case.page.text))
            read[case.name] = values["right"] / values["readable"] if values["readable"] else None
    assert read["padded_bars"] == 1.0
    assert read["bare_cells"] == 0.0


def test_the_task_has_a_table_for_layouts_faults_and_constructs(result: TaskResult) -> None:
    """Each with a row for every name, beside the baseline."""
    rows = {
        view: {f.group for f in result.figures if f.view == view} for view in ("layout", "break", "construct")
    }
    assert {layout.label for layout in LAYOUTS.values()} == rows["layout"]
    assert {broken.label for broken in BREAKS.values()} == rows["break"]
    assert {construct.label for construct in CONSTRUCTS.values()} == rows["construct"]
    assert {"assistant", "textbook"} == {f.solver for f in result.figures}


def test_the_published_report_is_part_of_the_task(result: TaskResult) -> None:
    """Every figure of it is read, and its contradiction is found."""
    seed = next(score for score in result.scores["assistant"] if score.id == "seed")
    assert seed.values and (1, 1) == (seed.values["whole"], seed.values["found"])


def test_the_product_is_better_than_the_textbook(result: TaskResult) -> None:
    """At reading and at hearing: its lower bound lies above the baseline's figure."""
    for metric in ("right", "found"):
        ours, theirs = (
            next(
                f.interval
                for f in result.figures
                if (f.view, f.group, f.metric, f.solver) == ("all", "自编报告", metric, solver)
            )
            for solver in ("assistant", "textbook")
        )
        assert ours and theirs and ours.low > theirs.value


def test_no_readable_figure_is_read_as_another(result: TaskResult) -> None:
    """Left unread is bad; wrong is worse."""
    wrong = [s.id for s in result.scores["assistant"] if s.values and s.values["wrong"]]
    assert [] == wrong


def test_the_default_is_at_least_two_hundred_reports() -> None:
    """And every layout, fault and construct at least five times."""
    assert COUNT >= max(200, 5 * EVERY)


def test_merged_cells_fill_their_tables_exactly() -> None:
    """No place twice, none outside, in the tables a web page or a document is written from."""
    figures = dict.fromkeys(KNOWN, 0)
    for sheet in (requests(figures), requests(figures, merged_other=True), disputes(figures)):
        covered = [
            (row + y, column + x)
            for row, column, cell in placed(sheet)
            for y in range(cell.down)
            for x in range(cell.across)
        ]
        assert len(covered) == len(set(covered)) == len(sheet.rows) * sheet.width


def test_a_folder_holds_every_kind_of_file_with_what_is_true_of_it(tmp_path: Path) -> None:
    """Names in turn; the truth beside the folder has a line for each, and no two are of one agency and year."""
    folder = tmp_path / "reports"
    paths = write_folder(folder, len(SUFFIXES), 1)
    assert list(SUFFIXES) == [path.suffix for path in paths]
    rows = [json.loads(line) for line in truth_path(folder).read_text(encoding="utf-8").splitlines()]
    assert len(rows) == len({(row["agency"], row["year"]) for row in rows})
    assert [path.name for path in paths] == [row["file"] for row in rows]
    assert all(path.stat().st_size > 0 for path in paths)


def test_the_same_seed_writes_the_same_reports() -> None:
    """Agency, year and figures."""
    first, second = ([(f.name, f.agency, f.year, f.page) for f in report_files(12, 1)] for _ in range(2))
    assert first == second


def test_there_are_eight_bad_files() -> None:
    """Each named by its fault."""
    expected = ["empty.html", "picture_only.pdf", "truncated.docx", "zip_bomb.docx"]
    expected += ["oversized.pdf", "nested_tags.html", "two_reports.txt", "before_2019.txt"]
    assert expected == list(BAD_FILES)


@pytest.mark.parametrize(
    "name", ["empty.html", "picture_only.pdf", "truncated.docx", "oversized.pdf", "two_reports.txt"]
)
def test_a_bad_file_is_what_its_name_says(name: str, tmp_path: Path) -> None:
    """Sizes as claimed; the large one takes no room."""
    path = tmp_path / name
    BAD_FILES[name](path)
    size = path.stat().st_size
    if name == "empty.html":
        assert 0 == size
    elif name == "oversized.pdf":
        assert size > 2_000_000_000 and path.stat().st_blocks * 512 < 1_000_000
    elif name == "two_reports.txt":
        assert 2 == path.read_text(encoding="utf-8").count("\n一、总体情况\n")
    else:
        assert size > 1000


@pytest.mark.slow
def test_the_command_fills_a_folder(tmp_path: Path) -> None:
    """With the bad files where they are asked for."""
    command = [sys.executable, "-m", "evals.report_files", str(tmp_path), "--count", "2", "--bad"]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    assert set(BAD_FILES) < {path.name for path in tmp_path.iterdir()}
