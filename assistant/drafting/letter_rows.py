"""What the rows of corpus/rules/letter_parts.yaml have in common: dates, basis, patterns, severities.

A pattern is a list of alternatives; DATE in it stands for a day in figures or Chinese numerals.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from assistant.drafting.verdict import Severity
from assistant.errors import CorpusError
from assistant.law.provisions import ProvisionRef
from assistant.law.rules import DATED, Keys, Validity, read_refs, read_validity, require_keys

FILE = "letter_parts.yaml"
DATE = (
    r"(?:(?:19|20)\d{2}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日"
    r"|[一二][〇○Ｏ零一二三四五六七八九]{3}年[一二三四五六七八九十]{1,3}月[一二三四五六七八九十]{1,3}日"
    r"|(?:19|20)\d{2}[-./]\d{1,2}[-./]\d{1,2})"
)
RULE: Keys = {"basis": (list,), **DATED}

Words = re.Pattern[str]


@dataclass(frozen=True)
class Rule:
    """What every row carries: where the rule stands, and the days between which it holds."""

    basis: tuple[str, ...]
    validity: Validity


_R = TypeVar("_R", bound=Rule)


def valid(rows: Iterable[_R], on: date) -> list[_R]:
    """The rows that hold on a day."""
    return [row for row in rows if row.validity.holds(on)]


def compiled(alternatives: list[str], where: str) -> Words:
    """One pattern of several alternatives, lines counted one by one."""
    try:
        joined = "|".join(f"(?:{words})" for words in alternatives)
        return re.compile(joined.replace("DATE", DATE), re.MULTILINE)
    except (re.error, TypeError) as fault:
        raise CorpusError(f"{where}：不是有效的正则表达式：{fault}。") from fault


def local(law: str, places: list[str], where: str) -> tuple[ProvisionRef, ...]:
    """Provisions of the Regulation, written without its title."""
    return read_refs([f"《{law}》{place}" for place in places], where)


def one_of(value: str, allowed: tuple[str, ...], where: str) -> Any:
    """The value, where it is one of those allowed. Raises CorpusError."""
    if value not in allowed:
        raise CorpusError(f"{where}：值 {value!r} 应为 {'、'.join(allowed)} 之一。")
    return value


def severity_of(row: dict[str, Any], where: str) -> Severity:
    """Whether a row refuses or only warns."""
    found: Severity = one_of(row["severity"], ("error", "warning"), f"{where} severity")
    return found


def rule_of(row: dict[str, Any], keys: Keys, where: str) -> dict[str, Any]:
    """A row's basis and dates, after its keys are found to be exactly these."""
    require_keys(row, keys, where)
    return {"basis": tuple(row["basis"]), "validity": read_validity(row)}
