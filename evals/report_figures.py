"""Figures of invented agencies that close: what a right annual report would show.

Every figure is addressed by table, row and column. Column by column new + carried in = handled + carried
out, results add up to what was handled, and last year's carried out is this year's carried in.
Basis: 政府信息公开条例第五十条; the relation printed in the corner of table two.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from random import Random
from typing import Any

import yaml

from evals.labelled import DATA

Number = int | Decimal
Key = tuple[str, str, str]
Figures = Mapping[Key, Number]

PARTIES = ("natural_person", "enterprise", "research", "public_benefit", "legal_service", "other")
COLUMNS = (*PARTIES, "total")
LEAVES = (
    "grant",
    "partial",
    "refuse.state_secret",
    "refuse.prohibited_by_law",
    "refuse.security_stability",
    "refuse.third_party",
    "refuse.internal_affairs",
    "refuse.deliberative",
    "refuse.enforcement_file",
    "refuse.administrative_query",
    "unable.not_held",
    "unable.needs_creation",
    "unable.still_unclear",
    "decline.petition",
    "decline.repeat",
    "decline.publication",
    "decline.excessive",
    "decline.reconfirm",
    "other.no_correction",
    "other.fee_unpaid",
    "other.other",
)
ROWS = ("new", "carried_in", *LEAVES, "total_handled", "carried_out")
REVIEWS = ("review", "lawsuit_direct", "lawsuit_after_review")
RESULTS = ("upheld", "corrected", "other", "pending")
DECISIONS = ("permits", "penalties", "coercion")
DOCUMENT_COLUMNS = ("issued", "repealed", "in_force")
# Received in a year: an office that hardly gets any, a usual one, a county, a big city.
SIZES = {"none": (0, 0), "sparse": (1, 4), "usual": (8, 60), "county": (120, 600), "city": (3000, 15000)}
KINDS = ("street", "township", "bureau", "county", "city")

_PARTY_WEIGHTS = (82, 12, 1, 1, 3, 1)
_LEAF_WEIGHTS = (40, 8, 1, 1, 1, 2, 3, 3, 3, 4, 18, 3, 2, 4, 2, 1, 1, 1, 2, 1, 4)
# Form of 2019 only: what stands beside the decisions, and procurement.
_OLD_ROWS = (*DECISIONS, "other_services")


@dataclass(frozen=True)
class Agency:
    """An invented organ: full name, what it calls itself, the place it belongs to, and its kind."""

    name: str
    short: str
    upper: str
    province: str
    kind: str


@dataclass(frozen=True)
class Facts:
    """An agency's year: the figures of its tables, those its prose tells, and last year's."""

    agency: Agency
    year: int
    form: str
    figures: Figures
    told: Figures
    previous: Figures


@cache
def words() -> Mapping[str, Any]:
    """Names and phrases of invented reports (evals/data/report_words.yaml)."""
    read: Mapping[str, Any] = yaml.safe_load((DATA / "report_words.yaml").read_text(encoding="utf-8"))
    return read


def invent(rng: Random, kind: str, size: str, form: str | None = None) -> Facts:
    """An agency and two years of figures that close; `form` None: the one in force that year."""
    years = {"2019": (2019, 2020), "2021": range(2021, 2026)}.get(form or "", range(2019, 2026))
    year = rng.choice(tuple(years))
    previous = figures(rng, kind, size)
    now = figures(rng, kind, size, previous)
    return Facts(agency(rng, kind), year, form or form_of(year), now, now, previous)


def form_of(year: int) -> str:
    """The form in force: that of 2021 since the reports of that year. Basis: 国办公开办函〔2021〕30号."""
    return "2019" if year < 2021 else "2021"


def agency(rng: Random, kind: str) -> Agency:
    """A name nobody bears, of a kind."""
    county, city = rng.choice(words()["counties"]), rng.choice(words()["cities"])
    upper = city if kind == "city" else county
    short = {
        "street": rng.choice(words()["streets"]),
        "township": rng.choice(words()["towns"]),
        "bureau": upper[:-1] + upper[-1] + rng.choice(words()["bureaus"]),
        "county": upper,
        "city": upper,
    }[kind]
    ends = {
        "street": "办事处",
        "bureau": "",
        "township": "人民政府",
        "county": "人民政府",
        "city": "人民政府",
    }
    lead = upper if kind in ("street", "township") else ""
    return Agency(lead + short + ends[kind], short, upper, rng.choice(words()["provinces"]), kind)


def figures(rng: Random, kind: str, size: str, previous: Figures | None = None) -> dict[Key, Number]:
    """One year's three tables; what last year carried out is carried in."""
    return {
        **_publication(rng, kind, size, previous),
        **_requests(rng, size, previous),
        **_disputes(rng, size),
    }


def changed(base: Figures, changes: Mapping[Key, int]) -> Figures:
    """The figures with some of them raised or lowered."""
    return {key: value + changes.get(key, 0) for key, value in base.items()}


def with_figures(facts: Facts, now: Figures) -> Facts:
    """The facts with other figures, which the prose tells too."""
    return replace(facts, figures=now, told=now)


def total(of: Figures, *rows: str) -> int:
    """Sum of request rows in the total column."""
    return sum(int(of["requests", row, "total"]) for row in rows)


def leaves_under(group: str) -> tuple[str, ...]:
    """The results under a head: refuse, unable, decline, other."""
    return tuple(leaf for leaf in LEAVES if leaf.startswith(f"{group}."))


def _requests(rng: Random, size: str, previous: Figures | None) -> dict[Key, Number]:
    low, high = SIZES[size]
    received = Counter(rng.choices(PARTIES, _PARTY_WEIGHTS, k=rng.randint(low, high)))
    rows: dict[str, Counter[str]] = {row: Counter() for row in ROWS}
    for party in PARTIES:
        carried = (
            int(previous["requests", "carried_out", party]) if previous else _some(rng, received[party], 0.06)
        )
        left = _some(rng, received[party], 0.08)
        handled = received[party] + carried - left
        results = Counter(rng.choices(LEAVES, _LEAF_WEIGHTS, k=handled))
        column = {"new": received[party], "carried_in": carried, "carried_out": left, **results}
        for row, value in column.items():
            rows[row][party] = value
        rows["total_handled"][party] = handled
    return {
        ("requests", row, column): sum(cells.values()) if column == "total" else cells[column]
        for row, cells in rows.items()
        for column in COLUMNS
    }


def _some(rng: Random, of: int, share: float) -> int:
    """A small part of a number, now and then of a small number, too."""
    return min(of, round(of * share * rng.random() * 2) + (rng.random() < 0.25))


def _disputes(rng: Random, size: str) -> dict[Key, Number]:
    most = {"none": 0, "sparse": 1, "usual": 3, "county": 9, "city": 300}[size]
    found: dict[Key, Number] = {}
    for row in REVIEWS:
        cells = {result: rng.choice((0, rng.randint(0, most))) for result in RESULTS}
        found |= {("disputes", row, result): value for result, value in cells.items()}
        found["disputes", row, "total"] = sum(cells.values())
    return found


def _publication(rng: Random, kind: str, size: str, previous: Figures | None) -> dict[Key, Number]:
    most = {"none": 9, "sparse": 80, "usual": 900, "county": 9000, "city": 400000}[size]
    found: dict[Key, Number] = {}
    for row, tops in (("regulations", 4 if kind == "city" else 0), ("normative_documents", 12)):
        found |= _documents(rng, row, tops, previous)
    for row in _OLD_ROWS:
        found["publication", row, "decisions"] = rng.choice((0, rng.randint(0, most), rng.randint(0, 9)))
        found["publication", row, "items_before"] = rng.randint(0, 200)
        found["publication", row, "items_change"] = rng.randint(-3, 3)
    found["publication", "fees", "amount"] = rng.choice((0, Decimal(rng.randint(101, 9_999_999)) / 10000))
    found["publication", "fees", "items_before"] = rng.randint(0, 9)
    found["publication", "fees", "items_change"] = rng.randint(-2, 2)
    found["publication", "procurement", "projects"] = rng.randint(0, 60)
    found["publication", "procurement", "spent"] = Decimal(rng.randint(0, 999_999)) / 100
    return found


def _documents(rng: Random, row: str, most: int, previous: Figures | None) -> dict[Key, Number]:
    """In force = last year's + issued − repealed."""
    before = int(previous["publication", row, "in_force"]) if previous else rng.randint(0, most * 6)
    issued = rng.randint(0, most)
    repealed = rng.randint(0, min(most // 2, before))
    values = (issued, repealed, before + issued - repealed)
    return {("publication", row, column): v for column, v in zip(DOCUMENT_COLUMNS, values, strict=True)}
