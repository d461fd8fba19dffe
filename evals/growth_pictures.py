"""How build, query and memory grow with the number of passages: a panel each, both scales in powers of ten."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil, floor, log10
from typing import Any

from evals.pictures import BLUE, FAINT, GREEN, GREY, ORANGE, SMALL, Drawing, Point, Words, breadth
from evals.task import Picture

PIPELINES = {"ours": "本程序", "textbook": "教科书", "chroma": "Chroma 直接查", "numpy": "numpy 精确检索"}
COLOURS = {"ours": BLUE, "textbook": ORANGE, "chroma": GREY, "numpy": GREEN}
MEASURES = {"query_ms_p50": "热查询 p50 毫秒", "build_seconds": "建索引 秒", "peak_mb": "峰值 MB"}
NAME, TITLE = "bench-growth", "随段落数的增长"
NOTE = "两条轴都按十倍等距：越平越不怕语料变大；Chroma 与 numpy 是拿到同样向量、别的都不做时的下限"

_TOP, _LEFT, _WIDE, _HIGH, _GAP = 96.0, 76.0, 250.0, 240.0, 84.0


@dataclass(frozen=True)
class Scale:
    """An axis in powers of ten: the values at its ends and where they lie on the sheet."""

    low: float
    high: float
    start: float
    end: float

    @classmethod
    def over(cls, values: Sequence[float], start: float, end: float) -> "Scale":
        """The whole powers of ten around the values, one apart at least."""
        low = floor(log10(min(values)))
        high = max(ceil(log10(max(values))), low + 1)
        return cls(10.0**low, 10.0**high, start, end)

    def at(self, value: float) -> float:
        """The place of a value."""
        share = log10(value / self.low) / log10(self.high / self.low)
        return self.start + (self.end - self.start) * share

    @property
    def ticks(self) -> list[float]:
        """Every power of ten from end to end."""
        return [10.0**power for power in range(round(log10(self.low)), round(log10(self.high)) + 1)]


def growth_picture(rows: Sequence[Mapping[str, Any]]) -> Picture:
    """One picture of all sizes and pipelines there are."""
    width = _LEFT + len(MEASURES) * (_WIDE + _GAP)
    drawing = Drawing(max(width, 50 + breadth(NOTE)), _TOP + _HIGH + 84, TITLE, NOTE)
    for place, (key, label) in enumerate(MEASURES.items()):
        _panel(drawing, _LEFT + place * (_WIDE + _GAP), (key, label), rows)
    _key(drawing, [name for name in PIPELINES if any(row["pipeline"] == name for row in rows)])
    return Picture(NAME, TITLE, "growth", drawing.svg())


def _panel(drawing: Drawing, left: float, shown: tuple[str, str], rows: Sequence[Mapping[str, Any]]) -> None:
    key, label = shown
    x = Scale.over([row["passages"] for row in rows], left, left + _WIDE)
    y = Scale.over([row[key] for row in rows], _TOP + _HIGH, _TOP)
    for tick in y.ticks:
        drawing.line((left, y.at(tick)), (left + _WIDE, y.at(tick)))
        drawing.words(left - 8, y.at(tick) + 4, f"{tick:g}", Words(SMALL, FAINT, "end"))
    for tick in x.ticks:
        drawing.line((x.at(tick), _TOP), (x.at(tick), _TOP + _HIGH))
        drawing.words(x.at(tick), _TOP + _HIGH + 18, f"{tick:,.0f}", Words(SMALL, FAINT, "middle"))
    drawing.words(left, _TOP - 12, label, Words(bold=True))
    drawing.words(left + _WIDE, _TOP + _HIGH + 36, "段落数", Words(SMALL, FAINT, "end"))
    for name, colour in reversed(COLOURS.items()):
        mine = sorted((row["passages"], row[key]) for row in rows if row["pipeline"] == name)
        points: list[Point] = [(x.at(size), y.at(value)) for size, value in mine]
        drawing.path(points, colour)
        for point in points:
            drawing.dot(point, 4.5, colour)


def _key(drawing: Drawing, names: Sequence[str]) -> None:
    x, y = _LEFT, _TOP + _HIGH + 62
    for name in names:
        drawing.line((x, y - 4), (x + 22, y - 4), COLOURS[name], 2.6)
        drawing.words(x + 30, y, PIPELINES[name])
        x += 58 + breadth(PIPELINES[name])
