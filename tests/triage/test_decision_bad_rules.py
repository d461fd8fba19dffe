"""Decision graphs with one fault each: the message names file, row and what is wrong."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant.errors import CorpusError
from assistant.law.outcomes import Outcomes
from assistant.triage.decision_checks import Known
from assistant.triage.decision_rows import load_decision_graph
from assistant.triage.guard_records import load_guards
from tests.triage.decision_ways import GUIDE

FOLDER = Path(__file__).parent / "bad_decision"
FAULTS = yaml.load((FOLDER / "faults.yaml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
RIGHT = [fault for fault in FAULTS if not fault["words"]]
WRONG = [fault for fault in FAULTS if fault["words"]]


def outcomes_of(fault: dict[str, Any]) -> Outcomes:
    """The two outcomes of the small graph, one of them younger where the fault says so."""
    found = {code: GUIDE.outcomes[code] for code in ("grant", "unable.not_held")}
    if "outcome_from" in fault:
        row = found["unable.not_held"]
        found["unable.not_held"] = replace(
            row, validity=replace(row.validity, valid_from=fault["outcome_from"])
        )
    return found


def load(fault: dict[str, Any], folder: Path) -> Any:
    """Both files in a folder, one of them with the fault, read as the program reads them."""
    for name in ("decision", "file_records"):
        text = (FOLDER / f"{name}.yaml").read_text(encoding="utf-8")
        if name == fault["file"]:
            assert fault["old"] in text, fault["name"]
            text = text.replace(fault["old"], fault["new"], 1)
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    outcomes, table = outcomes_of(fault), GUIDE.files.grounds.table
    graph = load_decision_graph(folder, Known(outcomes, GUIDE.procedures, table.events))
    return graph, load_guards(folder, graph, outcomes, table)


@pytest.mark.parametrize("fault", RIGHT, ids=lambda fault: fault["name"])
def test_the_files_without_a_fault_load(fault: dict[str, Any], tmp_path: Path) -> None:
    """So that the others fail by their fault alone."""
    assert all(load(fault, tmp_path))


@pytest.mark.parametrize("fault", WRONG, ids=lambda fault: fault["name"])
def test_a_fault_names_file_row_and_what_is_wrong(fault: dict[str, Any], tmp_path: Path) -> None:
    """One line a person can act on."""
    with pytest.raises(CorpusError) as caught:
        load(fault, tmp_path)
    message = str(caught.value)
    assert [] == [words for words in fault["words"] if words not in message], message
    assert "\n" not in message
