"""The decision graph as an SVG, drawn from the rules: seven lanes, cards with their answers, arrows between them.

Basis: the house's own; the picture shows the rules of corpus/rules/decision.yaml and nothing besides.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from xml.sax.saxutils import escape

from assistant.law.outcomes import Outcomes
from assistant.triage.decision_edges import Edge, route
from assistant.triage.decision_graph import DecisionGraph, Edition
from assistant.triage.decision_layout import (
    ARTICLE,
    ARTICLE_LINE,
    CARD,
    LABEL,
    LABEL_LINE,
    MARGIN,
    NUMBER,
    PAD,
    PILL,
    PILL_HEIGHT,
    TITLE,
    TITLE_LINE,
    CardPlace,
    OutcomePlace,
    Picture,
    RowPlace,
    lay_out,
)

_FONT = "'Noto Sans CJK SC','Source Han Sans SC','PingFang SC','Microsoft YaHei',sans-serif"
_INK, _SOFT, _LINE, _PAPER = "#1d2733", "#5b6b7b", "#d5dde5", "#f6f8fa"
_STEPS = {
    "1": "#3566a8",
    "2": "#2b7a8c",
    "3": "#4c7a34",
    "4": "#8a6d1a",
    "5": "#a1502f",
    "6": "#7a4a8c",
    "7": "#46546a",
}
_PILLS = {
    "grant": ("#e3f3e6", "#1f6b35"),
    "partial": ("#e9f2dc", "#52701a"),
    "refuse": ("#fbe6e2", "#a23222"),
    "unable": ("#ece9f8", "#55459c"),
    "decline": ("#fdeedb", "#95560f"),
    "other": ("#e8ecf0", "#46546a"),
    "paper": ("#fff6d6", "#7c6208"),
    "establish": ("#ffffff", "#5b6b7b"),
}
_REMEDIES = {"A": "先申请行政复议", "B": "复议或者诉讼", "by_basis": "不予公开的部分看依据，其余复议或者诉讼"}


@dataclass(frozen=True)
class Style:
    """How words are set."""

    size: float
    fill: str = _INK
    weight: int = 400
    anchor: str = "start"


def draw(graph: DecisionGraph, edition: Edition, outcomes: Outcomes) -> str:
    """The picture of an edition as one SVG text."""
    picture = lay_out(graph, edition, outcomes)
    edges = route(picture, edition)
    parts = [
        *_frame(picture, graph, edition),
        *(line for edge in edges for line in _edge(edge)),
        *(line for card in picture.cards for line in _card(card)),
        *(line for place in picture.outcomes for line in _outcome(place)),
        *_legend(picture),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _frame(picture: Picture, graph: DecisionGraph, edition: Edition) -> Iterator[str]:
    width, height = picture.width, picture.height
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}" '
        f'width="{width:.0f}" height="{height:.0f}" font-family="{_FONT}" fill="{_INK}" role="img" '
        'aria-label="政府信息公开申请的研判步骤图">'
    )
    yield f'<rect width="{width:.0f}" height="{height:.0f}" fill="#ffffff"/>'
    yield "<defs>"
    for key, colour in (*_STEPS.items(), ("paper", _PILLS["paper"][1])):
        yield (
            f'<marker id="to{key}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" '
            f'orient="auto-start-reverse"><path d="M0 0 8 4 0 8Z" fill="{colour}"/></marker>'
        )
    yield "</defs>"
    yield from _lanes(picture, graph)
    yield _text(MARGIN, 58, "政府信息公开申请：七步研判", Style(30, weight=700))
    said = f"由 corpus/rules/decision.yaml 生成，{edition.on} 起施行的版本。每个问题都可以回答“不清楚”：先查明，不出结果。"
    yield _text(MARGIN, 88, said, Style(15, _SOFT))


def _lanes(picture: Picture, graph: DecisionGraph) -> Iterator[str]:
    for step, left, right in picture.lanes:
        stage = graph.stage(step)
        colour = _STEPS[str(step)]
        yield (
            f'<rect x="{left - 14:.0f}" y="112" width="{right - left + 28:.0f}" '
            f'height="{picture.height - 112 - 92:.0f}" rx="14" fill="{_PAPER}"/>'
        )
        yield (
            f'<rect x="{left - 14:.0f}" y="112" width="{right - left + 28:.0f}" height="66" rx="14" '
            f'fill="{colour}"/>'
        )
        yield _text(left + 4, 142, f"{step}　{stage.name}", Style(22, "#ffffff", 700))
        yield _text(left + 4, 165, stage.says, Style(13, "#ffffff"))


def _card(card: CardPlace) -> Iterator[str]:
    colour = _STEPS[str(card.step)]
    dash = ' stroke-dasharray="5 4"' if card.by_path else ""
    yield (
        f'<rect x="{card.x:.1f}" y="{card.y:.1f}" width="{CARD}" height="{card.height:.1f}" rx="9" '
        f'fill="#ffffff" stroke="{colour}" stroke-opacity=".55" stroke-width="1.3"{dash}/>'
    )
    yield (
        f'<rect x="{card.x:.1f}" y="{card.y:.1f}" width="5" height="{card.height:.1f}" rx="2.5" '
        f'fill="{colour}"/>'
    )
    badge = card.y + PAD + 9
    yield f'<circle cx="{card.x + PAD + 14:.1f}" cy="{badge:.1f}" r="13" fill="{colour}"/>'
    yield _text(card.x + PAD + 14, badge + 4.8, card.number, Style(13.5, "#ffffff", 700, "middle"))
    for at, line in enumerate(card.title):
        yield _text(card.x + PAD + 34, card.y + PAD + 14 + at * TITLE_LINE, line, Style(TITLE, weight=600))
    under = card.y + PAD + len(card.title) * TITLE_LINE + 9
    for at, line in enumerate(card.articles):
        yield _text(card.x + PAD + 34, under + at * ARTICLE_LINE, line, Style(ARTICLE, _SOFT))
    for row in card.rows:
        yield from _row(card, row)


def _row(card: CardPlace, row: RowPlace) -> Iterator[str]:
    yield (
        f'<path d="M{card.x + PAD:.1f} {row.top:.1f}H{card.right - PAD:.1f}" stroke="{_LINE}" '
        'stroke-width="1"/>'
    )
    first = row.middle - (len(row.lines) - 1) * LABEL_LINE / 2 + 4.3
    for at, line in enumerate(row.lines):
        yield _text(card.x + PAD, first + at * LABEL_LINE, line, Style(LABEL))
    fill, ink = _PILLS.get(row.colour, ("#ffffff", _STEPS.get(row.colour, _INK)))
    left = card.right - PAD - PILL
    dash = ' stroke-dasharray="3 3"' if row.kind == "establish" else ""
    yield (
        f'<rect x="{left:.1f}" y="{row.middle - PILL_HEIGHT / 2:.1f}" width="{PILL}" '
        f'height="{PILL_HEIGHT}" rx="11" fill="{fill}" stroke="{ink}" stroke-opacity=".5"{dash}/>'
    )
    yield _text(left + PILL / 2, row.middle + 4.3, row.pill, Style(12, ink, 600, "middle"))


def _outcome(place: OutcomePlace) -> Iterator[str]:
    fill, ink = _PILLS[place.group]
    yield (
        f'<rect x="{place.x:.1f}" y="{place.y:.1f}" width="{CARD}" height="{place.height:.1f}" rx="9" '
        f'fill="{fill}" stroke="{ink}" stroke-opacity=".45"/>'
    )
    yield _text(place.x + PAD, place.y + PAD + 13, place.number, Style(TITLE, ink, 700))
    for at, line in enumerate(place.title):
        yield _text(
            place.x + PAD + NUMBER, place.y + PAD + 13 + at * TITLE_LINE, line, Style(TITLE, _INK, 600)
        )
    start = place.y + PAD + len(place.title) * TITLE_LINE + 13
    for at, line in enumerate(place.under):
        yield _text(place.x + PAD, start + at * LABEL_LINE, line, Style(11.5, _SOFT))
    words = _REMEDIES[place.remedy]
    last = start + len(place.under) * LABEL_LINE
    yield _text(place.x + PAD, last, f"救济：{words}", Style(11.5, ink, 600))


def _edge(edge: Edge) -> Iterator[str]:
    colour = _PILLS["paper"][1] if edge.after_paper else _STEPS[str(edge.step)]
    key = "paper" if edge.after_paper else str(edge.step)
    dash = ' stroke-dasharray="5 4"' if edge.after_paper else ""
    yield (
        f'<path d="{edge.path}" fill="none" stroke="{colour}" stroke-opacity=".62" stroke-width="1.6" '
        f'stroke-linejoin="round"{dash} marker-end="url(#to{key})"/>'
    )


def _legend(picture: Picture) -> Iterator[str]:
    y = picture.height - 52
    shown = (
        ("到 12", "question", "下一个问题的编号"),
        ("（三）4", "refuse", "年度报告表三的那一行（处理结果）"),
        ("征求第三方", "paper", "发出文书或者等待，办完回到虚线所指的问题"),
        ("先查明", "establish", "先查明事实，不出结果"),
    )
    x = float(MARGIN)
    for pill, key, words in shown:
        fill, ink = _PILLS.get(key, ("#ffffff", _STEPS["2"]))
        dash = ' stroke-dasharray="3 3"' if key == "establish" else ""
        yield (
            f'<rect x="{x:.1f}" y="{y - 15:.1f}" width="{PILL}" height="{PILL_HEIGHT}" rx="11" fill="{fill}" '
            f'stroke="{ink}" stroke-opacity=".5"{dash}/>'
        )
        yield _text(x + PILL / 2, y, pill, Style(12, ink, 600, "middle"))
        yield _text(x + PILL + 12, y, words, Style(14, _SOFT))
        x += PILL + 12 + len(words) * 14 + 46
    yield _text(x, y, "左边有竖条的虚线框：由前面的回答得出，不用再问。", Style(14, _SOFT))


def _text(x: float, y: float, words: str, style: Style) -> str:
    set_ = "" if style.anchor == "start" else f' text-anchor="{style.anchor}"'
    bold = "" if style.weight == 400 else f' font-weight="{style.weight}"'
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{style.size:g}" fill="{style.fill}"{bold}{set_}>'
        f"{escape(words)}</text>"
    )
