"""Signals (线索): words of a letter or of the findings that point to an outcome, as dated rules.

A request can show what kind of thing is asked for, never a fact: facts count in the findings only.
Clauses of a request that address the assistant ("请直接判定为……") are blanked before anything is read.
Basis: 政府信息公开条例第三十六条; the rules and their articles stand in corpus/rules/signals.yaml.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, Literal

from assistant.errors import CorpusError
from assistant.law.outcomes import Outcomes
from assistant.law.provisions import ProvisionRef
from assistant.law.rules import DATED, Validity, read_refs, read_rules, read_validity, require_keys
from assistant.triage.addressed import Addressed
from assistant.triage.needed import Clauses, needed, pieces, possible
from assistant.triage.patterns import RulePattern

FILE = "signals.yaml"
WITHIN = 20_000

Field = Literal["request", "findings"]
FIELDS: tuple[Field, Field] = ("request", "findings")
_WHERE: Mapping[str, tuple[Field, ...]] = {
    "request": ("request",),
    "findings": ("findings",),
    "either": FIELDS,
}
_KEYS = {
    "words": (dict,),
    "instructions": (list,),
    "asking": (str,),
    "reported": (str,),
    "roads_first": (dict,),
    "nothing_shown": (str,),
    "signals": (list,),
}
_ROW = {
    "name": (str,),
    "points_to": (str,),
    "road": (str, type(None)),
    "where": (str,),
    "weight": (int,),
    "pattern": (str,),
    "unless": (str, type(None)),
    "basis": (list,),
    **DATED,
}
_COMPANY = ("beside", "nowhere", "asked")
_WORD = re.compile(r"<([一-龥]+)>")
_SENTENCE_ENDS = "。；;！!？?\n"
_SENTENCE_END = re.compile(f"[{_SENTENCE_ENDS}]")
# Findings on several items tell each in a piece of its own: a sentence, or what follows a number.
_NUMBER = r"[①-⑩]|（[一二三四五六七八九十1-9]）|\([1-9]\)|(?<![\d.])[1-9][.．、](?!\d)|(?<![A-Za-z])[A-D](?![A-Za-z])"
_PIECE = re.compile(f"(?:{_NUMBER})*(?:(?!{_NUMBER})[^{_SENTENCE_ENDS}])+[{_SENTENCE_ENDS}]*")


@dataclass(frozen=True)
class Company:
    """What else a case must hold, or must not, before a match counts (each None: no matter).

    `beside`: found in another piece of the findings, so that one item fares so and another otherwise.
    `nowhere`: found nowhere in the findings. `asked`: found in the request.
    """

    beside: RulePattern | None = None
    nowhere: RulePattern | None = None
    asked: RulePattern | None = None

    def possible(self, request: str, findings: str) -> bool:
        """Whether a match would count at all in such a case, wherever it stands."""
        wanted = not self.asked or self.asked.search(request)
        return bool(wanted and not (self.nowhere and self.nowhere.search(findings)))

    def elsewhere(self, findings: str) -> tuple[int, int]:
        """Where the first piece ends, and the last begins, that holds what must stand beside.

        A match counts that begins after the one or ends before the other.
        """
        if not self.beside:
            return 0, len(findings)
        held = [one.span() for one in _PIECE.finditer(findings) if self.beside.search(one[0])]
        return (held[0][1], held[-1][0]) if held else (len(findings) + 1, -1)


@dataclass(frozen=True)
class SignalRule:
    """One dated rule: where it looks, what it looks for, which outcome and road that speaks for.

    `company` is what the rest of the case must show. `needs` is what a text must hold for it to be looked for at all (see `SignalTable.prepared`).
    """

    name: str
    points_to: str
    road: str | None
    fields: tuple[Field, ...]
    weight: int
    pattern: RulePattern
    unless: RulePattern | None
    basis: tuple[ProvisionRef, ...]
    validity: Validity
    company: Company = Company()
    needs: Clauses = ()


@dataclass(frozen=True)
class Signal:
    """Words found: `quote` is `text[start:end]` of the field it was found in."""

    quote: str
    start: int
    end: int
    points_to: str
    field: Field
    rule: str
    road: str | None
    weight: int


@dataclass(frozen=True)
class SignalTable:
    """Every signal rule, the clauses that address the assistant, and what to ask where a case shows nothing."""

    rules: tuple[SignalRule, ...]
    addressed: Addressed
    roads_first: Mapping[str, tuple[str, ...]]
    nothing_shown: str = ""

    def prepared(self) -> "SignalTable":
        """The same table for many letters: it finds the same, faster, and takes a moment to make."""
        self.prove()
        rules = tuple(replace(rule, needs=needed(rule.pattern.compiled)) for rule in self.rules)
        return replace(self, rules=rules, addressed=self.addressed.prepared())

    def prove(self) -> None:
        """Compile every pattern, also those no letter has met yet. Raises CorpusError naming the first that is none."""
        for rule in self.rules:
            kept = rule.company
            for pattern in filter(None, (rule.pattern, rule.unless, kept.beside, kept.nowhere, kept.asked)):
                pattern.compile()

    def find(self, request: str, findings: str, on: date) -> tuple[Signal, ...]:
        """The first occurrence of each rule valid on that day, in reading order of request, then findings.

        `request` should be quieted (see `quiet`), so that no instruction in it becomes evidence.
        """
        texts: dict[Field, str] = {"request": request[:WITHIN], "findings": findings[:WITHIN]}
        return tuple(signal for field in FIELDS for signal in self._in_field(texts, field, on))

    def road(self, code: str, signals: Iterable[Signal]) -> str | None:
        """The road into an outcome that the findings show, or None where they show none.

        Where they show several, the order of the table decides: that another organ made a document
        explains why it is not here.
        """
        shown = {signal.road for signal in signals if signal.points_to == code and signal.field == "findings"}
        return next((road for road in self.roads_first.get(code, ()) if road in shown), None)

    def quiet(self, request: str) -> str:
        """The request with what addresses the assistant blanked, at the same length."""
        return self.addressed.blanked(request)

    def _in_field(self, texts: Mapping[Field, str], field: Field, on: date) -> list[Signal]:
        text = texts[field]
        if not text.strip():
            return []
        held = pieces(text) if self.addressed.needs else set()
        rules = (
            rule
            for rule in self.rules
            if field in rule.fields and possible(rule.needs, held) and rule.validity.holds(on)
        )
        found = [signal for rule in rules for signal in _first(rule, texts, field)]
        return sorted(found, key=lambda signal: (signal.start, signal.end, signal.rule))


def load_signals(rules_dir: Path, outcomes: Outcomes) -> SignalTable:
    """The rules of corpus/rules/signals.yaml, every pattern proved. Raises CorpusError naming row and key."""
    table = read_signals(rules_dir, outcomes)
    table.prove()
    return table


def read_signals(rules_dir: Path, outcomes: Outcomes) -> SignalTable:
    """The same rules for a single letter: what a rule looks for is compiled, and proved, when it is first looked for."""
    found = read_rules(rules_dir / FILE)
    require_keys(found, _KEYS, FILE)
    rules = tuple(_rule(row, found["words"], outcomes) for row in found["signals"])
    names = [rule.name for rule in rules]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise CorpusError(f"{FILE}：“name”重复：{'、'.join(twice)}。")
    asides = tuple(
        _pattern(pattern, found["words"], f"{FILE} instructions 第{number}条").compiled
        for number, pattern in enumerate(found["instructions"], start=1)
    )
    asking, reported = (
        _pattern(found[key], found["words"], f"{FILE}：“{key}”").compiled for key in ("asking", "reported")
    )
    order = {code: tuple(roads) for code, roads in found["roads_first"].items()}
    for code, roads in order.items():
        if code not in outcomes or set(roads) != {road.name for road in outcomes[code].roads}:
            raise CorpusError(
                f"{FILE} roads_first：“{code}”应列出该结果的全部情形，现为 {'、'.join(roads)}。"
            )
    return SignalTable(rules, Addressed(asides, asking, reported), order, found["nothing_shown"])


def _rule(row: Any, words: Mapping[str, str], outcomes: Outcomes) -> SignalRule:
    if not isinstance(row, dict):
        raise CorpusError(f"{FILE}：signals 的每一行应为“键: 值”，现为 {row!r}。")
    where = f"{FILE} {row.get('name', '?')}"
    company = {key: row[key] for key in _COMPANY if key in row}
    require_keys(row, _ROW | dict.fromkeys(company, (str,)), where)
    if row["points_to"] not in outcomes:
        raise CorpusError(f"{where}：“points_to”的值“{row['points_to']}”不是处理结果代码。")
    if row["where"] not in _WHERE:
        raise CorpusError(f"{where}：“where”的值“{row['where']}”应为 {'、'.join(_WHERE)} 之一。")
    if "beside" in company and row["where"] != "findings":
        raise CorpusError(f"{where}：“beside”只能用于 where 为 findings 的规则。")
    roads = [road.name for road in outcomes[row["points_to"]].roads]
    if row["road"] is not None and row["road"] not in roads:
        raise CorpusError(f"{where}：“road”的值“{row['road']}”应为 {'、'.join(roads)} 之一。")
    return SignalRule(
        name=row["name"],
        points_to=row["points_to"],
        road=row["road"],
        fields=_WHERE[row["where"]],
        weight=row["weight"],
        pattern=_pattern(row["pattern"], words, f"{where}：“pattern”"),
        unless=_pattern(row["unless"], words, f"{where}：“unless”") if row["unless"] else None,
        basis=read_refs(row["basis"], where),
        validity=read_validity(row),
        company=Company(**{key: _pattern(row[key], words, f"{where}：“{key}”") for key in company}),
    )


def _pattern(pattern: str, words: Mapping[str, str], where: str) -> RulePattern:
    def expand(match: re.Match[str]) -> str:
        if match[1] not in words:
            raise CorpusError(f"{where}：words 里没有“{match[1]}”。")
        return words[match[1]]

    while _WORD.search(pattern):
        pattern = _WORD.sub(expand, pattern)
    return RulePattern(pattern, where)


def _first(rule: SignalRule, texts: Mapping[Field, str], field: Field) -> Iterator[Signal]:
    """The first match whose sentence holds nothing that speaks against it, in a case that bears it out."""
    text, findings = texts[field], texts["findings"]
    elsewhere: tuple[int, int] | None = None
    for match in rule.pattern.finditer(text):
        if not match[0].strip() or (rule.unless and _against(rule.unless, text, match)):
            continue
        if elsewhere is None:
            if not rule.company.possible(texts["request"], findings):
                return
            elsewhere = rule.company.elsewhere(findings)
        start, end = match.span()
        if not rule.company.beside or start >= elsewhere[0] or end <= elsewhere[1]:
            yield Signal(match[0], start, end, rule.points_to, field, rule.name, rule.road, rule.weight)
            return


def _against(unless: RulePattern, text: str, match: re.Match[str]) -> bool:
    begin = max(text.rfind(mark, 0, match.start()) for mark in _SENTENCE_ENDS) + 1
    stop = _SENTENCE_END.search(text, match.end())
    return bool(unless.search(text, begin, stop.start() if stop else len(text)))
