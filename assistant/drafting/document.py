"""A draft as a file: a Word document in the layout of official letters, or Markdown.

The same draft gives the same bytes: nothing in the file tells when, where or by whom it was written.
Basis: GB/T 9704-2012 第7.3条 (题、文号、主送、正文、附件说明、署名、成文日期、附注).
"""

import io
import re
import zipfile
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

from assistant.drafting import layout
from assistant.drafting.draft import Block, Draft, Role, Span
from assistant.errors import InputError

STYLES: dict[Role, str] = {
    "title": layout.TITLE,
    "number": layout.NUMBER,
    "addressee": layout.ADDRESSEE,
    "body": layout.BODY,
    "heading": layout.HEADING,
    "enclosure": layout.ENCLOSURE,
    "organ": layout.ORGAN,
    "date": layout.DATE,
    "contact": layout.CONTACT,
}

_SEAL_MARGIN = 4  # characters right of the date, so that the seal stays on the page
_SIGNATURE = ("organ", "date")
_ENCLOSED = "附件："
_UNPRINTABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LONGEST_PROPERTY = 255
_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)


def write_draft(draft: Draft, path: Path) -> None:
    """Write the letter as the suffix says, .docx or .md. Raises InputError for another, or an unusable path."""
    writers = {".docx": write_docx, ".md": write_markdown}
    if path.suffix.lower() not in writers:
        raise InputError(f"答复书不能写成“{path.name}”：只能写成 .docx 或 .md；请改文件后缀。")
    writers[path.suffix.lower()](draft, path)


def write_docx(draft: Draft, path: Path) -> None:
    """Write the letter as a Word document. Raises InputError where the file cannot be written."""
    _write(path, docx_bytes(draft))


def write_markdown(draft: Draft, path: Path) -> None:
    """Write the letter's words, a paragraph a block. Raises InputError where the file cannot be written."""
    title, *rest = draft.text.split("\n")
    _write(path, ("\n\n".join([f"# {title}", *rest]) + "\n").encode())


def docx_bytes(draft: Draft) -> bytes:
    """The letter as a Word document, ready for signature and seal, gaps in yellow."""
    document = layout.new_letter()
    _describe(document.core_properties, draft)
    lines = [(block.role, _add(document, block)) for block in draft.blocks]
    _arrange_enclosures([paragraph for role, paragraph in lines if role == "enclosure"])
    _arrange_signature(lines)
    held = io.BytesIO()
    document.save(held)
    return _timeless(held.getvalue())


def _describe(properties: Any, draft: Draft) -> None:
    properties.author = properties.last_modified_by = properties.comments = ""
    titles = [block.text for block in draft.blocks if block.role == "title"]
    properties.title = _printable("".join(titles))[:_LONGEST_PROPERTY]
    properties.language = "zh-CN"
    properties.created = properties.modified = datetime.combine(draft.on, time(), UTC)


def _add(document: Any, block: Block) -> Any:
    paragraph = document.add_paragraph(style=STYLES[block.role])
    for span in block.spans:
        _add_run(paragraph, span)
    return paragraph


def _add_run(paragraph: Any, span: Span) -> None:
    from docx.enum.text import WD_COLOR_INDEX

    run = paragraph.add_run(_printable(span.text))
    if span.kind == "locked":
        run.style = layout.LOCKED
    elif span.kind == "gap":
        run.style = layout.GAP
        run.font.highlight_color = WD_COLOR_INDEX.YELLOW
    layout.east_asian_marks(run)


def _arrange_enclosures(listed: list[Any]) -> None:
    """A line free before the list; only the line with “附件：” hangs out."""
    from docx.shared import Pt

    for paragraph in listed[:1]:
        paragraph.paragraph_format.space_before = Pt(layout.LINE_PITCH)
    for paragraph in listed:
        if not paragraph.text.startswith(_ENCLOSED):
            paragraph.paragraph_format.first_line_indent = Pt(0)


def _arrange_signature(lines: list[tuple[Role, Any]]) -> None:
    """The organ centred over the date, the date four characters from the edge, text on the same page.

    Both are centred in one box at the right edge, so they stay in line in any font.
    """
    from docx.shared import Mm, Pt

    width = {role: _width(paragraph.text) for role, paragraph in lines}
    box = max(width.get("date", 0) + 2 * _SEAL_MARGIN, width.get("organ", 0)) * layout.SIZE
    for at, (role, paragraph) in enumerate(lines):
        if role in _SIGNATURE:
            paragraph.paragraph_format.left_indent = max(Mm(layout.TEXT_WIDTH_MM) - Pt(box), Pt(0))
            if at and lines[at - 1][0] not in _SIGNATURE:
                lines[at - 1][1].paragraph_format.keep_with_next = True


def _width(words: str) -> float:
    """In characters of the body: Chinese ones count one, Latin letters and figures half."""
    return sum(0.5 if ord(sign) < 0x250 else 1.0 for sign in words)


def _printable(words: str) -> str:
    """What a Word file can hold; a control character is shown as �, not lost in silence."""
    return _UNPRINTABLE.sub("\ufffd", words)


def _timeless(data: bytes) -> bytes:
    """The same package without the hour of its writing."""
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as given, zipfile.ZipFile(held, "w") as made:
        for name in given.namelist():
            entry = zipfile.ZipInfo(name, _ZIP_EPOCH)
            entry.compress_type, entry.create_system = zipfile.ZIP_DEFLATED, 0
            made.writestr(entry, given.read(name))
    return held.getvalue()


def _write(path: Path, data: bytes) -> None:
    try:
        path.write_bytes(data)
    except OSError as fault:
        raise InputError(
            f"“{path}”写不进去（{fault.strerror}）；请检查文件夹是否存在、文件是否正被打开。"
        ) from fault
