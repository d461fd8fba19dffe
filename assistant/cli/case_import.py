"""`assistant case import`: a ledger kept so far, or an export of another register, comes into this one."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.cli.cases import Who, clerk
from assistant.cli.show import JsonFlag, open_office, show
from assistant.errors import InputError

if TYPE_CHECKING:
    from assistant.cases.ledger_mapping import LedgerMapping
    from assistant.pipeline import Assistant

_SHOWN = 20


def import_(
    file: Annotated[
        Path, typer.Argument(help="台账：.xlsx 或者 .csv；也可以是 case export 导出的全部登记。")
    ],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="只看表头怎样对照、哪些行有问题，不写入。")
    ] = False,
    mapping: Annotated[
        Path | None, typer.Option(help="对照文件（.yaml）：columns、outcomes、kinds、channels。")
    ] = None,
    skip_bad: Annotated[
        bool, typer.Option("--skip-bad", help="有问题的行不导入，其余导入；默认有一行有问题就都不导入。")
    ] = False,
    errors: Annotated[
        Path | None, typer.Option(help="有问题的行写成的 .xlsx；默认写在台账旁边，改好后可以再导入。")
    ] = None,
    who: Who = None,
    as_json: JsonFlag = False,
) -> None:
    """导入旧台账：每一行成为一件申请，原编号保留，审计记录写明出自哪个文件的哪一行。"""
    from assistant.cases.copy_forms import is_copy

    if is_copy(file):
        from assistant.cli.case_copies import import_copy

        import_copy(file, dry_run, who, as_json)
        return
    found = _imported(file, dry_run, mapping, skip_bad, who)
    plan = found.pop("plan")
    if plan.faults and not dry_run:
        out = errors or file.with_name(f"{file.stem}.未导入.xlsx")
        _write_faults(plan, out)
        found["errors"] = str(out)
    show(found, as_json, lambda: "\n".join(_lines(found)))
    raise typer.Exit(1 if plan.faults else 0)


def _imported(
    file: Path, dry_run: bool, mapping: Path | None, skip_bad: bool, who: str | None
) -> dict[str, Any]:
    from assistant.cases.ledger_import import import_ledger, reading_of
    from assistant.cases.ledger_plan import plan_import
    from assistant.cases.ledger_table import read_ledger

    office = open_office()
    told = _mapping(office, mapping)
    ledger = read_ledger(file, told.columns)
    register = office.register
    reading = reading_of(office.settings, register.rules, told.words, register.now().date())
    numbers: tuple[str, ...] = ()
    if dry_run:
        with register.reading() as view:
            plan = plan_import(view, ledger, reading)
    else:
        plan, numbers = import_ledger(register, clerk(who), ledger, reading, skip_bad)
    return plan.to_json() | {"dry_run": dry_run, "imported": list(numbers), "plan": plan}


def _mapping(office: "Assistant", path: Path | None) -> "LedgerMapping":
    from assistant.cases.ledger_mapping import LedgerMapping, read_mapping

    if path is None:
        return LedgerMapping()
    rules = office.register.rules
    channels = [channel.id for channel in rules.grounds.table.channels]
    return read_mapping(path, {"outcomes": rules.outcomes, "kinds": rules.kinds, "channels": channels})


def _write_faults(plan: Any, out: Path) -> None:
    from assistant.cases.ledger_faults import faults_workbook

    try:
        out.touch(mode=0o600)
        out.write_bytes(faults_workbook(plan))
    except OSError as fault:
        raise InputError(f"不能写入 {out}（{fault.strerror}）；请用 --errors 另选位置。") from fault


def _lines(found: dict[str, Any]) -> Iterator[str]:
    """How the headings were understood, what stands in the way, what was written."""
    for sheet in found["sheets"]:
        yield f"{'工作表“' + sheet['sheet'] + '”' if sheet['sheet'] else '表'}：{sheet['rows']} 行"
        yield from (f"  {name} ← {'、'.join(headings)}" for name, headings in sheet["columns"].items())
        if sheet["unused"]:
            yield f"  没有用到的栏：{'、'.join(sheet['unused'])}"
    yield from (f"没有读：{words}" for words in found["passed_over"])
    years = "，".join(f"{year}年收到 {count} 件" for year, count in found["years"].items())
    yield f"可以导入 {found['ready']} 件{'（' + years + '）' if years else ''}，其中没有办结的 {found['open']} 件。"
    yield from _some("注意", found["notes"])
    if found["faults"]:
        yield f"有问题的 {found['bad']} 行："
        yield from _some("  ", [_fault_line(one) for one in found["faults"]])
    yield _end(found)


def _some(head: str, lines: list[str]) -> Iterator[str]:
    yield from (f"{head}{'：' if head.strip() else ''}{line}" for line in lines[:_SHOWN])
    if len(lines) > _SHOWN:
        yield f"{head}……另有 {len(lines) - _SHOWN} 条，用 --json 看全部。"


def _fault_line(one: dict[str, Any]) -> str:
    sheet = f"“{one['sheet']}”" if one["sheet"] else ""
    told = one["message"].startswith(f"“{one['value']}”")
    value = f"（{one['value'][:30]}）" if one["value"] and not told else ""
    return f"{sheet}第 {one['row']} 行“{one['heading']}”{value}：{one['message']}。"


def _end(found: dict[str, Any]) -> str:
    if found["dry_run"]:
        return "这是试看，没有写入。"
    if found["imported"]:
        told = f"已导入 {len(found['imported'])} 件。"
        return told + (f"没有导入的行写在 {found['errors']}，改好后可以再导入。" if found["faults"] else "")
    if not found["faults"]:
        return "没有可以导入的行。"
    return f"没有导入任何一行。问题写在 {found['errors']}；请改正台账后再导入，或者用 --skip-bad 先导入没有问题的行。"
