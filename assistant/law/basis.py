"""Whether the provisions that rules rest on exist: every `basis` of every rule file against the statute book.

A rule is checked as of the day from which it holds: a rule of 2019 cannot rest on an article of 2024. An
instrument the book does not know is a fault where the rule claims to be verified; an unproved rule may name it.
Basis: the house's own; 政府信息公开条例第三十六条 asks that answers rest on provisions.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from assistant.law.instruments import Status, StatuteBook
from assistant.law.provisions import ProvisionRef
from assistant.law.rules import read_rules

# What the corpus knows of instruments themselves; their rules name editions that are no longer law.
_NOT_RULES = ("instruments.yaml",)
_NAMES = ("code", "kind", "class", "method", "duty", "guard", "road", "part", "name", "key", "id", "event")
_NUMBER = re.compile(r"^[一-龥]+〔\d{4}〕\d+号")
_WHY: dict[Status, str] = {
    "no_such_article": "没有这一条、款或者项",
    "not_in_force": "当日没有一个有效的文本",
    "unresolved": "不能确定是哪一个文件",
    "unknown_instrument": "法规库里没有这个文件",
}


def basis_faults(rules_dir: Path, book: StatuteBook) -> list[str]:
    """Bases that are no provision or did not exist when their rule began: file, row and provision each."""
    files = [path for path in sorted(rules_dir.glob("*.yaml")) if path.name not in _NOT_RULES]
    return [fault for path in files for fault in _faults(read_rules(path), path.name, _Rule(), book)]


@dataclass(frozen=True)
class _Rule:
    """What a row says of itself; one without days of its own holds from the day of the row around it."""

    since: date | None = None
    verified: bool = True

    def within(self, row: dict[str, Any]) -> "_Rule":
        return _Rule(row.get("valid_from", self.since), row.get("verified", self.verified))


def _faults(node: Any, where: str, rule: _Rule, book: StatuteBook) -> Iterator[str]:
    """Down the file, row by row."""
    if isinstance(node, list):
        for one in node:
            yield from _faults(one, where, rule, book)
    if not isinstance(node, dict):
        return
    rule = rule.within(node)
    name = next((str(node[key]) for key in _NAMES if isinstance(node.get(key), str)), "")
    place = f"{where} {name}".strip()
    for key, value in node.items():
        if key == "basis" and isinstance(value, list):
            for words in value:
                yield from _fault(str(words), place, rule, book)
        else:
            yield from _faults(value, place, rule, book)


def _fault(words: str, place: str, rule: _Rule, book: StatuteBook) -> Iterator[str]:
    number = _NUMBER.match(words)
    if number:  # a document without articles is cited by its number
        if not book.named(number[0]):
            yield f"{place}：依据“{words}”：{_WHY['unknown_instrument']}。"
        return
    try:
        ref = ProvisionRef.parse(words)
    except ValueError:
        yield f"{place}：依据“{words}”不是条文出处。"
        return
    status = book.status(ref, rule.since) if rule.since else "ok"
    if status != "ok" and (rule.verified or status != "unknown_instrument"):
        yield f"{place}：依据“{words}”在规则起始日 {rule.since} {_WHY[status]}。"
