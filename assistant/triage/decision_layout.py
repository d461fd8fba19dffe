"""Where everything of the decision graph stands on its picture: lanes by step, cards, rows, the rows of the table.

Basis: the house's own; the picture shows the rules and nothing besides.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.law.outcomes import Outcome, Outcomes
from assistant.triage.decision_graph import UNCLEAR, Answer, DecisionGraph, Edition, Ending, Question

CARD, GUTTER, MARGIN, TOP = 308, 78, 40, 208
PAD, GAP = 14, 22
TITLE, TITLE_LINE, LABEL, LABEL_LINE = 15, 21, 12.5, 17
PILL, PILL_HEIGHT = 96, 22
LANE = 8
MOST_IN_LANE = 9
ARTICLE, ARTICLE_LINE = 11, 15
NUMBER = 66

_PIECE = re.compile(
    r"[（“《]*(?:第[（）一二三四五六七八九十百]+[条款项]|[A-Za-z0-9.]+|—+|.)[，。；：？、）”》]*"
)
_MARKS = ("，", "。", "；", "：", "？", "、", "）", "”", "》")
_TORN = 30

Kind = Literal["question", "ending", "paper", "establish"]


@dataclass(frozen=True)
class RowPlace:
    """One answer on a card: its label in lines, what its pill says, its height and the middle of it."""

    answer: Answer
    lines: tuple[str, ...]
    pill: str
    kind: Kind
    colour: str
    top: float
    height: float

    @property
    def middle(self) -> float:
        """Where an arrow leaves."""
        return self.top + self.height / 2


@dataclass(frozen=True)
class CardPlace:
    """A question with its number, or a row of table three with the ways into it."""

    id: str
    number: str
    step: int
    column: int
    x: float
    y: float
    height: float
    title: tuple[str, ...]
    articles: tuple[str, ...]
    rows: tuple[RowPlace, ...]
    by_path: bool = False

    @property
    def right(self) -> float:
        """The right edge."""
        return self.x + CARD


@dataclass(frozen=True)
class OutcomePlace:
    """A row of table three in the last lane: its number, label, class of remedy and the questions it comes from."""

    code: str
    number: str
    group: str
    x: float
    y: float
    height: float
    title: tuple[str, ...]
    under: tuple[str, ...]
    remedy: str


@dataclass(frozen=True)
class Picture:
    """Everything placed."""

    cards: tuple[CardPlace, ...]
    outcomes: tuple[OutcomePlace, ...]
    lanes: tuple[tuple[int, float, float], ...]  # step, left, right
    width: float
    height: float


def lay_out(graph: DecisionGraph, edition: Edition, outcomes: Outcomes) -> Picture:
    """The picture of one edition, lane by lane from left to right."""
    numbers = {id_: str(at) for at, id_ in enumerate(in_order(edition), start=1)}
    rows_of = table_rows(outcomes)
    known = _Known(edition, numbers, rows_of)
    cards: list[CardPlace] = []
    lanes: list[tuple[int, float, float]] = []
    column = 0
    for stage in graph.stages[:-1]:
        asked = [q for q in edition.questions.values() if q.step == stage.number]
        left = _x(column)
        for part in _split(asked):
            y = float(TOP)
            for question in part:
                card = _card(question, known, column, y)
                cards.append(card)
                y += card.height + GAP
            column += 1
        lanes.append((stage.number, left, _x(column - 1) + CARD))
    placed = tuple(_outcomes(edition, outcomes, numbers, rows_of, _x(column)))
    lanes.append((graph.stages[-1].number, _x(column), _x(column) + CARD))
    bottom = max(*(card.y + card.height for card in cards), *(place.y + place.height for place in placed))
    return Picture(tuple(cards), placed, tuple(lanes), _x(column) + CARD + MARGIN, bottom + 120)


def table_rows(outcomes: Outcomes) -> dict[str, str]:
    """Code → its place in table three: （三）4."""
    found: dict[str, str] = {}
    for code, outcome in outcomes.items():
        head = outcome.group_label.split("）")[0] + "）"
        alike = [other for other in outcomes.values() if other.group == outcome.group]
        found[code] = head + (str(alike.index(outcome) + 1) if len(alike) > 1 else "")
    return found


def wrap(words: str, width: float, size: float) -> tuple[str, ...]:
    """The words in as few lines as fit, broken where a person would: after a mark, not far from the middle.

    A closing mark never begins a line, an opening one never ends it; a number or 第…条 is not torn.
    """
    pieces = _PIECE.findall(words)
    best: list[tuple[int, float, int]] = [(0, 0.0, 0)]
    for end in range(1, len(pieces) + 1):
        best.append(min(_broken(pieces, end, best, (width, size))))
    lines: list[str] = []
    end = len(pieces)
    while end:
        start = best[end][2]
        lines.insert(0, "".join(pieces[start:end]))
        end = start
    return tuple(lines)


def _broken(
    pieces: list[str], end: int, best: list[tuple[int, float, int]], room: tuple[float, float]
) -> Iterator[tuple[int, float, int]]:
    """Ways to end a line here: lines so far, how unsightly, where the line begins."""
    width, size = room
    used = 0.0
    for start in range(end - 1, -1, -1):
        used += sum(_wide(sign, size) for sign in pieces[start])
        if used > width and start < end - 1:
            return
        lines, cost, _ = best[start]
        torn = _TORN if start and not pieces[start - 1].endswith(_MARKS) else 0
        yield lines + 1, cost + ((width - used) / size) ** 2 + torn, start


def _wide(sign: str, size: float) -> float:
    return size * (1.0 if unicodedata.east_asian_width(sign) in "WFA" else 0.56)


def short_articles(refs: Sequence[str]) -> str:
    """《政府信息公开条例》第三十条 as 条例第三十条; the same law is named once."""
    shown, last = [], ""
    for ref in refs:
        law, _, place = ref.partition("》")
        name = law.removeprefix("《").replace("政府信息公开条例", "条例")
        shown.append(place if name == last else name + place)
        last = name
    return "、".join(shown)


def _x(column: int) -> float:
    return MARGIN + column * (CARD + GUTTER)


def in_order(edition: Edition) -> Iterator[str]:
    """The questions by step, then as the rules list them."""
    yield from sorted(edition.questions, key=lambda id_: edition.questions[id_].step)


def _split(asked: list[Question]) -> list[list[Question]]:
    """The questions of a step in as many lanes as keep the picture low."""
    parts = -(-len(asked) // MOST_IN_LANE)
    weights = [len(question.answers) + 2 for question in asked]
    aim, found, used = sum(weights) / parts, [[]], 0.0  # type: tuple[float, list[list[Question]], float]
    for question, weight in zip(asked, weights, strict=True):
        if found[-1] and used + weight / 2 > aim * len(found) and len(found) < parts:
            found.append([])
        found[-1].append(question)
        used += weight
    return found


@dataclass(frozen=True)
class _Known:
    """What a pill is written from: the edition, the numbers of its questions, the rows of the table."""

    edition: Edition
    numbers: dict[str, str]
    rows_of: dict[str, str]


def _card(question: Question, known: _Known, column: int, y: float) -> CardPlace:
    title = wrap(question.words, CARD - 2 * PAD - 34, TITLE)
    articles = wrap(short_articles(question.basis), CARD - 2 * PAD - 34, ARTICLE)
    at = y + PAD + len(title) * TITLE_LINE + len(articles) * ARTICLE_LINE + 7
    rows = tuple(_rows(question, known, at))
    return CardPlace(
        id=question.id,
        number=known.numbers[question.id],
        step=question.step,
        column=column,
        x=_x(column),
        y=y,
        height=rows[-1].top + rows[-1].height + 8 - y,
        title=title,
        articles=articles,
        rows=rows,
        by_path=question.by_path,
    )


def _rows(question: Question, known: _Known, at: float) -> Iterator[RowPlace]:
    """The answers one under the other; 不清楚 is told once for all."""
    for answer in question.answers:
        if answer.key == UNCLEAR:
            continue
        lines = wrap(answer.label, CARD - 2 * PAD - PILL - 12, LABEL)
        height = max(len(lines) * LABEL_LINE, PILL_HEIGHT) + 8
        kind, pill, colour = _pill(answer, known)
        yield RowPlace(answer, lines, pill, kind, colour, at, height)
        at += height


def _pill(answer: Answer, known: _Known) -> tuple[Kind, str, str]:
    """Kind, words and colour key of what an answer leads to."""
    edition, numbers, rows_of = known.edition, known.numbers, known.rows_of
    if answer.leads == "next":
        return "question", f"到 {numbers[answer.target]}", str(edition.questions[answer.target].step)
    if answer.leads == "ends" and answer.target in edition.endings:
        code = edition.endings[answer.target].outcome
        return "ending", rows_of[code], code.split(".")[0]
    if answer.leads == "does" and answer.target in edition.exits:
        return "paper", edition.exits[answer.target].short, "paper"
    return "establish", "先查明" if answer.leads == "establish" else "不作判断", "establish"


def _outcomes(
    edition: Edition, outcomes: Outcomes, numbers: dict[str, str], rows_of: dict[str, str], x: float
) -> Iterator[OutcomePlace]:
    y = float(TOP)
    for code, outcome in outcomes.items():
        if not outcome.validity.holds(edition.on):
            continue
        title = wrap(outcome.label, CARD - 2 * PAD - NUMBER, TITLE)
        under = tuple(
            line
            for words in _under(outcome, list(edition.endings.values()), edition, numbers)
            for line in wrap(words, CARD - 2 * PAD, LABEL)
        )
        height = PAD + len(title) * TITLE_LINE + (len(under) + 1) * LABEL_LINE + 6
        yield OutcomePlace(code, rows_of[code], outcome.group, x, y, height, title, under, outcome.remedy)
        y += height + 9


def _under(
    outcome: Outcome, endings: list[Ending], edition: Edition, numbers: dict[str, str]
) -> Iterator[str]:
    """The roads with their articles, and from which questions one comes."""
    for road in outcome.roads:
        ways = {one.id for one in endings if (one.outcome, one.road) == (outcome.code, road.name)}
        asked = [
            numbers[question.id]
            for question in edition.questions.values()
            if any(answer.leads == "ends" and answer.target in ways for answer in question.answers)
        ]
        yield f"{short_articles(list(map(str, road.basis)))}；来自 {'、'.join(sorted(asked, key=int))}"
