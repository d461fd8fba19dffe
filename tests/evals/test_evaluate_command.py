"""`assistant evaluate` as it is asked for: one way at a time, and what each leaves behind."""

from pathlib import Path
from typing import Any

import pytest
import typer
from openpyxl import Workbook, load_workbook

from assistant.cli.measuring import evaluate
from assistant.errors import InputError

FILE = Path("x")


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"compare": (FILE, FILE), "gate": FILE}, "--compare、--gate 不能同用"),
        ({"data": FILE, "questions": FILE}, "--data、--questions 不能同用"),
        ({"disagreements": FILE}, "--disagreements 要与 --data 同用"),
        ({"tolerances": FILE}, "--tolerances 要与 --gate 同用"),
        ({"data": FILE, "tasks": ["retrieval"]}, "自备申请只能评研判"),
        ({"questions": FILE, "tasks": ["audit"]}, "自备问题只能评检索"),
        ({"tasks": ["speed"]}, "没有名为“speed”的评测任务，可用：classification"),
        ({"gate": FILE}, "找不到基线"),
        ({"rescore": FILE}, "找不到评测记录"),
        ({"data": FILE}, "找不到申请文件"),
    ],
)
def test_what_cannot_be_meant_is_one_line(asked: dict[str, Any], words: str) -> None:
    """Before anything is run: what is wrong, and how it is written."""
    with pytest.raises(InputError, match=words):
        evaluate(**asked)


def test_bad_rows_are_named_the_good_ones_judged_and_the_doubtful_written_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Exit status 1; nothing but what was asked for lies there afterwards."""
    monkeypatch.setenv("ASSISTANT_DATA_DIR", str(tmp_path / "data"))
    book = Workbook()
    for row in (
        ("编号", "申请内容", "查明情况", "处理结果"),
        ("甲", "申请公开老街灯光改造合同", "合同全文已在区政府网站公布", "予以公开"),
        ("乙", "申请公开老街灯光改造合同", "合同全文已在区政府网站公布", "decline.excessive"),
        ("丙", "申请公开某批复", "", "不知道"),
    ):
        book.active.append(row)
    book.save(tmp_path / "我的.xlsx")
    with pytest.raises(typer.Exit) as left:
        evaluate(data=tmp_path / "我的.xlsx", disagreements=tmp_path / "复核.xlsx")
    told = capsys.readouterr()
    assert 1 == left.value.exit_code
    assert "我的.xlsx 第4行（编号 丙）：处理结果“不知道”不认识" in told.err
    assert "评了 2 件，1 行不能用" in told.err
    assert "乙" in told.out.split("首位与标注不同的")[1] and "老街灯光" not in told.out
    (read, _) = load_workbook(tmp_path / "复核.xlsx").worksheets
    assert ["编号", "乙"] == [row[0].value for row in read.iter_rows()]
    assert {"我的.xlsx", "复核.xlsx"} == {path.name for path in tmp_path.iterdir()} - {"data"}
