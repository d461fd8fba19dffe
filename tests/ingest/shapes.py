"""One report of an invented street office in every shape reports are published in.

The report is a list of blocks, a line of prose or a table of spanning cells, and each builder makes a file
of it as office programs do: the same words, the same merged cells.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from itertools import count
from typing import Any

TITLE = "柳河街道办事处2023年政府信息公开工作年度报告"
YEAR_LINE = "2023年，柳河街道共收到政府信息公开申请31件，上年结转2件，办结30件，结转下年度3件。"


@dataclass(frozen=True)
class Span:
    """A cell: its words and how many columns and rows it covers."""

    words: str
    columns: int = 1
    rows: int = 1


Grid = Sequence[Sequence[Span]]
Block = str | Grid

_WHO = ("商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他")
_RESULTS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("（一）予以公开", ()),
    ("（二）部分公开（区分处理的，只计这一情形，不计其他情形）", ()),
    (
        "（三）不予公开",
        (
            *("1.属于国家秘密", "2.其他法律行政法规禁止公开", "3.危及“三安全一稳定”"),
            *("4.保护第三方合法权益", "5.属于三类内部事务信息", "6.属于四类过程性信息"),
            *("7.属于行政执法案卷", "8.属于行政查询事项"),
        ),
    ),
    (
        "（四）无法提供",
        ("1.本机关不掌握相关政府信息", "2.没有现成信息需要另行制作", "3.补正后申请内容仍不明确"),
    ),
    (
        "（五）不予处理",
        (
            *("1.信访举报投诉类申请", "2.重复申请", "3.要求提供公开出版物", "4.无正当理由大量反复申请"),
            "5.要求行政机关确认或重新出具已获取信息",
        ),
    ),
    (
        "（六）其他处理",
        (
            "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
            "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
            "3.其他",
        ),
    ),
    ("（七）总计", ()),
)


def report() -> list[Block]:
    """The report; every figure of the table of requests is different, so that none can change places."""
    return [
        _cells(("索引号：", "00777/2024-00031", "公开日期：", "2024-01-22")),
        TITLE,
        YEAR_LINE,
        "一、总体情况",
        "（一）主动公开",
        "全年主动公开信息212条，网站访问12000次。",
        "二、主动公开政府信息情况",
        _publication(),
        "三、收到和处理政府信息公开申请情况",
        _requests(),
        "四、政府信息公开行政复议、行政诉讼情况",
        _disputes(),
        "五、存在的主要问题及改进情况",
        "政策解读的形式不多，已经安排专人改进。",
        "六、其他需要报告的事项",
        "本年度没有收取信息处理费。",
    ]


def _cells(words: Sequence[str]) -> Grid:
    return [[Span(word) for word in words]]


def _publication() -> Grid:
    def block(basis: str, head: str, *rows: tuple[str, str]) -> list[list[Span]]:
        lines = [[Span(basis, 4)], [Span("信息内容"), Span(head, 3)]]
        return lines + [[Span(label), Span(value, 3)] for label, value in rows]

    three = [Span("信息内容"), *map(Span, ("本年制发件数", "本年废止件数", "现行有效件数"))]
    return [
        [Span("第二十条第（一）项", 4)],
        three,
        [Span(word) for word in ("规章", "0", "0", "0")],
        [Span(word) for word in ("行政规范性文件", "4", "1", "9")],
        *block("第二十条第（五）项", "本年处理决定数量", ("行政许可", "86")),
        *block("第二十条第（六）项", "本年处理决定数量", ("行政处罚", "143"), ("行政强制", "7")),
        *block("第二十条第（八）项", "本年收费金额（单位：万元）", ("行政事业性收费", "1.25")),
    ]


def _requests() -> Grid:
    numbers = count(11)

    def values() -> list[Span]:
        return [Span(str(next(numbers))) for _ in range(7)]

    rows = [
        [
            Span("（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）", 3, 3),
            Span("申请人情况", 7),
        ],
        [Span("自然人", 1, 2), Span("法人或其他组织", 5), Span("总计", 1, 2)],
        [Span(who) for who in _WHO],
        [Span("一、本年新收政府信息公开申请数量", 3), *values()],
        [Span("二、上年结转政府信息公开申请数量", 3), *values()],
    ]
    leaves = sum(max(1, len(leaves)) for _, leaves in _RESULTS)
    first = [Span("三、本年度办理结果", 1, leaves)]
    for label, kinds in _RESULTS:
        if not kinds:
            rows.append([*first, Span(label, 2), *values()])
        for at, kind in enumerate(kinds):
            head = [Span(label, 1, len(kinds))] if at == 0 else []
            rows.append([*first, *head, Span(kind), *values()])
            first = []
        first = []
    rows.append([Span("四、结转下年度继续办理", 3), *values()])
    return rows


def _disputes() -> Grid:
    five = [Span(word) for word in ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")]
    tall = [Span(span.words, 1, 2) for span in five]
    return [
        [Span("行政复议", 5), Span("行政诉讼", 10)],
        [*tall, Span("未经复议直接起诉", 5), Span("复议后起诉", 5)],
        [*five, *five],
        [Span(str(number)) for number in range(201, 216)],
    ]


def lines_of(blocks: Sequence[Block]) -> list[str]:
    """The lines every reader must give: written out from the blocks, not by the code under test."""
    lines: list[str] = []
    for block in blocks:
        if isinstance(block, str):
            lines.append(block)
        else:
            lines += [" | ".join(row).strip() for row in grid_of(block)]
    return lines


def grid_of(grid: Grid) -> list[list[str]]:
    """The table with every place: a merged cell's words at its first, the others empty."""
    taken: dict[tuple[int, int], str] = {}
    for at, row in enumerate(grid):
        column = 0
        for span in row:
            while (at, column) in taken:
                column += 1
            places = [
                (at + down, column + right) for down in range(span.rows) for right in range(span.columns)
            ]
            taken |= dict.fromkeys(places, "")
            taken[at, column] = span.words
    width = 1 + max(column for _, column in taken)
    return [[taken.get((at, column), "") for column in range(width)] for at in range(len(grid))]


def origins(grid: Grid) -> list[tuple[int, int, Span]]:
    """Each cell with the row and column it begins in."""
    taken: set[tuple[int, int]] = set()
    found = []
    for at, row in enumerate(grid):
        column = 0
        for span in row:
            while (at, column) in taken:
                column += 1
            taken |= {
                (at + down, column + right) for down in range(span.rows) for right in range(span.columns)
            }
            found.append((at, column, span))
    return found


def as_text(blocks: Sequence[Block], encoding: str = "utf-8") -> bytes:
    """A text file in which every table is a row a line already."""
    return "\n".join(lines_of(blocks)).encode(encoding)


def as_html(blocks: Sequence[Block], encoding: str = "utf-8", charset: str | None = None) -> bytes:
    """A plain web page."""
    body = "\n".join(f"<p>{escape(b)}</p>" if isinstance(b, str) else html_table(b) for b in blocks)
    head = f'<meta http-equiv="Content-Type" content="text/html; charset={charset or encoding}">'
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>".encode(encoding)


def html_table(grid: Grid, cell: str = "{}") -> str:
    """A table of a web page; `cell` is what stands around the words of each cell."""
    rows = (
        "".join(
            f'<td colspan="{span.columns}" rowspan="{span.rows}">{cell.format(escape(span.words))}</td>'
            for span in row
        )
        for row in grid
    )
    return f"<table border=1><tbody>{''.join(f'<tr>{row}</tr>' for row in rows)}</tbody></table>"


def as_docx(blocks: Sequence[Block]) -> bytes:
    """A Word file with merged cells."""
    import docx

    document, stream = docx.Document(), io.BytesIO()
    for block in blocks:
        if isinstance(block, str):
            document.add_paragraph(block)
            continue
        places = grid_of(block)
        table = document.add_table(rows=len(places), cols=len(places[0]))
        for row, column, span in origins(block):
            cell = table.cell(row, column)
            if span.rows > 1 or span.columns > 1:
                cell = cell.merge(table.cell(row + span.rows - 1, column + span.columns - 1))
            cell.text = span.words
    document.save(stream)
    return stream.getvalue()


def as_xlsx(blocks: Sequence[Block], numbers: bool = True) -> bytes:
    """A spreadsheet of one sheet; figures are numbers, empty places of a table are cells with a border."""
    import openpyxl
    from openpyxl.styles import Border, Side

    book, stream = openpyxl.Workbook(), io.BytesIO()
    sheet: Any = book.active
    border = Border(bottom=Side(style="thin"))
    row = 1
    for block in blocks:
        if isinstance(block, str):
            sheet.cell(row, 1, block)
            row += 1
            continue
        places = grid_of(block)
        for down, words in enumerate(places):
            for right in range(len(words)):
                sheet.cell(row + down, 1 + right).border = border
        for down, right, span in origins(block):
            value = float(span.words) if numbers and _is_number(span.words) else span.words
            cell = sheet.cell(row + down, 1 + right, value)
            if span.rows > 1 or span.columns > 1:
                end = (row + down + span.rows - 1, 1 + right + span.columns - 1)
                sheet.merge_cells(None, cell.row, cell.column, *end)
        row += len(places)
    book.save(stream)
    return stream.getvalue()


def _is_number(words: str) -> bool:
    return words.replace(".", "", 1).isdigit()


def as_pdf(blocks: Sequence[Block], page: tuple[float, float] = (842, 1191)) -> bytes:
    """A PDF with ruled tables, as many pages as it takes."""
    from reportlab.lib import colors
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    style = ParagraphStyle("body", fontName="STSong-Light", fontSize=9, leading=12, wordWrap="CJK")
    stream, story = io.BytesIO(), []
    for block in blocks:
        if isinstance(block, str):
            story.append(Paragraph(block, style))
            continue
        places = [[Paragraph(words, style) if words else "" for words in row] for row in grid_of(block)]
        table = Table(places, colWidths=[(page[0] - 80) / len(places[0])] * len(places[0]))
        commands: list[Any] = [("GRID", (0, 0), (-1, -1), 0.5, colors.black)]
        for row, column, span in origins(block):
            end = (column + span.columns - 1, row + span.rows - 1)
            commands.append(("SPAN", (column, row), end))
        table.setStyle(commands)
        story.append(table)
    SimpleDocTemplate(stream, pagesize=page, leftMargin=40, rightMargin=40).build(story)
    return stream.getvalue()


BUILDERS = {
    "txt": as_text,
    "html": as_html,
    "docx": as_docx,
    "xlsx": as_xlsx,
    "pdf": as_pdf,
}
