"""Web pages as they are published: layout tables, Word's export, furniture, hidden words, bad mark-up."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant.ingest.files.published import read_published_bytes
from tests.ingest.shapes import Span, html_table, lines_of, report

LINES = yaml.safe_load((Path(__file__).parent / "furniture.yaml").read_text(encoding="utf-8"))
PROSE = "<p>全年主动公开信息212条。</p>"


def text(body: str, head: str = "") -> str:
    """The text of a page with the given body."""
    page = f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>"
    return read_published_bytes("年报.html", page.encode()).text


@pytest.mark.parametrize("case", LINES, ids=lambda case: str(case["line"]))
def test_furniture_goes_and_the_report_stays(case: dict[str, Any]) -> None:
    """Each line keeps what the report has in it, and nothing else."""
    line = case["line"].replace(">", "&gt;")
    kept = [case["kept"]] if case["kept"] else []
    assert [*kept, "全年主动公开信息212条。"] == text(f"<p>{line}</p>{PROSE}").split("\n")


@pytest.mark.parametrize("case", LINES, ids=lambda case: str(case["line"]))
def test_no_cell_beside_a_figure_is_furniture(case: dict[str, Any]) -> None:
    """In a table's row with a figure, every word stays."""
    line = case["line"]
    row = html_table([[Span(line), Span("3")]])
    assert f"{line.replace('|', '｜')} | 3".replace("  ", " ") == text(row).replace("  ", " ")


@pytest.mark.parametrize(
    "element",
    [
        "<script>var 申请 = 3;</script>",
        "<style>.申请 {}</style>",
        "<!-- 申请3件 -->",
        "<noscript>请打开脚本</noscript>",
        '<p style="display:none">申请3件</p>',
        '<p style="DISPLAY : NONE;color:red">申请3件</p>',
        '<span style="mso-hide:all">申请3件</span>',
        "<div hidden>申请3件</div>",
        "<select><option>申请</option></select>",
        "<nav><a href=/>政务公开</a></nav>",
        '<div class="bread-crumb"><a href="/">首页</a><a href="/a">年报</a></div>',
        '<ul id="nav"><li>政务公开</li><li>互动交流</li></ul>',
        '<div class="footer"><p>联系我们</p><p>电话：000-00000000</p></div>',
        '<div class="share"><span>微信</span><span>微博</span></div>',
        '<ul><li><a href="/1">机构职能</a></li><li><a href="/2">政策文件</a></li></ul>',
        '<p>上一篇：</p><p><a href="/2022">柳河街道办事处2022年政府信息公开工作年度报告</a></p>',
        "<del>申请4件</del>",
    ],
)
def test_what_no_reader_of_the_page_sees_is_no_text(element: str) -> None:
    """Scripts, comments, hidden words, menus and struck-out words are left out, what follows them is not."""
    assert text(f"{element}尾巴{PROSE}") == "尾巴\n全年主动公开信息212条。"


@pytest.mark.parametrize("name", ["nav", "footer", "share", "sidebar", "search"])
def test_a_report_in_an_element_named_like_furniture_is_read(name: str) -> None:
    """A site that calls its main column `nav` loses no report."""
    rows = html_table([[Span("规章"), Span("0")]])
    assert text(f'<div class="{name}">{PROSE}</div>') == "全年主动公开信息212条。"
    assert text(f'<div id="{name}">{rows}</div>') == "规章 | 0"


def test_a_page_in_layout_tables_reads_like_a_plain_one() -> None:
    """Tables that arrange the page flow, tables in them stay tables."""
    blocks = report()
    inner = "".join(f"<p>{b}</p>" if isinstance(b, str) else html_table(b) for b in blocks)
    page = (
        "<table width=1000><tr><td colspan=2><a href=/>首页</a></td></tr><tr><td><img src=a></td>"
        f"<td><table><tr><td><div>{inner}</div></td></tr></table></td></tr>"
        "<tr><td colspan=2>主办单位：柳河市</td></tr></table>"
    )
    assert lines_of(blocks) == text(page).split("\n")


def test_a_page_exported_from_word_reads_like_a_plain_one() -> None:
    """Paragraphs in cells, spans in words, names of Word's own, and lines broken in the source."""
    blocks = report()
    cell = '<p class=MsoNormal align=center style="mso-pagination:widow-orphan"><span lang=EN-US>{}<o:p></o:p></span></p>'
    inner = "".join(
        f"<p class=MsoNormal style='text-indent:32pt;mso-char-indent-count:2'>\n<span>{b[:3]}</span><span>{b[3:]}</span></p>"
        if isinstance(b, str)
        else html_table(b, cell)
        for b in blocks
    )
    head = "<!--[if gte mso 9]><xml><w:WordDocument>1</w:WordDocument></xml><![endif]-->"
    assert lines_of(blocks) == text(f"<div class=WordSection1>{inner}</div>", head).split("\n")


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("行政规范<br>性文件", "行政规范性文件"),
        ("行政规范\n   性文件", "行政规范性文件"),
        ("&nbsp;规&nbsp;章&nbsp;", "规 章"),
        ("<p>第二十条第</p><p>（五）项</p>", "第二十条第（五）项"),
        ("<span>1</span><span>2</span>", "12"),
        ("1<br>2", "1 2"),
        ("规\u200b章", "规章"),
        ("甲|乙", "甲｜乙"),
        ("<ruby>规<rt>guī</rt></ruby>章", "规章"),
        ("<a href=/x>规章</a>", "规章"),
    ],
)
def test_a_cell_is_one_piece(cell: str, words: str) -> None:
    """Lines, spans and no-break spaces in a cell leave one entry; figures below each other stay apart."""
    assert text(f"<table><tr><td>{cell}</td><td>0</td></tr></table>") == f"{words} | 0"


def test_cells_and_rows_that_are_never_closed_are_read() -> None:
    """Old pages leave out every closing tag."""
    assert text("<table><tr><td>规章<td>0<td>1<tr><td>行政许可<td>7<td>8</table>") == (
        "规章 | 0 | 1\n行政许可 | 7 | 8"
    )


def test_an_empty_cell_keeps_its_place() -> None:
    """A blank between two figures is a blank, at the end too."""
    rows = "<tr><td>规章</td><td>0</td><td></td><td>1</td></tr><tr><td>许可</td><td>7</td><td>8</td><td>&nbsp;</td></tr>"
    assert text(f"<table><thead></thead><tbody>{rows}</tbody></table>") == "规章 | 0 |  | 1\n许可 | 7 | 8 |"


def test_a_row_within_a_row_gives_its_cells() -> None:
    """Figures kept in a table of one row inside a cell stand beside their label."""
    inner = html_table([[Span("1"), Span("2")]])
    assert text(f"<table><tr><td>规章</td><td>{inner}</td></tr></table>") == "规章 | 1 | 2"


def test_a_cell_that_reaches_to_the_end_is_laid_out() -> None:
    """rowspan=0 is every row that follows."""
    rows = "<tr><td rowspan=0>三</td><td>甲</td></tr><tr><td>乙</td></tr><tr><td>丙</td></tr>"
    assert text(f"<table>{rows}</table>") == "三 | 甲\n| 乙\n| 丙"


def test_a_link_that_is_never_closed_hides_nothing() -> None:
    """Where all that follows is one link, links tell nothing."""
    body = f"<a href=/>首页<p>一、总体情况</p><p>没有收到申请</p>{PROSE}"
    assert text(body).split("\n")[-3:] == ["一、总体情况", "没有收到申请", "全年主动公开信息212条。"]


def test_an_attached_report_stays_named() -> None:
    """The link to a file is how a page says that its tables are elsewhere."""
    assert "附件：年度报告附表.xlsx" in text(f'{PROSE}<p><a href="/a.xlsx">附件：年度报告附表.xlsx</a></p>')


def test_title_and_date_may_stand_in_the_head_only() -> None:
    """What the body does not show is taken from the page's head, and placed there."""
    head = (
        "<title>柳河街道办事处2023年政府信息公开工作年度报告-柳河市人民政府</title>"
        '<meta name="PubDate" content="2024-01-22 10:30">'
    )
    page = f"<html><head>{head}</head><body>{PROSE}</body></html>"
    found = read_published_bytes("a.html", page.encode())
    assert found.text.split("\n") == [
        "柳河街道办事处2023年政府信息公开工作年度报告",
        "公开日期：2024-01-22",
        "全年主动公开信息212条。",
    ]
    assert found.places == {1: "网页标题", 2: "网页头部的发布日期"}


def test_a_title_the_body_shows_is_not_said_twice() -> None:
    """The head adds nothing that the page says itself."""
    title = "柳河街道办事处2023年政府信息公开工作年度报告"
    assert text(f"<h1>{title}</h1>{PROSE}", f"<title>{title}_柳河市</title>").count(title) == 1


def test_preformatted_text_keeps_its_lines() -> None:
    """A report pasted into <pre> is lines, not one line."""
    assert text("<pre>规章 0 0 0\n行政许可 86</pre>") == "规章 0 0 0\n行政许可 86"
