"""How the figures themselves come: strokes and blanks for none, units, signs, masked and full-width digits.

A stroke or a blank stands for none; a reader may take it for zero or leave it open, so such figures are
`open`. A masked digit is lost.
"""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from random import Random

from evals.report_document import KNOWN, Document, PrintedCell, Sheet, keys_of, map_cells, map_sheets
from evals.report_figures import COLUMNS, PARTIES, Key

FEES = ("publication", "fees", "amount")
_WIDE = str.maketrans("0123456789.", "０１２３４５６７８９．")


def blank_for_none(doc: Document, _: Random) -> Document:
    """An empty cell where there is none."""
    return _none_as(doc, "")


def slash_for_none(doc: Document, _: Random) -> Document:
    """A slash where there is none."""
    return _none_as(doc, "/")


def dash_for_none(doc: Document, rng: Random) -> Document:
    """A dash where there is none."""
    return _none_as(doc, rng.choice(("-", "—", "--")))


def signed(doc: Document, _: Random) -> Document:
    """Increases with a plus: +2, -1."""

    def one(cell: PrintedCell) -> PrintedCell:
        changes = cell.key and cell.key[2] == "items_change" and not cell.text.startswith("-")
        return replace(cell, text=f"+{cell.text}") if changes else cell

    return map_cells(doc, one)


def yuan_inside(doc: Document, _: Random) -> Document:
    """3235727元 under a head that asks for 万元: a slip of the office that a reader may leave open."""

    def one(cell: PrintedCell) -> PrintedCell:
        if cell.key != FEES:
            return cell
        return replace(cell, text=f"{(Decimal(doc.figures[FEES]) * 10000).normalize():f}元")

    return replace(map_cells(doc, one), open=doc.open | {FEES})


def unit_inside(doc: Document, _: Random) -> Document:
    """12件, 323.57万元."""

    def one(cell: PrintedCell) -> PrintedCell:
        if cell.key not in KNOWN:
            return cell
        return replace(cell, text=cell.text + ("万元" if cell.key == FEES else "件"))

    return map_cells(doc, one)


def unit_nowhere(doc: Document, _: Random) -> Document:
    """The head no longer says 万元; what the figure counts is left to the reader."""

    def one(cell: PrintedCell) -> PrintedCell:
        return replace(cell, text=cell.text.replace("（单位：万元）", ""))

    return replace(map_cells(doc, one), open=doc.open | {FEES})


def masked(doc: Document, rng: Random) -> Document:
    """Digits behind asterisks: 1*, **."""
    shown = sorted(doc.shown & KNOWN)
    hidden = frozenset(rng.sample(shown, max(3, len(shown) // 12)))

    def one(cell: PrintedCell) -> PrintedCell:
        return replace(cell, text=cell.text[:-1] + "*") if cell.key in hidden else cell

    return replace(map_cells(doc, one), lost=doc.lost | hidden)


def full_width(doc: Document, _: Random) -> Document:
    """１２ for 12."""
    return map_cells(doc, lambda cell: replace(cell, text=cell.text.translate(_WIDE)) if cell.key else cell)


def thousands(doc: Document, _: Random) -> Document:
    """14,069."""

    def one(cell: PrintedCell) -> PrintedCell:
        whole = cell.key and cell.text.isdigit()
        return replace(cell, text=f"{int(cell.text):,}") if whole else cell

    return map_cells(doc, one)


def total_only(doc: Document, _: Random) -> Document:
    """Table two with the total column alone."""
    return _columns_kept(doc, ("total",))


def persons_and_total(doc: Document, _: Random) -> Document:
    """Table two with natural persons and the total."""
    return _columns_kept(doc, ("natural_person", "total"))


def six_columns(doc: Document, _: Random) -> Document:
    """Table two without the total; whoever adds the six up is right, too."""
    kept = _columns_kept(doc, PARTIES)
    totals = frozenset(key for key in KNOWN if key[0] == "requests" and key[2] == "total")
    return replace(kept, lost=kept.lost - totals, open=kept.open | totals)


def two_values_left(doc: Document, _: Random) -> Document:
    """Under all seven heads only natural persons and total, where nobody else asked."""
    others = PARTIES[1:]

    def bare(row: str) -> bool:
        return not any(doc.figures["requests", row, party] for party in others)

    return _values_dropped(doc, lambda key: key[2] in others and bare(key[1]))


def one_value_left(doc: Document, _: Random) -> Document:
    """Under all seven heads one value, where natural persons and total are the same."""
    of = doc.figures

    def alone(key: Key) -> bool:
        table, row, column = key
        return column != "total" and of[table, row, "natural_person"] == of[table, row, "total"]

    left = _values_dropped(doc, alone)
    shortened = {key[1] for key in doc.shown - left.shown}
    rows = frozenset(key for key in KNOWN if key[0] == "requests" and key[1] in shortened)
    return replace(left, open=left.open | rows)


def six_values_left(doc: Document, rng: Random) -> Document:
    """In every third row one cell is gone, and nothing shows which."""
    gone: set[Key] = set()
    for row in sorted({key[1] for key in doc.shown if key[0] == "requests"}):
        if rng.random() < 0.34:
            gone.add(("requests", row, rng.choice(COLUMNS)))
    left = _values_dropped(doc, lambda key: key in gone)
    rows = {key[1] for key in gone}
    return replace(left, open=left.open | {key for key in KNOWN if key[0] == "requests" and key[1] in rows})


def _none_as(doc: Document, sign: str) -> Document:
    def one(cell: PrintedCell) -> PrintedCell:
        return replace(cell, text=sign) if cell.key and cell.text == "0" else cell

    none = {key for key in doc.shown & KNOWN if doc.figures[key] == 0}
    return replace(map_cells(doc, one), open=doc.open | none)


def _values_dropped(doc: Document, gone: Callable[[Key], bool]) -> Document:
    """Cells of table two taken out, their neighbours moved up; what is gone may be left open."""
    dropped = {key for key in doc.shown if key[0] == "requests" and gone(key)}

    def shorter(sheet: Sheet) -> Sheet:
        return replace(sheet, rows=tuple(tuple(c for c in row if c.key not in dropped) for row in sheet.rows))

    return replace(map_sheets(doc, shorter), open=doc.open | (dropped & KNOWN))


def _columns_kept(doc: Document, columns: tuple[str, ...]) -> Document:
    """Table two with some of its columns; the figures of the others are lost."""
    names = dict(
        zip(
            COLUMNS,
            ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"),
            strict=True,
        )
    )

    def narrower(sheet: Sheet) -> Sheet:
        if sheet.code != "requests":
            return sheet
        head = (PrintedCell("申请人情况", across=3), *(PrintedCell(names[column]) for column in columns))
        rows = tuple(_row_kept(row, columns) for row in sheet.rows[3:])
        return Sheet(sheet.code, 3 + len(columns), (head, *rows))

    lost = {key for key in KNOWN if key[0] == "requests" and key[2] not in columns}
    return replace(map_sheets(doc, narrower), lost=doc.lost | lost)


def _row_kept(row: tuple[PrintedCell, ...], columns: tuple[str, ...]) -> tuple[PrintedCell, ...]:
    """Values of some columns; a row of sums without keys is cut at the same places."""
    if keys_of(row):
        return tuple(cell for cell in row if not cell.key or cell.key[2] in columns)
    titles, values = row[: -len(COLUMNS)], row[-len(COLUMNS) :]
    return (*titles, *(value for column, value in zip(COLUMNS, values, strict=True) if column in columns))
