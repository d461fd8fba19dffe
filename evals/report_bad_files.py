"""Files an ingest must refuse by name, or read with a warning, without falling over: one of each kind."""

import io
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

from evals.report_document import document
from evals.report_figures import invent
from evals.report_files import write_docx
from evals.report_layouts import flattened, padded_bars
from evals.report_prose import write

MEGABYTE = 1024 * 1024
BOMB_MEGABYTES = 512
OVERSIZED = 2048 * MEGABYTE
TAGS = 1_000_000

OLD_OUTLINE = """半日乡人民政府2016年政府信息公开工作年度报告
一、概述
2016年，我乡按照上级部署推进政府信息公开工作。
二、主动公开政府信息情况
全年主动公开政府信息156条。
三、依申请公开政府信息办理情况
全年收到政府信息公开申请3件，均已答复。
四、政府信息公开的收费及减免情况
全年没有收取费用。
五、因政府信息公开申请行政复议、提起行政诉讼和申诉的情况
没有发生行政复议、行政诉讼和有关申诉。
六、存在的主要问题和改进措施
公开的深度还不够，下一步将加强培训。
七、需要说明的事项与附表
无。
"""
STRANGER = """半日乡晚秋集市管理须知
一、集市逢三、逢八开市，早六时至午十二时。
二、摊位共48个，先到先得，不收摊位费。
三、散市后各摊自行清扫。
"""


def write_bad_files(folder: Path, stranger: bool = False) -> list[Path]:
    """The eight bad files, each named by its fault; `stranger`: also a file that is no report."""
    folder.mkdir(parents=True, exist_ok=True)
    files = dict(BAD_FILES) | ({"not_a_report.txt": _text(STRANGER)} if stranger else {})
    for name, make in files.items():
        make(folder / name)
    return [folder / name for name in files]


def empty(path: Path) -> None:
    """Nothing at all."""
    path.write_bytes(b"")


def picture_only(path: Path) -> None:
    """A scan: a page without a character of text."""
    from PIL import Image
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(str(path), invariant=1)
    canvas.drawInlineImage(Image.effect_noise((200, 280), 80).convert("RGB"), 40, 40, 500, 700)
    canvas.save()


def truncated(path: Path) -> None:
    """A Word document of which the second half did not arrive."""
    rng = Random("truncated")
    write_docx(document(write(invent(rng, "bureau", "usual"), rng)), path)
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])


def zip_bomb(path: Path) -> None:
    """A Word document whose text unpacks to half a gigabyte of nothing."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as packed:
        packed.writestr("[Content_Types].xml", "<Types/>")
        with packed.open("word/document.xml", "w", force_zip64=True) as part:
            for piece in _spaces():
                part.write(piece)


def oversized(path: Path) -> None:
    """Two gigabytes that take no room on the disk."""
    with path.open("wb") as file:
        file.write(b"%PDF-1.7\n")
        file.truncate(OVERSIZED)


def nested_tags(path: Path) -> None:
    """A web page with a million tags inside each other."""
    page = io.StringIO()
    page.write("<html><body>" + "<div>" * TAGS + "年度报告" + "</div>" * TAGS + "</body></html>")
    path.write_text(page.getvalue(), encoding="utf-8")


def two_reports(path: Path) -> None:
    """Two agencies' reports one after the other."""
    texts = []
    for kind in ("street", "bureau"):
        rng = Random(f"two-{kind}")
        texts.append(flattened(document(write(invent(rng, kind, "usual"), rng)), padded_bars))
    path.write_text("\n".join(texts), encoding="utf-8")


def _text(text: str) -> Callable[[Path], None]:
    def make(path: Path) -> None:
        path.write_text(text, encoding="utf-8")

    return make


def _spaces() -> Iterator[bytes]:
    yield b"<w:document>"
    for _ in range(BOMB_MEGABYTES):
        yield b" " * MEGABYTE
    yield b"</w:document>"


BAD_FILES: dict[str, Callable[[Path], None]] = {
    "empty.html": empty,
    "picture_only.pdf": picture_only,
    "truncated.docx": truncated,
    "zip_bomb.docx": zip_bomb,
    "oversized.pdf": oversized,
    "nested_tags.html": nested_tags,
    "two_reports.txt": two_reports,
    "before_2019.txt": _text(OLD_OUTLINE),
}
