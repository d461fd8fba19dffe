"""Published annual reports: audited one by one, or a folder of them."""

import json
import sys
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.cli.show import JsonFlag, open_office, show
from assistant.errors import InputError

if TYPE_CHECKING:
    from assistant.ingest.annual.audit import Audit
    from assistant.ingest.annual.batches import ReportFile
    from assistant.ingest.annual.report import Report
    from assistant.pipeline import Assistant

_FORMS = {"2021": "2021年格式", "2019": "2019年格式", "unknown": "格式不明"}


def audit(
    report: Annotated[Path, typer.Argument(help="年度报告文件，或者装有多份报告的文件夹、.zip。")],
    previous: Annotated[
        Path | None, typer.Option(help="上一年的报告，或者装有往年报告的文件夹、.zip。")
    ] = None,
    as_json: JsonFlag = False,
) -> None:
    """核对政府信息公开工作年度报告：勾稽关系、与上年衔接、文字与表格、格式。"""
    from assistant.ingest.annual.batches import is_batch, read_one

    assistant = open_office()
    earlier = _earlier(previous)
    if is_batch(report):
        raise typer.Exit(_batch(assistant, report, earlier, as_json))
    read = read_one(report)
    found = assistant.audit(read, _before(read, earlier, previous))
    show(found.to_json(), as_json, lambda: "\n".join(_lines(found)))
    raise typer.Exit(0 if found.passes else 1)


def _earlier(previous: Path | None) -> "list[Report]":
    """Last years' reports; those of a folder that cannot be read are named on stderr."""
    from assistant.ingest.annual.batches import is_batch, read_many, read_one

    if previous is None:
        return []
    if not is_batch(previous):
        return [read_one(previous)]
    files = list(read_many(previous))
    for file in files:
        if file.fault:
            print(f"往年报告没有读入：{file.fault}", file=sys.stderr)
    return [file.report for file in files if file.report]


def _before(report: "Report", earlier: "list[Report]", given: Path | None) -> "Report | None":
    """The report of the year before by the same body; a single file given is taken as it is."""
    from assistant.ingest.annual.batches import is_batch
    from assistant.ingest.annual.relations import unlike

    if given is not None and not is_batch(given):
        return earlier[0]
    fitting = [one for one in earlier if report.year and one.year and one.agency and not unlike(report, one)]
    return fitting[0] if len(fitting) == 1 else None


def _batch(assistant: "Assistant", path: Path, earlier: "list[Report]", as_json: bool) -> int:
    """One line for each report, as it is read; the status is 1 where any falls short."""
    from assistant.ingest.annual.batches import read_many

    if not path.exists():
        raise InputError(f"找不到：{path}；请检查路径。")
    good = every = 0
    for file in read_many(path):
        every += 1
        found = _one_of_many(assistant, file, earlier)
        good += bool(found and found.passes)
        print(_json_line(file, found) if as_json else _short_line(file, found))
    print(f"共核对 {every} 份，{good} 份没有发现问题。", file=sys.stderr)
    return 0 if good == every else 1


def _one_of_many(assistant: "Assistant", file: "ReportFile", earlier: "list[Report]") -> "Audit | None":
    if file.report is None:
        return None
    before = [one for one in earlier if one is not file.report]
    return assistant.audit(file.report, _before(file.report, before, None))


def _json_line(file: "ReportFile", found: "Audit | None") -> str:
    told: dict[str, Any] = {"file": file.name}
    return json.dumps(told | (found.to_json() if found else {"error": file.fault}), ensure_ascii=False)


def _short_line(file: "ReportFile", found: "Audit | None") -> str:
    if found is None:
        return f"{file.name}：没有读入。{file.fault}"
    failing = sorted({check.id for check in found.checks if check.status == "fails"})
    kinds = sorted({finding.kind for finding in found.findings})
    said = "没有发现问题" if found.passes else "不符"
    what = "、".join((*failing, *kinds))
    return f"{file.name}：{_title(found)}，{said}{f'（{what}）' if what else ''}"


def _title(found: "Audit") -> str:
    report = found.report
    year = f"{report.year}年度" if report.year else "年度不明"
    return f"{report.agency or '机关名称不明'} {year}（{_FORMS[report.form]}）"


def _lines(found: "Audit") -> Iterator[str]:
    """What fails, what was found, what could not be checked, what holds; each group once."""
    yield _title(found)
    yield "没有发现问题。" if found.passes else "有不符的地方，请逐项核对后再发布。"
    errors = [c for c in found.checks if c.status == "fails" and c.severity == "error"]
    warnings = [c for c in found.checks if c.status == "fails" and c.severity == "warning"]
    told = [finding.quote for finding in found.findings]
    yield from _group(
        "勾稽关系不符", (f"{c.id}  {c.message}" for c in errors if not _repeated(c.message, told))
    )
    yield from _group("文字和格式", (f"{f.message}" for f in found.findings if f.severity == "error"))
    notes = [f.message for f in found.findings if f.severity == "warning"]
    yield from _group("请留意", (*(f"{c.id}  {c.message}" for c in warnings), *notes))
    yield from _group("没有核对", _unchecked(found))
    held = groupby(c.id for c in found.checks if c.status == "holds")
    yield from _group("相符", ["、".join(f"{id_} {len(list(group))}处" for id_, group in held)])


def _repeated(message: str, quotes: list[str]) -> bool:
    """Whether a finding already tells what a failing comparison of the prose tells."""
    return any(quote and f"“{quote}”" in message for quote in quotes)


def _unchecked(found: "Audit") -> Iterator[str]:
    """What was not available, one line for each rule with its first reason."""
    listed = [check for check in found.checks if check.status == "unavailable"]
    for id_, group in groupby(listed, key=lambda check: check.id):
        first, *others = group
        yield f"{id_}  {first.message}" + (f"（还有{len(others)}处）" if others else "")


def _group(head: str, rows: Iterable[str]) -> Iterator[str]:
    listed = [row for row in rows if row]
    if listed:
        yield f"\n{head}"
        yield from (f"  {row}" for row in listed)
