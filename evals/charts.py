"""Kinds of pictures: bars with intervals, a table of confusions, claimed against true, risk against coverage."""

from collections.abc import Sequence
from dataclasses import dataclass

from evals.intervals import Interval
from evals.pictures import (
    BLUE,
    FAINT,
    GREY,
    INK,
    ORANGE,
    PAPER,
    RED,
    SMALL,
    Drawing,
    Point,
    Words,
    blend,
    breadth,
    percent,
)

TOP = 84
STEP = 30
# Under so many answers a share right is shown, but no line is drawn through it.
FEW = 10
HEAT_KEY = 520.0
TICKS = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)

_RIGHT = Words(anchor="end")
_TICK = Words(SMALL, FAINT, "middle")


@dataclass(frozen=True)
class Bar:
    """A share with its interval, and another method's beside it as a hollow mark."""

    label: str
    figure: Interval
    other: Interval | None = None
    strong: bool = True


def bars(title: str, note: str, rows: Sequence[Bar], other: str = "") -> str:
    """Lying bars from nought to all, with 95 % intervals and n."""
    left = 36 + max(breadth(row.label) for row in rows)
    across, low = 470.0, TOP + 14 + STEP * len(rows)
    drawing = Drawing(max(left + across + 150, 50 + breadth(note)), low + 52, title, note)

    def x(share: float) -> float:
        return left + across * share

    for tick in TICKS:
        drawing.line((x(tick), TOP), (x(tick), low))
        drawing.words(x(tick), low + 18, percent(tick), _TICK)
    for at, row in enumerate(rows):
        middle = TOP + 14 + STEP * at + STEP / 2
        found, colour = row.figure, BLUE if row.strong else GREY
        drawing.words(left - 12, middle + 4.5, row.label, Words(anchor="end", bold=False))
        drawing.box((left, middle - 8), (across * found.value, 16), blend(colour, 0.42), 2)
        _whisker(drawing, (x(found.low), middle), (x(found.high), middle), colour)
        drawing.dot((x(found.value), middle), 4.5, colour)
        if row.other:
            drawing.dot((x(row.other.value), middle), 4, ORANGE, hollow=True)
        drawing.words(
            x(1) + 14,
            middle + 4.5,
            f"{found.value:.1%}",
            Words(bold=True),
        )
        drawing.words(x(1) + 76, middle + 4.5, f"n={found.n}", Words(SMALL, FAINT))
    drawing.dot((left + 6, low + 36), 4.5, BLUE)
    drawing.words(left + 16, low + 40, "值和 95% 区间", Words(SMALL, FAINT))
    if other:
        drawing.dot((left + 126, low + 36), 4, ORANGE, hollow=True)
        drawing.words(left + 136, low + 40, other, Words(SMALL, FAINT))
    return drawing.svg()


@dataclass(frozen=True)
class Heat:
    """A table of counts: rows are labels, columns what was said, in the same order; rules after some places."""

    names: Sequence[str]
    counts: Sequence[Sequence[int]]
    rules: Sequence[int] = ()


def heat(title: str, note: str, table: Heat) -> str:
    """Each row shaded by its shares: blue where label and answer agree, red where they do not."""
    cell, size = 32.0, len(table.names)
    left = 74 + max(breadth(name) for name in table.names)
    slant = 26 + 0.72 * max(breadth(name, SMALL) for name in table.names)
    top = 78 + slant
    side = cell * size
    width = left + max(side + slant * 0.75, HEAT_KEY)
    drawing = Drawing(max(width, 50 + breadth(note)), top + side + 58, title, note)
    for row, name in enumerate(table.names):
        middle = top + cell * row + cell / 2
        total = sum(table.counts[row])
        drawing.words(left - 44, middle + 4.5, name, _RIGHT)
        drawing.words(left - 12, middle + 4.5, str(total), Words(SMALL, FAINT, "end"))
        drawing.words(left + cell * row + cell / 2 + 3, top - 10, name, Words(SMALL, INK, turn=-46))
        for column, count in enumerate(table.counts[row]):
            _heat_cell(drawing, (left + cell * column, top + cell * row), cell, (count, total, row == column))
    for at in (0, *table.rules, size):
        colour = GREY if at not in (0, size) else FAINT
        drawing.line((left, top + cell * at), (left + side, top + cell * at), colour)
        drawing.line((left + cell * at, top), (left + cell * at, top + side), colour)
    drawing.words(left - 12, top - 10, "n", Words(SMALL, FAINT, "end"))
    drawing.words(left - 44, top - 10, "标注 ↓　判为 →", Words(SMALL, FAINT, "end"))
    _heat_key(drawing, left, top + side + 26)
    return drawing.svg()


def _heat_cell(drawing: Drawing, at: Point, cell: float, found: tuple[int, int, bool]) -> None:
    count, total, agree = found
    share = count / total if total else 0.0
    colour = BLUE if agree else RED
    shade = blend(colour, 0.12 + 0.83 * share) if count else ("#f4f6f9" if agree else "#fafbfc")
    drawing.box((at[0] + 1, at[1] + 1), (cell - 2, cell - 2), shade, 2)
    if count:
        ink = PAPER if share > 0.55 else INK
        drawing.words(
            at[0] + cell / 2, at[1] + cell / 2 + 4.5, str(count), Words(12, ink, "middle", bold=agree)
        )


def _heat_key(drawing: Drawing, x: float, y: float) -> None:
    for start, colour, words in ((x, BLUE, "判对，占该类的"), (x + 262, RED, "判错，占该类的")):
        drawing.words(start, y + 10, words, Words(SMALL, FAINT))
        for at, share in enumerate(TICKS[1:]):
            drawing.box((start + 90 + 28 * at, y - 1), (28, 14), blend(colour, 0.12 + 0.83 * share))
            drawing.words(start + 104 + 28 * at, y + 26, percent(share), Words(9.5, FAINT, "middle"))


@dataclass(frozen=True)
class Bin:
    """Answers about equally sure: the mean probability claimed, and the share right."""

    claimed: float
    right: Interval


def reliability(title: str, note: str, bins: Sequence[Bin]) -> str:
    """How often what is called so likely is true; under it, how many answers there are of each."""
    left, across, high, under = 84.0, 430.0, 430.0, 84.0
    base, foot = TOP + high, TOP + high + 34 + under
    drawing = Drawing(max(left + across + 60, 50 + breadth(note)), foot + 56, title, note)

    def at(x: float, y: float) -> Point:
        return left + across * x, base - high * y

    for tick in TICKS:
        drawing.line(at(0, tick), at(1, tick))
        drawing.line(at(tick, 0), at(tick, 1))
        drawing.line((at(tick, 0)[0], base + 34), (at(tick, 0)[0], foot))
        drawing.words(left - 10, at(0, tick)[1] + 4, percent(tick), Words(SMALL, FAINT, "end"))
        drawing.words(at(tick, 0)[0], foot + 18, percent(tick), _TICK)
    drawing.line(at(0, 0), at(1, 1), GREY, 1.5, "5 4")
    drawing.words(at(0.045, 0.075)[0], at(0.045, 0.075)[1], "所称即所是", Words(SMALL, FAINT, turn=-45))
    drawing.path([at(b.claimed, b.right.value) for b in bins if b.right.n >= FEW], BLUE)
    most = max(found.right.n for found in bins)
    for found in bins:
        x = at(found.claimed, 0)[0]
        _whisker(drawing, at(found.claimed, found.right.high), at(found.claimed, found.right.low), BLUE)
        drawing.dot(at(found.claimed, found.right.value), 5, BLUE, hollow=found.right.n < FEW)
        tall = under * 0.8 * found.right.n / most
        drawing.box((x - 9, foot - tall), (18, tall), blend(BLUE, 0.42), 2)
        drawing.words(x, foot - tall - 5, str(found.right.n), Words(SMALL, FAINT, "middle"))
    drawing.line((left, foot), (left + across, foot), GREY)
    drawing.words(left + across / 2, foot + 40, "所称的概率", Words(anchor="middle"))
    drawing.words(30, TOP + high / 2, "实际判对的", Words(anchor="middle", turn=-90))
    drawing.words(30, foot - under / 2, "件数", Words(anchor="middle", turn=-90))
    return drawing.svg()


@dataclass(frozen=True)
class Curve:
    """A method's share wrong (y) among its surest answers (x: share answered); the band is a 95 % interval."""

    label: str
    colour: str
    points: Sequence[Point]
    band: Sequence[tuple[float, float, float]] = ()
    mark: Point | None = None


def risk(title: str, note: str, curves: Sequence[Curve], limit: float) -> str:
    """What answering more costs. `mark` is where a method's own rule for abstaining puts it."""
    left, across, high = 84.0, 560.0, 360.0
    base = TOP + high
    top = _ceiling(max(y for curve in curves for _, y in curve.points))
    key = max(breadth(curve.label) for curve in curves) + 60
    drawing = Drawing(max(left + across + key, 50 + breadth(note)), base + 66, title, note)

    def at(point: Point) -> Point:
        return left + across * point[0], base - high * min(point[1], top) / top

    for tick in TICKS:
        drawing.line(at((tick, 0)), at((tick, top)))
        drawing.words(at((tick, 0))[0], base + 18, percent(tick), _TICK)
        drawing.line(at((0, tick * top)), at((1, tick * top)))
        drawing.words(left - 10, at((0, tick * top))[1] + 4, percent(tick * top), Words(SMALL, FAINT, "end"))
    for curve in curves:
        upper = [at((x, upper)) for x, _, upper in curve.band]
        drawing.area([*(at((x, lower)) for x, lower, _ in curve.band), *reversed(upper)], curve.colour, 0.13)
    drawing.line(at((0, limit)), at((1, limit)), RED, 1, "4 4")
    sought = f"定阈值时所求：错 {percent(limit)} 以内"
    drawing.words(left + across - 6, at((0, limit))[1] + 14, sought, Words(SMALL, RED, "end"))
    for curve in reversed(curves):
        drawing.path(map(at, curve.points), curve.colour, 2.2)
    _curve_key(drawing, curves, left + across + 24)
    for curve in curves:
        if curve.mark:
            x, y = at(curve.mark)
            drawing.dot((x, y), 6, curve.colour)
            told = f"实际：答 {percent(curve.mark[0])}，错 {curve.mark[1]:.1%}"
            drawing.words(x - 4, y - 14, told, Words(12.5, curve.colour, "end", bold=True))
    drawing.line((left, base), (left + across, base), GREY)
    drawing.words(left + across / 2, base + 44, "答了的占全部（先答最有把握的）", Words(anchor="middle"))
    drawing.words(30, TOP + high / 2, "答了的里面判错的", Words(anchor="middle", turn=-90))
    return drawing.svg()


def _curve_key(drawing: Drawing, curves: Sequence[Curve], x: float) -> None:
    for at, curve in enumerate(curves):
        y = TOP + 12 + 24 * at
        drawing.line((x, y), (x + 22, y), curve.colour, 2.6)
        drawing.words(x + 30, y + 4.5, curve.label)


def _ceiling(value: float) -> float:
    """The next tenth: a scale that ends on a round number."""
    return max(0.1, min(1.0, -(-value * 10 // 1) / 10))


def _whisker(drawing: Drawing, a: Point, b: Point, colour: str) -> None:
    """An interval with its two ends."""
    drawing.line(a, b, colour, 1.6)
    for x, y in (a, b):
        upright = a[1] == b[1]
        drawing.line(
            (x, y - 5) if upright else (x - 5, y), (x, y + 5) if upright else (x + 5, y), colour, 1.6
        )
