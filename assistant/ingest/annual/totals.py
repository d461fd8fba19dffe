"""What the tables say about each thing the prose counts: every figure a right sentence could give.

Words are looser than cells: 收到25件 may include what was carried in, 答复17件 may leave out what was not
answered but closed. Only a figure that fits no reading contradicts the table.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from assistant.ingest.annual.form import ReportForm
from assistant.ingest.annual.relations import Figures
from assistant.ingest.annual.tables import Number

_SUITS = ("lawsuit_direct", "lawsuit_after_review")
_TOTAL = "total"


@dataclass(frozen=True)
class Expected:
    """The table's side: its name and figure, every figure that agrees, and the least where more agree.

    `applicant`: `values` are those of one kind of applicant among the new, those to be handled, the handled.
    """

    name: str
    shown: Number | None
    values: tuple[Number | None, ...]
    least: Number | None = None
    applicant: bool = False

    @property
    def known(self) -> bool:
        """Whether the source shows the figure."""
        return self.shown is not None

    def agrees(self, value: Number, at_most: bool = False) -> bool:
        """Whether the prose may give this figure."""
        if value in self.values:
            return True
        least = 0 if at_most else self.least
        return self.shown is not None and least is not None and least <= value <= self.shown


@dataclass(frozen=True)
class Totals:
    """The figures of a report as the prose names them."""

    seen: Figures
    form: ReportForm

    def of(self, row: str, column: str = _TOTAL) -> Number | None:
        """A figure of table two."""
        return self.seen.get(("requests", row, column))

    @property
    def to_handle(self) -> Number | None:
        """New and carried in."""
        return added((self.of("new"), self.of("carried_in")))

    def expected(self, item: str, partial_told: bool) -> Expected | None:
        """What the tables say of an item of the prose; None for an item no table holds."""
        if item.startswith("documents."):
            value = self.seen.get(("publication", "normative_documents", item.split(".")[1]))
            return Expected("行政规范性文件", value, (value,))
        if item.split(".")[0] in ("review", "lawsuits", "disputes", *_SUITS):
            return self._dispute(*item.split("."))
        return self._stage(item) or self._applicant(item) or self._outcome(item, partial_told)

    def _stage(self, item: str) -> Expected | None:
        new, handled, every = self.of("new"), self.of("total_handled"), self.to_handle
        rows = self.form.tables["requests"].rows
        name = {
            code: f"“{rows[code].mark}{rows[code].label}”"
            for code in ("new", "carried_in", "total_handled", "carried_out")
        }
        stages = {
            "new": Expected(name["new"], new, (new,)),
            "received": Expected(name["new"], new, (new, every)),
            "treated": Expected(name["total_handled"], handled, (handled, new, every)),
            "handled": Expected(name["total_handled"], handled, (handled,)),
            "answered": Expected(name["total_handled"], handled, (handled,), self._answered_at_least()),
            "carried_in": Expected(name["carried_in"], self.of("carried_in"), (self.of("carried_in"),)),
            "carried_out": Expected(name["carried_out"], self.of("carried_out"), (self.of("carried_out"),)),
            "pending": Expected(name["carried_out"], self.of("carried_out"), (self.of("carried_out"),)),
        }
        return stages.get(item)

    def _answered_at_least(self) -> Number | None:
        """Handled without what is closed without an answer: 不予处理 and 其他处理."""
        closed = (*self._group("decline"), *self._group("other"))
        handled, without = self.of("total_handled"), added(closed)
        return None if handled is None or without is None else handled - without

    def _group(self, code: str, column: str = _TOTAL) -> tuple[Number | None, ...]:
        """The results of a group; the form of 2019 has 其他处理 in one row."""
        leaves = tuple(self.of(row, column) for row in self.form.tables["requests"].groups[code].of)
        whole = self.of(code, column) if code == "other" else None
        return (whole,) if None in leaves and whole is not None else leaves

    def _applicant(self, item: str) -> Expected | None:
        table = self.form.tables["requests"]
        if item in table.columns and item != "other":
            columns: tuple[str, ...] = (item,)
        elif item in table.column_groups:
            columns = table.column_groups[item].of
        else:
            return None
        new, before, handled = (
            added(self.of(row, column) for column in columns)
            for row in ("new", "carried_in", "total_handled")
        )
        return Expected(
            f"新收申请“{table.column(item).label}”", new, (new, added((new, before)), handled), applicant=True
        )

    def _outcome(self, item: str, partial_told: bool) -> Expected | None:
        table = self.form.tables["requests"]
        if item == "grant+partial":
            both = added((self.of("grant"), self.of("partial")))
            return Expected("“予以公开”与“部分公开”合计", both, (both,))
        if item in table.groups:
            value = added(self._group(item))
            return Expected(f"“{table.groups[item].mark}{table.groups[item].label}”合计", value, (value,))
        if item not in table.rows:
            return None
        value = self.of(item)
        merged = added((value, self.of("partial"))) if item == "grant" and not partial_told else None
        values = (value,) if merged is None else (value, merged)
        return Expected(f"“{table.rows[item].mark}{table.rows[item].label}”", value, values)

    def _dispute(self, row: str, column: str) -> Expected:
        rows = {"lawsuits": _SUITS, "disputes": ("review", *_SUITS)}.get(row, (row,))
        label = {"review": "行政复议", "lawsuits": "行政诉讼", "disputes": "行政复议、行政诉讼"}
        table = self.form.tables["disputes"]
        value = added(self.seen.get(("disputes", code, column)) for code in rows)
        name = f"{label.get(row) or table.rows[row].printed}“{table.columns[column].label}”"
        return Expected(name, value, (value,))


def added(values: Iterable[Number | None]) -> Number | None:
    """The sum, or None where a part is not available."""
    listed = list(values)
    return None if None in listed or not listed else sum((value or 0 for value in listed), start=0)
