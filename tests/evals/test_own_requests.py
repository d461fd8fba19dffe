"""Labelled requests of somebody's own: any table, Chinese headings, bad rows named and the others judged."""

import json
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from assistant.errors import InputError
from assistant.law.outcomes import Outcomes, load_outcomes
from assistant.settings import ROOT
from evals.agreement import agreement, kappa
from evals.classification import rests_on
from evals.own_requests import OwnSet, read_requests
from evals.own_sheets import HEADINGS, write_disagreements, write_template
from evals.task import Score

LINE = {"id": "a", "request": "申请公开某会议纪要", "outcome": "refuse.deliberative"}
ROWS = (
    ("编号", "申请内容", "查明情况", "处理结果", "第二标注", "也可以的结果", "情景"),
    ("1", "申请公开河道保洁合同", "合同已经公布", "予以公开", "grant", "", "河道"),
    (
        "2",
        "申请公开人防工程图纸",
        "图纸定为秘密级",
        "属于国家秘密",
        "危及“三安全一稳定”",
        "部分公开、grant",
        "人防",
    ),
    ("3", "申请公开老街改造预算", "没有这份材料", "给他", "", "", "老街"),
    ("4", "", "没有", "予以公开", "", "", ""),
    ("5", "申请公开学校食堂承包协议", "", "（一）予以公开", "", "", ""),
)


@pytest.fixture(scope="module")
def outcomes() -> Outcomes:
    """The outcomes of the shipped rules."""
    return load_outcomes(ROOT / "corpus" / "rules")


def lines(folder: Path, *rows: object) -> Path:
    """A JSON Lines file."""
    path = folder / "own.jsonl"
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    return path


def table(folder: Path, suffix: str) -> Path:
    """The rows above as a workbook or as CSV."""
    path = folder / f"own{suffix}"
    if suffix == ".csv":
        path.write_text("\n".join(",".join(row) for row in ROWS), encoding="gb18030")
    else:
        book = Workbook()
        for row in ROWS:
            book.active.append(row)
        book.save(path)
    return path


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_a_table_with_chinese_headings_is_read_and_its_bad_rows_named(
    suffix: str, tmp_path: Path, outcomes: Outcomes
) -> None:
    """An outcome may be its code or its name in table three; what cannot be used stops nothing else."""
    found = read_requests(table(tmp_path, suffix), outcomes)
    assert ["grant", "refuse.state_secret", "grant"] == [item.outcome for item in found.items]
    assert ["河道", "人防", "5"] == [item.family for item in found.items]
    assert ("partial", "grant") == found.items[1].acceptable
    assert {"1": "grant", "2": "refuse.security_stability"} == found.second
    assert 2 == len(found.faults)
    assert f"own{suffix} 第4行（编号 3）：处理结果“给他”不认识" in found.faults[0]
    assert "第5行（编号 4）：申请内容是空的" in found.faults[1]


def test_a_line_needs_little(tmp_path: Path, outcomes: Outcomes) -> None:
    """Id, request, outcome; each stands alone; what else it has is read where it is known."""
    more = LINE | {
        "id": "b",
        "acceptable": ["grant"],
        "articles": ["第十六条第二款"],
        "basis": "court",
        "x": 1,
    }
    plain, full = read_requests(lines(tmp_path, LINE, more), outcomes).items
    assert ("", (), (), None, "a", "own") == (
        *(plain.findings, plain.acceptable, plain.basis, plain.border, plain.family, plain.split),
    )
    assert (("grant",), ("第十六条第二款",)) == (full.acceptable, full.basis)


def test_a_provision_is_read_as_people_write_it(tmp_path: Path, outcomes: Outcomes) -> None:
    """条例 alone is the Regulation; another law may stand without its marks."""
    articles = ["条例第16条第2款", "第十六条", "信访工作条例第24条", "《档案法》第二十八条"]
    (item,) = read_requests(lines(tmp_path, LINE | {"articles": articles}), outcomes).items
    assert ("第16条第2款", "第十六条", "《信访工作条例》第24条", "《档案法》第二十八条") == item.basis
    assert rests_on("《政府信息公开条例》第十六条第二款", item.basis[:1])


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        ({"id": "x", "request": "某合同"}, "缺少处理结果（outcome）"),
        (LINE, "编号与第 1 行重复"),
        (LINE | {"id": "x", "outcome": "refuse"}, "“refuse”不认识，可用：grant、partial"),
        (LINE | {"id": "x", "acceptable": 3}, "“acceptable”应为文字的列表"),
        (LINE | {"id": "x", "border": 16}, "应为 1–15"),
        (LINE | {"id": "x", "findings": 3}, "查明情况不是文字"),
    ],
)
def test_a_bad_line_is_named_and_left_out(
    bad: dict[str, Any], words: str, tmp_path: Path, outcomes: Outcomes
) -> None:
    """File, line, id and what is wrong."""
    found = read_requests(lines(tmp_path, LINE, bad), outcomes)
    assert ["a"] == [item.id for item in found.items]
    assert "own.jsonl 第2行" in found.faults[0] and words in found.faults[0]


def test_a_file_of_which_nothing_can_be_used_is_refused(tmp_path: Path, outcomes: Outcomes) -> None:
    """With the first reason."""
    with pytest.raises(InputError, match="没有一件可以评测.*“x”不认识"):
        read_requests(lines(tmp_path, LINE | {"outcome": "x"}), outcomes)
    with pytest.raises(InputError, match="找不到申请文件"):
        read_requests(tmp_path / "nowhere.xlsx", outcomes)


def test_the_template_is_read_back_as_it_stands(tmp_path: Path, outcomes: Outcomes) -> None:
    """Its two examples can be evaluated, and it names the 21 outcomes."""
    path = tmp_path / "空表.xlsx"
    write_template(path, outcomes)
    found = read_requests(path, outcomes)
    assert ((), ["grant", "unable.not_held"]) == (found.faults, [item.outcome for item in found.items])
    book = load_workbook(path)
    assert HEADINGS == tuple(cell.value for cell in book["申请"][1])
    assert list(outcomes) == [row[0].value for row in book["处理结果"].iter_rows(min_row=2)]


def test_nothing_is_overwritten(tmp_path: Path, outcomes: Outcomes) -> None:
    """A template never takes the place of a filled-in table."""
    path = tmp_path / "空表.xlsx"
    write_template(path, outcomes)
    with pytest.raises(InputError, match="不覆盖"):
        write_template(path, outcomes)


def test_a_second_reader_is_not_told_who_said_what(tmp_path: Path, outcomes: Outcomes) -> None:
    """The sheet to read names the possible outcomes in the order of table three; who said which stands apart."""
    found = read_requests(table(tmp_path, ".xlsx"), outcomes)
    said = {item.id: judged(item.id, item.outcome, item.outcome) for item in found.items}
    said["5"] = judged("5", "grant", "decline.repeat")
    count = write_disagreements(tmp_path / "复核.xlsx", found.items, said, found.second, outcomes)
    read, told = load_workbook(tmp_path / "复核.xlsx").worksheets
    assert 2 == count == read.max_row - 1
    assert "refuse.state_secret 属于国家秘密\nrefuse.security_stability" in read["D2"].value
    assert [None, None] == [read["E2"].value or None, read["F2"].value or None]
    assert ["5", "grant", None, "decline.repeat"] == [told.cell(3, at).value or None for at in range(1, 5)]


def judged(name: str, label: str, said: str) -> Score:
    """A score as the classification task gives it."""
    return Score(name, name, label, said, {"top1": float(label == said), "probability": 0.5, "answered": 1.0})


def test_kappa_is_as_in_the_textbook() -> None:
    """Fifty items, 20 yes-yes, 5 yes-no, 10 no-yes, 15 no-no: κ = 0.4 (Cohen's own kind of example)."""
    first = ["y"] * 25 + ["n"] * 25
    second = ["y"] * 20 + ["n"] * 5 + ["y"] * 10 + ["n"] * 15
    assert 0.4 == pytest.approx(kappa(first, second))
    assert 1.0 == kappa(["y", "y"], ["y", "y"])


def test_agreement_is_told_where_two_labels_stand(tmp_path: Path, outcomes: Outcomes) -> None:
    """Over the rows that have both; with too few scenarios κ has no interval and is not told."""
    found = read_requests(table(tmp_path, ".xlsx"), outcomes)
    alike, over_chance = agreement(found.items, found.second)
    assert alike is not None
    assert (0.5, 2, None) == (alike.value, alike.n, over_chance)
    assert (None, None) == agreement(OwnSet(found.items, (), {}).items, {})
