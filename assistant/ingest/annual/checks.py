"""The rules by which a published annual report is audited, from corpus/rules/report_checks.yaml.

Each rule is a dated row that a lawyer can review: what it says, what to do where it fails, its basis and
how much it weighs. Basis: 政府信息公开条例第五十条; 国办公开办函〔2021〕30号.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Literal

from assistant.errors import CorpusError
from assistant.law.rules import (
    DATED,
    Keys,
    Validity,
    one_of,
    read_rows,
    read_rules,
    read_validity,
    read_words,
    refuse_twice,
    require_keys,
)
from assistant.settings import ROOT

FILE = "report_checks.yaml"

Severity = Literal["error", "warning"]
Status = Literal["holds", "fails", "unavailable"]

_TOP: Keys = {
    "rules": (list,),
    "bodies": (dict,),
    "old_outline": (list,),
    "fee_ceilings": (list,),
    "narrative": (dict,),
}
_RULE: Keys = {
    "id": (str,),
    "says": (str,),
    "do": (str,),
    "level": (str,),
    "severity": (str,),
    "basis": (list,),
    **DATED,
}
_BODIES: Keys = {"without": (list,), "with": (list,)}
_CEILING: Keys = {"bodies": (str,), "above": (int,)}
_WORDS = (
    *("new", "received", "treated", "answered", "handled", "timely", "pending", "withdrawn"),
    *("carried_in", "carried_out", "carried_year", "carried_included"),
    *("neutral", "connective", "rest", "exhaustive", "channel", "all_channels"),
    *("part_of_year", "cumulative", "this_year", "comparison", "approximate"),
)
_NARRATIVE: Keys = {
    **dict.fromkeys(_WORDS, (list,)),
    **dict.fromkeys(("topics", "outcomes", "types"), (dict,)),
}


@dataclass(frozen=True)
class Rule:
    """One thing the audit checks, in words for the clerk."""

    id: str
    says: str
    do: str
    level: str
    severity: Severity
    basis: tuple[str, ...]
    validity: Validity

    @property
    def told(self) -> str:
        """The rule with its basis, as a message begins."""
        return f"{self.says}（{'、'.join(self.basis)}）"


@dataclass(frozen=True, slots=True)
class Check:
    """One relation looked at: whether it holds, in which row, column or group, with the figures seen."""

    id: str
    scope: str
    status: Status
    message: str
    severity: Severity = "error"

    def to_json(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "scope": self.scope,
            "status": self.status,
            "message": self.message,
            "severity": self.severity,
        }


@dataclass(frozen=True)
class Finding:
    """Something wrong in the prose or the form: the rule it breaks, what to do, and the words seen."""

    kind: str
    message: str
    quote: str
    severity: Severity = "error"

    def to_json(self) -> dict[str, Any]:
        return {
            "kind": self.kind,
            "message": self.message,
            "quote": self.quote,
            "severity": self.severity,
        }


@dataclass(frozen=True)
class FeeCeiling:
    """The yearly fees in 万元 above which a body of this kind has probably typed 元."""

    bodies: re.Pattern[str]
    above: int


@dataclass(frozen=True, eq=False)
class NarrativeWords:
    """The words of the prose: `any` finds one of a kind, `outcomes` and `types` are patterns by what they count.

    `topics`: word → what a passage with this word is about.
    """

    any: Mapping[str, re.Pattern[str]]
    topics: Mapping[str, str]
    outcomes: Mapping[str, str]
    types: Mapping[str, str]


@dataclass(frozen=True)
class ReportChecks:
    """All rules of the audit with the words they are read by."""

    rules: Mapping[str, Rule]
    without_rules: re.Pattern[str]
    with_rules: re.Pattern[str]
    old_outline: re.Pattern[str]
    fee_ceilings: tuple[FeeCeiling, ...]
    narrative: NarrativeWords

    def check(self, id_: str, scope: str, status: Status, seen: str) -> Check:
        """A check of this rule with the figures seen; a failing one says the rule and what to do."""
        rule = self.rules[id_]
        message = f"{rule.told}：{seen}{rule.do}。" if status == "fails" else seen
        return Check(id_, scope, status, message, rule.severity)

    def finding(self, id_: str, seen: str, quote: str) -> Finding:
        """A finding of this rule, with exactly what was seen."""
        rule = self.rules[id_]
        return Finding(id_, f"{rule.told}：{seen}{rule.do}。", quote, rule.severity)

    def holds_for(self, id_: str, year: int | None) -> bool:
        """Whether the rule was valid at the end of the year reported on."""
        return year is None or self.rules[id_].validity.holds(date(year, 12, 31))


def load_report_checks(rules_dir: Path) -> ReportChecks:
    """The audit's rules. Raises CorpusError naming file, row and key."""
    found = read_rules(rules_dir / FILE)
    require_keys(found, _TOP, FILE)
    rows = list(read_rows(found, "rules", FILE, "id"))
    refuse_twice((str(row.get("id")) for row, _ in rows), FILE, "id")
    rules = [_rule(row, where) for row, where in rows]
    require_keys(found["bodies"], _BODIES, f"{FILE} bodies")
    return ReportChecks(
        rules={rule.id: rule for rule in rules},
        without_rules=_any(found["bodies"]["without"], "bodies.without"),
        with_rules=_any(found["bodies"]["with"], "bodies.with"),
        old_outline=_any(found["old_outline"], "old_outline"),
        fee_ceilings=tuple(
            _ceiling(row, where) for row, where in read_rows(found, "fee_ceilings", FILE, "bodies")
        ),
        narrative=_narrative(found["narrative"]),
    )


@cache
def standing_checks() -> ReportChecks:
    """The rules of the corpus that comes with the project."""
    return load_report_checks(ROOT / "corpus" / "rules")


def _rule(row: dict[str, Any], where: str) -> Rule:
    require_keys(row, _RULE, where)
    return Rule(
        id=row["id"],
        says=row["says"],
        do=row["do"],
        level=one_of(row, "level", ("table", "previous", "register"), where),
        severity=one_of(row, "severity", ("error", "warning"), where),
        basis=read_words(row, "basis", where),
        validity=read_validity(row),
    )


def _ceiling(row: dict[str, Any], where: str) -> FeeCeiling:
    require_keys(row, _CEILING, where)
    return FeeCeiling(_any([row["bodies"]], where), row["above"])


def _narrative(found: dict[str, Any]) -> NarrativeWords:
    require_keys(found, _NARRATIVE, f"{FILE} narrative")
    return NarrativeWords(
        any={key: _any(found[key], key) for key in _WORDS},
        topics={word: topic for topic, listed in found["topics"].items() for word in listed},
        outcomes={key: _alternatives(words, f"outcomes.{key}") for key, words in found["outcomes"].items()},
        types={key: _alternatives(words, f"types.{key}") for key, words in found["types"].items()},
    )


def _any(words: Iterable[str], where: str) -> re.Pattern[str]:
    return re.compile(_alternatives(words, where))


def _alternatives(words: Iterable[str], where: str) -> str:
    """The words as alternatives of one pattern. Raises CorpusError for one that is no expression."""
    listed = read_words({where: list(words)}, where, FILE)
    for one in listed:
        try:
            re.compile(one)
        except re.error as fault:
            raise CorpusError(f"{FILE}：“{where}”里“{one}”不是有效的表达式（{fault}）。") from fault
    return "|".join(f"(?:{one})" for one in listed)
