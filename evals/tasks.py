"""The tasks of an evaluation by name, each a function of the office, of items given, and of a chat model."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from assistant.errors import InputError
from evals.answers import answers
from evals.chat import Chat
from evals.citations import citations
from evals.classification import classification
from evals.deadlines import deadlines
from evals.drafting import drafting
from evals.reports import reports
from evals.retrieval import retrieval
from evals.task import Task

if TYPE_CHECKING:
    from assistant.pipeline import Assistant

Make = Callable[["Assistant", tuple[Any, ...] | None, Chat | None], Task[Any, Any]]

TASKS: dict[str, Make] = {
    "classification": classification,
    "retrieval": lambda assistant, cases, _: retrieval(assistant, cases),
    "drafting": drafting,
    "citations": lambda assistant, cases, _: citations(assistant, cases),
    "deadlines": lambda assistant, cases, _: deadlines(assistant, cases),
    "audit": lambda assistant, cases, _: reports(assistant, cases),
    "answers": answers,
}
ALSO_CALLED = {"reports": "audit", "ask": "answers"}


def chosen(names: Iterable[str]) -> list[str]:
    """The tasks to run, in the order of the table; all where none is named. Raises InputError naming a stranger."""
    wanted = [ALSO_CALLED.get(name, name) for name in names]
    for name in wanted:
        if name not in TASKS:
            raise InputError(f"没有名为“{name}”的评测任务，可用：{'、'.join(TASKS)}。")
    return [name for name in TASKS if not wanted or name in wanted]
