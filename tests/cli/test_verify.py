"""`assistant verify`: the citations it prints, for each kind of file and each day."""

import json
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from assistant.cli import app
from assistant.ingest.files.readers import read_letter
from tests.law.citation_cases import LETTER, letter_on

FIELDS = {"text", "start", "end", "ref", "status"}


def written(folder: Path, suffix: str) -> Path:
    """The letter of forty citations as a file."""
    path = folder / f"reply{suffix}"
    if suffix == ".docx":
        from docx import Document

        document = Document()
        for line in LETTER["text"].splitlines():
            document.add_paragraph(line)
        document.save(str(path))
    else:
        path.write_text(LETTER["text"], encoding="gb18030" if suffix == ".txt" else "utf-8")
    return path


@pytest.mark.parametrize("day", LETTER["days"])
@pytest.mark.parametrize("suffix", [".txt", ".md", ".docx"])
def test_every_citation_is_printed_with_its_status_on_the_day(tmp_path: Path, suffix: str, day: date) -> None:
    """text, start, end, ref, status; the spans lead back to the file's words; a fault is exit status 1."""
    path = written(tmp_path, suffix)
    done = CliRunner().invoke(app, ["verify", str(path), "--json", "--on", str(day)])
    verdict = json.loads(done.stdout)
    words = read_letter(path)
    assert letter_on(day) == [(c["ref"], c["status"]) for c in verdict["citations"]]
    assert all(set(c) >= FIELDS for c in verdict["citations"])
    assert [c["text"] for c in verdict["citations"]] == [
        words[c["start"] : c["end"]] for c in verdict["citations"]
    ]
    assert (1, False) == (done.exit_code, verdict["passes"])


def test_what_has_ended_is_told_with_its_dates(tmp_path: Path) -> None:
    """Not in force any more and not in force yet are two messages."""
    path = written(tmp_path, ".md")
    verdict = json.loads(
        CliRunner().invoke(app, ["verify", str(path), "--json", "--on", "2018-06-01"]).stdout
    )
    told = [f["message"] for f in verdict["findings"] if f["check"] == "in_force"]
    assert any("国务院令第711号" in message and "尚未生效" in message for message in told)
    verdict = json.loads(
        CliRunner().invoke(app, ["verify", str(path), "--json", "--on", "2025-07-01"]).stdout
    )
    told = [f["message"] for f in verdict["findings"] if f["check"] == "in_force"]
    assert any("国务院令第492号" in message and "已经失效" in message for message in told)
