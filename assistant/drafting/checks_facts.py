"""The letter against the facts of its case and against itself: days, numbers, names, sums.

Basis: 政府信息公开条例第三十六条; 行政复议法第四十四条 (the organ proves what it writes).
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from assistant.drafting.reading import Letter, Span, days_in
from assistant.drafting.verdict import Finding

_UNITS = "万元|亿元|元|页|份|件|张|册|户|亩|平方米|人|条|次|处"
_COUNTED = re.compile(rf"(?<![\d第〔\[（(.-])(?<!第 )(\d[\d,，]*(?:\.\d+)?)\s*({_UNITS})(?!工作日)")
_SUM = re.compile(r"(\d[\d,，]*(?:\.\d+)?)\s*元\s*[（(]([^（）()\n]{6,200})[）)]")
_PARTS = re.compile(r"(?<![\d每.,])(?<!每[页件份张次])(\d[\d,，]*(?:\.\d+)?)\s*元")
_TOTAL_PAGES = re.compile(r"(?:合计|总计|共计|总共)\s*(\d+)\s*页")
_PAGES = re.compile(r"(?<!合计)(?<!总计)(?<!共计)(?<!总共)共?\s*(?<![\d第])(\d+)\s*页")
_SERIES = re.compile(
    r"(?m)^[^\n《》：:。，]{0,30}[〔\[（(]\s*(?:19|20)\d{2}\s*[〕\]）)]\s*第?\s*[\d×Xx]+\s*号[）)]?\s*$"
)
_NOISE = re.compile(r"[\s，。；：、（）()“”‘’\"'《》,.;:?？!！]+")
# Whom a letter may address; a reply only the applicant.
_ADDRESSEES = ("applicant", "addressee", "other_organ", "organ_consulted")
_ROLES = {
    "received_on": "received",
    "corrected_on": "corrected",
    "correction_notice_on": "correction_notice",
    "extended_on": "extension",
    "consulted_on": "third_party_sent",
    "third_party_silent_on": "third_party_silent",
    "fee_notice_on": "fee_notice",
    "reasons_notice_on": "reasons_asked",
    "correction_deadline": "correction_deadline",
    "fee_deadline": "fee_deadline",
}
_NAMES = {
    "received_on": "收到申请的日期",
    "corrected_on": "收到补正材料的日期",
    "correction_notice_on": "告知补正的日期",
    "extended_on": "告知延期的日期",
    "consulted_on": "征求第三方意见的日期",
    "third_party_silent_on": "征求意见期限届满的日期",
    "fee_notice_on": "发出收费通知的日期",
    "reasons_notice_on": "要求说明理由的日期",
    "correction_deadline": "补正期限",
    "fee_deadline": "缴费期限",
    "replied_on": "答复日期",
}


def check_against_itself(letter: Letter) -> Iterator[Finding]:
    """A day of receipt told twice and differently, parts that do not make their sum."""
    days: dict[date, Span] = {}
    for match in letter.rules.parts.days["received"].finditer(letter.body):
        for day, span in list(days_in(match[0], match.start()))[:1]:
            days.setdefault(day, span)
    if len(days) > 1 and not _several_requests(letter):
        (first, _), (other, span), *_ = days.items()
        yield Finding("warning", "figures", *span, f"收到申请的日期前后不一：{first}和{other}，请核对。")
    yield from _sums(letter)


def check_against_facts(letter: Letter) -> Iterator[Finding]:
    """What the letter says otherwise than the facts of the case."""
    facts = letter.known.facts
    if facts:
        yield from _days(letter, facts)
        yield from _names(letter, facts)
        yield from _asked(letter, facts)
        yield from _counts(letter, facts)


def _days(letter: Letter, facts: Mapping[str, Any]) -> Iterator[Finding]:
    stated = letter.days
    for key, role in _ROLES.items():
        known = facts.get(key)
        if isinstance(known, date) and role in stated and stated[role][0] != known:
            day, span = stated[role]
            yield _differs(span, _NAMES[key], str(day), str(known))
    replied = facts.get("replied_on")
    if isinstance(replied, date) and letter.replied_on and letter.replied_on[0] != replied:
        yield _differs(letter.replied_on[1], _NAMES["replied_on"], str(letter.replied_on[0]), str(replied))


def _names(letter: Letter, facts: Mapping[str, Any]) -> Iterator[Finding]:
    """The document's number and the addressee, in the first lines."""
    head = letter.text[: _end_of_head(letter.text)]
    number = _document_number(letter, facts)
    wrong = _SERIES.search(head)
    if number and wrong and _bare(number) not in _bare(head):
        yield _differs(wrong.span(), "文号", wrong[0].strip(), number)
    keys = _ADDRESSEES if letter.paper else _ADDRESSEES[:1]
    expected = [str(facts[key]) for key in keys if facts.get(key)]
    addressed = letter.applicant
    if letter.paper and letter.known.agency.name:
        expected.append(letter.known.agency.name)  # the applicant's own statement is addressed to the office
    if facts.get("applicant") and addressed and not any(_bare(e) in _bare(addressed) for e in expected):
        at = letter.text.find(addressed)
        yield _differs((at, at + len(addressed)), "收件人", addressed, expected[0])


def _document_number(letter: Letter, facts: Mapping[str, Any]) -> str | None:
    """The number as printed: a bare one in the office's series, where that is set."""
    number = str(facts.get("document_number") or "")
    if not number.isdigit():
        return number or None
    series, day = letter.known.agency.document_series, letter.replied_on
    if not series or not day:
        return None
    return series.replace("{year}", str(day[0].year)).replace("{number}", number)


def _asked(letter: Letter, facts: Mapping[str, Any]) -> Iterator[Finding]:
    asked = "" if letter.paper else str(facts.get("asked") or "")
    for start, end in letter.asked[:1] if asked else ():
        said = letter.text[start:end]
        if _bare(asked) not in _bare(letter.text):
            yield _differs((start, end), "申请内容", said, asked)


def _counts(letter: Letter, facts: Mapping[str, Any]) -> Iterator[Finding]:
    """A number of pages, copies, yuan … of the facts that the letter has replaced by another."""
    known = _counted(_words(facts))
    shown = letter.text
    if letter.remedy:
        start, end = letter.remedy
        shown = shown[:start] + "□" * (end - start) + shown[end:]
    said = _counted([shown])
    for unit, numbers in known.items():
        gone = numbers - said[unit]
        for match in _COUNTED.finditer(shown):
            value = _number(match[1])
            if match[2] == unit and value not in numbers and gone:
                should = "、".join(f"{_printed(n)}{unit}" for n in sorted(gone))
                yield _differs(match.span(), "数字", match[0].strip(), should)


def _sums(letter: Letter) -> Iterator[Finding]:
    for match in _SUM.finditer(letter.body):
        parts = [_number(part) for part in _PARTS.findall(match[2])]
        if len(parts) > 1 and "其中" not in match[2] and abs(sum(parts) - _number(match[1])) > 0.005:
            message = f"括号内各项相加为{_printed(sum(parts))}元，与{match[1]}元不符，请核对。"
            yield Finding("error", "figures", *match.span(), message)
    for match in _TOTAL_PAGES.finditer(letter.body):
        start = max(letter.body.rfind("。", 0, match.start()), letter.body.rfind("\n", 0, match.start())) + 1
        pages = [int(n) for n in _PAGES.findall(letter.body[start : match.start()])]
        if len(pages) > 1 and sum(pages) != int(match[1]):
            message = f"所列材料相加为{sum(pages)}页，与合计{match[1]}页不符，请核对。"
            yield Finding("error", "figures", *match.span(), message)


def _several_requests(letter: Letter) -> bool:
    return letter.body.count("收到") > 1 and bool(re.search(r"分别|先后|两次|前一?次|曾", letter.body))


def _counted(texts: Iterable[str]) -> defaultdict[str, set[float]]:
    found: defaultdict[str, set[float]] = defaultdict(set)
    for text in texts:
        for match in _COUNTED.finditer(text):
            found[match[2]].add(_number(match[1]))
    return found


def _words(value: Any) -> Iterator[str]:
    """Every text of the facts, however deep."""
    if isinstance(value, Mapping):
        for inner in value.values():
            yield from _words(inner)
    elif isinstance(value, (list, tuple)):
        for inner in value:
            yield from _words(inner)
    elif isinstance(value, str):
        yield value


def _differs(span: tuple[int, int], what: str, said: str, known: str) -> Finding:
    return Finding("error", "figures", *span, f"{what}写的是“{said}”，案件事实是“{known}”，请核对。")


def _end_of_head(text: str) -> int:
    at = 0
    for _ in range(10):
        at = text.find("\n", at) + 1
        if at == 0:
            return len(text)
    return at


def _number(words: str) -> float:
    return float(words.replace(",", "").replace("，", "").rstrip("."))


def _printed(number: float) -> str:
    return f"{number:g}" if number < 1e6 else f"{number:.2f}".rstrip("0").rstrip(".")


def _bare(text: str) -> str:
    return _NOISE.sub("", text)
