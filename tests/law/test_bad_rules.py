"""Rule files with one fault each: the message names file, row and key."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant.errors import CorpusError
from assistant.law.fees import load_fees
from assistant.law.organs import load_organs
from assistant.law.outcomes import load_outcomes
from assistant.law.procedures import load_procedures
from assistant.law.remedies import load_remedies
from assistant.settings import ROOT

FOLDER = Path(__file__).parent / "bad_rules"
EXPECTED = yaml.safe_load((FOLDER / "expected.yaml").read_text(encoding="utf-8"))
RIGHT = [name for name, words in EXPECTED.items() if not words]
LOADERS: dict[str, Callable[[Path], Any]] = {
    "outcomes": load_outcomes,
    "fees": load_fees,
    "organs": load_organs,
    "procedures": load_procedures,
    "remedies": load_remedies,
}


def load(name: str, folder: Path) -> Any:
    """A file of the folder, read under the name the program knows it by."""
    kind = name.split("--")[0]
    shutil.copy(ROOT / "corpus" / "rules" / "organs.yaml", folder)
    shutil.copy(FOLDER / f"{name}.yaml", folder / f"{kind}.yaml")
    return LOADERS[kind](folder)


def test_every_file_of_the_folder_is_expected() -> None:
    """No bad file goes unread."""
    assert set(EXPECTED) == {path.stem for path in FOLDER.glob("*--*.yaml")}


@pytest.mark.parametrize("name", RIGHT)
def test_the_file_without_a_fault_loads(name: str, tmp_path: Path) -> None:
    """So that the others fail by their fault alone."""
    assert load(name, tmp_path)


@pytest.mark.parametrize("name", [name for name in EXPECTED if name not in RIGHT])
def test_a_fault_names_file_row_and_key(name: str, tmp_path: Path) -> None:
    """One line a person can act on."""
    with pytest.raises(CorpusError) as caught:
        load(name, tmp_path)
    message = str(caught.value)
    assert [] == [words for words in EXPECTED[name] if words not in message], message
    assert "\n" not in message


def test_a_file_in_another_encoding_is_named(tmp_path: Path) -> None:
    """Rules are UTF-8."""
    (tmp_path / "fees.yaml").write_bytes("fees: 按件计收".encode("gb18030"))
    with pytest.raises(CorpusError, match="fees.yaml：不是 UTF-8"):
        load_fees(tmp_path)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    """With what to check."""
    with pytest.raises(CorpusError, match="找不到规则文件：.*procedures.yaml"):
        load_procedures(tmp_path)
