"""Many requests at once: each row gets its ranked outcomes; a row that cannot be read is named, not dropped.

What was judged is kept beside the result as it grows (see unfinished.py), so that a batch that is cut off
goes on where it stopped and ends byte for byte as if it had not been.
"""

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from assistant.errors import InputError
from assistant.law import china_time
from assistant.triage.abreast import in_processes, in_turn
from assistant.triage.proposer import Proposer
from assistant.triage.results import Batch, batch_bytes
from assistant.triage.tables import Row, Table, kind_of, read_table, table_bytes
from assistant.triage.unfinished import Mark, Unfinished, unfinished, write_whole

Progress = Callable[[str, int, int], None]
Say = Callable[[str], None]

STEP = "研判"
# Rows between two reports of progress.
STRIDE = 20
# For fewer rows than these, getting ready for many costs more than it saves.
MANY = 150


@dataclass(frozen=True)
class Done:
    """A finished batch: how many requests, on how many nothing is said, and each row that was not judged.

    `notices` tell, row by row, why a chat model that is set was not heard.
    """

    requests: int
    abstained: int
    faults: tuple[str, ...]
    notices: tuple[str, ...] = ()


def classify_batch(
    classifier: Proposer, source: Path, target: Path, progress: Progress, say: Say = lambda _: None
) -> Done:
    """Rank every row of a file into another, going on where an earlier run of the same batch was cut off.

    The kind of each file is told by its suffix. `say` is told, before the work begins, that it goes on or
    begins anew. Raises InputError for a file or heading that cannot be used, and where nothing can be written.
    """
    kind = kind_of(target)
    data = table_bytes(source)
    if target.is_dir() or (target.exists() and target.samefile(source)):
        raise InputError(f"结果不能写到“{target}”：那是原表或者文件夹；请换一个结果文件名。")
    table = read_table(source.name, data)
    on = china_time.today()
    mark = Mark(hashlib.sha256(data).hexdigest(), classifier.version, on.isoformat(), len(table.rows))
    with unfinished(target, mark, [row.id for row in table.rows]) as kept:
        _tell(kept, len(table.rows), say)
        many = len(table.rows) - len(kept.lines) >= MANY
        _judge(classifier.prepared() if many else classifier, on, table, kept, progress)
        judged = [json.loads(line) for line in kept.lines]
        made_by = f"分类器 {classifier.version}，以 {on.isoformat()} 的规则为准。"
        write_whole(target, batch_bytes(Batch(table, judged, classifier.outcomes, made_by), kind))
        kept.remove()
    abstained = sum(bool(found.get("abstain")) for found in judged)
    notices = tuple(found["notice"] for found in judged if "notice" in found)
    return Done(len(judged), abstained, tuple(_faults(judged)), notices)


def _tell(kept: Unfinished, rows: int, say: Say) -> None:
    if kept.begun_anew:
        say(f"“{kept.path.name}”是上次没有做完的，但{kept.begun_anew}，所以从头做起。")
    elif kept.lines:
        say(f"接着上次没有做完的做：{rows} 件中已研判 {len(kept.lines)} 件。")


def _judge(classifier: Proposer, on: date, table: Table, kept: Unfinished, progress: Progress) -> None:
    rows, begun = table.rows, len(kept.lines)
    progress(STEP, begun, len(rows))
    for done, line in enumerate(_lines(classifier, on, rows[begun:]), start=begun + 1):
        kept.add(line)
        if classifier.at_once > 1 or done % STRIDE == 0 or done == len(rows):
            progress(STEP, done, len(rows))


def _lines(classifier: Proposer, on: date, rows: Sequence[Row]) -> Iterator[str]:
    """Each row judged, as a line to keep; a long table is split over the cores."""

    def line(row: Row) -> str:
        return json.dumps(_judged(classifier, row, on), ensure_ascii=False)

    if classifier.processes > 1 and len(rows) >= MANY:
        return in_processes(line, rows, classifier.processes)
    return in_turn(line, rows, classifier.at_once)


def _judged(classifier: Proposer, row: Row, on: date) -> dict[str, Any]:
    fault = row.fault
    if fault is None:
        try:
            return {"id": row.id} | classifier.propose(row.request, row.findings, on).to_json()
        except InputError as refused:
            fault = str(refused)
    return {"id": row.id, "row": row.number, "error": f"第 {row.number} 行：{fault.rstrip('。')}。"}


def _faults(judged: Sequence[dict[str, Any]]) -> Iterator[str]:
    for found in judged:
        if "error" in found:
            yield f"编号 {found['id']}，{found['error']}"
