"""Whether a clerk is told the right last day, and the right fee: clocks with events, single limits, both fees.

Beside the product stands a wall calendar: so many days from the last start, weekends skipped, holidays, working
weekends and consultations forgotten. A day told too late is worse than one told too early, and counted apart.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from assistant.law import china_time
from assistant.law.rules import read_rules
from evals.group_pictures import told
from evals.labelled import DATA
from evals.metrics import mean
from evals.task import Judged, Metric, Solver, Task, Values, View

if TYPE_CHECKING:
    from assistant.pipeline import Assistant

CASES = DATA / "deadline_cases.yaml"
KINDS = {
    "answer": "答复",
    "extension": "延长答复",
    "correction_notice": "补正通知",
    "corrected": "补正以后",
    "third_party": "征求第三方意见",
    "third_party_silent": "第三方不回音",
    "third_party_opinion": "第三方提出意见",
    "organ": "征求其他机关意见",
    "comaker": "共同制作机关提出意见",
    "publication": "主动公开",
    "review": "申请复议",
    "suit": "直接起诉",
    "suit_after_review": "复议后起诉",
    "review_defence": "复议答复",
    "court_defence": "应诉答辩",
    "report": "年度报告",
    "next_year": "跨入下一年度",
    "by_piece": "按件收费",
    "by_page": "按页收费",
}
RIGHT: tuple[Metric, ...] = (mean("right", "日期或者金额正确"),)
ALL: tuple[Metric, ...] = (
    *RIGHT,
    mean("late", "说得比正确的晚（会误期）"),
    mean("early", "说得比正确的早"),
    mean("marked", "跨入未公布年度的标为暂定"),
)


@dataclass(frozen=True)
class DeadlineCase:
    """What happened and what is right: a last day (`due`, None: there is none yet) or a sum in yuan.

    Cases that begin on one day share its holidays: they are a family. `given` is what the clock, the limit or the fee is asked with; `plain` what a wall calendar would count.
    """

    id: str
    kind: str
    family: str
    words: str
    given: Mapping[str, Any]
    due: date | None
    yuan: int | None
    provisional: bool
    plain: Mapping[str, Any]


@dataclass(frozen=True)
class Reckoned:
    """What was told: the last day or the sum; `provisional` None where a method does not say."""

    due: date | None
    yuan: int | None = None
    provisional: bool | None = None


def deadlines(
    assistant: "Assistant", cases: tuple[DeadlineCase, ...] | None = None
) -> Task[DeadlineCase, Reckoned]:
    """The task over every case, or over those given."""
    return Task(
        name="deadlines",
        label="期限和费用",
        dataset=tuple(deadline_cases()) if cases is None else cases,
        solvers=(
            Solver("assistant", "本程序", lambda case: reckoned(assistant, case)),
            Solver("wall_calendar", "挂历：只跳周末", on_the_wall),
        ),
        scorer=judge,
        views=(
            View("all", "全部", lambda _: "全部", ALL),
            View("kind", "各种期限", lambda case: KINDS[case.kind], RIGHT, tuple(KINDS.values())),
        ),
        extras=lambda result: told(result, "right", "wall_calendar", ("kind",)),
        words=lambda case: case.words,
    )


def deadline_cases() -> Iterator[DeadlineCase]:
    """Every case of the file."""
    for row in read_rules(CASES)["cases"]:
        known = {
            key: row[key] for key in ("received", "events", "limit", "start", "method", "count") if key in row
        }
        yield DeadlineCase(
            row["id"],
            row["kind"],
            str(known.get("received") or known.get("start") or row["id"]),
            row["words"],
            known,
            row.get("due"),
            row.get("yuan"),
            row.get("provisional", False),
            row["plain"],
        )


def reckoned(assistant: "Assistant", case: DeadlineCase) -> Reckoned:
    """What the program tells of a case: its clock as of its last event, one limit, or a fee."""
    from assistant.law.clock_events import Filing, parse_event

    given = case.given
    if "method" in given:
        fee = assistant.fees.fee(given["method"], given["count"], china_time.today())
        return Reckoned(None, fee.amount)
    if "limit" in given:
        days = assistant.term(given["limit"], given["start"])
        return Reckoned(days.due, None, days.provisional)
    events = tuple(map(parse_event, given["events"]))
    last = max((event.on for event in events), default=given["received"])
    clock = assistant.clock(Filing(given["received"], events), last)
    return Reckoned(clock.due, None, clock.provisional)


def on_the_wall(case: DeadlineCase) -> Reckoned:
    """So many days from a day, weekends skipped where working days are meant; of a fee, one rate for all."""
    plain = case.plain
    if "rate" in plain:
        return Reckoned(None, plain["rate"] * plain["count"])
    day, left = plain["from"], plain["count"]
    while left:
        day += timedelta(1)
        left -= plain["unit"] == "day" or day.weekday() < 5
    return Reckoned(day)


def judge(case: DeadlineCase, said: Reckoned) -> Judged:
    """The day or the sum to the letter; a wrong day is too early or too late."""
    if case.yuan is not None:
        values: Values = {"right": float(said.yuan == case.yuan)}
        return Judged(
            f"{case.yuan} 元", f"{said.yuan} 元", values, _why(f"{case.yuan} 元", f"{said.yuan} 元")
        )
    if case.provisional:
        told = float(bool(said.provisional))
        answer = f"{_day(said.due)}（{'暂定' if told else '没有说暂定'}）"
        return Judged("暂定", answer, {"right": told, "marked": told}, "" if told else "没有标明暂定")
    values = {
        "right": float(said.due == case.due),
        "late": float(said.due is not None and (case.due is None or said.due > case.due)),
        "early": float(case.due is not None and (said.due is None or said.due < case.due)),
    }
    target, answer = _day(case.due), _day(said.due)
    return Judged(target, answer, values, _why(target, answer))


def _why(target: str, answer: str) -> str:
    return "" if target == answer else f"应为 {target}，说成 {answer}"


def _day(day: date | None) -> str:
    return day.isoformat() if day else "没有届满日"
