"""Tables as a workbook (.xlsx), written part by part: the same tables give the same bytes.

Written here because the usual library keeps what it writes in a temporary folder until it is done, and dates
every file; citizens' letters belong in no such folder, and a batch taken up again must end like one that was
never cut off. Every cell is words or a share; none is ever a formula.
"""

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

Cell = str | float

# What a cell of Excel holds, in UTF-16 units.
CELL_LIMIT = 32_767
CUT = "……（本格放不下，全文见原表）"
PLAIN, HEAD, SHARE, UNSURE, FAULT, TITLE, NOTE = range(7)

_DATED = (1980, 1, 1, 0, 0, 0)
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")

_BORDER = "".join(
    f'<{side} style="thin"><color rgb="FFBFC7D1"/></{side}>' for side in ("left", "right", "top", "bottom")
)
_TOP_WRAPPED = '<alignment vertical="top" wrapText="1"/>'
_STYLES = (
    f'<styleSheet xmlns="{_MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="0.0%"/></numFmts>'
    '<fonts count="3"><font><sz val="11"/><name val="等线"/></font>'
    '<font><b/><sz val="11"/><color rgb="FFFFFFFF"/><name val="等线"/></font>'
    '<font><b/><sz val="14"/><name val="等线"/></font></fonts>'
    '<fills count="5"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    + "".join(
        f'<fill><patternFill patternType="solid"><fgColor rgb="{rgb}"/></patternFill></fill>'
        for rgb in ("FF1F4E79", "FFFFF4D6", "FFFBE3E1")
    )
    + f'</fills><borders count="2"><border/><border>{_BORDER}<diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="7">'
    f'<xf borderId="1" applyAlignment="1">{_TOP_WRAPPED}</xf>'
    '<xf fontId="1" fillId="2" borderId="1" applyAlignment="1">'
    '<alignment horizontal="center" vertical="center" wrapText="1"/></xf>'
    f'<xf numFmtId="164" borderId="1" applyNumberFormat="1" applyAlignment="1">{_TOP_WRAPPED}</xf>'
    f'<xf fillId="3" borderId="1" applyAlignment="1">{_TOP_WRAPPED}</xf>'
    f'<xf fillId="4" borderId="1" applyAlignment="1">{_TOP_WRAPPED}</xf>'
    '<xf fontId="2"/><xf/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)


@dataclass(frozen=True)
class Line:
    """A row of a sheet: its cells, and the style of its words (shares keep their own)."""

    cells: tuple[Cell, ...]
    style: int = PLAIN


@dataclass(frozen=True)
class Page:
    """A sheet: its name, the width of each column, its rows; where `head` the first stays in sight and filters."""

    name: str
    widths: tuple[float, ...]
    lines: Sequence[Line]
    head: bool = True


def workbook(pages: Sequence[Page]) -> bytes:
    """The file, whole."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name, text in _parts(pages):
            archive.writestr(_entry(name), _XML + text)
        for number, page in enumerate(pages, start=1):
            with archive.open(_entry(f"xl/worksheets/sheet{number}.xml"), "w") as part:
                part.writelines(words.encode() for words in _sheet(page))
    return whole.getvalue()


def plain_text(words: str) -> str:
    """Words as a cell can hold them: no control characters, and never cut without saying so."""
    words = _UNWRITABLE.sub("", words)
    units = words.encode("utf-16-le")
    if len(units) <= 2 * CELL_LIMIT:
        return words
    return units[: 2 * (CELL_LIMIT - len(CUT))].decode("utf-16-le", "ignore") + CUT


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _DATED)
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


def _parts(pages: Sequence[Page]) -> Iterator[tuple[str, str]]:
    """Everything but the sheets: what parts there are, how they hang together, how cells look."""
    numbers = range(1, len(pages) + 1)
    sheets = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{_TYPES}.worksheet+xml"/>'
        for n in numbers
    )
    yield (
        "[Content_Types].xml",
        f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPES}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_TYPES}.styles+xml"/>{sheets}</Types>',
    )
    yield "_rels/.rels", _relations([("officeDocument", "xl/workbook.xml")])
    named = "".join(
        f'<sheet name={quoteattr(page.name)} sheetId="{n}" r:id="rId{n}"/>'
        for n, page in zip(numbers, pages, strict=True)
    )
    repeated = "".join(
        f'<definedName name="_xlnm.Print_Titles" localSheetId="{n - 1}">'
        f"'{escape(page.name)}'!$1:$1</definedName>"
        for n, page in zip(numbers, pages, strict=True)
        if page.head
    )
    yield (
        "xl/workbook.xml",
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{named}</sheets>'
        + (f"<definedNames>{repeated}</definedNames>" if repeated else "")
        + "</workbook>",
    )
    targets = [("worksheet", f"worksheets/sheet{n}.xml") for n in numbers]
    yield "xl/_rels/workbook.xml.rels", _relations([*targets, ("styles", "styles.xml")])
    yield "xl/styles.xml", _STYLES


def _relations(targets: Sequence[tuple[str, str]]) -> str:
    rows = "".join(
        f'<Relationship Id="rId{n}" Type="{_OFFICE}/{kind}" Target="{part}"/>'
        for n, (kind, part) in enumerate(targets, start=1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{rows}</Relationships>'


def _sheet(page: Page) -> Iterator[str]:
    yield f'{_XML}<worksheet xmlns="{_MAIN}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
    frozen = '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>' if page.head else ""
    yield f'<sheetViews><sheetView workbookViewId="0">{frozen}</sheetView></sheetViews><cols>'
    for n, width in enumerate(page.widths, start=1):
        yield f'<col min="{n}" max="{n}" width="{width}" customWidth="1"/>'
    yield "</cols><sheetData>"
    names = [_column_name(n) for n in range(1, len(page.widths) + 1)]
    for at, line in enumerate(page.lines, start=1):
        cells = (
            _cell(f"{name}{at}", cell, line.style) for name, cell in zip(names, line.cells, strict=False)
        )
        yield f'<row r="{at}">{"".join(cells)}</row>'
    yield "</sheetData>"
    if page.head:
        yield f'<autoFilter ref="A1:{names[-1]}{len(page.lines)}"/>'
    yield '<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.5" header="0.3" footer="0.3"/>'
    yield '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/></worksheet>'


def _cell(place: str, cell: Cell, style: int) -> str:
    if isinstance(cell, float):
        return f'<c r="{place}" s="{SHARE}"><v>{cell!r}</v></c>'
    words = _LOOKS_ESCAPED.sub("_x005F_", escape(plain_text(cell)))
    return f'<c r="{place}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{words}</t></is></c>'


def _column_name(number: int) -> str:
    name = ""
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(65 + rest) + name
    return name
