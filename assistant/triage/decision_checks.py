"""What a decision graph may not be: open-ended, circular without an event, short of an outcome, undecided.

Each edition is checked by itself, as of the day it begins.
Basis: the house's own.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import chain

from assistant.errors import CorpusError
from assistant.law.outcomes import Outcomes
from assistant.law.procedures import Procedures
from assistant.triage.decision_graph import DecisionGraph, Edition, Question


@dataclass(frozen=True)
class Known:
    """What a graph may name: outcomes with their roads, papers, events of the clock."""

    outcomes: Outcomes
    procedures: Procedures
    events: Collection[str]


def check_graph(graph: DecisionGraph, known: Known, file: str) -> None:
    """Raises CorpusError with the first fault: file, row and what is wrong."""
    for fault in chain(_names(graph, known), _each_edition(graph, known)):
        raise CorpusError(f"{file} {fault}")


def _names(graph: DecisionGraph, known: Known) -> Iterator[str]:
    """Names that stand for nothing, whatever the day."""
    if not graph.known(graph.start):
        yield f"start：没有名为“{graph.start}”的问题。"
    steps = {stage.number for stage in graph.stages}
    borders = {border.number for border in graph.borders}
    for question in graph.questions:
        if question.step not in steps:
            yield f"{question.id}：“step”的值 {question.step} 不在 steps 里。"
        for number in question.borders:
            if number not in borders:
                yield f"{question.id}：“borders”的值 {number} 不在 borders 里。"
    for exit_ in graph.exits:
        if exit_.event is not None and exit_.event not in known.events:
            yield f"{exit_.id}：“event”的值“{exit_.event}”不是期限规则里的事件。"
        if exit_.paper is not None and exit_.paper not in known.procedures.codes:
            yield f"{exit_.id}：procedures.yaml 里没有这种文书：{exit_.paper}。"
    for ending in graph.endings:
        outcome = known.outcomes.get(ending.outcome)
        if outcome is None:
            yield f"{ending.id}：“outcome”的值“{ending.outcome}”不是处理结果代码。"
        elif ending.road not in {road.name for road in outcome.roads}:
            yield f"{ending.id}：“{outcome.label}”没有名为“{ending.road}”的情形。"
    groups = {outcome.group for outcome in known.outcomes.values()}
    for group in (*graph.items.given, *graph.items.withheld):
        if group not in groups:
            yield f"items：“{group}”不是处理结果的组。"


def _each_edition(graph: DecisionGraph, known: Known) -> Iterator[str]:
    for day in graph.turns:
        edition = graph.on(day)
        yield from _dangling(graph, edition)
        yield from _circles(edition)
        yield from _never_met(edition)
        yield from _short_of(edition, known)
    yield from _undecided(graph)


def _dangling(graph: DecisionGraph, edition: Edition) -> Iterator[str]:
    """Answers that lead to nothing. A paper or an ending of another day is no fault: the walk then says so."""
    exits, endings = {one.id for one in graph.exits}, {one.id for one in graph.endings}
    for question in edition.questions.values():
        for answer in question.answers:
            known = {"next": edition.questions, "does": exits, "ends": endings}.get(answer.leads)
            if known is not None and answer.target not in known:
                yield f"{question.id} 的回答 {answer.key}：在 {edition.on} 没有“{answer.target}”。"
    for exit_ in edition.exits.values():
        if exit_.returns is not None and exit_.returns not in edition.questions:
            yield f"{exit_.id}：“returns”的问题“{exit_.returns}”在 {edition.on} 没有。"


def _circles(edition: Edition) -> Iterator[str]:
    """Questions that lead back to themselves though nothing has happened in between."""
    done: set[str] = set()

    def onward(question: Question) -> list[str]:
        return [one.target for one in question.answers if one.leads == "next"]

    def visit(here: str, way: tuple[str, ...]) -> Iterator[str]:
        if here in way:
            circle = " → ".join((*way[way.index(here) :], here))
            yield f"{here}：问题绕回了自己，中间没有任何事件：{circle}。"
            return
        if here not in done and here in edition.questions:
            for target in onward(edition.questions[here]):
                yield from visit(target, (*way, here))
            done.add(here)

    for start in edition.questions:
        yield from visit(start, ())


def _never_met(edition: Edition) -> Iterator[str]:
    """Rows nobody ever comes to."""
    reached = set(edition.reached())
    for id_ in edition.questions:
        if id_ not in reached:
            yield f"{id_}：在 {edition.on} 没有一个回答通到这个问题。"
    led = {(answer.leads, answer.target) for id_ in reached for answer in edition.questions[id_].answers}
    for exit_ in edition.exits:
        if ("does", exit_) not in led:
            yield f"{exit_}：在 {edition.on} 没有一个回答用到这种文书。"
    for ending in edition.endings:
        if ("ends", ending) not in led:
            yield f"{ending}：在 {edition.on} 没有一个回答通到这个结果。"


def _short_of(edition: Edition, known: Known) -> Iterator[str]:
    """Outcomes and roads valid on the day that no answers lead to, and endings without a row of that day."""
    for ending in edition.endings.values():
        if not known.outcomes[ending.outcome].validity.holds(edition.on):
            yield f"{ending.id}：在 {edition.on} 报表还没有“{ending.outcome}”这一行，请改“valid_from”。"
    met = {(ending.outcome, ending.road) for ending in edition.endings.values()}
    for code, outcome in known.outcomes.items():
        for road in outcome.roads:
            if outcome.validity.holds(edition.on) and (code, road.name) not in met:
                yield f"endings：在 {edition.on} 没有通到“{outcome.label}”（{code}，{road.name}）的结果。"


def _undecided(graph: DecisionGraph) -> Iterator[str]:
    """Borders that no question decides."""
    decided = {number for question in graph.questions for number in question.borders}
    for border in graph.borders:
        if border.number not in decided:
            yield f"borders：没有一个问题分清第 {border.number} 条界线“{border.name}”。"
