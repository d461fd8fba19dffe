"""`assistant bench`: speed and memory beside the textbook pipeline and the limits, as ratios measured in one run.

A run measures every part, or those named; what it measured takes the place of the same parts in bench.json, the
other parts stay as they were, and bench.md and the picture are made from the whole record.
"""

import json
import os
import platform
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from assistant.errors import InputError
from assistant.law import china_time
from assistant.settings import ROOT
from evals import growth
from evals.bench_steps import clean_environment, office_folder, prepare, steps
from evals.bench_tables import PARTS, pictures, prompt, tables
from evals.cold import compare, measured
from evals.page_figures import page_holds
from evals.page_load import page_load
from evals.progress import progress_bars
from evals.rates import rates
from evals.records import RESULTS, write_page, write_pictures, write_record
from evals.tables import terminal

# How large a register is measured.
CASES = 100_000

Record = dict[str, Any]


@dataclass(frozen=True)
class Bench:
    """A run: the folder it works in, the environment of the processes it starts, the numbers of passages asked for."""

    folder: Path
    environment: Mapping[str, str]
    sizes: Sequence[int] = ()


@dataclass(frozen=True)
class Wanted:
    """What is to be measured: the numbers of passages, the parts (all where none is named), where the record lies."""

    sizes: Sequence[int] = ()
    parts: Sequence[str] = field(default_factory=lambda: tuple(PARTS))
    results: Path = RESULTS


def bench(wanted: Wanted) -> int:
    """Measure, print the tables, write bench.json, bench.md and the picture. 1: something wanted is not reached."""
    with tempfile.TemporaryDirectory(prefix="assistant-bench-") as scratch:
        folder = Path(scratch)
        run = Bench(folder, clean_environment(os.environ, office_folder(folder)), wanted.sizes)
        found = {part: MEASURES[part](run) for part in wanted.parts}
    record = with_parts(kept_record(wanted.results), found, today(), machine())
    print(terminal(tables({part: record[part] for part in (*wanted.parts, "parts")})))
    drawn = pictures(record)
    write_pictures(wanted.results, [one for several in drawn.values() for one in several])
    write_page(wanted.results, "bench", "基准测试", tables(record), drawn)
    write_record(wanted.results, "bench", record)
    return int(not all(HELD[part](found[part]) for part in found))


def named_parts(words: str) -> tuple[str, ...]:
    """Parts by their Chinese or English names, separated by commas; all where none is named.

    Raises InputError naming what is no part, and the parts there are.
    """
    called = {label: part for part, label in PARTS.items()} | {part: part for part in PARTS}
    names = [name.strip() for name in words.replace("，", ",").replace("、", ",").split(",") if name.strip()]
    strange = [name for name in names if name.lower() not in called]
    if strange:
        known = "、".join(f"{label}（{part}）" for part, label in PARTS.items())
        raise InputError(f"没有“{'、'.join(strange)}”这一部分。可以写：{known}。")
    chosen = {called[name.lower()] for name in names}
    return tuple(part for part in PARTS if part in chosen or not names)


def kept_record(results: Path) -> Record:
    """The record of earlier runs; empty where there is none. Raises InputError for one that cannot be read."""
    path = results / "bench.json"
    if not path.is_file():
        return {}
    try:
        record: Record = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as fault:
        raise InputError(f"{path} 不是有效的 JSON（{fault}）。请删去它，重新测量全部。") from fault
    return record


def with_parts(kept: Record, found: Mapping[str, Any], date: str, on: Mapping[str, Any]) -> Record:
    """The record with these parts in place of the same parts before; each part tells its day and machine."""
    before = kept.get("parts") or {
        part: {"date": "–", "machine": kept["machine"]} for part in PARTS if part in kept
    }
    told = {**before, **{part: {"date": date, "machine": dict(on)} for part in found}}
    parts = {part: told[part] for part in PARTS if part in told}
    held = {part: found.get(part, kept.get(part)) for part in parts}
    return {"date": date, "machine": dict(on), "parts": parts, **held}


def today() -> str:
    """The day in China, as the record names it."""
    return china_time.now().date().isoformat()


def machine() -> dict[str, Any]:
    """What the times were measured on, as far as it matters to a ratio."""
    return {"cores": os.cpu_count(), "architecture": platform.machine(), "python": platform.python_version()}


def _cold(run: Bench) -> list[dict[str, Any]]:
    progress = progress_bars()
    print("正在为两条流水线各建一份索引 …", file=sys.stderr)
    prepare(run.folder, run.environment)
    return [asdict(compare(step, run.folder, run.environment, progress)) for step in steps(run.folder)]


def _growth(run: Bench) -> list[dict[str, Any]]:
    return [row for size in run.sizes or [0] for row in _grow(size, run)]


def _grow(size: int, run: Bench) -> list[dict[str, Any]]:
    print(f"规模·{size or '实际语料'} …", file=sys.stderr)
    commands = {
        name: growth.command(name, size, run.folder / f"grown-{name}-{size}") for name in growth.PIPELINES
    }
    return growth.take_turns(commands, run.folder, {**run.environment, "PYTHONPATH": str(ROOT)})


def _registers(run: Bench) -> list[dict[str, Any]]:
    return [_register(options, run) for options in ((), ("--postgresql",))]


def _register(options: Sequence[str], run: Bench) -> dict[str, Any]:
    print(f"登记簿·{CASES} 件 {' '.join(options)} …", file=sys.stderr)
    place = run.folder / f"register{''.join(options)}"
    place.mkdir()
    command = (sys.executable, "-m", "evals.register_growth", str(CASES), str(place), *options)
    _, printed = measured(command, run.folder, {**run.environment, "PYTHONPATH": str(ROOT)})
    found: dict[str, Any] = json.loads(printed.splitlines()[-1])
    return found


def _rates(_: Bench) -> list[Mapping[str, Any]]:
    print("速率 …", file=sys.stderr)
    return rates()


def _page(run: Bench) -> dict[str, Any]:
    return page_load(run.folder, run.environment)


MEASURES: Mapping[str, Callable[[Bench], Any]] = {
    "cold": _cold,
    "growth": _growth,
    "register": _registers,
    "rates": _rates,
    "page": _page,
}
# Whether all that is wanted of a part is kept; of growth nothing is.
HELD: Mapping[str, Callable[[Any], bool]] = {
    "cold": lambda rows: all(row["holds"] is not False for row in rows),
    "growth": lambda _: True,
    "register": lambda rows: all(map(prompt, rows)),
    "rates": lambda rows: all(row.get("holds", True) for row in rows),
    "page": page_holds,
}
