"""A letter as PDF, through the LibreOffice of this machine where there is one.

The letter names a citizen: it is worked on in a private folder beside the file asked for, with a profile of its
own, and the folder is gone at the end, whatever happened. Nothing of it goes through a shared temporary folder.
"""

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from assistant.errors import InputError
from assistant.ingest.files.pdf_text import read_pdf

SECONDS = 90

_NAMES = ("soffice", "libreoffice")
_PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.exe",
)


@dataclass(frozen=True)
class Pdf:
    """The file and how many pages it has."""

    data: bytes
    pages: int


def pdf_of(docx: bytes, beside: Path, seconds: float = SECONDS) -> Pdf:
    """The Word document as PDF. Raises InputError where there is no LibreOffice, or it fails or takes too long."""
    program = _program()
    try:
        with tempfile.TemporaryDirectory(
            prefix=".pdf-", dir=beside.absolute().parent, ignore_cleanup_errors=True
        ) as name:
            data = _converted(program, docx, Path(name), seconds)
    except OSError as fault:
        raise InputError(
            f"“{beside}”写不进去（{fault.strerror}）；请检查文件夹是否存在、能否写入。"
        ) from fault
    return Pdf(data, read_pdf("答复书.pdf", data, lambda pdf: len(pdf.pages)))


def _program() -> str:
    found = next(filter(None, map(shutil.which, (*_NAMES, *_PLACES))), None)
    if found is None:
        raise InputError(
            "本机没有安装 LibreOffice，不能直接生成 PDF；请写成 .docx，再在 Word 或 WPS 中另存为 PDF。"
        )
    return found


def _converted(program: str, docx: bytes, folder: Path, seconds: float) -> bytes:
    """Headless, with profile, home and temporary files inside the private folder."""
    letter, made = folder / "letter.docx", folder / "letter.pdf"
    letter.write_bytes(docx)
    here = dict.fromkeys(("HOME", "TMPDIR", "TMP", "TEMP", "XDG_RUNTIME_DIR"), str(folder))
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    words = [program, profile, "--headless", "--norestore", "--nolockcheck", "--nodefault"]
    process = subprocess.Popen(
        [*words, "--convert-to", "pdf:writer_pdf_Export", "--outdir", str(folder), str(letter)],
        env=os.environ | here,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        process.wait(timeout=seconds)
    except subprocess.TimeoutExpired:
        raise InputError(
            f"LibreOffice 在 {seconds:g} 秒内没有生成 PDF，已停止；请写成 .docx 后在 Word 或 WPS 中另存。"
        ) from None
    finally:
        _end(process)
    if not made.is_file():
        raise InputError("LibreOffice 没有生成 PDF；请写成 .docx 后在 Word 或 WPS 中另存，或者检查它的安装。")
    return made.read_bytes()


def _end(process: "subprocess.Popen[bytes]") -> None:
    """The program and what it started: the starter of LibreOffice is not the one that works."""
    if hasattr(os, "killpg"):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    elif process.poll() is None:
        process.kill()
    process.wait()
