"""A question about published figures, read into rows, columns, years and agencies.

Whatever asks for no figure of the three tables is no such question; a word that could mean two rows
names both and chooses neither.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

from assistant.ingest.annual.figure_places import Places, find_places
from assistant.ingest.annual.figure_words import Mark, Sense, blank, find_marks
from assistant.ingest.annual.form import ReportForm, plain_words
from assistant.ingest.annual.report import Report

Mode = Literal["count", "share", "change"]

_PART_OF = re.compile(r"(?:的|了|到|政府信息公开|信息公开|申请|办件|件|全部|所有)*(?:当中|之中|里面|中|里)")


@dataclass(frozen=True)
class Asked:
    """A row and a column of a table; either may be a group that is added up.

    `span`: where the question names it. `vague`: the words there fit other rows too.
    """

    table: str
    row: str
    column: str
    span: tuple[int, int]
    vague: bool = False

    @property
    def place(self) -> tuple[str, str, str]:
        """Table, row and column."""
        return self.table, self.row, self.column


@dataclass(frozen=True)
class FigureQuestion:
    """The figures asked for, what a share is taken of (`whole`), and of which reports.

    `together`: their sum is asked for. `several_meant`: a word of the question fits several rows.
    """

    asked: tuple[Asked, ...]
    whole: Asked | None
    mode: Mode
    places: Places
    every_year: bool
    together: bool
    several_meant: bool


def read_question(
    question: str, reports: Iterable[Report], form: ReportForm, today: date
) -> FigureQuestion | None:
    """The figures a question asks for, or None where it asks for none."""
    text, words = plain_words(question), form.words
    if len(text) > words["longest"] or _has(text, words["veto"]):
        return None
    marks = find_marks(text, form)
    asked = _asked(marks, form)
    if not asked or not _asks_quantity(text, asked, form):
        return None
    rest = blank(text, [(mark.start, mark.end) for mark in marks])
    places = find_places(rest, reports, words, today)
    named = places.years or places.agencies or places.own
    if not named and _has(rest, words["law_words"]):
        return None
    mode = _mode(rest, marks, words)
    parts, whole = _part_and_whole(asked, text, rest.find("占") if mode == "share" else -1)
    return FigureQuestion(
        asked=tuple(parts),
        whole=whole,
        mode=mode,
        places=places,
        every_year=_has(rest, words["every_year"]),
        together=_has(rest, words["together"]) and len(re.findall("多少|几", text)) == 1,
        several_meant=any(one.vague for one in parts),
    )


def _has(text: str, words: Iterable[str]) -> bool:
    return any(word in text for word in words)


def _asks_quantity(text: str, asked: list[Asked], form: ReportForm) -> bool:
    """多少件 asks for a figure of a table; 多少天 does not, and 多少元 only of a row counted in money."""
    if not _has(text, form.words["quantity"]):
        return False
    units = "|".join(map(re.escape, form.words["other_units"]))
    others = len(re.findall(rf"(?:多少|几)(?:{units})", text))
    money = any(form.tables[one.table].row(one.row).unit == "万元" for one in asked)
    return money or not others or others < len(re.findall("多少|几", text))


def _mode(rest: str, marks: list[Mark], words: Mapping[str, Any]) -> Mode:
    if any(mark.sense.kind == "change" for mark in marks):
        return "change"
    return "share" if _has(rest, words["share"]) else "count"


def _part_and_whole(asked: list[Asked], text: str, share_at: int) -> tuple[list[Asked], Asked | None]:
    """收到的申请中予以公开多少: the first is the whole, the second the part; so is what stands after 占."""

    def is_whole(one: Asked) -> bool:
        after = -1 < share_at < one.span[0] and any(other.span[0] < share_at for other in asked)
        return after or bool(_PART_OF.match(text, one.span[1]))

    wholes = [one for one in asked if is_whole(one)]
    parts = [one for one in asked if one not in wholes]
    return (parts, wholes[0] if wholes else None) if parts else (asked, None)


def _asked(marks: list[Mark], form: ReportForm) -> list[Asked]:
    """Each row with its column, in the order of the question; a column alone leans on a neighbouring clause."""
    clauses: dict[int, list[Mark]] = {}
    for mark in marks:
        clauses.setdefault(mark.clause, []).append(mark)
    rows = {clause: _rows(members, form) for clause, members in clauses.items()}
    found: dict[tuple[str, str, str], Asked] = {}
    for clause, members in clauses.items():
        columns = [mark for mark in members if mark.sense.kind == "column"]
        for one in _crossed(rows[clause] or _leaning(columns, clause, rows, form), columns, form):
            found.setdefault(one.place, one)
    return list(found.values())


def _rows(marks: list[Mark], form: ReportForm) -> list[Mark]:
    """The rows a clause means: named ones first, then what words of several rows may mean, then weak words."""
    absent = {table for mark in marks if mark.sense.kind == "elsewhere" for table in mark.sense.codes}
    tables = {mark.sense.table for mark in marks if mark.sense.kind in ("row", "column")}

    def of(*kinds: str) -> list[Mark]:
        return [m for m in marks if m.sense.kind in kinds and m.sense.table not in absent]

    opened = [mark for mark in of("open") if tables <= {mark.sense.table}]
    named = sorted([*of("row"), *opened], key=lambda mark: mark.start)
    if named or not tables <= {"requests"}:
        return _without_heads(named, form)
    return of("vague") or of("weak")


def _without_heads(rows: list[Mark], form: ReportForm) -> list[Mark]:
    """因国家秘密不予公开: the row is meant, not the whole group."""
    members = {code for mark in rows for code in mark.sense.codes}

    def is_head(mark: Mark) -> bool:
        return any(members & set(form.tables[mark.sense.table].row(code).of) for code in mark.sense.codes)

    return [mark for mark in rows if not is_head(mark)]


def _leaning(
    columns: list[Mark], clause: int, rows: Mapping[int, list[Mark]], form: ReportForm
) -> list[Mark]:
    """Rows for a column named alone: those of the clause before, else of the next, else every row that has it."""
    if not columns:
        return []
    table, code = columns[0].sense.table, columns[0].sense.codes[0]
    near = sorted(rows, key=lambda other: (other > clause, abs(other - clause)))
    for other in near:
        leant = [mark for mark in rows[other] if mark.sense.table == table]
        if leant:
            return leant
    if not form.tables[table].columns_alone:
        return []
    having = tuple(row.code for row in form.tables[table].rows.values() if code in row.columns)
    return [replace(columns[0], sense=Sense("row", table, having))]


def _crossed(rows: list[Mark], columns: list[Mark], form: ReportForm) -> Iterator[Asked]:
    for mark in rows:
        table = form.tables[mark.sense.table]
        for code in mark.sense.codes:
            named = [c.sense.codes[0] for c in columns if c.sense.table == table.code]
            for column in table.columns_for(code, named):
                yield Asked(table.code, code, column, (mark.start, mark.end), mark.sense.kind == "vague")
