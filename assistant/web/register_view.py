"""The board and the list of the register as the page shows them: what presses, with why, and every case to be opened."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.cases.board_days import DUE
from assistant.cases.state_words import STATES, when
from assistant.web.evaluation_tab import table
from assistant.web.markup import Markup, el, join
from assistant.web.pressing import cites
from assistant.web.rooms import choice, entry, heading, press, tick

if TYPE_CHECKING:
    from assistant.cases.board import Board, Line
    from assistant.cases.listing import CasePage, Listed
    from assistant.cases.seeking import Sought
    from assistant.law.clock import Clock
    from assistant.law.clock_course import Step
    from assistant.law.outcomes import Outcomes

EMPTY = (
    "登记簿里还没有未办结的申请。",
    "在左边粘贴一份申请书，研判之后点“登记对话里的这一件”：编号、申请人、内容、处理结果和文稿一次带进来。",
    "以前的台账可以整本导入：assistant case import 旧台账.xlsx。",
)
NONE_FIT = "没有符合条件的申请。请放宽条件，或者勾选“含已办结”。"
SHOWN = 40
_ENDED = ("answered", "answered_late", "withdrawn", "archived")
_PRESSING = ("overdue", "lapsed", "today")


@dataclass(frozen=True)
class Looked:
    """A page of the list with what was looked for."""

    sought: "Sought"
    page: "CasePage"


def board(found: "Board") -> Markup:
    """Box by box, the most pressing first; each line opens to how its days were reckoned."""
    counted = [(name, label, found.box(name)) for name, label in found.boxes.items()]
    tally = el(
        "ul",
        *(
            el("li", el("b", str(len(lines))), el("span", label), class_=f"box {name}")
            for name, label, lines in counted
            if lines
        ),
        class_="tally",
    )
    rows = [_box(name, label, lines) for name, label, lines in counted if lines]
    notes = [el("p", words, class_="notice") for words in found.warnings]
    title = heading(f"期限看板　截至 {found.on}，未办结 {len(found.lines)} 件")
    return el("div", title, *notes, *([tally, *rows] if rows else [empty()]), class_="board")


def empty() -> Markup:
    """What the room is for, while nothing is in it."""
    return el("div", *(el("p", line) for line in EMPTY), class_="empty")


def _box(name: str, label: str, lines: "tuple[Line, ...]") -> Markup:
    head = el("h4", f"{label}（{len(lines)} 件）")
    more = f"还有 {len(lines) - SHOWN} 件，请在清单里看。" if len(lines) > SHOWN else None
    rest = el("p", more, class_="note") if more else None
    return el("section", head, *map(_line, lines[:SHOWN]), rest, class_=f"box {name}")


def _line(line: "Line") -> Markup:
    """One case: number, when, who must do what, and the explanation of each date."""
    pressing = "bad" if line.box in _PRESSING else "warn" if line.box == "week" else None
    top = el(
        "p", press(f"open:{line.number}", line.number, "link"), el("strong", when(line), class_=pressing)
    )
    next_ = el(
        "p", el("span", f"下一步（{line.next.who}）", class_="kind"), line.next.does, class_="next-step"
    )
    why = el("details", el("summary", "这些日期怎样算出来的"), reckoned(line), class_="source")
    return el("article", top, next_, why, class_="line")


def reckoned(line: "Line") -> Markup:
    """Each day that counts and each step of the clock, with its provision; then what was missed and what to mind."""
    coming = [one for one in line.days if one.key != DUE]
    days = [
        el("dd", f"{one.name}：还剩 {one.days_left} 个工作日。{one.says}", " ", cites(one.basis.split("、")))
        for one in coming
    ]
    marked = [el("dt", f"{one.on}{'（暂定）' if one.provisional else ''}", class_="ahead") for one in coming]
    ahead = [part for pair in zip(marked, days, strict=True) for part in pair]
    return el("div", el("dl", *steps(line.clock.steps), *ahead, class_="days"), *minded(line.clock))


def steps(found: "tuple[Step, ...]") -> Iterator[Markup]:
    """The steps of a clock: the day, what happened, what follows and by which article."""
    for step in found:
        yield el("dt", str(step.on))
        yield el("dd", el("strong", step.name), f"：{step.explanation} ", cites(step.basis.split("、")))


def minded(clock: "Clock") -> list[Markup]:
    """What was not kept, and what to mind."""
    return [el("p", words, class_="notice") for words in (*clock.missed, *clock.warnings)]


def listed(looked: Looked, outcomes: "Outcomes") -> Markup:
    """The list under its filters, page by page."""
    found, sought = looked.page, looked.sought
    kinds = {"": "全部处理结果", **{code: one.label for code, one in outcomes.items()}}
    filters = el(
        "div",
        entry("编号、姓名或内容", "words", sought.words),
        entry("收到年度", "year", str(sought.year or ""), inputmode="numeric", class_="short"),
        choice("处理结果", "outcome", kinds, sought.outcome or ""),
        tick("含已办结", "every", sought.every),
        press("find", "查找", "chief"),
        class_="blank filters",
    )
    head = ("编号", "收到", "申请人", "状态", "期限", "处理结果")
    rows = tuple(_row(one, outcomes) for one in found.rows)
    body = table(head, rows) if rows else el("div", el("p", NONE_FIT), class_="empty")
    return el("div", heading(f"清单　共 {found.total} 件"), filters, body, _pages(found), class_="list")


def _row(one: "Listed", outcomes: "Outcomes") -> tuple[str, ...]:
    entry_, standing = one
    ended = standing.state in _ENDED
    due = (
        ""
        if ended or not standing.due
        else f"{standing.due}{'（暂定）' if standing.clock.provisional else ''}"
    )
    return (
        press(f"open:{entry_.number}", entry_.number, "link"),
        str(entry_.received_on),
        entry_.applicant,
        STATES[standing.state],
        due,
        outcomes[entry_.outcome].label if entry_.outcome else "",
    )


def _pages(found: "CasePage") -> Markup | None:
    if found.pages <= 1:
        return None
    back = press(f"page:{found.page - 1}", "上一页", disabled=found.page <= 1)
    on = press(f"page:{found.page + 1}", "下一页", disabled=found.page >= found.pages)
    told = el("span", f"第 {found.page} 页，共 {found.pages} 页")
    return el("div", join((back, told, on)), class_="presses")
