"""Every table of the register."""

from alembic import op
from sqlalchemy import CheckConstraint, Column, ForeignKey, Integer, Text, UniqueConstraint, text

revision = "0001_register"
down_revision = None
branch_labels = None
depends_on = None

WORDS = Text().with_variant(Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Made in the order in which they refer to each other."""
    _cases()
    _course()
    _reply()
    _file()
    _audit_entries()


def _id() -> Column[int]:
    return Column("id", Integer, primary_key=True, autoincrement=False)


def _case(unique: bool = False) -> Column[int]:
    return Column("case_id", Integer, ForeignKey("cases.id"), nullable=False, unique=unique)


def _place() -> Column[int]:
    return Column("place", Integer, CheckConstraint("place > 0"), nullable=False)


def _words(*names: str) -> list[Column[str]]:
    return [Column(name, WORDS, nullable=False) for name in names]


def _some(*names: str) -> list[Column[str]]:
    return [Column(name, WORDS) for name in names]


def _cases() -> None:
    op.create_table(
        "counters",
        Column("series", WORDS, primary_key=True),
        Column("year", Integer, primary_key=True, autoincrement=False),
        Column("last", Integer, CheckConstraint("last > 0"), nullable=False),
    )
    op.create_table(
        "cases",
        _id(),
        Column("number", WORDS, nullable=False, unique=True),
        *_words("received_on"),
        *_some("channel"),
        Column("version", Integer, CheckConstraint("version > 0"), nullable=False),
    )
    op.create_index("cases_received", "cases", ["received_on"])
    op.create_table("requests", _id(), _case(unique=True), *_words("words"), *_some("form"))
    once = UniqueConstraint("case_id", "place")
    named = (*_words("kind", "name"), *_some("contact"))
    op.create_table("applicants", _id(), _case(), _place(), *named, once)
    op.create_table("agents", _id(), _case(), *_words("name"), *_some("contact", "authority"))
    op.create_index("agents_case", "agents", ["case_id"])
    op.create_table("items", _id(), _case(), _place(), *_words("asked"), UniqueConstraint("case_id", "place"))


def _course() -> None:
    op.create_table(
        "events",
        _id(),
        _case(),
        *_words("happened", "kind"),
        *_some("who"),
        Column("days", Integer),
        *_some("until_day", "note", "struck_why"),
    )
    op.create_index("events_case", "events", ["case_id", "kind"])
    ended = "struck_why IS NULL AND kind IN ('replied', 'withdrawn')"
    _partial("events_ending", "events", ["case_id"], ended)
    searched = _words("searched", "who", "places", "terms", "found")
    op.create_table("searches", _id(), _case(), *searched)
    op.create_index("searches_case", "searches", ["case_id"])
    families = CheckConstraint("family IN ('third_party', 'comaker', 'organ')")
    op.create_table(
        "consultations",
        _id(),
        _case(),
        Column("family", WORDS, families, nullable=False),
        *_words("who", "asked"),
        *_some("opinion"),
        Column("agrees", Integer, CheckConstraint("agrees IN (0, 1)")),
        UniqueConstraint("case_id", "family", "who"),
    )


def _reply() -> None:
    decided = _words("outcome", "road", "decided", "reasons", "decided_by")
    op.create_table("decisions", _id(), _case(), *decided, *_some("replaced_why"))
    op.create_index("decisions_case", "decisions", ["case_id"])
    _partial("decisions_standing", "decisions", ["case_id"], "replaced_why IS NULL")
    drafted = (*_words("outcome", "words", "digest", "drafted_by"), *_some("prompt_hash"))
    op.create_table("drafts", _id(), _case(), _place(), *drafted, UniqueConstraint("case_id", "place"))
    op.create_table(
        "approvals",
        _id(),
        _case(),
        Column("draft_id", Integer, ForeignKey("drafts.id"), nullable=False),
        *_words("step"),
        Column("passed", Integer, CheckConstraint("passed IN (0, 1)"), nullable=False),
        *_words("given_on", "given_by", "note"),
    )
    op.create_index("approvals_case", "approvals", ["case_id"])
    op.create_table(
        "letters",
        _id(),
        _case(),
        Column("draft_id", Integer, ForeignKey("drafts.id"), nullable=False, unique=True),
        Column("number", WORDS, nullable=False, unique=True),
        *_words("issued", "digest"),
    )
    op.create_index("letters_case", "letters", ["case_id"])


def _file() -> None:
    op.create_table(
        "enclosures",
        _id(),
        _case(),
        *_words("name", "digest"),
        Column("size", Integer, CheckConstraint("size >= 0"), nullable=False),
        UniqueConstraint("case_id", "digest"),
    )
    op.create_table(
        "disputes",
        _id(),
        _case(),
        *_words("kind", "authority", "filed"),
        *_some("result", "concluded", "note"),
        CheckConstraint("(result IS NULL) = (concluded IS NULL)"),
    )
    op.create_index("disputes_case", "disputes", ["case_id"])


def _audit_entries() -> None:
    op.create_table(
        "audit_entries",
        Column("seq", Integer, primary_key=True, autoincrement=False),
        *_words("at", "who", "roles", "action"),
        Column("case_id", Integer, ForeignKey("cases.id")),
        *_words("detail"),
        *_some("prompt_hash"),
        *_words("state", "previous", "digest"),
    )
    op.create_index("audit_entries_case", "audit_entries", ["case_id"])


def _partial(name: str, table: str, columns: list[str], where: str) -> None:
    op.create_index(name, table, columns, unique=True, sqlite_where=text(where), postgresql_where=text(where))
