"""assistant verify from end to end: findings, exit status, override on record."""

import json
from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner

from assistant.cli import app
from assistant.errors import InputError
from assistant.settings import ROOT

CASES = yaml.safe_load((ROOT / "tests" / "drafting" / "verify_cases.yaml").read_text(encoding="utf-8"))
LETTER = CASES["right"]["absent"]["text"]
ON = ["--on", "2026-11-23"]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    """The command in an office of its own."""
    monkeypatch.setenv("ASSISTANT_DATA_DIR", str(tmp_path / "data"))
    return CliRunner()


def file_of(tmp_path: Path, text: str, name: str = "letter.txt") -> str:
    """A letter as a file."""
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_a_right_letter_passes(run: CliRunner, tmp_path: Path) -> None:
    """Exit 0 and a line that says so."""
    result = run.invoke(app, ["verify", file_of(tmp_path, LETTER), *ON])
    assert (0, "核对通过。") == (result.exit_code, result.output.strip())


def test_a_refused_letter_goes_only_under_a_name_with_a_reason(run: CliRunner, tmp_path: Path) -> None:
    """The log holds who, why, and against what; the letter itself is not kept."""
    letter = file_of(tmp_path, LETTER.replace("六十日", "三十日"))
    assert 1 == run.invoke(app, ["verify", letter, *ON]).exit_code
    by = ["--override", "王科长", "--reason", "已经法制机构复核"]
    result = run.invoke(app, ["verify", letter, *ON, *by, "--json"])
    assert 0 == result.exit_code
    assert (False, "王科长") == (
        json.loads(result.output)["passes"],
        json.loads(result.output)["override"]["name"],
    )
    (line,) = (tmp_path / "data" / "overrides.jsonl").read_text(encoding="utf-8").splitlines()
    kept = json.loads(line)
    assert ("王科长", "已经法制机构复核", "letter.txt") == (kept["name"], kept["reason"], kept["letter"])
    assert {"remedy"} == {one["check"] for one in kept["errors"]}
    assert "周明德" not in line


@pytest.mark.parametrize(
    "by", [["--override", "王科长"], ["--reason", "已复核"], ["--override", " ", "--reason", "x"]]
)
def test_half_an_override_is_refused(by: list[str], run: CliRunner, tmp_path: Path) -> None:
    """A fault of the input, and nothing is recorded."""
    letter = file_of(tmp_path, LETTER.replace("六十日", "三十日"))
    assert isinstance(run.invoke(app, ["verify", letter, *ON, *by]).exception, InputError)
    assert not (tmp_path / "data" / "overrides.jsonl").exists()


def test_facts_of_the_case_are_held_against_the_letter(run: CliRunner, tmp_path: Path) -> None:
    """A day of receipt that differs is named with both days."""
    facts = file_of(tmp_path, "received_on: 2026-11-03\n", "facts.yaml")
    result = run.invoke(app, ["verify", file_of(tmp_path, LETTER), *ON, "--facts", facts])
    assert 1 == result.exit_code
    assert "2026-11-02" in result.output and "2026-11-03" in result.output


def test_a_paper_is_checked_by_its_own_code(run: CliRunner, tmp_path: Path) -> None:
    """correction_notice is no outcome, and no stranger."""
    result = run.invoke(app, ["verify", file_of(tmp_path, LETTER), *ON, "--outcome", "correction_notice"])
    assert 1 == result.exit_code
    assert "补正告知书" in result.output


@pytest.mark.parametrize("name", ["empty.txt", "scanned.pdf", "photo.jpg", "truncated.docx", "nowhere.txt"])
def test_what_is_no_letter_is_named_in_one_line(name: str, run: CliRunner) -> None:
    """A fault of the input, which `main` tells with status 2."""
    result = run.invoke(app, ["verify", str(ROOT / "tests" / "bad_inputs" / name), *ON])
    assert isinstance(result.exception, InputError)
    assert "\n" not in str(result.exception)
