"""Batches: every row answered or named, in each kind of file, and no cell a formula."""

import csv
import json
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from assistant.errors import InputError
from assistant.triage.batch import HEADINGS, classify_batch
from assistant.triage.classifier import Classifier
from assistant.triage.tables import plain_cell
from tests.triage.conftest import quiet

REQUEST = "申请公开2022年我镇某村征地补偿安置方案"
FINDINGS = "经检索，本机关未制作、未保存该信息，该信息由区自然资源局制作"


def csv_file(folder: Path, encoding: str) -> Path:
    """A table with Chinese headings in an encoding."""
    file = folder / "in.csv"
    file.write_text(f"编号,申请内容,查明情况\nA1,{REQUEST},{FINDINGS}\nA2,,\n", encoding=encoding)
    return file


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_table_with_chinese_headings_is_answered(
    tmp_path: Path, encoding: str, classifier: Classifier
) -> None:
    """UTF-8 and GB18030 alike; an empty row is named, not dropped."""
    unread = classify_batch(classifier, csv_file(tmp_path, encoding), tmp_path / "out.jsonl", quiet)
    rows = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()]
    assert 1 == unread
    assert ("A1", "unable.not_held") == (rows[0]["id"], rows[0]["outcomes"][0]["code"])
    assert "A2" == rows[1]["id"]
    assert rows[1]["error"]


def test_a_workbook_gives_a_workbook(tmp_path: Path, classifier: Classifier) -> None:
    """XLSX in, XLSX out, with headings a clerk reads."""
    book = Workbook()
    for row in (["序号", "请求", "认定事实"], [7, REQUEST, FINDINGS]):
        book.active.append(row)
    book.save(tmp_path / "in.xlsx")
    assert 0 == classify_batch(classifier, tmp_path / "in.xlsx", tmp_path / "out.xlsx", quiet)
    rows = list(load_workbook(tmp_path / "out.xlsx").active.iter_rows(values_only=True))
    assert HEADINGS == rows[0]
    assert ("7", "本机关不掌握相关政府信息（unable.not_held）") == (rows[1][0], rows[1][3])


def test_json_lines_without_ids_are_numbered(tmp_path: Path, classifier: Classifier) -> None:
    """The contract's fields; id and findings may be left out."""
    (tmp_path / "in.jsonl").write_text(json.dumps({"request": REQUEST}) + "\n", encoding="utf-8")
    classify_batch(classifier, tmp_path / "in.jsonl", tmp_path / "out.jsonl", quiet)
    assert "1" == json.loads((tmp_path / "out.jsonl").read_text(encoding="utf-8"))["id"]


@pytest.mark.parametrize("words", ["=1+1", "+8613", "-1", "@SUM(A1)", "\t=1"])
def test_no_cell_becomes_a_formula(tmp_path: Path, words: str, classifier: Classifier) -> None:
    """A request is words, whatever it begins with."""
    assert "'" == plain_cell(words)[0]
    (tmp_path / "in.jsonl").write_text(json.dumps({"id": words, "request": REQUEST}) + "\n", encoding="utf-8")
    classify_batch(classifier, tmp_path / "in.jsonl", tmp_path / "out.csv", quiet)
    with (tmp_path / "out.csv").open(encoding="utf-8-sig", newline="") as stream:
        assert "'" == list(csv.reader(stream))[1][0][0]


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("in.csv", "编号,内容\n1,甲\n", "没有申请内容一栏"),
        ("in.csv", "申请内容\n", "没有申请"),
        ("in.txt", "甲", "不能用于批量研判"),
        ("in.jsonl", "{", "第 1 行不是有效的 JSON"),
        ("in.xlsx", "not a workbook", "不是可以打开的 XLSX"),
    ],
)
def test_a_file_that_cannot_be_used_is_named(
    tmp_path: Path, name: str, text: str, words: str, classifier: Classifier
) -> None:
    """One clear line."""
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=words):
        classify_batch(classifier, tmp_path / name, tmp_path / "out.csv", quiet)
