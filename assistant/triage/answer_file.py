"""The clerk's answers as a YAML file, read strictly and written again.

answers: {question: answer}; file: {guard: what the file states}; for several items items: [{item, answers, file}],
each added to what stands above; together: {choose, why} where the law leaves the whole open.
Basis: the house's own.
"""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from assistant.errors import CorpusError, InputError
from assistant.law.rules import read_mapping
from assistant.triage.guidance import CaseAnswers, ItemAnswers
from assistant.triage.items import Choice

_TOP = ("answers", "file", "items", "together")
_ITEM = ("item", "answers", "file")


def read_answer_file(path: Path) -> CaseAnswers:
    """The answers of a file. Raises InputError with one line where it cannot be read as answers."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise InputError(f"找不到：{path}；请检查路径。") from None
    except (IsADirectoryError, PermissionError):
        raise InputError(f"不能读取：{path}；请给出一个 YAML 文件。") from None
    except UnicodeDecodeError:
        raise InputError(f"{path.name}：不是 UTF-8 编码的文字，请另存为 UTF-8。") from None
    if not text.strip():
        return CaseAnswers()
    try:
        found = read_mapping(text, path.name)
    except CorpusError as fault:
        raise InputError(str(fault)) from fault
    return read_answers(found, path.name)


def read_answers(found: Mapping[str, Any], where: str = "回答") -> CaseAnswers:
    """The answers as data, checked for their form. Raises InputError naming the key at fault."""
    _only(found, _TOP, where)
    shared = _answers(found.get("answers"), f"{where} answers")
    file = _mapping(found.get("file"), f"{where} file")
    choice = _choice(found.get("together"), f"{where} together")
    rows = found.get("items")
    if rows is None:
        return CaseAnswers((ItemAnswers(answers=shared, file=file),), choice)
    if not isinstance(rows, list) or not rows:
        raise InputError(f"{where}：items 应写成一个列表，每一项写 item、answers、file。")
    items = tuple(_item(row, number, shared, file) for number, row in enumerate(rows, start=1))
    names = [item.name for item in items]
    if len(set(names)) < len(names):
        raise InputError(f"{where}：items 里有两项同名，请分别命名。")
    return CaseAnswers(items, choice)


def write_answers(case: CaseAnswers) -> str:
    """The answers as a YAML file that reads back the same."""
    found: dict[str, Any] = {}
    if len(case.items) == 1 and case.items[0].name == ItemAnswers().name:
        found |= {"answers": dict(case.items[0].answers)}
        found |= {"file": dict(case.items[0].file)} if case.items[0].file else {}
    else:
        found["items"] = [
            {"item": item.name, "answers": dict(item.answers), "file": dict(item.file)} for item in case.items
        ]
    if case.choice:
        found["together"] = {"choose": case.choice.choose, "why": case.choice.why}
    return yaml.safe_dump(found, allow_unicode=True, sort_keys=False)


def _item(row: Any, number: int, shared: Mapping[str, str], file: Mapping[str, Any]) -> ItemAnswers:
    where = f"items 第{number}项"
    if not isinstance(row, Mapping):
        raise InputError(f"{where}：应写 item、answers、file。")
    _only(row, _ITEM, where)
    name = row.get("item") or f"第{number}项"
    if not isinstance(name, str):
        raise InputError(f"{where}：item 应写成一段文字。")
    answers = {**shared, **_answers(row.get("answers"), f"{where} answers")}
    return ItemAnswers(name, answers, {**file, **_mapping(row.get("file"), f"{where} file")})


def _choice(found: Any, where: str) -> Choice | None:
    if found is None:
        return None
    written = _mapping(found, where)
    _only(written, ("choose", "why"), where)
    choose, why = written.get("choose"), written.get("why") or ""
    if not isinstance(choose, str) or not isinstance(why, str):
        raise InputError(f"{where}：choose 和 why 都应写成一段文字。")
    return Choice(choose, why)


def _answers(found: Any, where: str) -> dict[str, str]:
    written = _mapping(found, where)
    for id_, key in written.items():
        if not isinstance(key, str):
            shown = key.isoformat() if isinstance(key, date) else key
            raise InputError(f"{where}：“{id_}”的回答 {shown} 应写成回答的代码，如 unclear（不清楚）。")
    return dict(written)


def _mapping(found: Any, where: str) -> dict[str, Any]:
    if found is None:
        return {}
    if not isinstance(found, Mapping) or not all(isinstance(key, str) for key in found):
        raise InputError(f"{where}：应写成“键: 值”的列表。")
    return dict(found)


def _only(found: Mapping[str, Any], allowed: tuple[str, ...], where: str) -> None:
    unknown = [str(key) for key in found if key not in allowed]
    if unknown:
        raise InputError(f"{where}：不认识的键“{'、'.join(unknown)}”，可用：{'、'.join(allowed)}。")
