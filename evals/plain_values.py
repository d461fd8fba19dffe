"""Items and answers as plain JSON and back, so that a log can be judged again without solving again.

Tuples become lists and come back as tuples; everything else that JSON does not know is marked by its kind.
"""

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from importlib import import_module
from typing import Any

from assistant.errors import InputError
from assistant.law.provisions import ProvisionRef

# Each kind of item and answer with the module that knows it: nothing else is ever made from a log.
KINDS: Mapping[str, str] = {
    "LabelledRequest": "evals.labelled",
    "LabelledQuestion": "evals.labelled",
    "ReportPart": "evals.labelled",
    "Ranking": "evals.baselines",
    "Found": "evals.found",
    "FactSet": "evals.letters",
    "DraftCase": "evals.drafting",
    "Written": "evals.drafting",
    "LetterCase": "evals.citations",
    "Checked": "evals.citations",
    "ReportCase": "evals.report_cases",
    "Page": "evals.report_layouts",
    "Reading": "evals.report_baseline",
    "DeadlineCase": "evals.deadlines",
    "Reckoned": "evals.deadlines",
    "AskedQuestion": "evals.answer_set",
    "Replied": "evals.answers",
    "Cited": "evals.answers",
    "Voted": "evals.chat_votes",
}
MARK = "$"
REF, LIST, SET, MAP, DAY, DECIMAL = "ref", "list", "set", "map", "day", "decimal"


def to_plain(value: Any) -> Any:
    """What JSON can hold of an item or an answer. Raises TypeError for a kind no log knows."""
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, tuple):
        return [to_plain(one) for one in value]
    if isinstance(value, list):
        return {MARK: LIST, "of": [to_plain(one) for one in value]}
    if isinstance(value, ProvisionRef):
        numbers = [value.law, value.article, value.branch, value.paragraph, value.item]
        return {MARK: REF, "at": numbers}
    if isinstance(value, Mapping):
        return _of_mapping(value)
    if isinstance(value, frozenset | set):
        return {MARK: SET, "of": sorted((to_plain(one) for one in value), key=repr)}
    if isinstance(value, date):
        return {MARK: DAY, "is": value.isoformat()}
    if isinstance(value, Decimal):
        return {MARK: DECIMAL, "is": str(value)}
    return _of_object(value)


def from_plain(plain: Any) -> Any:
    """The item or answer again. Raises InputError for a kind that is not known."""
    if isinstance(plain, list):
        return tuple(from_plain(one) for one in plain)
    if not isinstance(plain, dict):
        return plain
    kind = plain.get(MARK)
    if kind is None:
        return {key: from_plain(one) for key, one in plain.items()}
    if kind in _READ:
        return _READ[kind](plain)
    return _class(kind)(**{key: from_plain(one) for key, one in plain.items() if key != MARK})


_READ: Mapping[str, Callable[[dict[str, Any]], Any]] = {
    REF: lambda plain: ProvisionRef(*plain["at"]),
    LIST: lambda plain: [from_plain(one) for one in plain["of"]],
    SET: lambda plain: frozenset(from_plain(one) for one in plain["of"]),
    MAP: lambda plain: {from_plain(key): from_plain(one) for key, one in plain["of"]},
    DAY: lambda plain: date.fromisoformat(plain["is"]),
    DECIMAL: lambda plain: Decimal(plain["is"]),
}


def _of_mapping(value: Mapping[Any, Any]) -> dict[str, Any]:
    if all(isinstance(key, str) and key != MARK for key in value):
        return {key: to_plain(one) for key, one in value.items()}
    return {MARK: MAP, "of": [[to_plain(key), to_plain(one)] for key, one in value.items()]}


def _of_object(value: Any) -> dict[str, Any]:
    name = type(value).__name__
    if not is_dataclass(value) or KINDS.get(name) != type(value).__module__:
        raise TypeError(f"评测记录不认识的值：{type(value).__module__}.{name}")
    return {MARK: name} | {one.name: to_plain(getattr(value, one.name)) for one in fields(value)}


@cache
def _class(kind: str) -> Any:
    if kind not in KINDS:
        raise InputError(f"评测记录里有不认识的内容“{kind}”，多半是别的版本写的。请用写它的版本重新评分。")
    return getattr(import_module(KINDS[kind]), kind)
