"""Which authority hears an application for review, by the kind of the organ that answers (复议管辖).

The rules say which kind of authority it must be and why; its name is a setting of the office and never derived.
Basis: 行政复议法第二十四条、第二十五条、第二十七条、第二十八条.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from assistant.errors import CorpusError
from assistant.law.provisions import ProvisionRef
from assistant.law.rules import (
    DATED,
    Row,
    Validity,
    read_basis,
    read_rows,
    read_rules,
    read_validity,
    read_words,
    refuse_overlaps,
    require_keys,
)
from assistant.settings import Agency

FILE = "organs.yaml"

_ROW = {
    "kind": (str,),
    "label": (str,),
    "authority": (str,),
    "why": (str,),
    "names": (list,),
    "misfits": (list,),
    "own": (bool,),
    "basis": (list,),
    **DATED,
}
_MISFIT = {"pattern": (str,), "message": (str,)}
_CHOICE = re.compile(r"或者|或|、|以及")


@dataclass(frozen=True)
class Organ:
    """A kind of organ with the authority that reviews it. `names`: what the authority's name must show."""

    kind: str
    label: str
    authority: str
    why: str
    names: tuple[re.Pattern[str], ...]
    misfits: tuple[tuple[re.Pattern[str], str], ...]
    own: bool
    basis: tuple[ProvisionRef, ...]
    validity: Validity

    def faults(self, authority: str, name: str | None) -> Iterator[str]:
        """Why a named authority does not fit an organ of this kind called `name`; nothing where it does."""
        parts = [part.strip() for part in _CHOICE.split(authority) if part.strip()]
        for part in parts:
            wrong = next((message for pattern, message in self.misfits if pattern.search(part)), None)
            if wrong:
                yield f"“{part}”与本机关（{self.label}）不符：{wrong}"
            elif part == name and not self.own:
                yield f"“{part}”就是本机关，不能自己管辖对自己的行政复议案件"
            elif not any(pattern.search(part) for pattern in self.names):
                yield f"从名称看不出“{part}”是{self.authority}"
        fitting = [part for part in parts if any(pattern.search(part) for pattern in self.names)]
        if fitting and not all(any(p.search(part) for part in fitting) for p in self.names):
            yield f"只写了“{'、'.join(fitting)}”，还有另一种选择没有写明"


@dataclass(frozen=True)
class Organs:
    """Every kind of organ in all its editions."""

    rows: tuple[Organ, ...]

    @property
    def kinds(self) -> tuple[str, ...]:
        """Every kind there ever was, in the order of the file."""
        return tuple(dict.fromkeys(row.kind for row in self.rows))

    def of(self, kind: str | None, on: date) -> Organ | None:
        """The rule for a kind on a day; None where the kind is not set or no rule of the day is held."""
        return next((row for row in self.rows if row.kind == kind and row.validity.holds(on)), None)

    def warnings(self, agency: Agency, on: date) -> tuple[str, ...]:
        """What is doubtful of the review authority an office has set, each with its article."""
        organ = self.of(agency.kind, on)
        if organ is None or not agency.review_authority:
            return ()
        basis = "、".join(map(str, organ.basis))
        return tuple(
            f"复议机关{fault}。应为{organ.authority}：{organ.why}（{basis}）。请核对设置 agency.review_authority。"
            for fault in organ.faults(agency.review_authority, agency.name)
        )


def load_organs(rules_dir: Path) -> Organs:
    """The kinds of organ. Raises CorpusError naming file, row and key."""
    found = read_rules(rules_dir / FILE)
    require_keys(found, {"organs": (list,)}, FILE)
    rows = tuple(_organ(row, where) for row, where in read_rows(found, "organs", FILE, "kind", _ROW))
    refuse_overlaps(((row.kind, row.validity) for row in rows), FILE)
    return Organs(rows)


def _organ(row: Row, where: str) -> Organ:
    return Organ(
        kind=row["kind"],
        label=row["label"],
        authority=row["authority"],
        why=row["why"],
        names=tuple(_pattern(words, f"{where} names") for words in read_words(row, "names", where)),
        misfits=tuple(_misfits(row, where)),
        own=row["own"],
        basis=read_basis(row, where),
        validity=read_validity(row),
    )


def _misfits(row: Row, where: str) -> Iterator[tuple[re.Pattern[str], str]]:
    for one, place in read_rows(row, "misfits", f"{where} misfits", "message", _MISFIT):
        yield _pattern(one["pattern"], place), one["message"]


def _pattern(words: str, where: str) -> re.Pattern[str]:
    try:
        return re.compile(words)
    except re.error as fault:
        raise CorpusError(f"{where}：不是有效的正则表达式：{words}（{fault}）。") from fault
