"""Batches: every row answered or named, in each kind of file, and no cell a formula."""

import csv
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook

from assistant.ingest.files.sheet_cells import sheets
from assistant.triage.batch import classify_batch
from assistant.triage.classifier import Classifier
from assistant.triage.results import HEADINGS, plain_cell
from assistant.triage.workbook import CELL_LIMIT
from tests.triage.batches import FINDINGS, HEAD, REQUEST, many, read_jsonl, write_csv, write_jsonl, write_xlsx
from tests.triage.conftest import quiet


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_table_with_chinese_headings_is_answered(
    tmp_path: Path, encoding: str, classifier: Classifier
) -> None:
    """In any encoding a spreadsheet saves; an empty request is named, not dropped."""
    table = write_csv(tmp_path / "in.csv", [HEAD, ("A1", REQUEST, FINDINGS), ("A2", "", "")], encoding)
    done = classify_batch(classifier, table, tmp_path / "out.jsonl", quiet)
    rows = read_jsonl(tmp_path / "out.jsonl")
    assert ("编号 A2，第 3 行：申请内容是空的；请填写申请书的正文。",) == done.faults
    assert ("A1", "unable.not_held") == (rows[0]["id"], rows[0]["outcomes"][0]["code"])
    assert {"id", "row", "error"} == set(rows[1])


def test_a_line_of_the_result_holds_the_fields_of_the_contract(
    tmp_path: Path, classifier: Classifier
) -> None:
    """All 21 outcomes with shares that sum to one; an id keeps its kind; other fields are carried through."""
    source = write_jsonl(tmp_path / "in.jsonl", [{"id": 7, "request": REQUEST, "科室": {"a": 1}}])
    classify_batch(classifier, source, tmp_path / "out.jsonl", quiet)
    (row,) = read_jsonl(tmp_path / "out.jsonl")
    assert {"id", "outcomes", "abstain", "question", "signals", "engine", "columns"} == set(row)
    assert (7, {"科室": {"a": 1}}, "embedded") == (row["id"], row["columns"], row["engine"])
    assert 21 == len(row["outcomes"])
    assert 1 == pytest.approx(sum(outcome["probability"] for outcome in row["outcomes"]))


def test_a_batch_says_the_same_as_one_request(tmp_path: Path, classifier: Classifier) -> None:
    """However many there are: to the last digit."""
    rows = many(200)
    classify_batch(classifier, write_jsonl(tmp_path / "in.jsonl", rows), tmp_path / "out.jsonl", quiet)
    for row, found in zip(rows[:30], read_jsonl(tmp_path / "out.jsonl"), strict=False):
        if "error" not in found:
            alone = classifier.propose(str(row["request"]), str(row["findings"])).to_json(str(row["id"]))
            assert alone | {"columns": {"科室": "综合科"}} == found


def test_a_workbook_of_a_thousand_requests(tmp_path: Path, classifier: Classifier) -> None:
    """Title above the headings, Chinese headings, a column of the office's own; every row comes out, in order."""
    rows = many(1000)
    lines = [["2026年依申请公开登记表"], ["登记编号（必填）", "所需信息", "认定事实", "科室"]]
    lines += [[str(value) for value in row.values()] for row in rows]
    source = write_xlsx(tmp_path / "in.xlsx", lines, ["A1:D1"])
    steps: list[int] = []
    done = classify_batch(classifier, source, tmp_path / "out.xlsx", lambda _, at, of: steps.append(at))
    sheet = load_workbook(tmp_path / "out.xlsx")["研判结果"]
    found = list(sheet.iter_rows(values_only=True))
    assert (1000, 1000, sorted(steps)) == (done.requests, steps[-1], steps)
    assert (*HEADINGS, "科室") == found[0]
    assert [row["id"] for row in rows] == [row[0] for row in found[1:]]
    assert {"综合科"} == {row[13] for row in found[1:]}
    assert sum(row["request"] == "" for row in rows) == len(done.faults)


def test_a_clerk_can_read_the_workbook(tmp_path: Path, classifier: Classifier) -> None:
    """Head row in sight, words wrapped, label and code, shares as percent, quotes, what to find out."""
    source = write_jsonl(
        tmp_path / "in.jsonl",
        [
            {"id": "a", "request": REQUEST, "findings": FINDINGS},
            {"id": "b", "request": "把那份材料给我"},
            {"id": "c"},
        ],
    )
    classify_batch(classifier, source, tmp_path / "out.xlsx", quiet)
    book = load_workbook(tmp_path / "out.xlsx")
    sheet = book["研判结果"]
    sure, unsure, fault = (dict(zip(HEADINGS, row, strict=False)) for row in sheet.iter_rows(min_row=2))
    assert ("A2", "A1:M4") == (sheet.freeze_panes, sheet.auto_filter.ref)
    assert ("本机关不掌握相关政府信息", "unable.not_held") == (
        sure["建议的处理结果"].value,
        sure["结果代码"].value,
    )
    assert ("0.0%", True) == (sure["概率"].number_format, sure["概率"].value > 0.5)
    assert "第三十六条" in sure["依据"].value
    assert "未制作" in sure["线索"].value and "查明情况" in sure["线索"].value
    assert sure["申请内容"].alignment.wrap_text
    assert ("是", True) == (unsure["是否弃权"].value, unsure["建议的处理结果"].value.startswith("不作判断"))
    assert unsure["要先查明"].value
    assert "没有 request" in fault["说明"].value
    explained = [row[0] for row in book["说明"].iter_rows(values_only=True)]
    assert {"A 栏：编号", "M 栏：说明", "refuse.deliberative"} <= set(explained)


@pytest.mark.parametrize("words", ["=1+1", "+8613", "-1", "@SUM(A1)", "\t=1", "＝cmd|' /C calc'!A0"])
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_no_cell_becomes_a_formula(tmp_path: Path, words: str, kind: str, classifier: Classifier) -> None:
    """Id, request, other columns and their headings are words, whatever they begin with."""
    assert "'" == plain_cell(words)[0]
    row = {"id": f"{words}1", "request": f"{words}{REQUEST}", f"{words}2": words}
    target = tmp_path / f"out.{kind}"
    classify_batch(classifier, write_jsonl(tmp_path / "in.jsonl", [row]), target, quiet)
    if kind == "csv":
        with target.open(encoding="utf-8-sig", newline="") as stream:
            cells = [cell for line in csv.reader(stream) for cell in line]
    else:
        sheet = load_workbook(target)["研判结果"]
        assert {"s", "n"} >= {cell.data_type for line in sheet.iter_rows() for cell in line}
        cells = [str(cell) for line in sheet.iter_rows(values_only=True) for cell in line if cell]
    assert 4 == sum(cell.startswith("'") for cell in cells)
    assert [] == [cell for cell in cells if cell and cell[0] in "=+-@\t\r＝＋－＠"]


def test_what_a_cell_cannot_hold_is_cut_and_says_so(tmp_path: Path, classifier: Classifier) -> None:
    """Twenty thousand letters fit; a long remark does not; control characters are left out."""
    row = {"id": "a\x01", "request": REQUEST, "备注": "长" * 40_000, "又": "_x0041_"}
    classify_batch(classifier, write_jsonl(tmp_path / "in.jsonl", [row]), tmp_path / "out.xlsx", quiet)
    found = sheets("out.xlsx", (tmp_path / "out.xlsx").read_bytes())[0].rows[2]
    assert ("a", "_x0041_") == (found[1], found[15])
    assert CELL_LIMIT == len(found[14])
    assert found[14].endswith("全文见原表）")


def test_a_result_may_be_judged_again(tmp_path: Path, classifier: Classifier) -> None:
    """Its own columns are then the old ones."""
    first = write_csv(tmp_path / "in.csv", [HEAD, ("A1", REQUEST, FINDINGS)])
    classify_batch(classifier, first, tmp_path / "once.xlsx", quiet)
    classify_batch(classifier, tmp_path / "once.xlsx", tmp_path / "twice.csv", quiet)
    with (tmp_path / "twice.csv").open(encoding="utf-8-sig", newline="") as stream:
        head, row = csv.reader(stream)
    assert "原表：结果代码" in head
    assert row[head.index("结果代码")] == row[head.index("原表：结果代码")] == "unable.not_held"


def test_the_same_table_gives_the_same_bytes(tmp_path: Path, classifier: Classifier) -> None:
    """In every kind: nothing depends on the hour."""
    source = write_jsonl(tmp_path / "in.jsonl", many(5))
    for kind in ("jsonl", "csv", "xlsx"):
        for name in ("one", "two"):
            classify_batch(classifier, source, tmp_path / f"{name}.{kind}", quiet)
        assert (tmp_path / f"one.{kind}").read_bytes() == (tmp_path / f"two.{kind}").read_bytes()


@pytest.mark.parametrize("processes", [2, 3])
def test_the_bytes_do_not_depend_on_the_cores(tmp_path: Path, processes: int, classifier: Classifier) -> None:
    """A long table split over processes ends as it does on one core."""
    source = write_jsonl(tmp_path / "in.jsonl", many(210))
    alone, split = tmp_path / "alone.jsonl", tmp_path / "split.jsonl"
    classify_batch(replace(classifier, processes=1), source, alone, quiet)
    classify_batch(replace(classifier, processes=processes), source, split, quiet)
    assert alone.read_bytes() == split.read_bytes()


def test_rows_without_an_id_are_numbered(tmp_path: Path, classifier: Classifier) -> None:
    """By their count, or by their line where another row has that number."""
    rows = [{"request": REQUEST}, {"id": "3", "request": REQUEST}, {"id": None, "request": REQUEST}]
    classify_batch(classifier, write_jsonl(tmp_path / "in.jsonl", rows), tmp_path / "out.jsonl", quiet)
    assert ["1", "3", "第3行"] == [row["id"] for row in read_jsonl(tmp_path / "out.jsonl")]
