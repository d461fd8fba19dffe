"""Numbers that were given elsewhere: read by the office's series, so that the next one drawn comes after them."""

import re
from collections.abc import Iterable

from sqlalchemy import Connection, insert, select, update

from assistant.cases.schema import counters


def series_pattern(series: str) -> re.Pattern[str]:
    """What numbers of a series look like; groups `year` and `number`."""
    words = re.escape(series).replace(re.escape("{year}"), r"(?P<year>\d{4})", 1)
    words = words.replace(re.escape("{number}"), r"(?P<number>\d{1,9})", 1)
    return re.compile(
        words.replace(re.escape("{year}"), r"(?P=year)").replace(re.escape("{number}"), r"(?P=number)")
    )


def continue_series(connection: Connection, series: str, numbers: Iterable[str | None]) -> None:
    """The next number drawn of a series comes after every one of these."""
    pattern = series_pattern(series)
    highest: dict[int, int] = {}
    for match in (pattern.fullmatch(number) for number in numbers if number):
        if match:
            year = int(match["year"])
            highest[year] = max(highest.get(year, 0), int(match["number"]))
    for year, last in highest.items():
        row = (counters.c.series == series) & (counters.c.year == year)
        drawn = connection.scalar(select(counters.c.last).where(row))
        if drawn is None and last:
            connection.execute(insert(counters).values(series=series, year=year, last=last))
        elif drawn is not None and drawn < last:
            connection.execute(update(counters).where(row).values(last=last))
