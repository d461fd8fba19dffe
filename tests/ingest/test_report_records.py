"""Figures kept beside the index: the same cells as read, and read anew when anything is wrong."""

from dataclasses import replace
from pathlib import Path

from assistant.ingest.annual.records import kept_figures
from assistant.ingest.annual.report import Report, load_reports
from assistant.settings import ROOT


def reports() -> tuple[Report, ...]:
    """The corpus's reports, one with a place of its own for a line."""
    return tuple(replace(report, places={2: "第1页"}) for report in load_reports(ROOT / "corpus"))


def unread() -> tuple[Report, ...]:
    """What must not be read again."""
    raise AssertionError("read again")


def test_kept_cells_are_the_cells_read(tmp_path: Path) -> None:
    """Value, line, words and reason, in every table; and whose they are."""
    path = tmp_path / "a.figures"
    kept_figures(path, reports)
    (read, *_), (kept, *_) = reports(), kept_figures(path, unread)
    assert read.tables == kept.tables
    assert (read.agency, read.year, read.published_on, read.places) == (
        kept.agency,
        kept.year,
        kept.published_on,
        kept.places,
    )


def test_a_damaged_file_is_made_anew(tmp_path: Path) -> None:
    """Nothing is answered from half a file."""
    path = tmp_path / "a.figures"
    path.write_text('[{"agency": "某', encoding="utf-8")
    assert reports() == kept_figures(path, reports)
    assert len(reports()) == len(kept_figures(path, unread))


def test_figures_of_other_files_leave(tmp_path: Path) -> None:
    """One file for what the shelf holds now."""
    for name in ("a.figures", "b.figures"):
        kept_figures(tmp_path / name, reports)
    assert ["b.figures"] == sorted(path.name for path in tmp_path.iterdir())
