"""What has ended is found without reading every event: the list of open cases and the yearly tables ask for it."""

from alembic import op
from sqlalchemy import text

revision = "0003_endings"
down_revision = "0002_append_only"
branch_labels = None
depends_on = None

ARCHIVED = text("struck_why IS NULL AND kind = 'archived'")
ENDED = text("struck_why IS NULL AND kind IN ('replied', 'withdrawn')")


def upgrade() -> None:
    """Partial indices, so that no event but an ending is read."""
    op.create_index(
        "events_archived",
        "events",
        ["case_id"],
        unique=True,
        sqlite_where=ARCHIVED,
        postgresql_where=ARCHIVED,
    )
    op.create_index(
        "events_ended_on", "events", ["happened", "case_id"], sqlite_where=ENDED, postgresql_where=ENDED
    )
