"""The time limits of a disclosure request: channels, events, limits, ways of counting, each asked for on a day.

Basis: 政府信息公开条例第二十六条、第三十条至第三十五条、第四十九条; 行政复议法第二十条、第六十二条; 行政诉讼法第四十六条.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, Protocol, TypeVar

from assistant.errors import CorpusError, InputError
from assistant.law.rules import Validity

FILE = "deadlines.yaml"

Unit = Literal["workday", "day", "month", "year", "yearly"]
Once = Literal["case", "party", "term"]


@dataclass(frozen=True)
class Channel:
    """A way a request comes in: what fixes its day of receipt, what the file must hold."""

    id: str
    name: str
    day: str
    evidence: str
    note: str | None
    basis: str
    validity: Validity

    @property
    def label(self) -> str:
        """What the row is called in a message."""
        return self.name


@dataclass(frozen=True)
class EventKind:
    """Something that may happen to a request; `after` are the events of which one must stand before it.

    `who` and `period`: what to ask for of a person or organ and of a term, None where the event has none.
    """

    kind: str
    name: str
    after: tuple[str, ...]
    once: Once
    evidence: str
    who: str | None
    period: str | None
    basis: str


@dataclass(frozen=True)
class Length:
    """One measured part of a limit. `count` is None where the law gives no number, `month_day` for a yearly day."""

    key: str
    name: str
    count: int | None
    month_day: str | None
    unit: Unit
    starts: str
    after: str | None
    moves: bool
    basis: str
    verified: bool


@dataclass(frozen=True)
class Limit:
    """One row of the table of time limits, valid between two days."""

    row: str
    id: str
    name: str
    starts: str
    lengths: tuple[Length, ...]
    local: str | None
    silence: str | None
    note: str | None
    basis: str
    validity: Validity

    @property
    def label(self) -> str:
        """What the row is called in a message."""
        return self.name

    @property
    def term(self) -> Length:
        """The limit itself; the other lengths are its outer bounds and variants."""
        return self.lengths[0]

    @property
    def count(self) -> int:
        """The number of the limit itself. Raises CorpusError where a clock needs one and the row has none."""
        if self.term.count is None:
            raise CorpusError(f"{FILE} {self.id}：缺少天数（length）。")
        return self.term.count

    def length(self, key: str) -> Length:
        """A measured part by its key. Raises CorpusError where the row lacks it."""
        for length in self.lengths:
            if length.key == key:
                return length
        raise CorpusError(f"{FILE} {self.id}：lengths 里缺少“{key}”。")


@dataclass(frozen=True)
class Convention:
    """One way of counting that the clock follows and names."""

    id: str
    says: str
    basis: str
    validity: Validity

    @property
    def label(self) -> str:
        """What the row is called in a message."""
        return self.says


class Dated(Protocol):
    """A row found by its id and the days between which it is valid."""

    @property
    def id(self) -> str: ...
    @property
    def label(self) -> str: ...
    @property
    def validity(self) -> Validity: ...


_Row = TypeVar("_Row", bound=Dated)


@dataclass(frozen=True)
class DeadlineTable:
    """Every rule the clocks follow; a lookup names the day it is asked for."""

    channels: tuple[Channel, ...]
    events: Mapping[str, EventKind]
    limits: tuple[Limit, ...]
    conventions: tuple[Convention, ...]
    own_sections: re.Pattern[str]
    remedies: Mapping[str, tuple[str, ...]]

    def limit(self, id_: str, on: date) -> Limit:
        """The limit valid on that day. Raises InputError where none is, CorpusError for an unknown id."""
        return _valid(self.limits, id_, on)

    def convention(self, id_: str, on: date) -> Convention:
        """The way of counting valid on that day."""
        return _valid(self.conventions, id_, on)

    def channel(self, id_: str, on: date) -> Channel:
        """A channel by its name on the command line. Raises InputError listing the channels."""
        if id_ not in {channel.id for channel in self.channels}:
            names = "、".join(f"{channel.id}（{channel.name}）" for channel in self.channels)
            raise InputError(f"不认识的提交方式“{id_}”，可用：{names}。")
        return _valid(self.channels, id_, on)

    def known_limit(self, id_: str, on: date) -> Limit:
        """A limit the user named. Raises InputError listing the names."""
        if id_ not in {limit.id for limit in self.limits}:
            names = "、".join(f"{limit.id}（{limit.name}）" for limit in self.limits)
            raise InputError(f"不认识的期限“{id_}”，可用：{names}。")
        return self.limit(id_, on)


def _valid(rows: Sequence[_Row], id_: str, on: date) -> _Row:
    named = [row for row in rows if row.id == id_]
    for row in named:
        if row.validity.holds(on):
            return row
    if not named:
        raise CorpusError(f"{FILE}：缺少“{id_}”。")
    first = min(row.validity.valid_from for row in named)
    raise InputError(
        f"{on} 没有有效的期限规则“{named[0].label}”：现有规则自 {first} 起施行。请检查日期，此前的申请须按当时的规定人工计算。"
    )
