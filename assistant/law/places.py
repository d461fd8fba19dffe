"""第…条第…款第（…）项 in running text: single places, lists that share a unit, ranges.

Everything here reads a cleaned text (see cleaning.py): digits are plain, brackets are （）, a line break is \\n.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Literal, NamedTuple

from assistant.law.numerals import to_int

Unit = Literal["article", "paragraph", "item"]

_NUMBER = r"(?:[0-9]{1,4}(?![0-9])|[〇零一二两三四五六七八九十百千]{1,9})"
_ENCLOSED = {
    **{chr(ord("㈠") + n): n + 1 for n in range(10)},
    **{chr(ord("①") + n): n + 1 for n in range(20)},
    **{chr(ord("⑴") + n): n + 1 for n in range(20)},
}
_COUNT = rf"(?:（?{_NUMBER}）?|[{''.join(_ENCLOSED)}])"
_RANGE_SIGN = r"(?:至|到|-{1,2}|~)"
_SEPARATOR = rf"\n?(?:、|，|和|及|与|或|以及|或者|{_RANGE_SIGN})\n?"
# A list that shares its unit has at most so many numbers, so that finding stays linear.
_MANY = 30
_MANY_IN_RANGE = 100


def _run(unit: str, lead: str) -> str:
    """第14、15、16条: numbers that share one unit."""
    return rf"{lead}{_COUNT}(?:{_SEPARATOR}第?{_COUNT}){{0,{_MANY}}}{unit}"


# A number without 第 goes on to count things (七项情形, 两款) as often as to name a place.
_NO_COUNTING = r"(?!情形|内容|材料|要求|答复|事项|意见|建议|措施|理由|道路|规定均|均|都|目)"
_BARE = r"(?![两])"
_BRANCH = re.compile(r"之([一二三四五六七八九十]{1,3})(?![条款项])")
_ARTICLE = re.compile(_run("条", "第") + "(?!例)")
_ARTICLE_WITHOUT_DI = re.compile(rf"{_BARE}{_run('条', '第?')}(?!例){_NO_COUNTING}")
_PARAGRAPH = re.compile(
    rf"\n?(?:{_run('款', '第')}(?!项(?![第规的之，。、]))|{_BARE}{_run('款', '')}{_NO_COUNTING})"
)
_ITEM = re.compile(rf"\n?(?:{_run('项', '第')}(?!目)|{_BARE}{_run('项', '')}{_NO_COUNTING})")
_NUMBERED_ITEM = re.compile(rf"\n?(?:第|（|[{''.join(_ENCLOSED)}])")
_ONE = re.compile(rf"第?(?:（?({_NUMBER})）?|([{''.join(_ENCLOSED)}]))")
_IS_RANGE = re.compile(rf"\n?{_RANGE_SIGN}\n?第?")
_RULED = r"(?:(?:之|的)?规定)?"
_JOIN = re.compile(
    rf"{_RULED}\n?(?:(?P<range>{_RANGE_SIGN})|、(?:以及|和)?|，(?:以及|和|及)?|以及|或者|和|及|与|或|并|；)\n?"
)
_LONE_PARAGRAPH = re.compile(_run("款", "第") + r"(?=第|（|规定|的|之|，|。|；|、|和|及|$)")


class Place(NamedTuple):
    """An address without its statute. `start == end` where a range leaves it unsaid: 第十五条 in 第十四条至第十六条."""

    start: int
    end: int
    article: int
    branch: int = 0
    paragraph: int | None = None
    item: int | None = None


def article_places(text: str, at: int, need_di: bool = True) -> list[Place]:
    """The article or articles written here with their paragraphs and items; none where there is no article."""
    match = (_ARTICLE if need_di else _ARTICLE_WITHOUT_DI).match(text, at)
    if not match:
        return []
    places = _spread(match, Place(at, at, 1), "article")
    if not places:
        return []
    last = places.pop()
    branch = _BRANCH.match(text, last.end)
    if branch:
        last = last._replace(branch=to_int(branch[1]), end=branch.end())
    return places + inner_places(text, last)


def inner_places(text: str, base: Place) -> list[Place]:
    """The paragraphs and items written directly after an article; the article itself where there are none."""
    places = _inside(text, base, _PARAGRAPH, "paragraph")
    return places[:-1] + _inside(text, places[-1], _ITEM, "item")


def lone_paragraphs(text: str, at: int, base: Place) -> list[Place]:
    """第二款规定 in a sentence that has just cited an article."""
    match = _LONE_PARAGRAPH.match(text, at)
    if not match:
        return []
    places = _spread(match, base._replace(start=at, end=at, paragraph=None, item=None), "paragraph")
    return places[:-1] + _inside(text, places[-1], _ITEM, "item") if places else []


def sub_places(text: str, at: int, base: Place) -> list[Place]:
    """第二款, 第（三）项 of an article already named, written here without it."""
    found = inner_places(text, base._replace(start=at, end=at))
    return found if found[-1].end > at else []


def listed_after(text: str, places: list[Place]) -> list[Place]:
    """What a list goes on with: 、第十五条; 至第十六条; 、第三项和第二款."""
    group: list[Place] = []
    last = places[-1]
    while join := _JOIN.match(text, last.end):
        more = _next(text, join, last)
        if not more:
            break
        if join["range"]:
            group += _between(last, more[0])
        group += more
        last = more[-1]
    return group


def _next(text: str, join: re.Match[str], before: Place) -> list[Place]:
    loose = not join[0].strip("\n").startswith(("，", "；", "并"))
    found = article_places(text, join.end(), need_di=not loose)
    if found:
        return found
    numbered = _NUMBERED_ITEM.match(text, join.end())
    if not numbered and not (loose and (before.item or before.paragraph)):
        return []
    return sub_places(text, join.end(), before._replace(item=None))


def _inside(text: str, base: Place, pattern: re.Pattern[str], unit: Unit) -> list[Place]:
    match = pattern.match(text, base.end)
    return (_spread(match, base, unit) if match else []) or [base]


def _spread(match: re.Match[str], base: Place, unit: Unit) -> list[Place]:
    """The numbers of a run, each with its own stretch of the text; none where one is no number."""
    text, end = match.string, match.end()
    numbers = list(_ONE.finditer(text, match.start(), end))
    places: list[Place] = []
    for at, number in enumerate(numbers):
        value = _value(number[1] or number[2])
        if not value:
            return []
        start = number.start() if at else base.start
        place = _numbered(base, unit, value, start, end if at == len(numbers) - 1 else number.end())
        if places and _IS_RANGE.match(text, places[-1].end):
            places += _between(places[-1], place)
        places.append(place)
    return places


@lru_cache(maxsize=2048)
def _value(number: str) -> int:
    """The value of a number that can number a unit, nought for any other."""
    if number in _ENCLOSED:
        return _ENCLOSED[number]
    try:
        return to_int(number)
    except ValueError:
        return 0


def _numbered(base: Place, unit: Unit, value: int, start: int, end: int) -> Place:
    if unit == "article":
        return Place(start, end, value, base.branch, base.paragraph, base.item)
    if unit == "paragraph":
        return Place(start, end, base.article, base.branch, value, base.item)
    return Place(start, end, base.article, base.branch, base.paragraph, value)


def _between(first: Place, last: Place) -> Iterator[Place]:
    """The provisions a range leaves unsaid; none where its ends are no range or too far apart to be meant."""
    unit: Unit
    same_article = (first.article, first.branch) == (last.article, last.branch)
    if first.item and last.item and same_article and first.paragraph == last.paragraph:
        unit, low, high = "item", first.item, last.item
    elif first.paragraph and last.paragraph and same_article:
        unit, low, high = "paragraph", first.paragraph, last.paragraph
    else:
        unit, low, high = "article", first.article, last.article
    base = first._replace(item=None) if unit == "paragraph" else first
    base = Place(first.end, first.end, first.article) if unit == "article" else base
    for value in range(low + 1, high) if high - low <= _MANY_IN_RANGE else ():
        yield _numbered(base, unit, value, first.end, first.end)
