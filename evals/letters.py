"""Letters for the tasks drafting and citations: own drafts from facts written by hand, and other offices' wordings.

Facts stand in evals/data/letter_facts.yaml and letter_cases.yaml, the wordings in foreign_letters.yaml; all of it
is invented. Each set of letter_cases.yaml is signed by two organs in turn.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from assistant.errors import InputError
from assistant.law.rules import read_rules
from evals.labelled import DATA

if TYPE_CHECKING:
    from assistant.drafting.draft import Draft
    from assistant.pipeline import Assistant

FACTS = DATA / "letter_facts.yaml"
CASES = DATA / "letter_cases.yaml"
PAPERS = DATA / "paper_cases.yaml"
FOREIGN = DATA / "foreign_letters.yaml"
SIGNERS = 2


@dataclass(frozen=True)
class FactSet:
    """One case to write a letter for: the letter of the library, its facts (the organ among them)."""

    id: str
    letter: str
    facts: Mapping[str, Any]
    paper: bool = False

    @property
    def on(self) -> date:
        """The day of the letter."""
        day: date = self.facts["replied_on"]
        return day


@dataclass(frozen=True)
class OtherLetter:
    """A right letter in another office's words; `code` is None where it is to be taken at its own words."""

    name: str
    code: str | None
    on: date
    text: str


def fact_sets(assistant: "Assistant", cases: Mapping[str, Any] | None = None) -> Iterator[FactSet]:
    """Every set of facts with each organ that signs it. Raises InputError for a letter without facts."""
    first, more = read_rules(FACTS), cases or read_rules(CASES)
    known = set(assistant.letters.letters)
    for rows in (first["letters"], more["letters"]):
        strangers = known ^ set(rows)
        if strangers:
            raise InputError(f"评测的事实与文书库不一致：{'、'.join(sorted(strangers))}。")
    organs = list(more["organs"])
    for letter, facts in first["letters"].items():
        yield FactSet(f"{letter}-0", letter, {**facts, "agency": first["agency"]})
    for at, (letter, sets) in enumerate(more["letters"].items()):
        for number, facts in enumerate(sets, start=1):
            for turn in range(SIGNERS):
                organ = organs[(at + number + turn * SIGNERS) % len(organs)]
                numbered = {**facts, "document_number": str(10 * at + number)}
                signed = {**numbered, "agency": more["organs"][organ]}
                yield FactSet(f"{letter}-{number}-{organ}", letter, signed)


def paper_sets() -> Iterator[FactSet]:
    """Facts for the papers beside the reply, each with every organ that signs it."""
    found, organs = read_rules(PAPERS), read_rules(CASES)["organs"]
    for at, (paper, row) in enumerate(found["papers"].items()):
        for turn in range(SIGNERS):
            name = list(organs)[(at + turn * SIGNERS) % len(organs)]
            facts = {**found["common"], **row["facts"], "document_number": str(200 + at)}
            yield FactSet(f"{paper}-{name}", paper, {**facts, "agency": organs[name]}, paper=True)


def composed(assistant: "Assistant", one: FactSet) -> "Draft":
    """The draft from a set of facts. Raises InputError where facts are missing for it."""
    if one.paper:
        draft = assistant.draft_paper(one.letter, one.facts)
    else:
        template = assistant.letters.letters[one.letter]
        draft = assistant.draft(template.outcome, {**one.facts, "road": template.road})
    if draft.missing:
        raise InputError(f"评测的事实 {one.id}：缺少 {'、'.join(gap.key for gap in draft.missing)}。")
    return draft


def other_letters() -> tuple[OtherLetter, ...]:
    """Right letters in other offices' words."""
    rows = read_rules(FOREIGN)["letters"]
    return tuple(OtherLetter(r["name"], r.get("code"), r["day"], r["text"]) for r in rows)
