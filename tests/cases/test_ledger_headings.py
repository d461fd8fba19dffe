"""Which column is which, and what an office's own words mean: headings and the mapping file."""

from datetime import date, datetime
from pathlib import Path

import pytest
import yaml
from openpyxl import Workbook

from assistant.cases.ledger_mapping import read_mapping
from assistant.cases.register import Register
from assistant.errors import InputError
from assistant.settings import ROOT, Settings
from tests.cases.ledgers import GOOD, csv_file, planned
from tests.cases.postgres import on_sqlite


@on_sqlite
def test_the_office_says_what_its_own_words_mean(
    register: Register, settings: Settings, tmp_path: Path
) -> None:
    """Its headings and words by a mapping file; the ambiguous ones are settled there."""
    file = tmp_path / "对照.yaml"
    told = {
        "columns": {"收到日期": "来文时间", "联系方式": ["手机", "住址"]},
        "outcomes": {"不公开": "refuse.third_party", "申请人不要了": "withdrawn"},
        "kinds": {"": "natural_person"},
    }
    file.write_text(yaml.safe_dump(told, allow_unicode=True), encoding="utf-8")
    known = {"outcomes": register.rules.outcomes, "kinds": register.rules.kinds, "channels": ()}
    rows = [
        ("2025-03-03", "柳青", "13900000000", "柳湾路1号", "道路维修合同", "2025-03-20", "不公开"),
        ("2025-03-04", "陈砚", "", "", "停车场规划", "2025-03-21", "申请人不要了"),
    ]
    headings = ("来文时间", "申请人", "手机", "住址", "申请内容", "答复日期", "结果")
    path = csv_file(tmp_path, rows, headings=headings)
    plan = planned(register, settings, path, read_mapping(file, known))
    first, second = plan.entries
    assert ((), "refuse.third_party") == (plan.faults, first.decision and first.decision.outcome)
    assert ("natural_person", "13900000000；柳湾路1号") == (
        first.case.applicants[0].kind,
        first.case.applicants[0].contact,
    )
    assert ["withdrawn"] == [one.event.kind for one in second.events]


@on_sqlite
def test_the_mapping_file_of_the_docs_can_be_used(register: Register, tmp_path: Path) -> None:
    """As printed in docs/register-in-and-out.md."""
    page = (ROOT / "docs" / "register-in-and-out.md").read_text(encoding="utf-8")
    file = tmp_path / "对照.yaml"
    file.write_text(page.split("```yaml\n")[1].split("```")[0], encoding="utf-8")
    rules = register.rules
    channels = [channel.id for channel in rules.grounds.table.channels]
    told = read_mapping(file, {"outcomes": rules.outcomes, "kinds": rules.kinds, "channels": channels})
    assert (("来文时间",), "online") == (told.columns["received"], told.words.channels["政务平台"])


@on_sqlite
@pytest.mark.parametrize(
    ("told", "words"),
    [
        ("colums: {}", "没有“colums”这一部分"),
        ("columns: {收到之时: 时间}", "没有“收到之时”这一项"),
        ("outcomes: {不公开: refuse}", "“不公开”写的“refuse”不认识"),
        ("kinds: [自然人]", "应当一行一条"),
        ("columns: {收到日期: [甲, 乙]}", "只能对应一栏"),
        ("- 一", "没有内容"),
        ("columns: {收到日期: 无此栏}", "与对照文件（--mapping）不符"),
    ],
)
def test_a_mapping_file_that_cannot_be_is_refused(
    register: Register, settings: Settings, tmp_path: Path, told: str, words: str
) -> None:
    """By the part and the word."""
    file = tmp_path / "对照.yaml"
    file.write_text(told, encoding="utf-8")
    known = {"outcomes": register.rules.outcomes, "kinds": register.rules.kinds, "channels": ()}
    with pytest.raises(InputError) as fault:
        planned(register, settings, csv_file(tmp_path, GOOD), read_mapping(file, known))
    assert words in str(fault.value)


@on_sqlite
@pytest.mark.parametrize(
    ("headings", "words"),
    [
        (("编号", "申请人", "申请内容"), "缺少收到日期一栏"),
        (("甲", "乙", "丙"), "没有认出表头"),
        (("收件日期", "收到时间", "申请人", "申请内容"), "有 2 栏都像收到日期"),
    ],
)
def test_headings_that_do_not_make_a_ledger_are_named(
    register: Register, settings: Settings, tmp_path: Path, headings: tuple[str, ...], words: str
) -> None:
    """Which is lacking, or which two are alike."""
    with pytest.raises(InputError) as fault:
        planned(register, settings, csv_file(tmp_path, [["甲"] * len(headings)], headings=headings))
    assert words in str(fault.value)


@on_sqlite
def test_headings_over_two_rows_are_read_as_one(
    register: Register, settings: Settings, tmp_path: Path
) -> None:
    """复议 over 受理日期 and 结果; a merged cell among the rows is a fault, for nobody knows whose it is."""
    book = Workbook()
    sheet = book.active
    sheet.append(["序号", "收到时间", "申请人", None, None, "申请内容", "答复", None, "复议", None])
    sheet.append([None, None, "姓名", "类型", "联系电话", None, "日期", "结果", "受理日期", "结果"])
    sheet.append(
        [1, datetime(2025, 3, 3), "柳青", "自然人", 13900000000, "合同", 45736, "予以公开", None, "无"]
    )
    sheet.append([2, 45720, "陈砚", "自然人", "=1+1", "停车场规划", "2025.4.1", "部分公开"])
    sheet.append([3, 45721, "罗敏", "自然人", None, None, None, None])
    for area in ("A1:A2", "B1:B2", "C1:E1", "F1:F2", "G1:H1", "I1:J1", "F4:F5"):
        sheet.merge_cells(area)
    book.save(tmp_path / "旧台账.xlsx")
    plan = planned(register, settings, tmp_path / "旧台账.xlsx")
    (one,) = plan.entries
    assert (date(2025, 3, 3), "13900000000") == (one.case.received_on, one.case.applicants[0].contact)
    assert [date(2025, 3, 20)] == [happened.event.on for happened in one.events]
    assert [(4, "联系电话"), (5, "申请内容")] == [(fault.place.row, fault.heading) for fault in plan.faults]
    assert ("没有算出结果" in str(plan.faults[0]), "合并" in str(plan.faults[1])) == (True, True)


@on_sqlite
def test_a_heading_that_may_mean_something_else_is_told(
    register: Register, settings: Settings, tmp_path: Path
) -> None:
    """申请日期 is the day on the letter, perhaps not that of its receipt."""
    headings = ("申请日期", "姓名", "类型", "内容")
    plan = planned(
        register, settings, csv_file(tmp_path, [("2025-03-03", "柳青", "个人", "预算")], headings=headings)
    )
    assert (1, True) == (
        len(plan.entries),
        any("把“申请日期”一栏看作收到日期" in note for note in plan.notes),
    )
