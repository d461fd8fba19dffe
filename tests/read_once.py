"""Rules of the shipped corpus read once a run: they never change, and reading and compiling them takes seconds.

A corpus of a test's own is read anew each time, as before.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import copy
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from assistant.settings import ROOT

SHIPPED = ROOT / "corpus"
LOADERS = (
    "assistant.ingest.statutes.load_statutes",
    "assistant.law.outcomes.load_outcomes",
    "assistant.law.procedures.load_procedures",
    "assistant.law.remedies.load_remedies",
    "assistant.law.fees.load_fees",
    "assistant.law.deadline_rows.load_deadlines",
    "assistant.cases.board_rules.load_board",
    "assistant.cases.roles.load_roles",
    "assistant.cases.counting.load_counting",
    "assistant.cases.repeat_rules.load_repeats",
    "assistant.cases.yearbook_text.load_report_text",
    "assistant.ingest.annual.form.load_report_form",
    "assistant.ingest.annual.audit.load_auditor",
    "assistant.drafting.letters.load_letters",
    "assistant.drafting.letter_parts.load_letter_parts",
    "assistant.drafting.verify.load_letter_parts",
    "assistant.triage.classifier.Classifier.load",
)


@contextmanager
def shipped_rules_read_once() -> Iterator[None]:
    """While it lasts, each loader reads the shipped corpus the first time only."""
    with pytest.MonkeyPatch.context() as patch:
        for loader in LOADERS:
            owner, name = _owner_and_name(loader)
            read = _once(getattr(owner, name))
            patch.setattr(owner, name, staticmethod(read) if isinstance(owner, type) else read)
        yield


def _owner_and_name(loader: str) -> tuple[Any, str]:
    """The module or class a loader belongs to."""
    path, name = loader.rsplit(".", 1)
    module, _, last = path.rpartition(".")
    return (getattr(import_module(module), last) if last[:1].isupper() else import_module(path)), name


def _once(load: Callable[..., Any]) -> Callable[..., Any]:
    """The loader, with what it read of the shipped corpus kept; a mapping is given out as a copy."""
    kept: dict[Path, Any] = {}

    def read(folder: Path, *others: Any) -> Any:
        if others or not folder.is_relative_to(SHIPPED):
            return load(folder, *others)
        if folder not in kept:
            kept[folder] = load(folder)
        return copy(kept[folder]) if isinstance(kept[folder], dict) else kept[folder]

    return read
