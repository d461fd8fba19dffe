"""A letter about to go out: read as its reader sees it, and what else its file carries told apart."""

import io
import zipfile
from pathlib import Path

import pytest
from docx import Document

from assistant.errors import InputError, UnreadableFile
from assistant.ingest.files.paper import read_paper, read_paper_bytes

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def word(*paragraphs: str) -> bytes:
    """A Word file of plain paragraphs."""
    document = Document()
    for words in paragraphs:
        document.add_paragraph(words)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def with_body(data: bytes, xml: str) -> bytes:
    """The same file with a paragraph of raw mark-up in front."""
    return changed(data, "word/document.xml", lambda old: old.replace("<w:body>", f"<w:body>{xml}", 1))


def changed(data: bytes, part: str, change: object, **added: str) -> bytes:
    """The package with one part changed and others added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == part:
                content = change(content.decode("utf-8")).encode("utf-8")  # type: ignore[operator]
            new.writestr(name, content)
        for name, content_ in added.items():
            new.writestr(name.replace("__", "/").replace("_dot_", "."), content_)
    return out.getvalue()


def test_a_plain_letter_has_nothing_to_tell() -> None:
    """Its text and no notice."""
    paper = read_paper_bytes("答复.docx", word("第一段", "第二段"))
    assert ("第一段\n第二段", (), ()) == (paper.text, paper.notices, paper.unseen)


def test_headers_and_tables_are_read_page_numbers_are_not() -> None:
    """The organ's red head may stand in the header."""
    document = Document()
    document.sections[0].header.paragraphs[0].text = "青石市东塘镇人民政府文件"
    document.sections[0].footer.paragraphs[0].text = "— 1 —"
    document.add_paragraph("正文")
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "姓名", "金额"
    buffer = io.BytesIO()
    document.save(buffer)
    assert "青石市东塘镇人民政府文件\n正文\n姓名 | 金额" == read_paper_bytes("x.docx", buffer.getvalue()).text


def test_tracked_changes_are_read_as_accepted_and_told() -> None:
    """What was deleted is no part of the letter and goes out with the file."""
    xml = (
        '<w:p><w:r><w:t>甲</w:t></w:r><w:ins w:id="1" w:author="a"><w:r><w:t>乙</w:t></w:r></w:ins>'
        '<w:del w:id="2" w:author="a"><w:r><w:delText>丙</w:delText></w:r></w:del></w:p>'
    )
    paper = read_paper_bytes("x.docx", with_body(word("正文"), xml))
    assert "甲乙\n正文" == paper.text
    assert (("修订中删除的文字", "丙"),) == paper.unseen
    assert ["插入 1 处、删除 1 处" in notice for notice in paper.notices] == [True]


def test_hidden_words_are_no_part_of_the_letter() -> None:
    """They are told with their length and kept apart."""
    xml = "<w:p><w:r><w:t>看得见</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>看不见</w:t></w:r></w:p>"
    paper = read_paper_bytes("x.docx", with_body(word("正文"), xml))
    assert "看得见\n正文" == paper.text
    assert (("隐藏文字", "看不见"),) == paper.unseen


def test_text_boxes_are_read_and_counted() -> None:
    """Words in a box are words of the letter."""
    xml = f"<w:p><w:r><w:pict><w:txbxContent {W}><w:p><w:r><w:t>盒中</w:t></w:r></w:p></w:txbxContent></w:pict></w:r></w:p>"
    paper = read_paper_bytes("x.docx", with_body(word("正文"), xml))
    assert "盒中\n正文" == paper.text.strip()
    assert "1 个文本框" in paper.notices[0]


@pytest.mark.parametrize(
    ("kind", "tag", "words"), [("comments", "comment", "1 条批注"), ("footnotes", "footnote", "1 条脚注")]
)
def test_comments_and_notes_are_found(kind: str, tag: str, words: str) -> None:
    """Notes are read with the text, comments are not."""
    relation = f"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}"
    part = f'<w:{kind} {W}><w:{tag} w:id="2"><w:p><w:r><w:t>另写的话</w:t></w:r></w:p></w:{tag}></w:{kind}>'
    data = changed(
        word("正文"),
        "word/_rels/document.xml.rels",
        lambda old: old.replace(
            "</Relationships>",
            f'<Relationship Id="rX" Type="{relation}" Target="{kind}.xml"/></Relationships>',
        ),
        **{f"word__{kind}_dot_xml": part},
    )
    paper = read_paper_bytes("x.docx", data)
    assert any(words in notice for notice in paper.notices)
    assert ("另写的话" in paper.text) == (kind == "footnotes")
    assert (("批注", "另写的话"),) == paper.unseen or kind == "footnotes"


@pytest.mark.parametrize("name", ["x.docx", "x.docm"])
def test_macros_are_told_and_never_run(name: str) -> None:
    """A file with macros is read like any other."""
    data = changed(word("正文"), "", None, word__vbaProject_dot_bin="x")
    paper = read_paper_bytes(name, data)
    assert "正文" == paper.text
    assert "含有宏" in paper.notices[0]


def test_a_scan_in_a_word_file_is_named(tmp_path: Path) -> None:
    """Pictures without a word: text recognition first."""
    xml = (
        '<w:p><w:r><w:drawing><a:blip xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"/>'
        "</w:drawing></w:r></w:p>"
    )
    file = tmp_path / "scan.docx"
    file.write_bytes(with_body(word(), xml))
    with pytest.raises(InputError, match="只有 1 幅图片.*OCR"):
        read_paper(file)


@pytest.mark.parametrize(
    ("name", "data", "error"),
    [
        ("x.docx", b"", InputError),
        ("x.docx", b"PK\x03\x04 nothing", UnreadableFile),
        ("x.docm", b"\xd0\xcf\x11\xe0" + b"\0" * 600, UnreadableFile),
        ("x.jpg", b"\xff\xd8", InputError),
        ("x.txt", b" \n", InputError),
    ],
)
def test_what_cannot_be_read_is_named(name: str, data: bytes, error: type[InputError]) -> None:
    """One line with the file's name."""
    with pytest.raises(error, match=name):
        read_paper_bytes(name, data)


def test_text_files_are_read_as_they_are() -> None:
    """No notices for plain text."""
    assert "一\n二" == read_paper_bytes("x.md", "一\r\n二".encode("gb18030")).text.strip()
