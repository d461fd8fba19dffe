"""The information-processing fee (信息处理费): by piece or by page, band by band, with its steps.

By piece counts the requests of one applicant in one calendar month; by page counts the pages of one request.
Basis: 政府信息公开条例第四十二条; 政府信息公开信息处理费管理办法第三条至第五条 (text not held: rules unproved).
"""

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal

from assistant.errors import CorpusError, InputError
from assistant.law.provisions import ProvisionRef
from assistant.law.rules import (
    DATED,
    Row,
    Validity,
    one_of,
    read_basis,
    read_refs,
    read_rows,
    read_rules,
    read_validity,
    refuse_overlaps,
    require_keys,
)

FILE = "fees.yaml"

Method = Literal["by_piece", "by_page"]
METHODS: tuple[Method, Method] = ("by_piece", "by_page")

_TOP = {"notice": (str,), "only_one": (str,), "only_one_basis": (list,), "fees": (list,)}
_ROW = {
    "method": (str,),
    "name": (str,),
    "unit": (str,),
    "bands": (list,),
    "beyond": (dict,),
    "most": (int,),
    "notes": (list,),
    "basis": (list,),
    **DATED,
}
_BAND = {"up_to": (int,), "rate": (int,)}
_BEYOND = {"rate": (int,), "every": (int, type(None)), "raise": (int,)}
_NOTE = {"above": (int,), "words": (str,)}


@dataclass(frozen=True)
class Band:
    """Units `first` to `last` (None: all the rest), each at `rate` yuan."""

    first: int
    last: int | None
    rate: int


@dataclass(frozen=True)
class Step:
    """One band as far as it is used: how many units at which rate make which sum, and the article."""

    first: int
    last: int
    count: int
    rate: int
    sum: int
    article: str


@dataclass(frozen=True)
class Fee:
    """What is to be paid in yuan, with the steps that add up to it. `verified` is false: the text is unproved."""

    method: Method
    name: str
    unit: str
    before: int
    count: int
    amount: int
    steps: tuple[Step, ...]
    basis: tuple[ProvisionRef, ...]
    verified: bool
    warnings: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """Plain values under stable names."""
        return {**asdict(self), "basis": [str(ref) for ref in self.basis]}


@dataclass(frozen=True)
class FeeRule:
    """One method of counting, valid between two days."""

    method: Method
    name: str
    unit: str
    bands: tuple[Band, ...]
    every: int | None
    raised: int
    most: int
    notes: tuple[tuple[int, str], ...]
    basis: tuple[ProvisionRef, ...]
    validity: Validity

    def rising(self) -> Iterator[Band]:
        """The bands in order; the last of the table repeats, dearer each time, where the rule says so."""
        yield from self.bands[:-1]
        last = self.bands[-1]
        if self.every is None:
            yield last
            return
        first, rate = last.first, last.rate
        while True:
            yield Band(first, first + self.every - 1, rate)
            first, rate = first + self.every, rate + self.raised

    def steps(self, before: int, count: int) -> Iterator[Step]:
        """What the units after `before` cost, band by band."""
        upto = before + count
        for band in self.rising():
            first, last = max(band.first, before + 1), min(band.last or upto, upto)
            if first <= last:
                units = last - first + 1
                yield Step(first, last, units, band.rate, units * band.rate, str(self.basis[0]))
            if last == upto:
                return


@dataclass(frozen=True)
class FeeTable:
    """Both methods with what is said beside every answer."""

    rules: tuple[FeeRule, ...]
    notice: str
    only_one: str
    only_one_basis: tuple[ProvisionRef, ...]

    def fee(self, method: Method, count: int, on: date, before: int = 0) -> Fee:
        """What `count` units cost; by piece, `before` are those of the same applicant and month already counted.

        Raises InputError for counts that are negative or beyond reason, or a day without a rule.
        """
        rule = self._rule(method, on)
        _refuse_unusable(rule, before, count)
        steps = tuple(rule.steps(before, count)) if count else ()
        said = [words for above, words in rule.notes if before + count > above]
        return Fee(
            method=method,
            name=rule.name,
            unit=rule.unit,
            before=before,
            count=count,
            amount=sum(step.sum for step in steps),
            steps=steps,
            basis=rule.basis,
            verified=rule.validity.verified,
            warnings=(*said, *(() if rule.validity.verified else (self.notice,))),
        )

    def of_request(self, by_piece: int | None, by_page: int | None, on: date, before: int = 0) -> Fee:
        """The fee by the one method chosen. Raises InputError for both or neither, and pages counted on."""
        if by_piece is not None and by_page is not None:
            basis = "、".join(map(str, self.only_one_basis))
            raise InputError(f"按件和按页只能选一种：{self.only_one}依据：{basis}。请去掉其中一种。")
        if by_piece is not None:
            return self.fee("by_piece", by_piece, on, before)
        if by_page is None:
            raise InputError("没有给出件数或者页数。请用 --by-piece 件数，或者 --by-page 页数。")
        if before:
            raise InputError("按页计收以一件申请为准，不与此前的页数累计。请去掉此前的数量。")
        return self.fee("by_page", by_page, on)

    def of_next(self, earlier: Iterable[date], on: date, pieces: int = 1) -> Fee:
        """What one more request costs an applicant on a day, given the days of the earlier ones.

        Only those of the same calendar month count; a request split into several pieces stands there as often.
        """
        before = sum((day.year, day.month) == (on.year, on.month) for day in earlier)
        return self.fee("by_piece", pieces, on, before)

    def _rule(self, method: Method, on: date) -> FeeRule:
        for rule in self.rules:
            if rule.method == method and rule.validity.holds(on):
                return rule
        begun = min(rule.validity.valid_from for rule in self.rules if rule.method == method)
        raise InputError(f"{on} 没有有效的信息处理费标准（现有标准自 {begun} 起施行），请核对日期。")


def load_fees(rules_dir: Path) -> FeeTable:
    """The fee table. Raises CorpusError naming file, row and key."""
    found = read_rules(rules_dir / FILE)
    require_keys(found, _TOP, FILE)
    rules = tuple(_rule(row, where) for row, where in read_rows(found, "fees", FILE, "method"))
    refuse_overlaps(((rule.method, rule.validity) for rule in rules), FILE)
    for method in METHODS:
        if method not in {rule.method for rule in rules}:
            raise CorpusError(f"{FILE} fees：缺少 {method} 一行。")
    basis = read_refs(found["only_one_basis"], f"{FILE} only_one_basis")
    return FeeTable(rules, found["notice"], found["only_one"], basis)


def _rule(row: Row, where: str) -> FeeRule:
    require_keys(row, _ROW, where)
    beyond = row["beyond"]
    require_keys(beyond, _BEYOND, f"{where} beyond")
    if beyond["raise"] < 0 or (beyond["every"] is not None and beyond["every"] < 1):
        raise CorpusError(f"{where} beyond：“every”应当大于零，“raise”不得为负。")
    notes = [one for one, _ in read_rows(row, "notes", f"{where} notes", "above", _NOTE)]
    return FeeRule(
        method=one_of(row, "method", METHODS, where),
        name=row["name"],
        unit=row["unit"],
        bands=tuple(_bands(row, where)),
        every=beyond["every"],
        raised=beyond["raise"],
        most=row["most"],
        notes=tuple((one["above"], one["words"]) for one in notes),
        basis=read_basis(row, where),
        validity=read_validity(row),
    )


def _bands(row: Row, where: str) -> Iterator[Band]:
    """The bands one after another: each ends later and costs no less than the one before."""
    first, rate = 1, 0
    for one, place in read_rows(row, "bands", f"{where} bands", "up_to", _BAND):
        if one["up_to"] < first or one["rate"] < rate:
            raise CorpusError(f"{place}：每一档的“up_to”应当大于、“rate”不得小于前一档。")
        rate = one["rate"]
        yield Band(first, one["up_to"], rate)
        first = one["up_to"] + 1
    if row["beyond"]["rate"] < rate:
        raise CorpusError(f"{where} beyond：“rate”不得小于前一档。")
    yield Band(first, None, row["beyond"]["rate"])


def _refuse_unusable(rule: FeeRule, before: int, count: int) -> None:
    for number in (before, count, before + count):
        if number < 0:
            raise InputError(f"{rule.name}的数量“{number}”是负数，请填写 0 或者正整数。")
        if number > rule.most:
            raise InputError(
                f"{rule.name}的数量 {number} 超过 {rule.most}{rule.unit}，请核对是否多写了数字。"
            )
