"""The shipped classifier, loaded once."""

import pytest

from assistant.settings import ROOT
from assistant.triage.classifier import Classifier


@pytest.fixture(scope="session")
def classifier() -> Classifier:
    """Weights and signal rules as shipped."""
    return Classifier.load(ROOT / "corpus")


def quiet(what: str, done: int, total: int) -> None:
    """No progress shown."""
