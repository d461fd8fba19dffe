"""A letter as PDF: through LibreOffice, in a private folder that is gone at the end, or one line that says why not."""

import shutil
import subprocess
import time
from pathlib import Path

import pytest

from assistant.drafting import pdf
from assistant.drafting.document import docx_bytes, write_draft
from assistant.errors import InputError
from assistant.ingest.files.readers import read_letter
from tests.drafting.test_document import ROLES, draft_of

LETTER = docx_bytes(draft_of(*ROLES))


@pytest.fixture
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A PDF of two pages."""
    from reportlab.pdfgen.canvas import Canvas

    path = tmp_path_factory.mktemp("pdf") / "sample.pdf"
    canvas = Canvas(str(path))
    for _ in range(2):
        canvas.drawString(72, 72, "page")
        canvas.showPage()
    canvas.save()
    return path


def office(folder: Path, script: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A stand-in for LibreOffice, alone in the search path; it knows the folder it works in as $TMPDIR."""
    program = folder / "bin" / "soffice"
    program.parent.mkdir()
    program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}:/usr/bin:/bin")
    monkeypatch.setattr(pdf, "_NAMES", (str(program),))


def left_in(folder: Path) -> list[str]:
    """What lies in the folder beside the stand-in."""
    return sorted(path.name for path in folder.iterdir() if path.name not in ("bin", "seen"))


def test_a_pdf_is_written_and_its_pages_are_counted(
    sample: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The number of pages comes back; nothing else is left."""
    office(tmp_path, f'cp "{sample}" "$TMPDIR/letter.pdf"', monkeypatch)
    monkeypatch.chdir(tmp_path)
    assert 2 == write_draft(draft_of(*ROLES), Path("答复书.pdf"))
    assert sample.read_bytes() == (tmp_path / "答复书.pdf").read_bytes()
    assert ["答复书.pdf"] == left_in(tmp_path)


def test_the_work_is_done_in_a_private_folder(
    sample: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Letter, profile, home and temporary files lie in one folder that only its owner can enter."""
    seen = tmp_path / "seen"
    script = f'env > "{seen}"; echo "args $@" >> "{seen}"; stat -c "mode %a" "$TMPDIR" >> "{seen}"; ls -A "$TMPDIR" >> "{seen}"'
    office(tmp_path, f'{script}; cp "{sample}" "$TMPDIR/letter.pdf"', monkeypatch)
    pdf.pdf_of(LETTER, tmp_path / "答复书.pdf")
    told = dict(line.partition("=")[::2] for line in seen.read_text(encoding="utf-8").splitlines())
    folder = told["TMPDIR"]
    assert [folder] * 3 == [told["HOME"], told["TMP"], told["TEMP"]]
    assert str(tmp_path) == str(Path(folder).parent)
    words = seen.read_text(encoding="utf-8")
    assert f"-env:UserInstallation={(Path(folder) / 'profile').as_uri()}" in words
    assert "mode 700" in words
    assert not Path(folder).exists()


@pytest.mark.parametrize("script", ["exit 1", "exit 0"])
def test_a_failure_is_told_and_leaves_nothing(
    script: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One line, and what to do instead."""
    office(tmp_path, script, monkeypatch)
    with pytest.raises(InputError, match="LibreOffice 没有生成 PDF；请写成 .docx"):
        write_draft(draft_of(*ROLES), tmp_path / "答复书.pdf")
    assert [] == left_in(tmp_path)


def test_a_program_that_hangs_is_ended_with_what_it_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After the time limit nothing runs on, and nothing is left."""
    office(tmp_path, f'sleep 30 & echo $! > "{tmp_path}/seen"; wait', monkeypatch)
    before = time.monotonic()
    with pytest.raises(InputError, match="在 0.5 秒内没有生成 PDF，已停止"):
        pdf.pdf_of(LETTER, tmp_path / "答复书.pdf", seconds=0.5)
    assert time.monotonic() - before < 10
    child = (tmp_path / "seen").read_text(encoding="utf-8").strip()
    state = subprocess.run(
        ["ps", "-o", "stat=", "-p", child], capture_output=True, text=True, check=False
    ).stdout
    assert state.strip()[:1] in ("", "Z")
    assert [] == left_in(tmp_path)


def test_without_libreoffice_one_line_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And names the way that needs none."""
    monkeypatch.setattr(pdf, "_NAMES", ("no-such-program",))
    monkeypatch.setattr(pdf, "_PLACES", ())
    with pytest.raises(InputError, match="没有安装 LibreOffice.*请写成 .docx，再在 Word 或 WPS 中另存为 PDF"):
        write_draft(draft_of(*ROLES), tmp_path / "答复书.pdf")


def test_a_folder_that_is_not_there_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Before any program is started."""
    office(tmp_path, "exit 0", monkeypatch)
    with pytest.raises(InputError, match="写不进去.*请检查文件夹是否存在"):
        write_draft(draft_of(*ROLES), tmp_path / "没有" / "答复书.pdf")


@pytest.mark.skipif(not shutil.which("soffice"), reason="no LibreOffice on this machine")
def test_a_real_libreoffice_makes_the_same_words(tmp_path: Path) -> None:
    """What it prints is the letter, on one page."""
    assert 1 == write_draft(draft_of(*ROLES), tmp_path / "答复书.pdf")
    printed = "".join(read_letter(tmp_path / "答复书.pdf").split())
    assert [] == [text for _, text in ROLES if "".join(text.split()) not in printed]
