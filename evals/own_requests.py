"""Labelled requests of somebody's own: JSON Lines, CSV or XLSX, headings in Chinese or English.

A row needs the request and its outcome (code or the name in table three); it may have an id, findings, the outcome
a second person gave, other outcomes a lawyer could defend, provisions, border, style, and the scenario it shares
with its neighbours (without one it stands alone). A row that cannot be used is named and left out, the others are
judged; nothing is kept unless a folder is named.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.errors import InputError
from assistant.law.outcomes import Outcomes
from assistant.triage.columns import plain
from assistant.triage.tables import Row, read_table, table_bytes
from evals.labelled import BORDERS, LabelledRequest

# What each further column may be called.
HEADINGS: Mapping[str, tuple[str, ...]] = {
    "outcome": ("outcome", "处理结果", "标注", "标注结果", "正确结果", "处理结果代码", "办理结果"),
    "second": ("second", "outcome2", "第二标注", "第二人标注", "复核标注"),
    "acceptable": ("acceptable", "也可以的结果", "可辩护的结果"),
    "articles": ("articles",),
    "basis": ("basis", "依据", "条文依据"),
    "family": ("family", "情景", "同一情景"),
    "border": ("border", "界线"),
    "style": ("style", "写法"),
}
NEEDED = "每件要有申请内容（request）和处理结果（outcome）"
_SEVERAL = re.compile(r"[、，,；;\n]+")
_NOT_WORDS = re.compile(r"^\s*(?:[（(]?[一二三四五六七八九十]+[）)、]|\d+[.．、])\s*|[^\w.]")


@dataclass(frozen=True)
class OwnSet:
    """The requests that can be judged, one line for each row that cannot, and second labels by id."""

    items: tuple[LabelledRequest, ...]
    faults: tuple[str, ...]
    second: Mapping[str, str]


def read_requests(path: Path, outcomes: Outcomes) -> OwnSet:
    """The requests of a file. Raises InputError where it cannot be read or no row of it can be used."""
    if not path.is_file():
        raise InputError(f"找不到申请文件：{path}。请检查路径。")
    table = read_table(path.name, table_bytes(path))
    names = Names(outcomes)
    items: list[LabelledRequest] = []
    faults: list[str] = []
    second: dict[str, str] = {}
    for row in table.rows:
        try:
            item, other = _labelled(row, names)
        except InputError as fault:
            faults.append(f"{path.name} 第{row.number}行（编号 {row.id}）：{fault}")
        else:
            items.append(item)
            second |= {item.id: other} if other else {}
    if not items:
        raise InputError(f"{path.name}：没有一件可以评测。{NEEDED}；第一处问题：{faults[0]}")
    return OwnSet(tuple(items), tuple(faults), second)


class Names:
    """The outcomes by what people call them: the code, the name in table three, or both."""

    def __init__(self, outcomes: Outcomes) -> None:
        self.codes = tuple(outcomes)
        self._by_name = {_letters(one.label): code for code, one in outcomes.items()}
        self._by_name |= {_letters(code): code for code in outcomes}
        self._by_name |= {_letters(f"{code}{one.label}"): code for code, one in outcomes.items()}

    def code(self, words: str) -> str:
        """The code that is meant. Raises InputError for what names no outcome."""
        found = self._by_name.get(_letters(words))
        if found is None:
            raise InputError(f"处理结果“{words}”不认识，可用：{'、'.join(self.codes)}，或者表三里的名称。")
        return found


def _labelled(row: Row, names: Names) -> tuple[LabelledRequest, str]:
    if row.fault:
        raise InputError(f"{row.fault}。")
    held = _columns(row.others)
    label = _text(held, "outcome")
    if not label:
        raise InputError(f"缺少处理结果（outcome）。{NEEDED}。")
    outcome, second = names.code(label), _text(held, "second")
    basis = _list(held, "articles") if isinstance(held.get("articles"), list) else _list(held, "basis")
    acceptable = tuple(map(names.code, _list(held, "acceptable")))
    item = LabelledRequest(
        id=str(row.id),
        request=row.request,
        findings=row.findings,
        outcome=outcome,
        acceptable=tuple(code for code in acceptable if code != outcome),
        basis=tuple(map(_named, basis)),
        border=_border(held.get("border")),
        style=_text(held, "style"),
        family=_text(held, "family") or str(row.id),
        split="own",
    )
    return item, names.code(second) if second else ""


def _columns(others: Mapping[str, Any]) -> dict[str, Any]:
    """The further columns under their own names. Raises InputError where two are called the same."""
    found: dict[str, Any] = {}
    for heading, value in others.items():
        for key, called in HEADINGS.items():
            if plain(heading) in called:
                if key in found:
                    raise InputError(f"有两栏都像“{heading}”。请只留一栏。")
                found[key] = value
    return found


def _text(held: Mapping[str, Any], key: str) -> str:
    value = held.get(key)
    if not isinstance(value, str | None):
        raise InputError(f"“{key}”应为文字，没有就不写。")
    return (value or "").strip()


def _list(held: Mapping[str, Any], key: str) -> tuple[str, ...]:
    found = held.get(key) or []
    if isinstance(found, str):
        return tuple(part.strip() for part in _SEVERAL.split(found) if part.strip())
    if not isinstance(found, list) or not all(isinstance(words, str) for words in found):
        raise InputError(f'“{key}”应为文字的列表，如 ["partial"]；没有就不写。')
    return tuple(found)


def _border(value: Any) -> int | None:
    if isinstance(value, str):
        if not value.strip():
            return None
        value = int(value) if value.strip().isdecimal() else value
    if value is not None and (isinstance(value, bool) or value not in BORDERS):
        raise InputError(f"“border”（界线）应为 {BORDERS[0]}–{BORDERS[-1]} 的数字，没有就不写。")
    return value


def _named(provision: str) -> str:
    """A provision with its law named as the law names itself: 条例第36条, 信访工作条例第24条, 《…》第…条."""
    law, first, rest = provision.strip().partition("第")
    if law in ("", "条例") or law.startswith("《"):
        return first + rest if law == "条例" else provision.strip()
    return f"《{law}》{first}{rest}"


def _letters(words: str) -> str:
    """A name as it is compared: without numbering, quotation marks, brackets and blanks, in one width and case."""
    return _NOT_WORDS.sub("", unicodedata.normalize("NFKC", words)).lower()
