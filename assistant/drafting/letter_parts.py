"""The rules by which a letter is read and checked, from corpus/rules/letter_parts.yaml.

What a decision's words call for, what every reply must hold, what no reply may still say: dated rows, so
that a lawyer can add one without touching the program.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from assistant.drafting.verdict import Check, Severity
from assistant.errors import CorpusError
from assistant.ingest.personal import PersonalKinds, load_personal_kinds
from assistant.law.provisions import ProvisionRef
from assistant.law.rules import (
    DATED,
    Keys,
    Validity,
    read_refs,
    read_rules,
    read_validity,
    refuse_overlaps,
    require_keys,
)

FILE = "letter_parts.yaml"
DATE = (
    r"(?:(?:19|20)\d{2}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日"
    r"|[一二][〇○Ｏ零一二三四五六七八九]{3}年[一二三四五六七八九十]{1,3}月[一二三四五六七八九十]{1,3}日"
    r"|(?:19|20)\d{2}[-./]\d{1,2}[-./]\d{1,2})"
)
WORDS = (
    "asked",
    "remedy",
    "negated",
    "withheld",
    "released",
    "authority",
    "authority_named",
    "authority_vague",
    "court",
    "court_named",
    "court_vague",
    "rest_of_partial",
    "lawlike_title",
    "lawlike_before",
    "contract_before",
    "claims_quote",
    "quote_follows",
    "happened",
    "received",
    "reply_date",
    "contact_line",
)

_TOP: Keys = {
    "law": (str,),
    "words": (dict,),
    "decisions": (list,),
    "decisive": (list,),
    "answers": (str,),
    "mixed": (list,),
    "conflicts": (list,),
    "parts": (list,),
    "gap": (list,),
    "relics": (list,),
}
_RULE: Keys = {"basis": (list,), **DATED}
_DECISION: Keys = {"name": (str,), "words": (list,), "wants": (list,), "severity": (str,), **_RULE}
_CONFLICT: Keys = {
    "provisions": (list,),
    "groups": (list,),
    "unless_released": (bool,),
    "message": (str,),
    **_RULE,
}
_PART: Keys = {
    "part": (str,),
    "where": (str,),
    "groups": (list,),
    "severity": (str,),
    "words": (list,),
    "message": (str,),
    **_RULE,
}
_RELIC: Keys = {
    "name": (str,),
    "check": (str,),
    "severity": (str,),
    "words": (list,),
    "unless": (list,),
    "message": (str,),
    **_RULE,
}
_WHERE = ("letter", "head", "body", "tail", "asked")
_CHECKS = ("in_force", "outcome_basis", "remedy", "deadline")

Words = re.Pattern[str]


@dataclass(frozen=True)
class Rule:
    """What every row carries: where the rule stands, and the days between which it holds."""

    basis: tuple[str, ...]
    validity: Validity


@dataclass(frozen=True)
class Decision(Rule):
    """Words that decide an answer, and the provisions of which one must then be cited."""

    name: str
    words: Words
    wants: tuple[ProvisionRef, ...]
    severity: Severity


@dataclass(frozen=True)
class Conflict(Rule):
    """Provisions that an outcome of these groups cannot rest on."""

    provisions: tuple[ProvisionRef, ...]
    groups: tuple[str, ...]
    unless_released: bool
    message: str


@dataclass(frozen=True)
class Part(Rule):
    """A part every reply must hold, where it stands, and of which outcome groups it is asked."""

    part: str
    where: str
    groups: tuple[str, ...]
    severity: Severity
    words: Words
    message: str


@dataclass(frozen=True)
class Relic(Rule):
    """What was once law and still stands in old letters."""

    name: str
    check: Check
    severity: Severity
    words: Words
    unless: Words | None
    message: str


@dataclass(frozen=True)
class LetterParts:
    """Every rule by which a letter is read and checked."""

    law: str
    words: Mapping[str, Words]
    decisions: tuple[Decision, ...]
    decisive: tuple[ProvisionRef, ...]
    answers: ProvisionRef
    mixed: tuple[str, ...]
    conflicts: tuple[Conflict, ...]
    parts: tuple[Part, ...]
    gap: Words
    relics: tuple[Relic, ...]
    personal_kinds: PersonalKinds


_R = TypeVar("_R", bound=Rule)


def valid(rows: Iterable[_R], on: date) -> list[_R]:
    """The rows that hold on a day."""
    return [row for row in rows if row.validity.holds(on)]


def load_letter_parts(rules_dir: Path) -> LetterParts:
    """The rules for reading and checking letters. Raises CorpusError naming row and key."""
    found = read_rules(rules_dir / FILE)
    require_keys(found, _TOP, FILE)
    require_keys(found["words"], dict.fromkeys(WORDS, (list,)), f"{FILE} words")
    law = found["law"]
    parts = LetterParts(
        law=law,
        words={name: _words(found["words"][name], f"{FILE} words {name}") for name in WORDS},
        decisions=tuple(_decision(row) for row in found["decisions"]),
        decisive=_local(law, found["decisive"], f"{FILE} decisive"),
        answers=_local(law, [found["answers"]], f"{FILE} answers")[0],
        mixed=tuple(found["mixed"]),
        conflicts=tuple(_conflict(row, law) for row in found["conflicts"]),
        parts=tuple(_part(row) for row in found["parts"]),
        gap=_words(found["gap"], f"{FILE} gap"),
        relics=tuple(_relic(row) for row in found["relics"]),
        personal_kinds=load_personal_kinds(rules_dir),
    )
    refuse_overlaps(((row.name, row.validity) for row in parts.decisions), f"{FILE} decisions")
    refuse_overlaps(((row.part, row.validity) for row in parts.parts), f"{FILE} parts")
    refuse_overlaps(((row.name, row.validity) for row in parts.relics), f"{FILE} relics")
    return parts


def _words(alternatives: list[str], where: str) -> Words:
    """One pattern of several alternatives, lines counted one by one."""
    try:
        joined = "|".join(f"(?:{words})" for words in alternatives)
        return re.compile(joined.replace("DATE", DATE), re.MULTILINE)
    except (re.error, TypeError) as fault:
        raise CorpusError(f"{where}：不是有效的正则表达式：{fault}。") from fault


def _local(law: str, places: list[str], where: str) -> tuple[ProvisionRef, ...]:
    return read_refs([f"《{law}》{place}" for place in places], where)


def _one_of(value: str, allowed: tuple[str, ...], where: str) -> Any:
    if value not in allowed:
        raise CorpusError(f"{where}：值 {value!r} 应为 {'、'.join(allowed)} 之一。")
    return value


def _severity(row: dict[str, Any], where: str) -> Severity:
    found: Severity = _one_of(row["severity"], ("error", "warning"), f"{where} severity")
    return found


def _rule(row: dict[str, Any], keys: Keys, where: str) -> dict[str, Any]:
    """A row's basis and dates, after its keys are found to be exactly these."""
    require_keys(row, keys, where)
    return {"basis": tuple(row["basis"]), "validity": read_validity(row)}


def _decision(row: dict[str, Any]) -> Decision:
    where = f"{FILE} decisions {row.get('name', '?')}"
    return Decision(
        **_rule(row, _DECISION, where),
        name=row["name"],
        words=_words(row["words"], where),
        wants=read_refs(row["wants"], where),
        severity=_severity(row, where),
    )


def _conflict(row: dict[str, Any], law: str) -> Conflict:
    where = f"{FILE} conflicts {row.get('provisions', '?')}"
    return Conflict(
        **_rule(row, _CONFLICT, where),
        provisions=_local(law, row["provisions"], where),
        groups=tuple(row["groups"]),
        unless_released=row["unless_released"],
        message=row["message"],
    )


def _part(row: dict[str, Any]) -> Part:
    where = f"{FILE} parts {row.get('part', '?')}"
    return Part(
        **_rule(row, _PART, where),
        part=row["part"],
        where=_one_of(row["where"], _WHERE, f"{where} where"),
        groups=tuple(row["groups"]),
        severity=_severity(row, where),
        words=_words(row["words"], where),
        message=row["message"],
    )


def _relic(row: dict[str, Any]) -> Relic:
    where = f"{FILE} relics {row.get('name', '?')}"
    return Relic(
        **_rule(row, _RELIC, where),
        name=row["name"],
        check=_one_of(row["check"], _CHECKS, f"{where} check"),
        severity=_severity(row, where),
        words=_words(row["words"], where),
        unless=_words(row["unless"], where) if row["unless"] else None,
        message=row["message"],
    )
