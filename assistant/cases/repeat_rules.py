"""The rows of corpus/rules/repeats.yaml: what a clerk is told beside an earlier request of the same applicant.

Basis: 政府信息公开条例第三十五条、第三十六条第（六）项, each row with its own.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from assistant.errors import CorpusError
from assistant.law.clock_course import UNPROVED
from assistant.law.rules import (
    DATED,
    Validity,
    read_basis,
    read_rows,
    read_rules,
    read_validity,
    read_words,
    refuse_overlaps,
    require_keys,
)

FILE = "repeats.yaml"
NOTES = (
    *("answered", "pending", "lapsed", "withdrawn", "other_period"),
    *("changed", "name_only", "contact_only", "volume"),
)

_TOP = {"windows": (list,), "lapsed": (list,), "notes": (list,)}
_NOTE = {"note": (str,), "says": (str,), "basis": (list,), **DATED}


@dataclass(frozen=True)
class Note:
    """One remark with its provision; marked where it rests on practice."""

    note: str
    says: str
    basis: str
    validity: Validity

    def to_json(self) -> dict[str, Any]:
        """As the command line prints it."""
        return {
            "note": self.note,
            "says": self.words,
            "basis": self.basis,
            "verified": self.validity.verified,
        }

    @property
    def words(self) -> str:
        """The remark in a clerk's words."""
        return f"{self.says}。" if self.validity.verified else f"{self.says}（{UNPROVED}）。"


@dataclass(frozen=True)
class RepeatRules:
    """Every remark in its editions, the outcomes that say 视为放弃, over how many months requests are counted."""

    notes: tuple[Note, ...]
    lapsed: tuple[str, ...]
    windows: tuple[int, ...]

    def note(self, name: str, on: date) -> Note:
        """A remark as of a day; before its first edition, the first."""
        editions = [one for one in self.notes if one.note == name]
        return next((one for one in editions if one.validity.holds(on)), editions[0])


@lru_cache
def load_repeats(rules_dir: Path) -> RepeatRules:
    """The remarks. Raises CorpusError naming file, row and key."""
    found = read_rules(rules_dir / FILE)
    require_keys(found, _TOP, FILE)
    notes = tuple(_note(row, where) for row, where in read_rows(found, "notes", FILE, "note"))
    refuse_overlaps(((one.note, one.validity) for one in notes), FILE)
    wrong = sorted(set(NOTES) ^ {one.note for one in notes})
    if wrong:
        raise CorpusError(f"{FILE} notes：应有且只有 {'、'.join(NOTES)}；缺少或者多出：{'、'.join(wrong)}。")
    return RepeatRules(notes, read_words(found, "lapsed", FILE), _windows(found))


def _note(row: dict[str, Any], where: str) -> Note:
    require_keys(row, _NOTE, where)
    basis = "、".join(str(ref) for ref in read_basis(row, where))
    return Note(row["note"], row["says"], basis, read_validity(row))


def _windows(found: Mapping[str, Any]) -> tuple[int, ...]:
    windows = tuple(found["windows"])
    if not windows or not all(type(one) is int and one > 0 for one in windows):
        raise CorpusError(f"{FILE}：“windows”应为月数，如 [1, 12]。")
    return windows
