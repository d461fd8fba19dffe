"""Which remedies a reply must name: review first, or review and suit at choice.

The class follows from the provisions a reply relies on, not from the row of the table: leaf 8 of
不予公开 rests on 第三十六条第（七）项 and is class B, a partial refusal under 第十五条 is class A.

Basis: 行政复议法第二十三条第一款第（四）项、第二款; 行政诉讼法第四十四条至第四十六条.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from assistant.errors import CorpusError
from assistant.law.organs import Organs, load_organs
from assistant.law.provisions import ProvisionRef
from assistant.law.rules import (
    DATED,
    Row,
    Validity,
    one_of,
    read_basis,
    read_refs,
    read_rows,
    read_rules,
    read_validity,
    read_words,
    refuse_overlaps,
    require_keys,
)

FILE = "remedies.yaml"
CLASSES = ("A", "B")
DUTIES = ("review_authority", "kind", "court", "online_review")

_TOP = {
    "remedies": (list,),
    "online_clause": (dict,),
    "parts": (dict,),
    "announcing": (dict,),
    "deciding": (dict,),
    "duties": (list,),
    "unjudged": (list,),
}
_ROW = {
    "class": (str,),
    "name": (str,),
    "relied_on": (list,),
    "text": (str,),
    "part_text": (str, type(None)),
    "rest_text": (str, type(None)),
    "basis": (list,),
    "must": (list,),
    "must_not": (list,),
    **DATED,
}
_PHRASE = {"pattern": (str,), "message": (str,)}
_ONLINE = {"text": (str,), "basis": (list,), **DATED}
_PARTS = {"plain": (str,), "named": (str,)}
_DECIDING = {"provisions": (list,), "basis": (list,), **DATED}
_ANNOUNCING = {**_DECIDING, "message": (str,)}
_DUTY = {"duty": (str,), "label": (str,), "message": (str,), "basis": (list,), **DATED}
_UNJUDGED = {"name": (str,), "message": (str,), "basis": (list,), **DATED}


@dataclass(frozen=True)
class Phrase:
    """Words a remedy paragraph must or must not have, and what to tell the clerk otherwise."""

    pattern: str
    message: str


@dataclass(frozen=True)
class Remedy:
    """One class of remedy paragraph, valid between two days.

    `part_text` speaks of the part withheld of a letter, `rest_text` of the rest of such a letter.
    """

    class_: str
    name: str
    relied_on: tuple[ProvisionRef, ...]
    text: str
    part_text: str | None
    rest_text: str | None
    basis: tuple[ProvisionRef, ...]
    must: tuple[Phrase, ...]
    must_not: tuple[Phrase, ...]
    validity: Validity

    def grounds_of(self, grounds: Iterable[ProvisionRef]) -> tuple[ProvisionRef, ...]:
        """Those grounds whose use puts a reply into this class."""
        return tuple(g for g in dict.fromkeys(grounds) if any(rule.covers(g) for rule in self.relied_on))


@dataclass(frozen=True)
class Notice:
    """Something to tell the clerk, with its article; `label` is how a gap in the paragraph reads."""

    name: str
    label: str
    message: str
    basis: tuple[ProvisionRef, ...]
    validity: Validity

    def __str__(self) -> str:
        return f"{self.message}（{'、'.join(map(str, self.basis))}）。"


@dataclass(frozen=True)
class Clause:
    """A sentence to add, or a list of provisions, with its article."""

    text: str
    provisions: tuple[ProvisionRef, ...]
    basis: tuple[ProvisionRef, ...]
    validity: Validity

    def cover(self, grounds: Iterable[ProvisionRef]) -> tuple[ProvisionRef, ...]:
        """Those grounds that lie in the provisions."""
        return tuple(g for g in dict.fromkeys(grounds) if any(rule.covers(g) for rule in self.provisions))


@dataclass(frozen=True)
class RemedyTable:
    """Every class, what must be named beside it, and the days that cannot be judged."""

    remedies: tuple[Remedy, ...]
    online: Clause
    parts: Mapping[str, str]
    announcing: Clause
    deciding: Clause
    duties: tuple[Notice, ...]
    unjudged: tuple[Notice, ...]
    organs: Organs

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
            if remedy.grounds_of(relied):
                return remedy
        rest = [remedy for remedy in valid if not remedy.relied_on]
        if not rest:
            raise CorpusError(f"{FILE}：{on} 没有有效的救济规则。")
        return rest[0]

    def duty(self, name: str, on: date) -> Notice | None:
        """What to say where a name or a channel is not known; None where no rule of the day asks for it."""
        return next((d for d in self.duties if d.name == name and d.validity.holds(on)), None)

    def not_judged(self, on: date) -> Notice | None:
        """Why nothing can be said of remedies on a day; None where it can."""
        return next((one for one in self.unjudged if one.validity.holds(on)), None)


def load_remedies(rules_dir: Path) -> RemedyTable:
    """The remedy table with the kinds of organ. Raises CorpusError naming file, row and key."""
    found = read_rules(rules_dir / FILE)
    require_keys(found, _TOP, FILE)
    rows = tuple(_remedy(row, where) for row, where in read_rows(found, "remedies", FILE, "class", _ROW))
    refuse_overlaps(((row.class_, row.validity) for row in rows), FILE)
    require_keys(found["parts"], _PARTS, f"{FILE} parts")
    announcing = _clause(found["announcing"], _ANNOUNCING, "announcing", "message")
    return RemedyTable(
        remedies=rows,
        online=_clause(found["online_clause"], _ONLINE, "online_clause", "text"),
        parts=found["parts"],
        announcing=announcing,
        deciding=_clause(found["deciding"], _DECIDING, "deciding", None),
        duties=_duties(found),
        unjudged=_unjudged(found),
        organs=load_organs(rules_dir),
    )


def _remedy(row: Row, where: str) -> Remedy:
    return Remedy(
        class_=one_of(row, "class", CLASSES, where),
        name=row["name"],
        relied_on=read_refs(row["relied_on"], f"{where} relied_on"),
        text=row["text"],
        part_text=row["part_text"],
        rest_text=row["rest_text"],
        basis=read_basis(row, where),
        must=tuple(_phrases(row, "must", where)),
        must_not=tuple(_phrases(row, "must_not", where)),
        validity=read_validity(row),
    )


def _phrases(row: Row, key: str, where: str) -> Iterator[Phrase]:
    for one, _ in read_rows(row, key, f"{where} {key}", "message", _PHRASE):
        yield Phrase(**one)


def _clause(row: dict[str, Any], keys: Mapping[str, tuple[type, ...]], name: str, text: str | None) -> Clause:
    where = f"{FILE} {name}"
    require_keys(row, keys, where)
    words = read_words(row, "provisions", where) if "provisions" in row else ()
    provisions = read_refs(list(words), f"{where} provisions")
    return Clause(row[text] if text else "", provisions, read_basis(row, where), read_validity(row))


def _duties(found: Row) -> tuple[Notice, ...]:
    duties = []
    for row, where in read_rows(found, "duties", FILE, "duty", _DUTY):
        name = one_of(row, "duty", DUTIES, where)
        basis = read_basis(row, where)
        duties.append(Notice(name, row["label"], row["message"], basis, read_validity(row)))
    refuse_overlaps(((duty.name, duty.validity) for duty in duties), FILE)
    return tuple(duties)


def _unjudged(found: Row) -> tuple[Notice, ...]:
    rows = []
    for row, where in read_rows(found, "unjudged", FILE, "name", _UNJUDGED):
        basis = read_basis(row, where)
        rows.append(Notice(row["name"], row["name"], row["message"], basis, read_validity(row)))
    refuse_overlaps(((row.name, row.validity) for row in rows), FILE)
    return tuple(rows)
