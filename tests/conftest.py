"""What every test shares: the corpus as shipped, read once, and one index for the whole run."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import hypothesis
import pytest

from assistant.ingest.statutes import load_statutes
from assistant.law.instruments import StatuteBook
from assistant.pipeline import Assistant, open_assistant
from assistant.settings import ROOT, Settings
from tests.read_once import shipped_rules_read_once

# How long an example takes says nothing of the law; a busy machine must not fail it.
hypothesis.settings.register_profile("whatever the machine does", deadline=None)
hypothesis.settings.load_profile("whatever the machine does")


@pytest.fixture(scope="session", autouse=True)
def rules_read_once() -> Iterator[None]:
    """Most tests need the shipped rules and none changes them."""
    with shipped_rules_read_once():
        yield


@pytest.fixture(scope="session")
def statutes() -> StatuteBook:
    """The statute book of the shipped corpus."""
    return load_statutes(ROOT / "corpus")


@pytest.fixture(scope="session")
def shared_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder whose index is built once for the run."""
    return tmp_path_factory.mktemp("data")


@pytest.fixture(scope="session")
def assistant(shared_data: Path) -> Assistant:
    """The assistant with default settings over the shipped corpus."""
    return open_assistant(replace(Settings(), data_dir=shared_data))
