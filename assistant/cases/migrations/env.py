"""Run by alembic: the steps go over the connection that assistant/cases/migrating.py has opened and locked."""

from alembic import context

from assistant.cases.schema import METADATA

context.configure(connection=context.config.attributes["connection"], target_metadata=METADATA)
context.run_migrations()
