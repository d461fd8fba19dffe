"""What the tests of the seven steps share: the shipped guide, the named ways, a way to every ending."""

from collections import deque
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from assistant.pipeline import open_assistant
from assistant.settings import Settings
from assistant.triage.decision import walk
from assistant.triage.decision_graph import DecisionGraph
from assistant.triage.guidance import Guide

HERE = Path(__file__).parent
TODAY = date(2026, 11, 27)
GUIDE: Guide = open_assistant(Settings()).seven_steps
GRAPH: DecisionGraph = GUIDE.graph


def read_cases(name: str) -> Any:
    """A YAML file beside the tests."""
    return yaml.load((HERE / name).read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)


CASES = read_cases("decision_cases.yaml")


def answers_of(case: dict[str, Any]) -> dict[str, str]:
    """The answers of a case after those of the way it starts from."""
    before = answers_of(CASES["ways"][case["from"]]) if case.get("from") else {}
    return {**before, **case["answers"]}


def shortest_ways(day: date) -> dict[str, dict[str, str]]:
    """Ending → the answers of one shortest way to it."""
    found: dict[str, dict[str, str]] = {}
    met: set[tuple[str, bool]] = set()
    waiting: deque[dict[str, str]] = deque([{}])
    while waiting:
        answers = waiting.popleft()
        here = walk(GRAPH, answers, day)
        if here.ending:
            found.setdefault(here.ending.id, answers)
        if here.state != "asking" or here.question is None or (here.question.id, bool(here.withheld)) in met:
            continue
        met.add((here.question.id, bool(here.withheld)))
        waiting += [{**answers, here.question.id: answer.key} for answer in here.question.answers]
    return found
