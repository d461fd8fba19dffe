"""The tables of the register, the same on SQLite and PostgreSQL.

One case = one letter received. Nothing that can be computed is stored: status, deadline and every figure of the
yearly report follow from these rows. Days are ISO dates, moments ISO date-times with their zone, both as words;
only whole numbers, words and nothing (NULL) are kept, so that a case has one digest on every database.
Ids are drawn in the write's transaction like the numbers: writers come one after the other.
"""

from typing import Any

from sqlalchemy import (
    CheckConstraint,
    Column,
    ColumnElement,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    and_,
    func,
    literal_column,
    select,
)
from sqlalchemy import table as named
from sqlalchemy.types import TypeEngine

from assistant.cases.records import ARCHIVED, FAMILIES, REPLIED, WITHDRAWN

METADATA = MetaData()
# A column added after the first edition says so, `info={LATER: True}`: the digest of a case counts it where filled.
LATER = "later"

# On PostgreSQL the migrations make these columns COLLATE "C": words sort byte by byte, whatever the server speaks.
WORDS: TypeEngine[Any] = Text()

_FAMILIES = ", ".join(f"'{family}'" for family in FAMILIES)


def _id(table: str) -> Column[int]:
    """One more than the last: what SQLite does by itself, without the gaps of a sequence."""
    last: ColumnElement[int] = func.coalesce(func.max(literal_column("id")), 0)
    following = select(last + 1).select_from(named(table)).scalar_subquery()
    return Column("id", Integer, primary_key=True, autoincrement=False, default=following)


def _case(unique: bool = False) -> Column[int]:
    return Column("case_id", Integer, ForeignKey("cases.id"), nullable=False, unique=unique)


def _words(name: str) -> Column[str]:
    return Column(name, WORDS, nullable=False)


def _some(name: str) -> Column[str | None]:
    return Column(name, WORDS)


def _place() -> Column[int]:
    return Column("place", Integer, CheckConstraint("place > 0"), nullable=False)


def _literally(*words: str) -> list[ColumnElement[Any]]:
    """Words of this program written out in the statement: only so does a partial index fit the question."""
    return [literal_column(f"'{word}'") for word in words]


counters = Table(
    "counters",
    METADATA,
    Column("series", WORDS, primary_key=True),
    Column("year", Integer, primary_key=True, autoincrement=False),
    Column("last", Integer, CheckConstraint("last > 0"), nullable=False),
)

cases = Table(
    "cases",
    METADATA,
    _id("cases"),
    Column("number", WORDS, nullable=False, unique=True),
    _words("received_on"),
    _some("channel"),
    Column("version", Integer, CheckConstraint("version > 0"), nullable=False),
)
Index("cases_received", cases.c.received_on)

# The letter's own words: apart from the case, so that they can be erased and the case still counts.
requests = Table("requests", METADATA, _id("requests"), _case(unique=True), _words("words"), _some("form"))

# place 1 is the applicant by whose kind the case counts; the others are co-applicants of one letter.
applicants = Table(
    "applicants",
    METADATA,
    _id("applicants"),
    _case(),
    _place(),
    _words("kind"),
    _words("name"),
    _some("contact"),
    UniqueConstraint("case_id", "place"),
)

# Who acts for the applicant; never counted.
agents = Table(
    "agents", METADATA, _id("agents"), _case(), _words("name"), _some("contact"), _some("authority")
)
Index("agents_case", agents.c.case_id)

items = Table(
    "items",
    METADATA,
    _id("items"),
    _case(),
    _place(),
    _words("asked"),
    UniqueConstraint("case_id", "place"),
)

# What happened on a day. A wrong entry is struck with its reason and never removed.
events = Table(
    "events",
    METADATA,
    _id("events"),
    _case(),
    _words("happened"),
    _words("kind"),
    _some("who"),
    Column("days", Integer),
    _some("until_day"),
    _some("note"),
    _some("struck_why"),
)
# What has ended is found without reading every event: the list of open cases and the yearly tables ask for it.
ENDED = and_(events.c.struck_why.is_(None), events.c.kind.in_(_literally(REPLIED, WITHDRAWN)))
ARCHIVED_ONCE = and_(events.c.struck_why.is_(None), events.c.kind == _literally(ARCHIVED)[0])
Index("events_case", events.c.case_id, events.c.kind)
Index("events_ending", events.c.case_id, unique=True, sqlite_where=ENDED, postgresql_where=ENDED)
Index(
    "events_archived",
    events.c.case_id,
    unique=True,
    sqlite_where=ARCHIVED_ONCE,
    postgresql_where=ARCHIVED_ONCE,
)
Index("events_ended_on", events.c.happened, events.c.case_id, sqlite_where=ENDED, postgresql_where=ENDED)
Index(
    "events_archived_on",
    events.c.happened,
    events.c.case_id,
    sqlite_where=ARCHIVED_ONCE,
    postgresql_where=ARCHIVED_ONCE,
)

searches = Table(
    "searches",
    METADATA,
    _id("searches"),
    _case(),
    _words("searched"),
    _words("who"),
    _words("places"),
    _words("terms"),
    _words("found"),
)
Index("searches_case", searches.c.case_id)

# What was asked of a third party, a co-maker or another organ, and what it said; the days are events.
consultations = Table(
    "consultations",
    METADATA,
    _id("consultations"),
    _case(),
    Column("family", WORDS, CheckConstraint(f"family IN ({_FAMILIES})"), nullable=False),
    _words("who"),
    _words("asked"),
    _some("opinion"),
    Column("agrees", Integer, CheckConstraint("agrees IN (0, 1)")),
    UniqueConstraint("case_id", "family", "who"),
)

# One outcome a case: only one decision of the whole stands; a replaced one is kept with the reason.
decisions = Table(
    "decisions",
    METADATA,
    _id("decisions"),
    _case(),
    _words("outcome"),
    _words("road"),
    _words("decided"),
    _words("reasons"),
    _words("decided_by"),
    _some("replaced_why"),
)
STANDING = decisions.c.replaced_why.is_(None)
Index("decisions_case", decisions.c.case_id)
Index(
    "decisions_standing", decisions.c.case_id, unique=True, sqlite_where=STANDING, postgresql_where=STANDING
)

drafts = Table(
    "drafts",
    METADATA,
    _id("drafts"),
    _case(),
    _place(),
    _words("outcome"),
    _words("words"),
    _words("digest"),
    _words("drafted_by"),
    _some("prompt_hash"),
    UniqueConstraint("case_id", "place"),
)

# A step of the loop over one draft: secrecy and privacy check, legality review, approval; passed or returned.
approvals = Table(
    "approvals",
    METADATA,
    _id("approvals"),
    _case(),
    Column("draft_id", Integer, ForeignKey("drafts.id"), nullable=False),
    _words("step"),
    Column("passed", Integer, CheckConstraint("passed IN (0, 1)"), nullable=False),
    _words("given_on"),
    _words("given_by"),
    _words("note"),
)
Index("approvals_case", approvals.c.case_id)

letters = Table(
    "letters",
    METADATA,
    _id("letters"),
    _case(),
    Column("draft_id", Integer, ForeignKey("drafts.id"), nullable=False, unique=True),
    Column("number", WORDS, nullable=False, unique=True),
    _words("issued"),
    _words("digest"),
)
Index("letters_case", letters.c.case_id)

# The bytes lie in the folder of enclosures under their digest.
enclosures = Table(
    "enclosures",
    METADATA,
    _id("enclosures"),
    _case(),
    _words("name"),
    _words("digest"),
    Column("size", Integer, CheckConstraint("size >= 0"), nullable=False),
    UniqueConstraint("case_id", "digest"),
)

# Reviews and suits over a case: table three of the yearly report.
disputes = Table(
    "disputes",
    METADATA,
    _id("disputes"),
    _case(),
    _words("kind"),
    _words("authority"),
    _words("filed"),
    _some("result"),
    _some("concluded"),
    _some("note"),
    CheckConstraint("(result IS NULL) = (concluded IS NULL)"),
)
Index("disputes_case", disputes.c.case_id)

# Append-only. Each entry holds the digest of the one before, and of the case's rows as they then stood.
audit_entries = Table(
    "audit_entries",
    METADATA,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    _words("at"),
    _words("who"),
    _words("roles"),
    _words("action"),
    Column("case_id", Integer, ForeignKey("cases.id")),
    _words("detail"),
    _some("prompt_hash"),
    _words("state"),
    _words("previous"),
    _words("digest"),
)
Index("audit_entries_case", audit_entries.c.case_id)

# How often a suggestion was shown beside a case, and whether it was used: figures of the program, not of the case's
# file, so no `case_id` that a digest would count.
suggestions = Table(
    "suggestions",
    METADATA,
    Column("shown_for", Integer, ForeignKey("cases.id"), primary_key=True, autoincrement=False),
    Column("kind", WORDS, primary_key=True),
    Column("target", WORDS, primary_key=True),
    _words("shown_on"),
    Column("shown", Integer, CheckConstraint("shown > 0"), nullable=False),
    _some("used_on"),
)
