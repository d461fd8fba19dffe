"""The words by which a request letter is read, from corpus/rules/request_points.yaml and applicant_kinds.yaml."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from assistant.errors import CorpusError
from assistant.law.provisions import ProvisionRef
from assistant.law.rules import (
    DATED,
    Keys,
    Validity,
    read_basis,
    read_rows,
    read_rules,
    read_validity,
    read_words,
    refuse_overlaps,
    refuse_twice,
    require_keys,
)
from assistant.settings import ROOT

POINTS_FILE, KINDS_FILE = "request_points.yaml", "applicant_kinds.yaml"
POINTS_TOP: Keys = {
    "points": (list,),
    "no_grounds": (list,),
    "notice": (dict,),
    "forms": (list,),
    "channels": (list,),
    "demands": (list,),
    "purposes": (list,),
}
NATURAL = "natural_person"

_KIND: Keys = {"key": (str,), "label": (str,), "ends": (list,), "basis": (list,), **DATED}
_WORDS: Keys = {"key": (str,), "label": (str,), "words": (str,)}
_FORM: Keys = {**_WORDS, "group": (str,)}
_DEMAND: Keys = {
    "key": (str,),
    "label": (str,),
    "widen": (bool,),
    "words": (list,),
    "basis": (list,),
    **DATED,
}


@dataclass(frozen=True)
class ApplicantKind:
    """A column of table two of the annual report, and how the names of its organisations end."""

    key: str
    label: str
    ends: tuple[str, ...]
    validity: Validity


@dataclass(frozen=True)
class Wording:
    """One thing a letter may say of itself (a form, a channel), and the words for it."""

    key: str
    label: str
    group: str
    words: re.Pattern[str]


@dataclass(frozen=True)
class DemandKind:
    """Something asked for that is no information; `widen` where the whole clause is meant, not its key words."""

    key: str
    label: str
    widen: bool
    words: re.Pattern[str]
    basis: tuple[ProvisionRef, ...]
    validity: Validity


@dataclass(frozen=True)
class ReadingRules:
    """Everything a letter is read by besides the patterns of its layout."""

    kinds: tuple[ApplicantKind, ...]
    forms: tuple[Wording, ...]
    channels: tuple[Wording, ...]
    demands: tuple[DemandKind, ...]
    purposes: re.Pattern[str]

    def kind_of(self, name: str) -> str | None:
        """The column an organisation of this name belongs to; None where its name does not tell."""
        bare = re.sub(r"(?<=[一-龥])[（(](?!有限合伙)[^（）()]*[）)]$", "", name.strip())
        fits = [(len(end), kind.key) for kind in self.kinds for end in kind.ends if bare.endswith(end)]
        return max(fits)[1] if fits else None


@lru_cache
def load_reading_rules(rules_dir: Path = ROOT / "corpus" / "rules") -> ReadingRules:
    """The words of a rules folder; without one, those shipped. Raises CorpusError naming row and key."""
    found = read_rules(rules_dir / POINTS_FILE)
    require_keys(found, POINTS_TOP, POINTS_FILE)
    kinds = _kinds(read_rules(rules_dir / KINDS_FILE))
    demands = tuple(_demand(*one) for one in read_rows(found, "demands", POINTS_FILE, "key"))
    refuse_overlaps(((demand.key, demand.validity) for demand in demands), f"{POINTS_FILE} demands")
    return ReadingRules(
        kinds=kinds,
        forms=_wordings(found, "forms", _FORM),
        channels=_wordings(found, "channels", _WORDS),
        demands=demands,
        purposes=_pattern(read_words(found, "purposes", POINTS_FILE), f"{POINTS_FILE} purposes"),
    )


def _kinds(found: Mapping[str, Any]) -> tuple[ApplicantKind, ...]:
    require_keys(found, {"kinds": (list,)}, KINDS_FILE)
    kinds = []
    for row, where in read_rows(found, "kinds", KINDS_FILE, "key", _KIND):
        read_basis(row, where)
        ends = read_words(row, "ends", where, least=0)
        kinds.append(ApplicantKind(row["key"], row["label"], ends, read_validity(row)))
    refuse_twice((end for kind in kinds for end in kind.ends), KINDS_FILE, "ends")
    return tuple(kinds)


def _wordings(found: Mapping[str, Any], section: str, keys: Keys) -> tuple[Wording, ...]:
    rows = []
    for row, where in read_rows(found, section, POINTS_FILE, "key", keys):
        words = _pattern((row["words"],), where)
        rows.append(Wording(row["key"], row["label"], row.get("group", section), words))
    refuse_twice((row.key for row in rows), f"{POINTS_FILE} {section}", "key")
    return tuple(rows)


def _demand(row: dict[str, Any], where: str) -> DemandKind:
    require_keys(row, _DEMAND, where)
    words = _pattern(read_words(row, "words", where), where)
    return DemandKind(
        row["key"], row["label"], row["widen"], words, read_basis(row, where), read_validity(row)
    )


def _pattern(alternatives: Iterable[str], where: str) -> re.Pattern[str]:
    try:
        return re.compile("|".join(f"(?:{words})" for words in alternatives))
    except re.error as fault:
        raise CorpusError(f"{where}：不是有效的正则表达式：{fault}。") from fault
