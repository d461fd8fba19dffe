"""What a dated question asks for, told from its words: the answer itself, or one limit on the way or after it."""

import re
from collections.abc import Mapping

from assistant.dialogue.dated_facts import ANSWER, BEFORE_END, RESTARTS, STARTS
from assistant.dialogue.happenings import PARTY, STATUS_CUE, WHEN
from assistant.dialogue.written_days import WrittenDay

NUMBERED = r"(?:\d{1,3}|[一二两三四五六七八九十]{1,3}|半)个?(?:工作日|自然日|天|日|周|星期|月)"
RECEIPTS = {"received", "handed_in", "confirmed", "submitted", "sent_in"}
_LAST = rf"(?:最晚|最迟|至迟|{WHEN}|到期|届满|截止|期限)"
# What is asked for by its words, the first that fits; else the answer to the request.
_TARGETS: tuple[tuple[str, str], ...] = (
    ("court_defence", r"起诉状|应诉通知|答辩|举证"),
    (
        "review_defence",
        r"副本.*(?:答复|答辩|书面)|(?:复议|行政复议)[^,;。]{0,6}(?:书面答复|答复书|答辩)|向复议机关[^,;。]{0,8}答复|提出答复通知",
    ),
    ("suit_after_review", r"复议决定.*(?:起诉|诉讼|法院|告)|(?:起诉|诉讼).*复议决定"),
    (
        "review_decision",
        rf"复议.*(?:作出|出)?决定[^,;。]{{0,8}}{_LAST}|{_LAST}[^,;。]{{0,8}}作出[^,;。]{{0,4}}复议决定|受理[^,;。]{{0,8}}复议|复议[^,;。]{{0,6}}受理",
    ),
    (
        "correction_notice",
        rf"补正(?!后|完|了|好|材料|的?申请|期限)(?:的?通知书?|的?告知书?|通知|告知)?[^,;。]{{0,6}}{_LAST}(?:[^,;。]{{0,6}}(?:[发告通]|出|$)|$)"
        rf"|{_LAST}(?:之?前)?[^,;。]{{0,8}}(?:发|出|通知|告知|要求|让|叫|寄)[^,]{{0,8}}补正"
        rf"|补正[^;。]{{0,10}}{_LAST}(?:之?前)?[^,;。]{{0,4}}(?:通知|告知|告诉)"
        rf"|补正的?(?:通知|告知)书?[^,]{{0,6}}{NUMBERED}|{NUMBERED}[之以]?内[^,]{{0,6}}(?:发|通知|告知|要求)[^,]{{0,6}}补正",
    ),
    (
        "correction_period",
        rf"补正期限[^,;。]{{0,6}}{_LAST}|{_LAST}[^,;。]{{0,4}}(?:之?前)?(?:补齐|补交|补好|补正)|(?:申请人|他|她|人家)[^,;。]{{0,6}}{_LAST}[^,;。]{{0,6}}补",
    ),
    (
        BEFORE_END,
        rf"(?:延期|延长)[^,]{{0,10}}{_LAST}(?:之?前)?[^,;。]{{0,4}}[发告通办批]|{_LAST}(?:之?前)?[^,]{{0,8}}[发告通办批][^,]{{0,6}}(?:延期|延长)|(?:延期|延长)[^;。]{{0,10}}{_LAST}(?:之?前)?[^,;。]{{0,4}}(?:通知|告知|告诉)",
    ),
    (
        "fee_payment",
        rf"(?:缴费|交费|缴纳|交钱)[^,;。]{{0,8}}{_LAST}|{_LAST}(?:之?前)?[^,;。]{{0,6}}(?:缴|交)(?:费|钱|纳|清)",
    ),
    (
        "publication",
        rf"(?:主动公开|公布|公开出去|上网|挂网)[^,;。]{{0,8}}{_LAST}|{_LAST}(?:之?前)?[^,;。]{{0,8}}(?:主动公开|公布|上网|挂网|公开(?!申请))",
    ),
)
_NOTICE_JUDGED = re.compile(rf"{STATUS_CUE}|{NUMBERED}[之以]?内[^,;。]{{0,4}}(?:发|通知|告知)")
_PARTY_TERM = re.compile(
    rf"(?:{PARTY}|企业|公司|对方|人家|他们?)(?!意见|的意见)[^,]{{0,12}}{_LAST}(?!.{{0,6}}答复申请)|(?:15|十五)个工作日|意见期限|{_LAST}.{{0,6}}(?:提意见|表态|回意见|反馈)"
)
_ABOUT_ANSWER = re.compile(
    r"答复(?:申请|期限|到期)|(?:我们|本机关|机关).{0,6}答复|办结|恢复|继续(?:算|计)|接着算"
)
_COMAKER = re.compile(r"共同制作|联合制作|联合发文|联合印发|会签")
_BY_THEMSELVES = {"third_party_opinion", "comaker_opinion", "fee_payment"}


def target_of(text: str, told: Mapping[str, WrittenDay]) -> str:
    """The id of the limit asked for, given what is told to have happened."""
    for target, pattern in _TARGETS:
        if re.search(pattern, text) and not (target == "correction_notice" and "correction_notice" in told):
            return target
    if "correction_notice" in told and _NOTICE_JUDGED.search(text) and not _restart_told(told):
        return "correction_notice"
    if _PARTY_TERM.search(text) and not _ABOUT_ANSWER.search(text):
        if _COMAKER.search(text):
            return "comaker_opinion"
        if re.search(PARTY + "|征求", text) and "received" not in told:
            return "third_party_opinion"
        if re.search(rf"(?:{PARTY}|企业|公司|对方)[^,意]{{0,8}}{_LAST}", text):
            return "third_party_opinion"
    if re.search(r"起诉|诉讼|法院", text):
        return "suit"
    if re.search(r"复议", text):
        return "review_application"
    alone = [limit for limit, start in STARTS.items() if limit in _BY_THEMSELVES and start in told]
    return alone[0] if alone and not (RECEIPTS | set(RESTARTS)) & set(told) else ANSWER


def _restart_told(told: Mapping[str, WrittenDay]) -> bool:
    """Whether more is told than that the applicant was asked to complete the request."""
    return "correction_received" in told or "replied" in told
