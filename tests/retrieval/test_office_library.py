"""An office's own reports in the index: a folder of 300 with eight bad files among them, and a broken-off run."""

import os
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from assistant.pipeline import Assistant, open_assistant
from assistant.settings import Settings
from evals.report_bad_files import write_bad_files
from evals.report_files import write_folder

pytestmark = pytest.mark.slow

GOOD, BAD = 300, 8
FEW, BROKEN_OFF_AFTER = 60, 20


@dataclass(frozen=True)
class Run:
    """A finished `assistant index add`: its exit status and what it said."""

    status: int
    out: str
    err: str


def command(folder: Path) -> list[str]:
    """Adding a folder from the command line."""
    return [sys.executable, "-m", "assistant", "index", "add", str(folder)]


def environment(data: Path) -> dict[str, str]:
    """An office of its own."""
    return {**os.environ, "ASSISTANT_DATA_DIR": str(data)}


def add(folder: Path, data: Path) -> Run:
    """Run it to its end."""
    done = subprocess.run(command(folder), env=environment(data), capture_output=True, text=True, check=False)
    return Run(done.returncode, done.stdout, done.stderr)


def office(data: Path) -> Assistant:
    """The office over what was added."""
    return open_assistant(Settings(data_dir=data))


def passages(data: Path) -> bytes:
    """The passages of the index in use, byte for byte."""
    build = (data / "index" / "current").read_text(encoding="utf-8").strip()
    return (data / "index" / build / "passages.jsonl").read_bytes()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Reports of every kind of file, and the bad ones."""
    path = tmp_path_factory.mktemp("published") / "reports"
    write_folder(path, GOOD, 1)
    assert BAD == len(write_bad_files(path))
    return path


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the office of these tests keeps everything."""
    return tmp_path_factory.mktemp("office")


@pytest.fixture(scope="module")
def added(folder: Path, data: Path) -> Run:
    """The folder added once."""
    return add(folder, data)


def test_every_report_is_indexed_and_every_bad_file_named(added: Run) -> None:
    """Exit status 1, since something was set aside; each with its reason."""
    assert 1 == added.status
    assert f"新增 {GOOD} 份" in added.out
    assert f"年度报告收录 {GOOD} 份" in added.out
    assert f"没有收录 {BAD} 个文件" in added.err


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("empty", "是空的"),
        ("picture_only", "没有文字"),
        ("truncated", "已损坏"),
        ("zip_bomb", "展开后太大"),
        ("oversized", "太大"),
        ("nested_tags", "标签嵌套太深"),
        ("two_reports", "一个文件里有2份年度报告"),
        ("before_2019", "旧提纲"),
    ],
)
def test_a_bad_file_says_what_is_wrong_with_it(added: Run, name: str, words: str) -> None:
    """In one line that begins with its name."""
    (line,) = [line for line in added.err.replace("\r", "\n").splitlines() if line.strip().startswith(name)]
    assert words in line


def test_a_question_is_answered_from_the_cell_of_an_added_report(added: Run, data: Path) -> None:
    """The figure, the table and the file it stands in."""
    held = office(data)
    report = next(
        r for r in held.reports if r.source.endswith(".xlsx") and r.value("requests", "new", "total")
    )
    answer = held.figures(f"{report.year}年{report.agency}新收到多少件申请？")
    assert answer is not None
    (cell,) = answer.cells
    assert (report.value("requests", "new", "total"), report.source) == (cell.value, cell.source)
    assert "工作表" in answer.text


def test_adding_again_changes_nothing(added: Run, folder: Path, data: Path) -> None:
    """Every file is there already, and the index is the same to the byte."""
    before = passages(data)
    again = add(folder, data)
    assert f"新增 0 份，更新 0 份，原有 {GOOD} 份" in again.out
    assert before == passages(data)


def test_a_run_that_was_killed_is_simply_done_again(folder: Path, tmp_path: Path) -> None:
    """The index is that of one clean run."""
    few, clean, broken = (tmp_path / name for name in ("few", "clean", "broken"))
    few.mkdir()
    for path in sorted(folder.glob("0*"))[:FEW]:
        shutil.copy(path, few)
    add(few, clean)
    killed = subprocess.Popen(
        command(few), env=environment(broken), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    while killed.poll() is None and len(list((broken / "reports").glob("*"))) < BROKEN_OFF_AFTER:
        time.sleep(0.02)
    killed.send_signal(signal.SIGKILL)
    assert -signal.SIGKILL == killed.wait()
    assert BROKEN_OFF_AFTER <= len(list((broken / "reports").glob("*"))) < FEW
    add(few, broken)
    assert passages(clean) == passages(broken)


def test_a_changed_report_takes_the_place_of_the_old_and_a_removed_one_leaves(
    added: Run, folder: Path, data: Path
) -> None:
    """The folder is the source of truth."""
    held = office(data)
    markdown = [r for r in held.reports if r.source.startswith("reports/0") and r.source.endswith(".md")]
    one, other = markdown[:2]
    (data / one.source).unlink()
    text = (data / other.source).read_text(encoding="utf-8")
    (data / other.source).write_text(f"{text}\n\n补充说明：本页于次年更正。\n", encoding="utf-8")
    changed = office(data).index.passages
    assert one.source not in {passage.source for passage in changed}
    assert any("本页于次年更正" in passage.shown for passage in changed if passage.source == other.source)
