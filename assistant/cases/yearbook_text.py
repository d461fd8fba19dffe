"""The words of the yearly report: what the office fills in, the sentences with their places, the gaps that are left.

Basis: 政府信息公开条例第五十条; corpus/rules/yearbook_text.yaml.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from string import Formatter
from typing import Any

from assistant.errors import CorpusError
from assistant.ingest.annual.form import ReportForm
from assistant.law.rules import (
    DATED,
    one_of,
    read_basis,
    read_rows,
    read_rules,
    read_validity,
    refuse_twice,
    require_keys,
)

FILE = "yearbook_text.yaml"
KINDS = ("words", "count", "yuan")
# What the register itself can tell; every other place of a sentence is a fact of the office.
OWN = (
    *("year", "agency", "new", "carried_in", "total_handled", "carried_out"),
    *("applicants", "groups", "steps", "disputed", "fee_notices", "last_year"),
)

_PRINT = ("title", "preface", "corner", "applicants", "lawsuits", "heads", "unit", "gap", "open_cell")
_KEYS = {
    "form": (str,),
    "basis": (list,),
    **DATED,
    **dict.fromkeys(_PRINT, (str,)),
    "blocks": (list,),
    "printed": (dict,),
    "facts": (list,),
    "sections": (dict,),
    "told": (dict,),
}
_BLOCK = {"title": (str,), "rows": (list,)}
_FACT = {"fact": (str,), "label": (str,), "kind": (str,), "need": (bool,)}
_TOLD = {
    **dict.fromkeys(("applicants", "groups", "steps", "disputed", "undisputed"), (str,)),
    **dict.fromkeys(("fee_notices", "no_fee_notices", "last_year"), (str,)),
    "step_events": (dict,),
}
_NUMERALS = "一二三四五六"


@dataclass(frozen=True)
class Fact:
    """Something the office tells of its year. `need`: whether a gap is marked where it says nothing."""

    fact: str
    label: str
    kind: str
    need: bool


@dataclass(frozen=True)
class Block:
    """A block of table one: the item of 条例第二十条 over its rows."""

    title: str
    rows: tuple[str, ...]


@dataclass(frozen=True)
class ReportText:
    """The sentences and heads of the draft. `told`: how the register's own figures are worded."""

    print: Mapping[str, str]
    blocks: tuple[Block, ...]
    printed: Mapping[str, str]
    facts: Mapping[str, Fact]
    sections: Mapping[int, tuple[str, ...]]
    told: Mapping[str, Any]

    def gap(self, fact: Fact) -> str:
        """The mark that stands where a fact is still to be filled in."""
        return self.print["gap"].format(label=fact.label)


@dataclass(frozen=True)
class DraftSection:
    """One of the six sections under its official title."""

    number: int
    title: str
    paragraphs: tuple[str, ...]

    @property
    def heading(self) -> str:
        """The title as printed: 一、总体情况."""
        return f"{_NUMERALS[self.number - 1]}、{self.title}"


@dataclass(frozen=True)
class DraftReport:
    """The prose of the report; `gaps` are the facts nobody has told yet."""

    title: str
    preface: str
    sections: tuple[DraftSection, ...]
    gaps: tuple[Fact, ...]

    @property
    def text(self) -> str:
        """The whole as plain text, as the audit reads it."""
        lines = [self.title, self.preface]
        for section in self.sections:
            lines += [section.heading, *section.paragraphs]
        return "\n".join(lines)


def load_report_text(rules_dir: Path) -> ReportText:
    """The sentences of the draft. Raises CorpusError naming file and key."""
    found = read_rules(rules_dir / FILE)
    require_keys(found, _KEYS, FILE)
    read_basis(found, FILE)
    read_validity(found)
    require_keys(found["told"], _TOLD, f"{FILE} told")
    text = ReportText(
        print={key: found[key] for key in _PRINT},
        blocks=tuple(_block(row, where) for row, where in read_rows(found, "blocks", FILE, "title")),
        printed=found["printed"],
        facts={one.fact: one for one in _facts(found)},
        sections={int(number): tuple(lines) for number, lines in found["sections"].items()},
        told=found["told"],
    )
    _refuse_strange(text)
    return text


def write_prose(text: ReportText, form: ReportForm, known: Mapping[str, object]) -> DraftReport:
    """The six sections with what is known filled in; a needed fact that nobody has told is a marked gap."""
    gaps = tuple(fact for key, fact in text.facts.items() if fact.need and known.get(key) is None)
    words = {key: text.gap(fact) if fact.need else "" for key, fact in text.facts.items()}
    words |= {key: str(value) for key, value in known.items() if value is not None}
    sections = tuple(
        DraftSection(
            one.number,
            one.title,
            tuple(line.format(**words) for line in text.sections.get(one.number, ())),
        )
        for one in form.sections
    )
    head, preface = text.print["title"].format(**words), text.print["preface"].format(**words)
    return DraftReport(head, preface, sections, gaps)


def _block(row: Mapping[str, Any], where: str) -> Block:
    require_keys(row, _BLOCK, where)
    return Block(row["title"], tuple(row["rows"]))


def _facts(found: Mapping[str, Any]) -> list[Fact]:
    facts = []
    for row, where in read_rows(found, "facts", FILE, "fact", _FACT):
        one_of(row, "kind", KINDS, where)
        facts.append(Fact(**row))
    refuse_twice((one.fact for one in facts), FILE, "fact")
    return facts


def _refuse_strange(text: ReportText) -> None:
    """A sentence with a place that nothing fills, or a fact that no sentence has a place for."""
    lines = [
        text.print["title"],
        text.print["preface"],
        *(line for row in text.sections.values() for line in row),
    ]
    places = {name for line in lines for _, name, _, _ in Formatter().parse(line) if name}
    for name in sorted(places - set(OWN) - set(text.facts)):
        raise CorpusError(f"{FILE}：句子里的“{{{name}}}”既不是登记簿的数字，也不在“facts”里。")
    for name in sorted(set(text.facts) - places):
        raise CorpusError(f"{FILE}：“facts”里的“{name}”没有句子用到。")
