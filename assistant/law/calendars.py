"""Calendar files: the notice of a newly published year, and the days of one place, read strictly.

Basis: 全国年节及纪念日放假办法第二条、第四条; the yearly notice of the State Council's General Office.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from assistant.errors import CorpusError
from assistant.law.rules import DATED, read_refs, read_rules, require_keys
from assistant.law.workdays import SATURDAY, WorkingCalendar, shipped_calendar

FILE = "calendar.yaml"
_OVERLAY_FILE = {"overlay": (list,)}
_SHIPPED_FILE = {**_OVERLAY_FILE, "festivals": (dict,)}
_FESTIVALS = {"basis": (list,), "names": (dict,), **DATED}
_OVERLAY = {"name": (str,), "from": (date,), "to": (date,), "day_off": (bool,), "basis": (str,)}
_NOTICE_FILE = {"notices": (list,)}
_NOTICE = {"year": (int,), "notice": (str,), "last_checked_on": (date,), "festivals": (list,)}
_FESTIVAL = {"name": (str,), "from": (date,), "to": (date,), "days": (int,), "working": (list,)}
_DECEMBER = 12
_LONGEST_RUN = 31  # longer is a slip of the month, not a festival

Days = dict[date, bool]


@dataclass(frozen=True)
class CalendarFiles:
    """Where the office's calendar comes from; the last two are the office's own and may be absent."""

    rules_dir: Path
    notice_file: Path | None = None
    overlay_file: Path | None = None


def load_calendar(files: CalendarFiles) -> WorkingCalendar:
    """The working calendar of this office. Raises CorpusError naming file, row and key."""
    found = read_rules(files.rules_dir / FILE)
    require_keys(found, _SHIPPED_FILE, FILE)
    fixed = _fixed_days(found["festivals"])
    overlay = _read_overlay(found["overlay"], FILE)
    if files.overlay_file:
        own = read_rules(files.overlay_file)
        require_keys(own, _OVERLAY_FILE, files.overlay_file.name)
        overlay |= _read_overlay(own["overlay"], files.overlay_file.name)
    notices, years = _read_notices(files.notice_file, fixed) if files.notice_file else ({}, frozenset())
    return WorkingCalendar(notices, years, overlay)


def _fixed_days(row: Mapping[str, Any]) -> dict[str, list[str]]:
    require_keys(row, _FESTIVALS, f"{FILE} festivals")
    read_refs(row["basis"], f"{FILE} festivals")
    return dict(row["names"])


def _read_overlay(rows: list[Any], file: str) -> Days:
    days: Days = {}
    for number, row in enumerate(rows, 1):
        where = f"{file} overlay 第{number}行"
        _require_mapping(row, where)
        require_keys(row, _OVERLAY, where)
        for day in _run(row, where):
            if day in days:
                raise CorpusError(f"{where}：{day} 已经写过一次。请删去重复的一行。")
            days[day] = not row["day_off"]
    return days


def _read_notices(path: Path, fixed: Mapping[str, list[str]]) -> tuple[Days, frozenset[int]]:
    found = read_rules(path)
    require_keys(found, _NOTICE_FILE, path.name)
    days: Days = {}
    years: set[int] = set()
    for number, row in enumerate(found["notices"], 1):
        where = f"{path.name} notices 第{number}行"
        _require_mapping(row, where)
        require_keys(row, _NOTICE, where)
        if row["year"] in years:
            raise CorpusError(f"{where}：{row['year']} 年已经写过一次。请删去重复的一行。")
        years.add(row["year"])
        days |= _read_notice(row, where, fixed)
    _agree_with_shipped(days, years, path.name)
    return days, frozenset(years)


def _read_notice(row: Mapping[str, Any], where: str, fixed: Mapping[str, list[str]]) -> Days:
    """Days off and working weekends of one yearly notice, checked as a careful reader would."""
    days: Days = {}
    names: set[str] = set()
    for number, festival in enumerate(row["festivals"], 1):
        place = f"{where} festivals 第{number}行"
        _require_mapping(festival, place)
        require_keys(festival, _FESTIVAL, place)
        names |= set(festival["name"].split("、"))
        for day, works in _festival_days(festival, place).items():
            if day in days:
                raise CorpusError(f"{place}：{day} 在本年的通知里写了两次。请对照通知原文修改。")
            if day.year != row["year"] and (day.year, day.month) != (row["year"] - 1, _DECEMBER):
                raise CorpusError(f"{place}：{day} 不属于 {row['year']} 年。请检查年份。")
            days[day] = works
    _name_every_festival(names, days, row["year"], where, fixed)
    return days


def _festival_days(festival: Mapping[str, Any], where: str) -> Days:
    run = _run(festival, where)
    if len(run) != festival["days"]:
        raise CorpusError(
            f"{where}：“days”写共 {festival['days']} 天，但 {festival['from']} 至 {festival['to']} 是 {len(run)} 天。"
            "请对照通知原文修改。"
        )
    days = dict.fromkeys(run, False)
    for day in festival["working"]:
        if type(day) is not date:
            raise CorpusError(f"{where}：“working”里的 {day!r} 不是日期。请写成 2027-01-10 的形式。")
        if day.weekday() < SATURDAY:
            raise CorpusError(f"{where}：“working”里的 {day} 不是周六或者周日。请对照通知原文修改。")
        if day in days:
            raise CorpusError(f"{where}：“working”里的 {day} 已经写过，或者正在放假。请对照通知原文修改。")
        days[day] = True
    return days


def _name_every_festival(
    names: set[str], days: Days, year: int, where: str, fixed: Mapping[str, list[str]]
) -> None:
    unknown = sorted(names - set(fixed))
    if unknown:
        raise CorpusError(f"{where}：不认识的节日“{'、'.join(unknown)}”，应为：{'、'.join(fixed)}。")
    absent = [name for name in fixed if name not in names]
    if absent:
        raise CorpusError(
            f"{where}：缺少“{'、'.join(absent)}”。一年的通知要写全 {len(fixed)} 个节日，请对照通知原文补上。"
        )
    for name, month_days in fixed.items():
        for month_day in month_days:
            day = date.fromisoformat(f"{year}-{month_day}")
            if days.get(day) is not False:
                raise CorpusError(f"{where}：{name}应当包括 {day}，文件里没有放假。请对照通知原文修改。")


def _agree_with_shipped(days: Days, years: set[int], file: str) -> None:
    """A year both hold must read the same in both; a change within a year belongs in the overlay."""
    alone = WorkingCalendar(days, frozenset(years), shipped=lambda day: None)
    for year in sorted(years):
        day = date(year, 1, 1)
        while day.year == year:
            said = shipped_calendar(day)
            if said is not None and said != alone.is_workday(day):
                words = ("放假", "上班")
                raise CorpusError(
                    f"{file} {year} 年：{day} 在文件里是{words[not said]}，程序自带的日历是{words[said]}。"
                    "请对照通知原文修改；年内另行调整的日子请写进 overlay_file。"
                )
            day += timedelta(days=1)


def _run(row: Mapping[str, Any], where: str) -> list[date]:
    """The days of a row, first to last."""
    first, last = row["from"], row["to"]
    if last < first:
        raise CorpusError(f"{where}：“to” {last} 早于“from” {first}。")
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    if len(days) > _LONGEST_RUN:
        raise CorpusError(f"{where}：{first} 至 {last} 长达 {len(days)} 天。请检查年份和月份。")
    return days


def _require_mapping(row: Any, where: str) -> None:
    if not isinstance(row, dict):
        raise CorpusError(f"{where}：应为“键: 值”。")
