"""Instruments as a letter names them: titles, known names, definitions of its own, and what 该条例 points back to.

A mention is what stands before an article number. Where its words could mean two instruments it says so and
means neither.
"""

import re
from dataclasses import dataclass, field, replace

from assistant.law.naming import KnownNames, canonical, is_private, kind_of

EDITION = r"(?P<brackets>(?:\n?（[^（）\f]{0,80}）){0,2})"
_DEFINED = re.compile(
    r"(?:以下|下)(?:统|简|均)?称(?:为|作|之为)?[：:]?[《“\"「『〈‘]*(?P<short>[^《》〈〉“”\"「」『』‘’（），。；\n\f]{1,20})"
)
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_YEAR_IN_BRACKETS = re.compile(
    rf"{_YEAR}(?:年?(?:版|本|文本)?(?:[，、]|$)|[年月日0-9]*[^，]{{0,12}}(?:修订|修正|修改|公布|颁布|施行|通过|发布|文本|版))"
)
_ORDER = re.compile(r"令?第?(?P<order>[0-9]{1,4}|[〇一二三四五六七八九十百]{1,6})号(?:令)?")
_YEAR_BEFORE = re.compile(
    rf"{_YEAR}年?(?:版|文本|修订|修正|修改|公布|颁布|施行|发布)?(?:后)?的?(?:国务院)?[《〈“]?$"
)
_FORMER = re.compile(
    r"(?:(?<!还)原|旧|(?:修订|修改|修正)(?:之)?前的?|(?:已经?)?(?:被)?(?:废止|失效)的)[《〈“]?(?:中华人民共和国)?$"
)
GENERIC = frozenset({"条例", "办法", "规定", "解释", "法", "细则", "规则", "决定", "规程"})
FORMER = "former"


@dataclass(frozen=True)
class Mention:
    """An instrument named at a place. `words` is None where it cannot be said which instrument is meant.

    `key` tells two instruments apart; `edition` holds a year, an order number or FORMER, as written.
    """

    start: int
    end: int
    words: str | None
    key: str
    kind: str | None = None
    edition: str = ""
    private: bool = False
    candidates: tuple[str, ...] = ()

    @property
    def identity(self) -> tuple[str, str]:
        """What two mentions share that mean the same edition of the same instrument."""
        return self.key, self.edition


@dataclass
class Naming:
    """What a letter has named so far, and what it has defined (以下简称《条例》) for itself."""

    names: KnownNames
    defined: dict[str, Mention] = field(default_factory=dict)
    last_of_kind: dict[str, Mention] = field(default_factory=dict)
    in_full: dict[str, dict[str, Mention]] = field(default_factory=dict)
    last: Mention | None = None

    def titled(self, words: str, brackets: str, before: str, start: int, end: int) -> Mention:
        """A name in 《》, or a known one without; `before` are the words in front of it."""
        mention = replace(self._meant(canonical(words), start, end), edition=_edition(brackets, before))
        self._note(mention, canonical(words))
        self._define(mention, brackets)
        return mention

    def pointing(self, words: str, kind: str, start: int, end: int) -> Mention:
        """该条例, 本法, 同法: what the letter calls so, or the last of its kind."""
        meant = self.defined.get(canonical(words)) or self.last_of_kind.get(kind)
        if meant is None:
            return Mention(start, end, None, f"?{words}", kind)
        return replace(meant, start=start, end=end)

    def unknown(self, words: str, start: int, end: int) -> Mention:
        """A name the book does not know, written without 《》."""
        mention = self._meant(canonical(words), start, end)
        self._note(mention, canonical(words))
        return mention

    def _meant(self, name: str, start: int, end: int) -> Mention:
        own = self.defined.get(name)
        if own:
            return replace(own, start=start, end=end)
        titles = self.names.titles(name)
        if name in GENERIC and (pointed := self._generic(name, titles, start, end)):
            return pointed
        if len(titles) > 1:
            return Mention(
                start, end, None, "|".join(sorted(titles)), kind_of(name), candidates=tuple(sorted(titles))
            )
        if titles:
            (title,) = titles
            return Mention(start, end, name, title, kind_of(title))
        if is_private(name):
            return Mention(start, end, None, f"!{name}", private=True)
        return Mention(start, end, name, f"?{name}", kind_of(name))

    def _generic(self, name: str, titles: frozenset[str], start: int, end: int) -> Mention | None:
        """《条例》 alone: another 条例 named in full before makes it doubtful; an only 办法 named is the 《办法》."""
        full = self.in_full.get(name, {})
        if titles and (not full or any(title in full for title in titles)):
            return None
        if not titles and len(full) == 1:
            return replace(next(iter(full.values())), start=start, end=end)
        if not full:
            return None
        could = sorted({*titles, *(mention.key.lstrip("?") for mention in full.values())})
        return Mention(start, end, None, "|".join(could), name, candidates=tuple(could))

    def _note(self, mention: Mention, name: str) -> None:
        self.last = mention
        if mention.kind is None:
            return
        self.last_of_kind[mention.kind] = mention
        if name not in GENERIC and mention.words is not None:
            self.in_full.setdefault(mention.kind, {}).setdefault(mention.key, mention)

    def _define(self, mention: Mention, brackets: str) -> None:
        found = _DEFINED.search(brackets)
        if not found:
            return
        short = canonical(found["short"])
        before = self.defined.get(short)
        if before and before.identity != mention.identity:
            could = tuple(sorted({before.key.lstrip("?"), mention.key.lstrip("?")}))
            mention = Mention(
                mention.start, mention.end, None, "|".join(could), mention.kind, candidates=could
            )
        self.defined[short] = mention

    def joined(self, first: Mention, second: Mention) -> None:
        """《甲法》和《乙法》, then 该法: which of the two is not said."""
        if first.kind and first.kind == second.kind and first.key != second.key:
            could = tuple(sorted({first.key.lstrip("?"), second.key.lstrip("?")}))
            doubtful = Mention(second.start, second.end, None, "|".join(could), first.kind, candidates=could)
            self.last_of_kind[first.kind] = doubtful


def _edition(brackets: str, before: str) -> str:
    """The edition a letter marks: （2007年）, （国务院令第492号）, 2007年《条例》, 原《条例》."""
    inside = brackets.split("以下简称")[0].strip("\n（）")
    order = _ORDER.search(inside)
    if order and "令" in inside:
        return f"{order['order']}号"
    year = _YEAR_IN_BRACKETS.match(inside) if inside else None
    if year:
        return year["year"]
    prefixed = _YEAR_BEFORE.search(before)
    if prefixed:
        return f"~{prefixed['year']}"
    return FORMER if _FORMER.search(before) else ""
