"""An old ledger comes in: understood by its headings, all rows or none, counted by the yearly report."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import func, select

from assistant.cases.audit_trail import entries_of
from assistant.cases.reading import load_case
from assistant.cases.receiving import receive
from assistant.cases.records import Applicant
from assistant.cases.register import Register, Session
from assistant.cases.schema import cases, disputes
from assistant.errors import NotAllowed, RegisterFault
from assistant.settings import Settings
from tests.cases.conftest import Opened
from tests.cases.ledgers import BAD, GOOD, HEADINGS, brought_in, csv_file, planned, xlsx_file
from tests.cases.postgres import on_sqlite
from tests.cases.steps import LETTER


def count(register: Register) -> int:
    """How many cases the register holds."""
    with register.reading() as view:
        return int(view.execute(select(func.count()).select_from(cases)).scalar_one())


def faults(register: Register, settings: Settings, path: Path) -> list[tuple[int, str]]:
    """Row and heading of every fault."""
    return [(fault.place.row, fault.heading) for fault in planned(register, settings, path).faults]


def test_a_ledger_becomes_cases_with_their_old_numbers_and_ends(
    register: Register, settings: Settings, tmp_path: Path
) -> None:
    """Four rows, each one case with one audit entry that names file and row; the chain holds."""
    plan, numbers = brought_in(register, settings, csv_file(tmp_path, GOOD))
    assert ("2025-1", "2025-2", "2025-7", "2025-9") == numbers
    with register.reading() as view:
        first, third = load_case(view, "2025-1"), load_case(view, "2025-7")
        entries = list(entries_of(view, first.id))
    assert (date(2025, 3, 3), "in_person", date(2025, 3, 20)) == (
        first.received_on,
        first.channel,
        first.day_of("replied"),
    )
    assert first.decision and "grant" == first.decision.outcome
    assert (Applicant("natural_person", "柳青", "13900000000"),) == first.applicants
    assert ["杜衡", "秦岭"] == [one.name for one in third.applicants]
    assert (date(2026, 1, 18), "refuse.deliberative") == (
        third.day_of("replied"),
        third.decision and third.decision.outcome,
    )
    told = json.loads(entries[0].detail)
    assert ("import", plan.ledger.digest, 2) == (entries[0].action, told["digest"], told["row"])
    assert (1, None) == (len(entries), register.verify().broken)


@on_sqlite
def test_a_ledger_in_gb18030_and_as_a_workbook_says_the_same(
    register: Register, settings: Settings, tmp_path: Path
) -> None:
    """Titles above the headings, a sheet for each year, a sheet of something else: the same cases."""
    known = planned(register, settings, csv_file(tmp_path, GOOD)).entries
    told = planned(register, settings, csv_file(tmp_path, GOOD, "gb18030")).entries
    book = xlsx_file(
        tmp_path,
        {
            "2025年": [("2025年度政府信息公开申请台账",), HEADINGS, *GOOD[:2]],
            "2025年下": [HEADINGS, *GOOD[2:]],
            "说明": [("本表由办公室填写",)],
        },
    )
    plan = planned(register, settings, book)
    assert [one.case for one in known] == [one.case for one in told] == [one.case for one in plan.entries]
    assert [("2025年", 3), ("2025年", 4), ("2025年下", 2), ("2025年下", 3)] == [
        (one.place.sheet, one.place.row) for one in plan.entries
    ]
    assert (True, 1) == ("说明" in plan.ledger.passed_over[0], len(plan.ledger.passed_over))


def test_one_bad_row_and_nothing_comes_in(register: Register, settings: Settings, tmp_path: Path) -> None:
    """Every fault by row and heading; the register stays empty."""
    path = csv_file(tmp_path, [*GOOD, BAD])
    plan, numbers = brought_in(register, settings, path)
    assert ((), 0) == (numbers, count(register))
    assert [(6, "收件日期"), (6, "申请内容"), (6, "受理渠道"), (6, "处理结果")] == [
        (fault.place.row, fault.heading) for fault in plan.faults
    ]


def test_told_to_skip_them_the_good_rows_come_in(
    register: Register, settings: Settings, tmp_path: Path
) -> None:
    """Four of five."""
    plan, numbers = brought_in(register, settings, csv_file(tmp_path, [*GOOD, BAD]), skip_bad=True)
    assert (4, 4, 1) == (len(numbers), count(register), len(plan.bad_rows))


@on_sqlite
def test_the_series_goes_on_after_the_highest_old_number(
    register: Register, settings: Settings, tmp_path: Path
) -> None:
    """Of cases and of letters; a row without a number gets the next one."""
    bare = ("", "2025-11-03", "陈砚", "自然人", "", "停车场的规划", "", "", "", "")
    _, numbers = brought_in(register, settings, csv_file(tmp_path, [*GOOD, bare]))
    assert "2025-10" == numbers[-1]
    with register.writing("罗敏") as session:
        assert "2025-11" == receive(session, replace(LETTER, received_on=date(2025, 12, 31))).number
        assert "2026-1" == receive(session, LETTER).number


@on_sqlite
def test_numbers_of_another_make_are_kept_and_told(
    register: Register, settings: Settings, tmp_path: Path
) -> None:
    """收〔2025〕5 is no number of the series."""
    plan, numbers = brought_in(register, settings, csv_file(tmp_path, [("收〔2025〕5", *GOOD[0][1:])]))
    assert (("收〔2025〕5",), True) == (
        numbers,
        any("不是“{year}-{number}”的格式" in note for note in plan.notes),
    )


def test_doubles_are_named_by_what_they_double(
    register: Register, settings: Settings, tmp_path: Path
) -> None:
    """The same number, or the same applicant, day and words: in the register, and within the file."""
    brought_in(register, settings, csv_file(tmp_path, GOOD[:1]))
    again = ("2025-30", *GOOD[1][1:])
    plan = planned(
        register, settings, csv_file(tmp_path, [GOOD[0], ("2025-8", *GOOD[0][1:]), GOOD[1], again])
    )
    told = [(fault.place.row, fault.heading, fault.what[:12]) for fault in plan.faults]
    assert [
        (2, "登记编号", "与登记簿里的编号相同；请"),
        (3, "申请内容", "与登记簿里的 2025-"),
        (5, "申请内容", "与第 4 行的申请人、收"),
    ] == told


@on_sqlite
@pytest.mark.parametrize(
    ("changed", "heading", "words"),
    [
        ({"答复日期": "2025-02-01"}, "答复日期", "早于收到申请之日"),
        ({"答复日期": "2027-02-01"}, "答复日期", "晚于今天"),
        ({"处理结果": ""}, "处理结果", "写了答复日期，没有写处理结果"),
        ({"答复日期": ""}, "答复日期", "写了处理结果，没有答复日期"),
        ({"处理结果": "不予公开"}, "处理结果", "可能是几种结果"),
        ({"申请人": ""}, "申请人", "没有填写"),
        ({"申请人类型": "法人或其他组织"}, "申请人类型", "kinds"),
        ({"撤回日期": "2025-03-20"}, "撤回日期", "一件申请只有一个结果"),
        ({"收到补正日期": "2025-03-10"}, "收到补正日期", "此前没有"),
        ({"征求第三方意见日期": "2025-03-10"}, "第三方", "向谁征求了意见"),
        ({"归档日期": "2025-03-10"}, "归档日期", "早于此前的经过"),
        ({"是否结转": "是"}, "是否结转", "收到和办结都在 2025 年"),
        (
            {"复议结果": "维持", "复议审结日期": "2025-06-01", "复议机关": "云河区人民政府"},
            "复议受理日期",
            "请补写受理",
        ),
        (
            {"复议结果": "维持", "复议受理日期": "2025-05-01", "复议机关": "云河区人民政府"},
            "复议审结日期",
            "请补写审结",
        ),
        ({"诉讼": "审理中", "起诉日期": "2025-06-01"}, "法院", "请补写法院的名称"),
        ({"补正告知日期": "2025-03-05", "补正期限": "若干"}, "补正期限", "不是天数"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_what_cannot_have_been_is_named_with_what_to_do(
    register: Register, settings: Settings, tmp_path: Path, changed: dict[str, str], heading: str, words: str
) -> None:
    """One cell of a good row changed, or one more column."""
    row = dict(zip(HEADINGS, GOOD[0], strict=True)) | changed
    found = planned(register, settings, csv_file(tmp_path, [list(row.values())], headings=list(row))).faults
    assert [(2, heading)] == [(fault.place.row, fault.heading) for fault in found]
    assert words in str(found[0])


def test_reviews_and_suits_of_a_row_come_in(register: Register, settings: Settings, tmp_path: Path) -> None:
    """A suit beside a review is one after a review, and that is told."""
    more = {
        "复议结果": "维持",
        "复议机关": "云河区人民政府",
        "复议受理日期": "2025-04-02",
        "复议审结日期": "2025-05-30",
        "诉讼": "尚未审结",
        "法院": "云河区人民法院",
        "起诉日期": "2025-06-10",
    }
    row = dict(zip(HEADINGS, GOOD[0], strict=True)) | more
    plan, _ = brought_in(register, settings, csv_file(tmp_path, [list(row.values())], headings=list(row)))
    with register.reading() as view:
        found = view.execute(select(disputes).order_by(disputes.c.id)).all()
    assert [("review", "upheld", "2025-05-30"), ("lawsuit_after_review", None, None)] == [
        (one.kind, one.result, one.concluded) for one in found
    ]
    assert any("看作复议后起诉" in note for note in plan.notes)


@on_sqlite
def test_an_outcome_whose_notice_the_ledger_lacks_is_told(
    register: Register, settings: Settings, tmp_path: Path
) -> None:
    """The yearly report would ask for it; with its day nothing is told."""
    row = dict(zip(HEADINGS, GOOD[0], strict=True)) | {"处理结果": "逾期不补正"}
    (bare,) = planned(register, settings, csv_file(tmp_path, [list(row.values())])).notes
    assert "“告知补正”在先" in bare
    row["补正告知日期"] = "2025-03-05"
    path = csv_file(tmp_path, [list(row.values())], headings=list(row))
    assert () == planned(register, settings, path).notes


@on_sqlite
def test_whoever_may_not_register_may_not_import(opened: Opened, settings: Settings, tmp_path: Path) -> None:
    """A reviewer is told who may."""
    register = opened(staff={"罗敏": "reviewer"})
    with pytest.raises(NotAllowed, match="导入旧台账"):
        brought_in(register, settings, csv_file(tmp_path, GOOD))


def test_a_write_that_breaks_off_leaves_no_row(
    register: Register, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The rows are in, and the audit trail cannot be written: the rows are not there either."""

    def broken(*_: object) -> None:
        raise RegisterFault("磁盘已满。")

    monkeypatch.setattr(Session, "record_all", broken)
    with pytest.raises(RegisterFault, match="磁盘已满"):
        brought_in(register, settings, csv_file(tmp_path, GOOD))
    assert (0, 0) == (count(register), register.verify().entries)
