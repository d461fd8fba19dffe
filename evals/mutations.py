"""One fault put into a right letter, seeded: what the check must refuse.

Places are found here by plain patterns, not by the product's own finders, so that a citation the product
does not see is counted against it.
"""

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from zlib import crc32

from assistant.law.instruments import StatuteBook
from assistant.law.numerals import to_chinese

DRAWS = 3

_ARTICLE = re.compile(r"》）?第([一二三四五六七八九十百]+)条")
_ITEM = re.compile(r"(?<=第三十六条第（)([一二三四五六七])(?=）项)")
_QUOTED = re.compile(r"“([^“”\n]{8,})”")
_HAN = re.compile(r"[一-龥]")
_REMEDY = re.compile(r"(?m)^.*不服.*行政复议.*$")
_ITEMS = "一二三四五六七"


@dataclass(frozen=True)
class Mutation:
    """A letter with one fault: its kind, what was changed into what, and the whole text."""

    kind: str
    change: str
    text: str


Mutator = Callable[[str, random.Random, StatuteBook], Iterator[Mutation]]


def mutations(letter: str, book: StatuteBook) -> tuple[Mutation, ...]:
    """Every kind of fault the letter has a place for; the same letter always gets the same ones."""
    rng = random.Random(crc32(letter.encode()))
    return tuple(mutation for mutator in MUTATORS for mutation in mutator(letter, rng, book))


def missing_article(letter: str, rng: random.Random, book: StatuteBook) -> Iterator[Mutation]:
    """A cited article becomes one beyond the last article of every statute cited."""
    last = max(i.article_count or 0 for i in book.instruments)
    for place in _drawn(list(_ARTICLE.finditer(letter)), rng):
        yield _replaced("article", letter, place.span(1), to_chinese(last + rng.randint(1, 40)))


def other_ground(letter: str, rng: random.Random, _: StatuteBook) -> Iterator[Mutation]:
    """Every mention of the item of article 36 relied on becomes another item."""
    found = {place[1] for place in _ITEM.finditer(letter)}
    if len(found) != 1:
        return
    (item,) = found
    for other in rng.sample([name for name in _ITEMS if name != item], DRAWS):
        yield Mutation("ground", f"第（{item}）项→第（{other}）项", _ITEM.sub(other, letter))


def one_word(letter: str, rng: random.Random, book: StatuteBook) -> Iterator[Mutation]:
    """One character of a quotation of statute text is dropped, or becomes another of the same quotation."""
    law = "\n".join(article.text for i in book.instruments for article in i.articles.values())
    quoted = [place for place in _QUOTED.finditer(letter) if _in_law(place[1], law)]
    spots = [(place[1], place.start(1) + han.start()) for place in quoted for han in _HAN.finditer(place[1])]
    for number, (words, at) in enumerate(rng.sample(spots, min(DRAWS, len(spots)))):
        strangers = sorted(set(_HAN.findall(words)) - {letter[at]})
        yield _replaced("word", letter, (at, at + 1), rng.choice(strangers) if number else "")


def wrong_remedy(letter: str, rng: random.Random, _: StatuteBook) -> Iterator[Mutation]:
    """The remedy paragraph offers the other road, an old limit, or is gone."""
    place = _REMEDY.search(letter)
    if not place:
        return
    words = place[0]
    yield _replaced("remedy", letter, place.span(), "")
    for old, new in (("六十日", "三十日"), ("六个月", "三个月")):
        if old in words:
            yield _replaced("remedy", letter, place.span(), words.replace(old, new))
    yield _replaced("remedy", letter, place.span(), _other_road(words))


MUTATORS: tuple[Mutator, ...] = (missing_article, other_ground, one_word, wrong_remedy)


def _other_road(words: str) -> str:
    """Review first becomes a free choice; a free choice becomes review first."""
    if "先向" in words:
        direct = "也可以自知道或者应当知道之日起六个月内直接向人民法院提起行政诉讼。"
        return words.replace("应当自", "可以自").replace("先向", "向").rstrip("。") + "，" + direct
    return re.sub(r"可以(自.*?内)向(.*?)申请行政复议.*", r"应当\1先向\2申请行政复议。", words)


def _in_law(words: str, law: str) -> bool:
    """Whether every stretch of a quotation between ellipses is statute text."""
    return all(part.rstrip("。；，") in law for part in re.split("…+", words))


def _drawn(places: list[re.Match[str]], rng: random.Random) -> list[re.Match[str]]:
    return rng.sample(places, min(DRAWS, len(places)))


def _replaced(kind: str, letter: str, span: tuple[int, int], words: str) -> Mutation:
    start, end = span
    change = f"{letter[start:end]}→{words or '（删去）'}"
    return Mutation(kind, change, letter[:start] + words + letter[end:])
