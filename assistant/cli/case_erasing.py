"""`assistant case retention` and `erase`: what has been kept long enough, and names and words erased by hand."""

from collections.abc import Iterator
from typing import Annotated, Any

import typer

from assistant.cli.cases import SeenVersion, Who, clerk
from assistant.cli.show import JsonFlag, day_of, open_office, show
from assistant.errors import InputError

_FILES_FIRST = (
    "清除以前，请先按本机关的档案保管期限表鉴定，经批准再办（档案法第二十一条：禁止擅自销毁档案）。"
)


def retention(
    on: Annotated[str | None, typer.Option("--on", help="以哪一天为准；默认今天。", metavar="DATE")] = None,
    as_json: JsonFlag = False,
) -> None:
    """列出保存年限届满、可以清除个人信息的案件；只列出，不清除。年限由本机关设置（register.retention_years）。"""
    from assistant.cases.retention import erasable

    office, day = open_office(), day_of(on)
    years = office.settings.register.retention_years
    with office.register.reading() as view:
        kept = erasable(view, years, day)
    cases = [
        {
            "number": one.number,
            "received": one.received.isoformat(),
            "archived": one.archived.isoformat(),
        }
        for one in kept
    ]
    found = {"on": day.isoformat(), "years": years, "cases": cases}
    show(found, as_json, lambda: "\n".join(_lines(found)))


def erase(
    number: Annotated[str | None, typer.Argument(help="案件编号，如 2016-1。")] = None,
    why: Annotated[str, typer.Option(help="清除的理由和依据，如鉴定、批准的文件。")] = "",
    sweep_only: Annotated[
        bool, typer.Option("--sweep", help="不清除案件，只把已清除内容的字迹从登记簿文件里抹去。")
    ] = False,
    who: Who = None,
    seen: SeenVersion = None,
    as_json: JsonFlag = False,
) -> None:
    """清除一件届满案件的姓名、联系方式、文字和附件；类别、日期、处理结果保留，年报数字不变。不能撤销。"""
    from assistant.cases.sweeping import sweep

    if (number is None) != sweep_only:
        raise InputError("请写一个案件编号；只抹去旧字迹的，写 --sweep，不写编号。")
    if number is not None:
        _erase(number, why, who, seen)
    files = sweep(open_office().register)
    found = {"number": number, "enclosures_removed": files}
    show(found, as_json, lambda: _done(number, files))


def _erase(number: str, why: str, who: str | None, seen: int | None) -> None:
    from assistant.cases.erasing import erase as erase_case
    from assistant.cases.reading import load_case
    from assistant.cases.records import Seen

    office = open_office()
    years = office.settings.register.retention_years
    with office.register.writing(clerk(who)) as session:
        now = load_case(session.connection, number)
        erase_case(session, Seen(now.number, seen if seen is not None else now.version), why, years)


def _lines(found: dict[str, Any]) -> Iterator[str]:
    if found["years"] is None:
        yield "没有设置保存年限（assistant.toml 的 [register] retention_years），什么都不清除。"
        return
    yield f"归档满 {found['years']} 年、复议诉讼也审结满 {found['years']} 年的案件，截至 {found['on']}："
    yield from (
        f"  {one['number']}  收到 {one['received']}，归档 {one['archived']}" for one in found["cases"]
    )
    yield f"共 {len(found['cases'])} 件。{_FILES_FIRST if found['cases'] else ''}"


def _done(number: str | None, files: int) -> str:
    gone = f"附件 {files} 个已删除。" if files else ""
    if number is None:
        return f"已清除内容的字迹已从登记簿文件里抹去。{gone}"
    return (
        f"案件 {number} 的个人信息和文字已清除，统计数字不变；谁、何时、为何清除记在审计记录里。{gone}"
        "此前的备份和导出文件里还有这些内容，请一并处理。"
    )
