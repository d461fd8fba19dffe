"""What the benchmark keeps: a part measured again replaces its own rows and nothing else."""

import json
from pathlib import Path
from typing import Any

import pytest

from assistant.errors import InputError
from evals import bench as benchmark
from evals.bench import Wanted, bench, kept_record, named_parts, with_parts
from evals.bench_tables import PARTS, growth_rows, tables
from evals.growth_pictures import Scale, growth_picture

HERE: dict[str, Any] = {"cores": 2, "architecture": "x86_64", "python": "3.11.9"}
ELSEWHERE: dict[str, Any] = {**HERE, "cores": 8}
HELP: dict[str, Any] = {
    "step": "help",
    "repeats": 7,
    "ours": {"seconds": 0.3, "peak_mb": 20.0},
    "textbook": None,
    "ours_modules": 200,
    "textbook_modules": None,
    "faster": None,
    "leaner": None,
    "holds": True,
}


def grown(pipeline: str, passages: int, p50: float) -> dict[str, Any]:
    """A row of growth."""
    row = {"pipeline": pipeline, "passages": passages, "build_seconds": 4.0, "peak_mb": 200.0}
    return {**row, "query_ms_p50": p50, "query_ms_p95": 2 * p50}


@pytest.mark.parametrize(
    ("words", "parts"),
    [
        ("", tuple(PARTS)),
        ("网页", ("page",)),
        ("page,冷启动", ("cold", "page")),
        ("登记簿、速率，Growth", ("growth", "register", "rates")),
    ],
)
def test_parts_are_named_in_chinese_or_english(words: str, parts: tuple[str, ...]) -> None:
    """In whatever order and with whatever comma; all where none is named."""
    assert parts == named_parts(words)


def test_a_part_there_is_not_is_named_with_those_there_are() -> None:
    """One line that says what may be written."""
    with pytest.raises(InputError, match="没有“首页”这一部分.*网页（page）"):
        named_parts("首页,page")


def test_a_part_measured_again_replaces_its_own_rows() -> None:
    """The others keep their rows, their day and their machine."""
    first = with_parts({}, {"cold": [HELP], "rates": [1]}, "2026-11-20", HERE)
    again = with_parts(first, {"rates": [2]}, "2026-11-27", ELSEWHERE)
    assert ([HELP], [2]) == (again["cold"], again["rates"])
    assert {"date": "2026-11-20", "machine": HERE} == again["parts"]["cold"]
    assert {"date": "2026-11-27", "machine": ELSEWHERE} == again["parts"]["rates"]
    assert ("2026-11-27", ELSEWHERE) == (again["date"], again["machine"])


def test_a_record_without_days_is_taken_over() -> None:
    """What was measured before parts told their day has none."""
    before = {"machine": HERE, "cold": [HELP], "growth": []}
    found = with_parts(before, {"growth": [1]}, "2026-11-27", ELSEWHERE)
    assert {"date": "–", "machine": HERE} == found["parts"]["cold"]
    assert [HELP] == found["cold"]


def test_each_part_tells_its_day_and_machine() -> None:
    """In a table at the end of the page."""
    found = with_parts({}, {"cold": [HELP]}, "2026-11-27", HERE)
    assert ["冷启动", "2026-11-27", "2", "x86_64", "3.11.9"] == tables(found)["测量的日期和机器"][1]


def test_a_run_of_one_part_writes_the_whole_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """JSON, Markdown and picture hold what was there and what is new; the exit status is that of what was run."""
    kept = with_parts({}, {"cold": [{**HELP, "holds": False}]}, "2026-11-20", HERE)
    (tmp_path / "bench.json").write_text(json.dumps(kept), encoding="utf-8")
    rows = [grown("ours", 1000, 4.0), grown("numpy", 1000, 1.0)]
    monkeypatch.setattr(benchmark, "MEASURES", {"growth": lambda _: rows})
    assert 0 == bench(Wanted(parts=("growth",), results=tmp_path))
    page = (tmp_path / "bench.md").read_text(encoding="utf-8")
    record = kept_record(tmp_path)
    assert (rows, [{**HELP, "holds": False}]) == (record["growth"], record["cold"])
    assert "| help | 7 |" in page
    assert "![随段落数的增长](bench-growth.svg)" in page
    assert "numpy 精确检索" in (tmp_path / "bench-growth.svg").read_text(encoding="utf-8")


def test_a_wanted_time_that_is_missed_is_exit_status_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A benchmark can fail."""
    monkeypatch.setattr(benchmark, "MEASURES", {"cold": lambda _: [{**HELP, "holds": False}]})
    assert 1 == bench(Wanted(parts=("cold",), results=tmp_path))


def test_a_record_that_is_no_json_is_named(tmp_path: Path) -> None:
    """One line with what to do."""
    (tmp_path / "bench.json").write_text("{", encoding="utf-8")
    with pytest.raises(InputError, match=r"bench\.json 不是有效的 JSON"):
        kept_record(tmp_path)


def test_the_limits_stand_beside_the_product() -> None:
    """How long each takes as a share of the product's own query of that size."""
    rows = growth_rows([grown("ours", 1000, 4.0), grown("numpy", 1000, 1.0), grown("numpy", 20_000, 9.0)])
    assert [["本程序", "1.00"], ["numpy 精确检索", "0.25"], ["numpy 精确检索", "–"]] == [
        [row[0], row[-1]] for row in rows[1:]
    ]


def test_an_axis_ends_on_powers_of_ten() -> None:
    """Ten times as much is always as far; one value alone has a decade to stand in."""
    axis = Scale.over([20.0, 3000.0], 0.0, 300.0)
    assert ([10.0, 100.0, 1000.0, 10_000.0], 100.0) == (axis.ticks, axis.at(100.0))
    assert [100.0, 1000.0] == Scale.over([100.0], 0.0, 1.0).ticks


def test_the_picture_of_growth_has_a_line_for_each_pipeline() -> None:
    """Three panels, each with the pipelines measured; those not measured have none."""
    sizes = (1000, 20_000)
    rows = [grown(name, size, size / 250) for name in ("ours", "chroma") for size in sizes]
    svg = growth_picture(rows).svg
    assert 3 * 2 * len(sizes) == svg.count("<circle")
    assert "教科书" not in svg
