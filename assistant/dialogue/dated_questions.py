"""A question for a day of the law: what is asked for, which days are given, which facts are told without one.

Read from the clerk's words alone. A question that gives no day, and follows none that did, is left to the articles;
so is one about another procedure than that of disclosure.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from assistant.dialogue.dated_facts import (
    ANSWER,
    EVENTS,
    STARTS,
    Wanted,
    receipt_of,
    want,
)
from assistant.dialogue.dated_targets import NUMBERED, RECEIPTS, target_of
from assistant.dialogue.happenings import CUE, STATUS_CUE, WHEN, Happening, happenings
from assistant.dialogue.written_days import WrittenDay, number_of, plain, written_days

LONGEST = 240
_ASKING = re.compile(rf"{CUE}|{WHEN}|{NUMBERED}.*(?:[吗吧嘛么]|对不对|是不是|是否)")
# A message that lives of the one before: 延期后呢.
_LEANING = re.compile(r"^(?:那|那么|如果|要是|假如|再|又)*.{0,10}呢[?。]?$")

_COUNT = re.compile(r"(?:第)?(?P<n>\d+|[一二两三四五六七八九十百]+)个?工作日(?:之?后|以后|后)?")
_COUNTING = re.compile(r"(?:起|后|之后|以后|往后|开始|数|加|再过|过|从)")
_EXTENDED = re.compile(
    r"延(?:期|长)?(?:答复)?(?:期限)?(?:了|到|至)?(?P<n>\d+|[一二两三四五六七八九十]+)个?工作日"
)
_PERIOD = re.compile(
    r"补正期限?.{0,6}?(?P<n>\d+|[一二两三四五六七八九十]+)个?工作日|(?P<m>\d+|[一二两三四五六七八九十]+)个?工作日[之以]?内补"
)
_CHANNELS: tuple[tuple[str, str], ...] = (
    ("ordinary_post", r"平信|平常信函|普通信|平邮|不用签收|无需签收"),
    ("signed_post", r"挂号|EMS|ems|快递|特快|邮政|签收"),
    ("fax", r"传真"),
    ("online", r"网上|网站|在线|平台|系统|邮箱|邮件|互联网|公众号|小程序|网页"),
    ("in_person", r"当面|窗口|上门|现场|亲自|来人|跑来|前台|当场递"),
)
_RESTARTED_BY = {"correction_received": "correction_notice", "fee_paid": "fee_notice"}
_ELSEWHERE = re.compile(r"第三|征求|补正|缴费|收费|复议|答复书")
_ASKED_PARTIES = ("party", "comaker")
_BY_US = re.compile(r"我们|本机关|申请人|作出|发出|寄出|答复书|正式|对外")
_OTHER_PROCEDURE = re.compile(
    r"许可|仲裁|工伤|护照|身份证|户口|落户|驾照|驾驶证|执照|低保|救助|公租房|廉租|上诉|判决书?|拘留|罚款|离婚|社保|医保|养老金|退休|年假|产假"
    r"|租房|贷款|发票|纳税|报税|退税|投标|招标|信访|投诉|举报|国家赔偿|强制执行|听证|拆迁|签证|入职|辞职|试用期|快递费|车票|考试|报名|上学"
)
_DISCLOSURE = re.compile(r"信息公开|公开申请|依申请|公开办|申请公开|答复书|第三[方人]|补正")
_LETTER = re.compile(
    r"(?:申请|请求|请|要求)(?:贵|你)?\w{0,3}(?:依法)?公开(?!申请|办|工作|机构)|此致|特此|贵[\u4e00-\u9fff]|本人|申请人[:：]"
)


@dataclass(frozen=True)
class DatedQuestion:
    """What is asked for and what is given. `days`: by what happened; `untold`: what happened without a day.

    `loose` are days of which it is not said what happened. `twice` names a thing told with two days. `extra`: the
    working days of an extension, `period` those of a 补正 period, `count` those to be counted plainly.
    """

    target: str
    text: str
    days: Mapping[str, WrittenDay] = field(default_factory=dict)
    untold: frozenset[str] = frozenset()
    loose: tuple[WrittenDay, ...] = ()
    twice: str | None = None
    channel: str | None = None
    extra: int | None = None
    period: int | None = None
    count: int | None = None
    status: bool = False

    @property
    def dated(self) -> bool:
        """Whether any day is given."""
        return bool(self.days) or any(day.readings for day in self.loose)

    @property
    def asks(self) -> bool:
        """Whether a day, or the right count of days, is asked for at all."""
        return bool(_ASKING.search(self.text)) or self.leaning

    @property
    def leaning(self) -> bool:
        """Whether it is too short to mean anything without the message before it."""
        return bool(self.untold) and bool(_LEANING.match(self.text))

    @property
    def first_asked(self) -> bool:
        """Whether the day a count begins is asked for."""
        return bool(re.search(rf"从{WHEN}|{WHEN}(?:开始|起)|起算", self.text))


def wanting(one: DatedQuestion) -> Wanted | None:
    """The first fact that is not told and without which there is no day."""
    if one.twice:
        return Wanted(one.twice, "以哪一个日期为准", "同一件事写了两个日期。")
    vague = next((day for day in (*one.days.values(), *one.loose) if day.wanted), None)
    if vague:
        return Wanted("day", "", f"{vague.wanted}。")
    if one.count:
        return None
    if one.target in STARTS:
        start = STARTS[one.target]
        lacks_period = one.target == "correction_period" and not one.period
        return want(start) if start not in one.days else want("period") if lacks_period else None
    receipt = receipt_of(one.days, one.channel)
    if restarts_alone(one):
        return None
    if receipt.wanted:
        return receipt.wanted
    unread = next((day for day in one.loose if day.readings), None)
    if unread and one.target == ANSWER:
        what = "收到、补正、征求意见、延期、缴费还是答复"
        return Wanted("day", "", f"没有看懂“{unread.words}”那天发生了什么，请写明是{what}。")
    return _half_told(one) if one.target == ANSWER else None


def restarts_alone(one: DatedQuestion) -> bool:
    """Whether the term starts anew from a day that is told, and nothing that is told needs the days before it."""
    if one.target != ANSWER or "extension" in one.untold or one.status:
        return False
    for kind, needed in _RESTARTED_BY.items():
        if kind in one.days and needed not in one.days and not (set(one.days) & set(EVENTS)) - {kind}:
            return True
    return (
        "received" not in one.days and receipt_of(one.days, one.channel).day is None and _only_restarted(one)
    )


def _only_restarted(one: DatedQuestion) -> bool:
    told = set(one.days) & set(EVENTS)
    return any({kind} <= told <= {kind, needed} for kind, needed in _RESTARTED_BY.items())


def _half_told(one: DatedQuestion) -> Wanted | None:
    """A thing said to have happened that moves the last day, without the day it happened."""
    told, why = set(one.days), "这件事会改变最后一日。"
    for begun, kinds in (
        ("party_sent", {"party_sent", "party_served", "party_answered"}),
        ("comaker_sent", {"comaker_sent", "comaker_served", "comaker_answered"}),
        ("organ_consulted", {"organ_consulted", "organ_answered"}),
    ):
        if (kinds & (told | one.untold)) and begun not in told:
            return want(begun, why)
    for kind, needed in _RESTARTED_BY.items():
        if kind in told and needed not in told:
            return want(needed)
    if one.untold & {"correction_notice", "correction_received"} and "correction_received" not in told:
        return want("correction_received", "补正的，期限从收到补正的申请重新起算。")
    if one.untold & {"fee_notice", "fee_paid"} and "fee_paid" not in told:
        return want("fee_paid", "收费的，期限从缴清费用重新起算。")
    return None


def read_message(message: str, today: date, near: WrittenDay | None = None) -> DatedQuestion | None:
    """One message by itself, or None where it is a letter or of another procedure. `near`: the last day told before."""
    text = plain(message)
    if len(text) > LONGEST or _LETTER.search(text):
        return None
    if _OTHER_PROCEDURE.search(text) and not _DISCLOSURE.search(text):
        return None
    days = written_days(text, today, near)
    found = happenings(text, days)
    told, twice = _by_kind(found, days)
    loose = tuple(days[one.day] for one in found if one.kind is None and one.day is not None)
    untold = frozenset(one.kind for one in found if one.day is None and one.kind and one.kind not in told)
    longer = re.search(r"延(?:期|长)", text) or _EXTENDED.search(text)
    if longer and "extension" not in told and not _denied(text):
        untold |= {"extension"}
    told = whose_answer(told, untold, found)
    target = target_of(text, told)
    count = _COUNT.search(text)
    return DatedQuestion(
        target=target,
        text=text,
        days=told,
        untold=untold,
        loose=loose,
        twice=twice,
        channel=_channel(text, found),
        extra=_number(_EXTENDED.search(text)),
        period=_number(_PERIOD.search(text)),
        count=number_of(count["n"]) if count and _is_counted(text, told, loose) else None,
        status=bool(re.search(STATUS_CUE, text)),
    )


def whose_answer(
    told: dict[str, WrittenDay], untold: frozenset[str], found: Sequence[Happening]
) -> dict[str, WrittenDay]:
    """An answer of nobody named is that of whoever was asked, where one alone was; else the office's own."""
    asked = [who for who in _ASKED_PARTIES if {f"{who}_sent", f"{who}_served"} & (set(told) | untold)]
    asked += ["organ"] if "organ_consulted" in told or "organ_consulted" in untold else []
    own = next((one.words for one in found if one.kind == "replied"), "")
    answered = [who for who in asked if f"{who}_answered" not in told]
    changed = dict(told)
    if "party_answered" in told and asked and "party" not in asked:
        changed[f"{asked[0]}_answered"] = changed.pop("party_answered")
    elif "replied" in told and len(answered) == 1 and not _BY_US.search(own):
        changed[f"{answered[0]}_answered"] = changed.pop("replied")
    return changed


def _channel(text: str, found: Sequence[Happening]) -> str | None:
    """How the request came in, by the words of its coming in alone: a letter to a third party is signed for too."""
    came = {one.kind: one.words for one in reversed(found) if one.kind in RECEIPTS}
    clauses = [one for one in re.split(r"[,;。]", text) if "申请" in one and not _ELSEWHERE.search(one)]
    words = ",".join((*came.values(), *clauses))
    return next((name for name, pattern in _CHANNELS if re.search(pattern, words)), None)


def _denied(text: str) -> bool:
    return bool(re.search(r"(?:没有?|未|不|还没)(?:再|有|办|办理|告知)?(?:延期|延长)", text))


def _is_counted(text: str, told: Mapping[str, WrittenDay], loose: Sequence[WrittenDay]) -> bool:
    """Whether days are to be counted from a day of which nothing else is said."""
    return (
        bool(loose)
        and not told
        and bool(_COUNTING.search(text))
        and not re.search(r"答复|第三[方人]|补正", text)
    )


def _by_kind(
    found: Sequence[Happening], days: Sequence[WrittenDay]
) -> tuple[dict[str, WrittenDay], str | None]:
    """The day of each kind, its first; and the kind that stands there with two days."""
    told: dict[str, WrittenDay] = {}
    twice = None
    for one in found:
        if one.kind is None or one.day is None:
            continue
        day, kind = days[one.day], who_received(one.kind, told)
        other = told.setdefault(kind, day)
        if other.readings != day.readings and kind not in ("correction_notice", "internal"):
            twice = twice or kind
    return told, twice


def who_received(kind: str, told: Mapping[str, WrittenDay]) -> str:
    """What is received after the letter went out to a third party, the request being in the house, that party received."""
    waits = "party_sent" in told and "party_served" not in told
    return "party_served" if kind == "received" and kind in told and waits else kind


def _number(match: re.Match[str] | None) -> int | None:
    if match is None:
        return None
    return number_of(next(filter(None, match.groups())))
