"""The guided decision as dated rules: questions in seven steps, what each answer leads to, papers on the way.

补不补—是不是—谁负责—有没有—给不给—怎么给—怎么答. Nothing here knows a case; see decision.py for the walk.
Basis: 政府信息公开条例第二十七条至第四十二条; the rows and their articles stand in corpus/rules/decision.yaml.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from assistant.errors import InputError
from assistant.law.provisions import ProvisionRef
from assistant.law.rules import Validity

Leads = Literal["next", "ends", "does", "establish"]
LEADS: tuple[Leads, ...] = ("next", "ends", "does", "establish")
UNCLEAR = "unclear"
UNCLEAR_LABEL = "不清楚"
WITHHELD, NOTHING_WITHHELD = "part", "nothing"


@dataclass(frozen=True)
class Stage:
    """One of the seven steps."""

    number: int
    name: str
    says: str


@dataclass(frozen=True)
class Border:
    """A hard border between outcomes that practice gets wrong, by its number."""

    number: int
    name: str


@dataclass(frozen=True)
class Answer:
    """One answer and what it leads to: a question, an ending, a paper (exit), or what to establish first.

    `withholds` are the grounds of a part this answer takes out; `caution` is told where the answer was given.
    """

    key: str
    label: str
    leads: Leads
    target: str
    withholds: tuple[ProvisionRef, ...] = ()
    because: str | None = None
    caution: str | None = None


@dataclass(frozen=True)
class Question:
    """What a clerk without law training is asked; `by_path` marks one the answers before it settle."""

    id: str
    step: int
    words: str
    help: str
    keep: tuple[str, ...]
    answers: tuple[Answer, ...]
    borders: tuple[int, ...]
    by_path: bool
    basis: tuple[str, ...]
    validity: Validity

    def answer(self, key: str) -> Answer:
        """The answer of that key. Raises InputError naming the question and its answers."""
        for one in self.answers:
            if one.key == key:
                return one
        names = "、".join(f"{one.key}（{one.label}）" for one in self.answers)
        raise InputError(f"问题“{self.id}”（{self.words}）没有“{key}”这个回答，可用：{names}。")


@dataclass(frozen=True)
class Exit:
    """A paper that goes out, or an event that is awaited; the case comes back at a question, or never."""

    id: str
    short: str
    event: str | None
    paper: str | None
    awaits: bool
    name: str
    tell: str
    returns: str | None
    when: str | None
    basis: tuple[str, ...]
    validity: Validity


@dataclass(frozen=True)
class Ending:
    """One way to end: outcome and road, the reason in plain words, what the reply must tell."""

    id: str
    outcome: str
    road: str
    because: str
    tell: str
    basis: tuple[ProvisionRef, ...]
    validity: Validity


@dataclass(frozen=True)
class ItemRule:
    """How several items count together, as a dated rule."""

    name: str
    says: str
    basis: tuple[str, ...]
    validity: Validity


@dataclass(frozen=True)
class Together:
    """The question where the law does not settle what the whole counts as."""

    id: str
    step: int
    words: str
    help: str
    split: str
    main: str
    why: str
    basis: tuple[str, ...]
    validity: Validity


@dataclass(frozen=True)
class ItemRules:
    """What to make of several items of one request."""

    given: tuple[str, ...]
    withheld: tuple[str, ...]
    apart: str
    rules: tuple[ItemRule, ...]
    together: Together

    def rule(self, name: str, on: date) -> ItemRule | None:
        """The rule of a name on a day, or None."""
        return next((one for one in self.rules if one.name == name and one.validity.holds(on)), None)


@dataclass(frozen=True)
class Edition:
    """The graph as it stands on one day."""

    on: date
    start: str
    questions: Mapping[str, Question]
    exits: Mapping[str, Exit]
    endings: Mapping[str, Ending]

    def targets(self, question: Question) -> Iterator[str]:
        """The questions one step on, by an answer or when a paper has done its work."""
        for answer in question.answers:
            if answer.leads == "next":
                yield answer.target
            elif answer.leads == "does" and answer.target in self.exits:
                back = self.exits[answer.target].returns
                if back:
                    yield back

    def reached(self) -> tuple[str, ...]:
        """The questions that can be reached from the start, in the order they are met."""
        seen: dict[str, None] = {}
        waiting = [self.start]
        while waiting:
            here = waiting.pop(0)
            if here not in seen and here in self.questions:
                seen[here] = None
                waiting += self.targets(self.questions[here])
        return tuple(seen)


@dataclass(frozen=True)
class DecisionGraph:
    """Every edition of every question, with papers, endings and the rules for several items."""

    stages: tuple[Stage, ...]
    borders: tuple[Border, ...]
    start: str
    before: str
    questions: tuple[Question, ...]
    exits: tuple[Exit, ...]
    endings: tuple[Ending, ...]
    items: ItemRules

    @property
    def turns(self) -> tuple[date, ...]:
        """The days on which an edition begins, first to last."""
        rows = [one.validity for group in (self.questions, self.exits, self.endings) for one in group]
        starts = {row.valid_from for row in rows} | {
            row.valid_to + timedelta(days=1) for row in rows if row.valid_to
        }
        return tuple(sorted(starts))

    def on(self, day: date) -> Edition:
        """The edition of a day. Raises InputError for a day before the first."""
        questions = {one.id: one for one in self.questions if one.validity.holds(day)}
        if self.start not in questions:
            raise InputError(f"{day} 没有可用的研判步骤：{self.before}。")
        exits = {one.id: one for one in self.exits if one.validity.holds(day)}
        endings = {one.id: one for one in self.endings if one.validity.holds(day)}
        return Edition(day, self.start, questions, exits, endings)

    def stage(self, number: int) -> Stage:
        """The step of a number."""
        return next(stage for stage in self.stages if stage.number == number)

    def known(self, id_: str) -> bool:
        """Whether a clerk was ever asked a question of that id."""
        return any(one.id == id_ and not one.by_path for one in self.questions)
