"""Which fact a dated question still lacks, and which of several possible days fit what happened.

The day of receipt depends on how the request came in; what merely sets a request on its way is none.

Basis: 政府信息公开条例第三十一条.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import islice, product

from assistant.dialogue.written_days import WrittenDay

ANSWER = "answer"
BEFORE_END = "extension_notice"
# Each limit by itself, and what sets it running.
STARTS: Mapping[str, str] = {
    "third_party_opinion": "party_served",
    "comaker_opinion": "comaker_served",
    "correction_period": "correction_notice",
    "fee_payment": "fee_notice",
    "review_application": "reply_received",
    "suit": "reply_received",
    "suit_after_review": "review_decision_received",
    "review_decision": "review_accepted",
    "review_defence": "review_copy_received",
    "court_defence": "complaint_received",
    "publication": "published",
}
# What an event of the clock is called here, in the order in which things can happen.
EVENTS: Mapping[str, str] = {
    "correction_notice": "correction_notice",
    "correction_received": "correction_received",
    "reasons_asked": "reasons_asked",
    "reasons_given": "reasons_given",
    "party_sent": "third_party_sent",
    "party_served": "third_party_served",
    "party_answered": "third_party_answered",
    "comaker_sent": "comaker_sent",
    "comaker_served": "comaker_served",
    "comaker_answered": "comaker_answered",
    "organ_consulted": "organ_consulted",
    "organ_answered": "organ_answered",
    "own_section": "organ_consulted",
    "extension": "extension",
    "fee_notice": "fee_notice",
    "fee_paid": "fee_paid",
    "replied": "replied",
}
RESTARTS: Mapping[str, str] = {
    "correction_received": "answer_after_correction",
    "fee_paid": "answer_after_payment",
}
_CONFIRMED = ("online", "fax", "ordinary_post")
_ASKED: Mapping[str, str] = {
    "received": "哪天收到的申请",
    "party_sent": "征求意见书哪天发给第三方",
    "party_served": "第三方哪天收到征求意见书",
    "comaker_sent": "征求意见书哪天发给共同制作机关",
    "comaker_served": "共同制作机关哪天收到征求意见书",
    "organ_consulted": "哪天去函征求其他机关的意见",
    "organ_answered": "其他机关哪天答复",
    "correction_notice": "补正告知书哪天送达申请人",
    "correction_received": "哪天收到补正的申请",
    "fee_notice": "收费通知哪天送达申请人",
    "fee_paid": "申请人哪天缴清费用",
    "reply_received": "哪天收到（知道）答复",
    "review_decision_received": "哪天收到复议决定书",
    "review_accepted": "复议申请哪天受理",
    "review_copy_received": "哪天收到复议申请书副本",
    "complaint_received": "哪天收到起诉状副本",
    "published": "信息哪天形成或者变更",
    "period": "补正告知书写明的补正期限是几个工作日",
}
_ORDER: tuple[tuple[str, str], ...] = (
    ("correction_notice", "correction_received"),
    ("party_sent", "party_served"),
    ("party_served", "party_answered"),
    ("party_sent", "party_answered"),
    ("comaker_sent", "comaker_served"),
    ("comaker_served", "comaker_answered"),
    ("organ_consulted", "organ_answered"),
    ("fee_notice", "fee_paid"),
    ("reasons_asked", "reasons_given"),
)
_MOST = 400


@dataclass(frozen=True)
class Wanted:
    """One fact to be asked for: its kind, the question to the clerk, and why it is asked."""

    kind: str
    words: str
    why: str = ""

    def __str__(self) -> str:
        return f"{self.why}请写明{self.words}。" if self.words else self.why


def want(kind: str, why: str = "") -> Wanted:
    """The question for one kind of fact."""
    return Wanted(kind, _ASKED[kind], why)


@dataclass(frozen=True)
class Receipt:
    """The day of receipt as told, with what is to be said of it; or what must be asked before there is one."""

    day: WrittenDay | None
    wanted: Wanted | None = None
    note: str | None = None


def receipt_of(days: Mapping[str, WrittenDay], channel: str | None) -> Receipt:
    """The day of receipt by the way the request came in: signed, handed in, or confirmed by both sides."""
    if channel in _CONFIRMED:
        return _confirmed(days)
    for kind in ("received", "handed_in", "confirmed"):
        if kind in days:
            return Receipt(days[kind])
    if "submitted" in days and channel == "in_person":
        return Receipt(days["submitted"])
    for kind, why in (
        (
            "submitted",
            "当面提交的以提交之日为收到之日，邮寄的以签收之日为准，网上提交和传真以双方确认之日为准。",
        ),
        (
            "sent_in",
            "寄出、发来的那一天不是收到之日：签收的邮件以签收之日为准，网上提交、传真和平信以确认之日为准。",
        ),
        ("registered", "期限从收到申请之日起算，不从登记、受理之日起算。"),
        ("internal", "期限从本机关收到申请之日起算，不从转到承办人之日起算。"),
    ):
        if kind in days:
            return Receipt(None, want("received", why))
    return Receipt(None, want("received"))


def _confirmed(days: Mapping[str, WrittenDay]) -> Receipt:
    if "confirmed" in days:
        return Receipt(days["confirmed"])
    if "received" in days:
        words = "这样提交的申请以双方确认之日为收到之日，这里把收到之日当作确认之日；在另一天确认的，从确认之日起算"
        return Receipt(days["received"], note=words)
    why = "网上提交、传真和平信，以与申请人确认之日为收到之日，提交、寄出的那一天不算。"
    return Receipt(None, Wanted("received", "双方哪天确认的", why))


def readings_that_fit(
    days: Mapping[str, WrittenDay], receipt: WrittenDay | None
) -> Iterator[dict[str, date]]:
    """Every choice among the possible days in which nothing happens before what it needs."""
    known = {kind: day for kind, day in days.items() if kind in _USED and day.readings}
    if receipt:
        known["receipt"] = receipt
    kinds = tuple(known)
    for choice in islice(product(*(known[kind].readings for kind in kinds)), _MOST):
        chosen = dict(zip(kinds, choice, strict=True))
        if _in_order(chosen) and _one_month_each(known, chosen):
            yield chosen


def _in_order(days: Mapping[str, date]) -> bool:
    first = days.get("receipt", date.min)
    after = all(day >= first for kind, day in days.items() if kind in EVENTS)
    return after and all(days[one] <= days[two] for one, two in _ORDER if one in days and two in days)


def _one_month_each(known: Mapping[str, WrittenDay], chosen: Mapping[str, date]) -> bool:
    """The same words mean the same day wherever they stand."""
    places: dict[WrittenDay, date] = {}
    return all(places.setdefault(known[kind], day) == day for kind, day in chosen.items())


_USED = {*EVENTS, *STARTS.values()}
