"""The yearly report out of the register: its tables, the cases behind a cell, every check of the audit, the draft."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.cli.show import JsonFlag, day_of, open_office, show
from assistant.errors import InputError

if TYPE_CHECKING:
    from assistant.cases.yearbook import Yearbook
    from assistant.cases.yearbook_facts import YearFacts
    from assistant.ingest.annual.form import ReportForm
    from assistant.ingest.annual.report import Report
    from assistant.pipeline import Assistant

_FORMS = (".json", ".xlsx", ".docx")


def yearbook(
    year: Annotated[int, typer.Option(help="报告年度，如 2026。", min=2000, max=2100)],
    out: Annotated[
        Path | None, typer.Option(help="写成的文件：.docx（报告草稿）、.xlsx 或者 .json。")
    ] = None,
    facts: Annotated[
        Path | None,
        typer.Option(
            help="本机关填写的内容（YAML）：主动公开情况表的数字和文字部分；样本用 --template 写出。不写的，用在页面“年报”里填过的。"
        ),
    ] = None,
    template: Annotated[Path | None, typer.Option(help="写出空白的填写样本（YAML），不做别的。")] = None,
    cell: Annotated[
        str | None,
        typer.Option(help="只看一格是哪些案件，如 carried_out.natural_person。", metavar="ROW.COLUMN"),
    ] = None,
    previous: Annotated[
        Path | None, typer.Option(help="上一年的年度报告；默认在本机关留存的报告里找。")
    ] = None,
    on: Annotated[str | None, typer.Option("--on", help="截至哪一天；默认今天。")] = None,
    as_json: JsonFlag = False,
) -> None:
    """由登记簿得出年度报告：申请情况表和复议诉讼表逐格写明案件，六个部分成稿，没有的以【待填】标出，逐项核对。"""
    if out and out.suffix not in _FORMS:
        raise InputError(f"不能写成“{out.suffix or out.name}”；请写 .docx、.xlsx 或者 .json。")
    office = open_office()
    if template:
        return _write_template(office, year, template)
    found = office.yearbook(year, _last(previous), day_of(on), _facts(office, facts, year))
    if cell:
        return _show_cell(found, office, cell, as_json)
    if out:
        _write(found, office, out)
    show(found.to_json(), as_json, lambda: "\n".join(_lines(found, office.auditor.form, out)))
    raise typer.Exit(0 if found.passes else 1)


def _last(previous: Path | None) -> "Report | None":
    from assistant.ingest.annual.batches import read_one

    return read_one(previous) if previous else None


def _facts(office: "Assistant", path: Path | None, year: int) -> "YearFacts | None":
    from assistant.cases.yearbook_facts import read_year_facts

    table = office.auditor.form.tables["publication"]
    return read_year_facts(path, office.report_text, table, year) if path else None


def _write_template(office: "Assistant", year: int, path: Path) -> None:
    """An empty facts file; one that is there is never written over."""
    from assistant.cases.yearbook_facts import facts_template

    if path.exists():
        raise InputError(f"{path} 已经有了，没有改动；请换一个文件名。")
    words = facts_template(office.report_text, office.auditor.form.tables["publication"], year)
    path.write_text(words, encoding="utf-8")
    print(f"已写出 {path}，填好后用 --facts {path} 编制报告。")


def _show_cell(found: "Yearbook", office: "Assistant", words: str, as_json: bool) -> None:
    """The cases of one cell."""
    from assistant.cases.yearbook_cells import read_address

    form = office.auditor.form
    opened = found.open_cell(read_address(words, form), form, office.outcomes).to_json()
    show(opened, as_json, lambda: "\n".join(_cell_lines(found.year, opened)))


def _cell_lines(year: int, opened: dict[str, Any]) -> Iterator[str]:
    yield f"{year}年度 {opened['label']}：{opened['count']}件"
    for one in opened["cases"]:
        if "dispute" in one:
            yield f"  {one['number']}  {one['filed']} 受理，{one['concluded'] or '年末'} {one['result']}"
        else:
            ended = f"{one['closed']} 办结，{one['result']}" if one["closed"] else "年末没有办结"
            yield f"  {one['number']}  {one['received']} 收到（{one['applicant']}），{ended}"


def _write(found: "Yearbook", office: "Assistant", out: Path) -> None:
    from assistant.cases.yearbook_document import write_document
    from assistant.cases.yearbook_sheet import write_workbook

    form, text = office.auditor.form, office.report_text
    if out.suffix == ".xlsx":
        write_workbook(found, form, text, office.outcomes, out)
    elif out.suffix == ".docx":
        write_document(found, form, text, out)
    else:
        out.write_text(json.dumps(found.to_json(), ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def _lines(found: "Yearbook", form: "ReportForm", out: Path | None) -> Iterator[str]:
    """The rows that count anything, what fails, what to settle, what is still to be filled in."""
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
    failing = [f"{check.id}  {check.message}" for check in found.audit.checks if check.status == "fails"]
    failing += [finding.message for finding in found.audit.findings]
    yield "\n核对：没有不符。" if not failing else "\n核对：有不符的地方"
    yield from (f"  {words}" for words in failing)
    yield from (f"注意：{note}" for note in found.notes)
    if found.gaps:
        yield f"待填：还有{len(found.gaps)}处要由本机关填写（--template 写出样本，--facts 填入）。"
        yield from (f"  {gap}" for gap in found.gaps)
    if out:
        yield f"已写出 {out}。"
