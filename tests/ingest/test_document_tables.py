"""Tables of Word files and PDFs: merged, nested and cut by the end of a page."""

import io
import zlib

import pytest

from assistant.errors import UnreadableFile
from assistant.ingest.files.published import read_published_bytes
from tests.ingest.shapes import as_pdf, lines_of, report
from tests.ingest.test_readers import docx_of, paragraph

Drawn = tuple[float, list[tuple[float, float, str]]]
LABEL = ("1.申请人无正当理由逾期不补正、行政机关", "不再处理其政府信息公开申请")


def word(body: str) -> list[str]:
    """Lines of a Word file with the given body."""
    return read_published_bytes("报告.docx", docx_of(body)).text.split("\n")


def cell(content: str, properties: str = "") -> str:
    """A cell of a Word table."""
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    """A row of a Word table."""
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def pdf_pages(*pages: list[Drawn], head: str = "") -> bytes:
    """A PDF of hand-drawn rows: for each page (top, cells as left, right, words); rows are 30 points high."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=(595, 842))
    for number, rows in enumerate(pages, start=1):
        canvas.setFont("STSong-Light", 9)
        canvas.drawString(280, 20, f"- {number} -")
        canvas.drawString(200, 800, head)
        for top, cells in rows:
            for left, right, words in cells:
                canvas.rect(left, top - 30, right - left, 30)
                canvas.drawString(left + 4, top - 18, words)
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def pdf(data: bytes) -> list[str]:
    """Lines of a PDF."""
    return read_published_bytes("报告.pdf", data).text.split("\n")


def test_a_cell_merged_downwards_stands_once() -> None:
    """Its words are in its first row, its places below are empty."""
    first = row(
        cell(paragraph("三、"), '<w:vMerge w:val="restart"/>'), cell(paragraph("甲")), cell(paragraph("1"))
    )
    second = row(cell(paragraph(""), "<w:vMerge/>"), cell(paragraph("乙")), cell(paragraph("")))
    assert word(f"<w:tbl>{first}{second}</w:tbl>") == ["三、 | 甲 | 1", "| 乙 |"]


def test_places_before_the_first_cell_are_kept() -> None:
    """A row set in by a column begins with an empty place; deleted rows are gone."""
    rows = row(cell(paragraph("甲")), cell(paragraph("1"))) + row(
        cell(paragraph("2")), properties='<w:gridBefore w:val="1"/>'
    )
    gone = row(cell(paragraph("旧")), properties="<w:del/>")
    assert word(f"<w:tbl>{rows}{gone}</w:tbl>") == ["甲 | 1", "| 2"]


def test_a_page_frame_in_word_flows() -> None:
    """A table around the whole report is no table; the one inside is."""
    inner = f"<w:tbl>{row(cell(paragraph('规章')), cell(paragraph('0')))}</w:tbl>"
    content = paragraph("二、主动公开政府信息情况") + inner + paragraph("以上。")
    assert word(f"<w:tbl>{row(cell(content))}</w:tbl>") == ["二、主动公开政府信息情况", "规章 | 0", "以上。"]


def test_a_word_table_that_spans_beyond_reason_is_refused() -> None:
    """Spans that would swell a table are counted before they are laid out."""
    rows = row(cell(paragraph("1"), '<w:gridSpan w:val="60"/>')) * 9000
    with pytest.raises(UnreadableFile, match="表格大得不合常理"):
        word(f"<w:tbl>{rows}</w:tbl>")


def test_a_setting_that_is_no_number_is_damage() -> None:
    """A span of “abc” columns is a damaged file, not a traceback."""
    table = row(cell(paragraph("1"), '<w:gridSpan w:val="abc"/>'))
    with pytest.raises(UnreadableFile, match="已损坏"):
        word(f"<w:tbl>{table}</w:tbl>")


def test_a_row_cut_by_the_end_of_a_page_is_one_row() -> None:
    """The rest of a label on the next page belongs to it; the page number between is no text."""
    columns = [(50.0, 400.0), (400.0, 450.0), (450.0, 500.0)]

    def drawn(*words: str) -> list[tuple[float, float, str]]:
        return [(left, right, text) for (left, right), text in zip(columns, words, strict=True)]

    first = [(110.0, drawn("甲", "1", "2")), (80.0, drawn(LABEL[0], "3", "4"))]
    second = [(800.0, drawn(LABEL[1], "", "")), (770.0, drawn("乙", "5", "6"))]
    assert pdf(pdf_pages(first, second)) == ["甲 | 1 | 2", f"{''.join(LABEL)} | 3 | 4", "乙 | 5 | 6"]


def test_pages_that_rule_fewer_columns_keep_the_table_s_width() -> None:
    """A page whose rows all span two columns draws one; the table has both."""
    first = [(110.0, [(50.0, 400.0, "一、本年新收"), (400.0, 500.0, "3")])]
    second = [(800.0, [(50.0, 150.0, "三"), (150.0, 400.0, "（一）予以公开"), (400.0, 500.0, "3")])]
    assert pdf(pdf_pages(first, second)) == ["一、本年新收 |  | 3", "三 | （一）予以公开 | 3"]


def test_a_report_over_several_small_pages_reads_like_one() -> None:
    """Prose, tables and headings of the first half, on pages of half the height."""
    blocks = report()[:8]
    assert lines_of(blocks) == pdf(as_pdf(blocks, (842, 480)))


def test_a_running_head_is_read_once() -> None:
    """What every page has at its top is not said again among the rows."""
    pages = [
        [(600.0, [(50.0, 300.0, f"行政许可{number}"), (300.0, 500.0, str(number))])] for number in range(3)
    ]
    expected = ["柳河街道办事处", "行政许可0 | 0", "行政许可1 | 1", "行政许可2 | 2"]
    assert expected == pdf(pdf_pages(*pages, head="柳河街道办事处"))


def test_a_pdf_of_more_pages_than_any_report_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A yearbook of a province is asked to be cut down."""
    monkeypatch.setattr("assistant.ingest.files.pdf_tables.PAGE_LIMIT", 1)
    page = [(800.0, [(50.0, 300.0, "规章"), (300.0, 500.0, "0")])]
    with pytest.raises(UnreadableFile, match=r"有 2 页（上限 1 页）"):
        pdf(pdf_pages(page, page))


def test_a_pdf_that_swells_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    """A packed part is measured piece by piece before the reader unpacks it whole."""
    monkeypatch.setattr("assistant.ingest.files.pdf_text.STREAM_LIMIT", 8 * 1024 * 1024)
    bomb = zlib.compress(b"0" * (30 * 1024 * 1024))
    whole = pdf_pages([(800.0, [(50.0, 300.0, "规章"), (300.0, 500.0, "0")])])
    assert pdf(whole) == ["规章 | 0"]
    with pytest.raises(UnreadableFile, match="压缩炸弹"):
        pdf(
            whole.replace(
                b"endobj", b"endobj\n9 0 obj<</Filter/FlateDecode>>stream\n" + bomb + b"\nendstream endobj", 1
            )
        )


@pytest.mark.parametrize("size", [1, 256 * 1024, 3 * 1024 * 1024, 5_000_001])
def test_a_pdf_with_a_large_part_is_read(size: int) -> None:
    """A picture of any size that is packed well is no bomb, and measuring it comes to an end."""
    picture = zlib.compress(b"0" * size)
    whole = pdf_pages([(800.0, [(50.0, 300.0, "规章"), (300.0, 500.0, "0")])])
    packed = b"endobj\n9 0 obj<</Filter/FlateDecode>>stream\n" + picture + b"\nendstream endobj"
    assert pdf(whole.replace(b"endobj", packed, 1)) == ["规章 | 0"]
