"""Kinds of personal data, from corpus/rules/personal_data.yaml: how each looks and what proves it.

The one place: masking, the reading of a letter, the index of earlier replies and the gate all look here.
Basis: 个人信息保护法第四条、第二十八条; 政府信息公开条例第十五条.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from assistant.errors import CorpusError
from assistant.ingest.personal_proofs import PROOFS, Known
from assistant.law.provisions import ProvisionRef
from assistant.law.rules import (
    DATED,
    Keys,
    Validity,
    one_of,
    read_basis,
    read_rows,
    read_rules,
    read_validity,
    read_words,
    refuse_overlaps,
    require_keys,
)
from assistant.settings import ROOT

FILE = "personal_data.yaml"

_TOP: Keys = {
    "kinds": (list,),
    "regions": (list,),
    "issuers": (dict,),
    "surnames": (str,),
    "doubtful_surnames": (str,),
} | dict.fromkeys(
    ("name_columns", "other_numbers", "organs", "persons", "double_surnames", "no_names", "no_name_ends"),
    (list,),
)
_KIND: Keys = {
    "key": (str,),
    "name": (str,),
    "mark": (str,),
    "labels": (list,),
    "patterns": (list,),
    "gate": (bool,),
    "contact": (bool,),
    "organ": (bool,),
    "basis": (list,),
    **DATED,
}
_PATTERN: Keys = {"words": (str,), "proof": (str,), "certain": (bool,)}
_SHORT = {
    "GAP": r"[ \t\n-]{0,3}",
    "LEAD": r"[编号码数为是:|() \t\n\"“]{0,8}",
    "ALONE": r"(?<![0-9A-Za-z])",
    "ENDED": r"(?![0-9A-Za-z])",
    "GIVEN": r"[一-龥]{1,2}",
}


@dataclass(frozen=True)
class Pattern:
    """One look of a kind; the datum is its group of that name, or all of it. `certain` is false for 疑似."""

    words: re.Pattern[str]
    proof: str
    certain: bool

    def span(self, match: re.Match[str]) -> tuple[int, int]:
        """Where in the text the datum of a match stands."""
        return match.span("datum" if "datum" in self.words.groupindex else 0)


@dataclass(frozen=True)
class PersonalKind:
    """A kind of personal data. `mark` names it where it is hidden; `gate`, `contact` and `organ` as in the file."""

    key: str
    name: str
    mark: str
    patterns: tuple[Pattern, ...]
    gate: bool
    contact: bool
    organ: bool
    basis: tuple[ProvisionRef, ...]
    validity: Validity


@dataclass(frozen=True)
class PersonalKinds:
    """Every kind in the order in which they are looked for, and what tells them from their likenesses.

    `person` is a whole name: a surname and what is given; `name_columns` head the names of a table. `surnames`
    begin a name: those that are no everyday word.
    """

    kinds: tuple[PersonalKind, ...]
    known: Known
    person: re.Pattern[str]
    surnames: re.Pattern[str]
    name_columns: frozenset[str]
    other_numbers: re.Pattern[str]
    organs: re.Pattern[str]
    persons: re.Pattern[str]

    def __iter__(self) -> Iterator[PersonalKind]:
        return iter(self.kinds)


@lru_cache
def load_personal_kinds(rules_dir: Path = ROOT / "corpus" / "rules") -> PersonalKinds:
    """The kinds of a rules folder; without one, those shipped. Raises CorpusError naming row and key."""
    found = read_rules(rules_dir / FILE)
    require_keys(found, _TOP, FILE)
    short = _SHORT | _surnames(found)
    kinds = tuple(_kind(row, where, short) for row, where in read_rows(found, "kinds", FILE, "key"))
    refuse_overlaps(((kind.key, kind.validity) for kind in kinds), f"{FILE} kinds")
    words = {key: read_words(found, key, FILE) for key in _TOP if _TOP[key] == (list,) and key not in _OTHER}
    return PersonalKinds(
        kinds=kinds,
        known=Known(
            regions=frozenset(map(str, found["regions"])),
            issuers={str(key): frozenset(lengths) for key, lengths in found["issuers"].items()},
            no_names=frozenset(words["no_names"]),
            no_name_ends=words["no_name_ends"],
        ),
        person=re.compile(rf"{short['SURNAME']}[一-龥某×]{{1,3}}"),
        surnames=re.compile(short["SURE"]),
        name_columns=frozenset(words["name_columns"]),
        other_numbers=_any(words["other_numbers"], r"[为是: \t\"“(]{0,3}$"),
        organs=_compiled("|".join(words["organs"]), {}, f"{FILE} organs"),
        persons=_compiled("|".join(words["persons"]), {}, f"{FILE} persons"),
    )


_OTHER = ("kinds", "regions")


def _surnames(found: Mapping[str, Any]) -> dict[str, str]:
    double = "|".join(read_words(found, "double_surnames", FILE))
    sure = "".join(char for char in found["surnames"] if char not in found["doubtful_surnames"])
    return {"SURNAME": f"(?:{double}|[{found['surnames']}])", "SURE": f"(?:{double}|[{sure}])"}


def _kind(row: dict[str, Any], where: str, short: dict[str, str]) -> PersonalKind:
    require_keys(row, _KIND, where)
    labels = {"LABELS": "|".join(read_words(row, "labels", where, least=0))}
    return PersonalKind(
        key=row["key"],
        name=row["name"],
        mark=row["mark"],
        patterns=tuple(
            _pattern(one, f"{where} {at}", short | labels)
            for one, at in read_rows(row, "patterns", where, "")
        ),
        gate=row["gate"],
        contact=row["contact"],
        organ=row["organ"],
        basis=read_basis(row, where),
        validity=read_validity(row),
    )


def _pattern(row: dict[str, Any], where: str, short: dict[str, str]) -> Pattern:
    require_keys(row, _PATTERN, where)
    return Pattern(_compiled(row["words"], short, where), one_of(row, "proof", PROOFS, where), row["certain"])


def _compiled(words: str, short: dict[str, str], where: str) -> re.Pattern[str]:
    """A pattern with its capital words spelt out; longer ones first, for SURE begins SURNAME in no text."""
    for name in sorted(short, key=len, reverse=True):
        words = words.replace(name, short[name])
    try:
        return re.compile(words)
    except re.error as fault:
        raise CorpusError(f"{where}：不是有效的正则表达式：{fault}。") from fault


def _any(words: Iterable[str], after: str = "") -> re.Pattern[str]:
    return re.compile(f"(?:{'|'.join(map(re.escape, words))}){after}")
