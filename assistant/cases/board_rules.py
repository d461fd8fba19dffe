"""The rows of corpus/rules/board.yaml: the boxes of the clock board, what has to be done next, when alarms ring.

Basis: 政府信息公开条例第三十条至第三十六条、第四十五条, each row with its own.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from assistant.errors import CorpusError
from assistant.law.provisions import ProvisionRef
from assistant.law.rules import (
    DATED,
    Validity,
    read_rows,
    read_rules,
    read_validity,
    read_words,
    refuse_overlaps,
    refuse_twice,
    require_keys,
)

FILE = "board.yaml"
BOXES = ("overdue", "today", "week", "later", "correction", "reasons", "opinion", "fee", "lapsed")
STEPS = (
    *("decide", "draft", "redraft", "secrecy", "review", "approve", "issue", "serve"),
    *("correct", "explain", "pay", "serve_letter", "third_party", "comaker", "organ"),
    *("lapsed_correction", "lapsed_payment", "archive"),
)

_TOP = {"reminders": (dict,), "boxes": (list,), "parties": (dict,), "steps": (list,)}
_REMINDERS = {"workdays": (list,), "hour": (int,)}
_BOX = {"box": (str,), "name": (str,)}
_STEP = {
    "step": (str,),
    "does": (str,),
    "action": (str, type(None)),
    "party": (str, type(None)),
    "basis": (list,),
    **DATED,
}


@dataclass(frozen=True)
class NextStep:
    """What has to be done next: by whoever may do the action, or by a party outside the organ."""

    step: str
    does: str
    action: str | None
    party: str | None
    basis: str
    validity: Validity


@dataclass(frozen=True)
class Reminders:
    """When alarms ring: so many working days before the day, at an hour of China."""

    workdays: tuple[int, ...]
    hour: int


@dataclass(frozen=True)
class BoardRules:
    """Every box with its name, every next step in its editions, the names of outside parties, the alarms."""

    boxes: Mapping[str, str]
    parties: Mapping[str, str]
    steps: tuple[NextStep, ...]
    reminders: Reminders

    def step(self, name: str, on: date) -> NextStep:
        """A next step as of a day; before its first edition, the first."""
        editions = [one for one in self.steps if one.step == name]
        return next((one for one in editions if one.validity.holds(on)), editions[0])


@lru_cache
def load_board(rules_dir: Path) -> BoardRules:
    """The rules of the board. Raises CorpusError naming file, row and key."""
    found = read_rules(rules_dir / FILE)
    require_keys(found, _TOP, FILE)
    parties = {str(key): str(name) for key, name in found["parties"].items()}
    steps = tuple(_step(row, where, parties) for row, where in read_rows(found, "steps", FILE, "step"))
    refuse_overlaps(((one.step, one.validity) for one in steps), FILE)
    _require_all(STEPS, {one.step for one in steps}, "steps")
    return BoardRules(_boxes(found), parties, steps, _reminders(found["reminders"]))


def _boxes(found: Mapping[str, Any]) -> dict[str, str]:
    rows = list(read_rows(found, "boxes", FILE, "box", _BOX))
    refuse_twice((row["box"] for row, _ in rows), FILE, "box")
    _require_all(BOXES, {row["box"] for row, _ in rows}, "boxes")
    return {row["box"]: row["name"] for row, _ in rows}


def _step(row: dict[str, Any], where: str, parties: Mapping[str, str]) -> NextStep:
    require_keys(row, _STEP, where)
    if (row["action"] is None) == (row["party"] is None):
        raise CorpusError(f"{where}：“action”和“party”应当写且只写一项。")
    if row["party"] is not None and row["party"] not in parties:
        raise CorpusError(f"{where}：“party”的值 {row['party']!r} 不在 parties 里。")
    basis = "、".join(_printed(words, where) for words in read_words(row, "basis", where))
    return NextStep(row["step"], row["does"], row["action"], row["party"], basis, read_validity(row))


def _printed(words: str, where: str) -> str:
    """A provision in print; a document without articles as it is cited."""
    if not words.startswith("《"):
        return words
    try:
        return str(ProvisionRef.parse(words))
    except ValueError as fault:
        raise CorpusError(f"{where}：依据“{words}”不是条文出处。") from fault


def _reminders(row: Mapping[str, Any]) -> Reminders:
    where = f"{FILE} reminders"
    require_keys(row, _REMINDERS, where)
    days, hour = tuple(row["workdays"]), row["hour"]
    if not days or not all(type(one) is int and one >= 0 for one in days) or not 0 <= hour < 24:
        raise CorpusError(f"{where}：“workdays”应为不小于 0 的天数，“hour”应为 0 至 23。")
    return Reminders(days, hour)


def _require_all(wanted: tuple[str, ...], found: set[str], section: str) -> None:
    if set(wanted) != found:
        wrong = sorted(set(wanted) ^ found)
        raise CorpusError(
            f"{FILE} {section}：应有且只有 {'、'.join(wanted)}；缺少或者多出：{'、'.join(wrong)}。"
        )
