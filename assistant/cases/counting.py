"""How cases are counted by year: when one was received, when and how it ended, by whose kind it counts.

Basis: corpus/rules/counting.yaml, each row with its own; 国办公开办函〔2021〕30号.
"""

import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from assistant.cases.reading import day, load_case_by_id
from assistant.cases.records import REPLIED, WITHDRAWN
from assistant.cases.standing import lapsed_on
from assistant.errors import CorpusError
from assistant.law.clock_course import Grounds
from assistant.law.provisions import ProvisionRef
from assistant.law.rules import (
    DATED,
    Validity,
    read_rows,
    read_rules,
    read_validity,
    read_words,
    refuse_overlaps,
    require_keys,
)

FILE = "counting.yaml"
RULES = ("received", "concluded", "lapsed", "withdrawn", "carried_out", "applicant", "disputes")

_TOP = {"rules": (list,), "notices": (list,)}
_ROW = {"rule": (str,), "says": (str,), "outcomes": (list,), "basis": (list,), **DATED}
_NOTICE = {"outcome": (str,), "event": (str,)}
_WAITED = ("correction_notice", "fee_notice")


@dataclass(frozen=True)
class CountingRule:
    """One rule of counting in words, with the rows of table two it speaks of."""

    rule: str
    says: str
    outcomes: tuple[str, ...]
    basis: tuple[str, ...]
    validity: Validity


@dataclass(frozen=True)
class CountingRules:
    """Every rule; `notices`: outcome → the event without which no case may count there."""

    rules: tuple[CountingRule, ...]
    notices: Mapping[str, str]

    def of(self, rule: str, year: int) -> CountingRule:
        """The rule valid at the end of a year; before the first edition, the first."""
        editions = [one for one in self.rules if one.rule == rule]
        end = date(year, 12, 31)
        return next((one for one in editions if one.validity.holds(end)), editions[0])

    def outcomes(self, rule: str, year: int) -> tuple[str, ...]:
        """The rows of table two a rule speaks of."""
        return self.of(rule, year).outcomes


@dataclass(frozen=True)
class Counted:
    """A case as the yearly report counts it.

    `closed` is None while it is open; `outcome` is the one row it counts in. `lapsed`: given up by silence, and
    nobody has decided yet. `events`: the kinds of what happened, as far as the rules ask for them.
    """

    number: str
    kind: str
    received: date
    closed: date | None
    outcome: str | None
    lapsed: date | None
    withdrawn: bool
    events: frozenset[str]


def load_counting(rules_dir: Path) -> CountingRules:
    """The rules of counting. Raises CorpusError naming file, row and key."""
    found = read_rules(rules_dir / FILE)
    require_keys(found, _TOP, FILE)
    rules = []
    for row, where in read_rows(found, "rules", FILE, "rule"):
        require_keys(row, _ROW, where)
        rules.append(
            CountingRule(
                row["rule"],
                row["says"],
                read_words(row, "outcomes", where, least=0),
                tuple(_printed(words) for words in read_words(row, "basis", where)),
                read_validity(row),
            )
        )
    refuse_overlaps(((one.rule, one.validity) for one in rules), FILE)
    missing = sorted(set(RULES) - {one.rule for one in rules})
    if missing:
        raise CorpusError(f"{FILE}：缺少规则“{missing[0]}”。")
    notices = {}
    for row, where in read_rows(found, "notices", FILE, "outcome"):
        require_keys(row, _NOTICE, where)
        notices[row["outcome"]] = row["event"]
    return CountingRules(tuple(rules), notices)


def count_cases(
    connection: sqlite3.Connection, year: int, rules: CountingRules, grounds: Grounds, as_of: date
) -> Iterator[Counted]:
    """Every case a year's table may count, as of a day: received by its end, and not ended before it began."""
    kinds = _event_kinds(connection)
    last = min(as_of, date(year, 12, 31))
    rows = connection.execute(_SELECT, (last.isoformat(), f"{year:04}-01-01"))
    for row in rows.fetchall():
        counted = _counted(connection, row, kinds.get(row["id"], frozenset()), (year, rules, grounds, as_of))
        if counted.closed is None or counted.closed.year >= year:
            yield counted


def _counted(
    connection: sqlite3.Connection,
    row: sqlite3.Row,
    events: frozenset[str],
    by: tuple[int, CountingRules, Grounds, date],
) -> Counted:
    year, rules, grounds, as_of = by
    outcome: str | None = row["outcome"]
    closed, lapsed = day(row["ended"]), None
    if closed and closed > as_of:
        closed = None
    withdrawn = closed is not None and row["ending"] == WITHDRAWN
    if withdrawn:
        outcome = rules.outcomes("withdrawn", year)[0]
    else:
        silent = outcome in rules.outcomes("lapsed", year) or (closed is None and outcome is None)
        if silent and events & set(_WAITED):
            lapsed = lapsed_on(load_case_by_id(connection, row["id"]).filing, grounds, as_of)
        if outcome is not None and lapsed:
            closed, lapsed = lapsed, None
    received = date.fromisoformat(row["received_on"])
    return Counted(row["number"], row["kind"], received, closed, outcome, lapsed, withdrawn, events)


def _event_kinds(connection: sqlite3.Connection) -> dict[int, frozenset[str]]:
    """The kinds of standing events by case, as far as counting asks for them."""
    found: dict[int, set[str]] = {}
    for row in connection.execute(
        "SELECT DISTINCT case_id, kind FROM events WHERE struck_why IS NULL AND kind IN"
        " ('correction_notice', 'correction_received', 'fee_notice')"
    ):
        found.setdefault(row["case_id"], set()).add(row["kind"])
    return {case_id: frozenset(kinds) for case_id, kinds in found.items()}


def _printed(words: str) -> str:
    """A provision in print; a document without articles as it is cited."""
    return str(ProvisionRef.parse(words)) if words.startswith("《") else words


_SELECT = f"""
SELECT c.id, c.number, c.received_on, a.kind, d.outcome, e.happened AS ended, e.kind AS ending
FROM cases c
JOIN applicants a ON a.case_id = c.id AND a.place = 1
LEFT JOIN decisions d ON d.case_id = c.id AND d.replaced_why IS NULL
LEFT JOIN events e ON e.case_id = c.id AND e.struck_why IS NULL AND e.kind IN ('{REPLIED}', '{WITHDRAWN}')
WHERE c.received_on <= ? AND c.id NOT IN
    (SELECT case_id FROM events
     WHERE struck_why IS NULL AND kind IN ('{REPLIED}', '{WITHDRAWN}') AND happened < ?)
ORDER BY c.received_on, c.id
"""
