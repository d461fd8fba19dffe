"""A guided decision as plain data: for the command line, and for a page that asks one question at a time.

Basis: the house's own.
"""

from typing import Any

from assistant.triage.decision import Taken
from assistant.triage.decision_graph import DecisionGraph, Exit, Question, Together
from assistant.triage.guards import GuardState
from assistant.triage.guidance import Conclusion, Guidance, ItemGuidance, RemedyClass
from assistant.triage.items import Whole


def to_json(guidance: Guidance, graph: DecisionGraph) -> dict[str, Any]:
    """Everything told of a request, in words and codes."""
    whole = guidance.whole
    return {
        "on": guidance.on.isoformat(),
        "state": guidance.state,
        "ready": guidance.ready,
        "at": guidance.items[guidance.at].name if guidance.at is not None else None,
        "question": _next(guidance, graph),
        "whole": _whole(whole, guidance) if whole else None,
        "items": [_item(item, graph) for item in guidance.items],
        "open_guards": [{"item": name, **_guard(guard)} for name, guard in guidance.open_guards],
        "warnings": list(guidance.warnings),
    }


def question_json(question: Question, graph: DecisionGraph) -> dict[str, Any]:
    """One question as a page shows it."""
    return {
        "id": question.id,
        "step": question.step,
        "step_name": graph.stage(question.step).name,
        "question": question.words,
        "help": question.help,
        "keep": list(question.keep),
        "basis": list(question.basis),
        "verified": question.validity.verified,
        "answers": [{"answer": one.key, "label": one.label} for one in question.answers],
    }


def _next(guidance: Guidance, graph: DecisionGraph) -> dict[str, Any] | None:
    if guidance.state == "choose" and guidance.whole:
        return _together(graph.items.together, guidance.whole, graph)
    if guidance.at is None:
        return None
    question = guidance.items[guidance.at].walk.question
    return question_json(question, graph) if question else None


def _together(asked: Together, whole: Whole, graph: DecisionGraph) -> dict[str, Any]:
    return {
        "id": asked.id,
        "step": asked.step,
        "step_name": graph.stage(asked.step).name,
        "question": whole.needs or asked.words,
        "help": asked.help,
        "keep": [],
        "basis": list(asked.basis),
        "verified": asked.validity.verified,
        "answers": [{"answer": one.key, "label": one.label} for one in whole.options],
    }


def _whole(whole: Whole, guidance: Guidance) -> dict[str, Any]:
    return {
        "kind": whole.kind,
        "outcome": whole.outcome,
        "roads": [road.name for road in guidance.roads],
        "letters": [road.letter for road in guidance.roads],
        "counted": list(whole.counted),
        "says": whole.says,
        "basis": list(whole.basis),
        "remedy": _remedy(guidance.remedy) if guidance.remedy else None,
    }


def _item(item: ItemGuidance, graph: DecisionGraph) -> dict[str, Any]:
    walk = item.walk
    return {
        "item": item.name,
        "state": walk.state,
        "answers": walk.answers,
        "path": [_taken(step, graph) for step in walk.taken],
        "establish": walk.establish,
        "event": _exit(walk.exit, item) if walk.exit else None,
        "conclusion": _conclusion(item.conclusion) if item.conclusion else None,
        "unused": list(walk.unused),
    }


def _taken(step: Taken, graph: DecisionGraph) -> dict[str, Any]:
    return {
        "step": step.question.step,
        "step_name": graph.stage(step.question.step).name,
        "id": step.question.id,
        "question": step.question.words,
        "answer": step.answer.key,
        "label": step.answer.label,
        "because": step.answer.because,
        "withholds": list(map(str, step.answer.withholds)),
        "after": step.exit.name if step.exit else None,
        "basis": list(step.question.basis),
    }


def _exit(exit_: Exit, item: ItemGuidance) -> dict[str, Any]:
    paper = item.paper
    return {
        "event": exit_.event,
        "awaits": exit_.awaits,
        "name": exit_.name,
        "tell": exit_.tell,
        "paper": paper.code if paper else None,
        "paper_name": paper.name if paper else None,
        "clock": paper.clock.words if paper else None,
        "returns": exit_.returns,
        "when": exit_.when,
        "basis": list(exit_.basis),
    }


def _conclusion(found: Conclusion) -> dict[str, Any]:
    return {
        "outcome": found.outcome,
        "label": found.label,
        "group": found.group_label,
        "road": found.road.name,
        "road_when": found.road.when,
        "letter": found.road.letter,
        "ending": found.ending.id,
        "because": found.ending.because,
        "tell": found.ending.tell,
        "basis": list(map(str, found.basis)),
        "withheld": list(map(str, found.withheld)),
        "remedy": _remedy(found.remedy),
        "guards": [_guard(guard) for guard in found.guards],
    }


def _remedy(remedy: RemedyClass) -> dict[str, Any]:
    return {"class": remedy.class_, "rest": remedy.rest}


def _guard(guard: GuardState) -> dict[str, Any]:
    return {
        "guard": guard.key,
        "holds": guard.holds,
        "open": guard.open,
        "missing": list(guard.missing),
        "basis": list(guard.basis),
        "paper": guard.paper,
        "verified": guard.verified,
        "line": guard.line if guard.open else None,
        "parts": [
            {"part": part.key, "name": part.name, "kind": part.kind, "one_of": part.one_of}
            for part in guard.parts
        ],
    }
