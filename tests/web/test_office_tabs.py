"""The tabs that concern no case: what is held and how current it is, files taken in, the last evaluation."""

from dataclasses import replace
from pathlib import Path

import pytest

from assistant.errors import IndexFault
from assistant.pipeline import open_assistant
from assistant.settings import ROOT, Settings
from assistant.web.corpus_tab import held, take_in
from assistant.web.evaluation_tab import results
from assistant.web.results import Picture, Table, picture_file, read_results
from assistant.web.uploading import upload_button

REPORT = ROOT / "docs" / "examples" / "report.md"


def test_every_law_is_shown_with_its_days_and_when_it_was_checked(shared_data: Path) -> None:
    """Living ones as living, a repealed one as dead, an unproved text as unproved."""
    shown = held(open_assistant(replace(Settings(), data_dir=shared_data)))
    assert "<strong>现行</strong>　2019-05-15 至 今" in shown
    assert "已失效" in shown
    assert "全文 56 条" in shown
    assert "未与官方文本核对" in shown
    assert "2026-11-23" in shown
    assert "暨阳街道" in shown


def test_a_report_is_taken_in_and_found_at_once(tmp_path: Path) -> None:
    """Each step in a line; the bad file beside it is named and the good one counts; no upload is left."""
    assistant = open_assistant(replace(Settings(), data_dir=tmp_path / "data"))
    good, bad = tmp_path / "a" / "report.md", tmp_path / "b" / "binary.txt"
    for place, source in ((good, REPORT), (bad, ROOT / "tests" / "bad_inputs" / "binary.txt")):
        place.parent.mkdir()
        place.write_bytes(source.read_bytes())
    before = len(assistant.reports)
    lines = list(take_in(assistant, "reports", [good, bad]))
    assert "report.md：收进了" in lines[0]
    assert "没有收进 binary.txt" in lines[1]
    assert "索引已更新" in lines[-1]
    assert before + 1 == len(assistant.reports)
    assert not good.exists() and not bad.exists()


def test_the_same_file_again_changes_nothing(tmp_path: Path) -> None:
    """No index is built for it."""
    assistant = open_assistant(replace(Settings(), data_dir=tmp_path / "data"))
    assistant.report_shelf.shelf.put("report.md", REPORT.read_bytes(), lambda _: None)
    again = tmp_path / "a" / "report.md"
    again.parent.mkdir()
    again.write_bytes(REPORT.read_bytes())
    lines = list(take_in(assistant, "reports", [again]))
    assert "内容相同" in lines[0]
    assert "索引不变" in lines[-1]


def test_an_index_that_cannot_be_built_leaves_the_old_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The reason is told; everything is answered as before."""
    assistant = open_assistant(replace(Settings(), data_dir=tmp_path / "data"))

    def fails(*_: object) -> None:
        raise IndexFault("磁盘已满。")

    monkeypatch.setattr(assistant, "renew", fails)
    reply = tmp_path / "a" / "reply.txt"
    reply.parent.mkdir()
    reply.write_text("答复书\n某某：你申请的信息不存在。", encoding="utf-8")
    assert "仍用原来的：磁盘已满。" in list(take_in(assistant, "replies", [reply]))[-1]


def test_the_last_evaluation_is_read_as_it_was_recorded() -> None:
    """Every section of the record, its tables with figures, its pictures on disk."""
    sections = read_results()
    tables = [one for section in sections for one in section.blocks if isinstance(one, Table)]
    pictures = [one for section in sections for one in section.blocks if isinstance(one, Picture)]
    text = (ROOT / "evals" / "results" / "latest.md").read_text(encoding="utf-8")
    assert text.count("\n## ") <= len(sections)
    assert all(len(row) == len(table.head) for table in tables for row in table.rows)
    assert pictures and all(picture_file(one.file) for one in pictures)
    assert "首位正确" in results()


def test_without_a_record_the_tab_says_how_to_make_one(tmp_path: Path) -> None:
    """And no file of the folder is a picture of ours."""
    assert () == read_results(tmp_path)
    (tmp_path / "x.svg").write_text("<svg/>", encoding="utf-8")
    assert picture_file("x.svg", tmp_path) is None


def test_an_upload_makes_no_file_beside_it(tmp_path: Path) -> None:
    """Only the path is handed over."""
    from gradio.data_classes import FileData, ListFiles

    one = FileData(path=str(tmp_path / "a.txt"))
    assert str(tmp_path / "a.txt") == upload_button("上传", "up").preprocess(one)
    assert [str(tmp_path / "a.txt")] == upload_button("上传", "up", several=True).preprocess(
        ListFiles(root=[one])
    )
    assert [] == list(tmp_path.iterdir())
