"""`assistant case board` and `case list`: what presses, and which cases there are."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.cases.state_words import when
from assistant.cli.show import JsonFlag, day_of, open_office, show
from assistant.errors import InputError

if TYPE_CHECKING:
    from assistant.cases.board import Board, Line
    from assistant.cases.reminders import Reminder

AsOf = Annotated[str | None, typer.Option("--on", help="截至哪一天，如 2026-11-27；默认今天。")]
PAGE_SIZE = 50


def board(
    number: Annotated[
        str | None, typer.Argument(help="只看一件，写明每个日期是怎样算出来的，如 2026-1。")
    ] = None,
    ics: Annotated[
        Path | None,
        typer.Option(help="另写一个日历文件（.ics），导入日历软件后到期前提醒；只有编号和事项，没有姓名。"),
    ] = None,
    explained: Annotated[bool, typer.Option("--explain", help="每一件都列出期限的每一步和依据。")] = False,
    on: AsOf = None,
    as_json: JsonFlag = False,
) -> None:
    """期限看板：已过期限、今日、本周到期，等谁，下一步由谁做什么。每次都按日历重新计算，不存结果。"""
    office = open_office()
    found = office.board(day_of(on))
    if ics:
        _remind(office.reminders(found), found, ics, as_json)
    elif number:
        line = _line_of(found, number)
        show(line.to_json(explained=True), as_json, lambda: "\n".join(_explained(line, found)))
    else:
        show(found.to_json(explained), as_json, lambda: board_lines(found, explained))


def board_lines(found: "Board", explained: bool = False) -> str:
    """The board for people: box by box, and how many in each."""
    rows = [f"截至 {found.on}，未办结 {len(found.lines)} 件。"]
    for name, label in found.boxes.items():
        lines = found.box(name)
        if not lines:
            continue
        rows += ["", f"{label}（{len(lines)} 件）"]
        for line in lines:
            rows += _explained(line, found) if explained else [_row(line)]
    return "\n".join(
        [*rows, *(["", *(f"注意：{words}" for words in found.warnings)] if found.warnings else [])]
    )


def _row(line: "Line") -> str:
    """One case in one line: number, day, days left, who must do what."""
    return f"  {line.number}  {when(line)}；下一步（{line.next.who}）：{line.next.does}"


def _explained(line: "Line", found: "Board") -> list[str]:
    """A case with each of its days, and every step of its clock with the provision."""
    rows = [
        _row(line).strip(),
        f"  {found.boxes[line.box]}；收到 {line.received_on}；下一步依据：{line.next.basis}",
    ]
    for one in line.days:
        mark = "（暂定）" if one.provisional else ""
        rows += [
            f"  {one.on}{mark}  {one.name}，还剩 {one.days_left} 个工作日",
            f"      {one.says}（{one.basis}）",
        ]
    rows += ["  怎样算出来的"]
    rows += [f"    {s.on}  {s.name}：{s.explanation}（{s.basis}）" for s in line.clock.steps]
    return [*rows, *(f"  注意：{words}" for words in (*line.clock.missed, *line.clock.warnings))]


def _line_of(found: "Board", number: str) -> "Line":
    line = next((one for one in found.lines if one.number == number.strip()), None)
    if line is None:
        raise InputError(
            f"看板上没有案件“{number}”：{found.on} 时没有收到，或者已经办结。请用 assistant case show {number} 查看。"
        )
    return line


def _remind(reminders: tuple["Reminder", ...], found: "Board", path: Path, as_json: bool) -> None:
    """The calendar file, and what stands in it as a plain list."""
    from assistant.cases.reminders import to_icalendar

    try:
        path.write_bytes(to_icalendar(reminders, found.on))
    except OSError as fault:
        raise InputError(f"不能写入：{path}（{fault.strerror}）。请检查文件夹是否存在、是否可写。") from fault
    rows = [{"date": one.on.isoformat(), "title": one.title} for one in sorted(reminders, key=lambda r: r.on)]
    words = [f"{row['date']}  {row['title']}" for row in rows]
    last = f"已写入 {path}：{len(rows)} 个日期。日历文件代替上一次的那一个；最好导入单独的日历。"
    show({"file": str(path), "reminders": rows}, as_json, lambda: "\n".join([*words, last]))


def list_(
    year: Annotated[int | None, typer.Option(help="哪一年收到的（连同已办结的）。")] = None,
    every: Annotated[bool, typer.Option("--all", help="连同已办结的，后收到的在前。")] = False,
    page: Annotated[
        int | None, typer.Option(help="第几页；不写的，显示第 1 页，--json 给出全部。", min=1)
    ] = None,
    size: Annotated[int, typer.Option(help="一页多少件。", min=1, max=1000)] = PAGE_SIZE,
    on: AsOf = None,
    as_json: JsonFlag = False,
) -> None:
    """列出没有办结的申请，写明答复期限；期限在前的排在前面。"""
    from assistant.cases.entries import Page
    from assistant.cases.listing import list_json, list_page

    register, day = open_office().register, day_of(on)
    wanted = None if as_json and page is None else Page(page or 1, size)
    with register.reading() as view:
        found = list_page(view, register.rules, day, (year, every), wanted)
    show(list_json(found, register.rules.outcomes), as_json, lambda: _listed(found, register.rules.outcomes))


def _listed(found: Any, outcomes: Any) -> str:
    from assistant.cases.listing import list_json
    from assistant.cli.case_lines import line

    rows = [line(row) for row in list_json(found, outcomes)]
    if found.pages < 2:
        return "\n".join([*rows, f"共 {found.total} 件。"])
    here = f"共 {found.total} 件，第 {found.page} 页，共 {found.pages} 页。"
    more = f"下一页：--page {found.page + 1}。" if found.page < found.pages else ""
    return "\n".join([*rows, here + more])
