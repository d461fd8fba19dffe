"""A draft as a file: a Word document in the layout of official letters, Markdown, or PDF through LibreOffice.

The same draft gives the same bytes: nothing in the file tells when, where or by whom it was written, but the name
and day a tracked change must carry. Basis: GB/T 9704-2012 第7.3条 (题、文号、主送、正文、附件说明、署名、成文日期、附注).
"""

import io
import zipfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from xml.sax.saxutils import escape

from assistant.drafting.body import Pen, body_part, imprint_paragraph, plain_paragraphs, revised_paragraphs
from assistant.drafting.draft import Draft
from assistant.drafting.heading import headed
from assistant.drafting.placing import Placed, placed
from assistant.drafting.stationery import Stationery, office_stationery, own_stationery
from assistant.drafting.wording import printable
from assistant.drafting.writing import chinese_day
from assistant.errors import InputError
from assistant.settings import LetterForm

WRITABLE = (".docx", ".md", ".pdf")

_LONGEST_PROPERTY = 255
_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)
_CORE = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>{title}</dc:title><dc:creator></dc:creator>
<cp:lastModifiedBy></cp:lastModifiedBy><dc:language>zh-CN</dc:language>
<dcterms:created xsi:type="dcterms:W3CDTF">{day}T00:00:00Z</dcterms:created>
<dcterms:modified xsi:type="dcterms:W3CDTF">{day}T00:00:00Z</dcterms:modified></cp:coreProperties>"""


@dataclass(frozen=True)
class Revision:
    """An earlier letter, the words of its paragraphs, and who revises it on which day."""

    old: tuple[str, ...]
    author: str
    on: date


def write_draft(
    draft: Draft, path: Path, form: LetterForm | None = None, revision: Revision | None = None
) -> int | None:
    """Write the letter as the suffix says, .docx, .md or .pdf; the number of pages of a PDF comes back.

    Raises InputError for another suffix or an unusable path, and for a PDF where no LibreOffice makes one.
    """
    suffix = path.suffix.lower()
    if suffix not in WRITABLE:
        raise InputError(f"答复书不能写成“{path.name}”：只能写成 .docx、.md 或 .pdf；请改文件后缀。")
    if revision and suffix != ".docx":
        raise InputError(f"修订稿不能写成“{path.name}”：修订标记只有 .docx 能保存；请把后缀改为 .docx。")
    if suffix == ".pdf":
        return _write_pdf(docx_bytes(draft, form), path)
    if suffix == ".md":
        write_markdown(draft, path)
    else:
        _write(path, docx_bytes(draft, form, revision))
    return None


def earlier_letter(path: Path, author: str, on: date) -> Revision:
    """The letter in a Word file, to track changes against: its words as `verify` reads them. Raises InputError."""
    from assistant.ingest.files.readers import read_letter

    if path.suffix.lower() != ".docx":
        raise InputError(f"“{path.name}”不能用来对照：修订稿只能对照 .docx 文件；请先另存为 .docx。")
    return Revision(tuple(read_letter(path).split("\n")), author, on)


def _write_pdf(docx: bytes, path: Path) -> int:
    from assistant.drafting.pdf import pdf_of

    made = pdf_of(docx, path)
    _write(path, made.data)
    return made.pages


def write_docx(draft: Draft, path: Path) -> None:
    """Write the letter as a Word document. Raises InputError where the file cannot be written."""
    _write(path, docx_bytes(draft))


def write_markdown(draft: Draft, path: Path) -> None:
    """Write the letter's words, a paragraph a block. Raises InputError where the file cannot be written."""
    title, *rest = draft.text.split("\n")
    _write(path, ("\n\n".join([f"# {title}", *rest]) + "\n").encode(errors="replace"))


def docx_bytes(draft: Draft, form: LetterForm | None = None, revision: Revision | None = None) -> bytes:
    """The letter as a Word document, ready for signature and seal, gaps in yellow.

    With `revision` every change against the earlier letter is tracked: taken, they give this draft, refused the
    earlier letter. Raises SettingsError where the office's template cannot be used.
    """
    form = form or LetterForm()
    organ = next((block.text for block in draft.blocks if block.role == "organ"), "")
    paper = office_stationery(form.template) if form.template else own_stationery(form.head, printable(organ))
    paragraphs = _paragraphs(draft, headed(placed(draft.blocks), form.head), paper, form, revision)
    titles = "".join(block.text for block in draft.blocks if block.role == "title")
    core = _CORE.format(title=escape(printable(titles)[:_LONGEST_PROPERTY]), day=draft.on.isoformat())
    return _package(paper, body_part(paragraphs, paper.section), core)


def _paragraphs(
    draft: Draft, lines: list[Placed], paper: Stationery, form: LetterForm, revision: Revision | None
) -> list[str]:
    imprint = (
        [imprint_paragraph(form.imprint, chinese_day(draft.on), Pen(paper.styles))] if form.imprint else []
    )
    if revision:
        pen = Pen(paper.styles, revision.author, f"{revision.on.isoformat()}T00:00:00Z")
        return [*revised_paragraphs(lines, _letter_alone(revision.old, form), pen), *imprint]
    return [*plain_paragraphs(lines, Pen(paper.styles)), *imprint]


def _letter_alone(old: tuple[str, ...], form: LetterForm) -> tuple[str, ...]:
    """An earlier letter without its 版记, which is no part of the draft and is printed anew."""
    if form.imprint and len(old) > 1 and old[-1].startswith(f"{form.imprint}\t"):
        return old[:-1]
    return old


def _package(paper: Stationery, body: str, core: str) -> bytes:
    """The parts in one file, without the hour of its writing."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as made:
        for name, data in {**paper.parts, paper.body: body.encode(), paper.core: core.encode()}.items():
            entry = zipfile.ZipInfo(name, _ZIP_EPOCH)
            entry.compress_type, entry.create_system = zipfile.ZIP_DEFLATED, 0
            made.writestr(entry, data)
    return held.getvalue()


def _write(path: Path, data: bytes) -> None:
    try:
        path.write_bytes(data)
    except OSError as fault:
        raise InputError(
            f"“{path}”写不进去（{fault.strerror}）；请检查文件夹是否存在、文件是否正被打开。"
        ) from fault
