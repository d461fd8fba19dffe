"""Published reports as files: whatever the shape, the same lines, the same figures, and the place of each."""

import hashlib
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant import errors
from assistant.errors import InputError, UnreadableFile
from assistant.ingest.annual.report import Report, parse_report
from assistant.ingest.files.published import FILE_LIMIT, Published, read_published, read_published_bytes
from tests.ingest.shapes import (
    BUILDERS,
    TITLE,
    Block,
    Span,
    as_docx,
    as_html,
    as_pdf,
    as_text,
    as_xlsx,
    grid_of,
    html_table,
    lines_of,
    report,
)
from tests.ingest.workbooks import workbook_of

BAD = Path(__file__).parents[1] / "bad_inputs" / "reports"
CASES = yaml.safe_load((BAD / "cases.yaml").read_text(encoding="utf-8"))


def read(data: bytes, kind: str) -> Published:
    """A file of the kind, read."""
    return read_published_bytes(f"报告.{kind}", data)


@pytest.fixture(scope="module")
def shapes() -> dict[str, Published]:
    """The same report in every shape."""
    return {kind: read(build(report()), kind) for kind, build in BUILDERS.items()}


@pytest.mark.parametrize("kind", BUILDERS)
def test_every_shape_gives_the_same_lines(kind: str, shapes: dict[str, Published]) -> None:
    """Prose and table rows come out the same, merged cells' words once and rows at full width."""
    assert lines_of(report()) == shapes[kind].text.split("\n")


@pytest.mark.parametrize("kind", BUILDERS)
def test_every_shape_gives_the_same_figures(kind: str, shapes: dict[str, Published]) -> None:
    """The parser of reports finds every cell of the three tables, wherever the report came from."""

    def figures(found: Report) -> dict[str, Any]:
        return {
            f"{table}.{row}.{column}": found.value(table, row, column)
            for table, rows in found.tables.items()
            for row, columns in rows.items()
            for column in columns
        }

    found = parse_report(shapes[kind].text)
    table = next(block for block in report() if not isinstance(block, str) and len(block) > 20)
    assert [int(words) for words in grid_of(table)[3][3:]] == [
        found.value("requests", "new", column) for column in found.requests["new"]
    ]
    assert figures(parse_report(shapes["txt"].text)) == figures(found)
    assert None not in figures(found).values()


def test_the_digest_is_that_of_the_bytes() -> None:
    """SHA-256 in hex tells two files apart, or that they are one."""
    data = as_text(report())
    assert hashlib.sha256(data).hexdigest() == read(data, "txt").digest


@pytest.mark.parametrize(
    ("kind", "place"),
    [("html", "表3第4行"), ("docx", "表3第4行"), ("xlsx", "工作表“Sheet”第26行"), ("pdf", "第1页表3第4行")],
)
def test_a_row_is_placed_where_it_stands(kind: str, place: str, shapes: dict[str, Published]) -> None:
    """The row of new requests is found again in its file by table and row, sheet or page."""
    found = shapes[kind]
    line = next(at for at, words in enumerate(found.text.split("\n"), 1) if words.startswith("一、本年新收"))
    assert place == found.places[line]


@pytest.mark.parametrize(
    ("kind", "place"), [("docx", "第1段"), ("xlsx", "工作表“Sheet”第2行"), ("pdf", "第1页")]
)
def test_a_line_of_prose_is_placed_where_it_stands(
    kind: str, place: str, shapes: dict[str, Published]
) -> None:
    """The title is found again by paragraph, row or page."""
    line = shapes[kind].text.split("\n").index(TITLE) + 1
    assert place == shapes[kind].places[line]


def test_a_line_of_a_text_file_is_its_own_place() -> None:
    """Line 3 of the text is line 3 of the file, blank lines counted."""
    found = read("一\r\n\r\n三".encode(), "md")
    assert (found.text, dict(found.places)) == ("一\n\n三", {})


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["file"]))
def test_bad_reports_are_refused_in_one_line(case: dict[str, Any]) -> None:
    """The error names the file, says what is wrong and what to do."""
    with pytest.raises(InputError) as caught:
        read_published(BAD / case["file"])
    message = str(caught.value)
    assert getattr(errors, case["error"]) is type(caught.value)
    assert [word for word in (case["file"], *case["words"]) if word not in message] == []
    assert "\n" not in message


def test_every_bad_report_has_its_case() -> None:
    """No file in the folder of bad reports goes untested."""
    files = {path.name for path in BAD.iterdir()} - {"cases.yaml"}
    assert files == {case["file"] for case in CASES}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030", "gbk"])
@pytest.mark.parametrize("build", [as_text, as_html])
def test_every_usual_encoding_is_read(encoding: str, build: Callable[..., bytes]) -> None:
    """The same report comes out of every encoding that publishers use."""
    kind = "txt" if build is as_text else "html"
    assert lines_of(report()) == read(build(report(), encoding), kind).text.split("\n")


@pytest.mark.parametrize(
    ("encoding", "charset"), [("utf-8", "gb2312"), ("gbk", "utf-8"), ("gbk", "iso-8859-1")]
)
def test_a_page_that_declares_the_wrong_encoding_is_read(encoding: str, charset: str) -> None:
    """What a page says of its encoding counts less than its bytes."""
    assert lines_of(report()) == read(as_html(report(), encoding, charset), "htm").text.split("\n")


def test_a_page_in_declared_big5_is_read() -> None:
    """Traditional characters in Big5 are read where the page says so."""
    page = '<html><meta charset="big5"><p>街道辦事處政府信息公開年度報告</p></html>'
    assert read(page.encode("big5"), "html").text == "街道辦事處政府信息公開年度報告"


def test_a_few_broken_bytes_do_not_lose_a_page() -> None:
    """A byte cut in two shows as a mark, and the rest is read."""
    broken = as_html(report()).replace("212条".encode(), b"212\xe6\x9d")
    assert "全年主动公开信息212�，网站访问12000次。" in read(broken, "html").text


@pytest.mark.parametrize("name", ["年报.doc", "年报.xls", "年报", "年报.docx"])
def test_a_page_under_another_name_is_read_as_the_page_it_is(name: str) -> None:
    """Sites hand out web pages as .doc and .xls; what a file is, its first bytes say."""
    assert lines_of(report()) == read_published_bytes(name, as_html(report())).text.split("\n")


@pytest.mark.parametrize(("kind", "build"), [("docx", as_docx), ("xlsx", as_xlsx), ("pdf", as_pdf)])
def test_a_document_without_its_suffix_is_read(kind: str, build: Callable[..., bytes]) -> None:
    """A file fetched as `download` is Word, Excel or PDF all the same."""
    blocks = report()[:6]
    assert lines_of(blocks) == read_published_bytes("download", build(blocks)).text.split("\n")


def test_a_file_of_a_hundred_megabytes_is_refused_unread(tmp_path: Path) -> None:
    """The size is looked at before the content."""
    file = tmp_path / "巨大.pdf"
    with file.open("wb") as stream:
        stream.truncate(100 * 1024 * 1024)
    with pytest.raises(UnreadableFile, match=r"巨大.pdf”太大（100\.0 MB，上限 50 MB）；请"):
        read_published(file)


def test_a_long_page_is_refused_before_it_is_parsed() -> None:
    """Mark-up of more than sixteen megabytes is no report."""
    assert 17 * 1024 * 1024 < FILE_LIMIT
    with pytest.raises(UnreadableFile, match=r"太大（17\.0 MB，上限 16 MB）"):
        read(b"<html>" + b" " * (17 * 1024 * 1024) + b"x", "html")


def test_more_text_than_a_province_writes_is_refused() -> None:
    """Two million characters are no single report."""
    with pytest.raises(UnreadableFile, match=r"文字太多（2000001 字"):
        read("公".encode() * 2_000_001, "txt")


@pytest.mark.parametrize("tag", ["div", "b", "table><tr><td", "ul class='nav'><li", "span hidden"])
def test_a_million_nested_tags_are_refused(tag: str) -> None:
    """No recursion, no crash, no long wait."""
    page = f"<html><body>报告{f'<{tag}>' * (1_000_000 // (tag.count('<') + 1))}".encode()
    with pytest.raises(UnreadableFile, match="嵌套太深"):
        read(page, "html")


@pytest.mark.parametrize("depth", [300, 1500])
def test_deep_pages_of_bad_editors_are_read_whole(depth: int) -> None:
    """Tags never closed nest deep, and the words below are words all the same."""
    page = f"<html><body><p>开头{'<font size=3>' * depth}正文</p><p>结尾</p></body></html>"
    assert read(page.encode(), "html").text == "开头正文\n结尾"


def test_a_page_of_more_tags_than_any_report_is_refused() -> None:
    """A page made to take minutes is turned away in a second."""
    with pytest.raises(UnreadableFile, match="标签太多"):
        read(b"<p>1" * 200_001, "html")


def test_a_table_that_spans_more_than_any_report_is_refused() -> None:
    """Spans that would swell a table are counted before they are laid out."""
    page = "<table>" + "<tr><td colspan=1000 rowspan=60000>1</td></tr>" * 2000
    with pytest.raises(UnreadableFile, match="表格大得不合常理"):
        read(page.encode(), "html")


@pytest.mark.parametrize(
    "row", ['<row r="{0}"/>', '<row r="{0}"><c r="A{0}" s="0"/><c r="B{0}" s="0"/></row>']
)
def test_a_million_empty_rows_are_passed_over(row: str) -> None:
    """A sheet formatted to its end is read like one that is not."""
    rows = "".join(row.format(at) for at in range(2, 1_000_002))
    first = '<row r="1"><c r="A1" t="inlineStr"><is><t>规章</t></is></c><c r="B1"><v>3</v></c></row>'
    assert read(workbook_of(first + rows), "xlsx").text == "规章 | 3"


def test_a_sheet_of_more_rows_than_any_report_is_refused() -> None:
    """More than fifty thousand filled rows are a register, not a report."""
    rows = "".join(f'<row r="{at}"><c r="A{at}"><v>1</v></c></row>' for at in range(1, 50_003))
    with pytest.raises(UnreadableFile, match="行太多"):
        read(workbook_of(rows), "xlsx")


@pytest.mark.parametrize("kind", ["docx", "xlsx"])
def test_a_part_that_swells_is_not_unpacked(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The size a packed part would have is looked at before it is unpacked."""
    module = {"docx": "docx_text", "xlsx": "sheet_text"}[kind]
    monkeypatch.setattr(f"assistant.ingest.files.{module}.PART_LIMIT", 1500)
    with pytest.raises(UnreadableFile, match="展开后太大"):
        read(BUILDERS[kind](report()), kind)


_SEEDS = {kind: build(report()[:8]) for kind, build in BUILDERS.items()}


@settings(max_examples=60, deadline=None)
@given(data=st.data(), kind=st.sampled_from(sorted(_SEEDS)))
def test_a_damaged_file_is_read_or_refused_but_never_breaks(data: st.DataObject, kind: str) -> None:
    """Bytes lost, changed or cut off: a report, or one line that names the file."""
    whole = bytearray(_SEEDS[kind])
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(whole) - 1))
        whole[at : at + data.draw(st.integers(1, 40))] = data.draw(st.binary(max_size=8))
    try:
        found = read(bytes(whole), kind)
    except InputError as fault:
        assert f"报告.{kind}" in str(fault)
        assert "\n" not in str(fault)
    else:
        assert found.text.strip()


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.lists(
            st.builds(Span, st.sampled_from(["规章", "3", "甲"]), st.integers(1, 3)), min_size=2, max_size=4
        ),
        min_size=1,
        max_size=5,
    )
)
def test_no_word_of_a_table_is_ever_lost(rows: list[list[Span]]) -> None:
    """Every cell of a web page's table stands in its row, whatever the cells span."""
    blocks: list[Block] = [rows]
    found = read(as_html(blocks), "html").text.split("\n")
    assert [[span.words for span in row] for row in rows] == [
        [words for words in map(str.strip, line.split("|")) if words] for line in found
    ]
    assert len({line.count("|") for line in found}) == 1


def test_reading_text_files_takes_next_to_no_time() -> None:
    """A small text file is decoded without looking at single characters: hundreds in a second."""
    data = as_text(report()[:6])
    start = time.process_time()
    for _ in range(500):
        read(data, "txt")
    assert time.process_time() - start < 1.0


def test_signs_of_mark_up_in_a_cell_stay_signs() -> None:
    """A cell that shows <甲> is not taken for a tag."""
    assert read(html_table([[Span("<甲>"), Span("1")]]).encode(), "html").text == "<甲> | 1"
