"""Stretches of a letter: what is said, and where. Lines that carry content, lines of the form, words quoted."""

import re
from dataclasses import dataclass

Span = tuple[int, int]

SENTENCE, CLAUSE = 400, 60
EDGE = " \t\n\r　，,。；;：:、"
LINE = re.compile(r"[^\n]+")
_POINTS = "，,。；;！!？?\n"
_STOPS = "。；;\n！!？?"
_CELL = re.compile(r"[ \t]*\|[ \t]?|\t")
_CELL_LABEL = re.compile(
    r"(?:公民)?(?:姓名|性别|民族|工作单位|单位名称|名称|证件(?:名称|类型|号码?)|身份证(?:件)?号码?|(?:通[信讯]|联系|邮寄|居住)?(?:地址|住址)|(?:联系|手机|移动|固定)?(?:电话|手机)(?:号码)?|"
    r"邮政?编码?|电子?邮[箱件](?:地址)?|统一社会信用代码|组织机构代码|营业执照(?:信息)?|法人代表(?:姓名)?|法定代表人|(?:联系人|代理人|委托代理人)(?:姓名)?|传真|"
    r"申请人(?:姓名|名称|签名|签字|签章|盖章|或者?|、|/)*|(?:申请|填表|提交)(?:时间|日期|方式)|(?:所需|申请)(?:政府)?信息[^|\n]{0,10}|(?:申请)?(?:内容|事项|用途)|文号|"
    r"(?:信息的?)?(?:指定)?(?:提供|获取|载体)[^|\n]{0,8}(?:方式|形式|途径)|备注)\s*(?:[（(][^（）()\n]{0,14}[）)])?\s*"
)
_QUOTE = re.compile(r"[“「『\"]([^“”「」『』\"]{30,4000})[”」』\"]")
_TITLE = re.compile(r"^\s*(?:关于)?.{0,20}(?:政府)?信息公开申请(?:书|表)?\s*$")
SALUTATION = re.compile(
    r"^\s*(?:致|尊敬的)?\s*(?P<organ>[一-龥]{2,28}(?:政府|办事处|局|委员会|委|厅|队|所|中心|办公室|站|院|部))\s*[：:]\s*$"
)
_PERSONAL = re.compile(
    r"^\s*(?:申请人(?:姓名|名称)?|姓名|名称|法定代表人|委托代理人|代理人|身份证(?:号码?|件号码?)?|证件(?:号码?|名称)|统一社会信用代码|"
    r"(?:联系|通讯|通信|邮寄|居住)?(?:地址|住址)|联系(?:电话|人|方式)|(?:手机|电话)(?:号码)?|电子?邮(?:箱|件)|邮政?编码?|"
    r"申请(?:日期|时间)|日期|签名(?:或盖章)?|此致|敬礼|附件?)\s*(?:[：:]|$)"
)
_DATE = r"20\d{2}\s*[年.\-/]\s*\d{1,2}\s*[月.\-/]\s*\d{1,2}\s*日?"
_DATE_LINE = re.compile(rf"^\s*(?:申请)?(?:日期|时间)?[：:]?\s*{_DATE}\s*$")


@dataclass(frozen=True)
class Said:
    """Words of a letter: `text` is the letter's text[start:end]."""

    text: str
    start: int
    end: int

    def inside(self, span: Span) -> bool:
        """Whether these words lie within a stretch."""
        return span[0] <= self.start and self.end <= span[1]


def said(text: str, start: int, end: int) -> Said:
    """A stretch without the blanks and points at its edges."""
    start, end = trim(text, start, end)
    return Said(text[start:end], start, end)


def written(text: str, one: Said) -> Said:
    """The same stretch in the letter's own signs, where it was found in a view of it."""
    return Said(text[one.start : one.end], one.start, one.end)


def trim(text: str, start: int, end: int) -> Span:
    """The stretch without blanks and points at its edges."""
    while start < end and text[start] in EDGE:
        start += 1
    while end > start and text[end - 1] in EDGE:
        end -= 1
    return start, end


def body_spans(text: str) -> list[Span]:
    """Spans of the lines that carry content; the whole text where every line looks like a form's head."""
    kept = [
        span
        for span in (match.span() for match in LINE.finditer(text))
        if text[slice(*span)].strip()
        and not any(p.match(text[slice(*span)]) for p in (_TITLE, SALUTATION, _PERSONAL, _DATE_LINE))
    ]
    return kept or [(0, len(text))]


def formed(text: str) -> str:
    """The letter with the cells of a form's table as lines of label and value, at the same length.

    A cell that is a label keeps its value behind a colon; every other cell begins a line.
    """
    if "|" not in text and "\t" not in text:
        return text
    parts, at = [], 0
    for bar in _CELL.finditer(text):
        cell = text[max(at, text.rfind("\n", 0, bar.start()) + 1) : bar.start()].strip(" :：")
        sign = "：" if _CELL_LABEL.fullmatch(cell) else "\n"
        parts += [text[at : bar.start()], sign.ljust(bar.end() - bar.start())]
        at = bar.end()
    return "".join((*parts, text[at:]))


def titles(text: str) -> list[Span]:
    """Lines that are the title of a request."""
    return [match.span() for match in LINE.finditer(text) if _TITLE.match(match[0])]


def quoted(text: str) -> list[Span]:
    """Longer stretches in quotation marks that hold a letter of their own, and lines quoted by >."""
    found = [m.span(1) for m in _QUOTE.finditer(text) if re.search(r"申请人\s*[：:]|此致|信息公开申请", m[1])]
    return found + [m.span() for m in LINE.finditer(text) if m[0].lstrip().startswith((">", "＞"))]


def blanked(text: str, spans: list[Span]) -> str:
    """The text with stretches blanked out at the same length, line breaks kept."""
    parts, at = [], 0
    for start, end in sorted(spans):
        if start >= at:
            parts += [text[at:start], re.sub(r"[^\n]", "□", text[start:end])]
            at = end
    return "".join((*parts, text[at:]))


def sentence(text: str, at: int) -> Span:
    """The sentence or line around a place; of an endless one, what is near."""
    low, high = max(0, at - SENTENCE), min(len(text), at + SENTENCE)
    start = max(text.rfind(mark, low, at) for mark in _STOPS) + 1
    ends = [end for end in (text.find(mark, at, high) for mark in _STOPS) if end >= 0]
    return max(start, low), min(ends, default=high)


def clause(text: str, start: int, end: int) -> Span:
    """The words between two points around a stretch; of endless ones, what is near."""
    low, high = max(0, start - CLAUSE), min(len(text), end + CLAUSE)
    begin = max(text.rfind(mark, low, start) for mark in _POINTS) + 1
    ends = [at for at in (text.find(mark, end, high) for mark in _POINTS) if at >= 0]
    return max(begin, low), min(ends, default=high)
