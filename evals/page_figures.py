"""What the page is wanted to keep, and the arithmetic of its measurement: percentiles, growth, kept or not."""

from collections.abc import Mapping, Sequence
from typing import Any

from evals.page_clerk import Spoken

# On an installed machine with two cores; without a chat model, with the largest crowd at once; over all turns.
START_WITHIN_SECONDS, HEARD_WITHIN_MS, GROWTH_WITHIN_PERCENT = 12.0, 300.0, 10.0
SEEN = ("heard", "content", "last")


def percentile(values: Sequence[float], share: float) -> float:
    """The least of the values that so large a share of them does not pass."""
    ranked = sorted(values)
    return ranked[max(-int(-len(ranked) * share // 1), 1) - 1]


def start_row(what: str, seconds: float, answered: float) -> dict[str, Any]:
    """Seconds from the command to a page that has come whole and whose first event is done, and to the whole answer
    to a letter that is sent to it at once.
    """
    holds = seconds <= START_WITHIN_SECONDS
    return {"start": what, "seconds": seconds, "answered_seconds": answered, "holds": holds}


def crowd_row(clerks: int, spoken: Sequence[Spoken], judged: bool) -> dict[str, Any]:
    """What clerks who all spoke at once waited for; `judged` where the wanted time is meant for so many."""
    row: dict[str, Any] = {"clerks": clerks, **waits(spoken)}
    return row | ({"holds": row["heard_p95_ms"] <= HEARD_WITHIN_MS} if judged else {})


def waits(spoken: Sequence[Spoken]) -> dict[str, Any]:
    """Median and 95th percentile of each of the three moments, in milliseconds, with n."""
    row: dict[str, Any] = {"n": len(spoken)}
    for name in SEEN:
        took = [getattr(one, f"{name}_ms") for one in spoken]
        row |= {f"{name}_p50_ms": percentile(took, 0.5), f"{name}_p95_ms": percentile(took, 0.95)}
    return row


def memory_row(turns: int, before_mb: float, after_mb: float) -> dict[str, Any]:
    """Resident memory after a warm-up and after so many turns more."""
    percent = (after_mb - before_mb) * 100 / before_mb
    holds = percent <= GROWTH_WITHIN_PERCENT
    return {"turns": turns, "before_mb": before_mb, "after_mb": after_mb, "growth": percent, "holds": holds}


def page_holds(page: Mapping[str, Any]) -> bool:
    """Whether everything wanted of the page is kept."""
    rows = (*page["starts"], *page["crowds"], page["memory"])
    return all(row.get("holds", True) for row in rows)
