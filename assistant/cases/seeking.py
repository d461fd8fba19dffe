"""Cases looked for in the list: by year, by what is open, by words of number, applicant or request, by outcome.

Basis: the house's own.
"""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Connection, Select, func, or_, select

from assistant.cases import schema
from assistant.cases.entries import Page, entries_by_id
from assistant.cases.listing import CasePage, Listed, list_page
from assistant.cases.register import OfficeRules
from assistant.cases.standing import standing_of
from assistant.errors import InputError


@dataclass(frozen=True)
class Sought:
    """What is looked for: the year of receipt, ended cases too (a year always brings them), words, an outcome."""

    year: int | None = None
    every: bool = False
    words: str = ""
    outcome: str | None = None

    @property
    def narrow(self) -> bool:
        """Whether more is asked than the plain list tells."""
        return bool(self.words.strip() or self.outcome)


def seek(view: Connection, rules: OfficeRules, on: date, sought: Sought, page: Page) -> CasePage:
    """A page of what fits, in the order of the list. Raises InputError for a page there is not."""
    if not sought.narrow:
        return list_page(view, rules, on, (sought.year, sought.every), page)
    if sought.year is None and not sought.every:
        fitting = set(view.execute(_fitting(sought, on)).scalars())
        plain = list_page(view, rules, on, (None, False), None)
        rows = tuple(row for row in plain.rows if row[0].id in fitting)
        return _page(rows[(page.number - 1) * page.size : page.number * page.size], len(rows), page)
    asked = _fitting(sought, on)
    total = int(view.execute(select(func.count()).select_from(asked.subquery())).scalar_one())
    latest = asked.order_by(schema.cases.c.received_on.desc(), schema.cases.c.id.desc())
    ids = view.execute(latest.limit(page.size).offset((page.number - 1) * page.size)).scalars()
    entries = reversed(entries_by_id(view, list(ids)))
    return _page(tuple((entry, standing_of(entry, rules.grounds, on)) for entry in entries), total, page)


def _page(rows: tuple[Listed, ...], total: int, page: Page) -> CasePage:
    pages = -(-total // page.size)
    if page.number > max(pages, 1):
        raise InputError(f"没有第 {page.number} 页：共 {total} 件，{pages} 页。")
    return CasePage(rows, total, page.number, pages)


def _fitting(sought: Sought, on: date) -> Select[tuple[int]]:
    """The ids of the cases received by a day that fit."""
    cases, words = schema.cases.c, sought.words.strip()
    asked = select(cases.id).where(cases.received_on <= on.isoformat())
    if sought.year is not None:
        asked = asked.where(cases.received_on.between(f"{sought.year:04}-01-01", f"{sought.year:04}-12-31"))
    if words:
        asked = asked.where(_bears(words))
    if sought.outcome:
        decided = schema.decisions.c
        standing = select(decided.case_id).where(schema.STANDING, decided.outcome == sought.outcome)
        asked = asked.where(cases.id.in_(standing))
    return asked


def _bears(words: str) -> ColumnElement[bool]:
    """The words stand in the number, in an applicant's name or in what is asked."""
    cases, people, items = schema.cases.c, schema.applicants.c, schema.items.c
    named = select(people.case_id).where(people.name.contains(words, autoescape=True))
    asking = select(items.case_id).where(items.asked.contains(words, autoescape=True))
    return or_(cases.number.contains(words, autoescape=True), cases.id.in_(named), cases.id.in_(asking))
