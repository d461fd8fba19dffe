"""Citations in running text: the finding.

*Find* never guesses: it notes which instrument words stand before an article number, or which ellipsis
(本条, 该条例) does, and leaves it to the statute book to say what they mean. One walk over the cleaned text,
in time proportional to its length. How far a name carries is told in docs/decisions/0007.

Known limits, where words alone cannot settle what is meant:
- 前条, 上一条 and 本款 as the neighbour of an unnamed provision are not counted out;
- 第三十六条（五） without 项 is read as the article, since a bracket after an article may number a clause;
- 《条例》 after another 条例 named in full, with the Regulation nowhere named, stays unresolved even where the
  matter would tell a reader which is meant;
- a name of a law not known and not in 《》 begins where the sentence allows it, so its span may be a word too
  long or too short; its status (unknown) is not touched by that;
- a range of more than a hundred units (第一条至第九百条) is read as its two ends.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal, NamedTuple

from assistant.law.cleaning import clean
from assistant.law.mentions import EDITION, GENERIC, Mention, Naming
from assistant.law.naming import PRIVATE, KnownNames
from assistant.law.places import (
    Place,
    article_places,
    listed_after,
    lone_paragraphs,
    sub_places,
)

Doubt = Literal["", "unnamed", "ambiguous", "private"]

_POINTED = "条例|办法|细则|规则|规程|规定|解释|决定|法(?![院官律定规人制治庭学])"
_TITLE = r"《[^《》\f]{1,80}(?:《[^《》\f]{0,60}》[^《》\f]{0,60}){0,3}》"
_LINK = re.compile(
    r"[〉”\"」』’》]?\n?[，]?(?:的|之|中的?)?(?:第[一二三四五六七八九十0-9]{1,3}[编章](?:第[一二三四五六七八九十0-9]{1,3}节)?|"
    r"[一-龥]{1,6}编)?(?:的|之|中的?)?\n?"
)
_LIST_WORDS = re.compile(r"[〉”》]?(?:、|和|与|及|以及|或者?)[〈“]?")
_NUMBER_NEXT = re.compile(r"[0-9一二三四五六七八九十百]{1,5}条(?!例)")
_HAN_BEFORE = re.compile(r"[一-龥]{1,20}$")
_PLACE_OF_LAW = re.compile(r"(?:省|市|区|县|州|盟|旗|港|澳|(?<!我)国)$")
# Words after which a name may begin: what stands between them and 条例 belongs to a longer name.
_BEFORE_NAME = re.compile(
    r"根据|依据|依照|按照|遵照|参照|比照|违反|适用|符合|属于|不服|引用|援引|执行|遵守|结合|上述|前述|同时|以及|或者|关于|"
    r"[据照依按和与及或在对于以由从即见是为的了中新旧原现我国并将把因除经如若而说问看查下到至向条款项日么吗呢那这个请想你让给怎不没有凭拿用讲写其]"
)
_NO_LAW = re.compile(r"(?:^|[方办无依合违非立司执守普书设想看做说用国律])$")
_VAGUE_RULES = re.compile(r"(?:有关|相关|上述|下列|前述|以上|法律|法规|国家|其他|具体|另有|明确)$")
_RELIED_ON = re.compile(
    r"(?:根据|依据|依照|按照|参照|适用|违反|符合|属于|以及|同时|并|依|按|据)(?:其|该|上述|前述)?$"
)


@dataclass(frozen=True)
class Found:
    """A citation as written. `named` are the words for its instrument; None where `doubt` says why there are none.

    `could_be` are the titles its words may mean, where they may mean several or only the context suggests one.
    A provision that a range leaves unsaid has an empty span.
    """

    text: str
    start: int
    end: int
    named: str | None
    edition: str
    article: int
    branch: int = 0
    paragraph: int | None = None
    item: int | None = None
    doubt: Doubt = ""
    could_be: tuple[str, ...] = ()


def find_citations(text: str, names: KnownNames) -> list[Found]:
    """Every place in the text that cites an article, in reading order.

    `names` are the names the statute book knows; they decide where a bare name such as 政府信息公开条例
    begins when no 《》 marks it.
    """
    cleaned = clean(text)
    found = []
    for cited in _Scanner(cleaned.text, names).run():
        start, end = cleaned.span(cited.place.start, cited.place.end)
        found.append(_as_written(text, start, end, cited))
    return found


class _Cited(NamedTuple):
    place: Place
    mention: Mention | None
    doubt: Doubt
    could_be: tuple[str, ...]


def _as_written(text: str, start: int, end: int, cited: _Cited) -> Found:
    place, mention = cited.place, cited.mention
    named, edition = (mention.words, mention.edition) if mention and not cited.doubt else (None, "")
    where = place.article, place.branch, place.paragraph, place.item
    return Found(text[start:end], start, end, named, edition, *where, cited.doubt, cited.could_be)


@lru_cache(maxsize=8)
def _tokens(known: str) -> re.Pattern[str]:
    """Everything the scanner stops at, in one pattern."""
    return re.compile(
        rf"(?P<title>(?!《(?:{known})第[0-9〇零一二两三四五六七八九十百]){_TITLE}){EDITION}"
        rf"|(?P<known>{known})(?P<after>[〉”\"」』’]?(?:\n?（[^（）\f]{{0,80}}）){{0,2}})"
        rf"|(?P<pointing>(?:该|(?<![基资成])本|(?<![合共])同|此|上述|前述)(?:《|“)?(?P<kind>{_POINTED}))"
        r"|(?P<same>(?:本|该|同|此)条(?!例)|(?:前|该|同|本)款(?!项))"
        r"|(?P<place>第(?=[（0-9〇零一二两三四五六七八九十百千]))"
        r"|(?P<sentence>。)|(?P<line>[\n\f])"
        rf"|(?P<private>{PRIVATE}(?!法|条例|办法|编|管理))"
        r"|(?P<law>(?:条例|办法|细则|规则|规程|规定|解释|决定|通知|意见|公告|答复|批复|法典|法)"
        r"(?=[”\"」』]?(?:（[^（）\f]{0,40}）)?(?:的|之|中的?)?\n?第[0-9〇零一二两三四五六七八九十百]|(?<=法|例|则)(?:的|之)?规定))"
    )


@dataclass
class _Context:
    """What the sentence and the paragraph have named so far."""

    sentence: list[Mention] = field(default_factory=list)
    paragraph: list[Mention] = field(default_factory=list)
    begins: int = 0

    def note(self, mention: Mention, lasting: bool = True) -> None:
        self.sentence.append(mention)
        if lasting:
            self.paragraph.append(mention)

    def end_sentence(self, at: int) -> None:
        self.sentence, self.begins = [], at

    def end_paragraph(self, at: int) -> None:
        self.sentence, self.paragraph, self.begins = [], [], at


class _Scanner:
    """Walks the cleaned text once, carrying what was last named and last cited."""

    def __init__(self, text: str, names: KnownNames) -> None:
        self.text, self.tokens = text, _tokens(names.pattern)
        self.naming, self.context = Naming(names), _Context()
        self.mention: Mention | None = None
        self.last: _Cited | None = None

    def run(self) -> Iterator[_Cited]:
        at = 0
        while token := self.tokens.search(self.text, at):
            at = token.end()
            group = self._read(token)
            if group:
                yield from group
                self.last = group[-1]
                at = max(at, group[-1].place.end)

    def _read(self, token: re.Match[str]) -> list[_Cited]:
        kind = token.lastgroup if token.lastgroup in ("sentence", "line") else None
        if kind == "sentence":
            self.context.end_sentence(token.end())
        elif kind == "line":
            self.context.end_paragraph(token.end())
        elif token["place"]:
            return self._at_place(token.start())
        elif token["same"]:
            return self._in_last(token)
        elif token["private"]:
            self._private(token)
        else:
            return self._named(token)
        return []

    def _named(self, token: re.Match[str]) -> list[_Cited]:
        """A name; with 条例36条 directly behind it, the citation too."""
        mention = self._mention(token)
        if mention is None:
            return []
        before, self.mention = self.mention, mention
        if before and _LIST_WORDS.fullmatch(self.text[before.end : mention.start][:6]):
            self.naming.joined(before, mention)
        self.context.note(mention)
        bare = mention.end
        if _NUMBER_NEXT.match(self.text, bare):
            return self._with_list(article_places(self.text, bare, need_di=False), mention, mention.start)
        return []

    def _mention(self, token: re.Match[str]) -> Mention | None:
        start, end = token.span()
        before = self.text[max(0, start - 16) : start]
        if token["title"]:
            words = token["title"][1:-1]
            return self.naming.titled(words, token["brackets"], before, start, end)
        if token["pointing"]:
            return self.naming.pointing(token["pointing"], token["kind"], start, end)
        if token["law"]:
            return self._unknown(token["law"], start, end)
        return self._known(token["known"], token["after"], before, start, end)

    def _known(self, words: str, after: str, before: str, start: int, end: int) -> Mention | None:
        """A known name without 《》, unless it is the tail of a longer one: 某省政府信息公开条例."""
        han = _HAN_BEFORE.search(before)
        longer = _PLACE_OF_LAW.search(before) if words not in GENERIC else (han and self._stem(han[0]))
        if longer:
            return self._unknown(words, start, start + len(words))
        return self.naming.titled(words, after, before, start, end)

    def _unknown(self, words: str, start: int, end: int) -> Mention | None:
        """A law-like name the book does not know; it must not be taken for the one named earlier."""
        han = _HAN_BEFORE.search(self.text[max(0, start - 20) : start])
        if han and _VAGUE_RULES.search(han[0]):
            return Mention(start, end, None, f"?{words}")
        stem = self._stem(han[0]) if han else ""
        own = self._defined_tail(stem + words, start + len(words))
        if own:
            return own
        if words == "法" and _NO_LAW.search(stem):
            return None
        if not stem and words in GENERIC and words not in ("法", "规定", "决定", "解释"):
            return self.naming.unknown(words, start, end)
        if not stem:
            return Mention(start, end, None, f"?{words}")
        return self.naming.unknown(stem + words, start - len(stem), end)

    def _defined_tail(self, words: str, end: int) -> Mention | None:
        """A short name of the letter's own (以下简称房屋办法) at the end of these words."""
        for begin in range(len(words)) if self.naming.defined else ():
            own = self.naming.defined.get(words[begin:])
            if own:
                return Mention(
                    end - len(words) + begin,
                    end,
                    own.words,
                    own.key,
                    own.kind,
                    own.edition,
                    own.private,
                    own.candidates,
                )
        return None

    @staticmethod
    def _stem(han: str) -> str:
        """What of a run of characters belongs to the name behind it."""
        *_, last = [0, *(found.end() for found in _BEFORE_NAME.finditer(han))]
        return han[last:]

    def _private(self, token: re.Match[str]) -> None:
        """合同, 章程: what has articles of its own and is no law."""
        self.mention = Mention(token.start(), token.end(), None, "!", private=True)
        self.context.note(self.mention, lasting=False)

    def _at_place(self, at: int) -> list[_Cited]:
        head = self.mention
        direct = head is not None and at - head.end <= 24 and bool(_LINK.fullmatch(self.text, head.end, at))
        places = article_places(self.text, at)
        if not places:
            return self._lone_paragraph(at)
        if head and direct:
            if head.private:
                self.context.paragraph.append(head)
            return self._with_list(places, head, head.start)
        mention, doubt, could_be = self._from_context(at)
        return self._with_list(places, mention, at, doubt, could_be)

    def _from_context(self, at: int) -> tuple[Mention | None, Doubt, tuple[str, ...]]:
        """What a bare 第…条 leans on: the one instrument its sentence names, or its paragraph where it says 依照."""
        named = {mention.identity: mention for mention in self.context.sentence}
        if len(named) == 1:
            (only,) = named.values()
            return only, "", ()
        if named:
            return None, "ambiguous", _titles(named.values())
        named = {mention.identity: mention for mention in self.context.paragraph}
        if len(named) != 1:
            return None, "unnamed", ()
        (only,) = named.values()
        relied_on = _RELIED_ON.search(self.text[max(self.context.begins, at - 8) : at])
        if only.words is not None and relied_on:
            return only, "", ()
        return None, "unnamed", _titles(named.values())

    def _lone_paragraph(self, at: int) -> list[_Cited]:
        """第二款规定 in the sentence that has just cited an article, nothing else named in between."""
        last = self.last
        if not last or last.place.end < self.context.begins:
            return []
        if self.mention and self.mention.end > last.place.end:
            return []
        places = lone_paragraphs(self.text, at, last.place)
        return self._group(places, last.mention, last.doubt, last.could_be)

    def _in_last(self, token: re.Match[str]) -> list[_Cited]:
        """本条第二款, 同条第（三）项, 前款第（二）项: a place in the article last cited."""
        if not self.last:
            return []
        base = Place(token.end(), token.end(), self.last.place.article, self.last.place.branch)
        if token["same"].endswith("款"):
            base = Place(base.start, base.end, base.article, base.branch, self.last.place.paragraph)
        places = sub_places(self.text, token.end(), base)
        if not places:
            return []
        first = places[0]
        moved = first._replace(start=token.start())
        return self._group([moved, *places[1:]], self.last.mention, self.last.doubt, self.last.could_be)

    def _with_list(
        self,
        places: list[Place],
        mention: Mention | None,
        begin: int,
        doubt: Doubt = "",
        could_be: tuple[str, ...] = (),
    ) -> list[_Cited]:
        if not places:
            return []
        first = places[0]
        moved = first._replace(start=begin)
        if mention and not doubt and mention.words is None:
            doubt = "private" if mention.private else "ambiguous" if mention.candidates else "unnamed"
            could_be = mention.candidates
        return self._group([moved, *places[1:]], mention, doubt, could_be)

    def _group(
        self, places: list[Place], mention: Mention | None, doubt: Doubt, could_be: tuple[str, ...]
    ) -> list[_Cited]:
        """The places with all that a list adds to them."""
        if not places:
            return []
        everything = [*places, *listed_after(self.text, places)]
        return [_Cited(place, mention, doubt, could_be) for place in everything]


def _titles(mentions: Iterable[Mention]) -> tuple[str, ...]:
    keys = dict.fromkeys(mention.key.lstrip("?") for mention in mentions if not mention.key.startswith("!"))
    return tuple(key for key in keys if key)
