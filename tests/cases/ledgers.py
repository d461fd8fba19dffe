"""Ledgers of an invented street office, as its clerks kept them in spreadsheets."""

import csv
import io
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from assistant.cases.ledger_import import import_ledger, reading_of
from assistant.cases.ledger_mapping import LedgerMapping
from assistant.cases.ledger_plan import Plan, plan_import
from assistant.cases.ledger_table import read_ledger
from assistant.cases.register import Register
from assistant.settings import Settings
from assistant.triage.workbook import HEAD, Line, Page, workbook

Cells = Sequence[str]

HEADINGS = (
    "登记编号",
    "收件日期",
    "申请人",
    "申请人类型",
    "联系电话",
    "申请内容",
    "受理渠道",
    "答复日期",
    "处理结果",
    "文号",
)
GOOD = (
    ("2025-1", "2025/3/3", "柳青", "自然人", "13900000000", "柳湾社区道路维修的合同", "现场", "2025年3月20日", "予以公开", "云街公开〔2025〕1号"),
    ("2025-2", "2025-04-01", "柳湾物业有限公司", "企业", "", "物业服务的收费标准", "网上", "2025.4.20", "无法提供-信息不存在", "云街公开〔2025〕2号"),
    ("2025-7", "2025-12-20", "杜衡、秦岭", "公民", "", "房屋征收的补偿方案", "EMS", "46040", "不予公开（过程性信息）", "云街公开〔2026〕3号"),
    ("2025-9", "2025-12-28", "罗敏", "自然人", "", "街道2025年的预算", "信函", "", "", ""),
)  # fmt: skip
BAD = ("2025-9", "2025-13-28", "罗敏", "自然人", "", "", "飞鸽传书", "2025-12-30", "", "")


def csv_file(
    folder: Path, rows: Sequence[Cells], encoding: str = "utf-8", headings: Cells = HEADINGS
) -> Path:
    """A ledger as CSV."""
    out = io.StringIO(newline="")
    csv.writer(out).writerows([headings, *rows])
    path = folder / "旧台账.csv"
    path.write_bytes(out.getvalue().encode(encoding))
    return path


def xlsx_file(folder: Path, sheets: dict[str, Sequence[Cells]]) -> Path:
    """A ledger as a workbook; each sheet with its own headings, wherever they stand."""
    pages = [
        Page(name, tuple(12.0 for _ in rows[-1]), [Line(tuple(cells), HEAD) for cells in rows], head=False)
        for name, rows in sheets.items()
    ]
    path = folder / "旧台账.xlsx"
    path.write_bytes(workbook(pages))
    return path


def brought_in(
    register: Register,
    settings: Settings,
    path: Path,
    skip_bad: bool = False,
    told: LedgerMapping | None = None,
) -> tuple[Plan, tuple[str, ...]]:
    """The ledger imported by 罗敏."""
    mapping = told or LedgerMapping()
    reading = reading_of(settings, register.rules, mapping.words, register.now().date())
    return import_ledger(register, "罗敏", read_ledger(path, mapping.columns), reading, skip_bad)


def planned(register: Register, settings: Settings, path: Path, told: LedgerMapping | None = None) -> Plan:
    """What the import would do."""
    mapping = told or LedgerMapping()
    reading = reading_of(settings, register.rules, mapping.words, date(2026, 11, 27))
    with register.reading() as view:
        return plan_import(view, read_ledger(path, mapping.columns), reading)
