"""Which remedies a reply must name: review first, or review and suit at choice.

The class follows from the provisions a reply relies on, not from the row of the table: leaf 8 of
不予公开 rests on 第三十六条第（七）项 and is class B, a partial refusal under 第十五条 is class A.

Basis: 行政复议法第二十三条第一款第（四）项、第二款; 行政诉讼法第四十四条至第四十六条.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from assistant.errors import CorpusError
from assistant.law.provisions import ProvisionRef
from assistant.law.rules import DATED, Validity, read_refs, read_rules, read_validity, require_keys

FILE = "remedies.yaml"

_ROW = {
    "class": (str,),
    "name": (str,),
    "relied_on": (list,),
    "text": (str,),
    "partial_text": (str, type(None)),
    "basis": (list,),
    "must": (list,),
    "must_not": (list,),
    **DATED,
}
_ONLINE = {"text": (str,), "basis": (list,), **DATED}


@dataclass(frozen=True)
class Phrase:
    """Words a remedy paragraph must or must not have, and what to tell the clerk otherwise."""

    pattern: str
    message: str


@dataclass(frozen=True)
class Remedy:
    """One class of remedy paragraph, valid between two days."""

    class_: str
    name: str
    relied_on: tuple[ProvisionRef, ...]
    text: str
    partial_text: str | None
    basis: tuple[ProvisionRef, ...]
    must: tuple[Phrase, ...]
    must_not: tuple[Phrase, ...]
    validity: Validity


@dataclass(frozen=True)
class RemedyTable:
    """Every class, and the sentence to add where an online channel for review is open."""

    remedies: tuple[Remedy, ...]
    online_text: str
    online_basis: tuple[ProvisionRef, ...]

    def of_class(self, class_: str, on: date) -> Remedy:
        """The paragraph of a class on that day. Raises CorpusError where the rules hold none."""
        for remedy in self.remedies:
            if remedy.class_ == class_ and remedy.validity.holds(on):
                return remedy
        raise CorpusError(f"{FILE}：{on} 没有有效的 {class_} 类救济规则。")

    def for_grounds(self, grounds: Iterable[ProvisionRef], on: date) -> Remedy:
        """The class that follows from the provisions relied on to withhold or to answer."""
        relied = tuple(grounds)
        valid = [remedy for remedy in self.remedies if remedy.validity.holds(on)]
        for remedy in valid:
            if any(rule.covers(ground) for rule in remedy.relied_on for ground in relied):
                return remedy
        rest = [remedy for remedy in valid if not remedy.relied_on]
        if not rest:
            raise CorpusError(f"{FILE}：{on} 没有有效的救济规则。")
        return rest[0]


def load_remedies(rules_dir: Path) -> RemedyTable:
    """The remedy table. Raises CorpusError naming row and key."""
    found = read_rules(rules_dir / FILE)
    require_keys(found, {"remedies": (list,), "online_clause": (dict,)}, FILE)
    online = found["online_clause"]
    require_keys(online, _ONLINE, f"{FILE} online_clause")
    rows = tuple(_remedy(row) for row in found["remedies"])
    return RemedyTable(rows, online["text"], read_refs(online["basis"], FILE))


def _remedy(row: dict[str, Any]) -> Remedy:
    where = f"{FILE} {row.get('class', '?')}"
    require_keys(row, _ROW, where)
    return Remedy(
        class_=row["class"],
        name=row["name"],
        relied_on=read_refs(row["relied_on"], where),
        text=row["text"],
        partial_text=row["partial_text"],
        basis=read_refs(row["basis"], where),
        must=tuple(Phrase(**phrase) for phrase in row["must"]),
        must_not=tuple(Phrase(**phrase) for phrase in row["must_not"]),
        validity=read_validity(row),
    )
