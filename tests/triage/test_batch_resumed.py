"""A batch that is cut off goes on where it stopped, and ends like one that never was."""

import fcntl
import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.errors import InputError
from assistant.settings import ROOT
from assistant.triage.batch import classify_batch
from assistant.triage.classifier import Classifier
from assistant.triage.unfinished import SUFFIX, WRITING, write_whole
from tests.triage.batches import HEAD, many, write_jsonl, write_xlsx
from tests.triage.conftest import quiet

ROWS = 400


def table(folder: Path, rows: int = ROWS) -> Path:
    """A workbook of so many requests."""
    lines = [[str(row["id"]), row["request"], row["findings"]] for row in many(rows)]
    return write_xlsx(folder / "in.xlsx", [HEAD, *lines])


def started(source: Path, target: Path) -> "subprocess.Popen[str]":
    """The command in a process of its own, with a temporary folder to look into."""
    scratch = source.parent / "temporary"
    scratch.mkdir(exist_ok=True)
    return subprocess.Popen(
        [sys.executable, "-m", "assistant", "classify", "--input", str(source), "--output", str(target)],
        cwd=ROOT,
        env={**os.environ, "TMPDIR": str(scratch)},
        stderr=subprocess.PIPE,
        text=True,
    )


def killed_after(lines: int, source: Path, target: Path) -> int:
    """Start, wait until so many lines are kept, kill -9; how many lines there were in the end."""
    kept = beside(target)
    process = started(source, target)
    stop = time.monotonic() + 60
    while (held := kept.read_bytes().count(b"\n") if kept.exists() else 0) < lines:
        assert process.poll() is None and time.monotonic() < stop, f"{held} lines"
        time.sleep(0.002)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    return kept.read_bytes().count(b"\n")


def beside(target: Path) -> Path:
    """Where what is not done yet is kept."""
    return target.with_name(target.name + SUFFIX)


@pytest.mark.slow
@pytest.mark.parametrize(("kind", "moments"), [("jsonl", (1, 150, 320)), ("xlsx", (200,))])
def test_a_killed_batch_goes_on_where_it_stopped(tmp_path: Path, kind: str, moments: tuple[int, ...]) -> None:
    """Killed at its first line, then amid its rows, then near its end: the bytes are those of an uncut run."""
    source, target, whole = table(tmp_path), tmp_path / f"out.{kind}", tmp_path / f"whole.{kind}"
    assert 1 == started(source, whole).wait()
    reached = [killed_after(lines, source, target) for lines in moments]
    assert sorted(reached) == reached and reached[-1] < ROWS
    assert not target.exists()
    assert 0o600 == beside(target).stat().st_mode & 0o777
    last = started(source, target)
    said = last.communicate()[1]
    assert 1 == last.returncode
    assert f"{ROWS} 件中已研判 {reached[-1] - 1} 件" in said
    assert whole.read_bytes() == target.read_bytes()
    assert {"in.xlsx", "temporary", target.name, whole.name} == {path.name for path in tmp_path.iterdir()}
    assert [] == list((tmp_path / "temporary").iterdir())


def cut_off(folder: Path, classifier: Classifier, after: int = 30) -> tuple[Path, Path]:
    """A batch of fifty whose process ended after so many rows."""
    source, target = write_jsonl(folder / "in.jsonl", many(50)), folder / "out.jsonl"

    def stop(_: str, done: int, __: int) -> None:
        if done >= after:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        classify_batch(classifier, source, target, stop)
    return source, target


def again(classifier: Classifier, source: Path, target: Path) -> list[str]:
    """Run to the end; what was said before the work began."""
    said: list[str] = []
    classify_batch(classifier, source, target, quiet, said.append)
    assert not beside(target).exists()
    return said


def test_another_table_begins_anew_and_says_so(tmp_path: Path, classifier: Classifier) -> None:
    """What was judged of the old one is not taken for the new."""
    source, target = cut_off(tmp_path, classifier)
    write_jsonl(source, [*many(49), {"id": "new", "request": "申请公开预算"}])
    (said,) = again(classifier, source, target)
    assert "“out.jsonl.未完成”是上次没有做完的，但申请表的内容改过了，所以从头做起。" == said
    assert "new" == json.loads(target.read_text(encoding="utf-8").splitlines()[-1])["id"]


def test_another_classifier_begins_anew_and_says_so(tmp_path: Path, classifier: Classifier) -> None:
    """Half of a table under each would be no result."""
    source, target = cut_off(tmp_path, classifier)
    (said,) = again(replace(classifier, version="another"), source, target)
    assert "分类器、规则或程序换过了" in said


def test_another_day_begins_anew_and_says_so(tmp_path: Path, classifier: Classifier) -> None:
    """Rules hold from one day to another."""
    source, target = cut_off(tmp_path, classifier)
    head, rest = beside(target).read_text(encoding="utf-8").split("\n", 1)
    beside(target).write_text(
        json.dumps(json.loads(head) | {"on": "2020-01-01"}) + "\n" + rest, encoding="utf-8"
    )
    (said,) = again(classifier, source, target)
    assert "已不是同一天" in said


@pytest.mark.parametrize("left", ["", "x", "{}\n{}\n", '{"input"'])
def test_what_is_no_record_is_not_gone_on_with(tmp_path: Path, left: str, classifier: Classifier) -> None:
    """An empty one is as good as none; any other is said to be unreadable."""
    source, target = write_jsonl(tmp_path / "in.jsonl", many(3)), tmp_path / "out.jsonl"
    beside(target).write_text(left, encoding="utf-8")
    said = again(classifier, source, target)
    assert bool(left) == any("从头做起" in line for line in said)


@pytest.mark.parametrize("torn", ['{"id": "2026-0030", "outc', "\0\0\0\0", '{"id": "other"}\n'])
def test_a_torn_line_is_judged_again(tmp_path: Path, torn: str, classifier: Classifier) -> None:
    """What a power cut leaves at the end counts for nothing."""
    source, target = cut_off(tmp_path, classifier)
    held = beside(target).read_text(encoding="utf-8").splitlines(keepends=True)[:30]
    beside(target).write_text("".join(held) + torn, encoding="utf-8")
    (said,) = again(classifier, source, target)
    assert "50 件中已研判 29 件" in said
    again(classifier, source, tmp_path / "whole.jsonl")
    assert (tmp_path / "whole.jsonl").read_bytes() == target.read_bytes()


def test_a_batch_cut_off_before_its_last_step_only_needs_that(tmp_path: Path, classifier: Classifier) -> None:
    """All rows are judged, the result is not there: it is written."""
    source, target = cut_off(tmp_path, classifier, after=50)
    assert ["接着上次没有做完的做：50 件中已研判 50 件。"] == again(classifier, source, target)
    assert 50 == len(target.read_text(encoding="utf-8").splitlines())


def test_two_at_once_do_not_mix(tmp_path: Path, classifier: Classifier) -> None:
    """The second is told to wait, and changes nothing."""
    source, target = cut_off(tmp_path, classifier)
    before = beside(target).read_bytes()
    with beside(target).open("rb") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        with pytest.raises(InputError, match="另一个程序正在写“out.jsonl”"):
            classify_batch(classifier, source, target, quiet)
    assert before == beside(target).read_bytes()


def test_a_share_without_locks_or_rights_will_do(
    tmp_path: Path, classifier: Classifier, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Offices keep tables on network shares and sticks."""

    def unknown(*_: object) -> None:
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr(fcntl, "flock", unknown)
    monkeypatch.setattr(os, "fchmod", unknown)
    source = write_jsonl(tmp_path / "in.jsonl", many(3))
    assert [] == again(classifier, source, tmp_path / "out.jsonl")
    assert 3 == len((tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines())


def test_a_result_is_there_whole_or_not_at_all(
    tmp_path: Path, classifier: Classifier, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk at the last step leaves the old result, no half of the new one, and what was judged."""
    source, target = write_jsonl(tmp_path / "in.jsonl", many(3)), tmp_path / "out.jsonl"
    target.write_text("old", encoding="utf-8")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(InputError, match=r"写不进.*磁盘有没有空间"):
        classify_batch(classifier, source, target, quiet)
    assert "old" == target.read_text(encoding="utf-8")
    assert 4 == beside(target).read_text(encoding="utf-8").count("\n")
    assert not target.with_name(target.name + WRITING).exists()


def test_nobody_else_may_read_a_result(tmp_path: Path) -> None:
    """Unless the result it takes the place of could be read by others."""
    write_whole(tmp_path / "new", b"1")
    (tmp_path / "shared").write_bytes(b"0")
    (tmp_path / "shared").chmod(0o640)
    write_whole(tmp_path / "shared", b"1")
    assert [0o600, 0o640] == [(tmp_path / name).stat().st_mode & 0o777 for name in ("new", "shared")]
