"""What every command shares: the office it opens, progress on stderr, days, and how results are shown."""

import json
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.errors import InputError
from assistant.law import china_time
from assistant.settings import load_settings

if TYPE_CHECKING:
    from assistant.pipeline import Assistant

JsonFlag = Annotated[bool, typer.Option("--json", help="以 JSON 输出。")]
OnDate = Annotated[str | None, typer.Option("--on", help="以哪一天的法律为准，如 2026-11-23；默认今天。")]


def open_office(corpus: Path | None = None) -> "Assistant":
    """The office of the settings; `corpus` takes the place of its corpus folder."""
    from dataclasses import replace

    from assistant.pipeline import open_assistant

    settings = load_settings()
    return open_assistant(replace(settings, corpus_dir=corpus) if corpus else settings, progress_bars())


def progress_bars() -> Callable[[str, int, int], None]:
    """A progress bar on stderr that appears with the first step and closes with the last."""
    bars: dict[str, Any] = {}

    def show(what: str, done: int, total: int) -> None:
        from tqdm import tqdm

        bar = bars.get(what)
        if bar is None:
            bar = bars[what] = tqdm(total=total, desc=what, file=sys.stderr, disable=None, initial=done)
        bar.update(done - bar.n)
        if done >= total:
            bars.pop(what).close()

    return show


def day_of(on: str | None) -> date:
    """The day written, or today. Raises InputError for what is no date."""
    try:
        return date.fromisoformat(on) if on else china_time.today()
    except ValueError:
        raise InputError(f"日期“{on}”无法识别，请写成 2026-11-23 的形式。") from None


def show(found: Any, as_json: bool, lines: Callable[[], str]) -> None:
    """A result on stdout: as JSON, or in lines for people."""
    print(json.dumps(found, ensure_ascii=False, indent=2) if as_json else lines())
