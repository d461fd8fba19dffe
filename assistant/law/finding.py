"""Citations in running text: the finding.

*Find* never guesses: it notes which instrument words stand before an article number, or which ellipsis
(本条, 该条例) does, and leaves it to the statute book to say what they mean.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from assistant.law.numerals import NUMERAL, to_int

_ARTICLE = rf"第\s*(?P<article>{NUMERAL})\s*条(?:之(?P<branch>[一二三四五六七八九十]))?"
_PARAGRAPH = rf"(?:第?\s*(?P<paragraph>{NUMERAL})\s*款)"
_ITEM = rf"(?:第?\s*[（(]?\s*(?P<item>{NUMERAL})\s*[）)]?\s*项)"
_EDITION = r"\s*[（(][^（）()\n]{0,40}[）)]"
_BRACKETS = rf"(?:{_EDITION})?"
_TITLE = rf"《(?P<title>[^《》\n]{{2,60}}(?:《[^《》\n]*》[^《》\n]*)?)》(?P<edition>{_BRACKETS})"
_ELLIPSIS = r"(?:该|本|同|此|上述)(?P<kind>条例|法|解释|办法|规定)"
_SAME_ARTICLE = r"(?P<same>本条|该条|同条|前款)"
_LINK = r"[，,]?\s*(?:的|之|中)?\s*"
_NEXT = r"\s*(?:、|，|,|和|及|以及|与|或者|或|至|到|-|—|～)\s*"

_SHORT = re.compile(rf"(?P<bare>条例|信息公开条例|政府信息公开条例)\s*(?P<article>{NUMERAL})\s*条")
_PLACE = re.compile(rf"{_ARTICLE}\s*{_PARAGRAPH}?\s*{_ITEM}?")
_LISTED = re.compile(rf"第?{_ARTICLE.removeprefix('第')}\s*{_PARAGRAPH}?\s*{_ITEM}?")
_ARTICLES = re.compile(rf"第\s*{NUMERAL}(?:\s*[、,，和]\s*{NUMERAL})+\s*条")
_ITEMS = re.compile(rf"\s*第?\s*[（(]?{NUMERAL}[）)]?(?:\s*[、,，和]\s*第?[（(]?{NUMERAL}[）)]?)+\s*项")
_NUMBER = re.compile(NUMERAL)
_SAME = re.compile(rf"{_SAME_ARTICLE}\s*{_PARAGRAPH}?\s*{_ITEM}?")
_SUB = re.compile(rf"(?=第?\s*[（(]?\s*{NUMERAL}\s*[）)]?\s*[款项])(?:{_PARAGRAPH}\s*)?(?:{_ITEM})?")
_KIND = re.compile(r"(?:条例|解释|办法|规定|法)$")
_STOP = re.compile(r"[。\n]")
_RANGE = re.compile(r"\s*(?:至|到|-|—|～)\s*")
_JOIN = re.compile(_NEXT)
_TITLE_ONLY = re.compile(_TITLE)
_UNKNOWN_NAME = re.compile(r"(?!依法)[一-龥]{2,20}?(?:条例|办法|细则|解释|法)$")


@dataclass(frozen=True)
class Found:
    """A citation as written. `named` are the words for its instrument, or None where it has none of its own."""

    text: str
    start: int
    end: int
    named: str | None
    edition: str
    article: int
    branch: int = 0
    paragraph: int | None = None
    item: int | None = None


Namer = Callable[[str], bool]


def find_citations(text: str, knows: Namer) -> list[Found]:
    """Every place in the text that cites an article, in reading order.

    `knows` tells whether words name an instrument; it decides where a bare name such as
    政府信息公开条例 begins when no 《》 marks it.
    """
    return list(_Scanner(text, knows).run())


class _Scanner:
    """Walks the text once, carrying the instrument and article last named."""

    def __init__(self, text: str, knows: Namer) -> None:
        self.text, self.knows = text, knows
        self.named: str | None = None
        self.edition = ""
        self.sentence_end = 0
        self.last_of_kind: dict[str, tuple[str, str]] = {}
        self.last: Found | None = None

    def run(self) -> Iterator[Found]:
        at = 0
        while at < len(self.text):
            if at >= self.sentence_end:
                self._enter_sentence(at)
            title = _TITLE_ONLY.match(self.text, at)
            if title:
                self._name(title["title"], title["edition"])
                at = title.end()
                continue
            group = self._group(at)
            if group:
                yield from group
                at = max(group[-1].end, at + 1)
            else:
                at += 1

    def _enter_sentence(self, at: int) -> None:
        """A bare 第…条 may lean on what its own sentence named, never on an earlier sentence."""
        stop = _STOP.search(self.text, at)
        self.sentence_end = stop.end() if stop else len(self.text)
        self.named, self.edition = None, ""

    def _name(self, words: str, edition: str) -> None:
        self.named, self.edition = words, edition
        kind = _KIND.search(words)
        if kind:
            self.last_of_kind[kind[0]] = (words, edition)

    def _group(self, at: int) -> list[Found]:
        """A citation that starts here, with the further places listed after it."""
        many = _ARTICLES.match(self.text, at)
        if many:
            return self._continue(self._sharing_unit(self._head_start(at), many))
        begin, first = at, None
        short = _SHORT.match(self.text, at)
        place = _PLACE.match(self.text, at)
        same = _SAME.match(self.text, at)
        if place:
            begin = self._head_start(at)
            first = self._found(begin, place.end(), place)
        elif short and self.knows(short["bare"]):
            self._name(short["bare"], "")
            tail = _SUB.match(self.text, short.end())
            first = self._found(at, tail.end() if tail else short.end(), short, tail)
        elif same and self.last and (same["paragraph"] or same["item"]):
            first = self._inside_last(at, same)
        if first is None:
            return []
        items = _ITEMS.match(self.text, first.end) if not first.item else None
        return self._continue(self._sharing_item(first, items) if items else [first])

    def _sharing_unit(self, begin: int, many: re.Match[str]) -> list[Found]:
        """第14、15、16条: each number an article, the word 条 said once."""
        base = Found("", begin, begin, self.named, self.edition, 1)
        return [replace(found, article=value) for value, found in self._spread(base, begin, many)]

    def _sharing_item(self, first: Found, items: re.Match[str]) -> list[Found]:
        """第（一）、（二）项: each number an item of the article before."""
        return [replace(found, item=value) for value, found in self._spread(first, first.start, items)]

    def _spread(self, base: Found, begin: int, match: re.Match[str]) -> Iterator[tuple[int, Found]]:
        """The numbers of a list that shares its unit, each with its own stretch of the text."""
        numbers = list(_NUMBER.finditer(self.text, match.start(), match.end()))
        for number in numbers:
            start = begin if number is numbers[0] else number.start()
            end = match.end() if number is numbers[-1] else number.end()
            yield to_int(number[0]), replace(base, text=self.text[start:end], start=start, end=end)

    def _head_start(self, at: int) -> int:
        """Where the instrument words directly before an article begin; notes them as last named."""
        before = self.text[max(0, at - 80) : at]
        link = re.search(rf"{_LINK}$", before)
        head = before[: link.start()] if link else before
        titled = re.search(rf"{_TITLE}$", head)
        if titled:
            self._name(titled["title"], titled["edition"])
            return at - len(before) + titled.start()
        pointing = re.search(rf"{_ELLIPSIS}$", head)
        if pointing:
            self.named, self.edition = self.last_of_kind.get(pointing["kind"], (None, ""))
            return at - len(before) + pointing.start()
        edition = re.search(rf"{_EDITION}$", head)
        bare = head[: edition.start()] if edition else head
        for length in range(min(len(bare), 30), 1, -1):
            if self.knows(bare[-length:]):
                self._name(bare[-length:], edition[0] if edition else "")
                return at - len(before) + len(bare) - length
        return self._unknown_head(at, before)

    def _unknown_head(self, at: int, before: str) -> int:
        """A statute-like name the book does not know must not be taken for the one named earlier."""
        unknown = _UNKNOWN_NAME.search(before)
        if not unknown or before.endswith("依法"):
            return at
        self._name(unknown[0], "")
        return at - len(unknown[0])

    def _found(self, start: int, end: int, place: re.Match[str], tail: re.Match[str] | None = None) -> Found:
        parts = place.groupdict() | (tail.groupdict() if tail else {})
        numbers = {key: to_int(parts[key]) if parts.get(key) else None for key in ("paragraph", "item")}
        return Found(
            self.text[start:end],
            start,
            end,
            self.named,
            self.edition,
            to_int(parts["article"]),
            to_int(parts["branch"]) if parts.get("branch") else 0,
            **numbers,
        )

    def _inside_last(self, at: int, match: re.Match[str]) -> Found | None:
        """本条第二款, 同条第（三）项: a place in the article last cited."""
        last = self.last
        if last is None:
            return None
        paragraph = to_int(match["paragraph"]) if match["paragraph"] else None
        item = to_int(match["item"]) if match["item"] else None
        end = match.end()
        return replace(last, text=self.text[at:end], start=at, end=end, paragraph=paragraph, item=item)

    def _continue(self, group: list[Found]) -> list[Found]:
        """Lists and ranges: 第十四条、第十五条; 第十四条至第十六条; 第一项、第三项."""
        self.last = group[-1]
        while True:
            join = _JOIN.match(self.text, group[-1].end)
            if not join:
                return group
            following = self._listed(join.end(), group[-1])
            if following is None:
                return group
            if _RANGE.fullmatch(join[0]):
                group = [*group, *self._between(group[-1], following)]
            group.append(following)
            self.last = following

    def _listed(self, at: int, before: Found) -> Found | None:
        place = _LISTED.match(self.text, at)
        if place:
            return self._found(at, place.end(), place)
        part = _SUB.match(self.text, at)
        if not part:
            return None
        paragraph = to_int(part["paragraph"]) if part["paragraph"] else before.paragraph
        item_words = part.groupdict().get("item")
        item = to_int(item_words) if item_words else None
        text = self.text[at : part.end()]
        return replace(before, text=text, start=at, end=part.end(), paragraph=paragraph, item=item)

    def _between(self, first: Found, last: Found) -> list[Found]:
        """The provisions a range leaves unsaid, each with the span of the whole range."""
        text = self.text[first.start : last.end]
        if first.item and last.item:
            steps = [replace(first, item=n) for n in range(first.item + 1, last.item)]
        elif first.paragraph and last.paragraph:
            steps = [replace(first, paragraph=n) for n in range(first.paragraph + 1, last.paragraph)]
        else:
            articles = range(first.article + 1, last.article)
            steps = [replace(first, article=n, paragraph=None, item=None) for n in articles]
        return [replace(step, text=text, end=last.end) for step in steps]
