"""What a text must hold before a pattern can match in it: asked first, so that most patterns are never run.

A pattern of the rules says much the same thing in many ways, and most of them can match nowhere in a given
text, because the text has none of the words they need. The needed words are read off the pattern itself, on
the safe side: where a pattern needs nothing that can be named, it is always run. Whatever is found stays the
same; only what could not be found is not looked for.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

# Ways of saying one thing beyond this many are not spelt out any further.
_SPELT_OUT = 160
_BUT_FOR_POSITION = (parser.AT, parser.ASSERT, parser.ASSERT_NOT)

Clause = frozenset[str]
Clauses = tuple[Clause, ...]


def pieces(text: str) -> set[str]:
    """Every character and every pair of neighbours of a text."""
    return {*text, *map("".join, zip(text, text[1:], strict=False))}


def needed(pattern: re.Pattern[str]) -> Clauses:
    """Sets of pieces (see `pieces`): of each set, any text in which the pattern matches holds at least one."""
    found = _clauses(parser.parse(pattern.pattern, pattern.flags))
    return tuple(sorted((frozenset(words[:2] for words in clause) for clause in found), key=len))


def possible(clauses: Clauses, held: set[str]) -> bool:
    """Whether a text with these pieces holds something of every clause."""
    absent = held.isdisjoint
    # A plain loop, the fastest way: this is asked a hundred times a letter.
    for clause in clauses:  # noqa: SIM110
        if absent(clause):
            return False
    return True


def _clauses(parts: Iterable[Any]) -> list[Clause]:
    """What a sequence needs: neighbours that can be spelt out are taken together."""
    found, run = list[Clause](), frozenset({""})
    for kind, value in parts:
        spelt = _spelt(kind, value)
        if spelt is not None and len(run) * len(spelt) <= _SPELT_OUT:
            run = frozenset(one + other for one in run for other in spelt)
            continue
        found.append(run)
        run = frozenset({""}) if spelt is None else spelt
        if spelt is None:
            found += _inner(kind, value)
    return [clause for clause in (*found, run) if "" not in clause]


def _inner(kind: Any, value: Any) -> Iterator[Clause]:
    """What a part needs that cannot be spelt out whole."""
    if kind is parser.SUBPATTERN:
        yield from _clauses(value[3])
    elif kind in (parser.MAX_REPEAT, parser.MIN_REPEAT) and value[0]:
        yield from _clauses(value[2])
    elif kind is parser.BRANCH:
        best = [min(_clauses(part), key=_breadth, default=None) for part in value[1]]
        if None not in best:
            yield frozenset(words for clause in best if clause for words in clause)


def _breadth(clause: Clause) -> tuple[bool, int]:
    """The narrowest clause says most: whole words before single characters, few before many."""
    return any(len(words) < 2 for words in clause), len(clause)


def _spelt(kind: Any, value: Any) -> Clause | None:
    """Every string a part may match, or None where they cannot all be told."""
    if kind is parser.LITERAL:
        return _letter(value)
    if kind is parser.IN:
        return _joined([_letter(letter) if sort is parser.LITERAL else None for sort, letter in value])
    if kind in _BUT_FOR_POSITION:
        return frozenset({""})
    if kind is parser.SUBPATTERN:
        return _sequence(value[3])
    if kind is parser.BRANCH:
        return _joined([_sequence(part) for part in value[1]])
    if kind in (parser.MAX_REPEAT, parser.MIN_REPEAT) and value[1] == 1:
        inner = _sequence(value[2])
        return None if inner is None else inner | ({""} if not value[0] else frozenset())
    return None


def _sequence(parts: Iterable[Any]) -> Clause | None:
    whole = frozenset({""})
    for kind, value in parts:
        spelt = _spelt(kind, value)
        if spelt is None or len(whole) * len(spelt) > _SPELT_OUT:
            return None
        whole = frozenset(one + other for one in whole for other in spelt)
    return whole


def _joined(choices: Sequence[Clause | None]) -> Clause | None:
    union = frozenset(words for choice in choices if choice is not None for words in choice)
    return None if None in choices or len(union) > _SPELT_OUT else union


def _letter(value: int) -> Clause | None:
    """A letter by itself; none where it has another case, in which the rules match it too."""
    letter = chr(value)
    return frozenset({letter}) if letter.lower() == letter.upper() == letter.casefold() else None
