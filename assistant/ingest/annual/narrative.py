"""What the prose of a report says in figures: how many requests came, were answered, carried over.

Every number is read with the words before and after it, and keeps its place. What is ambiguous (a part of
the year, one channel only, a class of documents, requests of another kind) is not read at all.
Basis: 政府信息公开条例第五十条.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from assistant.ingest.annual.checks import NarrativeWords
from assistant.ingest.annual.narrative_disputes import read_dispute, read_no_disputes
from assistant.ingest.annual.narrative_text import Prose, Sentence
from assistant.ingest.annual.narrative_words import Labels, Number, labels_of
from assistant.law.numerals import to_int

_QUANTITY = re.compile(
    r"(?<![\d.第每/〇零一二两三四五六七八九十百千])"
    r"(?P<n>\d{1,3}(?:,\d{3})+|\d+|[〇零一二两三四五六七八九十百千]+)"
    r"(?P<approx>[余多来几])?(?P<unit>件次|件|条|份|例|起|宗)?(?![\d.%次])"
)
_BARE_END = re.compile(r"[,。;、)(:]|$")
_CUT = re.compile(r"[,:()、]")
_LOOSE_END = re.compile(r"[,、(:](?:其余|剩余|余下|剩下|其中|另有|另|还有|有|的|,)*$")
_YEAR = re.compile(
    r"(?<!转)(?<!结)(?<!转至)(?<!结至)(?<!转到)(?<!结到)(20\d\d)年(?!度?(?:结转|转结))|去年(?!结转|转结)"
)
_RELEVANT = re.compile(r"\d|[一二两三四五六七八九十百千][件条份例起宗]|申请|结转|转结|复议|诉讼|办结|答复")
_EVERYONE = re.compile(
    r"(?:自然人|公民|个人)(?:、|和|及|与|或|或者)法人(?:(?:和|或|及|、|或者|以及)其他组织)?(?:提出|提交)?的?"
)
_COUNTED = ("new", "received", "treated", "handled", "answered")
_DOCUMENTS = (
    (
        "documents.issued",
        re.compile(r"(?:制发|制定|出台|新制定|新制发)(?:行政)?规范性文件(?:共计|共|数|为)*$"),
    ),
    ("documents.repealed", re.compile(r"废止(?:行政)?(?:规范性文件)?(?:共计|共|数|为)*$")),
    ("documents.in_force", re.compile(r"现行有效(?:的)?(?:行政)?(?:规范性文件)?(?:共计|共|数|为)*$")),
)


@dataclass(frozen=True)
class Reading:
    """A figure the prose gives: what it counts, how many, and the words as they stand in the section.

    `year`: the year the sentence names, None where it names none. `at_most`: only a part is meant, such
    as what was answered in time. `rest`: the words call it all that remains.
    """

    item: str
    value: int
    quote: str
    start: int
    end: int
    year: int | None = None
    at_most: bool = False
    rest: bool = False


@dataclass(frozen=True)
class Claim:
    """A statement about all requests without a number: `all_handled`, `all_answered` or `all_natural`."""

    kind: str
    quote: str
    start: int
    end: int


@dataclass(frozen=True)
class Narrative:
    """Everything read in the prose, in the order of the text."""

    readings: tuple[Reading, ...]
    claims: tuple[Claim, ...]


@dataclass
class _Place:
    """Where the reader is: topic of the passage, year in force, whether requests were counted before."""

    topic: str = ""
    year: int | None = None
    counted: bool = False


def read_narrative(prose: Prose, words: NarrativeWords, year: int | None = None) -> Narrative:
    """Figures and statements of section one. `year` is the year reported on."""
    labels, place = labels_of(words), _Place()
    readings: list[Reading] = []
    claims: list[Claim] = []
    for sentence in prose.sentences:
        if sentence.heads:
            place.topic, place.counted = "", False
        if _RELEVANT.search(sentence.text):
            place.year = place.year if sentence.text.startswith("其中") else None
            readings += [
                _quoted(reading, sentence, prose.text)
                for reading in _read(sentence.text, place, labels, year)
            ]
            claims += _claims(sentence, place, prose.text, labels)
        place.topic = _topic(sentence.text, labels) or place.topic
    return Narrative(tuple(readings), tuple(claims))


def _read(text: str, place: _Place, labels: Labels, year: int | None) -> Iterator[Reading]:
    text = _EVERYONE.sub(lambda match: "·" * len(match[0]), text)
    for item, match in (*labels.none_of(text), *read_no_disputes(text)):
        _follow(text[: match.start()], place, labels, year)
        place.counted = place.counted or item == "new"
        yield Reading(item, 0, "", match.start(), match.end(), place.year)
    before = 0
    for match, end in _quantities(text):
        left = text[before : match.start()]
        value = match["n"].replace(",", "")
        number = Number(
            value=int(value) if value.isdecimal() else to_int(value),
            left=left,
            clause=_CUT.split(left)[-1],
            right=text[match.end() : end],
            start=match.start(),
            end=match.end(),
        )
        before = match.end()
        _follow(left, place, labels, year)
        if match["approx"] or labels.counts_otherwise(number, text[: number.start]):
            continue
        for reading in _readings(number, text, place, labels):
            place.counted = place.counted or reading.item in _COUNTED
            yield replace(reading, year=place.year)


def _quantities(text: str) -> list[tuple[re.Match[str], int]]:
    """Numbers that count cases, each with the place where the words after it end."""
    found = [m for m in _QUANTITY.finditer(text) if _counts(m, text)]
    ends = [*(m.start() for m in found[1:]), len(text)]
    return list(zip(found, ends, strict=False))


def _counts(match: re.Match[str], text: str) -> bool:
    """A measure word makes it a count; a bare Arabic number only where the clause ends after it."""
    number = match["n"].replace(",", "")
    if match["unit"]:
        return number.isdecimal() or _is_numeral(number)
    return number.isdecimal() and bool(_BARE_END.match(text, match.end()))


def _is_numeral(number: str) -> bool:
    try:
        return to_int(number) >= 0
    except ValueError:
        return False


def _follow(left: str, place: _Place, labels: Labels, year: int | None) -> None:
    """The topic and the year that hold after some words."""
    place.topic = _topic(left, labels) or place.topic
    for named in _YEAR.finditer(left):
        place.year = int(named[1]) if named[1] else (year or 0) - 1
    if place.year is not None and re.search("本年|今年|全年", left) and not _YEAR.search(left):
        place.year = None


def _topic(text: str, labels: Labels) -> str:
    """The topic whose word comes last; 依申请公开 right before a number is a class of documents."""
    found = labels.topics.findall(text)
    return labels.words.topics[found[-1]] if found else ""


def _readings(number: Number, text: str, place: _Place, labels: Labels) -> Iterator[Reading]:
    """What one number counts; nothing where the words do not say."""
    for item, pattern in _DOCUMENTS:
        if pattern.search(number.clause):
            yield Reading(item, number.value, "", number.start - len(number.clause), number.end)
            return
    disputes = read_dispute(number, text[: number.start], place.topic)
    if disputes is not None:
        words = number.left if len(disputes) > 1 else number.clause
        start = number.start - len(words.lstrip(",;、()"))
        for item, value in disputes:
            yield Reading(item, value, "", start, number.end + len(_next_clause(number.right)))
        return
    yield from _request(number, place, labels)


def _request(number: Number, place: _Place, labels: Labels) -> Iterator[Reading]:
    leads = labels.leads(number.clause)
    item = None if leads else labels.before_number(number, place.topic)
    if leads and place.topic == "request":
        item = labels.after_number(number.right)
        leads = item is not None
    if item is None and not number.clause.strip("共计合为有:"):
        item = labels.before_number(number, place.topic)
    item = item or _by_year(number)
    if item is None or (labels.depends(item) and not place.counted):
        return
    yield Reading(
        item,
        number.value,
        "",
        number.start - len(number.clause.lstrip("(")),
        number.end + (len(_LOOSE_END.sub("", number.right)) if leads else 0),
        at_most=item in ("answered", "handled")
        and labels.has("timely", number.right if leads else number.clause),
        rest=leads and labels.has("rest", number.clause),
    )


def _by_year(number: Number) -> str | None:
    """结转2024年2件 and 2022年结转3件 name the year instead of 上年 or 下年."""
    found = re.search(r"(?:结转|转结|顺延)(?:至|到|入)?20\d\d年度?(?:继续办理|办理)?$", number.clause)
    if found:
        return "carried_out"
    return "carried_in" if re.search(r"20\d\d年度?(?:结转|转结)(?:的)?(?:申请)?$", number.clause) else None


def _next_clause(right: str) -> str:
    return _CUT.split(right, maxsplit=1)[0]


def _quoted(reading: Reading, sentence: Sentence, section: str) -> Reading:
    start, end = sentence.span(reading.start, reading.end)
    return replace(reading, start=start, end=end, quote=section[start:end])


def _claims(sentence: Sentence, place: _Place, section: str, labels: Labels) -> Iterator[Claim]:
    if place.topic != "request" and _topic(sentence.text, labels) != "request":
        return
    for kind, match in labels.claims(sentence.text):
        start, end = sentence.span(match.start(), match.end())
        yield Claim(kind, section[start:end], start, end)
