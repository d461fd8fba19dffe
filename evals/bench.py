"""`assistant bench`: speed and memory beside the textbook pipeline, as ratios measured in one run."""

import json
import os
import platform
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from assistant.settings import PREFIX, ROOT
from evals import growth
from evals.cold import Compared, Step, compare, measured
from evals.progress import progress_bars
from evals.rates import rates
from evals.records import RESULTS, write_page, write_record
from evals.tables import Rows, terminal

REQUEST = "申请公开2022年我镇某村征地补偿安置方案"
FINDINGS = "经检索,本机关未制作、未保存该信息,该信息由区自然资源局制作"
# How large a register is measured, and how long a clerk may wait for it.
CASES, PROMPT_MS, COUNTED_SECONDS = 100_000, 100.0, 2.0
QUESTION = "第三方一直不回复怎么办,要等多久"


def bench(sizes: list[int]) -> int:
    """Measure, print the tables, write bench.json and bench.md. 1: a wanted ratio or time is not reached."""
    progress = progress_bars()
    with tempfile.TemporaryDirectory(prefix="assistant-bench-") as scratch:
        folder = Path(scratch)
        environment = clean_environment(os.environ, folder / "ours")
        _prepare(folder, environment)
        compared = [compare(step, folder, environment, progress) for step in steps(folder / "textbook")]
        grown = [row for size in sizes or [0] for row in _grow(size, folder, environment)]
        registers = [_register(options, folder, environment) for options in ((), ("--postgresql",))]
    print("速率 …", file=sys.stderr)
    speeds = rates()
    tables = {
        "冷启动": _cold_rows(compared),
        "规模": _growth_rows(grown),
        "登记簿": _register_rows(registers),
        "速率": _rate_rows(speeds),
    }
    print(terminal(tables))
    write_page(RESULTS, "bench", "基准测试", tables)
    write_record(
        RESULTS,
        "bench",
        {
            "machine": machine(),
            "cold": [*map(asdict, compared)],
            "growth": grown,
            "register": registers,
            "rates": speeds,
        },
    )
    timely = all(speed.get("holds", True) for speed in speeds) and all(map(_prompt, registers))
    return int(not (timely and all(found.holds for found in compared)))


def steps(store: Path) -> tuple[Step, ...]:
    """What is measured, with the ratios the project wants."""
    ours = (sys.executable, "-m", "assistant")
    textbook = (sys.executable, "-m", "evals.textbook")
    return (
        Step(
            "classify",
            (*ours, "classify", REQUEST, "--findings", FINDINGS, "--json"),
            (*textbook, "classify", str(store), f"{REQUEST}\n{FINDINGS}"),
            faster=6.0,
            leaner=2.0,
        ),
        Step(
            "search",
            (*ours, "search", QUESTION, "--json"),
            (*textbook, "search", str(store), QUESTION),
            faster=3.0,
            leaner=2.0,
        ),
        Step("help", (*ours, "--help"), within=0.5),
    )


def clean_environment(found: Mapping[str, str], data_dir: Path) -> dict[str, str]:
    """The caller's environment without its settings, with an index of the benchmark's own, and offline."""
    kept = {name: value for name, value in found.items() if not name.startswith(PREFIX)}
    offline = {"HF_HUB_OFFLINE": "1", "ANONYMIZED_TELEMETRY": "False"}
    return {**kept, **offline, f"{PREFIX}DATA_DIR": str(data_dir)}


def machine() -> dict[str, Any]:
    """What the times were measured on, as far as it matters to a ratio."""
    return {"cores": os.cpu_count(), "architecture": platform.machine(), "python": platform.python_version()}


def _prepare(folder: Path, environment: Mapping[str, str]) -> None:
    print("正在为两条流水线各建一份索引 …", file=sys.stderr)
    measured((sys.executable, "-m", "assistant", "index", "build"), folder, environment)
    measured((sys.executable, "-m", "evals.textbook", "build", str(folder / "textbook")), folder, environment)


def _grow(size: int, folder: Path, environment: Mapping[str, str]) -> list[dict[str, Any]]:
    print(f"规模·{size or '实际语料'} …", file=sys.stderr)
    names = ("ours", "textbook")
    commands = {name: growth.command(name, size, folder / f"grown-{name}-{size}") for name in names}
    return growth.take_turns(commands, folder, {**environment, "PYTHONPATH": str(ROOT)})


def _register(options: Sequence[str], folder: Path, environment: Mapping[str, str]) -> dict[str, Any]:
    print(f"登记簿·{CASES} 件 {' '.join(options)} …", file=sys.stderr)
    place = folder / f"register{''.join(options)}"
    place.mkdir()
    command = (sys.executable, "-m", "evals.register_growth", str(CASES), str(place), *options)
    _, printed = measured(command, folder, {**environment, "PYTHONPATH": str(ROOT)})
    found: dict[str, Any] = json.loads(printed.splitlines()[-1])
    return found


def _prompt(register: Mapping[str, Any]) -> bool:
    """Whether list and board answer a clerk at once, and the year is counted while one waits."""
    waits = (register["list"]["p95_ms"], register["board"]["p95_ms"])
    return bool(max(waits) < PROMPT_MS and register["yearbook_seconds"] < COUNTED_SECONDS)


def _register_rows(registers: Sequence[Mapping[str, Any]]) -> Rows:
    asked = {"list": "案件列表", "board": "期限看板", "show": "打开一件", "add": "登记一件"}
    heading = ["数据库", "件数", *(f"{label} p50／p95 毫秒" for label in asked.values()), "年报 秒", "达标"]
    return [heading] + [
        [
            row["database"],
            str(row["cases"]),
            *(f"{row[key]['p50_ms']:.0f}／{row[key]['p95_ms']:.0f}" for key in asked),
            f"{row['yearbook_seconds']:.2f}",
            "是" if _prompt(row) else "否",
        ]
        for row in registers
    ]


def _cold_rows(compared: Sequence[Compared]) -> Rows:
    heading = [
        "命令",
        "次数",
        "本程序 秒",
        "教科书 秒",
        "快几倍",
        "本程序 MB",
        "教科书 MB",
        "省几倍",
        "导入模块",
        "达标",
    ]
    return [heading, *map(_cold_row, compared)]


def _cold_row(found: Compared) -> list[str]:
    book = found.textbook
    return [
        found.step,
        str(found.repeats),
        f"{found.ours.seconds:.3f}",
        f"{book.seconds:.3f}" if book else "–",
        f"{found.faster:.1f}" if found.faster else "–",
        f"{found.ours.peak_mb:.0f}",
        f"{book.peak_mb:.0f}" if book else "–",
        f"{found.leaner:.1f}" if found.leaner else "–",
        f"{found.ours_modules} / {found.textbook_modules}" if book else str(found.ours_modules),
        "是" if found.holds else "否",
    ]


def _growth_rows(grown: Sequence[Mapping[str, Any]]) -> Rows:
    heading = ["流水线", "段落数", "建索引 秒（含导入）", "热查询 p50 毫秒", "p95 毫秒", "峰值 MB"]
    return [heading] + [
        [
            "本程序" if row["pipeline"] == "ours" else "教科书",
            str(row["passages"]),
            f"{row['build_seconds']:.2f}",
            f"{row['query_ms_p50']:.2f}",
            f"{row['query_ms_p95']:.2f}",
            f"{row['peak_mb']:.0f}",
        ]
        for row in grown
    ]


def _rate_rows(speeds: Sequence[Mapping[str, Any]]) -> Rows:
    """One row a measure: requests or reports a second, a letter's time, or the share of the store's own speed."""
    words = {
        "judged_a_second": "研判 件/秒",
        "letter_ms_p50": "p50 毫秒",
        "letter_ms_p95": "p95 毫秒",
        "parsed_a_second": "读表 份/秒",
        "parsed_and_audited_a_second": "读表并核对 份/秒",
        "ratio": "达到 Chroma add 速度的",
    }
    rows = [
        [str(speed["what"]), str(speed["n"]), _limited(label, key, speed), f"{speed[key]:.2f}"]
        for speed in speeds
        for key, label in words.items()
        if key in speed
    ]
    return [["项目", "数量", "指标", "数值"], *rows]


def _limited(label: str, key: str, speed: Mapping[str, Any]) -> str:
    """A 95th percentile that has a limit says it, and whether it is kept."""
    if not key.endswith("p95") or "within_ms" not in speed:
        return label
    return f"{label}（要求低于 {speed['within_ms']:.0f}，{'达标' if speed['holds'] else '未达标'}）"
