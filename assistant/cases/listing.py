"""The list of cases, page by page: the open ones by their deadline, or all by day of receipt, the latest first.

A page reads and reckons what stands on it and no more, whatever the register holds. Basis: the house's own.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection

from assistant.cases.entries import Entry, Page, count_entries, page_entries
from assistant.cases.open_cases import open_entries
from assistant.cases.register import OfficeRules
from assistant.cases.standing import Standing, standing_of
from assistant.errors import InputError
from assistant.law.outcomes import Outcomes

Listed = tuple[Entry, Standing]


@dataclass(frozen=True)
class CasePage:
    """Some cases with where they stand; how many there are in all, which page this is, how many pages there are."""

    rows: tuple[Listed, ...]
    total: int
    page: int
    pages: int


def list_page(
    view: Connection, rules: OfficeRules, on: date, chosen: tuple[int | None, bool], page: Page | None
) -> CasePage:
    """A page of the list as of a day; all of it where no page is named.

    `chosen`: the year of receipt, and whether ended cases are wanted too (a year always brings them).
    Raises InputError for a page there is not.
    """
    year, every = chosen
    if year is None and not every:
        rows = sorted(_stand(open_entries(view, on), rules, on), key=_nearest)
        total, part = len(rows), _part(rows, page)
    else:
        total = count_entries(view, year, on)
        part = list(_stand(page_entries(view, year, on, page), rules, on))
    pages = -(-total // page.size) if page else 1
    if page and page.number > max(pages, 1):
        raise InputError(f"没有第 {page.number} 页：共 {total} 件，{pages} 页。")
    return CasePage(tuple(part), total, page.number if page else 1, pages)


def list_json(found: CasePage, outcomes: Outcomes) -> list[dict[str, Any]]:
    """The cases of a page as data, one line each, with the fields of a case's own summary."""
    return [
        {
            "number": entry.number,
            "version": entry.version,
            "received": entry.received_on.isoformat(),
            "applicant": entry.applicant,
            "kind": entry.kind,
            "state": standing.state,
            "due": standing.due.isoformat() if standing.due else None,
            "days_left": standing.clock.days_left if standing.due else None,
            "provisional": standing.clock.provisional,
            "outcome": entry.outcome,
            "label": outcomes[entry.outcome].label if entry.outcome else None,
        }
        for entry, standing in found.rows
    ]


def _stand(entries: Iterable[Entry], rules: OfficeRules, on: date) -> list[Listed]:
    return [(entry, standing_of(entry, rules.grounds, on)) for entry in entries]


def _nearest(row: Listed) -> tuple[bool, date, date]:
    entry, standing = row
    return standing.due is None, standing.due or date.max, entry.received_on


def _part(rows: list[Listed], page: Page | None) -> list[Listed]:
    return rows if page is None else rows[(page.number - 1) * page.size : page.number * page.size]
