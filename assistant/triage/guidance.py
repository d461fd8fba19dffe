"""The guided decision of one request: each item walked, guarded and concluded, then the whole.

Pure values in, pure values out; one question at a time; nothing is stored. A person decides (see decide.py).
Basis: 政府信息公开条例第三十六条至第四十条; 行政复议法第二十三条.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, cast

from assistant.errors import InputError
from assistant.law.outcomes import Outcomes, Road
from assistant.law.procedures import Procedure, Procedures
from assistant.law.provisions import ProvisionRef
from assistant.law.remedies import RemedyTable
from assistant.law.remedy_paragraph import Decision as Group
from assistant.law.remedy_paragraph import RemedyCase, state_remedy
from assistant.settings import Agency
from assistant.triage.decide import Decision, decide
from assistant.triage.decision import Answers, Walk, go_back, revise, walk
from assistant.triage.decision_graph import DecisionGraph, Ending
from assistant.triage.guards import File, FileCheck, GuardState
from assistant.triage.items import Choice, Items, Whole

_REPLY = "答复书"
_NOTHING: Mapping[str, str] = {}
State = Literal["asking", "establish", "event", "unjudged", "choose", "decided"]


@dataclass(frozen=True)
class ItemAnswers:
    """The clerk's answers for one item, and what the file holds for it (guard → what it states)."""

    name: str = "本件申请"
    answers: Answers = field(default_factory=dict)
    file: File = field(default_factory=dict)


@dataclass(frozen=True)
class CaseAnswers:
    """Everything a clerk has answered of one request; `choice` where its items do not go together by law."""

    items: tuple[ItemAnswers, ...] = (ItemAnswers(),)
    choice: Choice | None = None


@dataclass(frozen=True)
class RemedyClass:
    """A: review first; B: review or suit; `rest` the class of the rest of a letter in two parts; None: unjudged."""

    class_: str | None
    rest: str | None
    warnings: tuple[str, ...]


@dataclass(frozen=True)
class Conclusion:
    """Where the answers for an item end: row of the table, road, provisions, letter, remedy, guards."""

    outcome: str
    label: str
    group_label: str
    road: Road
    ending: Ending
    basis: tuple[ProvisionRef, ...]
    withheld: tuple[ProvisionRef, ...]
    remedy: RemedyClass
    guards: tuple[GuardState, ...]

    @property
    def open_guards(self) -> tuple[GuardState, ...]:
        """What the file still lacks."""
        return tuple(guard for guard in self.guards if guard.open)


@dataclass(frozen=True)
class ItemGuidance:
    """One item: its walk, the paper that is due or awaited, and the conclusion where it is decided."""

    name: str
    walk: Walk
    paper: Procedure | None
    conclusion: Conclusion | None


@dataclass(frozen=True)
class Guidance:
    """What the clerk is told of a request.

    `at` is the item whose question is next; `whole`, its `roads` and `remedy` are there once every item is decided.
    """

    on: date
    state: State
    items: tuple[ItemGuidance, ...]
    at: int | None
    whole: Whole | None
    remedy: RemedyClass | None
    warnings: tuple[str, ...]
    roads: tuple[Road, ...] = ()

    @property
    def open_guards(self) -> tuple[tuple[str, GuardState], ...]:
        """What the file still lacks, by item."""
        return tuple(
            (item.name, guard)
            for item in self.items
            if item.conclusion
            for guard in item.conclusion.open_guards
        )

    @property
    def ready(self) -> bool:
        """Whether every item is decided, the whole is settled and no guard is open."""
        return self.state == "decided" and not self.open_guards


@dataclass(frozen=True)
class Guide:
    """The rules a guided decision works with, for one agency."""

    graph: DecisionGraph
    outcomes: Outcomes
    procedures: Procedures
    files: FileCheck
    remedies: RemedyTable
    agency: Agency

    def guide(self, case: CaseAnswers, on: date) -> Guidance:
        """Where the answers of a request lead as of a day.

        Raises InputError for a question, an answer, a guard or a choice there is not, and for a day before 2019.
        """
        if not case.items:
            raise InputError("没有给出任何一项申请内容。请至少写一项。")
        items = tuple(self._item(item, on) for item in case.items)
        at = next((number for number, item in enumerate(items) if item.conclusion is None), None)
        warnings = tuple(dict.fromkeys(line for item in items for line in self._warnings(item, on)))
        if at is not None:
            state = cast(State, items[at].walk.state)
            return Guidance(on, state, items, at, None, None, warnings)
        whole = self._items.together([_code(item) for item in items], case.choice, on)
        if whole.kind == "open":
            return Guidance(on, "choose", items, None, whole, None, warnings)
        said = (whole.says,) if whole.says and not whole.verified else ()
        remedy = self._whole_remedy(whole, items, on)
        told = tuple(dict.fromkeys((*warnings, *said)))
        return Guidance(on, "decided", items, None, whole, remedy, told, self._roads(whole, items))

    def revise(self, item: ItemAnswers, question: str, answer: str, on: date) -> ItemAnswers:
        """The item with one answer given or changed; what depended on the old one is dropped."""
        return ItemAnswers(item.name, revise(self.graph, item.answers, question, answer, on), item.file)

    def go_back(self, item: ItemAnswers, question: str, on: date) -> ItemAnswers:
        """The item as it was before a question was answered."""
        return ItemAnswers(item.name, go_back(self.graph, item.answers, question, on), item.file)

    def decision(self, guidance: Guidance, decided_by: str) -> Decision:
        """The decision a person takes on what the answers led to.

        Raises InputError where it is not decided yet, items count apart, or nobody decides.
        """
        code = guidance.whole.outcome if guidance.whole else None
        if guidance.state != "decided" or code is None:
            raise InputError("还没有得出一个处理结果，不能作出决定。请先答完问题；分件答复的，逐件决定。")
        answers = guidance.items[0].walk.answers if len(guidance.items) == 1 else _NOTHING
        return decide(self.outcomes, code, guidance.roads[0].name, decided_by, answers)

    @property
    def _items(self) -> Items:
        return Items(self.graph.items, self.outcomes)

    def _item(self, item: ItemAnswers, on: date) -> ItemGuidance:
        self.files.refuse_strangers(item.file)
        found = walk(self.graph, item.answers, on)
        paper = found.exit.paper if found.exit else None
        papers = self.procedures.on(on)
        return ItemGuidance(
            name=item.name,
            walk=found,
            paper=papers.get(paper) if paper else None,
            conclusion=self._conclude(found, item.file) if found.ending else None,
        )

    def _conclude(self, found: Walk, file: File) -> Conclusion | None:
        ending = found.ending
        if ending is None:
            return None
        outcome = self.outcomes[ending.outcome]
        road = outcome.road(ending.road)
        basis = tuple(dict.fromkeys((*road.basis, *ending.basis, *found.withheld)))
        return Conclusion(
            outcome=outcome.code,
            label=outcome.label,
            group_label=outcome.group_label,
            road=road,
            ending=ending,
            basis=basis,
            withheld=found.withheld,
            remedy=self._remedy(outcome.group, basis, found.on),
            guards=self.files.check(outcome, road.name, found, file),
        )

    def _remedy(self, group: str, grounds: tuple[ProvisionRef, ...], on: date) -> RemedyClass:
        """The class by the rules of remedies; what the office has not set is told with the letter, not here."""
        case = RemedyCase(grounds, cast(Group, group), _REPLY, self.agency, on)
        stated = state_remedy(self.remedies, case)
        return RemedyClass(stated.class_, stated.rest, stated.warnings if stated.class_ is None else ())

    def _whole_remedy(self, whole: Whole, items: tuple[ItemGuidance, ...], on: date) -> RemedyClass | None:
        """One paragraph for the one letter; none where each item gets its own."""
        if whole.outcome is None:
            return None
        grounds = (ref for item in items if item.conclusion for ref in item.conclusion.basis)
        return self._remedy(self.outcomes[whole.outcome].group, tuple(dict.fromkeys(grounds)), on)

    def _roads(self, whole: Whole, items: tuple[ItemGuidance, ...]) -> tuple[Road, ...]:
        """The roads the items took into the outcome of the whole; its own where no item has that outcome."""
        if whole.outcome is None:
            return ()
        taken = (i.conclusion.road for i in items if i.conclusion and _code(i) == whole.outcome)
        return tuple(dict.fromkeys(taken)) or self.outcomes[whole.outcome].roads

    def _warnings(self, item: ItemGuidance, on: date) -> tuple[str, ...]:
        found: list[str] = list(item.walk.cautions)
        exit_ = item.walk.exit
        if exit_ is not None and not exit_.validity.verified:
            found.append(f"“{exit_.name}”依据的文本没有与官方文本核对，或者是通行做法")
        if item.conclusion:
            found += self._doubts(item.conclusion, on)
        return tuple(found)

    def _doubts(self, conclusion: Conclusion, on: date) -> list[str]:
        """What a person must settle of a conclusion: several grounds for one refusal, an unjudged remedy."""
        found = list(conclusion.remedy.warnings)
        several = self.graph.items.rule("several_grounds", on)
        grounds = set(conclusion.withheld) - set(conclusion.road.basis)
        if several and grounds and self.outcomes[conclusion.outcome].group in self.graph.items.withheld:
            found.append(several.says)
        return found


def _code(item: ItemGuidance) -> str:
    assert item.conclusion is not None
    return item.conclusion.outcome
