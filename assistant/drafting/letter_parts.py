"""The rules by which a letter is read and checked, from corpus/rules/letter_parts.yaml.

What a decision's words call for, what every reply must hold, what no reply may still say: dated rows, so
that a lawyer can add one without touching the program.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.drafting.letter_demands import Demand, Paper, demand_of, paper_of
from assistant.drafting.letter_rows import (
    DATE,
    FILE,
    RULE,
    Rule,
    Words,
    compiled,
    local,
    one_of,
    rule_of,
    severity_of,
    valid,
)
from assistant.drafting.verdict import Check, Severity
from assistant.ingest.personal import PersonalKinds, load_personal_kinds
from assistant.law.provisions import ProvisionRef
from assistant.law.rules import Keys, read_refs, read_rules, refuse_overlaps, require_keys

__all__ = ["DATE", "FILE", "LetterParts", "Words", "load_letter_parts", "valid"]

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
    "item",
    "in_general",
    "partly",
    "earlier",
    "organ_line",
    "signed_township",
    "signed_street",
    "signed_department",
    "vertical",
)
DAYS = (
    "received",
    "sent",
    "corrected",
    "correction_notice",
    "extension",
    "third_party_sent",
    "third_party_answered",
    "third_party_silent",
    "organ_consulted",
    "organ_answered",
    "fee_notice",
    "fee_paid",
    "reasons_asked",
    "correction_deadline",
    "fee_deadline",
)
UNDATED = ("extension", "correction", "consultation", "delay")

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
    "days": (dict,),
    "undated": (dict,),
    "demands": (list,),
    "papers": (list,),
    "personal": (dict,),
}
_DECISION: Keys = {"name": (str,), "words": (list,), "wants": (list,), "severity": (str,), **RULE}
_CONFLICT: Keys = {
    "provisions": (list,),
    "groups": (list,),
    "unless_released": (bool,),
    "message": (str,),
    **RULE,
}
_PART: Keys = {
    "part": (str,),
    "where": (str,),
    "groups": (list,),
    "severity": (str,),
    "words": (list,),
    "message": (str,),
    **RULE,
}
_RELIC: Keys = {
    "name": (str,),
    "check": (str,),
    "severity": (str,),
    "words": (list,),
    "unless": (list,),
    "message": (str,),
    **RULE,
}
_WHERE = ("letter", "head", "body", "tail", "asked")
_CHECKS = ("in_force", "outcome_basis", "remedy", "deadline")


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
    days: Mapping[str, Words]
    undated: Mapping[str, Words]
    demands: tuple[Demand, ...]
    papers: tuple[Paper, ...]
    personal: Mapping[str, Severity]
    personal_kinds: PersonalKinds


def load_letter_parts(rules_dir: Path) -> LetterParts:
    """The rules for reading and checking letters. Raises CorpusError naming row and key."""
    found = read_rules(rules_dir / FILE)
    require_keys(found, _TOP, FILE)
    law = found["law"]
    parts = LetterParts(
        law=law,
        words=_patterns(found["words"], WORDS, "words"),
        decisions=tuple(_decision(row) for row in found["decisions"]),
        decisive=local(law, found["decisive"], f"{FILE} decisive"),
        answers=local(law, [found["answers"]], f"{FILE} answers")[0],
        mixed=tuple(found["mixed"]),
        conflicts=tuple(_conflict(row, law) for row in found["conflicts"]),
        parts=tuple(_part(row) for row in found["parts"]),
        gap=compiled(found["gap"], f"{FILE} gap"),
        relics=tuple(_relic(row) for row in found["relics"]),
        days=_patterns(found["days"], DAYS, "days"),
        undated=_patterns(found["undated"], UNDATED, "undated"),
        demands=tuple(demand_of(row, law) for row in found["demands"]),
        papers=tuple(paper_of(row) for row in found["papers"]),
        personal={
            kind: one_of(value, ("error", "warning"), f"{FILE} personal {kind}")
            for kind, value in found["personal"].items()
        },
        personal_kinds=load_personal_kinds(rules_dir),
    )
    refuse_overlaps(((row.name, row.validity) for row in parts.decisions), f"{FILE} decisions")
    refuse_overlaps(((row.part, row.validity) for row in parts.parts), f"{FILE} parts")
    refuse_overlaps(((row.name, row.validity) for row in parts.relics), f"{FILE} relics")
    refuse_overlaps(((row.name, row.validity) for row in parts.demands), f"{FILE} demands")
    refuse_overlaps(((row.code, row.validity) for row in parts.papers), f"{FILE} papers")
    return parts


def _patterns(found: dict[str, Any], names: tuple[str, ...], section: str) -> Mapping[str, Words]:
    """A section of named patterns, with exactly these names."""
    require_keys(found, dict.fromkeys(names, (list,)), f"{FILE} {section}")
    return {name: compiled(found[name], f"{FILE} {section} {name}") for name in names}


def _decision(row: dict[str, Any]) -> Decision:
    where = f"{FILE} decisions {row.get('name', '?')}"
    return Decision(
        **rule_of(row, _DECISION, where),
        name=row["name"],
        words=compiled(row["words"], where),
        wants=read_refs(row["wants"], where),
        severity=severity_of(row, where),
    )


def _conflict(row: dict[str, Any], law: str) -> Conflict:
    where = f"{FILE} conflicts {row.get('provisions', '?')}"
    return Conflict(
        **rule_of(row, _CONFLICT, where),
        provisions=local(law, row["provisions"], where),
        groups=tuple(row["groups"]),
        unless_released=row["unless_released"],
        message=row["message"],
    )


def _part(row: dict[str, Any]) -> Part:
    where = f"{FILE} parts {row.get('part', '?')}"
    return Part(
        **rule_of(row, _PART, where),
        part=row["part"],
        where=one_of(row["where"], _WHERE, f"{where} where"),
        groups=tuple(row["groups"]),
        severity=severity_of(row, where),
        words=compiled(row["words"], where),
        message=row["message"],
    )


def _relic(row: dict[str, Any]) -> Relic:
    where = f"{FILE} relics {row.get('name', '?')}"
    return Relic(
        **rule_of(row, _RELIC, where),
        name=row["name"],
        check=one_of(row["check"], _CHECKS, f"{where} check"),
        severity=severity_of(row, where),
        words=compiled(row["words"], where),
        unless=compiled(row["unless"], where) if row["unless"] else None,
        message=row["message"],
    )
