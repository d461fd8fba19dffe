"""Labelled requests of somebody's own: read from a file, scored, and kept nowhere unless a folder is named.

    {"id": "r1", "request": "……", "findings": "……", "outcome": "unable.not_held"}

A line needs `id`, `request` and `outcome`; it may have `findings`, `acceptable` (other codes a lawyer could
defend), `basis` or `articles` (lists of provisions), `border`, `style` and `family` (the scenario it shares
with its neighbours; without one it stands alone). What else stands in a line is not read.
"""

from collections.abc import Collection
from pathlib import Path
from typing import Any

from assistant.errors import InputError
from evals.labelled import BORDERS, LabelledRequest, read_rows

NEEDED = ("id", "request", "outcome")


def read_requests(path: Path, codes: Collection[str]) -> tuple[LabelledRequest, ...]:
    """The requests of a file. Raises InputError naming file, line and what is wrong with it."""
    if not path.is_file():
        raise InputError(f"找不到申请文件：{path}。请检查 --requests 的路径。")
    try:
        found = tuple(_request(row, where, codes) for where, row in read_rows(path))
    except UnicodeDecodeError as fault:
        raise InputError(f"{path.name}：不是 UTF-8 文本。请另存为 UTF-8 的 JSON Lines 文件。") from fault
    if not found:
        raise InputError(f"{path.name}：没有申请。每行应有 id、request、outcome。")
    _require_once(found, path.name)
    return found


def _request(row: dict[str, Any], where: str, codes: Collection[str]) -> LabelledRequest:
    for key in NEEDED:
        if not isinstance(row.get(key), str) or not row[key].strip():
            raise InputError(f"{where}：缺少“{key}”或者不是文字。每行应有 id、request、outcome。")
    for key in ("findings", "style", "family"):
        if not isinstance(row.get(key), str | None):
            raise InputError(f"{where}：“{key}”应为文字，没有就不写。")
    acceptable = _list(row, "acceptable", where)
    for code in (row["outcome"], *acceptable):
        if code not in codes:
            raise InputError(f"{where}：处理结果代码的值“{code}”不认识，可用：{'、'.join(codes)}。")
    border = row.get("border")
    if border is not None and (isinstance(border, bool) or border not in BORDERS):
        raise InputError(f"{where}：“border”应为 {BORDERS[0]}–{BORDERS[-1]} 的数字，没有就不写。")
    basis = "articles" if isinstance(row.get("articles"), list) else "basis"
    return LabelledRequest(
        id=row["id"],
        request=row["request"],
        findings=row.get("findings") or "",
        outcome=row["outcome"],
        acceptable=tuple(code for code in acceptable if code != row["outcome"]),
        basis=tuple(map(_named, _list(row, basis, where))) if isinstance(row.get(basis), list) else (),
        border=border,
        style=row.get("style") or "",
        family=row.get("family") or row["id"],
        split="own",
    )


def _named(provision: str) -> str:
    """A provision with its law named as the law names itself: 条例第36条, 信访工作条例第24条, 《…》第…条."""
    law, first, rest = provision.strip().partition("第")
    if law in ("", "条例") or law.startswith("《"):
        return first + rest if law == "条例" else provision.strip()
    return f"《{law}》{first}{rest}"


def _list(row: dict[str, Any], key: str, where: str) -> tuple[str, ...]:
    found = row.get(key) or []
    if not isinstance(found, list) or not all(isinstance(words, str) for words in found):
        raise InputError(f'{where}：“{key}”应为文字的列表，如 ["partial"]；没有就不写。')
    return tuple(found)


def _require_once(requests: tuple[LabelledRequest, ...], file: str) -> None:
    seen: set[str] = set()
    for item in requests:
        if item.id in seen:
            raise InputError(f"{file}：编号“{item.id}”重复。请改用不重复的编号。")
        seen.add(item.id)
