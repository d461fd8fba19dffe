"""What a dated question takes for granted and the law does not: another number of days, another way of counting.

Said first and never followed: the day is reckoned by the rule. Every number and every rule in the words comes from the
table of time limits.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from assistant.dialogue.dated_facts import BEFORE_END
from assistant.dialogue.dated_questions import DatedQuestion
from assistant.dialogue.happenings import PARTY
from assistant.dialogue.written_days import number_of
from assistant.law.clock_course import Grounds
from assistant.law.deadlines import Convention, Limit

UNITS = {"workday": "个工作日", "day": "日", "month": "个月", "year": "年"}
_DAYS = {"天": "day", "日": "day", "自然日": "day", "工作日": "workday", "月": "month", "年": "year"}
_CLAIM = re.compile(
    r"(?<![\d年月.第])(?P<n>\d{1,3}|[一二两三四五六七八九十百]{1,4}|半)个?(?P<unit>工作日|自然日|天|日|周|星期|月|年)"
    r"(?![前初底号])(?P<in>[之以]?内)?"
)
_CALLED = {"半": "半"}
# Which limit a number of days speaks of, by the words around it; the first that fits.
_ABOUT: tuple[tuple[str, str], ...] = (
    ("extension", r"延(?:期|长)?"),
    ("correction_notice", r"补正(?:的?通知|的?告知)|(?:通知|告知|要求|发)[^,;。]{0,6}补正"),
    ("fee_payment", r"缴费|交费|缴纳"),
    ("third_party_opinion", rf"{PARTY}|征求意见"),
    ("suit", r"起诉|诉讼|法院"),
    ("review_application", r"复议"),
    ("publication", r"主动公开|公布|上网|挂网"),
    ("answer", r"答复|回复|办结|办理期限|法定期限|给.{0,3}(?:结果|答案)"),
)
_SOMEBODY_ELSE = re.compile(r"企业|公司|对方|法院|其他机关|别的|征求")
_TAGGED = r"(?:对吧|是吧|没错|对不对|是不是|对吗|是吗|吧|应该|按|嘛)"
_QUESTION = re.compile(r"算不算|要不要|是否|是不是|[吗么嘛][?]?$")
_COUNTED = r"(?:算|计|包括|包含|数|扣|起算)"
_TURNED: tuple[tuple[str, str, re.Pattern[str]], ...] = (
    (
        "counting",
        "next_day",
        re.compile(
            rf"(?:当天|当日|收到(?:那|的)?(?:天|日)|签收(?:那|当)?[天日])(?:就|也|都|要|应该?|开始|起)*(?:{_COUNTED}|第一天)(?!不)|从收到(?:当[天日]|那天)"
        ),
    ),
    (
        "counting",
        "workday",
        re.compile(
            rf"(?:周末|周六|周日|星期六|星期天|双休日?|节假日|放假|国庆|春节|元旦|五一|中秋|端午|清明)[^,;。不]{{0,8}}(?:也|都|一起|照样)(?:要|得|该)?{_COUNTED}"
            r"|自然日|日历日"
        ),
    ),
    (
        "limit",
        "answer_after_correction",
        re.compile(
            r"补[^,;。]{0,10}[,]?[^,;。]{0,8}(?:接着|继续|剩下?|余下|扣掉|扣除|减去)[^,;。]{0,8}(?:算|数|计|天|工作日|时间|期限)"
        ),
    ),
    (
        "silence",
        "third_party_opinion",
        re.compile(
            rf"{PARTY}[^;。]{{0,14}}(?:不|没|逾期|未)[^;。]{{0,10}}(?:视为|算|就是|等于|默认|当)[^;。]{{0,3}}(?:同意|默认)"
        ),
    ),
    (
        "note",
        "extension",
        re.compile(r"(?:再次|第二次|二次|两次|又|再)(?:申请)?(?:延期|延长)|延(?:期|长)(?:两|二|2)次"),
    ),
)


@dataclass(frozen=True)
class Correction:
    """One thing put right: the words and the printed provisions they rest on."""

    words: str
    basis: str


def corrections(one: DatedQuestion, grounds: Grounds, on: date) -> tuple[Correction, ...]:
    """Everything the question takes for granted that the rules say otherwise."""
    found = [*_wrong_numbers(one, grounds, on), *_wrong_ways(one, grounds, on)]
    return tuple(dict.fromkeys(found))


def _wrong_numbers(one: DatedQuestion, grounds: Grounds, on: date) -> Iterator[Correction]:
    if one.count:
        return
    for match in _CLAIM.finditer(one.text):
        limit = _limit_of(one, match, grounds, on)
        if limit and not _agrees(limit, match, one):
            yield _number_put_right(limit, match)


def _limit_of(one: DatedQuestion, match: re.Match[str], grounds: Grounds, on: date) -> Limit | None:
    """The limit a number of days speaks of: by the clause around it, else by what is asked for."""
    if any(day.start < match.end() and match.start() < day.end for day in (*one.days.values(), *one.loose)):
        return None
    begin = max(one.text.rfind(mark, 0, match.start()) for mark in ",;。") + 1
    end = min(
        (at for mark in ",;。?" if (at := one.text.find(mark, match.end())) >= 0), default=len(one.text)
    )
    around = one.text[begin:end]
    if re.search(
        r"(?:还剩|还有|过了|已经|用了|剩下?|超了|晚了|补正期限?|内补).{0,4}$",
        one.text[begin : match.start()],
    ) or re.match(r"[之以]?内补", one.text[match.end() :]):
        return None
    near = one.text[max(begin, match.start() - 8) : match.start()]
    if re.search(r"延(?:期|长)?", near) or re.match(r"的?延", one.text[match.end() :]):
        return grounds.table.limit("extension", on)
    if re.match(r"(?:就|都|要)?(?:发|通知|告知)", one.text[match.end() :]) and "补正" in one.text:
        return grounds.table.limit("correction_notice", on)
    for id_, words in _ABOUT[1:]:
        if re.search(words, around):
            if id_ == "answer" and not one.dated and _SOMEBODY_ELSE.search(one.text):
                return None
            return grounds.table.limit(_in_this(one, id_), on)
    target = "answer" if one.target == BEFORE_END else one.target
    sure = (
        match["in"]
        or re.match(r"的?期限|到期|届满", one.text[match.end() :])
        or re.search(_TAGGED, around)
        or match["unit"] == "工作日"
    )
    named = one.dated and target != "correction_period"
    return grounds.table.limit(target, on) if sure and named else None


def _in_this(one: DatedQuestion, id_: str) -> str:
    """A wish to know another term of the same office: what was asked for decides between those of review."""
    same = {
        "suit": {"suit_after_review", "court_defence"},
        "review_application": {"review_decision", "review_defence", "suit_after_review"},
    }
    return (
        one.target
        if one.target in same.get(id_, ())
        or id_ == "answer"
        and one.target in ("review_defence", "court_defence")
        else id_
    )


def _agrees(limit: Limit, match: re.Match[str], one: DatedQuestion) -> bool:
    """Whether the number is one of the limit's own, in its own unit; a shorter extension is the office's to choose."""
    unit = _DAYS.get(match["unit"])
    if match["n"] == "半" or unit is None:
        return False
    number = number_of(match["n"])
    if limit.id == "extension":
        return unit == "workday" and number <= limit.count
    both = limit.count * 2 if limit.id == "answer" and "extension" in one.untold | set(one.days) else None
    own = {(length.count, length.unit) for length in limit.lengths}
    return (number, unit) in own or (both is not None and (number, unit) == (both, "workday"))


def _number_put_right(limit: Limit, match: re.Match[str]) -> Correction:
    said = f"{match['n']}{'个' if match['unit'] in ('工作日', '月', '星期') else ''}{match['unit']}"
    right = f"{limit.count} {UNITS[limit.term.unit]}"
    longest = "最长是" if limit.id == "extension" else "是"
    why = ""
    if limit.term.unit == "workday" and match["unit"] != "工作日":
        why = "，按工作日计算，休息日和放假日不算"
    return Correction(f"更正：{limit.name}不是{said}，{longest} {right}{why}", limit.basis)


def _wrong_ways(one: DatedQuestion, grounds: Grounds, on: date) -> Iterator[Correction]:
    """Wrong ways of counting, each put right in the words of its own rule."""
    for place, id_, pattern in _TURNED:
        if not pattern.search(one.text):
            continue
        rule: Limit | Convention
        rule = grounds.table.convention(id_, on) if place == "counting" else grounds.table.limit(id_, on)
        words = _rule_words(place, rule)
        if words:
            head = "说明" if _QUESTION.search(one.text) else "更正"
            practice = "" if rule.validity.verified else "（按实务做法或者未经核对的文本）"
            yield Correction(f"{head}：{words}{practice}", rule.basis)


def _rule_words(place: str, rule: Limit | Convention) -> str | None:
    if isinstance(rule, Convention):
        return rule.says
    return rule.silence if place == "silence" else rule.note
