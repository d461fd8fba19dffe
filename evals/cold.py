"""Cold processes measured side by side: wall time, peak memory, modules imported.

Every measurement is a fresh process on a warm file cache; the two pipelines take turns (A B A B …) so that
a busy machine slows both, and medians are compared.
"""

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from assistant.errors import AssistantError
from assistant.settings import ROOT
from evals.task import Progress

REPEATS = 7
CRASHED = "Traceback (most recent call last)"
LAUNCHER = (sys.executable, "-I", "-S", str(Path(__file__).with_name("measure.py")))


@dataclass(frozen=True)
class Run:
    """One cold process: wall seconds and peak resident memory in MB (2^20 bytes)."""

    seconds: float
    peak_mb: float


@dataclass(frozen=True)
class Step:
    """One command, and what the textbook does instead where it can; `faster` and `leaner` are the least ratios wanted.

    `within` are the most seconds; `worst` is the highest exit status that still means the work was done.
    """

    name: str
    ours: tuple[str, ...]
    textbook: tuple[str, ...] | None = None
    faster: float | None = None
    leaner: float | None = None
    within: float | None = None
    repeats: int = REPEATS
    worst: int = 0


@dataclass(frozen=True)
class Compared:
    """A step measured: medians of both pipelines, modules each imports, and the ratios.

    `holds`: whether everything wanted is kept; None where nothing is wanted.
    """

    step: str
    repeats: int
    ours: Run
    textbook: Run | None
    ours_modules: int
    textbook_modules: int | None
    faster: float | None
    leaner: float | None
    holds: bool | None


def compare(step: Step, folder: Path, environment: Mapping[str, str], progress: Progress) -> Compared:
    """Both pipelines in turn, once unmeasured and then as often as the step says."""
    commands = [step.ours] + ([step.textbook] if step.textbook else [])
    runs: list[list[Run]] = [[] for _ in commands]
    for turn in range(step.repeats + 1):
        for command, kept in zip(commands, runs, strict=True):
            run, _ = measured(command, folder, environment, step.worst)
            kept.extend([run] if turn else [])
        progress(f"冷启动·{step.name}", turn + 1, step.repeats + 1)
    return judged(step, [middle(kept) for kept in runs], [modules(c, environment) for c in commands])


def judged(step: Step, medians: Sequence[Run], counts: Sequence[int]) -> Compared:
    """The ratios of a step and whether each wanted one is reached."""
    ours, textbook = medians[0], medians[1] if len(medians) > 1 else None
    faster = textbook.seconds / ours.seconds if textbook else None
    leaner = textbook.peak_mb / ours.peak_mb if textbook else None
    holds = (
        (step.within is None or ours.seconds <= step.within)
        and (step.faster is None or (faster or 0) >= step.faster)
        and (step.leaner is None or (leaner or 0) >= step.leaner)
    )
    wanted = any(limit is not None for limit in (step.within, step.faster, step.leaner))
    second = counts[1] if len(counts) > 1 else None
    return Compared(
        step.name, step.repeats, ours, textbook, counts[0], second, faster, leaner, holds if wanted else None
    )


def middle(runs: Sequence[Run]) -> Run:
    """Medians of time and of memory."""
    return Run(median(run.seconds for run in runs), median(run.peak_mb for run in runs))


def measured(
    command: Sequence[str], folder: Path, environment: Mapping[str, str], worst: int = 0
) -> tuple[Run, str]:
    """One cold run and what it printed. Raises AssistantError where the command ends worse than `worst`.

    A crash also ends with 1: it is told from a finding by its traceback.
    """
    report = folder / "report.json"
    done = subprocess.run(
        [*LAUNCHER, str(report), *command],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    found = (
        json.loads(report.read_text(encoding="utf-8"))
        if done.returncode == 0
        else {"status": done.returncode}
    )
    if not 0 <= found["status"] <= worst or CRASHED in done.stderr:
        last = (done.stderr.strip().splitlines() or ["没有说明"])[-1]
        raise AssistantError(f"基准测试的命令失败：{' '.join(command[1:4])} …：{last}")
    return Run(found["seconds"], found["peak_mb"]), done.stdout


def modules(command: Sequence[str], environment: Mapping[str, str]) -> int:
    """How many modules a command imports."""
    traced = [command[0], "-X", "importtime", *command[1:]]
    done = subprocess.run(traced, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    return sum(line.startswith("import time:") for line in done.stderr.splitlines()) - 1
