"""The record of the last evaluation read for the page: its headings, tables and pictures, nothing computed anew."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from assistant.settings import ROOT

FOLDER = ROOT / "evals" / "results"
RECORDS = ("latest.md", "bench.md")
_PICTURE = re.compile(r"!\[(?P<alt>[^\]]*)\]\((?P<file>[\w.-]+\.svg)\)")
_RULE = re.compile(r"\|(?:\s*:?-+:?\s*\|)+")


@dataclass(frozen=True)
class Table:
    """A table by its head and rows, in words."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Picture:
    """A picture of the folder, with what it shows."""

    file: str
    shows: str


@dataclass(frozen=True)
class Section:
    """A heading with what stands below it, in order."""

    title: str
    blocks: tuple[Table | Picture | str, ...]


def read_results(folder: Path = FOLDER) -> tuple[Section, ...]:
    """The sections of every record there is; none where nothing was ever evaluated."""
    paths = (folder / name for name in RECORDS)
    texts = (path.read_text(encoding="utf-8") for path in paths if path.is_file())
    return tuple(section for text in texts for section in _sections(text))


def picture_file(name: str, folder: Path = FOLDER) -> Path | None:
    """The file of a picture the records show; None for any other name."""
    shown = {
        one.file for section in read_results(folder) for one in section.blocks if isinstance(one, Picture)
    }
    path = folder / name
    return path if name in shown and path.is_file() else None


def _sections(text: str) -> Iterator[Section]:
    parts = re.split(r"^## +(.+)$", text, flags=re.MULTILINE)
    for title, body in zip(parts[1::2], parts[2::2], strict=True):
        yield Section(title.strip(), tuple(_blocks(body)))


def _blocks(body: str) -> Iterator[Table | Picture | str]:
    for block in re.split(r"\n\s*\n", body.strip()):
        lines = [line.strip() for line in block.splitlines() if line.strip()]
        if len(lines) > 1 and _RULE.fullmatch(lines[1].replace(" ", "")):
            head, _, *rows = lines
            yield Table(_cells(head), tuple(map(_cells, rows)))
        elif lines and (match := _PICTURE.fullmatch(" ".join(lines))):
            yield Picture(match["file"], match["alt"])
        elif lines:
            yield " ".join(lines)


def _cells(line: str) -> tuple[str, ...]:
    return tuple(cell.strip() for cell in line.strip().strip("|").split("|"))
