"""What a letter asks for: its items, the form wanted, and what it demands or tells besides.

An item is one thing with its attributes; it is split where the letter numbers, counts (一是…二是), names two
documents (以及, 《…》和《…》) or asks anew. Basis: 政府信息公开条例第二十九条第二款第（二）项、第（三）项.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TypeVar

from assistant.triage.letter_rules import DemandKind, ReadingRules, Wording
from assistant.triage.letter_spans import EDGE, Said, Span, body_spans, clause, sentence, trim

ASKS, TAIL, NUMBER, LIST = 100, 30, 8, 2_000

_LABEL = re.compile(
    r"(?:所需(?:的)?(?:政府)?信息(?:内容)?(?:的)?(?:描述|名称)?|需要的信息|信息(?:名称|内容描述|内容)|申请(?:公开(?:的)?)?(?:内容|事项|信息)|文件名称)\s*(?:如下)?\s*[：:]\s*"
)
_WEAK_LABEL = re.compile(r"(?<![件位织人构业司])(?:名称|(?<![一-龥])内容)\s*(?:如下)?\s*[：:]\s*")
_VERB = re.compile(
    r"(?:申请|请求|要求|兹申请|特申请)(?:贵[一-龥]{1,2}|你[一-龥]{1,2})?(?:依法)?(?:公开|获取|查阅|提供|复制)(?:以下|下列|如下)?(?:政府)?(?:信息|材料)?(?:如下)?\s*[：:]?\s*|"
    r"(?:请|麻烦)(?:贵[一-龥]{1,2}|你[一-龥]{1,2})?(?:依法)?(?:公开|提供)(?:以下|下列)?(?:政府)?(?:信息)?\s*[：:]?\s*"
)
_MARKER = re.compile(
    r"(?:(?<=[\n；;。：:，,、\s开取供阅制息料件])|^)\s*(?:(?<![开取供阅制息料件])\d{1,2}\s*[.、．)）](?!\d{1,3}(?!\d))|[（(]\s*(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s*[)）]|(?<![开取供阅制息料件])[一二三四五六七八九十]{1,2}、)\s*|[①-⑳]\s*"
)
_SPOKEN = re.compile(
    r"(?:(?<=[\n；;。：:，,、\s息件项料容])|^)(?:其)?(?:[一二三四五六七八九十]是|第[一二三四五六七八九十]{1,2}(?:项|份|件)?[，,、：:])\s*"
)
_WORD = re.compile(f"[^{EDGE}]")
_STOP = re.compile(r"[。！!？?\n]")
_FORM = re.compile(
    r"纸质(?:版|件|文本)?|复印件?|电子(?:版|邮件|文档|文本|档|数据)?|扫描件?|光盘|U盘|邮寄|快递|当面(?:领取)?|自(?:行)?领取?|"
    r"现场查阅|查阅|抄录|网上(?:下载|获取|查看)?|发(?:我|到)?[^。\n]{0,6}邮箱|EMS"
)
_FORM_CLAUSE = re.compile(
    rf"^\s*(?:并|还|另)?(?:请|望|烦请|希望|要求|麻烦|获取方式|提供方式|所需形式|形式|方式|最好)?[^，,。；;]{{0,8}}?(?:以|用|采取|按|通过)?(?:{_FORM.pattern})"
    r"[^，,。；;]{0,16}$|^\s*(?:请|望)?[^，,。]{0,6}(?:依法|及时|尽快|书面)?(?:答复|回复)(?:我|本人|申请人)?\s*$|^\s*(?:谢谢|急用?|此致)[^，,。]{0,4}$"
)
_ONLY_FORM = re.compile(
    r"^(?:一份|相应的?)?(?:纸质(?:版|件|文本|材料)?|复印件|电子(?:版|邮件|文档|文本|档|数据)|扫描件|光盘|书面)[^，,。；;]{0,12}$"
)
_FORM_BEGINS = re.compile(
    r"[，,；;]\s*(?:并|另|还)?(?:请|希望|望|麻烦|烦请|要求|提供方式|获取方式|以|用|通过)[^，,。；;]{0,12}?"
    rf"(?:{_FORM.pattern}|寄(?:给|到|至|往|回|送)|传真|复印|书面|来拿|来取|提供给)"
)
_ALSO = re.compile(
    r"[，,；;]\s*(?:以及|同时(?:申请(?:公开)?)?|还有|另外?申请(?:公开)?)|以及|[，,；;]?并申请公开"
)
_NOT_ALSO = re.compile(r"\s*(?:其|相关|有关|所附|全部附|附|配套|上述|该|复印|有无|是否|具体|详细|等)")
# What a document's name ends with: two of them joined by 以及 are two things, two attributes of one are not.
_DOCUMENT = re.compile(
    r"(?:合同|协议书?|报告书?|方案|批复|文件|通知书?|决定书?|登记[表簿]|审批表|名[册单]|台账|清单|纪要|记录|许可证|证书?|图纸?|"
    r"预算|决算|凭证|发票|明细表?|标准|公告|公示|请示|函|意见|手续|材料|信息|数据|表|书|簿|规划|录像|视频|档案|》)(?:复印件|原件|全文)?$"
)
_TITLES = re.compile(r"《[^《》\n]{2,60}》")
_EARLIER = re.compile(r"(?:曾|此前|之前|上次|前次|去年|前年|已经?|日已?|月已?)[^，,。；;\n]{0,14}$")
_VAGUE = re.compile(
    r"^(?:相关|有关|全部|所有|一切|其他|其它|别的|的|和|及|等|信息|材料|资料|情况|文件|东西|手续|政府|公开|公开的|那个|事|上述|该|以上|与此|与之)*$"
)
_SPEAKS_OF_FORM = re.compile(
    r"[Rr]eply|[Bb]y e|提供|获取|形式|方式|载体|途径|寄|发到|发至|发我|发送|领取?|自取|查阅|阅览|抄录|拍照|下载|复印|来拿|来取|[请以].{0,6}(?:纸质|电子|书面|传真)|复印件?$"
)
_OTHER_WAYS = re.compile(r"(?:申请|提交|递交|联系|收件|登记)(?:方式|渠道|途径)\s*[：:][^\n。；;]*")
_UNCHOSEN = re.compile(r"[□☐○◯][ \t　]?$")
_ENCLOSED = re.compile(r"(?:附件?|随附|附上|附后|已上传|出示|身份证|营业执照|执照|委托书)[^。；;\n]{0,24}$")


@dataclass(frozen=True)
class Wanted:
    """A form or a road the letter names, with the words for it."""

    kind: Wording
    words: Said


@dataclass(frozen=True)
class Demand:
    """What is asked for and is no information: to act, to explain, to certify."""

    kind: DemandKind
    words: Said


_W = TypeVar("_W", Wanted, Demand)


def is_vague(words: str) -> bool:
    """Whether words name nothing that could be looked for."""
    return bool(_VAGUE.match(re.sub(r"\s", "", words)))


def asked_spans(text: str) -> list[Span]:
    """Where the letter describes the information: after its label, after each verb of asking, or all its body.

    An earlier request that the letter only tells of is not asked for now.
    """
    body = body_spans(text)
    first, last = body[0][0], body[-1][1]
    label = _LABEL.search(text) or _WEAK_LABEL.search(text)
    if label and _WORD.search(text, label.end()):
        return [_described(text, label.end(), max(last, sentence(text, label.end())[1]))]
    found = [(verb, _described(text, _from(text, first, verb), last)) for verb in _verbs(text, first, last)]
    told = [span for verb, span in found if span[0] < span[1] and not is_vague(text[slice(*span)])]
    now = [
        span
        for verb, span in found
        if span in told
        and not _tells_of_earlier(text, first, verb.start())
        and not _ONLY_FORM.match(text[slice(*span)])
    ]
    return _outermost(now or told or [span for _, span in found if span[0] < span[1]]) or [
        trim(text, first, last)
    ]


def items_of(text: str, spans: Iterable[Span]) -> Iterator[Said]:
    """The things asked for in those stretches, each at its place."""
    for start, end in spans:
        marks = _marks(text, start, end)
        begins = [mark.end() for mark in marks] or [start]
        ends = [mark.start() for mark in marks[1:]] + [_last_ends(text, begins[-1], end) if marks else end]
        for begin, stop in zip(begins, ends, strict=True):
            verb = _VERB.match(text, *trim(text, begin, stop))
            for part in _parted(text, *trim(text, verb.end() if verb and verb.end() < stop else begin, stop)):
                part = _without_form(text, *part)
                if part[0] < part[1]:
                    yield Said(text[part[0] : part[1]], *part)


def wanted_forms(text: str, items: Iterable[Said], rules: ReadingRules) -> Iterator[Wanted]:
    """Forms and roads, in the order of the text; not what the items are about, nor what is enclosed."""
    taken = [(item.start, item.end) for item in items]
    found: list[Wanted] = []
    taken += [match.span() for match in _OTHER_WAYS.finditer(text)]
    for kind in rules.forms:
        for match in kind.words.finditer(text):
            start, end = match.span()
            inside = next((span for span in taken if span[0] <= start < span[1]), None)
            if inside and not (kind.group == "medium" and end == inside[1] and start > inside[0]):
                continue
            if _UNCHOSEN.search(text, max(0, start - 3), start):
                continue
            if (inside or _of_providing(text, start, end)) and not _ENCLOSED.search(
                text, max(0, start - 30), start
            ):
                found.append(Wanted(kind, Said(match[0], start, end)))
    first: dict[str, Wanted] = {}
    for one in _without_overlaps(sorted(found, key=lambda w: (w.words.start, -w.words.end))):
        first.setdefault(one.kind.key, one)
    return iter(first.values())


def demands_of(text: str, rules: ReadingRules) -> Iterator[Demand]:
    """What the body demands besides information, in the order of the text."""
    found = []
    for start, end in body_spans(text):
        for kind in rules.demands:
            for match in kind.words.finditer(text, start, end):
                begin, stop = trim(text, *(clause(text, *match.span()) if kind.widen else match.span()))
                number = _MARKER.match(text, begin, stop)
                begin = number.end() if number else begin
                if begin < stop:
                    found.append(Demand(kind, Said(text[begin:stop], begin, stop)))
    yield from _without_overlaps(sorted(found, key=lambda d: (d.words.start, -d.words.end)))


def purposes_of(text: str, rules: ReadingRules) -> Iterator[Said]:
    """What the letter tells of its purpose: nobody may ask for it."""
    for match in rules.purposes.finditer(text):
        start, end = trim(text, *match.span())
        yield Said(text[start:end], start, end)


def _verbs(text: str, first: int, last: int) -> Iterator[re.Match[str]]:
    """The verbs of asking after which something follows; a letter asks a few times, not a thousand."""
    verbs = (verb for verb in _VERB.finditer(text, first, last) if _WORD.search(text, verb.end(), last))
    return islice(verbs, ASKS)


def _from(text: str, first: int, verb: re.Match[str]) -> int:
    """After the verb; where the verb itself stands in the first item of a list, from the number of that item."""
    low = max(first, verb.start() - NUMBER)
    marks = [m for m in _MARKER.finditer(text, low, verb.start()) if m.end() == verb.start()]
    return (
        marks[-1].start()
        if marks and len(_marks(text, marks[-1].start(), verb.end() + LIST)) > 1
        else verb.end()
    )


def _last_ends(text: str, begin: int, end: int) -> int:
    """The last item of a list ends with its sentence: what follows is no longer the list."""
    stop = _STOP.search(text, begin, end)
    return stop.start() if stop else end


def _tells_of_earlier(text: str, first: int, at: int) -> bool:
    begin = max(first, sentence(text, at)[0])
    return bool(_EARLIER.search(text, begin, at))


def _described(text: str, start: int, last: int) -> Span:
    """From the verb or label to the end of its list, or of its sentence, without words about the form."""
    begin = trim(text, start, last)[0]
    if _MARKER.match(text, begin, last) or _SPOKEN.match(text, begin, last):
        marks = _marks(text, start, last)
        if marks:
            stop = _STOP.search(text, marks[-1].end(), last)
            return trim(text, start, stop.start() if stop else last)
    stop = _STOP.search(text, start, last)
    return _without_form(text, *trim(text, start, stop.start() if stop else last))


def _marks(text: str, start: int, end: int) -> list[re.Match[str]]:
    """The numbers of a list, all in the style of its first; a lone one numbers nothing."""
    for pattern in (_MARKER, _SPOKEN):
        marks = list(pattern.finditer(text, start, end))
        alike = [mark for mark in marks if _style(mark[0]) == _style(marks[0][0])]
        if len(alike) > 1 and not text[start : alike[0].start()].strip(EDGE):
            return alike
        if len(alike) > 1 and pattern is _MARKER:
            return alike
    return []


def _style(mark: str) -> str:
    """How a number of a list is written, without its value."""
    bare = re.sub(r"\s", "", mark)
    return re.sub(r"[一二三四五六七八九十]+", "一", re.sub(r"[①-⑳]", "①", re.sub(r"\d+", "1", bare)))


def _parted(text: str, start: int, end: int) -> list[Span]:
    """One thing, or the two or more that 以及 or a row of titles joins."""
    cuts = [
        match.span()
        for match in _ALSO.finditer(text, start, end)
        if not _NOT_ALSO.match(text, match.end(), end) and _names_document(text, start, match.start())
    ]
    if not _names_document(text, start, end):
        cuts = []
    if not cuts:
        named = list(_TITLES.finditer(text, start, end))
        between = [text[a.end() : b.start()].strip() for a, b in zip(named, named[1:], strict=False)]
        if len(named) > 1 and set(between) <= set("、和及与") and named[-1].end() == end:
            cuts = [(a.end(), b.start()) for a, b in zip(named, named[1:], strict=False)]
    begins = [start, *(stop for _, stop in cuts)]
    ends = [*(begin for begin, _ in cuts), end]
    return [trim(text, begin, stop) for begin, stop in zip(begins, ends, strict=True)]


def _names_document(text: str, start: int, end: int) -> bool:
    return bool(_DOCUMENT.search(text[max(start, end - TAIL) : end].rstrip(EDGE)))


def _without_form(text: str, start: int, end: int) -> Span:
    """The span without closing clauses that only say in which form, or ask for an answer."""
    begun = _FORM_BEGINS.search(text, start, end)
    if begun and not _VERB.search(text, begun.end(), end):
        end = begun.start()
    while True:
        cut = max(text.rfind(mark, start, end) for mark in "，,；;")
        if cut <= start or not _FORM_CLAUSE.match(text[cut + 1 : end]):
            return trim(text, start, end)
        end = cut


def _of_providing(text: str, start: int, end: int) -> bool:
    begin, stop = sentence(text, start)
    return bool(_SPEAKS_OF_FORM.search(text[begin : max(stop, end)]))


def _outermost(spans: list[Span]) -> list[Span]:
    """Each stretch once, the longer where one lies in another."""
    kept: list[Span] = []
    for span in sorted(set(spans), key=lambda s: (s[0], -s[1])):
        if not kept or span[0] >= kept[-1][1]:
            kept.append(span)
    return kept


def _without_overlaps(found: list[_W]) -> list[_W]:
    kept: list[_W] = []
    for one in found:
        if not kept or one.words.start >= kept[-1].words.end:
            kept.append(one)
    return kept
