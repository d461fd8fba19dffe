"""What every reply must hold and none may hold, as dated rules (corpus/rules/letter_parts.yaml)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.errors import CorpusError
from assistant.law.provisions import ProvisionRef
from assistant.law.rules import DATED, Validity, read_refs, read_rules, read_validity, require_keys

FILE = "letter_parts.yaml"

_KEYS = {
    "parts": (list,),
    "gap": (str,),
    "remedy_paragraph": (str,),
    "review_authority": (str,),
    "court": (str,),
    "unnamed": (str,),
    "decisions": (list,),
    "telling": (list,),
    "relics": (list,),
}
_PART = {"part": (str,), "pattern": (str,), "severity": (str,), "message": (str,), "basis": (list,), **DATED}
_RELIC = {"check": (str,), "pattern": (str,), "severity": (str,), "message": (str,), "basis": (list,), **DATED}
_DECISION = {"says": (str,), "pattern": (str,), "outcomes": (list,), "road": (str, type(None))}


@dataclass(frozen=True)
class LetterRule:
    """A part a letter must hold, or a relic it may not; `name` is the part or the check it belongs to."""

    name: str
    pattern: re.Pattern[str]
    severity: str
    message: str
    basis: tuple[ProvisionRef, ...]
    validity: Validity


@dataclass(frozen=True)
class DecisionWords:
    """Words by which a letter says what it decides, and the outcomes whose grounds it then needs."""

    says: str
    pattern: re.Pattern[str]
    outcomes: tuple[str, ...]
    road: str | None


@dataclass(frozen=True)
class LetterParts:
    """Everything the gate looks for in a letter."""

    parts: tuple[LetterRule, ...]
    relics: tuple[LetterRule, ...]
    decisions: tuple[DecisionWords, ...]
    telling: tuple[ProvisionRef, ...]
    gap: re.Pattern[str]
    remedy_paragraph: re.Pattern[str]
    review_authority: re.Pattern[str]
    court: re.Pattern[str]
    unnamed: re.Pattern[str]


def load_letter_parts(rules_dir: Path) -> LetterParts:
    """The rules of the gate. Raises CorpusError naming row and key."""
    found = read_rules(rules_dir / FILE)
    require_keys(found, _KEYS, FILE)
    single = ("gap", "remedy_paragraph", "review_authority", "court", "unnamed")
    return LetterParts(
        parts=tuple(_rule(row, _PART, "part") for row in found["parts"]),
        relics=tuple(_rule(row, _RELIC, "check") for row in found["relics"]),
        decisions=tuple(_decision(row) for row in found["decisions"]),
        telling=read_refs(found["telling"], FILE),
        **{key: _pattern(found[key], key) for key in single},
    )


def _rule(row: Mapping[str, Any], keys: Mapping[str, tuple[type, ...]], name: str) -> LetterRule:
    where = f"{FILE} {row.get(name, '?')}"
    require_keys(row, keys, where)
    if row["severity"] not in ("error", "warning"):
        raise CorpusError(f"{where}：severity 应为 error 或 warning。")
    pattern = _pattern(row["pattern"], where)
    basis = read_refs(row["basis"], where)
    return LetterRule(row[name], pattern, row["severity"], row["message"], basis, read_validity(row))


def _decision(row: Mapping[str, Any]) -> DecisionWords:
    where = f"{FILE} {row.get('says', '?')}"
    require_keys(row, _DECISION, where)
    return DecisionWords(row["says"], _pattern(row["pattern"], where), tuple(row["outcomes"]), row["road"])


def _pattern(words: str, where: str) -> re.Pattern[str]:
    try:
        return re.compile(words, re.MULTILINE)
    except re.error as fault:
        raise CorpusError(f"{where}：不是有效的正则表达式：{fault}。") from fault
