"""A letter that is about to go out, as its reader will see it, and what else its file carries.

Headers, tables, text boxes and notes are read; words deleted with tracking on, hidden or in comments are not part
of the letter and are told apart, for they travel with the file.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.errors import InputError
from assistant.ingest.files.docx_text import PART_LIMIT, docx_text, hidden_run
from assistant.ingest.files.office_package import Package, opened_package
from assistant.ingest.files.pictures import refuse_picture
from assistant.ingest.files.readers import file_bytes, read_letter_bytes, unix_lines

WORD = (".docx", ".docm")
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_VML = "{urn:schemas-microsoft-com:vml}"


@dataclass(frozen=True)
class Paper:
    """The words a reader sees; what the file was found to hold, one line each; words nobody sees, by place."""

    text: str
    notices: tuple[str, ...] = ()
    unseen: tuple[tuple[str, str], ...] = ()


def read_paper(path: Path) -> Paper:
    """A letter to check: .docx, .docm, .md, .txt or .pdf.

    Raises InputError where the file is missing, empty or of another kind, UnreadableFile where no text can be
    taken from it.
    """
    return read_paper_bytes(path.name, file_bytes(path))


def read_paper_bytes(name: str, data: bytes) -> Paper:
    """The same for an uploaded file; `name` tells its kind."""
    suffix = Path(name).suffix.lower()
    refuse_picture(Path(name).name, data)
    if suffix not in WORD or not data.strip():
        return Paper(read_letter_bytes(name, data))
    body = unix_lines(docx_text(name, data))
    with opened_package(name, data, ".docx", "Word") as package:
        found = _Found(package, package.main_part("word/document.xml"))
        seen = [*found.part_lines("header"), body, *found.notes(), *found.part_lines("footer")]
        text = "\n".join(line for line in seen if line.strip())
        if not text.strip():
            raise InputError(
                f"文件“{name}”里{found.emptiness()}；请检查是否选对了文件，扫描件请先做文字识别（OCR）。"
            )
        return Paper(unix_lines(text), tuple(found.notices()), tuple(found.unseen()))


class _Found:
    """One package, looked through for what stands outside the running text."""

    def __init__(self, package: Package, main: str) -> None:
        self.package = package
        self.body = package.tree(main, PART_LIMIT)
        self.targets = list(package.targets(main).values())

    def notices(self) -> Iterator[str]:
        """What the file holds besides plain text, in a clerk's words."""
        if any(name.lower().endswith("vbaproject.bin") for name in self.package.archive.namelist()):
            yield "文件含有宏，核对时没有运行；对外发出以前请另存为不含宏的 .docx"
        inserted, deleted = self._count("ins", "moveTo"), self._count("del", "moveFrom")
        if inserted or deleted:
            yield (
                f"文件带有没有接受的修订（插入 {inserted} 处、删除 {deleted} 处），按接受修订后的文字核对；"
                "发出以前请接受或者拒绝全部修订"
            )
        if comments := len(list(self._texts("comments"))):
            yield f"文件带有 {comments} 条批注，没有作为正文核对；发出以前请删除"
        if hidden := self.hidden():
            yield f"文件里有隐藏文字（{len(hidden)} 字），没有作为正文核对；发出以前请清除"
        if boxes := self._count("txbxContent"):
            yield f"文件里有 {boxes} 个文本框，其中的文字已一并核对"
        if notes := len(list(self.notes())):
            yield f"文件里有 {notes} 条脚注、尾注，已一并核对"
        if pictures := self._pictures():
            yield f"文件里有 {pictures} 幅图片，图片中的文字没有核对"

    def unseen(self) -> Iterator[tuple[str, str]]:
        """Words that travel with the file and that no reader sees."""
        deleted = "".join(element.text or "" for element in self.body.iter(f"{_W}delText"))
        comments = "\n".join(self._texts("comments"))
        for place, words in (("修订中删除的文字", deleted), ("隐藏文字", self.hidden()), ("批注", comments)):
            if words.strip():
                yield place, words

    def hidden(self) -> str:
        """The text of runs set to be hidden."""
        runs = (run for run in self.body.iter(f"{_W}r") if hidden_run(run))
        return "".join(element.text or "" for run in runs for element in run.iter(f"{_W}t"))

    def notes(self) -> Iterator[str]:
        """Footnotes and endnotes, a line each."""
        for kind in ("footnotes", "endnotes"):
            yield from (f"注：{words}" for words in self._texts(kind))

    def part_lines(self, kind: str) -> Iterator[str]:
        """Lines of headers or footers, each once, those without a Chinese character left out (page numbers)."""
        lines = dict.fromkeys(
            "".join(element.text or "" for element in paragraph.iter(f"{_W}t"))
            for root in self._roots(kind)
            for paragraph in root.iter(f"{_W}p")
        )
        yield from (line for line in lines if any("一" <= char <= "龥" for char in line))

    def emptiness(self) -> str:
        """Why there is no text."""
        pictures = self._pictures()
        return f"只有 {pictures} 幅图片，没有文字" if pictures else "没有文字"

    def _texts(self, kind: str) -> Iterator[str]:
        """Each comment or note of a part; separators hold no words."""
        tags = {f"{_W}comment", f"{_W}footnote", f"{_W}endnote"}
        for root in self._roots(kind):
            for child in root:
                words = "".join(element.text or "" for element in child.iter(f"{_W}t")).strip()
                if child.tag in tags and words:
                    yield words

    def _roots(self, kind: str) -> Iterator[Any]:
        for type_, part in self.targets:
            if type_ == kind and self.package.has(part):
                yield self.package.tree(part, PART_LIMIT)

    def _count(self, *tags: str) -> int:
        return sum(1 for tag in tags for _ in self.body.iter(f"{_W}{tag}"))

    def _pictures(self) -> int:
        return sum(1 for tag in (f"{_A}blip", f"{_VML}imagedata") for _ in self.body.iter(tag))
