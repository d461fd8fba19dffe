"""A report's table lines cut into words and values, whatever the page made of bars, spaces and line ends.

A run is a piece of text and the values that follow it up to the next text: cells are never counted off.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

Line = tuple[int, str]

_RULE = re.compile(r"[\s|]*:?-{3,}:?[\s|:-]*")
_PAGE = re.compile(r"\s*(?:[-—–]\s*\d{1,3}\s*[-—–]|第\s*\d+\s*页.{0,12}|\d{1,3}\s*/\s*\d{1,3})\s*")
_VALUE = re.compile(
    r"[+-]?\d[\d,]*(?:\.\d+)?(?:件|条|份|个|起|项|宗|部|次|例|件次|元|万元|亿元|万)?"
    r"|[\d,.]*[*×]+[\d,.*×]*(?:件|元|万元)?|[/\\—–_-]+|无|(?:增加?|减少?)\d+"
)
_GLUED = re.compile(r"(?<=[\u4e00-\u9fff)”\"])[+-]?\d[\d,]*(?:\.\d+)?(?:件|元|万元)?$")
_LOOSE_MARK = re.compile(r"(?<=\d)\s+(?=[.、)])")
_PROSE = 120


class Token(NamedTuple):
    """A word or value of the page; `glued` where no space parted it from its title."""

    text: str
    line: int
    glued: bool = False


@dataclass(slots=True)
class Run:
    """Pieces of text, and the cells that follow them; an empty token is an empty cell or padding."""

    words: list[Token] = field(default_factory=list)
    cells: list[Token] = field(default_factory=list)
    blank_after: set[int] = field(default_factory=set)

    @property
    def filled(self) -> list[Token]:
        """The cells that show something."""
        return [cell for cell in self.cells if cell.text]


def runs(lines: Iterable[Line]) -> list[Run]:
    """The runs of a stretch of lines, in order; the last may have words and no values."""
    found: list[Run] = []
    run = Run()
    begun = False
    for is_text, token in _tokens(lines):
        if is_text:
            if begun:
                found.append(run)
                run, begun = Run(), False
            elif run.cells:
                run.blank_after.add(len(run.words) - 1)
                run.cells.clear()
            run.words.append(token)
        else:
            begun = begun or bool(token.text)
            run.cells.append(token)
    found.append(run)
    return found


def is_value(text: str) -> bool:
    """Whether a piece of a table is a value: a number, masked digits, or a stroke in their place."""
    return text.isdecimal() or _VALUE.fullmatch(text) is not None


def _tokens(lines: Iterable[Line]) -> Iterator[tuple[bool, Token]]:
    before = ""
    for number, line in lines:
        bare = line.strip()
        if not bare:
            before = ""
            continue
        if "|" not in bare:
            yield from _words(bare, number)
        elif not bare.strip("| "):
            yield from _lone_bars(bare, number, before)
        elif not _RULE.fullmatch(bare):
            pieces = bare.split("|")
            if not pieces[-1]:
                pieces.pop()
            for piece in map(str.strip, pieces):
                if not piece or piece.isdecimal():
                    yield False, Token(piece, number)
                else:
                    yield from _piece(piece, number)
        before = bare


def _lone_bars(bare: str, number: int, before: str) -> Iterator[tuple[bool, Token]]:
    """A line of bars alone: empty cells, unless its first bar ends the cell on the line before."""
    empty = bare.count("|") - (1 if before and "|" not in before else 0)
    yield from ((False, Token("", number)) for _ in range(empty))


def _piece(piece: str, number: int) -> Iterator[tuple[bool, Token]]:
    if _VALUE.fullmatch(piece):
        yield False, Token(piece, number)
    elif piece[-1].isdecimal() or " " in piece or piece[-1] in "/*-—件元":
        yield from _words(piece, number)
    else:
        yield True, Token(piece, number)


def _words(line: str, number: int) -> Iterator[tuple[bool, Token]]:
    """`规章 0 0 0` and `规章000` are a title and what follows it; `1. 属于国家秘密` is one title."""
    if len(line) > _PROSE or _PAGE.fullmatch(line):
        if len(line) > _PROSE:
            yield True, Token(line, number)
        return
    text: list[str] = []
    for word in _LOOSE_MARK.sub("", line).split():
        if (word.isdecimal() or _VALUE.fullmatch(word)) and not (text and text[-1].endswith("增")):
            yield from _text(text, number)
            text = []
            yield False, Token(word, number)
        else:
            text.append(word)
    yield from _text(text, number)


def _text(words: list[str], number: int) -> Iterator[tuple[bool, Token]]:
    """Words as one piece of text, and a value glued to its end."""
    text = "".join(words)
    glued = _GLUED.search(text) if text else None
    if glued:
        yield True, Token(text[: glued.start()], number)
        yield False, Token(glued[0], number, glued=True)
    elif text:
        yield True, Token(text, number)
