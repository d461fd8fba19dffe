"""Pictures drawn by hand: well-formed, within their sheet, the same each time."""

import re
from xml.etree import ElementTree

import pytest

from evals.charts import Bar, Bin, Curve, Heat, bars, heat, reliability, risk
from evals.intervals import Interval
from evals.pictures import BLUE, Drawing, Words, blend, breadth

HALF = Interval(0.5, 0.0, 1.0, 12)
DRAWN = {
    "bars": bars(
        "题<目>", "注 & 释", [Bar("一个很长很长的名字", HALF, HALF), Bar("短", HALF, strong=False)], "别的"
    ),
    "heat": heat("题", "", Heat(["甲", "乙"], [[3, 1], [0, 0]], [1])),
    "reliability": reliability("题", "", [Bin(0.05, HALF), Bin(0.99, Interval(1.0, 0.9, 1.0, 3))]),
    "risk": risk(
        "题", "", [Curve("本程序", BLUE, [(0.1, 0.0), (1.0, 0.33)], [(0.2, 0.0, 0.9)], (0.9, 0.3))], 0.05
    ),
}


@pytest.mark.parametrize("name", DRAWN)
def test_every_mark_lies_within_its_sheet(name: str) -> None:
    """Nothing is cut off, an interval that reaches beyond the scale included."""
    root = ElementTree.fromstring(DRAWN[name])
    width, height = map(float, root.attrib["viewBox"].split()[2:])
    for element in root.iter():
        for key, value in element.attrib.items():
            if key in ("x", "x1", "x2", "cx"):
                assert 0 <= float(value) <= width
            elif key in ("y", "y1", "y2", "cy"):
                assert 0 <= float(value) <= height
        for x, y in re.findall(r"([-\d.]+),([-\d.]+)", element.attrib.get("points", "")):
            assert 0 <= float(x) <= width and 0 <= float(y) <= height


def test_words_are_words() -> None:
    """Marks of the language are not taken for marks of the file; the title is told to those who cannot see it."""
    root = ElementTree.fromstring(DRAWN["bars"])
    texts = [
        "".join(element.itertext()) for element in root.iter() if element.tag.endswith(("text", "title"))
    ]
    assert {"题<目>", "注 & 释", "一个很长很长的名字", "50.0%", "n=12"} <= set(texts)
    assert texts[0] == texts[1]


def test_numbers_are_written_short() -> None:
    """Two places at most, so that the same figures give the same bytes on every machine."""
    drawing = Drawing(10, 10, "")
    drawing.words(1 / 3, 2.0, "a", Words(turn=-45))
    assert '<text x="0.33" y="2"' in drawing.parts[0]
    assert "rotate(-45 0.33 2)" in drawing.parts[0]


def test_colours_are_thinned_over_the_ground() -> None:
    """Nothing of a colour is the ground, all of it the colour."""
    assert ["#ffffff", "#1f5fa8", "#8fafd4"] == [blend(BLUE, share) for share in (0, 1, 0.5)]


def test_chinese_is_as_wide_as_high() -> None:
    """Labels have the room they need."""
    assert (20, True) == (breadth("中文", 10), breadth("ab", 10) < 20)
