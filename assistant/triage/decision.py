"""Walking the seven steps: answers in, the next question, a paper to send, what to establish, or the outcome out.

Pure and the same for any order of answers. Answers off the path are kept apart, never used.
"不清楚" leads to what to establish and never to an outcome.
Basis: 政府信息公开条例第二十九条至第四十条; every step names its own article.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from assistant.errors import InputError
from assistant.law.provisions import ProvisionRef
from assistant.triage.decision_graph import (
    NOTHING_WITHHELD,
    WITHHELD,
    Answer,
    DecisionGraph,
    Edition,
    Ending,
    Exit,
    Question,
)

State = Literal["asking", "establish", "event", "unjudged", "decided"]
Answers = Mapping[str, str]


@dataclass(frozen=True)
class Taken:
    """One step of the path: the question, its answer, and the paper that went out after it, if any."""

    question: Question
    answer: Answer
    exit: Exit | None = None


@dataclass(frozen=True)
class Walk:
    """Where the answers lead as of a day.

    state: asking (`question` is next), establish (`establish` says what), event (`exit` is due or awaited, and
    `question` is where the case comes back), unjudged (no rule of that day for what the answers lead to) or
    decided (`ending`). `unused` are answers to questions off the path.
    """

    on: date
    state: State
    taken: tuple[Taken, ...]
    question: Question | None = None
    exit: Exit | None = None
    ending: Ending | None = None
    establish: str | None = None
    unused: tuple[str, ...] = ()

    @property
    def withheld(self) -> tuple[ProvisionRef, ...]:
        """The grounds on which the answers take out a part, each once."""
        return tuple(dict.fromkeys(ref for step in self.taken for ref in step.answer.withholds))

    @property
    def answers(self) -> dict[str, str]:
        """The clerk's answers on the path, in order."""
        return {step.question.id: step.answer.key for step in self.taken if not step.question.by_path}

    @property
    def cautions(self) -> tuple[str, ...]:
        """What to tell the clerk of answers that rest on practice or on a text not held here."""
        return tuple(step.answer.caution for step in self.taken if step.answer.caution)


def walk(graph: DecisionGraph, answers: Answers, on: date) -> Walk:
    """The path of the answers. Raises InputError for a question or an answer there is not on that day."""
    edition = graph.on(on)
    _refuse_strangers(graph, edition, answers)
    found = _follow(edition, answers)
    unused = tuple(sorted(set(answers) - set(found.answers)))
    return replace(found, unused=unused)


def revise(graph: DecisionGraph, answers: Answers, question: str, answer: str, on: date) -> dict[str, str]:
    """The answers with one given or changed; those the new path no longer asks for are dropped."""
    return walk(graph, {**answers, question: answer}, on).answers


def go_back(graph: DecisionGraph, answers: Answers, question: str, on: date) -> dict[str, str]:
    """The answers before a question: it and everything after it on the path is dropped."""
    kept: dict[str, str] = {}
    for id_, key in walk(graph, answers, on).answers.items():
        if id_ == question:
            break
        kept[id_] = key
    return kept


def _follow(edition: Edition, answers: Answers) -> Walk:
    """Step by step; it ends because questions never circle and a paper leads on to a new question only."""
    taken: list[Taken] = []
    here = edition.questions[edition.start]
    while True:
        answer = _given(here, answers, taken)
        if answer is None:
            return Walk(edition.on, "asking", tuple(taken), question=here)
        taken.append(Taken(here, answer))
        if answer.leads != "next":
            onward = _leave(edition, answers, taken)
            if isinstance(onward, Walk):
                return onward
            here = onward
        else:
            here = edition.questions[answer.target]


def _given(question: Question, answers: Answers, taken: list[Taken]) -> Answer | None:
    if question.by_path:
        withheld = any(step.answer.withholds for step in taken)
        return question.answer(WITHHELD if withheld else NOTHING_WITHHELD)
    key = answers.get(question.id)
    return None if key is None else question.answer(key)


def _leave(edition: Edition, answers: Answers, taken: list[Taken]) -> Walk | Question:
    """What an answer that leads to no question leads to; the question after a paper that has done its work."""
    answer, path = taken[-1].answer, tuple(taken)
    if answer.leads == "establish":
        return Walk(edition.on, "establish", path, question=taken[-1].question, establish=answer.target)
    if answer.leads == "ends":
        ending = edition.endings.get(answer.target)
        return Walk(edition.on, "decided" if ending else "unjudged", path, ending=ending)
    exit_ = edition.exits.get(answer.target)
    if exit_ is None:
        return Walk(edition.on, "unjudged", path)
    back = edition.questions[exit_.returns] if exit_.returns else None
    asked = {step.question.id for step in taken}
    if back is None or back.id in asked or back.id not in answers:
        return Walk(edition.on, "event", path, question=back, exit=exit_)
    taken[-1] = replace(taken[-1], exit=exit_)
    return back


def _refuse_strangers(graph: DecisionGraph, edition: Edition, answers: Answers) -> None:
    for id_, key in answers.items():
        question = edition.questions.get(id_)
        if question is not None and not question.by_path:
            question.answer(key)
        elif graph.known(id_):
            raise InputError(
                f"{edition.on} 没有问题“{id_}”：当日的规定还没有（或者不再有）这一步。请删去这一行。"
            )
        else:
            names = "、".join(one.id for one in edition.questions.values() if not one.by_path)
            raise InputError(f"没有名为“{id_}”的问题，可用：{names}。")
