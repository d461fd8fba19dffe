"""Invented reports as files of every kind an office has: web page, text, Markdown, Word, PDF, workbook.

`python -m evals.report_files FOLDER --count 300 --seed 1 [--bad]` fills a folder with them and writes
FOLDER-truth.jsonl beside it: for each file the agency, the year, and every figure that can be read from it.
"""

import argparse
import html
import itertools
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from evals.report_document import Block, Document, Heading, PrintedCell, Sheet, document
from evals.report_figures import KINDS, invent
from evals.report_layouts import LAYOUTS, Page, flattened, lay_out, markdown_rows, page_of
from evals.report_prose import write

SUFFIXES = (".html", ".txt", ".md", ".docx", ".pdf", ".xlsx")
SIZES = ("sparse", "usual", "county", "none")
# Layouts of which nobody can tell whose report it is: right to parse, no use to file.
UNTITLED = {"title_lost"}

_TIGHT = [
    (side, (0, 0), (-1, -1), 2) for side in ("TOPPADDING", "BOTTOMPADDING", "LEFTPADDING", "RIGHTPADDING")
]


@dataclass(frozen=True)
class ReportFile:
    """A file to be written: its name, whose report it is, what can be read from it, and how it is written."""

    name: str
    agency: str
    year: int
    page: Page
    write: Callable[[Path], None]


def report_files(count: int, seed: int) -> Iterator[ReportFile]:
    """Invented reports, the kinds of file in turn; text files come in every layout, some in GB18030.

    No two are of the same agency and year, and each names both: what a folder holds, a library can take in.
    """
    seen: set[tuple[str, int]] = set()
    for number in range(count):
        tries = (Random(f"{seed}-file-{number}-{again}") for again in itertools.count())
        drawn = (_report_file(number, SUFFIXES[number % len(SUFFIXES)], rng) for rng in tries)
        file = next(file for file in drawn if (file.agency, file.year) not in seen)
        seen.add((file.agency, file.year))
        yield file


def write_folder(folder: Path, count: int, seed: int) -> list[Path]:
    """Write the files, and what is true of them beside the folder. Returns the paths of the reports."""
    folder.mkdir(parents=True, exist_ok=True)
    rows, paths = [], []
    for file in report_files(count, seed):
        file.write(folder / file.name)
        paths.append(folder / file.name)
        rows.append(json.dumps(truth(file), ensure_ascii=False))
    truth_path(folder).write_text("\n".join(rows) + "\n", encoding="utf-8")
    return paths


def truth_path(folder: Path) -> Path:
    """Where the truth about a folder is written: beside it, since it is no report."""
    return folder.with_name(f"{folder.name}-truth.jsonl")


def truth(file: ReportFile) -> dict[str, Any]:
    """What is known of a file, for JSON: figures by `table row column`, amounts as strings."""
    shown = {" ".join(key): value for key, value in file.page.readable.items()}
    plain = {key: value if isinstance(value, int) else str(value) for key, value in shown.items()}
    lost = [" ".join(key) for key in sorted(file.page.lost)]
    return {"file": file.name, "agency": file.agency, "year": file.year, "readable": plain, "lost": lost}


def write_html(doc: Document, path: Path) -> None:
    """A web page; merged cells by rowspan and colspan."""
    body = "\n".join(_html(block) for block in doc.blocks)
    title = next(block.text for block in doc.blocks if isinstance(block, Heading))
    head = f"<head><meta charset='utf-8'><title>{html.escape(title)}</title></head>"
    path.write_text(f"<!DOCTYPE html><html>{head}<body>\n{body}\n</body></html>\n", encoding="utf-8")


def write_markdown(doc: Document, path: Path) -> None:
    """Markdown with tables; a merged cell is followed by empty ones."""
    path.write_text(flattened(doc, markdown_rows), encoding="utf-8")


def write_docx(doc: Document, path: Path) -> None:
    """A Word document; merged cells are merged."""
    from docx import Document as WordDocument

    word = WordDocument()
    for block in doc.blocks:
        if isinstance(block, Sheet):
            table = word.add_table(len(block.rows), block.width, style="Table Grid")
            grid = [list(row.cells) for row in table.rows]
            for row, column, cell in placed(block):
                grid[row][column].text = cell.text
                if cell.across * cell.down > 1:
                    grid[row][column].merge(grid[row + cell.down - 1][column + cell.across - 1])
        elif isinstance(block, Heading):
            word.add_heading(block.text, block.level)
        else:
            word.add_paragraph(block.text)
    word.save(str(path))


def write_xlsx(doc: Document, path: Path) -> None:
    """A workbook: everything on one sheet, whole figures as numbers, merged cells merged."""
    from openpyxl import Workbook

    book = Workbook()
    page = book.active
    top = 1
    for block in doc.blocks:
        if not isinstance(block, Sheet):
            page.cell(top, 1, block.text)
            top += 1
            continue
        for row, column, cell in placed(block):
            shown = int(cell.text) if cell.key and cell.text.isdigit() else cell.text
            page.cell(top + row, column + 1, shown)
            if cell.across * cell.down > 1:
                last = (top + row + cell.down - 1, column + cell.across)
                page.merge_cells(
                    start_row=top + row, start_column=column + 1, end_row=last[0], end_column=last[1]
                )
        top += len(block.rows)
    book.save(path)


def write_pdf(doc: Document, path: Path) -> None:
    """A PDF with ruled tables; long titles run over lines inside their cells."""
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    words = ParagraphStyle("words", fontName="STSong-Light", fontSize=10, leading=15, wordWrap="CJK")
    small = ParagraphStyle("small", parent=words, fontSize=7, leading=9)
    story: list[Any] = []
    for block in doc.blocks:
        if isinstance(block, Sheet):
            story += [_pdf_table(block, lambda text: Paragraph(html.escape(text), small)), Spacer(1, 8)]
        else:
            story.append(Paragraph(html.escape(block.text), words))
    SimpleDocTemplate(str(path), pagesize=A4, invariant=1).build(story)


def placed(sheet: Sheet) -> Iterator[tuple[int, int, PrintedCell]]:
    """Each cell with the row and column of its upper left corner."""
    taken: set[tuple[int, int]] = set()
    for row, cells in enumerate(sheet.rows):
        column = 0
        for cell in cells:
            while (row, column) in taken:
                column += 1
            yield row, column, cell
            taken |= {(row + y, column + x) for y in range(cell.down) for x in range(cell.across)}


WRITERS: dict[str, Callable[[Document, Path], None]] = {
    ".html": write_html,
    ".docx": write_docx,
    ".pdf": write_pdf,
    ".xlsx": write_xlsx,
    ".md": write_markdown,
}


def _report_file(number: int, suffix: str, rng: Random) -> ReportFile:
    name = rng.choice(sorted(LAYOUTS.keys() - UNTITLED))
    layout = LAYOUTS[name]
    plain = suffix == ".txt"
    facts = invent(rng, rng.choice(KINDS[:4]), rng.choice(SIZES), layout.form if plain else None)
    doc = document(write(facts, rng), *((layout.hybrid if plain else None) or (None, None)))
    page = lay_out(doc, layout, rng) if plain else page_of(doc, "")
    encoding = rng.choice(("utf-8", "utf-8", "gb18030"))

    def how(path: Path) -> None:
        if plain:
            path.write_text(page.text, encoding=encoding)
        else:
            WRITERS[suffix](doc, path)

    stem = f"{number:04d}-{name}" if plain else f"{number:04d}"
    return ReportFile(stem + suffix, facts.agency.name, facts.year, page, how)


def _html(block: Block) -> str:
    if isinstance(block, Heading):
        return f"<h{block.level + 1}>{html.escape(block.text)}</h{block.level + 1}>"
    if not isinstance(block, Sheet):
        return f"<p>{html.escape(block.text)}</p>"
    rows = ("".join(_td(cell) for cell in row) for row in block.rows)
    return "<table border='1'><tbody>" + "\n".join(f"<tr>{row}</tr>" for row in rows) + "</tbody></table>"


def _td(cell: PrintedCell) -> str:
    spans = f" rowspan='{cell.down}'" * (cell.down > 1) + f" colspan='{cell.across}'" * (cell.across > 1)
    return f"<td{spans}><p><span>{html.escape(cell.text).replace(chr(10), '<br>')}</span></p></td>"


def _pdf_table(sheet: Sheet, shown: Callable[[str], Any]) -> Any:
    from reportlab.lib import colors
    from reportlab.platypus import Table

    grid: list[list[Any]] = [[""] * sheet.width for _ in sheet.rows]
    style: list[tuple[Any, ...]] = [("GRID", (0, 0), (-1, -1), 0.5, colors.black), *_TIGHT]
    widths = [44, 60, 110, *[34] * 7] if sheet.code == "requests" else [450 / sheet.width] * sheet.width
    for row, column, cell in placed(sheet):
        grid[row][column] = shown(cell.text)
        if cell.across * cell.down > 1:
            style.append(("SPAN", (column, row), (column + cell.across - 1, row + cell.down - 1)))
    return Table(grid, style=style, colWidths=widths)


def main() -> None:
    """Write a folder of reports."""
    from evals.report_bad_files import write_bad_files

    parser = argparse.ArgumentParser(description="写出各种格式的自编年度报告，供试用和测试。")
    parser.add_argument("folder", type=Path, help="写到哪个文件夹")
    parser.add_argument("--count", type=int, default=300, help="写几份报告")
    parser.add_argument("--seed", type=int, default=1, help="种子相同，报告相同")
    parser.add_argument("--bad", action="store_true", help="另写八个坏文件")
    parser.add_argument("--stranger", action="store_true", help="另写一个不是年度报告的文件")
    asked = parser.parse_args()
    paths = write_folder(asked.folder, asked.count, asked.seed)
    bad = write_bad_files(asked.folder, asked.stranger) if asked.bad or asked.stranger else []
    print(
        f"已写入 {asked.folder}：报告 {len(paths)} 份，坏文件 {len(bad)} 个，答案在 {truth_path(asked.folder)}。"
    )


if __name__ == "__main__":
    main()
