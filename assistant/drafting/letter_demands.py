"""What a letter must show of its file, and what the papers besides the reply must hold (letter_parts.yaml).

Demands follow the guards of an outcome (outcomes.yaml, file_records.yaml) as far as a letter can show them.
Basis: 政府信息公开条例第三十二条、第三十六条至第三十八条; 行政复议法第四十四条.
"""

from dataclasses import dataclass
from typing import Any

from assistant.drafting.letter_rows import (
    FILE,
    RULE,
    Rule,
    Words,
    compiled,
    local,
    one_of,
    rule_of,
    severity_of,
)
from assistant.drafting.verdict import Severity
from assistant.law.provisions import ProvisionRef
from assistant.law.rules import Keys, require_keys

_DEMAND: Keys = {
    "demand": (str,),
    "outcomes": (list,),
    "provisions": (list,),
    "severity": (str,),
    "words": (list,),
    "message": (str,),
    **RULE,
}
_PAPER: Keys = {
    "paper": (str,),
    "name": (str,),
    "title": (list,),
    "cites": (bool,),
    "besides": (list,),
    "remedy": (bool,),
    "within": (bool,),
    "parts": (list,),
    **RULE,
}
_PAPER_PART: Keys = {
    "part": (str,),
    "severity": (str,),
    "words": (list,),
    "message": (str,),
    "basis": (list,),
}
_BESIDES = ("标题", "文号", "主送", "收到日期", "申请内容", "落款", "答复日期", "联系方式")


@dataclass(frozen=True)
class Demand(Rule):
    """Words that an answer of these outcomes, resting on one of these provisions, must have.

    Without an outcome known the provisions alone decide; a row without provisions then asks nothing.
    """

    name: str
    outcomes: tuple[str, ...]
    provisions: tuple[ProvisionRef, ...]
    severity: Severity
    words: Words
    message: str


@dataclass(frozen=True)
class PaperPart:
    """A part of a procedural paper: the words that show it."""

    part: str
    severity: Severity
    words: Words
    message: str
    basis: tuple[str, ...]


@dataclass(frozen=True)
class Paper(Rule):
    """A paper that is no reply: how its title reads, what it must hold besides the common parts.

    `cites`: whether it must cite one of its `basis`. `besides` names the common parts asked of it; `remedy`: whether it must tell a remedy; `within`: whether it
    must go out inside the running term.
    """

    code: str
    name: str
    title: Words
    cites: bool
    besides: tuple[str, ...]
    remedy: bool
    within: bool
    parts: tuple[PaperPart, ...]


def demand_of(row: dict[str, Any], law: str) -> Demand:
    """One row of `demands`. Raises CorpusError naming row and key."""
    where = f"{FILE} demands {row.get('demand', '?')}"
    return Demand(
        **rule_of(row, _DEMAND, where),
        name=row["demand"],
        outcomes=tuple(row["outcomes"]),
        provisions=local(law, row["provisions"], where),
        severity=severity_of(row, where),
        words=compiled(row["words"], where),
        message=row["message"],
    )


def paper_of(row: dict[str, Any]) -> Paper:
    """One row of `papers`. Raises CorpusError naming row and key."""
    where = f"{FILE} papers {row.get('paper', '?')}"
    return Paper(
        **rule_of(row, _PAPER, where),
        code=row["paper"],
        name=row["name"],
        title=compiled(row["title"], where),
        cites=row["cites"],
        besides=tuple(one_of(part, _BESIDES, f"{where} besides") for part in row["besides"]),
        remedy=row["remedy"],
        within=row["within"],
        parts=tuple(_paper_part(part, where) for part in row["parts"]),
    )


def _paper_part(row: dict[str, Any], where: str) -> PaperPart:
    place = f"{where} {row.get('part', '?')}"
    require_keys(row, _PAPER_PART, place)
    return PaperPart(
        part=row["part"],
        severity=severity_of(row, place),
        words=compiled(row["words"], place),
        message=row["message"],
        basis=tuple(row["basis"]),
    )
