"""The page under load: the arithmetic, and one small run at a real server."""

import os
from concurrent.futures import Future
from itertools import islice
from pathlib import Path
from threading import BrokenBarrierError
from typing import Any

import pytest

from assistant.errors import AssistantError
from assistant.pipeline import Assistant
from assistant.settings import ROOT
from evals.bench_steps import clean_environment
from evals.bench_tables import crowd_rows, memory_rows, page_tables, start_rows
from evals.page_clerk import Spoken, page_map
from evals.page_figures import crowd_row, memory_row, page_holds, percentile, start_row, waits
from evals.page_load import Load, Said, _all_said, answered, spoken_to
from evals.page_server import serving
from evals.page_words import MIX, Words


@pytest.mark.parametrize(
    ("values", "share", "expected"),
    [
        ([5.0], 0.95, 5.0),
        ([3.0, 1.0, 2.0], 0.5, 2.0),
        ([1.0, 2.0], 0.5, 1.0),
        ([float(one) for one in range(1, 101)], 0.95, 95.0),
        ([float(one) for one in range(1, 22)], 0.95, 20.0),
    ],
)
def test_a_percentile_is_a_value_that_was_measured(
    values: list[float], share: float, expected: float
) -> None:
    """The least one that so large a share does not pass."""
    assert expected == percentile(values, share)


def test_the_first_words_are_judged_at_the_largest_crowd() -> None:
    """95 of 100 within 300 ms; a smaller crowd is shown and not judged."""
    prompt, slow = Spoken(300.0, 900.0, 950.0), Spoken(301.0, 900.0, 950.0)
    assert crowd_row(20, [prompt] * 95 + [slow] * 5, judged=True)["holds"]
    assert not crowd_row(20, [prompt] * 94 + [slow] * 6, judged=True)["holds"]
    assert "holds" not in crowd_row(1, [slow], judged=False)


def test_each_moment_is_summed_by_itself() -> None:
    """The answer that began first need not have ended first."""
    row = waits([Spoken(1.0, 20.0, 30.0), Spoken(2.0, 10.0, 50.0)])
    assert (2, 1.0, 2.0) == (row["n"], row["heard_p50_ms"], row["heard_p95_ms"])
    assert (10.0, 50.0) == (row["content_p50_ms"], row["last_p95_ms"])


@pytest.mark.parametrize(
    ("after", "growth", "holds"), [(440.0, 10.0, True), (441.0, 10.25, False), (380.0, -5.0, True)]
)
def test_memory_may_grow_by_a_tenth(after: float, growth: float, holds: bool) -> None:
    """In percent of what it was after the warm-up."""
    row = memory_row(2_000, 400.0, after)
    assert growth == pytest.approx(row["growth"])
    assert holds == row["holds"]


def test_the_page_keeps_all_that_is_wanted_or_fails() -> None:
    """Opening within twelve seconds, words within 300 ms, memory within a tenth."""
    quick = [Spoken(10.0, 20.0, 30.0)]
    page = {
        "starts": [start_row("first", 12.0, 14.0), start_row("again", 5.0, 6.0)],
        "crowds": [crowd_row(1, quick, False), crowd_row(20, quick, True)],
        "kinds": [],
        "memory": memory_row(2_000, 400.0, 401.0),
    }
    assert page_holds(page)
    for worse in (
        {"starts": [start_row("first", 12.1, 14.0)]},
        {"crowds": [crowd_row(20, [Spoken(999.0, 999.0, 999.0)], True)]},
        {"memory": memory_row(2_000, 400.0, 500.0)},
    ):
        assert not page_holds({**page, **worse})


def test_the_tables_say_what_is_wanted_and_whether_it_is_kept() -> None:
    """Each wanted value stands in a heading, the verdict beside it."""
    crowd = crowd_row(20, [Spoken(250.4, 600.0, 700.0)], True)
    kind = {"kind": "figure", "clerks": 20, **waits([Spoken(250.4, 600.0, 700.0)])}
    shown = crowd_rows([crowd], [kind])
    assert ["20", "各种", "1", "250／250", "600／600", "700／700", "是"] == shown[1]
    assert ["问数字", "–"] == [shown[2][1], shown[2][-1]]
    assert ["空的数据目录，索引现建", "13.0", "否", "14.5"] == start_rows([start_row("first", 13.0, 14.5)])[1]
    assert ["2000", "400", "420", "5.0%", "是"] == memory_rows(memory_row(2_000, 400.0, 420.0))[1]


def test_clerks_begin_at_different_kinds_and_come_to_all() -> None:
    """So that in every round each kind is said by somebody."""
    words = Words()
    kinds = [[kind for kind, _ in islice(words.conversation(clerk), len(MIX))] for clerk in range(len(MIX))]
    assert all(set(MIX) == set(one) for one in kinds)
    assert set(MIX) == {one[0] for one in kinds}
    assert list(islice(words.conversation(3), 9)) == list(islice(words.conversation(3), 9))


def test_the_fault_and_not_its_echo_is_told() -> None:
    """Where one clerk fails the others only stop waiting."""
    echo: Future[list[Said]] = Future()
    echo.set_exception(BrokenBarrierError())
    fault: Future[list[Said]] = Future()
    fault.set_exception(AssistantError("网页没有答上来"))
    with pytest.raises(AssistantError, match="没有答上来"):
        _all_said([echo, fault])


def test_the_pages_events_are_found_by_name_not_by_number() -> None:
    """What a tab more would move."""
    events: list[dict[str, Any]] = [
        {"id": 4, "api_name": "send", "trigger_after": None, "targets": [[9, "submit"]], "inputs": [7, 9]},
        {"id": 5, "api_name": "answer", "trigger_after": 4, "targets": [[None, "then"]], "inputs": [7, 6]},
        {
            "id": 8,
            "api_name": "lay",
            "trigger_after": None,
            "targets": [[0, "load"], [6, "change"]],
            "inputs": [6],
        },
    ]
    outputs: dict[int, list[int]] = {4: [7, 3], 5: [7, 6, 3], 8: []}
    components = [{"id": 3, "props": {"elem_id": "chat"}}, {"id": 9, "props": {"elem_id": "box"}}]
    config = {
        "components": components,
        "dependencies": [one | {"outputs": outputs[one["id"]]} for one in events],
    }
    found = page_map(config)
    assert (4, 5, 9, 1, 2) == (found.send, found.answer, found.box, found.heard, found.answered)
    assert ((8,), {6: (8,)}, 1) == (found.loads, found.changes, found.given[8])


def test_two_clerks_are_answered_by_a_real_server(assistant: Assistant, tmp_path: Path) -> None:
    """First words before the answer, the answer before the end; its memory is that of a page that stands."""
    assert assistant.search("政府信息公开申请")
    environment = clean_environment(os.environ, assistant.settings.data_dir) | {"PYTHONPATH": str(ROOT)}
    small = Load(rounds={1: 2, 2: 3}, turns=4, warm=2, side_by_side=2, sitting=1)
    with serving(tmp_path, environment) as server:
        assert server.seconds > 0
        page = {"starts": [start_row("again", server.seconds, answered(server))], **spoken_to(server, small)}
    assert [(1, 2), (2, 6)] == [(row["clerks"], row["n"]) for row in page["crowds"]]
    for row in page["crowds"]:
        assert 0 < row["heard_p50_ms"] < row["content_p50_ms"] <= row["last_p50_ms"]
    assert page["memory"]["before_mb"] > 100
    assert {"网页：打开", "网页：几个人同时说", "网页：内存"} == set(page_tables(page))


def test_a_server_that_does_not_start_is_told(tmp_path: Path) -> None:
    """With its own last words, not waited for."""
    environment = clean_environment(os.environ, tmp_path) | {
        "ASSISTANT_NO_SUCH": "1",
        "PYTHONPATH": str(ROOT),
    }
    with pytest.raises(AssistantError, match="网页服务没有起来.*no_such"), serving(tmp_path, environment):
        pass
