"""What the import of a ledger would do: the cases that are ready, the rows that cannot be, what to look at.

Nothing is written here. Doubles are told by number, and by applicant, day and words together, against the register
and within the file.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, select

from assistant.cases.ledger_cells import Cells, Fault, Place
from assistant.cases.ledger_entries import Entry, entry_of
from assistant.cases.ledger_headings import ASKED, BY_KEY, weaker_headings
from assistant.cases.ledger_table import Ledger, LedgerSheet
from assistant.cases.ledger_words import LedgerWords
from assistant.cases.numbers_told import series_pattern
from assistant.cases.schema import applicants, cases, letters, requests
from assistant.ingest.annual.form import plain_words
from assistant.law.clock_course import Grounds

Same = tuple[str, str, str]


@dataclass(frozen=True)
class Reading:
    """By what the rows are read: words, clocks, the day; of the settings the review authority and the series.

    `notices`: the event without which the yearly report questions an outcome (counting.yaml).
    """

    words: LedgerWords
    grounds: Grounds
    today: date
    authority: str | None
    series: str
    notices: Mapping[str, str]


@dataclass(frozen=True)
class Plan:
    """Everything known before a row is written."""

    ledger: Ledger
    entries: tuple[Entry, ...]
    faults: tuple[Fault, ...]
    notes: tuple[str, ...]

    @property
    def bad_rows(self) -> tuple[Place, ...]:
        """The rows that have a fault, each once."""
        return tuple(dict.fromkeys(fault.place for fault in self.faults))

    def to_json(self) -> dict[str, Any]:
        """As the command line prints it."""
        outcomes = Counter(one.decision.outcome for one in self.entries if one.decision)
        return {
            "file": self.ledger.name,
            "digest": self.ledger.digest,
            "sheets": [_sheet_json(sheet) for sheet in self.ledger.sheets],
            "passed_over": list(self.ledger.passed_over),
            "ready": len(self.entries),
            "bad": len(self.bad_rows),
            "years": dict(sorted(Counter(one.case.received_on.year for one in self.entries).items())),
            "outcomes": dict(sorted(outcomes.items())),
            "open": sum(not one.events or one.events[-1].event.kind not in _ENDS for one in self.entries),
            "faults": [
                {
                    "sheet": fault.place.sheet,
                    "row": fault.place.row,
                    "heading": fault.heading,
                    "value": fault.value,
                    "message": fault.what,
                }
                for fault in self.faults
            ],
            "notes": list(self.notes),
        }


_ENDS = ("replied", "withdrawn", "archived")


def plan_import(connection: Connection, ledger: Ledger, reading: Reading) -> Plan:
    """The ledger as cases, held against the register as it stands in this view."""
    entries, faults = [], list[Fault]()
    for sheet in ledger.sheets:
        for line in sheet.lines:
            cells = Cells(sheet, line, reading.words, reading.today)
            entry = entry_of(cells, reading.grounds, reading.authority)
            entries += [(sheet, entry)] if entry else []
            faults += cells.faults
    doubles = list(_doubles(connection, entries))
    faults += doubles
    bad = {fault.place for fault in doubles}
    good = tuple(entry for _, entry in entries if entry.place not in bad)
    notes = [
        *_heading_notes(ledger.sheets),
        *(f"{one.place}：{note}。" for one in good for note in one.notes),
    ]
    notes += [*_letter_notes(connection, good), *_series_notes(reading.series, good)]
    notes += _notice_notes(reading, good)
    faults.sort(
        key=lambda fault: ([one.name for one in ledger.sheets].index(fault.place.sheet), fault.place.row)
    )
    return Plan(ledger, good, tuple(faults), tuple(notes))


def same_of(applicant: str, received: str, words: str) -> Same:
    """What makes two rows the same letter: who, which day, which words; blanks and widths do not count."""
    return plain_words(applicant), received, plain_words(words)


def _doubles(connection: Connection, entries: Iterable[tuple[LedgerSheet, Entry]]) -> Iterator[Fault]:
    numbers: dict[str, str] = dict.fromkeys(connection.scalars(select(cases.c.number)), "登记簿里的")
    known: Mapping[Same, str] = _known(connection, {one.case.received_on.isoformat() for _, one in entries})
    seen = dict(known)
    for sheet, one in entries:
        where = f"{one.place}的"
        if one.number and one.number in numbers:
            what = f"与{numbers[one.number]}编号相同；请改正编号，或者删去这一行"
            yield Fault(one.place, sheet.columns.heading("number"), one.number, what)
            continue
        same = same_of(one.case.applicants[0].name, one.case.received_on.isoformat(), one.case.words)
        if same in seen:
            what = f"与{seen[same]}申请人、收到日期、申请内容都相同，可能重复；确是两件的，请在内容里写明区别"
            yield Fault(one.place, sheet.columns.heading(ASKED), one.case.words, what)
            continue
        seen[same] = where
        if one.number:
            numbers[one.number] = where


def _known(connection: Connection, days: set[str]) -> dict[Same, str]:
    """The letters of the register that came in between the first and the last of the days."""
    if not days:
        return {}
    rows = connection.execute(
        select(cases.c.number, cases.c.received_on, applicants.c.name, requests.c.words)
        .join(applicants, applicants.c.case_id == cases.c.id)
        .join(requests, requests.c.case_id == cases.c.id)
        .where(applicants.c.place == 1, cases.c.received_on >= min(days), cases.c.received_on <= max(days))
    )
    return {
        same_of(row.name, row.received_on, row.words): f"登记簿里的 {row.number} "
        for row in rows
        if row.received_on in days
    }


def _heading_notes(sheets: Iterable[LedgerSheet]) -> Iterator[str]:
    for sheet in sheets:
        where = f"工作表“{sheet.name}”" if sheet.name else "表头"
        for told, heading in weaker_headings(sheet.columns):
            yield f"{where}：把“{heading}”一栏看作{told.name}；不是的，请用对照文件（--mapping）写明。"


def _letter_notes(connection: Connection, entries: Iterable[Entry]) -> Iterator[str]:
    """A document number that stands twice is told, not refused: one letter may have answered two requests."""
    given = set(connection.scalars(select(letters.c.number)))
    for number, times in Counter(one.letter for one in entries if one.letter).items():
        if times > 1 or number in given:
            yield f"文号“{number}”不止用过一次；请核对。"


def _notice_notes(reading: Reading, entries: Iterable[Entry]) -> Iterator[str]:
    """What the yearly report will ask for: a notice that must have gone out before."""
    for one in entries:
        needed = reading.notices.get(one.decision.outcome) if one.decision else None
        if one.decision and needed and needed not in {happened.event.kind for happened in one.events}:
            label = reading.words.outcomes[one.decision.outcome].label
            notice = reading.grounds.table.events[needed].name
            yield (
                f"{one.place}：“{label}”应当有“{notice}”在先，台账里没有它的日期；照样导入，"
                "但年报的核对（R8）会指出这一件，请补写日期。"
            )


def _series_notes(series: str, entries: Iterable[Entry]) -> Iterator[str]:
    """Numbers of another make are kept, and the office's series cannot go on after them."""
    pattern = series_pattern(series)
    strange = [one.number for one in entries if one.number and not pattern.fullmatch(one.number)]
    if strange:
        yield (
            f"有 {len(strange)} 个编号（如“{strange[0]}”）不是“{series}”的格式，原样保留；新收的申请仍按“{series}”从头编号。"
            "要接着旧号编的，请先改 assistant.toml 的 register.case_series。"
        )


def _sheet_json(sheet: LedgerSheet) -> dict[str, Any]:
    columns = sheet.columns
    return {
        "sheet": sheet.name,
        "rows": len(sheet.lines),
        "columns": {
            BY_KEY[key].name: [columns.headings[at] for at in places]
            for key, places in columns.places.items()
        },
        "unused": list(columns.unused),
    }
