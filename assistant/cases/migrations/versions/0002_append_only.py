"""The audit trail takes new entries and nothing else."""

from alembic import op

revision = "0002_append_only"
down_revision = "0001_register"
branch_labels = None
depends_on = None

SQLITE = (
    "CREATE TRIGGER audit_entries_keep BEFORE UPDATE ON audit_entries"
    " BEGIN SELECT RAISE(ABORT, 'audit_entries: append only'); END",
    "CREATE TRIGGER audit_entries_stay BEFORE DELETE ON audit_entries"
    " BEGIN SELECT RAISE(ABORT, 'audit_entries: append only'); END",
)
POSTGRESQL = (
    "CREATE FUNCTION audit_entries_refuse() RETURNS trigger LANGUAGE plpgsql AS"
    " $$ BEGIN RAISE EXCEPTION 'audit_entries: append only'; END $$",
    "CREATE TRIGGER audit_entries_keep BEFORE UPDATE ON audit_entries"
    " FOR EACH ROW EXECUTE FUNCTION audit_entries_refuse()",
    "CREATE TRIGGER audit_entries_stay BEFORE DELETE ON audit_entries"
    " FOR EACH ROW EXECUTE FUNCTION audit_entries_refuse()",
    "CREATE TRIGGER audit_entries_whole BEFORE TRUNCATE ON audit_entries"
    " FOR EACH STATEMENT EXECUTE FUNCTION audit_entries_refuse()",
)


def upgrade() -> None:
    """In the words of each database: no standard says it."""
    on_file = op.get_bind().dialect.name == "sqlite"
    for statement in SQLITE if on_file else POSTGRESQL:
        op.execute(statement)
