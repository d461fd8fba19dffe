"""What a batch is written as: JSON Lines by the contract, or a table a clerk reads, as CSV or workbook."""

import csv
import io
import json
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.law.outcomes import Outcomes
from assistant.triage.tables import Row, Table
from assistant.triage.workbook import FAULT, HEAD, NOTE, PLAIN, TITLE, UNSURE, Cell, Line, Page, workbook

Judged = dict[str, Any]

# Heading, width in a workbook, what stands there.
COLUMNS: tuple[tuple[str, float, str], ...] = (
    ("编号", 12, "申请的编号；原表没有编号的，按次序编号。"),
    ("申请内容", 52, "原表的申请内容，一字未改（开头像公式的，前面加了一个撇号）。"),
    ("查明情况", 40, "原表的查明情况。研判以此为准；没有查明情况的，多半不作判断。"),
    ("建议的处理结果", 24, "最可能的处理结果。把握不足时写“不作判断”，再写首位是什么，底色为黄。"),
    ("结果代码", 25, "首位结果的代码，见下表。"),
    ("概率", 9, "对首位结果的把握。"),
    ("第二可能", 24, "次位结果。"),
    ("第二可能的概率", 15, "对次位结果的把握。"),
    ("依据", 44, "首位结果所依据的条款。"),
    ("是否弃权", 8, "“是”：把握不足，不作判断，先查明右边一栏所问的事。"),
    ("要先查明", 44, "弃权时，能把前两种可能分开的那个问题。"),
    ("线索", 44, "申请内容或查明情况里的原话，以及它指向的处理结果。"),
    ("说明", 36, "没有研判的，写明原因，底色为红；改正后再研判一次。设了对话模型而没有用上的，也写在这里。"),
)
HEADINGS = tuple(heading for heading, _, _ in COLUMNS)
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
OTHER_WIDTH = 20.0
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
_FIELDS = {"request": "申请内容", "findings": "查明情况"}


@dataclass(frozen=True)
class Batch:
    """A batch that is judged: the table, what was found for each row, and what it was judged by."""

    table: Table
    judged: Sequence[Judged]
    outcomes: Outcomes
    made_by: str


def batch_bytes(batch: Batch, kind: str) -> bytes:
    """The result as a file of a kind: .jsonl, .csv or .xlsx."""
    return _WRITERS[kind](batch)


def plain_cell(words: str) -> str:
    """Words a spreadsheet takes for words: what would begin a formula gets an apostrophe before it."""
    return f"'{words}" if unicodedata.normalize("NFKC", words[:1]) in _FORMULA else words


def _json_lines(batch: Batch) -> bytes:
    """The contract's fields; other columns stand together under `columns`."""
    rows = zip(batch.table.rows, batch.judged, strict=True)
    found = (judged | ({"columns": dict(row.others)} if row.others else {}) for row, judged in rows)
    return "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in found).encode()


def _csv(batch: Batch) -> bytes:
    """UTF-8 with the mark that Excel knows it by."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([plain_cell(heading) for heading in _headings(batch)])
    for row, judged in zip(batch.table.rows, batch.judged, strict=True):
        cells = _cells(row, judged, batch.outcomes) + _others(row, batch)
        writer.writerow([plain_cell(cell) if isinstance(cell, str) else f"{cell:.1%}" for cell in cells])
    return text.getvalue().encode("utf-8-sig")


def _xlsx(batch: Batch) -> bytes:
    """The table, and a sheet that explains it."""
    lines = [Line(tuple(map(plain_cell, _headings(batch))), HEAD)]
    for row, judged in zip(batch.table.rows, batch.judged, strict=True):
        cells = _cells(row, judged, batch.outcomes) + _others(row, batch)
        safe = tuple(plain_cell(cell) if isinstance(cell, str) else cell for cell in cells)
        style = FAULT if "error" in judged else UNSURE if judged["abstain"] else PLAIN
        lines.append(Line(safe, style))
    widths = (*(width for _, width, _ in COLUMNS), *(OTHER_WIDTH for _ in batch.table.others))
    return workbook(
        [
            Page("研判结果", widths, lines),
            Page("说明", (24, 70, 70), list(_explained(batch)), head=False),
        ]
    )


_WRITERS = {".jsonl": _json_lines, ".csv": _csv, ".xlsx": _xlsx}


def _headings(batch: Batch) -> list[str]:
    """Ours, then those carried through; one that is called like ours is told apart."""
    return [*HEADINGS, *(f"原表：{name}" if name in HEADINGS else name for name in batch.table.others)]


def _others(row: Row, batch: Batch) -> list[Cell]:
    return [_words(row.others.get(name)) for name in batch.table.others]


def _words(value: Any) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _cells(row: Row, judged: Judged, outcomes: Outcomes) -> list[Cell]:
    """A row of the table a clerk reads."""
    head: list[Cell] = [str(row.id), row.request, row.findings]
    if "error" in judged:
        return [*head, "没有研判", "", "", "", "", "", "", "", "", judged["error"]]
    first, second = judged["outcomes"][:2]
    return [
        *head,
        f"不作判断（首位：{first['label']}）" if judged["abstain"] else first["label"],
        first["code"],
        float(first["probability"]),
        second["label"],
        float(second["probability"]),
        "；".join(first["basis"]),
        "是" if judged["abstain"] else "否",
        judged["question"] or "",
        "\n".join(
            f"“{signal['quote'].strip()}”（{_FIELDS[signal['field']]}）→ {outcomes[signal['points_to']].label}"
            for signal in judged["signals"]
        ),
        judged.get("notice", ""),
    ]


def _explained(batch: Batch) -> Iterator[Line]:
    """What the columns mean, which outcomes there are, and that a person decides."""
    unsure = sum(bool(judged.get("abstain")) for judged in batch.judged)
    faults = sum("error" in judged for judged in batch.judged)
    yield Line(("本表怎么看",), TITLE)
    notes = (
        f"共 {len(batch.judged)} 件，其中不作判断 {unsure} 件，没有研判 {faults} 件。",
        "本表只是建议，处理结果由人决定并签批；概率是程序的把握，不是法律上的确定程度。",
        batch.made_by,
    )
    for words in notes:
        yield Line((words,), NOTE)
    yield Line(())
    yield Line(("栏目", "意思"), HEAD)
    for letter, (heading, _, meaning) in zip(LETTERS, COLUMNS, strict=False):
        yield Line((f"{letter} 栏：{heading}", meaning))
    if batch.table.others:
        yield Line(("、".join(batch.table.others), "原表的其他栏目，照录。"))
    yield Line(())
    yield Line(("结果代码", "处理结果（年度报告表三的栏目）", "依据"), HEAD)
    for code, outcome in batch.outcomes.items():
        yield Line((code, outcome.label, "；".join(map(str, outcome.basis))))
