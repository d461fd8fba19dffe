"""`assistant yearbook`: figures on the page, as JSON and as a workbook."""

import json
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner, Result

from assistant.cli import app
from assistant.errors import InputError
from assistant.pipeline import open_assistant
from assistant.settings import load_settings
from tests.cases.steps import answered, letter


@pytest.fixture(autouse=True)
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A register of three requests: one granted, one not held, one open."""
    monkeypatch.setenv("ASSISTANT_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("ASSISTANT_AGENCY_NAME", "云河街道办事处")
    with open_assistant(load_settings()).register.writing("罗敏") as session:
        answered(session, letter(date(2025, 3, 3)), "grant", date(2025, 3, 20))
        answered(session, letter(date(2025, 4, 7), "enterprise"), "unable.not_held", date(2025, 4, 20))
        answered(session, letter(date(2025, 12, 29)), "grant", date(2026, 1, 9))
    return tmp_path


def yearbook(*arguments: str) -> Result:
    """The command run in this process."""
    result = CliRunner().invoke(app, ["yearbook", "--year", "2025", *arguments])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def test_the_figures_and_the_checks_are_shown() -> None:
    """Exit status 0 where nothing fails."""
    found = yearbook()
    assert 0 == found.exit_code
    assert "一、本年新收政府信息公开申请数量：自然人2，商业企业1，总计3" in found.stdout
    assert "核对：没有不符。" in found.stdout


def test_the_json_is_that_of_the_audit_with_the_cases_of_each_cell(office: Path) -> None:
    """Fields of the contract, on the page and in the file alike."""
    yearbook("--out", str(office / "y.json"))
    found = json.loads((office / "y.json").read_text(encoding="utf-8"))
    assert found == json.loads(yearbook("--json").stdout)
    assert (2, 1, 3) == tuple(
        found["requests"]["new"][key] for key in ("natural_person", "enterprise", "total")
    )
    assert ["2025-3"] == found["cases"]["requests"]["carried_out"]["natural_person"]
    assert {"R1", "R7", "R8", "R9", "S1"} <= {c["id"] for c in found["checks"] if c["status"] == "holds"}
    assert found["publication"]["penalties"] == {"decisions": None}


def test_the_workbook_has_the_form_s_rows_and_the_cases(office: Path) -> None:
    """27 cells a row head, numbers as numbers, no formula."""
    yearbook("--out", str(office / "y.xlsx"))
    book = load_workbook(office / "y.xlsx")
    assert ["申请情况", "复议诉讼", "核对", "各格的案件"] == book.sheetnames
    rows = list(book["申请情况"].values)
    assert ("总计", 26) == (rows[0][-1], len(rows))
    assert (2, 1, 0, 0, 0, 0, 3) == rows[1][1:]
    assert any("2025-1" in str(row[-1]) for row in book["各格的案件"].values)


def test_the_word_draft_is_read_again_by_the_audit_with_the_same_figures(office: Path) -> None:
    """Tables two and three cell by cell, the prose in agreement, six sections; table one stays open."""
    yearbook("--out", str(office / "y.docx"))
    read = json.loads(CliRunner().invoke(app, ["audit", str(office / "y.docx"), "--json"]).stdout)
    made = json.loads(yearbook("--json").stdout)
    for table in ("requests", "disputes"):
        assert made[table] == {row: cells for row, cells in read[table].items() if row in made[table]}
    assert {"holds"} == {
        check["status"] for check in read["checks"] if check["id"] in ("R1", "R2", "R3", "R6")
    }
    kinds = {finding["kind"] for finding in read["findings"]}
    assert not kinds & {
        "prose",
        "parts",
        "contradiction",
        "sections.missing",
        "sections.order",
        "year.period",
    }
    assert {None} == {value for cells in read["publication"].values() for value in cells.values()}


def test_another_kind_of_file_is_refused(office: Path) -> None:
    """Before anything is counted."""
    with pytest.raises(InputError, match="请写 .docx、.xlsx 或者 .json"):
        yearbook("--out", str(office / "y.pdf"))
