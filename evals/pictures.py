"""Pictures as SVG, drawn by hand: they open offline, scale, and are the same to the byte for the same figures."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from xml.sax.saxutils import escape

FONTS = (
    "'Noto Sans CJK SC','Source Han Sans SC','PingFang SC','Microsoft YaHei','WenQuanYi Zen Hei',sans-serif"
)
INK, FAINT, GRID, PAPER = "#1b2a3a", "#5f6f80", "#e3e8ee", "#ffffff"
BLUE, ORANGE, GREEN, GREY, RED = "#1f5fa8", "#c8741a", "#2f7d5b", "#9aa7b5", "#b83227"
TITLE, NOTE, LABEL, SMALL = 19, 12.5, 12.5, 11

Point = tuple[float, float]


@dataclass(frozen=True)
class Words:
    """How words are set: size, colour, which end stands at the point given, weight, turn in degrees."""

    size: float = LABEL
    colour: str = INK
    anchor: str = "start"
    bold: bool = False
    turn: float = 0


@dataclass
class Drawing:
    """A white sheet with a title and a line under it; everything is drawn from its top left corner."""

    width: float
    height: float
    title: str
    note: str = ""
    parts: list[str] = field(default_factory=list)

    def words(self, x: float, y: float, text: str, style: Words = Words()) -> None:
        """Words on a base line."""
        turn = f' transform="rotate({_n(style.turn)} {_n(x)} {_n(y)})"' if style.turn else ""
        weight = ' font-weight="600"' if style.bold else ""
        anchor = f' text-anchor="{style.anchor}"' if style.anchor != "start" else ""
        self.parts.append(
            f'<text x="{_n(x)}" y="{_n(y)}" font-size="{_n(style.size)}" fill="{style.colour}"'
            f"{anchor}{weight}{turn}>{escape(text)}</text>"
        )

    def line(self, a: Point, b: Point, colour: str = GRID, width: float = 1, dashes: str = "") -> None:
        """A straight line."""
        dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
        self.parts.append(
            f'<line x1="{_n(a[0])}" y1="{_n(a[1])}" x2="{_n(b[0])}" y2="{_n(b[1])}" '
            f'stroke="{colour}" stroke-width="{_n(width)}"{dashed}/>'
        )

    def box(self, at: Point, size: Point, colour: str, round_: float = 0) -> None:
        """A filled rectangle from its top left corner."""
        corner = f' rx="{_n(round_)}"' if round_ else ""
        self.parts.append(
            f'<rect x="{_n(at[0])}" y="{_n(at[1])}" width="{_n(size[0])}" height="{_n(size[1])}" '
            f'fill="{colour}"{corner}/>'
        )

    def dot(self, at: Point, radius: float, colour: str, hollow: bool = False) -> None:
        """A round mark, filled or hollow."""
        fill, edge = (PAPER, colour) if hollow else (colour, PAPER)
        self.parts.append(
            f'<circle cx="{_n(at[0])}" cy="{_n(at[1])}" r="{_n(radius)}" fill="{fill}" '
            f'stroke="{edge}" stroke-width="1.5"/>'
        )

    def path(self, points: Iterable[Point], colour: str, width: float = 2, dashes: str = "") -> None:
        """A line through points."""
        dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
        self.parts.append(
            f'<polyline points="{_joined(points)}" fill="none" stroke="{colour}" '
            f'stroke-width="{_n(width)}" stroke-linejoin="round"{dashed}/>'
        )

    def area(self, points: Iterable[Point], colour: str, opacity: float) -> None:
        """A filled outline."""
        self.parts.append(
            f'<polygon points="{_joined(points)}" fill="{colour}" fill-opacity="{_n(opacity)}"/>'
        )

    def svg(self) -> str:
        """The picture as a file."""
        head = (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_n(self.width)} {_n(self.height)}" '
            f'width="{_n(self.width)}" height="{_n(self.height)}" role="img" font-family="{FONTS}">'
        )
        sheet = Drawing(self.width, self.height, "")
        sheet.box((0, 0), (self.width, self.height), PAPER)
        sheet.words(24, 36, self.title, Words(TITLE, INK, bold=True))
        sheet.words(24, 58, self.note, Words(NOTE, FAINT))
        lines = [head, f"<title>{escape(self.title)}</title>", *sheet.parts, *self.parts, "</svg>"]
        return "\n".join(lines) + "\n"


def breadth(text: str, size: float = LABEL) -> float:
    """About how wide words are set; Chinese characters are as wide as high."""
    return sum(size if unicodedata.east_asian_width(char) in "WFA" else 0.57 * size for char in text)


def blend(colour: str, share: float, ground: str = PAPER) -> str:
    """A colour thinned over a ground: 0 leaves the ground, 1 the colour."""
    pairs = ((int(colour[at : at + 2], 16), int(ground[at : at + 2], 16)) for at in (1, 3, 5))
    return "#" + "".join(f"{round(low + (high - low) * share):02x}" for high, low in pairs)


def percent(share: float) -> str:
    """A share as it is written beside a mark."""
    return f"{share:.0%}"


def _joined(points: Iterable[Point]) -> str:
    return " ".join(f"{_n(x)},{_n(y)}" for x, y in points)


def _n(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
