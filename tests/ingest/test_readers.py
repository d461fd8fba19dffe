"""Letters as files: what can be read is read whole, what cannot is refused by name."""

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant import errors
from assistant.errors import InputError, UnreadableFile
from assistant.ingest.files.readers import read_letter, read_letter_bytes, read_lines

BAD = Path(__file__).parents[1] / "bad_inputs"
CASES = yaml.safe_load((BAD / "letters.yaml").read_text(encoding="utf-8"))
LETTER = "申请人：张三\n请公开2023年危房改造补助名单，寄送纸质件。\n"
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def pdf_of(lines: list[tuple[float, float, str]], picture_page: bool = False) -> bytes:
    """A PDF with 14-point lines at (x, y), and a second page that is only a picture where asked."""
    from PIL import Image
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=(595, 842))
    canvas.setFont("STSong-Light", 14)
    for x, y, words in lines:
        canvas.drawString(x, y, words)
    canvas.showPage()
    if picture_page:
        canvas.drawImage(ImageReader(Image.new("L", (50, 50), 200)), 60, 400)
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def docx_of(body: str) -> bytes:
    """A Word file with the given document body."""
    stream = io.BytesIO()
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(
            "_rels/.rels",
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="r1" Type="{kind}" Target="word/document2.xml"/></Relationships>',
        )
        archive.writestr("word/document2.xml", f"<w:document {_W}><w:body>{body}</w:body></w:document>")
    return stream.getvalue()


def paragraph(words: str) -> str:
    """A Word paragraph."""
    return f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>"


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["file"]))
def test_bad_letters_are_refused_in_one_line(case: dict[str, Any]) -> None:
    """The error names the file, says what is wrong and what to do."""
    with pytest.raises(InputError) as caught:
        read_letter(BAD / case["file"])
    message = str(caught.value)
    assert getattr(errors, case["error"]) is type(caught.value)
    assert [word for word in (case["file"], *case["words"]) if word not in message] == []
    assert "\n" not in message


def test_every_bad_file_has_its_case() -> None:
    """No file in the folder of bad letters goes untested."""
    listed = {case["file"] for case in CASES}
    kinds = (".txt", ".md", ".docx", ".pdf", ".doc", ".jpg")
    assert set() == {path.name for path in BAD.iterdir() if path.suffix in kinds} - listed


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030", "gbk", "gb2312"])
def test_text_in_any_usual_encoding_is_read(encoding: str) -> None:
    """The same letter comes out of every encoding that offices use."""
    assert read_letter_bytes("申请书.txt", LETTER.encode(encoding)) == LETTER


def test_rare_characters_of_gb18030_are_read() -> None:
    """A name with a character beyond GB2312 does not make a letter unreadable."""
    letter = "申请人：张喆，申请公开㳇镇2023年危房改造补助发放名单及审批时间。"
    assert letter == read_letter_bytes("a.txt", letter.encode("gb18030"))


def test_line_ends_become_one_kind() -> None:
    """Windows and old Mac line ends read as line feeds."""
    assert read_letter_bytes("a.md", "一\r\n二\r三".encode()) == "一\n二\n三"


def test_a_suffix_in_capitals_is_known() -> None:
    """申请书.TXT is a text file."""
    assert read_letter_bytes("申请书.TXT", LETTER.encode()) == LETTER


def test_a_letter_of_two_megabytes_is_refused() -> None:
    """More than 1 MB of text is no request letter."""
    with pytest.raises(UnreadableFile, match=r"长.txt”的文字太多（2\.0 MB，上限 1 MB）；请"):
        read_letter_bytes("长.txt", ("申请公开" * 174_763).encode())


def test_a_file_over_twenty_megabytes_is_refused_unread(tmp_path: Path) -> None:
    """The size is looked at before the content."""
    file = tmp_path / "巨大.pdf"
    with file.open("wb") as stream:
        stream.truncate(21 * 1024 * 1024)
    with pytest.raises(UnreadableFile, match=r"巨大.pdf”太大（21\.0 MB，上限 20 MB）；请"):
        read_letter(file)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    """The path that was looked for is in the message."""
    with pytest.raises(InputError, match=r"找不到文件：.*没有\.txt；请检查路径"):
        read_letter(tmp_path / "没有.txt")


def test_a_folder_is_no_letter(tmp_path: Path) -> None:
    """A folder is refused as a folder."""
    with pytest.raises(InputError, match="是文件夹，不是文件；请"):
        read_letter(tmp_path)


def test_a_word_file_is_read_in_order() -> None:
    """Paragraphs and tables come in the order of the page, cells of a row set apart."""
    import docx

    document, stream = docx.Document(), io.BytesIO()
    document.add_paragraph("政府信息公开申请表")
    table = document.add_table(rows=2, cols=2)
    for cell, words in zip(table._cells, ("申请人", "张三", "所需信息", "补助名单"), strict=True):
        cell.text = words
    document.add_paragraph("2024年3月1日")
    document.save(stream)
    expected = "政府信息公开申请表\n申请人 | 张三\n所需信息 | 补助名单\n2024年3月1日"
    assert expected == read_letter_bytes("申请表.docx", stream.getvalue()).rstrip()


def test_filled_in_controls_and_tracked_insertions_are_text() -> None:
    """What stands in a content control or was inserted with tracking belongs to the letter."""
    control = f"<w:sdt><w:sdtContent>{paragraph('所需信息：补助名单')}</w:sdtContent></w:sdt>"
    inserted = "<w:p><w:ins><w:r><w:t>另加审批表</w:t></w:r></w:ins></w:p>"
    assert read_letter_bytes("a.docx", docx_of(control + inserted)) == "所需信息：补助名单\n另加审批表"


def test_tracked_deletions_are_no_text() -> None:
    """What the applicant struck out is not requested."""
    body = "<w:p><w:r><w:t>名单</w:t></w:r><w:del><w:r><w:delText>和照片</w:delText></w:r></w:del></w:p>"
    assert read_letter_bytes("a.docx", docx_of(body)) == "名单"


def test_text_boxes_are_read_once() -> None:
    """A text box is stored twice in the file, for new and old programs, and is read once."""
    box = f"<w:txbxContent>{paragraph('联系电话见附页')}</w:txbxContent>"
    names = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    both = f"<mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>"
    body = f"<w:p><w:r><w:t>申请</w:t></w:r><mc:AlternateContent {names}>{both}</mc:AlternateContent></w:p>"
    assert read_letter_bytes("a.docx", docx_of(body)) == "申请\n联系电话见附页"


def test_a_part_that_swells_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    """The size a packed part would have is looked at before it is unpacked."""
    monkeypatch.setattr("assistant.ingest.files.docx_text.PART_LIMIT", 100)
    with pytest.raises(UnreadableFile, match="展开后太大"):
        read_letter_bytes("a.docx", docx_of(paragraph("申" * 200)))


def test_printed_lines_of_a_pdf_become_paragraphs() -> None:
    """A line that runs to the edge goes on in the next; a set-in line and a list item begin anew."""
    lines = [
        (200.0, 780.0, "政府信息公开申请书"),
        (98.0, 750.0, "本人因房屋征收补偿事宜，需要了解本村补偿方案，现申请公开贵街"),
        (70.0, 728.0, "道二〇二三年制作的补偿安置方案及其批复文件。"),
        (98.0, 706.0, "请以邮寄方式提供纸质件，收件地址见附件所载，逾期不予答复的本"),
        (70.0, 684.0, "人将依法申请复议。"),
        (98.0, 662.0, "申请人：张三"),
        (290.0, 40.0, "- 1 -"),
    ]
    expected = [
        "政府信息公开申请书",
        "本人因房屋征收补偿事宜，需要了解本村补偿方案，现申请公开贵街道二〇二三年制作的补偿安置方案及其批复文件。",
        "请以邮寄方式提供纸质件，收件地址见附件所载，逾期不予答复的本人将依法申请复议。",
        "申请人：张三",
    ]
    assert expected == read_letter_bytes("a.pdf", pdf_of(lines)).split("\n")


def test_a_picture_page_among_text_is_told() -> None:
    """A page that could not be read is never left out in silence."""
    text = read_letter_bytes("a.pdf", pdf_of([(70.0, 780.0, "申请公开补助名单")], picture_page=True))
    assert text == "申请公开补助名单\n［第 2 页是图片，没有文字，未能读出］"


def test_batch_lines_are_read(tmp_path: Path) -> None:
    """A JSON Lines file gives its objects; empty lines do not count."""
    file = tmp_path / "q.jsonl"
    file.write_text('{"id": "1", "query": "多久答复"}\n\n{"id": "2", "query": "收费吗"}\n', encoding="utf-8")
    assert [row["query"] for row in read_lines(file, ("id", "query"))] == ["多久答复", "收费吗"]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("", "没有内容"),
        ('{"id": "1"', "第 1 行不是有效的 JSON"),
        ('{"id": "1"}', "第 1 行缺少 query"),
        ("[1]", "缺少 id、query"),
    ],
)
def test_a_bad_batch_line_is_named(tmp_path: Path, content: str, words: str) -> None:
    """The message says which line is wrong and what it lacks."""
    file = tmp_path / "q.jsonl"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=words):
        read_lines(file, ("id", "query"))
