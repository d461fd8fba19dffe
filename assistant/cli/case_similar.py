"""`assistant case similar`: earlier requests of the same applicant beside one, and what is published already."""

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.cli.show import JsonFlag, day_of, open_office, show
from assistant.errors import InputError

if TYPE_CHECKING:
    from assistant.cases.likeness import Likeness
    from assistant.cases.similar import Candidate, Similar
    from assistant.cases.suggestions import Published
    from assistant.pipeline import Assistant


def similar(
    number: Annotated[str | None, typer.Argument(help="案件编号，如 2026-1。")] = None,
    published: Annotated[
        bool, typer.Option("--published", help="连同已经公开的内容：已公布的报告和条文。")
    ] = False,
    k: Annotated[int, typer.Option("--k", help="最多列出多少件，最相近的在前。", min=1, max=1000)] = 10,
    used: Annotated[
        str | None, typer.Option(help="记下采用了哪一条提示：前一件的编号，或者已公开内容的出处。")
    ] = None,
    counts: Annotated[bool, typer.Option("--counts", help="只看提示显示了多少、采用了多少。")] = False,
    on: Annotated[str | None, typer.Option("--on", help="截至哪一天，如 2026-11-27；默认今天。")] = None,
    as_json: JsonFlag = False,
) -> None:
    """同一申请人以前的申请：怎样认出的，内容有多相近，哪里不同，怎样答复的；近几个月申请了多少件。是否重复由人判断。"""
    office, day = open_office(), day_of(on)
    if counts:
        _counts(office, as_json)
    elif number is None:
        raise InputError("请写案件编号，如 assistant case similar 2026-1。")
    elif used:
        _used(office, number, used, day)
    else:
        _similar(office, number, day, (published, as_json, k))


def _similar(office: "Assistant", number: str, day: date, how: tuple[bool, bool, int]) -> None:
    from assistant.cases.suggestions import PUBLISHED, REPEAT, note_shown

    published, as_json, k = how
    found = office.similar(number, day, k)
    public = office.published(number, day) if published else ()
    database, number = office.register.database, found.number
    note_shown(database, number, REPEAT, (one.number for one in found.candidates), day)
    note_shown(database, number, PUBLISHED, (one.ref for one in public), day)
    more = {"published": [one.to_json() for one in public]} if published else {}
    show(found.to_json() | more, as_json, lambda: "\n".join([*_lines(found), *_public(public, published)]))


def _lines(found: "Similar") -> list[str]:
    if not found.candidates:
        rows = [f"{found.number}：登记簿里没有同一申请人以前的申请。"]
    else:
        shown = f"，列出最相近的 {len(found.candidates)} 件" if len(found.candidates) < found.found else ""
        rows = [f"{found.number}：可能是同一申请人以前的申请 {found.found} 件{shown}。"]
    for one in found.candidates:
        rows += ["", *_candidate(one)]
    rows += ["", "近期的申请（连同本件）"]
    for count in found.counts:
        maybe = f"，连同不能确定是同一人的 {count.maybe} 件" if count.maybe > count.requests else ""
        rows += [f"  {count.months} 个月内 {count.requests} 件、{count.items} 项{maybe}"]
    if found.same_agent:
        rows += [f"  同一代理人以前代理的申请：{'、'.join(found.same_agent)}"]
    return [*rows, f"  {found.note.words}（{found.note.basis}）"]


def _candidate(one: "Candidate") -> list[str]:
    from assistant.cases.similar import ENDED, SHARED

    shared = "、".join(SHARED[key] for key in one.same.shared) + "相同"
    apart = "，" + "、".join(SHARED[key] for key in one.same.apart) + "不同" if one.same.apart else ""
    when = f"（{one.on}）" if one.on else ""
    label = None if one.ended == "pending" else one.label
    result = "，".join(filter(None, (f"{ENDED[one.ended]}{when}", label, one.letter)))
    rows = [f"{one.number}（{one.received_on} 收到）：{shared}{apart}；{result}"]
    rows += [f"  文字相近 {one.alike.share:.0%}", *_apart(one.alike)]
    return [*rows, *(f"  · {note.words}（{note.basis}）" for note in one.notes)]


def _apart(alike: "Likeness") -> list[str]:
    """What both say, what only one says, and the periods each names."""
    titled = (("两件都有", alike.same), ("只有本件有", alike.only_here), ("只有前件有", alike.only_there))
    rows = [f"  {title}：{'；'.join(phrases)}" for title, phrases in titled if phrases]
    if not (alike.periods_here or alike.periods_there):
        return rows
    here, there = ("、".join(words) or "没有写" for words in (alike.periods_here, alike.periods_there))
    return [*rows, f"  所指期间：本件 {here}；前件 {there}"]


def _public(found: tuple["Published", ...], asked: bool) -> list[str]:
    if not asked:
        return []
    rows = ["", "可能已经公开的内容" if found else "没有找到可能已经公开的内容。"]
    for one in found:
        rows += [f"  第{one.item}项：{one.ref}", f"      {one.text.splitlines()[0]}"]
    return rows


def _used(office: "Assistant", number: str, target: str, day: date) -> None:
    from assistant.cases.suggestions import PUBLISHED, REPEAT, note_used

    with office.register.reading() as view:
        kind = REPEAT if _is_case(view, target) else PUBLISHED
    note_used(office.register.database, number, kind, target.strip(), day)
    print(f"已记下：{number} 采用了提示“{target.strip()}”。")


def _is_case(view: Any, target: str) -> bool:
    from assistant.cases.reading import load_case

    try:
        load_case(view, target)
    except InputError:
        return False
    return True


def _counts(office: "Assistant", as_json: bool) -> None:
    from assistant.cases.suggestions import KINDS, count_suggestions

    with office.register.reading() as view:
        found = count_suggestions(view)
    rows = [
        f"{KINDS[one.kind]}：提示 {one.suggested} 条（{one.cases} 件，显示 {one.shown} 次），采用 {one.used} 条"
        for one in found
    ]
    show([dict(vars(one)) for one in found], as_json, lambda: "\n".join(rows) or "还没有显示过提示。")
