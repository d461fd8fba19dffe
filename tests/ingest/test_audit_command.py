"""The command `assistant audit`: exit status, JSON, and batches."""

import json
from pathlib import Path

import pytest

from assistant.cli import main
from tests.ingest.audited import report_text

BROKEN = {"requests": {"new": 20, "grant": 17, "carried_out": 2}}


def run(monkeypatch: pytest.MonkeyPatch, *words: str) -> int:
    """The exit status of a command line."""
    monkeypatch.setattr("sys.argv", ["assistant", "audit", *words])
    with pytest.raises(SystemExit) as left:
        main()
    return int(left.value.code or 0)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A right report for 2023, a wrong one, and last year's of the right one."""
    (tmp_path / "now").mkdir()
    (tmp_path / "before").mkdir()
    (tmp_path / "now" / "right.txt").write_text(report_text({}), encoding="utf-8")
    wrong = report_text(BROKEN | {"agency": "白水镇人民政府"})
    (tmp_path / "now" / "wrong.txt").write_text(wrong, encoding="utf-8")
    last = report_text({"year": 2022, "requests": {"new": 3, "grant": 3}})
    (tmp_path / "before" / "last.txt").write_text(last, encoding="utf-8")
    return tmp_path


def test_a_right_report_passes(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit status 0, and it says so."""
    assert 0 == run(monkeypatch, str(folder / "now" / "right.txt"))
    assert "没有发现问题" in capsys.readouterr().out


def test_a_wrong_report_says_what_fails(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit status 1, with the rule and the figures."""
    assert 1 == run(monkeypatch, str(folder / "now" / "wrong.txt"))
    told = capsys.readouterr().out
    assert [] == [words for words in ("R1", "总计列", "相差1") if words not in told]


def test_what_is_no_report_is_one_line(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit status 2 and one line on stderr."""
    assert 2 == run(monkeypatch, str(folder / "none.txt"))
    assert 1 == len(capsys.readouterr().err.strip().splitlines())


def test_the_json_of_one_report_is_one_object(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """With last year's report beside it, R4 is looked at."""
    words = [str(folder / "now" / "right.txt"), "--previous", str(folder / "before"), "--json"]
    assert 0 == run(monkeypatch, *words)
    told = json.loads(capsys.readouterr().out)
    assert ("青石镇人民政府", 2023, 7) == (
        told["agency"],
        told["year"],
        sum(check["id"] == "R4" and check["status"] == "holds" for check in told["checks"]),
    )


def test_a_folder_gives_one_line_for_each_report(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """JSON Lines, each with its file; exit status 1 because one fails."""
    assert 1 == run(monkeypatch, str(folder / "now"), "--json")
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [("right.txt", True), ("wrong.txt", False)] == [(row["file"], row["passes"]) for row in rows]
