"""The facts letters may state (corpus/letters/slots.yaml): type, meaning, the article that wants each.

Basis: 政府信息公开条例第三十条至第四十二条; each slot names its own article.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from assistant.errors import CorpusError
from assistant.law.rules import one_of, read_rules, require_keys

FILE = "slots.yaml"
TYPES = ("text", "date", "number", "choice", "list", "withheld")
WHEN = ("case", "past", "over", "future", "any")
RECKONED = ("clock", "fees", "settings", "items")

_SLOT = {"type": (str,), "meaning": (str,), "why": (str,)}
_OPTIONAL = {"agency": (str,), "when": (str,), "after": (str,), "reckoned": (str,), "choices": (dict,)}


@dataclass(frozen=True)
class Slot:
    """A fact a letter states: its type, what it means, which article wants it.

    `agency` is the setting that may give it. Of a date `when` says how it lies to receipt and reply, `after` which
    other date it may not precede. `choices` are the values of a choice with their labels. `reckoned` names what
    gives the fact where a clerk does not; items alone give their own.
    """

    key: str
    type: str
    meaning: str
    why: str
    agency: str | None = None
    when: str = "case"
    after: str | None = None
    reckoned: str | None = None
    choices: Mapping[str, str] = field(default_factory=dict)


def read_slots(folder: Path) -> dict[str, Slot]:
    """Every slot by its key. Raises CorpusError naming file and key."""
    rows = read_rules(folder / FILE).get("slots", {})
    slots = {key: _slot(key, row) for key, row in rows.items()}
    for fault in _faults(slots):
        raise CorpusError(f"{FILE} {fault}")
    return slots


def _slot(key: str, row: dict[str, Any]) -> Slot:
    where = f"{FILE} {key}"
    optional = {name: types for name, types in _OPTIONAL.items() if name in row}
    require_keys(row, {**_SLOT, **optional}, where)
    if row["type"] not in TYPES:
        raise CorpusError(f"{where}：不认识的类型“{row['type']}”，可用：{'、'.join(TYPES)}。")
    if "when" in row:
        one_of(row, "when", WHEN, where)
    if "reckoned" in row:
        one_of(row, "reckoned", RECKONED, where)
    return Slot(key, **row)


def _faults(slots: Mapping[str, Slot]) -> Iterator[str]:
    """What does not fit together: a choice without choices, an order among what are no dates."""
    for key, slot in slots.items():
        if bool(slot.choices) != (slot.type == "choice"):
            yield f"{key}：只有 choice 类型要写 choices，也必须写。"
        if slot.type != "date" and (slot.after or slot.when != "case"):
            yield f"{key}：只有 date 类型可以写 when 和 after。"
        if slot.after and (slot.after not in slots or slots[slot.after].type != "date"):
            yield f"{key}：after 的“{slot.after}”不是日期。"
