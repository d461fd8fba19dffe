"""Reading a request letter: who asks, whom, for what, in which form, under which law, and what is missing.

Only what the letter says is read; nothing is guessed. Spans lead back to the letter's own text.
Basis: 政府信息公开条例第二十九条.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from assistant.errors import InputError
from assistant.law.finding import Found, find_citations
from assistant.law.naming import KnownNames

LIMIT = 1024 * 1024
WITHIN = 2_000
CITED_WITHIN = 50_000

_REGULATION = "政府信息公开条例"
_NAMES_OF_THE_REGULATION = KnownNames.of(
    (name, _REGULATION) for name in (_REGULATION, "信息公开条例", "条例")
)
_LINE = re.compile(r"[^\n]+")
_TITLE = re.compile(r"^\s*(?:关于)?.{0,20}(?:政府)?信息公开申请(?:书|表)?\s*$")
_SALUTATION = re.compile(
    r"^\s*(?:致|尊敬的)?\s*(?P<organ>[一-龥]{2,28}(?:政府|办事处|局|委员会|委|厅|队|所|中心|办公室|站|院|部))\s*[：:]\s*$"
)
_ADDRESSED = re.compile(
    r"(?:受理(?:单位|机关)|被申请(?:单位|机关)|致)\s*[：:]?\s*(?P<organ>[一-龥]{2,28}?(?:政府|办事处|局|委员会|委|厅|大队|支队|所|中心|办公室|站))"
)
_PERSONAL = re.compile(
    r"^\s*(?:申请人(?:姓名|名称)?|姓名|名称|法定代表人|委托代理人|代理人|身份证(?:号码?|件号码?)?|证件(?:号码?|名称)|统一社会信用代码|"
    r"(?:联系|通讯|通信|邮寄|居住)?(?:地址|住址)|联系(?:电话|人|方式)|(?:手机|电话)(?:号码)?|电子?邮(?:箱|件)|邮政?编码?|"
    r"申请(?:日期|时间)|日期|签名(?:或盖章)?|此致|敬礼|附件?)\s*(?:[：:]|$)"
)
_DATE = re.compile(r"(?P<year>20\d{2})\s*[年.\-/]\s*(?P<month>\d{1,2})\s*[月.\-/]\s*(?P<day>\d{1,2})\s*日?")
_DATE_LINE = re.compile(rf"^\s*(?:申请)?(?:日期|时间)?[：:]?\s*{_DATE.pattern}\s*$", re.MULTILINE)
_APPLICANT = (
    re.compile(r"申请人(?:姓名|名称)?\s*[：:]\s*(?P<name>[一-龥A-Za-z·（）()]{2,40})"),
    re.compile(r"(?:^|[，,。\n])\s*姓名\s*[：:]\s*(?P<name>[一-龥·]{2,12})"),
    re.compile(r"(?:我叫|本人姓名为?|本人叫)(?P<name>[一-龥·]{2,4}?)(?=[，,。；;\s]|，|$)"),
    re.compile(r"申请人(?P<name>[一-龥·]{2,4}?)(?=申请公开|系|，|,|请求)"),
)
_CONTACT = re.compile(
    r"(?<!\d)1[3-9]\d[\s-]?[\d*×]{4}[\s-]?\d{4}(?!\d)|(?<!\d)0\d{2,3}[-—]\d{7,8}(?!\d)|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|"
    r"(?:联系|通讯|通信|邮寄|收件)(?:地址|电话|方式|人)\s*[：:]\s*\S+|邮箱\s*[：:]\s*\S+"
)
_IDENTITY = re.compile(
    r"(?<!\d)[1-9]\d{5}(?:19|20)\d{2}(?:0\d|1[0-2])(?:[0-2]\d|3[01])\d{3}[\dXx](?!\d)|统一社会信用代码|营业执照|"
    r"身份证(?:号|件号)?\s*[：:]\s*\S+|(?:附|随附|附上|提供)[^。\n]{0,20}(?:身份证|户口簿|护照|证件|出生证|执照)|身份证明"
)
_FORM = re.compile(
    r"纸质(?:版|件|文本)?|复印件?|电子(?:版|邮件|文档|文本|档|数据)?|扫描件?|光盘|U盘|邮寄|快递|当面(?:领取)?|自(?:行)?领取?|"
    r"现场查阅|查阅|抄录|网上(?:下载|获取|查看)?|发(?:我|到)?[^。\n]{0,6}邮箱|EMS"
)
_FORM_CLAUSE = re.compile(
    rf"^\s*(?:并|还|另)?(?:请|望|烦请|希望|要求|麻烦|获取方式|提供方式|所需形式|形式|方式|最好)?[^，,。；;]{{0,8}}?(?:以|用|采取|按|通过)?(?:{_FORM.pattern})"
    r"[^，,。；;]{0,16}$|^\s*(?:请|望)?[^，,。]{0,6}(?:依法|及时|尽快|书面)?(?:答复|回复)(?:我|本人|申请人)?\s*$|^\s*(?:谢谢|急用?|此致)[^，,。]{0,4}$"
)
_LABEL = re.compile(
    r"(?:所需(?:的)?(?:政府)?信息(?:内容)?(?:的)?(?:描述|名称)?|需要的信息|信息(?:名称|内容描述|内容)|申请(?:公开(?:的)?)?(?:内容|事项|信息)|文件名称|名称|(?<![一-龥])内容)\s*(?:如下)?\s*[：:]\s*"
)
_VERB = re.compile(
    r"(?:申请|请求|要求|兹申请|特申请)(?:贵[一-龥]{1,2}|你[一-龥]{1,2})?(?:依法)?(?:公开|获取|查阅|提供|复制)(?:以下|下列|如下)?(?:政府)?(?:信息|材料)?(?:如下)?\s*[：:]?\s*|"
    r"(?:请|麻烦)(?:贵[一-龥]{1,2}|你[一-龥]{1,2})?(?:依法)?(?:公开|提供)(?:以下|下列)?(?:政府)?(?:信息)?\s*[：:]?\s*"
)
_MARKER = re.compile(
    r"(?:(?<=[\n；;。：:，,、\s])|^)\s*(?:\d{1,2}\s*[.、．)）](?!\d{1,3}(?!\d))|[（(]\s*(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s*[)）]|[一二三四五六七八九十]{1,2}、|[①-⑳])\s*"
)
_STOP = re.compile(r"[。！!？?\n]")
_EDGE = " \t\n\r，,。；;：:、"
_VAGUE = re.compile(
    r"^(?:相关|有关|全部|所有|一切|其他|的|和|及|等|信息|材料|资料|情况|文件|东西|手续|政府|公开|公开的|那个|事)*$"
)


@dataclass(frozen=True)
class Item:
    """One thing asked for: `text` is the letter's text[start:end]."""

    text: str
    start: int
    end: int


@dataclass(frozen=True)
class Request:
    """A request letter as read. `asked` are the applicant's own words for the information.

    `body` is the letter without letterhead, personal lines and date: what its content is judged by.
    `missing` names the points of the law that the letter does not fill (keys of request_points.yaml).
    """

    text: str
    body: str
    asked: str
    items: tuple[Item, ...]
    applicant: str | None
    contact: str | None
    has_identity: bool
    form: str | None
    on: date | None
    agency: str | None
    cited: tuple[Found, ...]

    @property
    def missing(self) -> tuple[str, ...]:
        """Points the letter does not fill: applicant, identity, contact, description, form.

        Basis: 政府信息公开条例第二十九条第二款.
        """
        filled = {
            "applicant": bool(self.applicant),
            "identity": self.has_identity,
            "contact": bool(self.contact),
            "description": not _VAGUE.match(self.asked),
            "form": bool(self.form),
        }
        return tuple(key for key, there in filled.items() if not there)


def read_request(text: str, names: KnownNames = _NAMES_OF_THE_REGULATION) -> Request:
    """Read a letter, a portal form or a bare sentence. Raises InputError for an empty or endless one.

    `names` are the names of instruments to look for (see law.naming); the default knows the Regulation.
    """
    refuse_unusable(text)
    body = _body(text)
    asked = _asked(text, body)
    return Request(
        text=text,
        body=body_of(text),
        asked=text[asked[0] : asked[1]],
        items=tuple(_items(text, *asked)),
        applicant=_applicant(text),
        contact="；".join(dict.fromkeys(match[0].strip() for match in _CONTACT.finditer(text[-WITHIN:])))
        or None,
        has_identity=bool(_IDENTITY.search(text)),
        form="、".join(dict.fromkeys(match[0] for match in _FORM.finditer(text[-WITHIN:]))) or None,
        on=_date(text),
        agency=_agency(text),
        cited=tuple(find_citations(text[:CITED_WITHIN], names)),
    )


def body_of(text: str) -> str:
    """The letter without letterhead, personal lines and date: what its content is judged by."""
    return "\n".join(text[start:end] for start, end in _body(text))


def refuse_unusable(text: str) -> None:
    """Raises InputError where a letter holds no words or more than a letter can."""
    if not text.strip():
        raise InputError("申请内容是空的，没有可以研判的文字。请粘贴或者上传申请书的正文。")
    if len(text) > LIMIT or len(text.encode("utf-8")) > LIMIT:
        raise InputError("申请内容超过 1 MB，不像一份申请书。请只保留申请书正文后再试。")


def _body(text: str) -> list[tuple[int, int]]:
    """Spans of the lines that carry content; the whole text where every line looks like a form's head."""
    lines = [match.span() for match in _LINE.finditer(text)]
    kept = [
        span
        for span in lines
        if text[slice(*span)].strip()
        and not any(p.match(text[slice(*span)]) for p in (_TITLE, _SALUTATION, _PERSONAL, _DATE_LINE))
    ]
    return kept or [(0, len(text))]


def _asked(text: str, body: list[tuple[int, int]]) -> tuple[int, int]:
    """The words that describe the information: after a label, after the verb of asking, or all the body."""
    first, last = body[0][0], body[-1][1]
    label = _LABEL.search(text, first, last)
    start = label or _VERB.search(text, first, last)
    if not start or not text[start.end() : last].strip(_EDGE):
        return _trim(text, first, last)
    listed = _MARKER.search(text, start.end(), last)
    if listed and not text[start.end() : listed.start()].strip(_EDGE):
        return _trim(text, start.end(), _end_of_list(text, start.end(), last))
    stop = _STOP.search(text, start.end(), last)
    return _without_form(text, *_trim(text, start.end(), stop.start() if stop else last))


def _end_of_list(text: str, start: int, last: int) -> int:
    """Where the line or sentence of the last numbered item ends."""
    *_, final = _MARKER.finditer(text, start, last)
    stop = _STOP.search(text, final.end(), last)
    return stop.start() if stop else last


def _without_form(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without closing clauses that only say in which form, or ask for an answer."""
    while True:
        cut = max(text.rfind(mark, start, end) for mark in "，,；;")
        if cut <= start or not _FORM_CLAUSE.match(text[cut + 1 : end]):
            return _trim(text, start, end)
        end = cut


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in _EDGE:
        start += 1
    while end > start and text[end - 1] in _EDGE:
        end -= 1
    return start, end


def _items(text: str, start: int, end: int) -> Iterator[Item]:
    """Numbered items, or the one thing asked for."""
    marks = list(_MARKER.finditer(text, start, end))
    if len(marks) < 2:
        marks = []
    begins = [mark.end() for mark in marks] or [start]
    ends = [mark.start() for mark in marks[1:]] + [end]
    for begin, stop in zip(begins, ends, strict=True):
        begin, stop = _trim(text, begin, stop)
        if begin < stop:
            yield Item(text[begin:stop], begin, stop)


def _applicant(text: str) -> str | None:
    for pattern in _APPLICANT:
        found = pattern.search(text)
        if found:
            return found["name"].strip()
    return None


def _date(text: str) -> date | None:
    """The date the letter bears: on a line of its own; none where the calendar has no such day."""
    *_, found = [None, *_DATE_LINE.finditer(text)]
    if found is None:
        return None
    try:
        return date(int(found["year"]), int(found["month"]), int(found["day"]))
    except ValueError:
        return None


def _agency(text: str) -> str | None:
    for line in _LINE.finditer(text[:WITHIN]):
        found = _SALUTATION.match(line[0])
        if found:
            return found["organ"]
    named = _ADDRESSED.search(text[:WITHIN])
    return named["organ"] if named else None
