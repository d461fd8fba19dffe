"""Suggestions shown and used are counted; what was archived after a day is found by its index."""

from alembic import op
from sqlalchemy import CheckConstraint, Column, ForeignKey, Integer, Text, text

revision = "0004_suggestions"
down_revision = "0003_endings"
branch_labels = None
depends_on = None

ARCHIVED = text("struck_why IS NULL AND kind = 'archived'")
WORDS = Text().with_variant(Text(collation="C"), "postgresql")


def upgrade() -> None:
    """A table of figures, and the index the board of a day gone by asks for."""
    op.create_table(
        "suggestions",
        Column("shown_for", Integer, ForeignKey("cases.id"), primary_key=True, autoincrement=False),
        Column("kind", WORDS, primary_key=True),
        Column("target", WORDS, primary_key=True),
        Column("shown_on", WORDS, nullable=False),
        Column("shown", Integer, CheckConstraint("shown > 0"), nullable=False),
        Column("used_on", WORDS),
    )
    op.create_index(
        "events_archived_on",
        "events",
        ["happened", "case_id"],
        sqlite_where=ARCHIVED,
        postgresql_where=ARCHIVED,
    )
