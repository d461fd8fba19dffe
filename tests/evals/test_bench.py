"""The benchmark's own measuring, on commands whose cost is known."""

import os
import sys
from pathlib import Path
from subprocess import CalledProcessError

import numpy as np
import pytest

from assistant.cli import app
from assistant.errors import AssistantError
from assistant.ingest.passages import Passage
from assistant.pipeline import open_assistant
from assistant.settings import Settings
from evals.bench_steps import clean_environment, steps
from evals.bench_tables import rate_rows, register_rows
from evals.cold import Run, Step, judged, measured, middle, modules
from evals.growth import grown, take_turns
from evals.letter_speed import WITHIN_MS, summed, written
from evals.letters import FactSet, fact_sets
from evals.limits import nearest
from evals.rates import judged as judged_rate


def python(code: str) -> tuple[str, ...]:
    """A bare interpreter running a line."""
    return (sys.executable, "-I", "-S", "-c", code)


def test_wall_time_is_measured(tmp_path: Path) -> None:
    """A command that sleeps a fifth of a second takes that long, and little more."""
    run, _ = measured(python("import time; time.sleep(0.2)"), tmp_path, os.environ)
    assert 0.2 <= run.seconds < 2


def test_peak_memory_is_the_childs_own(tmp_path: Path) -> None:
    """However large this process is, a lean child is lean, and 200 MB are 200 MB."""
    ballast = bytearray(os.urandom(1)) * (300 * 2**20)
    lean, _ = measured(python("pass"), tmp_path, os.environ)
    fat, _ = measured(python("bytearray(b'x') * (200 * 2**20)"), tmp_path, os.environ)
    assert lean.peak_mb < 60 < len(ballast) / 2**20
    assert 200 == pytest.approx(fat.peak_mb - lean.peak_mb, abs=15)


def test_what_a_command_prints_is_kept(tmp_path: Path) -> None:
    """The growth measurements report through it."""
    assert "7\n" == measured(python("print(7)"), tmp_path, os.environ)[1]


def test_a_failing_command_stops_the_benchmark(tmp_path: Path) -> None:
    """A crash is not a fast answer; its last line is shown."""
    with pytest.raises(AssistantError, match="坏了"):
        measured(python("raise SystemExit('坏了')"), tmp_path, os.environ)


def test_a_finding_is_work_done_and_a_crash_is_not(tmp_path: Path) -> None:
    """A command that tells of faults ends with 1, as Python does when it falls over."""
    assert measured(python("raise SystemExit(1)"), tmp_path, os.environ, worst=1)
    with pytest.raises(AssistantError, match="ValueError"):
        measured(python("raise ValueError"), tmp_path, os.environ, worst=1)
    with pytest.raises(AssistantError):
        measured(python("raise SystemExit(2)"), tmp_path, os.environ, worst=1)


def test_modules_are_counted() -> None:
    """One import more is at least one module more."""
    assert modules(python("import json"), os.environ) > modules(python("pass"), os.environ) > 0


def test_ratios_are_textbook_over_ours() -> None:
    """Six times faster and half the memory hold exactly at the limit."""
    step = Step("classify", ("a",), ("b",), faster=6.0, leaner=2.0)
    found = judged(step, [Run(0.5, 100), Run(3.0, 200)], [10, 900])
    assert (6.0, 2.0, True) == (found.faster, found.leaner, found.holds)
    assert not judged(step, [Run(0.51, 100), Run(3.0, 200)], [10, 900]).holds
    assert not judged(step, [Run(0.5, 101), Run(3.0, 200)], [10, 900]).holds


def test_a_step_without_a_rival_is_judged_by_its_limit() -> None:
    """`--help` under half a second."""
    step = Step("help", ("a",), within=0.5)
    assert judged(step, [Run(0.5, 20)], [5]).holds
    assert not judged(step, [Run(0.6, 20)], [5]).holds


def test_where_nothing_is_wanted_nothing_is_kept_or_missed() -> None:
    """Most commands have no limit; the table shows neither yes nor no."""
    assert judged(Step("fee", ("a",)), [Run(9.0, 20)], [5]).holds is None


def test_medians_are_taken_of_time_and_memory_apart() -> None:
    """One slow run does not move them."""
    assert Run(2, 20) == middle([Run(1, 30), Run(2, 10), Run(9, 20)])


def test_the_callers_settings_do_not_reach_the_benchmark(tmp_path: Path) -> None:
    """Another office's index or chat model is not measured."""
    found = clean_environment({"ASSISTANT_CHAT_MODEL": "x", "PATH": "/bin"}, tmp_path)
    assert "ASSISTANT_CHAT_MODEL" not in found
    assert str(tmp_path) == found["ASSISTANT_DATA_DIR"]


def test_the_two_answers_and_the_help_are_measured(tmp_path: Path) -> None:
    """The ratios the project promises; nothing is promised of the other commands."""
    found = {step.name: (step.faster, step.leaner, step.within) for step in steps(tmp_path)}
    wanted = {name: limits for name, limits in found.items() if any(limits)}
    assert {"classify": (6.0, 2.0, None), "search": (3.0, 2.0, None), "help": (None, None, 0.5)} == wanted


def test_every_command_of_a_clerk_is_measured_cold(tmp_path: Path) -> None:
    """By its own name; those that measure, serve or keep accounts are no clerk's."""
    theirs = {step.ours[3] for step in steps(tmp_path)}
    named = {command.callback.__name__ for command in app.registered_commands if command.callback}
    assert named - {"serve", "facts", "evaluate", "bench"} <= theirs
    assert {"case", "index"} <= theirs


def test_exact_search_finds_the_nearest_rows_in_order() -> None:
    """What an index can at best find again; where there are fewer rows than wanted, all of them."""
    rows = np.eye(4, dtype=np.float32)[[0, 1, 2, 3, 1]]
    query = np.array([0.1, 0.9, 0.2, 0.0], dtype=np.float32)
    assert {1, 4} == set(nearest(rows, query, 2).tolist())
    assert [1, 2, 0, 3] == nearest(rows[:4], query, 9).tolist()


def test_a_grown_corpus_is_seeded_and_keeps_the_real_passages() -> None:
    """Real passages first, then generated ones up to the size; never fewer than the real ones."""
    real = [Passage(str(n), "guide", f"甲{n}，乙{n}，丙{n}，丁{n}", "", "f") for n in range(3)]
    large = grown(real, 10)
    assert (real, 10) == (large[:3], len(large))
    assert 10 == len({passage.id for passage in large})
    assert large == grown(real, 10)
    assert real == grown(real, 0)


def test_a_letter_is_written_checked_and_laid_out() -> None:
    """A letter of the drafting task takes some time; one with a gap is no letter to measure."""
    assistant = open_assistant(Settings())
    given = next(fact_sets(assistant))
    assert written(assistant, given) > 0
    gap = {key: value for key, value in given.facts.items() if key != "received_on"}
    with pytest.raises(AssistantError, match="received_on"):
        written(assistant, FactSet(given.id, given.letter, gap))


def test_a_letters_time_is_held_against_its_limit() -> None:
    """95 of 100 letters count; the row says the limit and whether it is kept."""
    quick = summed([10.0] * 95 + [149.0] * 5)
    slow = summed([10.0] * 94 + [WITHIN_MS] * 6)
    assert (10.0, 149.0, True) == (quick["letter_ms_p50"], quick["letter_ms_p95"], quick["holds"])
    assert not slow["holds"]
    assert ["p95 毫秒（要求低于 150，未达标）", "150.00"] == rate_rows([slow])[2][2:]


def test_a_batchs_speed_is_held_against_its_limit() -> None:
    """Three hundred requests a second will do; one process beside it is only told."""
    enough, slow = judged_rate("批量", 300.0), judged_rate("批量", 299.9)
    assert (True, False) == (enough["holds"], slow["holds"])
    assert ["研判 件/秒（要求不低于 300，未达标）", "299.90"] == rate_rows([slow])[1][2:]
    assert "研判 件/秒" == rate_rows([{"what": "一个", "n": 1, "judged_a_second": 1.0}])[1][2]


PIPELINE = """
import json, sys
print(json.dumps({"passages": 1}), flush=True)
for turn, _ in enumerate(sys.stdin):
    print(json.dumps([1.0, 3.0] if turn else [99.0, 99.0]), flush=True)
print(json.dumps({"peak_mb": 7}), flush=True)
"""


def test_pipelines_take_turns_and_the_first_does_not_count(tmp_path: Path) -> None:
    """Each answers the same number of rounds; the round that warms up is left out."""
    commands = dict.fromkeys(("ours", "textbook"), (sys.executable, "-c", PIPELINE))
    rows = take_turns(commands, tmp_path, os.environ, rounds=3)
    expected = {"passages": 1, "query_ms_p50": 2.0, "query_ms_p95": 3.0, "peak_mb": 7}
    assert [{"pipeline": name, **expected} for name in commands] == rows


def test_a_pipeline_that_dies_is_no_measurement(tmp_path: Path) -> None:
    """Its end is raised, not waited for."""
    with pytest.raises(CalledProcessError):
        take_turns({"ours": (sys.executable, "-c", "raise SystemExit(3)")}, tmp_path, os.environ)


@pytest.mark.parametrize(("waited", "told"), [(99.0, "是"), (101.0, "否")])
def test_a_board_that_keeps_a_clerk_waiting_is_told(waited: float, told: str) -> None:
    """List and board within a tenth of a second at the 95th percentile, the year within two."""
    waits = dict.fromkeys(("list", "board", "show", "add"), {"p50_ms": 20.0, "p95_ms": 30.0})
    register = {**waits, "board": {"p50_ms": 20.0, "p95_ms": waited}, "yearbook_seconds": 1.0}
    rows = register_rows([{**register, "database": "sqlite", "cases": 100_000}])
    assert ["sqlite", "100000", "20／30", f"20／{waited:.0f}", "20／30", "20／30", "1.00", told] == rows[1]
