"""Whether published reports are read right and their faults found, on invented reports with known figures.

The reports come in every layout pages have been seen in; each figure is counted as right, wrong or unread,
and each figure the page has lost must be called unavailable. Then faults: a report with one must raise its
alarm, a report without must raise none. Beside the product stands the textbook: rows cut by counting
columns, and the total column added up.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from evals.group_pictures import told
from evals.intervals import FEWEST, Interval, Rows, bootstrap, wilson
from evals.metrics import mean
from evals.report_baseline import Reading, textbook_reading
from evals.report_breaks import BREAKS
from evals.report_cases import COUNT, SEED, ReportCase, report_cases, seed_cases
from evals.report_layouts import LAYOUTS
from evals.report_prose import CONSTRUCTS
from evals.report_reading import assistant_reading
from evals.task import Judged, Metric, Score, Solver, Task, Values, View

if TYPE_CHECKING:
    from assistant.pipeline import Assistant

SHOWN = 4
# What a report of each part must show to count as answered right.
RIGHT_IS = {"break": "found", "construct": "quiet"}


def cells(key: str, of: str, label: str) -> Metric:
    """Share of figures, each counted once, with whole reports drawn for the interval; n counts figures.

    Where every report gives the same share, drawing them shows nothing, and the bounds are Wilson's over
    reports.
    """

    def measured(scores: Sequence[Score]) -> Interval | None:
        rows = [score for score in scores if score.values and score.values.get(of)]
        parts = np.array([(s.values[key], s.values[of]) for s in rows if s.values], dtype=float)
        if not len(parts):
            return None
        shares = parts[:, 0] / parts[:, 1]
        drawn = bootstrap([s.family for s in rows], _ratio(parts)) if len(rows) >= FEWEST else None
        if drawn is None or shares.min() == shares.max():
            value = float(parts[:, 0].sum() / parts[:, 1].sum())
            bounds = wilson(round(value * len(parts)), len(parts))
            assert bounds is not None
            drawn = replace(bounds, value=value, low=min(bounds.low, value), high=max(bounds.high, value))
        return replace(drawn, n=int(parts[:, 1].sum()))

    return Metric(key, label, measured)


READ: tuple[Metric, ...] = (
    mean("sound", "整份读对、错误发现、无误报"),
    cells("right", "readable", "可读数字读对"),
    cells("wrong", "readable", "可读数字读错"),
    cells("unread", "readable", "可读数字未读"),
    cells("unavailable", "lost", "已失数字判为缺失"),
    cells("misread", "open", "两可数字读错"),
    mean("whole", "整份全对"),
    mean("title", "机关和年度正确"),
    mean("form", "格式正确"),
)
HEARD: tuple[Metric, ...] = (
    mean("found", "错误被发现"),
    mean("quiet", "正确的不误报"),
    mean("silent", "正确的也无提示"),
)


def reports(
    _: "Assistant | None" = None,
    cases: tuple[ReportCase, ...] | None = None,
    *,
    count: int = COUNT,
    seed: int = SEED,
) -> Task[ReportCase, Reading]:
    """The task: invented reports and the published one, read and audited; or those given."""
    return Task(
        name="audit",
        label="年度报告",
        dataset=(*report_cases(count, seed), *seed_cases()) if cases is None else cases,
        solvers=(
            Solver("assistant", "本程序", assistant_reading),
            Solver("textbook", "按列数切分、只核总计列", lambda case: textbook_reading(case.page.text)),
        ),
        scorer=judge,
        views=(
            View("all", "全部", _origin, READ + HEARD),
            View(
                "layout", "各种版式", _named("layout"), (READ[1], READ[2], READ[4], READ[7]), _labels(LAYOUTS)
            ),
            View("break", "各种错误", _named("break"), HEARD[:1], _labels(BREAKS)),
            View("construct", "不应报警的写法", _named("construct"), HEARD[1:2], _labels(CONSTRUCTS)),
        ),
        extras=lambda result: told(result, "found", "textbook", ("break",)),
        right="sound",
        words=lambda case: f"{case.agency} {case.year}：{case.label}",
    )


def judge(case: ReportCase, said: Reading) -> Judged:
    """Every figure, the title, the form, and the alarms."""
    page = case.page
    gave = {key: said.figures.get(key) for key in (*page.readable, *page.lost, *page.open)}
    wrong = [key for key, value in page.readable.items() if gave[key] not in (None, value)]
    unread = [key for key in page.readable if gave[key] is None]
    invented = [key for key in sorted(page.lost) if gave[key] is not None]
    misread = [key for key, value in page.open.items() if gave[key] not in (None, value)]
    values: Values = {
        "readable": float(len(page.readable)),
        "right": float(len(page.readable) - len(wrong) - len(unread)),
        "wrong": float(len(wrong)),
        "unread": float(len(unread)),
        "lost": float(len(page.lost)),
        "unavailable": float(len(page.lost) - len(invented)),
        "open": float(len(page.open)),
        "misread": float(len(misread)),
        "whole": float(not (wrong or unread or invented or misread)),
        "title": float((said.agency, said.year) == (case.agency, case.year)),
    }
    if case.form and page.readable:
        values["form"] = float(said.form == case.form)
    true = {**page.readable, **page.open}
    faults = [
        f"{'.'.join(key)}: {true.get(key, '无')} → {gave[key]}"
        for key in (*wrong, *unread, *invented, *misread)
    ]
    return _with_alarms(
        case, said, Judged(f"{case.agency} {case.year}", "", values, "; ".join(_first(faults)))
    )


def _with_alarms(case: ReportCase, said: Reading, judged: Judged) -> Judged:
    """A fault must be found under one of its names; a right report must raise no alarm.

    `sound`: a report of a layout is read whole, a fault is found, a construct raises no alarm.
    """
    if said.alarms is None:
        return replace(judged, values={**judged.values, "sound": judged.values["whole"]})
    values = dict(judged.values)
    if case.found_as:
        values["found"] = float(bool((said.alarms | said.notices) & case.found_as))
    elif case.judged:
        values["quiet"] = float(not said.alarms)
        values["silent"] = float(not (said.alarms or said.notices))
    values["sound"] = values.get(RIGHT_IS.get(case.part, "whole"), values["whole"])
    answer = f"{said.agency} {said.year} {'、'.join(sorted(said.alarms)) or '无警'}（提示：{'、'.join(sorted(said.notices))}）"
    target = f"{judged.target} {'、'.join(sorted(case.found_as)) or '无警'}"
    return replace(judged, target=target, answer=answer, values=values)


def _ratio(parts: "np.ndarray[tuple[int, int], np.dtype[np.float64]]") -> Callable[[Rows], float]:
    def statistic(rows: Rows) -> float:
        hits, of = parts[rows].sum(axis=0)
        return float(hits / of)

    return statistic


def _origin(case: ReportCase) -> str:
    return "真实报告" if case.part == "seed" else "自编报告"


def _named(part: str) -> Callable[[ReportCase], str | None]:
    return lambda case: case.label if case.part == part else None


def _labels(known: Mapping[str, object]) -> tuple[str, ...]:
    return tuple(str(getattr(item, "label", "")) for item in known.values())


def _first(faults: list[str]) -> list[str]:
    return [*faults[:SHOWN], f"等 {len(faults)} 处"] if len(faults) > SHOWN else faults
