"""The clock of a request, one limit by itself, and plain counting of working days."""

import json
import sys
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cases.state_words import STATES
from assistant.cli.show import JsonFlag, day_of, open_office, show
from assistant.errors import InputError

if TYPE_CHECKING:
    from assistant.law.clock import Clock
    from assistant.law.clock_course import Step
    from assistant.law.terms import TermDays

_WEEKDAYS = "一二三四五六日"


def deadline(
    received: Annotated[str | None, typer.Option(help="收到申请之日。", metavar="DATE")] = None,
    channel: Annotated[
        str | None,
        typer.Option(help="提交方式：in_person、signed_post、ordinary_post、online、fax。"),
    ] = None,
    event: Annotated[
        list[str] | None,
        typer.Option(
            help="发生的事，可写多次：日期:事件[:谁[:天数或者日期]]，如 2026-10-10:extension:王主任。",
            metavar="DATE:KIND",
        ),
    ] = None,
    on: Annotated[
        str | None,
        typer.Option("--on", help="截至哪一天；写明后，届时已过期限而没有答复的，退出码为 1。默认今天。"),
    ] = None,
    add_workdays: Annotated[
        tuple[str, str] | None,
        typer.Option("--add-workdays", help="DATE 之后的第 N 个工作日。", metavar="N DATE"),
    ] = None,
    term: Annotated[
        tuple[str, str] | None,
        typer.Option("--term", help="单算一个期限，如 review_application 2026-11-23。", metavar="NAME DATE"),
    ] = None,
    as_json: JsonFlag = False,
) -> None:
    """算答复期限，列出每一步的日期、天数和依据；也可以只数工作日，或者单算一个期限。"""
    asked = [given for given in (received, add_workdays, term) if given is not None]
    if len(asked) != 1:
        raise InputError("请在 --received、--add-workdays、--term 中写一项，如 --received 2026-09-10。")
    if add_workdays:
        return _add(*add_workdays, as_json)
    if term:
        found = open_office().term(term[0], _day(term[1]))
        return show(found.to_json(), as_json, lambda: _term_lines(found))
    clock = _reckon(received or "", channel, event or [], on)
    show(clock.to_json(), as_json, lambda: _clock_lines(clock))
    raise typer.Exit(1 if clock.missed or (on and clock.overdue) else 0)


def _reckon(received: str, channel: str | None, events: list[str], on: str | None) -> "Clock":
    from assistant.law.clock_events import Filing, parse_event

    filing = Filing(_day(received), tuple(parse_event(event) for event in events), channel)
    return open_office().clock(filing, day_of(on))


def _day(words: str) -> date:
    from assistant.law.clock_events import china_day

    return china_day(words)


def _add(count: str, start: str, as_json: bool) -> None:
    from assistant.law.clock_course import provisional_words

    if not (count.isascii() and count.isdigit() and len(count) < 7):
        raise InputError(f"--add-workdays 的天数“{count}”应为正整数，如 --add-workdays 20 2026-11-23。")
    calendar, day = open_office().calendar, _day(start)
    end = calendar.nth(day, int(count))
    years = calendar.unpublished(day, end)
    found = {
        "from": day.isoformat(),
        "workdays": int(count),
        "date": end.isoformat(),
        "provisional": bool(years),
        "provisional_years": list(years),
    }
    if years:
        print(f"注意：{provisional_words(years)}", file=sys.stderr)
    print(json.dumps(found, ensure_ascii=False, indent=2) if as_json else end.isoformat())


def _clock_lines(clock: "Clock") -> str:
    rows = [_headline(clock), f"截至 {clock.as_of}：{STATES[clock.state]}{_left(clock)}。", "", "经过"]
    for step in clock.steps:
        rows += _step_lines(step)
    if clock.waiting_for:
        rows += ["", "正在等待"]
        rows += [
            f"  {one.who}（自 {one.since} 起，{f'至 {one.until}' if one.until else '没有已知的期限'}）"
            for one in clock.waiting_for
        ]
    for title, lines in (("未按期的事项", clock.missed), ("请注意", clock.warnings)):
        if lines:
            rows += ["", title, *(f"  · {line}" for line in lines)]
    return "\n".join(rows)


def _headline(clock: "Clock") -> str:
    if clock.due is None:
        return "答复期限：现在没有届满日"
    marked = "（暂定）" if clock.provisional else ""
    return f"答复期限：{clock.due}（周{_WEEKDAYS[clock.due.weekday()]}）{marked}"


def _left(clock: "Clock") -> str:
    if clock.days_left is None or clock.state != "running":
        return ""
    return f"，还剩 {clock.days_left} 个工作日"


def _step_lines(step: "Step") -> list[str]:
    counted = f"  〔已用 {step.days_used}，剩 {step.days_left}〕" if step.days_used is not None else ""
    return [
        f"  {step.on}  {step.name}{counted}",
        f"      {step.explanation}",
        f"      依据：{step.basis}",
    ]


def _term_lines(found: "TermDays") -> str:
    marked = "（暂定）" if found.provisional else ""
    rows = [f"{found.limit.name}：{found.due}（周{_WEEKDAYS[found.due.weekday()]}）{marked}"]
    for day in found.last_days:
        rows += [f"  {day.due}  {day.name}", f"      {day.explanation}", f"      依据：{day.basis}"]
    return "\n".join(rows + [f"注意：{line}。".replace("。。", "。") for line in found.warnings])
