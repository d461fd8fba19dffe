"""The register as a ledger for people: one row a case, under the headings the import understands."""

import csv
import io
from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, Row, select

from assistant.cases.closing import RESULTS
from assistant.cases.copy_sheets import safe
from assistant.cases.ledger_entries import letter_told
from assistant.cases.ledger_headings import BY_KEY
from assistant.cases.reading import list_cases
from assistant.cases.records import WITHDRAWN, Case
from assistant.cases.register import OfficeRules
from assistant.cases.schema import disputes, letters
from assistant.triage.workbook import HEAD, Line, Page

_COLUMNS = (
    *(
        "number",
        "received",
        "applicant",
        "kind",
        "contact",
        "agent",
        "asked",
        "channel",
        "outcome",
        "replied",
    ),
    *("letter", "reasons", "decided", "by", "correction_notice", "correction_days", "correction_received"),
    *("extension", "fee_notice", "fee_paid", "withdrawn", "archived"),
    *("review", "review_authority", "review_filed", "review_concluded"),
    *("suit", "suit_kind", "suit_court", "suit_filed", "suit_concluded"),
)
# The first columns every ledger has; how wide the others are.
_ALWAYS, _USUAL = 10, 13.0
_WIDE = {"asked": 48.0, "reasons": 32.0, "outcome": 20.0, "letter": 22.0, "contact": 18.0}
_FIRST_OF = ("correction_notice", "correction_received", "extension", "fee_notice", "fee_paid")
_SUITS = {"lawsuit_direct": "未经复议直接起诉", "lawsuit_after_review": "复议后起诉"}
_PENDING = "尚未审结"
SHEET = "台账"

Held = Mapping[int, list[Row[Any]]]


def ledger_csv(connection: Connection, rules: OfficeRules) -> Iterator[bytes]:
    """The ledger as CSV that a spreadsheet opens as it should."""
    yield b"\xef\xbb\xbf"
    for line in ledger_lines(connection, rules):
        out = io.StringIO(newline="")
        csv.writer(out).writerow(line.cells)
        yield out.getvalue().encode("utf-8", "replace")


def ledger_page(connection: Connection, rules: OfficeRules) -> Page:
    """The ledger as the first sheet of a workbook: only the columns in which something stands."""
    lines = list(ledger_lines(connection, rules))
    held = [at for at, _ in enumerate(_COLUMNS) if at < _ALWAYS or any(line.cells[at] for line in lines[1:])]
    widths = tuple(_WIDE.get(_COLUMNS[at], _USUAL) for at in held)
    return Page(SHEET, widths, [Line(tuple(line.cells[at] for at in held), line.style) for line in lines])


def ledger_lines(connection: Connection, rules: OfficeRules) -> Iterator[Line]:
    """The headings, then each case in the order of receipt; no cell begins like a formula."""
    yield Line(tuple(BY_KEY[key].name for key in _COLUMNS), HEAD)
    numbers = _by_case(connection.execute(select(letters).order_by(letters.c.id)))
    disputed = _by_case(connection.execute(select(disputes).order_by(disputes.c.id)))
    for case in list_cases(connection, open_only=False):
        told = _case(case, rules, numbers) | _disputes(disputed.get(case.id, []))
        cells = (told.get(key, "") for key in _COLUMNS)
        yield Line(tuple(safe(words) if words else "" for words in cells))


def _case(case: Case, rules: OfficeRules, numbers: Held) -> dict[str, str]:
    decision, letter = case.decision, numbers.get(case.id, [])
    channels = {channel.id: channel.name for channel in rules.grounds.table.channels}
    withdrawn = case.day_of(WITHDRAWN)
    told = {
        "number": case.number,
        "received": case.received_on.isoformat(),
        "applicant": "、".join(one.name for one in case.applicants),
        "kind": rules.kinds[case.applicants[0].kind],
        "contact": case.applicants[0].contact or "",
        "agent": case.agent.name if case.agent else "",
        "asked": case.words,
        "channel": channels.get(case.channel or "", ""),
        "letter": letter[-1].number if letter else "",
        "outcome": rules.outcomes[decision.outcome].label if decision and not withdrawn else "",
        "reasons": decision.reasons if decision else "",
        "decided": decision.on.isoformat() if decision else "",
        "by": decision.decided_by if decision else "",
    }
    return told | _days(case)


def _days(case: Case) -> dict[str, str]:
    told: dict[str, str] = {}
    for one in case.standing:
        if one.event.kind in (*_FIRST_OF, "replied", "withdrawn", "archived"):
            told.setdefault(one.event.kind, one.event.on.isoformat())
        if one.event.kind == "replied" and letter_told(one.note):
            told["letter"] = letter_told(one.note)
        if one.event.kind == "correction_notice" and one.event.days:
            told.setdefault("correction_days", str(one.event.days))
    return told


def _disputes(rows: list[Row[Any]]) -> dict[str, str]:
    """The last review and the last suit of a case."""
    told: dict[str, str] = {}
    for row in rows:
        family, court = ("suit", "suit_court") if row.kind in _SUITS else ("review", "review_authority")
        told |= {
            family: RESULTS[row.result] if row.result else _PENDING,
            court: row.authority,
            f"{family}_filed": row.filed,
            f"{family}_concluded": row.concluded or "",
        }
        if row.kind in _SUITS:
            told["suit_kind"] = _SUITS[row.kind]
    return told


def _by_case(rows: Any) -> dict[int, list[Row[Any]]]:
    found: dict[int, list[Row[Any]]] = {}
    for row in rows:
        found.setdefault(row.case_id, []).append(row)
    return found
