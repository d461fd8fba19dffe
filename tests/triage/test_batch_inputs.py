"""Tables that cannot be used, or not wholly: one clear line, or the row by its number and the rest done."""

import io
import json
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook

from assistant.errors import InputError
from assistant.ingest.files.sheet_cells import sheets
from assistant.triage.batch import classify_batch
from assistant.triage.classifier import Classifier
from assistant.triage.columns import NAMES, plain
from assistant.triage.signals import WITHIN
from tests.triage.batches import FINDINGS, HEAD, REQUEST, read_jsonl, write_csv, write_jsonl, write_xlsx
from tests.triage.conftest import quiet

OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("in.csv", "编号,内容\n1,甲\n", "没有申请内容一栏（第一行是“编号”、“内容”）"),
        ("in.csv", "申请内容\n", "没有申请"),
        ("in.csv", "编号,申请内容,所需信息\n1,甲,乙\n", "有 2 栏都像申请内容：“申请内容”、“所需信息”"),
        ("in.csv", '编号,申请内容\n1,"甲\n', "引号不成对"),
        ("in.csv", "", "是空的"),
        ("in.jsonl", "\n \n", "是空的"),
        ("in.jsonl", "{", "第 1 行不是有效的 JSON"),
        ("in.jsonl", "[1]\n2\n", "第 1 行不是有效的 JSON"),
        ("in.txt", "甲", "不能用于批量研判"),
        ("in.xls", OLD, "另存为 .xlsx"),
        ("in.xlsx", OLD, "旧版工作簿"),
        ("in.xlsx", OLD + "EncryptedPackage".encode("utf-16-le"), "加了密码"),
        ("in.xlsx", "not a workbook", "已损坏或者不是 Excel 文档"),
        ("in.xlsx", b"", "是空的"),
        ("in.csv", b"\x00\x01\x02\x03" * 40, "不是文本文件"),
    ],
)
def test_a_file_that_cannot_be_used_is_named(
    tmp_path: Path, name: str, content: str | bytes, words: str, classifier: Classifier
) -> None:
    """One line that names the file; nothing is left behind."""
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(InputError, match=words) as fault:
        classify_batch(classifier, path, tmp_path / "out.csv", quiet)
    assert name in str(fault.value)
    assert "\n" not in str(fault.value)
    assert [name] == [left.name for left in tmp_path.iterdir()]


def test_sheets_that_could_each_be_meant_are_not_chosen_between(
    tmp_path: Path, classifier: Classifier
) -> None:
    """A sheet a month: which of them is meant is for the clerk to say."""
    book = Workbook()
    for name in ("一月", "二月"):
        book.create_sheet(name).append(list(HEAD))
    book.save(tmp_path / "in.xlsx")
    with pytest.raises(InputError, match="几张工作表都有申请内容：“一月”、“二月”"):
        classify_batch(classifier, tmp_path / "in.xlsx", tmp_path / "out.csv", quiet)


def test_a_result_is_never_written_over_the_table_it_comes_from(
    tmp_path: Path, classifier: Classifier
) -> None:
    """Nor into a folder, nor where there is none."""
    table = write_csv(tmp_path / "in.csv", [HEAD, ("1", REQUEST, "")])
    before = table.read_bytes()
    with pytest.raises(InputError, match="那是原表"):
        classify_batch(classifier, table, tmp_path / "." / "in.csv", quiet)
    with pytest.raises(InputError, match=r"写不进.*请检查文件夹在不在"):
        classify_batch(classifier, table, tmp_path / "nowhere" / "out.csv", quiet)
    assert before == table.read_bytes()


@pytest.mark.parametrize(
    "heading", ["所需信息（必填）", " 申请内容 ", "申请内容*", "Request", "申请内容：", "申请 内容"]
)
def test_a_heading_is_known_however_it_is_dressed(
    tmp_path: Path, heading: str, classifier: Classifier
) -> None:
    """Blanks, stars, colons, case and remarks in brackets do not count."""
    table = write_csv(tmp_path / "in.csv", [("序号", heading), ("9", REQUEST)])
    classify_batch(classifier, table, tmp_path / "out.jsonl", quiet)
    assert ["9"] == [row["id"] for row in read_jsonl(tmp_path / "out.jsonl")]


def test_no_name_stands_for_two_columns() -> None:
    """Each name belongs to one column, as it is compared."""
    every = [name for names in NAMES.values() for name in names]
    assert sorted(set(every)) == sorted(every)
    assert every == [plain(name) for name in every]


def test_a_register_number_goes_before_a_running_number(tmp_path: Path, classifier: Classifier) -> None:
    """The running number is then carried through."""
    table = write_csv(tmp_path / "in.csv", [("序号", "登记编号", "申请内容"), ("1", "依申2026-3", REQUEST)])
    classify_batch(classifier, table, tmp_path / "out.jsonl", quiet)
    (row,) = read_jsonl(tmp_path / "out.jsonl")
    assert ("依申2026-3", {"序号": "1"}) == (row["id"], row["columns"])


def test_other_columns_keep_their_headings(tmp_path: Path, classifier: Classifier) -> None:
    """Two of the same name are told apart, one without a name is called by its place."""
    table = write_csv(tmp_path / "in.csv", [("申请内容", "备注", "备注", ""), (REQUEST, "甲", "乙", "丙")])
    classify_batch(classifier, table, tmp_path / "out.jsonl", quiet)
    (row,) = read_jsonl(tmp_path / "out.jsonl")
    assert {"备注": "甲", "备注（2）": "乙", "第4列": "丙"} == row["columns"]


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({"id": "x", "request": ""}, "申请内容是空的"),
        ({"id": "x"}, "没有 request（申请内容）"),
        ({"id": "x", "request": 12}, "申请内容不是文字"),
        ({"id": "x", "request": REQUEST, "findings": ["未制作"]}, "查明情况不是文字"),
        ({"id": "x", "request": REQUEST, "申请内容": REQUEST}, "有 2 栏都像申请内容"),
        ({"id": "x", "request": "长" * 100_000}, f"申请内容有 100000 字，超过 {WITHIN} 字"),
        ({"id": "x", "request": REQUEST, "findings": "长" * 100_000}, "查明情况有 100000 字"),
        ({"id": "first", "request": REQUEST}, "编号与第 1 行重复"),
        ({"id": "x", "request": "\ud800"}, "不是有效的 JSON 对象"),
        ("{", "不是有效的 JSON 对象"),
        ('{"id": NaN, "request": "x"}', "不是有效的 JSON 对象"),
    ],
)
def test_a_line_that_cannot_be_judged_is_named_and_the_rest_is_done(
    tmp_path: Path, row: dict[str, object] | str, words: str, classifier: Classifier
) -> None:
    """By its number in the file; what stands before and after it is judged."""
    good = [json.dumps({"id": name, "request": REQUEST}, ensure_ascii=False) for name in ("first", "last")]
    bad = row if isinstance(row, str) else json.dumps(row)
    (tmp_path / "in.jsonl").write_text("\n".join([good[0], bad, good[1]]), encoding="utf-8")
    done = classify_batch(classifier, tmp_path / "in.jsonl", tmp_path / "out.jsonl", quiet)
    found = read_jsonl(tmp_path / "out.jsonl")
    assert [False, True, False] == ["error" in one for one in found]
    (said,) = done.faults
    assert "第 2 行" in said and words in said


@pytest.mark.parametrize("separator", ["\u2028", "\x85", "\x0b", "\u2029"])
def test_a_line_ends_where_its_end_is_marked(tmp_path: Path, separator: str, classifier: Classifier) -> None:
    """What other programs take for a line end may stand inside a letter."""
    source = write_jsonl(tmp_path / "in.jsonl", [{"id": "a", "request": f"{REQUEST}{separator}谢谢"}])
    assert () == classify_batch(classifier, source, tmp_path / "out.jsonl", quiet).faults


def test_a_comma_without_quotes_does_not_halve_a_request(tmp_path: Path, classifier: Classifier) -> None:
    """A row with more cells than headings is named: its words stand in the wrong columns."""
    (tmp_path / "in.csv").write_text(f"编号,申请内容\n1,{REQUEST},谢谢\n2,{REQUEST}\n", encoding="utf-8")
    done = classify_batch(classifier, tmp_path / "in.csv", tmp_path / "out.jsonl", quiet)
    assert ("编号 1，第 2 行：比表头多出 1 格，多半是文字里的逗号没有加引号。",) == done.faults


def test_a_letter_of_several_lines_is_one_cell(tmp_path: Path, classifier: Classifier) -> None:
    """In a workbook as in CSV, and its lines stay lines."""
    letter = f"政府信息公开申请书\n申请人：某某\n{REQUEST}\n2026年3月1日"
    write_csv(tmp_path / "in.csv", [HEAD, ("1", letter, FINDINGS)])
    write_xlsx(tmp_path / "in.xlsx", [HEAD, ("1", letter, FINDINGS)])
    expected = classifier.propose(letter, FINDINGS).to_json("1")
    for kind in ("csv", "xlsx"):
        classify_batch(classifier, tmp_path / f"in.{kind}", tmp_path / f"{kind}.jsonl", quiet)
        assert [expected] == read_jsonl(tmp_path / f"{kind}.jsonl")


def test_a_merged_cell_names_the_rows_it_covers(tmp_path: Path, classifier: Classifier) -> None:
    """Findings merged over two rows: the second is named, not judged without them; a merged title is no matter."""
    rows = [["登记表"], HEAD, ("1", REQUEST, FINDINGS), ("2", REQUEST, ""), ("3", REQUEST, FINDINGS)]
    write_xlsx(tmp_path / "in.xlsx", rows, ["A1:C1", "C3:C4"])
    done = classify_batch(classifier, tmp_path / "in.xlsx", tmp_path / "out.jsonl", quiet)
    (said,) = done.faults
    assert "编号 2，第 4 行：查明情况与别的格合并了" in said
    assert (3, 2) == (done.requests, sum("outcomes" in row for row in read_jsonl(tmp_path / "out.jsonl")))


def test_a_formula_counts_by_its_result(tmp_path: Path, classifier: Classifier) -> None:
    """One that was never worked out, or ends in an error, is named."""
    write_xlsx(tmp_path / "raw.xlsx", [HEAD, ("1", "=A9", ""), ("2", "=A9", ""), ("3", REQUEST, "#N/A")])
    results = {b"<f>A9</f><v></v>": f"<f>A9</f><v>{REQUEST}</v>".encode()}
    _with_results(tmp_path / "raw.xlsx", tmp_path / "in.xlsx", results)
    done = classify_batch(classifier, tmp_path / "in.xlsx", tmp_path / "out.jsonl", quiet)
    assert ["1", "2", "3"] == [row["id"] for row in read_jsonl(tmp_path / "out.jsonl")]
    assert ["第 3 行：申请内容是公式", "第 4 行：查明情况是公式"] == [
        said.split("，")[1] for said in done.faults
    ]


def test_rows_somebody_filtered_away_are_rows(tmp_path: Path) -> None:
    """Hidden rows and columns count; hidden sheets do not; dates are as shown."""
    book = Workbook()
    book.active.append([*HEAD, "收到日期"])
    book.active.append(["1", REQUEST, FINDINGS, "2026-03-01"])
    book.active.row_dimensions[2].hidden = True
    book.active.column_dimensions["C"].hidden = True
    book.create_sheet("底稿").sheet_state = "hidden"
    stream = io.BytesIO()
    book.save(stream)
    (sheet,) = sheets("in.xlsx", stream.getvalue())
    assert {1: "1", 2: REQUEST, 3: FINDINGS, 4: "2026-03-01"} == sheet.rows[2]


def _with_results(source: Path, target: Path, results: dict[bytes, bytes]) -> None:
    """The workbook with results put in for its first formulas, as a spreadsheet program saves them."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name.endswith("sheet1.xml"):
                for before, after in results.items():
                    at = part.index(b'<c r="B2"')
                    kind = part[at:].replace(b'<c r="B2"', b'<c r="B2" t="str"', 1)
                    part = part[:at] + kind.replace(before, after, 1)
            new.writestr(name, part)
