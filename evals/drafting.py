"""Whether own letters pass the check, and whether a letter with one fault is refused.

Every letter of the clause library is composed from whole facts (evals/data/letter_facts.yaml); then one
thing in it is changed (evals/mutations.py). Beside the check stands the one thing a simple tool would do:
see whether the articles cited exist.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.errors import InputError
from assistant.law.instruments import StatuteBook
from assistant.law.numerals import NUMERAL, to_int
from assistant.law.rules import read_rules
from evals.labelled import DATA
from evals.metrics import share
from evals.mutations import mutations
from evals.task import Judged, Metric, Solver, Task, Values, View

if TYPE_CHECKING:
    from assistant.pipeline import Assistant

FACTS = DATA / "letter_facts.yaml"
WHOLE = "whole"
KINDS = {
    WHOLE: "原样（应当通过）",
    "article": "引用不存在的条文",
    "ground": "换成别的项",
    "word": "引文改一字",
    "remedy": "救济段改错",
}
# The check that must name a fault of a kind.
NAMED_BY = {
    "article": {"article_exists"},
    "ground": {"outcome_basis", "quote_verbatim"},
    "word": {"quote_verbatim"},
    "remedy": {"remedy", "mandatory_part"},
}
RIGHT: tuple[Metric, ...] = (share("right", "判断正确"), share("named", "并指明该类错误"))

_CITED = re.compile(rf"《([^《》]+)》）?第({NUMERAL})条")


@dataclass(frozen=True)
class LetterCase:
    """A letter to check: as composed, or with one fault of a kind."""

    id: str
    family: str
    outcome: str
    kind: str
    change: str
    text: str
    on: date


@dataclass(frozen=True)
class Checked:
    """What a check says: whether the letter passes, and the checks that found an error."""

    passes: bool
    errors: frozenset[str]


def drafting(assistant: "Assistant") -> Task[LetterCase, Checked]:
    """Every letter whole, and with each fault it has a place for."""
    book = assistant.statutes

    def verify(case: LetterCase) -> Checked:
        verdict = assistant.verify(case.text, case.on, case.outcome)
        errors = (finding.check for finding in verdict.findings if finding.severity == "error")
        return Checked(verdict.passes, frozenset(errors))

    return Task(
        name="drafting",
        label="起草和核对",
        dataset=tuple(letter_cases(assistant)),
        solvers=(
            Solver("assistant", "本程序", verify),
            Solver("articles_only", "只查条文是否存在", lambda case: articles_exist(case, book)),
        ),
        scorer=judge,
        views=(
            View("all", "原样的和改错的", lambda case: "原样" if case.kind == WHOLE else "改错一处", RIGHT),
            View("kind", "各类错误", lambda case: KINDS[case.kind], RIGHT, tuple(KINDS.values())),
            View("letter", "各种文书", lambda case: case.family, RIGHT[:1]),
        ),
    )


def letter_cases(assistant: "Assistant", path: Path = FACTS) -> Iterator[LetterCase]:
    """Each letter of the library composed from its facts, then its mutations.

    Raises InputError where facts are missing for a letter, or for a slot of it.
    """
    rows = read_rules(path)
    strangers = set(assistant.letters.letters) ^ set(rows["letters"])
    if strangers:
        raise InputError(f"{path.name} 与文书库不一致：{'、'.join(sorted(strangers))}。")
    for name, facts in rows["letters"].items():
        whole = {**facts, "agency": rows["agency"]}
        yield from _cases(assistant, name, whole)


def judge(case: LetterCase, said: Checked) -> Judged:
    """A whole letter must pass, any other be refused, and by the check that is there for its fault."""
    whole = case.kind == WHOLE
    values: Values = {"right": float(said.passes == whole)}
    if not whole:
        values["named"] = float(bool(said.errors & NAMED_BY[case.kind]))
    answer = "passes" if said.passes else "refused: " + ", ".join(sorted(said.errors))
    return Judged("passes" if whole else "refused", answer, values, case.change)


def articles_exist(case: LetterCase, book: StatuteBook) -> Checked:
    """Passes a letter when each statute it cites by title has at least that many articles."""
    for title, number in _CITED.findall(case.text):
        counts = [edition.article_count for edition in book.named(title)]
        if counts and all(count is not None and count < to_int(number) for count in counts):
            return Checked(False, frozenset({"article_exists"}))
    return Checked(True, frozenset())


def _cases(assistant: "Assistant", name: str, facts: dict[str, Any]) -> Iterator[LetterCase]:
    outcome, on = assistant.letters.letters[name].outcome, facts["replied_on"]
    text = _composed(assistant, name, facts)
    yield LetterCase(f"{name}-{WHOLE}", name, outcome, WHOLE, "", text, on)
    for number, made in enumerate(mutations(text, assistant.statutes), start=1):
        yield LetterCase(f"{name}-{number}", name, outcome, made.kind, made.change, made.text, on)


def _composed(assistant: "Assistant", name: str, facts: dict[str, Any]) -> str:
    letter = assistant.letters.letters[name]
    draft = assistant.draft(letter.outcome, {**facts, "road": letter.road})
    if draft.missing:
        lacking = "、".join(gap.key for gap in draft.missing)
        raise InputError(f"{FACTS.name} {name}：缺少 {lacking}。")
    return draft.text
