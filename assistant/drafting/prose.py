"""The free text of a letter that a chat model may word: which facts, where they stand, and how new words get back.

Everything else is locked or the clerk's own. The rules stand in corpus/letters/prose.yaml.
Basis: 政府信息公开条例第三十六条 (reasons are given); the facts are established by the organ alone.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.drafting.draft import Draft
from assistant.drafting.slots import Slot
from assistant.errors import CorpusError
from assistant.law.rules import one_of, read_rules, read_words, require_keys

FILE = "prose.yaml"
HOW = ("fill", "polish")
MOST = 20
# A text may grow to half as much again and a sentence more.
GROWS, SENTENCE = 1.5, 40

_TOP: Mapping[str, tuple[type, ...]] = {"slots": (dict,), "names": (dict,)} | dict.fromkeys(
    (
        "words_of_others",
        "kept_back",
        "negations",
        "conclusions",
        "endings",
        "determiners",
        "before_endings",
        "common",
        "persons",
    ),
    (list,),
)
_ROW = {"how": (str,), "longest": (int,)}
_SHORT = re.compile(r"[，（：；]")
_ROWS, _ITEMS, _REASON = "withheld", "items", "reason"

Place = tuple[str | int, ...]


@dataclass(frozen=True)
class Wording:
    """How far a fact's words may be changed: `fill` where they may be written anew, and how long they may be."""

    how: str
    longest: int


@dataclass(frozen=True)
class ProseRules:
    """Which facts are prose, which facts stay in the office, and the words by which new content is known."""

    slots: Mapping[str, Wording]
    names: Mapping[str, str]
    words_of_others: frozenset[str]
    kept_back: frozenset[str]
    negations: re.Pattern[str]
    conclusions: re.Pattern[str]
    endings: re.Pattern[str]
    determiners: str
    before_endings: str
    common: re.Pattern[str]
    persons: re.Pattern[str]


@dataclass(frozen=True)
class Passage:
    """One piece of prose: where it stands among the facts, what it means, its words (empty: to be written)."""

    path: Place
    meaning: str
    words: str
    longest: int

    @property
    def name(self) -> str:
        """Its name in the exchange with the model: reason, withheld_1_reason."""
        return "_".join(str(part + 1 if isinstance(part, int) else part) for part in self.path)

    @property
    def label(self) -> str:
        """What it is, in a few words for the clerk."""
        return short(self.meaning)

    @property
    def limit(self) -> int:
        """How many characters new words may have."""
        return min(self.longest, int(len(self.words) * GROWS) + SENTENCE) if self.words else self.longest


def short(meaning: str) -> str:
    """The meaning of a fact without what explains it."""
    return _SHORT.split(meaning)[0]


def load_prose(corpus_dir: Path) -> ProseRules:
    """The rules of corpus/letters/prose.yaml. Raises CorpusError naming row and key."""
    found = read_rules(corpus_dir / "letters" / FILE)
    require_keys(found, _TOP, FILE)
    words = {key: read_words(found, key, FILE) for key, types in _TOP.items() if types == (list,)}
    return ProseRules(
        slots={key: _wording(row, f"{FILE} {key}") for key, row in found["slots"].items()},
        names={str(key): str(mark) for key, mark in found["names"].items()},
        words_of_others=frozenset(words["words_of_others"]),
        kept_back=frozenset(words["kept_back"]),
        negations=_any(words["negations"]),
        conclusions=_compiled("|".join(f"(?:{one})" for one in words["conclusions"])),
        endings=_any(words["endings"]),
        determiners="".join(words["determiners"]),
        before_endings="".join(words["before_endings"]),
        common=_any(words["common"]),
        persons=_any(words["persons"]),
    )


def passages_of(
    draft: Draft, facts: Mapping[str, Any], rules: ProseRules, slots: Mapping[str, Slot], may_fill: bool
) -> tuple[Passage, ...]:
    """The prose that stands in a draft; gaps in it that may be written only where something was established."""
    gaps = {gap.key for gap in draft.missing} if may_fill else set()
    standing = [one for one in _given(facts, rules, slots) if one.words.strip("。；;.，,、 ") in draft.text]
    written = [
        Passage((key,), slots[key].meaning, "", wording.longest)
        for key, wording in rules.slots.items()
        if wording.how == "fill" and key in gaps and key not in facts
    ]
    return tuple((*standing, *written)[:MOST])


def put(facts: Mapping[str, Any], words: Mapping[Place, str]) -> dict[str, Any]:
    """The facts with new words in their places."""
    changed: Any = dict(facts)
    for path, new in words.items():
        changed = _put(changed, path, new)
    return dict(changed)


def words_at(facts: Mapping[str, Any], path: Place) -> str:
    """The words at a place; empty where nothing stands there."""
    value: Any = facts
    for part in path:
        try:
            value = value[part]
        except (KeyError, IndexError, TypeError):
            return ""
    return str(value)


def _given(facts: Mapping[str, Any], rules: ProseRules, slots: Mapping[str, Slot]) -> Iterator[Passage]:
    for path, key, words in _texts(facts):
        wording = rules.slots.get(key)
        if wording and len(words) <= wording.longest:
            yield Passage(path, slots[key].meaning if key in slots else key, words, wording.longest)


def _texts(facts: Mapping[str, Any], before: Place = ()) -> Iterator[tuple[Place, str, str]]:
    """Every text among the facts with its place and its slot; of what is withheld, the reasons."""
    for key, value in facts.items():
        if isinstance(value, str) and value.strip():
            yield (*before, key), key, value
        elif key == _ROWS:
            yield from (((*before, key, at, _REASON), key, row[_REASON]) for at, row in enumerate(value))
        elif key == _ITEMS and not before:
            for at, row in enumerate(value):
                yield from _texts(row, (key, at))


def _put(value: Any, path: Place, new: str) -> Any:
    if not path:
        return new
    first, rest = path[0], path[1:]
    if isinstance(first, int):
        return tuple(_put(one, rest, new) if at == first else one for at, one in enumerate(value))
    return {**value, first: _put(value.get(first), rest, new)}


def _wording(row: Any, where: str) -> Wording:
    if not isinstance(row, dict):
        raise CorpusError(f"{where}：应为“键: 值”，现为 {row!r}。")
    require_keys(row, _ROW, where)
    return Wording(one_of(row, "how", HOW, where), row["longest"])


def _any(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(words, key=len, reverse=True))))


def _compiled(words: str) -> re.Pattern[str]:
    try:
        return re.compile(words)
    except re.error as fault:
        raise CorpusError(f"{FILE} conclusions：不是有效的正则表达式：{fault}。") from fault
