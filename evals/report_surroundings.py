"""What stands around the three tables of a published report, or in their place.

Tables that were pictures, tables of the office's own, metadata, bread crumbs and footers of the host, and
titles that are split or gone.
"""

from dataclasses import replace
from random import Random

from evals.report_document import KNOWN, Document, Heading, PrintedCell, Sheet, Words


def tables_gone(doc: Document, _: Random) -> Document:
    """Headings follow each other; the tables were pictures."""
    return replace(doc, blocks=tuple(b for b in doc.blocks if not isinstance(b, Sheet)), lost=KNOWN)


def tables_attached(doc: Document, _: Random) -> Document:
    """The tables stand in an attachment."""
    blocks = (Words("（表格详见附件：统计表.xls）") if isinstance(b, Sheet) else b for b in doc.blocks)
    return replace(doc, blocks=tuple(blocks), lost=KNOWN)


def second_table_gone(doc: Document, _: Random) -> Document:
    """Only table two was a picture."""
    blocks = tuple(b for b in doc.blocks if not (isinstance(b, Sheet) and b.code == "requests"))
    return replace(doc, blocks=blocks, lost=doc.lost | {key for key in KNOWN if key[0] == "requests"})


def other_table_first(doc: Document, rng: Random) -> Document:
    """A table of the office's own before table one."""
    names = ("机构职能", "政策解读", "财政预决算", "双公示信息")
    rows = [(PrintedCell("公开类别"), PrintedCell("公开条数"))]
    rows += [(PrintedCell(name), PrintedCell(str(rng.randint(1, 400)))) for name in names]
    at = next(i for i, block in enumerate(doc.blocks) if isinstance(block, Sheet))
    return replace(doc, blocks=(*doc.blocks[:at], Sheet("", 2, tuple(rows)), *doc.blocks[at:]))


def metadata_first(doc: Document, rng: Random) -> Document:
    """A table with index number, issuer and date above the title."""
    number = f"{rng.randint(10**8, 10**9)}/{rng.randint(2020, 2026)}-{rng.randint(10**4, 10**5)}"
    rows = (
        (PrintedCell("索引号："), PrintedCell(number), PrintedCell("信息分类："), PrintedCell("年度报告")),
        (PrintedCell("公开方式："), PrintedCell("主动公开"), PrintedCell("有效性："), PrintedCell("有效")),
    )
    return replace(doc, blocks=(Sheet("", 4, rows), *doc.blocks))


def page_furniture(doc: Document, _: Random) -> Document:
    """Another organ's name in the bread crumbs and at the foot: it hosts the page."""
    title, *others = doc.blocks
    above = (Words("万和县人民政府门户网站"), Words("首页 > 政务公开 > 政府信息公开年报"))
    below = (Words("打印本页 关闭窗口"), Words("版权所有：万和县人民政府 网站标识码：0000000000"))
    line = Words("来源：本站 浏览次数：321 字号：[ 大 中 小 ]")
    return replace(doc, blocks=(*above, title, line, *others, *below))


def title_in_two_lines(doc: Document, rng: Random) -> Document:
    """The organ on one line, the rest on the next."""
    title = doc.blocks[0]
    assert isinstance(title, Heading)
    at = title.text.index("政府信息公开工作")
    return replace(
        doc, blocks=(Heading(title.text[:at].rstrip("的"), 0), Heading(title.text[at:], 0), *doc.blocks[1:])
    )


def title_lost(doc: Document, _: Random) -> Document:
    """Organ and year stand in the preface only."""
    return replace(doc, blocks=doc.blocks[1:])
