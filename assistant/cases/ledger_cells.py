"""One row of a ledger while it is read: its cells by field, and every fault found in it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from assistant.cases.ledger_table import LedgerSheet, Line
from assistant.cases.ledger_words import NONE, LedgerWords, ledger_day
from assistant.errors import InputError

_Read = TypeVar("_Read")


@dataclass(frozen=True)
class Place:
    """A row of the file: its sheet ("" in a CSV file) and its number there."""

    sheet: str
    row: int

    def __str__(self) -> str:
        return f"“{self.sheet}”第 {self.row} 行" if self.sheet else f"第 {self.row} 行"


@dataclass(frozen=True)
class Fault:
    """Why a row cannot be imported: where, under which heading, what stands there, what to do."""

    place: Place
    heading: str
    value: str
    what: str

    def __str__(self) -> str:
        value = self.value if len(self.value) <= 30 else f"{self.value[:30]}…"
        shown = f"“{self.heading}”（{value}）" if value else f"“{self.heading}”"
        return f"{self.place}{shown}：{self.what}。"


@dataclass
class Cells:
    """A row at work. A cell that cannot be used leaves a fault and counts as empty."""

    sheet: LedgerSheet
    line: Line
    words: LedgerWords
    today: date
    faults: list[Fault] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def place(self) -> Place:
        """Where the row stands."""
        return Place(self.sheet.name, self.line.number)

    def text(self, key: str) -> str:
        """The words of a field, several columns joined; "" where it has none."""
        places = self.sheet.columns.places.get(key, ())
        if any(at in self.line.unread for at in places):
            self.fault(key, "这一格与别的格合并了，或者是没有算出结果的公式；请取消合并，改成文字")
            return ""
        found = [self.line.cells.get(at, "").strip() for at in places]
        return "；".join(dict.fromkeys(words for words in found if words))

    def said(self, key: str) -> str:
        """The words of a field that say anything: 无 and — count as empty."""
        words = self.text(key)
        return "" if words.lower() in NONE else words

    def needed(self, key: str, why: str) -> str:
        """The words of a field that must be there."""
        words = self.said(key)
        if not words and not self.faulty(key):
            self.fault(key, why)
        return words

    def read(self, key: str, reading: Callable[[str], _Read]) -> _Read | None:
        """What a cell means; None where it is empty or cannot be used."""
        words = self.said(key)
        if not words:
            return None
        try:
            return reading(words)
        except InputError as fault:
            self.fault(key, str(fault).rstrip("。"))
            return None

    def day(self, key: str) -> date | None:
        """The day of a cell, not later than today."""
        found = self.read(key, ledger_day)
        if found and found > self.today:
            self.fault(key, f"晚于今天 {self.today}；登记簿只记已经发生的事，请检查日期")
            return None
        return found

    def heading(self, key: str) -> str:
        """What the column is called in the file."""
        return self.sheet.columns.heading(key)

    def fault(self, key: str, what: str) -> None:
        """One thing that is wrong under a heading."""
        places = self.sheet.columns.places.get(key, ())
        value = "；".join(filter(None, (self.line.cells.get(at, "") for at in places)))
        one = Fault(self.place, self.heading(key), value, what)
        if one not in self.faults:
            self.faults.append(one)

    def faulty(self, key: str) -> bool:
        """Whether something was found wrong under a heading."""
        return any(one.heading == self.heading(key) for one in self.faults)
