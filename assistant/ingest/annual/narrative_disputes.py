"""Reviews and suits as the prose of a report counts them.

Only what concerns disclosure is read; cases the organ decided itself as reviewing authority are not.
Basis: 政府信息公开条例第五十条第一款第三项.
"""

import re
from collections.abc import Iterator

from assistant.ingest.annual.narrative_words import Number

Found = tuple[str, int]

_ABOUT = re.compile("复议|诉讼|起诉|应诉")
_AS_AUTHORITY = re.compile(r"(?:办理|审理|受理|审结|处理|代理)(?:各类)?(?:的)?(?:行政)?(?:复议|诉讼)")
_NEW_ONLY = re.compile(r"(?:新增|新收|本年新)[^,]{0,8}$")
_TAIL = r"(?:申请|案件|案|的|情况|数量|件数|数|被|提起|共计|共|计|有|为|收到|发生|各|均|:|\(|量)*$"
_BOTH = re.compile(r"复议(?:案件|申请|案)?(?:、|和|及|与|或)(?:被)?(?:提起)?(?:行政)?诉讼" + _TAIL)
_REVIEW = re.compile(r"行政复议" + _TAIL)
_DIRECT = re.compile(r"(?:未经复议)?直接(?:提?起诉|提起(?:行政)?诉讼)" + _TAIL)
_AFTER = re.compile(r"复议后(?:再)?(?:提?起诉|提起(?:行政)?诉讼)" + _TAIL)
_SUIT = re.compile(r"(?<!直接提起)(?<!复议后提起)(?:行政)?诉讼" + _TAIL)
_RESULTS = (
    ("upheld", re.compile(r"(?:结果|被|予以)?维持(?:的|原行政行为)?")),
    ("corrected", re.compile(r"(?:结果|被|予以)?纠正(?:的)?")),
    ("pending", re.compile(r"(?:尚未|未|还未)审结(?:的)?|正在审理(?:中)?")),
)
_LEADING = (
    ("review", re.compile(r"^(?:政府信息公开)?(?:申请)?(?:被)?(?:申请|提起)?(?:的)?行政复议")),
    ("lawsuits", re.compile(r"^(?:政府信息公开)?(?:被)?(?:提起)?(?:的)?行政诉讼")),
)
_NONE = re.compile(r"(?:未|没有|无|从未|零)(?!经复议)(?P<what>[^,。;:]*?(?:复议|诉讼)[^,。;:]*)")
_QUALIFIED = re.compile(r"败诉|纠正|纠错|撤销|确认违法|责任|因(?![^,]*公开)|维持")


def read_dispute(number: Number, before: str, topic: str) -> list[tuple[str, int]] | None:
    """Items and values a number gives about reviews and suits; None where it is about something else.

    An empty list: it is about them, but what it counts is not certain.
    """
    near = _ABOUT.search(number.clause) or _ABOUT.search(_clause_after(number.right))
    if not near and topic != "dispute":
        return None
    if _AS_AUTHORITY.search(before) or _NEW_ONLY.search(number.clause):
        return []
    named = _named(number, before)
    return [(item, number.value) for item in named]


def read_no_disputes(text: str) -> Iterator[tuple[str, re.Match[str]]]:
    """Statements that there was no review or no suit about disclosure."""
    for match in _NONE.finditer(text):
        what = match["what"]
        if _QUALIFIED.search(what) or re.search(r"\d", what):
            continue
        if "复议" in what.replace("复议后", "").replace("未经复议", ""):
            yield "review.total", match
        if "诉讼" in what:
            yield "lawsuits.total", match


def _named(number: Number, before: str) -> tuple[str, ...]:
    left = number.left
    if _BOTH.search(left):
        each = number.value == 0 or re.search("各|均", number.clause)
        return ("review.total", "lawsuits.total") if each else ("disputes.total",)
    for item, pattern in (("lawsuit_direct", _DIRECT), ("lawsuit_after_review", _AFTER)):
        if pattern.search(number.clause):
            return (f"{item}.total",)
    if _REVIEW.search(number.clause):
        return ("review.total",)
    if _SUIT.search(number.clause):
        return ("lawsuits.total",)
    for item, pattern in _LEADING:
        if pattern.match(number.right):
            return (f"{item}.total",)
    return _result(number, before)


def _result(number: Number, before: str) -> tuple[str, ...]:
    """维持1件, 1件尚未审结: a result, where only reviews or only suits were spoken of."""
    spoken = {word for word in ("复议", "诉讼") if word in before}
    if spoken != {"复议"}:
        return ()
    for item, pattern in _RESULTS:
        after = pattern.match(number.right.lstrip(",("))
        if after or re.search(f"(?:{pattern.pattern})$", number.clause):
            return (f"review.{item}",)
    return ()


def _clause_after(right: str) -> str:
    return re.split(r"[,:()、]", right, maxsplit=1)[0]
