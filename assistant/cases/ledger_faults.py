"""The rows of a ledger that could not be imported, as a workbook: corrected there, it is imported again as it is."""

from collections.abc import Iterator

from assistant.cases.ledger_cells import Place
from assistant.cases.ledger_plan import Plan
from assistant.cases.ledger_table import LedgerSheet, Line
from assistant.triage.workbook import FAULT, HEAD, Page, workbook
from assistant.triage.workbook import Line as SheetLine

_WIDTH, _WHY_WIDTH = 18.0, 60.0


def faults_workbook(plan: Plan) -> bytes:
    """Each sheet with its bad rows: the row's number, what is wrong, then the cells as they were."""
    why: dict[Place, list[str]] = {}
    for fault in plan.faults:
        why.setdefault(fault.place, []).append(f"{fault.heading}：{fault.what}")
    pages = []
    for sheet in plan.ledger.sheets:
        places = {line.number: Place(sheet.name, line.number) for line in sheet.lines}
        bad = [(line, why[places[line.number]]) for line in sheet.lines if places[line.number] in why]
        if bad:
            pages.append(_page(sheet, bad))
    return workbook(pages)


def _page(sheet: LedgerSheet, bad: list[tuple[Line, list[str]]]) -> Page:
    columns = sorted(sheet.columns.headings)
    head = SheetLine(("原行号", "问题", *(sheet.columns.headings[at] for at in columns)), HEAD)
    widths = (8.0, _WHY_WIDTH, *(_WIDTH for _ in columns))
    return Page(sheet.name or "未导入", widths, [head, *_lines(columns, bad)])


def _lines(columns: list[int], bad: list[tuple[Line, list[str]]]) -> Iterator[SheetLine]:
    for line, faults in bad:
        cells = (line.cells.get(at, "") for at in columns)
        yield SheetLine((str(line.number), "\n".join(faults), *cells), FAULT)
