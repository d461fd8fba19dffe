"""Days as clerks write them: 2026年11月3日, 11.3, 上月5号, 10号, 昨天, 上周五; each read, or what must be asked.

A day is read only where its words leave one reading. Where several stay possible they are all kept, and the order of
what happened decides between them or nothing does; where the words name no day, it is said what is wanted.
"""

import re
import unicodedata
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta

from assistant.law.numerals import to_int

FAR = timedelta(days=183)
_HALF_YEAR = 6
_DECEMBER = 12
_N = r"(?:\d{1,2}|[〇零一二三四五六七八九十廿]{1,3})"
_WEEK = "一二三四五六日"
_WORDS = {"大前": -3, "前": -2, "昨": -1, "今": 0, "明": 1, "后": 2, "大后": 3}
_YEARS = {"今": 0, "本": 0, "去": -1, "上": -1, "前": -2, "明": 1, "来": 1}
_MONTHS = {"上上": -2, "上": -1, "本": 0, "这": 0, "下": 1}
_NO_DAY = r"(?![以之]?[内里]|[文令楼窗线院函]|的?期限|公告|[,、]?\d+[日号]?[以之]?内)"
_DAY = re.compile(
    rf"(?P<y>(?:19|20)\d\d|二[〇零○][〇零○一二三四五六七八九]{{2}})(?:年|[-/.])(?P<m>{_N})(?:月|[-/.])(?P<d>{_N})[日号]?"
    rf"|(?P<ry>[今本去前明来上])年(?P<rm>{_N})月(?:份的?)?(?P<rd>{_N})[日号]?"
    rf"|(?<!\d)(?P<om>{_N})月(?:份的?)?(?P<od>{_N})[日号]?(?!\d|个)"
    r"|(?<![\d.第])(?P<sm>0?[1-9]|1[0-2])[./](?P<sd>0?[1-9]|[12]\d|3[01])(?![\d.%万元条款件个])"
    rf"|(?P<back>上上|上|本|这|下)个?月的?(?P<bd>{_N})[日号]{_NO_DAY}"
    r"|(?P<wb>上上|上|本|这|下)?个?(?:周|星期|礼拜)(?P<wd>[一二三四五六日天])"
    r"|(?P<word>大前|前|昨|今|明|大后|后)(?:天|日)(?!起|开始|是[\d一二三四五六七八九十])"
    r"|(?P<next>第二天|隔天|转天)(?!起|开始|算)|(?P<same>当天|当日|同日|同一天)(?=[就即又也]?(?:确认|发|通知|告知|补|征求|寄|转|缴|延|打电话))"
    r"|(?P<ago>\d{1,2}|[一二两三四五六七八九十]{1,2})天(?:之?前)(?!.{0,2}[通告]知)"
    r"|(?P<vague>(?:上|本|这|下)个?月(?:初|底|末|中旬|上旬|下旬|中)|月初|月底|月末|前几天|前些天|几天前|前不久|上周(?![一二三四五六日天])|上周末|周末)"
    rf"|(?<!\d)(?P<only>{_N})月(?:份|初|底|末|中旬|上旬|下旬)?(?=收到|签收|的申请|收的|提交)"
    rf"|(?<![\d月年第第共])(?P<n>{_N})(?P<mark>[日号]){_NO_DAY}"
)
_WEEKDAY_BESIDE = re.compile(r"[(]?(?:周|星期|礼拜)(?P<wd>[一二三四五六日天])[)]?")


@dataclass(frozen=True)
class WrittenDay:
    """A day in a text with its place. `readings`: the days it may be, likeliest first; none where `wanted` asks.

    `taken`: what was taken for granted in reading it (the year, the month), in the clerk's words.
    """

    start: int
    end: int
    words: str
    readings: tuple[date, ...] = ()
    wanted: str | None = None
    taken: str | None = None


def plain(text: str) -> str:
    """A message without the widths and spaces people type: full-width digits narrow, no gaps around 汉字."""
    narrow = unicodedata.normalize("NFKC", text)
    close = re.sub(r"(?<=[^\x00-\x7f])\s+|\s+(?=[^\x00-\x7f])", "", narrow)
    return re.sub(r"\s+", ",", close.strip())


def written_days(text: str, today: date, near: WrittenDay | None = None) -> tuple[WrittenDay, ...]:
    """Every day a plain text names, in its order; a bare day takes its month from the one before it.

    `near`: the last day of what was said before, where the text goes on with it.

    >>> [str(one.readings[0]) for one in written_days("上月5号签收,10号发的", date(2026, 11, 27))]
    ['2026-10-05', '2026-10-10']
    """
    found: list[WrittenDay] = []
    before = near
    for match in _DAY.finditer(text):
        if before is None and (match["mark"] == "日" or match["next"] or match["same"]):
            continue
        if found and match.start() < found[-1].end:
            continue
        one = _beside(_read(match, before, today), text)
        found.append(one)
        before = one if one.readings else before
    return tuple(found)


def _read(match: re.Match[str], before: WrittenDay | None, today: date) -> WrittenDay:
    place = match.start(), match.end(), match[0]
    if match["y"]:
        return _whole(place, number_of(match["y"]), number_of(match["m"]), number_of(match["d"]))
    if match["ry"]:
        year = today.year + _YEARS[match["ry"]]
        return _whole(place, year, number_of(match["rm"]), number_of(match["rd"]))
    if match["om"] or match["sm"]:
        month, day = match["om"] or match["sm"], match["od"] or match["sd"]
        return _yearless(place, number_of(month), number_of(day), before, today)
    if match["back"]:
        year, month = _month_off(today, _MONTHS[match["back"]])
        return _whole(place, year, month, number_of(match["bd"]))
    if match["wd"]:
        return _weekday(place, match["wb"], match["wd"], today)
    if match["word"]:
        return WrittenDay(*place, (today + timedelta(days=_WORDS[match["word"]]),))
    if match["ago"]:
        return WrittenDay(*place, (today - timedelta(days=number_of(match["ago"])),))
    if before and (match["next"] or match["same"]):
        off = timedelta(days=bool(match["next"]))
        return WrittenDay(*place, tuple(day + off for day in before.readings), taken=before.taken)
    if match["vague"] or match["only"]:
        return WrittenDay(*place, wanted=f"请写明“{match[0]}”是哪一天")
    return _bare(place, number_of(match["n"]), before, today)


_Place = tuple[int, int, str]


def _whole(place: _Place, year: int, month: int, day: int, taken: str | None = None) -> WrittenDay:
    with suppress(ValueError):
        return WrittenDay(*place, (date(year, month, day),), taken=taken)
    return WrittenDay(*place, wanted=f"“{place[2]}”不是日历上的日期，请写明是哪一天")


def _yearless(place: _Place, month: int, day: int, before: WrittenDay | None, today: date) -> WrittenDay:
    """This year, or that of the day before it; across New Year only where that day's own year was written."""
    if before is None:
        one = _whole(place, today.year, month, day, f"问题没有写年份，按{today.year}年计算")
        if one.readings and one.readings[0] - today > FAR:
            return WrittenDay(*place, wanted=f"请写明“{place[2]}”是{today.year - 1}年还是{today.year}年的")
        return one
    near = before.readings[0]
    turn = (near.month - month > _HALF_YEAR) - (month - near.month > _HALF_YEAR)
    if turn and before.taken:
        return WrittenDay(*place, wanted=f"“{before.words}”和“{place[2]}”跨了年，请写明各是哪一年的")
    return _whole(place, near.year + turn, month, day, before.taken)


def _bare(place: _Place, day: int, before: WrittenDay | None, today: date) -> WrittenDay:
    """A day without its month: that of the day before it, or a month beside it where that fits what happened."""
    if before is None:
        if day > today.day:
            return WrittenDay(*place, wanted=f"请写明“{place[2]}”是哪个月的")
        taken = f"“{place[2]}”没有写月份，按{today.year}年{today.month}月计算"
        return _whole(place, today.year, today.month, day, taken)
    readings = []
    for first in before.readings:
        for off in (0, 1) if day < first.day else (0, -1):
            year, month = _month_off(first, off)
            with suppress(ValueError):
                readings.append(date(year, month, day))
    if not readings:
        return WrittenDay(*place, wanted=f"“{place[2]}”不是日历上的日期，请写明是哪一天")
    return WrittenDay(*place, tuple(dict.fromkeys(readings)), taken=before.taken)


def _weekday(place: _Place, which: str | None, name: str, today: date) -> WrittenDay:
    if which is None:
        return WrittenDay(*place, wanted=f"请写明“{place[2]}”是几月几日")
    monday = today - timedelta(days=today.weekday()) + timedelta(weeks=_MONTHS[which])
    return WrittenDay(*place, (monday + timedelta(days=_WEEK.index(name.replace("天", "日"))),))


def _beside(one: WrittenDay, text: str) -> WrittenDay:
    """A weekday written beside a day belongs to it, and must agree with it."""
    beside = _WEEKDAY_BESIDE.match(text, one.end)
    if not beside or not one.readings:
        return one
    weekday = _WEEK.index(beside["wd"].replace("天", "日"))
    kept = tuple(day for day in one.readings if day.weekday() == weekday)
    wanted = None if kept else f"{one.readings[0]}不是周{beside['wd']}，请写明到底是哪一天"
    return WrittenDay(one.start, beside.end(), one.words, kept, wanted, one.taken)


def _month_off(day: date, months: int) -> tuple[int, int]:
    years, month = divmod(day.month - 1 + months, _DECEMBER)
    return day.year + years, month + 1


def number_of(words: str) -> int:
    """The number that is written; nought, which is no day and no count, where it is none: 十十."""
    with suppress(ValueError):
        return to_int(words.replace("廿", "二十").replace("二十十", "二十").replace("○", "〇"))
    return 0


def masked(text: str, days: tuple[WrittenDay, ...]) -> Iterator[str]:
    """The text in pieces with each day as one sign of its own (see `sign`), so that words around it can be read."""
    at = 0
    for number, day in enumerate(days):
        yield text[at : day.start]
        yield sign(number)
        at = day.end
    yield text[at:]


def sign(number: int) -> str:
    """The sign that stands for the numbered day: of the private-use area, which no message holds."""
    return chr(0xE000 + number)
