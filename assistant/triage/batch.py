"""Many requests at once: each row gets its ranked outcomes; a row that cannot be read is named, not dropped."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from assistant.errors import InputError
from assistant.triage.classifier import Classifier
from assistant.triage.tables import Row, kind_of, read_rows, write_json_lines, write_rows

Progress = Callable[[str, int, int], None]

HEADINGS = ("编号", "申请内容", "查明情况", "建议的处理结果", "概率", "依据", "弃权", "要先查明", "线索")


def classify_batch(classifier: Classifier, source: Path, target: Path, progress: Progress) -> int:
    """Rank every row of a file into another; the number of rows that could not be judged.

    The kind of the target is told by its suffix. Raises InputError for a file or heading that cannot be used.
    """
    kind = kind_of(target)
    rows = read_rows(source)
    if not rows:
        raise InputError(f"“{source.name}”里没有申请；请检查内容。")
    judged = []
    for done, row in enumerate(rows, start=1):
        judged.append(_judged(classifier, row))
        progress("研判", done, len(rows))
    if kind == ".jsonl":
        write_json_lines(target, judged)
    else:
        write_rows(target, HEADINGS, [_line(row, found) for row, found in zip(rows, judged, strict=True)])
    return sum("error" in found for found in judged)


def _judged(classifier: Classifier, row: Row) -> dict[str, Any]:
    try:
        return classifier.propose(row["request"], row.get("findings", "")).to_json(row["id"])
    except InputError as fault:
        return {"id": row["id"], "error": str(fault)}


def _line(row: Row, found: dict[str, Any]) -> list[str]:
    """A row of the table a clerk reads."""
    head = [row["id"], row["request"], row.get("findings", "")]
    if "error" in found:
        return [*head, found["error"], "", "", "", "", ""]
    first = found["outcomes"][0]
    signals = "；".join(f"“{signal['quote']}”" for signal in found["signals"])
    outcome = f"{first['label']}（{first['code']}）"
    probability = f"{first['probability']:.2f}"
    basis = "；".join(first["basis"])
    return [
        *head,
        outcome,
        probability,
        basis,
        "是" if found["abstain"] else "否",
        found["question"] or "",
        signals,
    ]
