"""Where a case stands, in the words of the office: the states of the clock, and the two endings it does not know.

Basis: the house's own.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.cases.board import Line

STATES = {
    "running": "正在计算",
    "awaiting_opinion": "等待征求的意见，暂不计算",
    "awaiting_correction": "等待申请人补正",
    "awaiting_reasons": "等待申请人说明理由",
    "awaiting_payment": "等待申请人缴费",
    "abandoned": "申请已视为放弃，不再处理",
    "answered": "已按期答复",
    "answered_late": "已答复，逾期",
    "overdue": "期限已过，未见答复",
    "withdrawn": "申请人已撤回",
    "archived": "已归档",
}


def when(line: "Line") -> str:
    """The day that counts, and how much is left of it."""
    clock, mark = line.clock, "（暂定）" if line.clock.provisional else ""
    if line.box == "overdue":
        return f"期限 {clock.due}{mark}，已过 {line.days_over} 个工作日"
    if clock.due:
        waits = "，" + "、".join(f"等待{one.who}" for one in clock.waiting_for) if clock.waiting_for else ""
        return f"期限 {clock.due}{mark}，还剩 {clock.days_left} 个工作日{waits}"
    if line.box == "lapsed":
        return "已视为放弃申请"
    ends = [f"等待{one.who}{f'至 {one.until}' if one.until else ''}" for one in clock.waiting_for]
    return f"{'、'.join(ends)}{mark}，暂不计算"
