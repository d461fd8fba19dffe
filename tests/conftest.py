"""What every test shares: the corpus as shipped, read once."""

import pytest

from assistant.ingest.statutes import load_statutes
from assistant.law.instruments import StatuteBook
from assistant.settings import ROOT


@pytest.fixture(scope="session")
def statutes() -> StatuteBook:
    """The statute book of the shipped corpus."""
    return load_statutes(ROOT / "corpus")
