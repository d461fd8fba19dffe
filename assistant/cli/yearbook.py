"""The yearly report's tables out of the register, with every check of the audit."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.show import JsonFlag, day_of, open_office, show
from assistant.errors import InputError

if TYPE_CHECKING:
    from assistant.cases.yearbook import Yearbook
    from assistant.ingest.annual.form import ReportForm
    from assistant.pipeline import Assistant

_FORMS = (".json", ".xlsx", ".docx")


def yearbook(
    year: Annotated[int, typer.Option(help="报告年度，如 2026。", min=2000, max=2100)],
    out: Annotated[
        Path | None, typer.Option(help="写成的文件：.docx（报告草稿）、.xlsx 或者 .json。")
    ] = None,
    previous: Annotated[
        Path | None, typer.Option(help="上一年的年度报告；默认在本机关留存的报告里找。")
    ] = None,
    on: Annotated[str | None, typer.Option("--on", help="截至哪一天；默认今天。")] = None,
    as_json: JsonFlag = False,
) -> None:
    """由登记簿得出年度报告的申请情况表和复议诉讼表，逐项核对；每一格写明是哪些案件。"""
    from assistant.ingest.annual.batches import read_one

    if out and out.suffix not in _FORMS:
        raise InputError(f"不能写成“{out.suffix or out.name}”；请写 .docx、.xlsx 或者 .json。")
    office = open_office()
    found = office.yearbook(year, read_one(previous) if previous else None, day_of(on))
    if out:
        _write(found, office, out)
    show(found.to_json(), as_json, lambda: "\n".join(_lines(found, office.auditor.form, out)))
    raise typer.Exit(0 if found.passes else 1)


def _write(found: "Yearbook", office: "Assistant", out: Path) -> None:
    from assistant.cases.yearbook_document import load_report_text, write_document
    from assistant.cases.yearbook_sheet import write_workbook

    form = office.auditor.form
    if out.suffix == ".xlsx":
        write_workbook(found, form, out)
    elif out.suffix == ".docx":
        write_document(found, form, load_report_text(office.settings.corpus_dir / "rules"), out)
    else:
        out.write_text(json.dumps(found.to_json(), ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def _lines(found: "Yearbook", form: "ReportForm", out: Path | None) -> Iterator[str]:
    """The rows that count anything, what fails, what to settle."""
    yield f"{found.year}年度 {found.report.agency or '（没有设置机关名称）'}，截至 {found.as_of}"
    for name in ("requests", "disputes"):
        table = form.tables[name]
        yield f"\n{table.title}"
        for code, row in table.rows.items():
            counts = {
                column.label: found.report.value(name, code, key) for key, column in table.columns.items()
            }
            if any(counts.values()) or code in ("new", "carried_in", "total_handled", "carried_out"):
                told = "，".join(f"{label}{count}" for label, count in counts.items() if count)
                yield f"  {row.printed}：{told or '0'}"
    failing = [check for check in found.audit.checks if check.status == "fails"]
    yield "\n核对：没有不符。" if not failing else "\n核对：有不符的地方"
    yield from (f"  {check.id}  {check.message}" for check in failing)
    yield from (f"注意：{note}" for note in found.notes)
    if out:
        yield f"已写出 {out}。"
