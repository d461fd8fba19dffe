"""Reading one part of a record of the file: words, days, exact addresses, provisions, redactions.

Basis: the house's own; what a part proves is said in corpus/rules/file_records.yaml.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any
from urllib.parse import urlsplit

from assistant.errors import InputError
from assistant.law.clock_events import china_day
from assistant.law.provisions import ProvisionRef
from assistant.triage.guard_records import Part

_REDACTION = {"place": "位置", "ground": "依据", "reason": "理由"}
Read = tuple[Any, str | None]


def read_part(part: Part, value: Any, on: date) -> Read:
    """The value read, and what is wrong with it in one line (None where nothing is)."""
    if value in (None, "", []):
        return None, None
    return _READERS[part.kind](part, value, on)


def _text(part: Part, value: Any, on: date) -> Read:
    words = value.strip() if isinstance(value, str) else str(value) if isinstance(value, int | float) else ""
    if not words or isinstance(value, bool):
        return None, f"{part.name}应写成一段文字"
    if part.unlike and re.search(part.unlike, words):
        return None, f"{part.name}写的“{words}”不够：{part.why_unlike}"
    return words, None


def _words(part: Part, value: Any, on: date) -> Read:
    listed = [value] if isinstance(value, str) else value
    if not isinstance(listed, list) or not all(isinstance(one, str) and one.strip() for one in listed):
        return None, f"{part.name}应写成一个列表，每项一段文字"
    if len(set(listed)) < part.least:
        return None, f"{part.name}至少要有 {part.least} 项，现有 {len(set(listed))} 项"
    return listed, None


def _day(part: Part, value: Any, on: date) -> Read:
    day, fault = _as_day(part, value)
    if day is None:
        return None, fault
    if part.passed is False:
        return (day, None) if day >= on else (day, f"{part.name} {day} 已经过了")
    if part.passed and day >= on:
        return day, f"{part.name} {day} 还没有过"
    return (day, None) if day <= on else (day, f"{part.name} {day} 在 {on} 以后，还没有发生")


def _as_day(part: Part, value: Any) -> tuple[date | None, str | None]:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value, None
    try:
        return china_day(str(value)), None
    except InputError:
        return None, f"{part.name}“{value}”应写成 2026-11-23 的形式"


def _days(part: Part, value: Any, on: date) -> Read:
    listed = value if isinstance(value, list) else [value]
    for one in listed:
        fault = _day(part, one, on)[1]
        if fault:
            return None, fault
    return listed, None


def _address(part: Part, value: Any, on: date) -> Read:
    words, fault = _text(part, value, on)
    if words and "://" in words:
        place = urlsplit(words)
        if not place.netloc or (place.path in ("", "/") and not place.query and not place.fragment):
            return None, f"{part.name}“{words}”只到网站首页，要写到所申请的那一页"
    return words, fault


def _provision(part: Part, value: Any, on: date) -> Read:
    words, fault = _text(part, value, on)
    try:
        return (ProvisionRef.parse(words), None) if words else (None, fault)
    except ValueError:
        return None, f"{part.name}，现在写的是“{words}”"


def _redactions(part: Part, value: Any, on: date) -> Read:
    if not isinstance(value, list) or not value:
        return None, f"{part.name}应写成一个列表，每处写 place、ground、reason"
    for number, row in enumerate(value, start=1):
        lacking = [
            name
            for key, name in _REDACTION.items()
            if not isinstance(row, Mapping) or not str(row.get(key) or "").strip()
        ]
        if lacking:
            return None, f"第{number}处没有写{'、'.join(lacking)}"
        try:
            ProvisionRef.parse(str(row["ground"]))
        except ValueError:
            return None, f"第{number}处的依据“{row['ground']}”不是条文出处，写成《法名》第几条"
    return value, None


_READERS: Mapping[str, Callable[[Part, Any, date], Read]] = {
    "text": _text,
    "words": _words,
    "day": _day,
    "days": _days,
    "address": _address,
    "provision": _provision,
    "redactions": _redactions,
}
