"""An invented report as headings, paragraphs and tables with merged cells, before it is flattened.

A cell that shows a figure knows which one, so that whoever lays the report out can say what became of it.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from evals.report_figures import (
    COLUMNS,
    DECISIONS,
    DOCUMENT_COLUMNS,
    RESULTS,
    REVIEWS,
    ROWS,
    Figures,
    Key,
    Number,
)
from evals.report_prose import Account

# What both the form of 2021 and a reader of it have a name for.
KNOWN: frozenset[Key] = frozenset(
    [("requests", row, column) for row in ROWS for column in COLUMNS]
    + [("disputes", row, column) for row in REVIEWS for column in (*RESULTS, "total")]
    + [("publication", r, c) for r in ("regulations", "normative_documents") for c in DOCUMENT_COLUMNS]
    + [("publication", row, "decisions") for row in DECISIONS]
    + [("publication", "fees", "amount")]
)
HANDLED = "三、本年度办理结果"
GROUPS = {
    "refuse": ("（三）不予公开", 8),
    "unable": ("（四）无法提供", 3),
    "decline": ("（五）不予处理", 5),
    "other": ("（六）其他处理", 3),
}
LABELS = {
    "new": "一、本年新收政府信息公开申请数量",
    "carried_in": "二、上年结转政府信息公开申请数量",
    "grant": "（一）予以公开",
    "partial": "（二）部分公开（区分处理的，只计这一情形，不计其他情形）",
    "refuse.state_secret": "1.属于国家秘密",
    "refuse.prohibited_by_law": "2.其他法律行政法规禁止公开",
    "refuse.security_stability": "3.危及“三安全一稳定”",
    "refuse.third_party": "4.保护第三方合法权益",
    "refuse.internal_affairs": "5.属于三类内部事务信息",
    "refuse.deliberative": "6.属于四类过程性信息",
    "refuse.enforcement_file": "7.属于行政执法案卷",
    "refuse.administrative_query": "8.属于行政查询事项",
    "unable.not_held": "1.本机关不掌握相关政府信息",
    "unable.needs_creation": "2.没有现成信息需要另行制作",
    "unable.still_unclear": "3.补正后申请内容仍不明确",
    "decline.petition": "1.信访举报投诉类申请",
    "decline.repeat": "2.重复申请",
    "decline.publication": "3.要求提供公开出版物",
    "decline.excessive": "4.无正当理由大量反复申请",
    "decline.reconfirm": "5.要求行政机关确认或重新出具已获取信息",
    "other.no_correction": "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
    "other.fee_unpaid": "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
    "other.other": "3.其他",
    "total_handled": "（七）总计",
    "carried_out": "四、结转下年度继续办理",
}
PARTY_NAMES = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")
RESULT_NAMES = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")
RULE = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"


@dataclass(frozen=True)
class PrintedCell:
    """A cell of a table; `key` is the figure it shows. It may stand over several columns and rows."""

    text: str
    key: Key | None = None
    across: int = 1
    down: int = 1

    @property
    def is_figure(self) -> bool:
        """Whether it shows a figure, be it one without a name: a sum, a count of the form of 2019."""
        return self.key is not None or self.text.lstrip("+-").replace(".", "").isdigit()


Row = tuple[PrintedCell, ...]


@dataclass(frozen=True)
class Sheet:
    """A table: rows of cells. `code` is empty for a table that is none of the three."""

    code: str
    width: int
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Heading:
    """A title: level 0 is the report's own."""

    text: str
    level: int = 1


@dataclass(frozen=True)
class Words:
    """A paragraph."""

    text: str


Block = Heading | Words | Sheet


@dataclass(frozen=True)
class Document:
    """The report in reading order. `lost`: figures nobody can read. `open`: those one may rightly leave."""

    blocks: tuple[Block, ...]
    figures: Figures
    lost: frozenset[Key] = frozenset()
    open: frozenset[Key] = frozenset()

    @property
    def sheets(self) -> tuple[Sheet, ...]:
        """Its tables."""
        return tuple(block for block in self.blocks if isinstance(block, Sheet))

    @property
    def shown(self) -> frozenset[Key]:
        """Figures some cell shows."""
        return frozenset(
            c.key for sheet in self.sheets for row in sheet.rows for c in row if c.key and c.text
        )


def document(account: Account, merged_other: bool | None = None, old: bool | None = None) -> Document:
    """The account with its tables. `merged_other`: 其他处理 is one row; `old`: table one as of 2019."""
    of_2019 = account.facts.form == "2019"
    merged = of_2019 if merged_other is None else merged_other
    old = of_2019 if old is None else old
    figures = account.facts.figures
    sheets = {
        2: old_publication(figures) if old else publication(figures),
        3: requests(figures, merged),
        4: disputes(figures),
    }
    blocks: list[Block] = [Heading(account.title, 0), Words(account.preface)]
    for number, heading in account.headings:
        blocks += [Heading(heading), *_under(account, number, sheets.get(number))]
    return Document(tuple(blocks), figures, open=_other_form(old, merged))


def map_cells(doc: Document, change: Callable[[PrintedCell], PrintedCell]) -> Document:
    """The document with every table cell changed."""
    return map_sheets(
        doc, lambda sheet: replace(sheet, rows=tuple(tuple(map(change, row)) for row in sheet.rows))
    )


def map_sheets(doc: Document, change: Callable[[Sheet], Sheet]) -> Document:
    """The document with every one of the three tables changed."""
    blocks = (change(b) if isinstance(b, Sheet) and b.code else b for b in doc.blocks)
    return replace(doc, blocks=tuple(blocks))


def keys_of(row: Row) -> tuple[Key, ...]:
    """Figures a row shows, in order."""
    return tuple(cell.key for cell in row if cell.key)


def publication(of: Figures) -> Sheet:
    """Table one as of 2021."""
    heads = ("本年制发件数", "本年废止件数", "现行有效件数")
    rows = [_wide("第二十条第（一）项", 4), _heads("信息内容", *heads)]
    rows += [_figures(("规章",), of, "publication", "regulations", DOCUMENT_COLUMNS)]
    rows += [_figures(("行政规范性文件",), of, "publication", "normative_documents", DOCUMENT_COLUMNS)]
    names = {"permits": "行政许可", "penalties": "行政处罚", "coercion": "行政强制"}
    for mark, codes in (("五", ("permits",)), ("六", ("penalties", "coercion"))):
        rows += [_wide(f"第二十条第（{mark}）项", 4), _decided("信息内容", "本年处理决定数量")]
        rows += [_decided(names[code], *_one(of, "publication", code, "decisions")) for code in codes]
    rows += [_wide("第二十条第（八）项", 4), _decided("信息内容", "本年收费金额（单位：万元）")]
    rows += [_decided("行政事业性收费", *_one(of, "publication", "fees", "amount"))]
    return Sheet("publication", 4, tuple(rows))


def old_publication(of: Figures) -> Sheet:
    """Table one as of 2019: numbers made and published, items of last year, procurement."""
    rows = [_wide("第二十条第（一）项", 4)]
    rows += [_heads("信息内容", "本年新制作数量", "本年新公开数量", "对外公开总数量")]
    rows += [_made("规章", of, "regulations"), _made("规范性文件", of, "normative_documents")]
    columns = ("items_before", "items_change", "decisions")
    names = {
        "permits": "行政许可",
        "other_services": "其他对外管理服务事项",
        "penalties": "行政处罚",
        "coercion": "行政强制",
    }
    for mark, codes in (("五", ("permits", "other_services")), ("六", ("penalties", "coercion"))):
        rows += [_wide(f"第二十条第（{mark}）项", 4)]
        rows += [_heads("信息内容", "上一年项目数量", "本年增/减", "处理决定数量")]
        rows += [_figures((names[code],), of, "publication", code, columns) for code in codes]
    rows += [_wide("第二十条第（八）项", 4), _heads("信息内容", "上一年项目数量", "本年增/减")]
    rows += [_figures(("行政事业性收费",), of, "publication", "fees", columns[:2])]
    rows += [_wide("第二十条第（九）项", 4), _heads("信息内容", "采购项目数量", "采购总金额")]
    rows += [_figures(("政府集中采购",), of, "publication", "procurement", ("projects", "spent"))]
    return Sheet("publication", 4, tuple(rows))


def requests(of: Figures, merged_other: bool = False) -> Sheet:
    """Table two: ten columns, of which the first three hold titles."""
    rows = [
        (PrintedCell(RULE, across=3, down=3), PrintedCell("申请人情况", across=7)),
        (PrintedCell("自然人", down=2), PrintedCell("法人或其他组织", across=5), PrintedCell("总计", down=2)),
        tuple(map(PrintedCell, PARTY_NAMES[1:6])),
        _request(of, "new", PrintedCell(LABELS["new"], across=3)),
        _request(of, "carried_in", PrintedCell(LABELS["carried_in"], across=3)),
        _request(of, "grant", PrintedCell(HANDLED, down=20 if merged_other else 22), _second("grant")),
        _request(of, "partial", _second("partial")),
    ]
    for group in GROUPS:
        rows += [_merged_other(of)] if merged_other and group == "other" else _group(of, group)
    rows += [_request(of, "total_handled", _second("total_handled"))]
    rows += [_request(of, "carried_out", PrintedCell(LABELS["carried_out"], across=3))]
    return Sheet("requests", 10, tuple(rows))


def disputes(of: Figures) -> Sheet:
    """Table three: fifteen figures in one row."""
    ways = (PrintedCell("未经复议直接起诉", across=5), PrintedCell("复议后起诉", across=5))
    rows = (
        (PrintedCell("行政复议", across=5), PrintedCell("行政诉讼", across=10)),
        (*(PrintedCell(name, down=2) for name in RESULT_NAMES), *ways),
        tuple(map(PrintedCell, RESULT_NAMES * 2)),
        tuple(_cell(of, ("disputes", row, c)) for row in REVIEWS for c in (*RESULTS, "total")),
    )
    return Sheet("disputes", 15, rows)


def printed(value: Number) -> str:
    """A figure as an office writes it: decimals only where there are some."""
    return f"{value.normalize():f}" if isinstance(value, Decimal) else str(value)


def _other_form(old: bool, merged: bool) -> frozenset[Key]:
    """Figures of the form of 2019 that a reader of the form of 2021 may leave: what they count has changed."""
    table_one = {("publication", row, "decisions") for row in DECISIONS}
    table_one |= {("publication", row, "issued") for row in ("regulations", "normative_documents")}
    others = {key for key in KNOWN if key[1].startswith("other.")}
    return frozenset((table_one if old else set()) | (others if merged else set()))


def _under(account: Account, number: int, sheet: Sheet | None) -> Iterator[Block]:
    if number == 1:
        for mark, (aspect, text) in zip("一二三四五", account.aspects.items(), strict=True):
            yield Heading(f"（{mark}）{aspect}", 2)
            yield Words(text)
    elif sheet:
        yield sheet
    else:
        yield Words(account.problems if number == 5 else account.other_matters)


def _group(of: Figures, group: str) -> list[Row]:
    title, size = GROUPS[group]
    leaves = [row for row in ROWS if row.startswith(f"{group}.")]
    first, *others = [_request(of, leaf, PrintedCell(LABELS[leaf])) for leaf in leaves]
    return [(PrintedCell(title, down=size), *first), *others]


def _merged_other(of: Figures) -> Row:
    """其他处理 in one row: the sum of the three, which has no name of its own."""
    leaves = [row for row in ROWS if row.startswith("other.")]
    sums = (sum(of["requests", leaf, column] for leaf in leaves) for column in COLUMNS)
    return (PrintedCell("（六）其他处理", across=2), *(PrintedCell(printed(value)) for value in sums))


def _second(row: str) -> PrintedCell:
    return PrintedCell(LABELS[row], across=2)


def _request(of: Figures, row: str, *titles: PrintedCell) -> Row:
    return (*titles, *(_cell(of, ("requests", row, column)) for column in COLUMNS))


def _figures(titles: tuple[str, ...], of: Figures, table: str, row: str, columns: tuple[str, ...]) -> Row:
    return (*map(PrintedCell, titles), *(_cell(of, (table, row, column)) for column in columns))


def _made(title: str, of: Figures, row: str) -> Row:
    """Made, newly published, public in all: only the first has a counterpart in the form of 2021."""
    issued, in_force = (of["publication", row, column] for column in ("issued", "in_force"))
    first = _cell(of, ("publication", row, "issued"))
    return (PrintedCell(title), first, PrintedCell(printed(issued)), PrintedCell(printed(in_force)))


def _decided(title: str, value: str | PrintedCell) -> Row:
    cell = PrintedCell(value) if isinstance(value, str) else value
    return (PrintedCell(title), replace(cell, across=3))


def _one(of: Figures, *key: str) -> tuple[PrintedCell]:
    table, row, column = key
    return (_cell(of, (table, row, column)),)


def _heads(*names: str) -> Row:
    return tuple(map(PrintedCell, names))


def _wide(text: str, width: int) -> Row:
    return (PrintedCell(text, across=width),)


def _cell(of: Figures, key: Key) -> PrintedCell:
    return PrintedCell(printed(of[key]), key)
