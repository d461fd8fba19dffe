"""Where a case stands, in the words of the office: the states of the clock, and the two endings it does not know.

Basis: the house's own.
"""

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
