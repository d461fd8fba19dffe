"""The office's day: every “today” of the program is China's, whatever zone the machine keeps.

A notice sent at half past midnight in Beijing is of that day, though the server's own calendar may still show the day
before. A test states the moment by replacing `now`.
"""

from datetime import date, datetime, timedelta, timezone

CHINA = timezone(timedelta(hours=8))


def now() -> datetime:
    """This moment, on China's clock."""
    return datetime.now(CHINA)


def today() -> date:
    """The day it is at the office."""
    return now().date()
