"""Questions of somebody's own: read from a file, scored, and kept nowhere unless a folder is named.

    {"id": "q1", "query": "……", "relevant": [{"law": "政府信息公开条例", "article": 36, "item": 5}]}

A line needs `id`, `query` and `relevant` (empty: nothing answers); of a provision `law` and `article`, by any
name the statute book knows the law by. What else stands in a line is not read.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from assistant.errors import InputError
from assistant.law.instruments import StatuteBook
from assistant.law.numerals import to_int
from assistant.law.provisions import STATE, ProvisionRef
from evals.labelled import LabelledQuestion, read_rows

NEEDED = {"id": str, "query": str, "relevant": list}


def read_questions(path: Path, book: StatuteBook) -> tuple[LabelledQuestion, ...]:
    """The questions of a file. Raises InputError naming file, line and what is wrong with it."""
    if not path.is_file():
        raise InputError(f"找不到问题文件：{path}。请检查 --questions 的路径。")
    try:
        found = tuple(_question(row, where, book) for where, row in read_rows(path))
    except UnicodeDecodeError as fault:
        raise InputError(f"{path.name}：不是 UTF-8 文本。请另存为 UTF-8 的 JSON Lines 文件。") from fault
    if not found:
        raise InputError(f"{path.name}：没有问题。每行应有 id、query、relevant。")
    _require_once(found, path.name)
    return found


def not_held(questions: tuple[LabelledQuestion, ...], book: StatuteBook) -> tuple[ProvisionRef, ...]:
    """Articles that labels point to and the corpus does not hold: they can never be found."""
    held = {
        ProvisionRef(law.name, number, branch) for law in book.instruments for number, branch in law.articles
    }
    return tuple(sorted({ref for item in questions for ref in item.articles} - held))


def _question(row: dict[str, Any], where: str, book: StatuteBook) -> LabelledQuestion:
    for key, kind in NEEDED.items():
        if not isinstance(row.get(key), kind) or (kind is str and not row[key].strip()):
            raise InputError(
                f"{where}：缺少“{key}”或者类型不对。每行应有 id、query（文字）、relevant（列表）。"
            )
    relevant = tuple(_provisions(row["relevant"], where, book))
    return LabelledQuestion(row["id"], row["query"], relevant, str(row.get("style", "")), "own")


def _provisions(rows: list[Any], where: str, book: StatuteBook) -> Iterator[ProvisionRef]:
    for row in rows:
        if not isinstance(row, dict) or not isinstance(row.get("law"), str):
            raise InputError(f"{where} relevant：应为写明 law、article 的对象。")
        try:
            numbers = {key: _number(row.get(key)) for key in ("article", "branch", "paragraph", "item")}
            if numbers["article"] is None:
                raise ValueError
            yield ProvisionRef(
                _law(row["law"], book),
                numbers["article"],
                numbers["branch"] or 0,
                numbers["paragraph"],
                numbers["item"],
            )
        except ValueError as fault:
            raise InputError(
                f"{where} relevant：条、款、项的序号应为数字，如 36、“三十六”或“（五）”。"
            ) from fault


def _number(value: Any) -> int | None:
    if isinstance(value, str):
        return to_int(value.strip("第条款项（）() ")) if value.strip() else None
    if isinstance(value, bool) or not isinstance(value, int | None):
        raise ValueError(value)
    return value


def _law(name: str, book: StatuteBook) -> str:
    plain = name.strip().strip("《》")
    named = {instrument.name for instrument in book.named(plain)}
    return named.pop() if len(named) == 1 else plain.removeprefix(STATE)


def _require_once(questions: tuple[LabelledQuestion, ...], file: str) -> None:
    seen: set[str] = set()
    for item in questions:
        if item.id in seen:
            raise InputError(f"{file}：编号“{item.id}”重复。请改用不重复的编号。")
        seen.add(item.id)
