"""One fault put into a right letter, seeded: what the check must refuse.

Places are found here by plain patterns, not by the product's own finders, so that a citation the product does
not see is counted against it. Faults of law stand here, those of the letter as a document in letter_mutations.py.
"""

import random
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from assistant.law.instruments import StatuteBook
from assistant.law.numerals import to_chinese

DRAWS = 2

_ARTICLE = re.compile(r"》）?第([一二三四五六七八九十百]+)条")
_ITEM = re.compile(r"(?<=第三十六条第（)([一二三四五六七])(?=）项)")
_QUOTED = re.compile(r"“([^“”\n]{8,})”")
_HAN = re.compile(r"[一-龥]")
_REMEDY = re.compile(r"(?m)^.*不服.*行政复议.*$")
_RELIED = re.compile(r"(?:根据|依照|依据|按照|依)(?=《)")
_ITEMS = "一二三四五六七"
# Whole articles that decide an answer, and one that does not decide it.
_NEIGHBOURS = {
    "第十四条": "第四十四条",
    "第十五条": "第二十五条",
    "第十六条第一款": "第十六条第二款",
    "第十六条第二款": "第十六条第一款",
    "第三十条": "第三十一条",
    "第三十五条": "第三十四条",
    "第三十七条": "第四十七条",
    "第三十八条": "第四十八条",
    "第三十九条第一款": "第三十九条第二款",
    "第三十九条第二款": "第四十条",
    "第四十二条第一款": "第四十三条",
}
_DEAD = (
    "《最高人民法院关于审理政府信息公开行政案件若干问题的规定》（法释〔2011〕17号）第五条、",
    "《中华人民共和国行政复议法》（2017年修正）第九条、",
    "《政府信息公开条例》（国务院令第492号）第二十一条、",
)


@dataclass(frozen=True)
class Whole:
    """A right letter: its text, and what is known of the case where it is a draft from facts."""

    text: str
    code: str | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Mutation:
    """A letter with one fault: its kind, what was changed into what, and the whole text."""

    kind: str
    change: str
    text: str


def missing_article(letter: Whole, rng: random.Random, book: StatuteBook) -> Iterator[Mutation]:
    """A cited article becomes one beyond the last article of every statute cited."""
    last = max(i.article_count or 0 for i in book.instruments)
    for place in drawn(list(_ARTICLE.finditer(letter.text)), rng):
        yield replaced("article", letter.text, place.span(1), to_chinese(last + rng.randint(1, 40)))


def repealed_law(letter: Whole, rng: random.Random, _: StatuteBook) -> Iterator[Mutation]:
    """A provision of a dead text is relied on beside the right one."""
    for place in drawn(list(_RELIED.finditer(letter.text)), rng)[:1]:
        dead = rng.choice(_DEAD)
        yield Mutation(
            "repealed", f"加引{dead}", letter.text[: place.end()] + dead + letter.text[place.end() :]
        )


def other_ground(letter: Whole, rng: random.Random, _: StatuteBook) -> Iterator[Mutation]:
    """The item of article 36 relied on becomes another wherever it stands; a deciding article another article."""
    found = {place[1] for place in _ITEM.finditer(letter.text)}
    if len(found) == 1 and letter.code != "partial":  # beside a part withheld other items may be right
        (item,) = found
        for other in rng.sample([name for name in _ITEMS if name != item], DRAWS):
            yield Mutation("ground", f"第（{item}）项→第（{other}）项", _ITEM.sub(other, letter.text))
    if letter.code is None or letter.code == "partial" or "（一）" in letter.text:
        return
    for own, other in _NEIGHBOURS.items():
        if own in letter.text:
            yield Mutation("ground", f"{own}→{other}", letter.text.replace(own, other))
            return


def one_word(letter: Whole, rng: random.Random, book: StatuteBook) -> Iterator[Mutation]:
    """One character inside a quotation of statute text is dropped, or becomes another of the same quotation.

    The first and the last of a stretch are left alone: without them it is shorter and still the statute's.
    """
    law = "\n".join(article.text for i in book.instruments for article in i.articles.values())
    quoted = [place for place in _QUOTED.finditer(letter.text) if _in_law(place[1], law)]
    spots = [
        (place[1], place.start(1) + han.start())
        for place in quoted
        for han in list(_HAN.finditer(place[1]))[1:-1]
        if "…" not in place[1][max(0, han.start() - 1) : han.end() + 1]
    ]
    for number, (words, at) in enumerate(rng.sample(spots, min(DRAWS, len(spots)))):
        strangers = sorted(set(_HAN.findall(words)) - {letter.text[at]})
        yield replaced("word", letter.text, (at, at + 1), rng.choice(strangers) if number else "")


def wrong_remedy(letter: Whole, rng: random.Random, _: StatuteBook) -> Iterator[Mutation]:
    """The remedy paragraph offers the other road, an old limit, or is gone."""
    place = _REMEDY.search(letter.text)
    if not place:
        return
    words = place[0]
    made = [replaced("remedy", letter.text, place.span(), "")]
    for old, new in (("六十日", "三十日"), ("60日", "30日"), ("六个月", "三个月"), ("6个月", "3个月")):
        if old in words:
            made.append(replaced("remedy", letter.text, place.span(), words.replace(old, new)))
    other = _other_road(words)
    if other != words:
        made.append(replaced("remedy", letter.text, place.span(), other))
    yield from rng.sample(made, min(DRAWS, len(made)))


def _other_road(words: str) -> str:
    """Review first becomes a free choice; a free choice becomes review first."""
    if "先向" in words:
        direct = "也可以自知道或者应当知道之日起六个月内直接向人民法院提起行政诉讼。"
        return words.replace("应当自", "可以自").replace("先向", "向").rstrip("。") + "，" + direct
    return re.sub(r"可以(自.*?内)向(.*?)申请行政复议.*", r"应当\1先向\2申请行政复议。", words)


def _in_law(words: str, law: str) -> bool:
    """Whether every stretch of a quotation between ellipses is statute text."""
    return all(part.rstrip("。；，") in law for part in re.split("…+", words))


def drawn(places: list[re.Match[str]], rng: random.Random) -> list[re.Match[str]]:
    """A few of the places, by lot."""
    return rng.sample(places, min(DRAWS, len(places)))


def replaced(kind: str, letter: str, span: tuple[int, int], words: str) -> Mutation:
    """The letter with one stretch of it replaced."""
    start, end = span
    change = f"{letter[start:end]}→{words or '（删去）'}"
    return Mutation(kind, change, letter[:start] + words + letter[end:])
