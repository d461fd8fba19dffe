"""The arrows of the picture: along the gutters between lanes, one line of a gutter for each target.

Basis: the house's own.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from assistant.triage.decision_graph import Edition
from assistant.triage.decision_layout import CARD, GUTTER, LANE, CardPlace, Picture

_TURN = 7.0
_HEAD = 25.0
_CORRIDOR = 186.0


@dataclass(frozen=True)
class Edge:
    """One arrow between two questions; `after_paper` where a paper lies in between."""

    source: str
    target: str
    step: int
    after_paper: bool
    path: str


@dataclass(frozen=True)
class _Link:
    source: CardPlace
    target: CardPlace
    y: float
    after_paper: bool


def route(picture: Picture, edition: Edition) -> list[Edge]:
    """Every arrow, each pair of questions once a kind, bundled by target."""
    cards = {card.id: card for card in picture.cards}
    links = list(_links(cards, edition))
    lanes = _lanes(links)
    corridors = _corridors(links)
    found = []
    for link in links:
        path = _path(link, lanes, corridors)
        found.append(Edge(link.source.id, link.target.id, link.target.step, link.after_paper, path))
    return found


def _links(cards: dict[str, CardPlace], edition: Edition) -> Iterator[_Link]:
    seen: set[tuple[str, str, bool]] = set()
    for card in cards.values():
        for row in card.rows:
            target, after = row.answer.target, False
            if row.answer.leads == "does" and target in edition.exits:
                target, after = edition.exits[target].returns or "", True
            elif row.answer.leads != "next":
                continue
            key = (card.id, target, after)
            if target in cards and target != card.id and key not in seen:
                seen.add(key)
                yield _Link(card, cards[target], row.middle, after)


def _far(link: _Link) -> bool:
    return link.target.column > link.source.column + 1 or link.target.column < link.source.column - 1


def _gutter(link: _Link) -> int:
    """The gutter an arrow leaves into: to the right of its lane, or to the left where it goes back."""
    return link.source.column - (1 if link.target.column < link.source.column else 0)


def _lanes(links: list[_Link]) -> dict[tuple[int, str, bool], float]:
    """(gutter, target, after a paper) → x; targets higher up run further out."""
    used: dict[int, dict[tuple[str, bool], float]] = {}
    for link in links:
        used.setdefault(_gutter(link), {})[(link.target.id, link.after_paper)] = link.target.y
        if _far(link):
            arriving = link.target.column - 1
            used.setdefault(arriving, {})[(link.target.id, link.after_paper)] = link.target.y
    found: dict[tuple[int, str, bool], float] = {}
    for gutter, targets in used.items():
        left = 40 + gutter * (CARD + GUTTER) + CARD
        order = sorted(targets, key=lambda key: (targets[key], key[1]))
        room = min(LANE, (GUTTER - 34) / max(len(order), 1))
        first = left + (GUTTER - room * (len(order) - 1)) / 2
        for at, (id_, after) in enumerate(order):
            found[(gutter, id_, after)] = first + at * room
    return found


def _corridors(links: list[_Link]) -> dict[str, float]:
    """Target → height of its line above the cards, for arrows that pass a lane."""
    far = list(dict.fromkeys(link.target.id for link in links if _far(link)))
    return {id_: _CORRIDOR + at * 6 for at, id_ in enumerate(far)}


def _path(link: _Link, lanes: dict[tuple[int, str, bool], float], corridors: dict[str, float]) -> str:
    source, target = link.source, link.target
    lane = lanes[(_gutter(link), target.id, link.after_paper)]
    head = target.y + _HEAD + (8 if link.after_paper else 0)
    back = target.column < source.column
    start = (source.x if back else source.right, link.y)
    if _far(link):
        corridor = corridors[target.id]
        arrive = lanes[(target.column - 1, target.id, link.after_paper)]
        return _line(
            [start, (lane, link.y), (lane, corridor), (arrive, corridor), (arrive, head), (target.x, head)]
        )
    enters = target.right if target.column <= source.column else target.x
    return _line([start, (lane, link.y), (lane, head), (enters, head)])


def _line(points: list[tuple[float, float]]) -> str:
    """A line with rounded corners."""
    words = [f"M{points[0][0]:.1f} {points[0][1]:.1f}"]
    for before, here, after in zip(points, points[1:], points[2:], strict=False):
        into, out = _short(here, before), _short(here, after)
        words.append(f"L{into[0]:.1f} {into[1]:.1f}Q{here[0]:.1f} {here[1]:.1f} {out[0]:.1f} {out[1]:.1f}")
    return "".join((*words, f"L{points[-1][0]:.1f} {points[-1][1]:.1f}"))


def _short(corner: tuple[float, float], other: tuple[float, float]) -> tuple[float, float]:
    """A point a little before a corner."""
    dx, dy = other[0] - corner[0], other[1] - corner[1]
    length = max(abs(dx), abs(dy), 0.01)
    step = min(_TURN, length / 2)
    return corner[0] + dx / length * step, corner[1] + dy / length * step
