"""The whole register on the command line: backup and restore, export and import."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.cli.cases import Who, clerk
from assistant.cli.show import JsonFlag, open_office, show

if TYPE_CHECKING:
    from assistant.cases.copies import Restored, Taken


def backup(
    file: Annotated[
        Path, typer.Argument(help="备份写成的文件，如 登记簿-2026-11-27.zip；不覆盖已有的文件。")
    ],
    as_json: JsonFlag = False,
) -> None:
    """备份整个登记簿连同附件；可以一边办件一边备份，备份是某一时刻的完整内容。"""
    from assistant.cases.copies import back_up

    office = open_office()
    taken = back_up(office.register, file, office.settings.agency.name)
    _tell(taken, "已备份", as_json)


def restore(
    file: Annotated[Path, typer.Argument(help="case backup 写成的备份。")],
    replace: Annotated[
        bool, typer.Option("--replace", help="登记簿里已有内容时换成备份里的；现有的内容先另存一份备份。")
    ] = False,
    who: Who = None,
    as_json: JsonFlag = False,
) -> None:
    """用备份恢复登记簿：先核对审计记录和每一个附件，全部相符才算数；损坏的备份不会用上。"""
    _restore(file, replace, who, as_json)


def export_everything(out: Path, as_json: bool = False) -> None:
    """The whole register under a name: a folder, .jsonl or .xlsx."""
    from assistant.cases.copies import export_all

    office = open_office()
    taken = export_all(office.register, out, office.settings.agency.name)
    _tell(taken, "已导出", as_json)


def import_copy(file: Path, dry_run: bool, who: str | None, as_json: bool) -> None:
    """An export of another register into an empty one; `dry_run` says what it holds, once it is proved whole."""
    if not dry_run:
        _restore(file, False, who, as_json)
        return
    from assistant.cases.copy_forms import incoming

    copy = incoming(file)
    digest, head = copy.digest(), copy.head()
    found = {"copy": copy.name, "digest": digest, "made": head.made, "rows": dict(head.rows), "dry_run": True}
    show(found, as_json, lambda: f"{_what(found)}这是试看，没有写入。")


def _restore(file: Path, replace: bool, who: str | None, as_json: bool) -> None:
    from assistant.cases.copies import restore as bring_in
    from assistant.cases.copy_forms import incoming

    done = bring_in(open_office().register, clerk(who), incoming(file), replace)
    found = _restored_json(file, done)
    show(found, as_json, lambda: "\n".join(_restored_lines(found)))


def _tell(taken: "Taken", what: str, as_json: bool) -> None:
    """Exit status 1 where the register itself no longer fits its audit trail."""
    show(_taken_json(taken), as_json, lambda: "\n".join(_taken_lines(what, taken)))
    if taken.broken:
        raise typer.Exit(1)


def _taken_json(taken: "Taken") -> dict[str, Any]:
    head = taken.head
    return {
        "file": str(taken.path),
        "made": head.made,
        "cases": head.rows["cases"],
        "enclosures": taken.enclosures,
        "entries": head.entries,
        "head": head.head,
        "broken": taken.broken,
    }


def _taken_lines(what: str, taken: "Taken") -> Iterator[str]:
    head = taken.head
    yield f"{what} {taken.path}：案件 {head.rows['cases']} 件，审计记录 {head.entries} 条，附件 {taken.enclosures} 个。"
    if head.rows["enclosures"] and not taken.enclosures:
        yield f"注意：附件的原文（{head.rows['enclosures']} 个）不在其中；要连同附件，请导出成文件夹或者 .jsonl，或者用 case backup。"
    yield f"审计记录最后一条的摘要：{head.head}"
    yield "其中有申请人的个人信息，请妥善保管。"
    if taken.broken:
        yield f"登记簿本身与审计记录不符：{taken.broken}这份副本照实写出，但不能用来恢复；请先查明原因（assistant case audit）。"


def _restored_json(file: Path, done: "Restored") -> dict[str, Any]:
    return {
        "copy": file.name,
        "digest": done.digest,
        "made": done.head.made,
        "rows": dict(done.head.rows),
        "enclosures": done.enclosures,
        "kept": str(done.kept) if done.kept else None,
        "dry_run": False,
    }


def _restored_lines(found: dict[str, Any]) -> Iterator[str]:
    yield f"{_what(found)}审计记录和附件都已核对相符，恢复完毕。"
    if found["kept"]:
        yield f"原来的内容另存在 {found['kept']}。"


def _what(found: dict[str, Any]) -> str:
    rows = found["rows"]
    return (
        f"{found['copy']}（{found['made']}）：案件 {rows['cases']} 件，审计记录 {rows['audit_entries']} 条。"
    )
