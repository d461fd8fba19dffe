"""Batches as people keep them, for the tests: our own words in every kind of file."""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from openpyxl import Workbook

REQUEST = "申请公开2022年我镇某村征地补偿安置方案"
FINDINGS = "经检索，本机关未制作、未保存该信息，该信息由区自然资源局制作"
HEAD = ("编号", "申请内容", "查明情况")


def write_csv(path: Path, rows: Sequence[Sequence[str]], encoding: str = "utf-8-sig") -> Path:
    """A table as CSV in an encoding."""
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    path.write_text(text.getvalue(), encoding=encoding, newline="")
    return path


def write_xlsx(path: Path, rows: Sequence[Sequence[object]], merged: Sequence[str] = ()) -> Path:
    """A table as a workbook, with merged places."""
    book = Workbook()
    for row in rows:
        book.active.append(list(row))
    for area in merged:
        book.active.merge_cells(area)
    book.save(path)
    return path


def write_jsonl(path: Path, rows: Sequence[Mapping[str, object]]) -> Path:
    """Objects, one a line."""
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


def read_jsonl(path: Path) -> list[dict[str, object]]:
    """The objects of a result."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]


def many(count: int) -> list[dict[str, object]]:
    """So many requests, no two alike, some of which cannot be judged."""
    return [
        {
            "id": f"2026-{number:04d}",
            "request": ""
            if number % 97 == 5
            else f"申请公开{2000 + number % 26}年{number}号地块的征收补偿方案",
            "findings": (FINDINGS, "该方案已在区政府网站主动公开", "")[number % 3],
            "科室": "综合科",
        }
        for number in range(count)
    ]
