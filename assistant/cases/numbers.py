"""Numbers in the office's series: one after the other within a year, none left out, none given twice.

A number is drawn in the transaction that uses it, so a write that is not kept gives its number back.
"""

from sqlalchemy import Connection, insert, update

from assistant.cases.schema import counters
from assistant.errors import InputError, SettingsError

_FIELDS = ("{year}", "{number}")


def next_number(connection: Connection, series: str, year: int) -> str:
    """The next number of a series, such as 某街公开〔2026〕7号 of 某街公开〔{year}〕{number}号."""
    check_series(series)
    drawn = connection.execute(
        update(counters)
        .where(counters.c.series == series, counters.c.year == year)
        .values(last=counters.c.last + 1)
        .returning(counters.c.last)
    ).scalar()
    if drawn is None:
        drawn = 1
        connection.execute(insert(counters).values(series=series, year=year, last=drawn))
    return series.replace("{year}", str(year)).replace("{number}", str(drawn))


def check_series(series: str) -> None:
    """Raises SettingsError for a series in which two numbers would look alike."""
    lacking = [field for field in _FIELDS if field not in series]
    if lacking:
        raise SettingsError(
            f"编号的格式“{series}”里缺少 {'、'.join(lacking)}；请写成如 某街公开〔{{year}}〕{{number}}号。"
        )


def require_letter_series(series: str | None) -> str:
    """The series of letters. Raises InputError where the office has not set one: it is never invented."""
    if not series:
        raise InputError(
            "还没有设置发文字号的格式，不能编号。请在 assistant.toml 的 [agency] 里写 document_series，"
            "如 某街公开〔{year}〕{number}号。"
        )
    return series
