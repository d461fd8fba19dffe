"""What stands on a web page around a report: menus, breadcrumbs, buttons, the foot of the site.

Only what is surely furniture goes. A sentence, a heading of a report and a table's cells never do, and
neither does what agency, date and index number are read from.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from assistant.ingest.files.table_rows import Item, Row, Words

# Elements that never hold words of a report, and those that hide theirs.
UNREAD = frozenset(
    (
        *("script", "style", "head", "noscript", "template", "iframe", "object", "applet", "svg", "math"),
        *("select", "option", "button", "textarea", "input", "canvas", "audio", "video", "map", "nav"),
        *("del", "rt", "rp"),
    )
)
# Furniture holds little: what has more elements than this is walked through instead.
_FURNITURE_SIZE = 400
# Elements looked into for furniture on one page; a page of nothing but menus is no report.
_LOOKS = 200_000
# A line longer than this is prose, or the foot of a site that nobody takes for a report.
_LINE_LIMIT = 200
_LINK_LIMIT = 60

_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
_FURNITURE_NAMES = re.compile(
    r"(?:^|[\s_-])(?:(?:main|top|left|sub|side)?nav(?:bar|igation|i)?|menus?|bread-?crumbs?|crumbs?|foot(?:er)?|"
    r"copy-?right|share|bdshare\w*|side-?bar|tool-?bar|qr-?code|ewm|friend-?links?|pagination|pages?-?nav|"
    r"login|search\w*|dangqian|weizhi)(?:$|[\s_-]|\d)",
    re.IGNORECASE,
)
_FURNITURE_ROLES = frozenset(("navigation", "contentinfo", "banner", "search", "menu"))
_REPORT_WORDS = re.compile(r"。|报告|索\s*引\s*号|发布机构|(?:公开|发布|成文)日期|申请|制发|现行有效")

_FOOT = re.compile(
    r"ICP\s*备|备案(?:序)?号\s*[:：]|公网安备|网站标识码\s*[:：]?\s*\w{6}|版权所有|copyright|©"
    r"|^(?:主办|承办|技术支持|维护)(?:单位)?\s*[:：]|^(?:微信)?扫一扫|扫一扫.{0,6}(?:手机|分享|关注)"
    r"|^分享到|^返回顶部|^无障碍(?:浏览|阅读)?$|^网站地图|^设为首页|^加入收藏|^建议使用.{0,20}浏览器"
    r"|^(?:当前|您的?|你的?)?(?:现在的?|当前的?|所在)?位置\s*[:：]"
    r"|^[【\[〖]?(?:上|下)一(?:篇|条|页)\s*[】\]〗]?(?:\s*[:：]|\s*$)",
    re.IGNORECASE,
)
_CRUMBS = re.compile(
    r"^首页(?:\s*(?:[>＞»›/]|->)+\s*[^>＞»›。]{1,30})+$|^[^>＞»›。]{1,20}(?:\s*[>＞»›]+\s*[^>＞»›。]{1,30}){2,}$"
)
_PIECES = re.compile(
    r"(?:^|(?<=[\s|｜】\]）)〗]))[【\[（(〖]?\s*(?:"
    r"(?:浏览|访问|点击|阅读)(?:次数|量|数)\s*[:：]?\s*(?:\d[\d,]*)?\s*次?"
    r"|字[号体]\s*[:：]?\s*[【\[（(]?\s*(?:(?:超大|特大|大|中|小|默认|放大|缩小)[\s|｜/+-]*)+[】\])）]?"
    r"|打印(?:本页|此页|本文)?|关闭(?:窗口|本页)?|收藏(?:本页)?|分享|我要纠错|纠错"
    r")\s*[】\]）)〗]?(?=$|[\s|｜【\[（(〖])"
)
_KEPT_LINKS = re.compile(
    r"^[一二三四五六]\s*、|^https?:|^www\.|附件|下载|\.(?:docx?|xlsx?|pdf|wps|et|ofd|zip)$", re.IGNORECASE
)
_SENTENCE = re.compile("[。；]")
_SIBLING = re.compile(r"^[【\[〖]?(?:上|下)一(?:篇|条|页)\s*[】\]〗]?\s*[:：]?$")


@dataclass
class Sight:
    """What a reader of one page sees of its elements."""

    looks: int = _LOOKS

    def misses(self, element: Any) -> bool:
        """Whether an element holds no words a reader sees, or only furniture of the site."""
        if element.tag in UNREAD:
            return True
        told = dict(element.items())
        if "hidden" in told or ("style" in told and _HIDDEN.search(told["style"])):
            return True
        return _named_furniture(element.tag, told) and not self._may_hold_report(element)

    def _may_hold_report(self, element: Any) -> bool:
        """Whether what is named as furniture holds a report after all; a big element may."""
        inner = list(islice(element.iter(), min(_FURNITURE_SIZE, self.looks) + 1))
        self.looks -= min(len(inner), self.looks)
        if len(inner) > _FURNITURE_SIZE or not self.looks:
            return True
        if any(node.tag == "td" for node in inner):
            return True
        return any(_REPORT_WORDS.search(f"{node.text or ''}{node.tail or ''}") for node in inner)


def without_furniture(items: Sequence[Item]) -> list[Item]:
    """The items of a page without the lines that are furniture."""
    links = _links_tell(items)
    kept: list[Item] = []
    sibling = False
    for item in items:
        if isinstance(item, Row):
            kept += () if _furniture_row(item) else (item,)
            sibling = False
            continue
        dropped = _is_furniture(item.text) or (item.linked and (links or sibling) and _only_leads(item.text))
        words = "" if dropped else _without_pieces(item.text)
        if words:
            kept.append(Words(words, item.linked, item.place))
        sibling = bool(_SIBLING.match(item.text))
    return kept


def _named_furniture(tag: str, told: Mapping[str, str]) -> bool:
    if tag == "footer" or told.get("role") in _FURNITURE_ROLES:
        return True
    if tag in ("body", "html", "form") or not ("class" in told or "id" in told):
        return False
    return bool(_FURNITURE_NAMES.search(f"{told.get('class', '')} {told.get('id', '')}"))


def _is_furniture(line: str) -> bool:
    if _SENTENCE.search(line) or len(line) > _LINE_LIMIT:
        return False
    return bool(_FOOT.search(line) or _CRUMBS.match(line))


def _furniture_row(row: Row) -> bool:
    """A row of nothing but furniture: no cell with a figure or another word."""
    filled = [words for words in row.cells if words]
    return bool(filled) and all(_is_furniture(words) or not _without_pieces(words) for words in filled)


def _without_pieces(line: str) -> str:
    """A line of a page's head without its buttons and counters; a sentence stays as it is."""
    if _SENTENCE.search(line) or len(line) > _LINE_LIMIT:
        return line
    return " ".join(_PIECES.sub(" ", line).split()).strip("|｜ ")


def _links_tell(items: Iterable[Item]) -> bool:
    """Whether a link says anything: where one was never closed, sentences of the report are linked too."""
    linked = (item.text for item in items if isinstance(item, Words) and item.linked)
    return not any("。" in text for text in linked)


def _only_leads(line: str) -> bool:
    """A line that only leads elsewhere; a number, a heading, an address and a file to fetch stay."""
    return (
        len(line) <= _LINK_LIMIT and "。" not in line and not line.isdigit() and not _KEPT_LINKS.search(line)
    )
