"""Faults of a letter as a document of its case: parts lost, days, figures, names, data of others, relics.

Places are found by plain patterns. Basis of each fault: the checks of assistant/drafting name their articles.
"""

import random
import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from zlib import crc32

from assistant.law.instruments import StatuteBook
from evals.mutations import (
    DRAWS,
    Mutation,
    Whole,
    missing_article,
    one_word,
    other_ground,
    repealed_law,
    replaced,
    wrong_remedy,
)

MOST = 10  # faults a letter, so that a run stays short

Mutator = Callable[[Whole, random.Random, StatuteBook], Iterator[Mutation]]

_DAY = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")
_TITLE = re.compile(r"(?m)^.*(?:告知书|答复书|的答复|通知|征询书)\s*$")
_SIGNED = re.compile(r"(?m)^[^\n。，：:；]{3,30}(?:政府|办事处|局|委员会)(?=\s*\n\s*[\d二])")
_UNDER = re.compile(
    r"(?m)^\s*(?:\d{4}年\d{1,2}月\d{1,2}日|二〇[一-龥〇]{2}年[一-龥]{1,3}月[一-龥]{1,4}日)\s*$"
)
_ASKED = re.compile(
    r"[^。\n]*(?:申请公开|要求公开|要求获取|申请获取|申请内容|请求公开|要求提供)[^。\n]*“[^\n]*?”[。，]?"
)
_COUNTED = re.compile(r"(?<![\d第〔])(\d{1,4})(页|元|件|张)")
# What the file must hold: the fact whose sentence is struck from a draft.
_PROOFS = (
    "search_record",
    "consulted_on",
    "correction_notice_on",
    "reasons_notice_on",
    "earlier_reply",
    "fee_amount",
    "place",
    "prohibiting_law",
    "special_law",
)
_CLOSED = ("补正", "征求", "延长", "延期", "收费", "信息处理费")
# Fit numbers nobody bears: check digits are right, the persons are invented.
_DATA = (
    "（身份证号110101199003077758）",
    "（联系电话13900001234）",
    "（银行卡号6222020200012345670）",
    "（车牌京A12345）",
    "（微信号wang_dachui99）",
)
_PERSONS = ("邻居王大锤", "村民赵铁柱", "案外人孙二娘")
_RELICS = (
    "本机关应当自收到申请之日起15个工作日内予以答复。",
    "本机关已依法告知你延长答复期限15个工作日。",
    "你没有说明申请公开该信息与自身生产、生活、科研等特殊需要的关系。",
    "请你缴纳检索费、复制费20元。",
    "你可以在三个月内向人民法院提起行政诉讼。",
    "参照法释〔2011〕17号的规定办理。",
    "依照《政府信息公开条例》第三十三条的规定，你可以依法申请行政复议。",
)


def mutations(letter: Whole, book: StatuteBook) -> tuple[Mutation, ...]:
    """Faults of the kinds the letter has a place for, by lot; the same letter always gets the same ones."""
    rng = random.Random(crc32(letter.text.encode()))
    made = [one for mutator in MUTATORS for one in mutator(letter, rng, book) if one.text != letter.text]
    return tuple(rng.sample(made, min(MOST, len(made))))


def lost_part(letter: Whole, rng: random.Random, _: StatuteBook) -> Iterator[Mutation]:
    """A part every reply must carry is struck out."""
    found = [("标题", _TITLE), ("落款", _SIGNED), ("答复日期", _UNDER), ("申请内容", _ASKED)]
    places = [(name, pattern.search(letter.text)) for name, pattern in found]
    there = [(name, place) for name, place in places if place]
    for name, place in rng.sample(there, min(DRAWS, len(there))):
        cut = letter.text[: place.start()] + letter.text[place.end() :]
        if name == "标题" and _TITLE.search(cut):
            continue
        if name == "申请内容" and re.search(
            r"关于[^。\n]{4,}的(?:政府)?信息公开申请|申请公开[^，。\n]{4,}", cut
        ):
            continue
        yield Mutation("part", f"删去{name}", cut)


def lost_proof(letter: Whole, _: random.Random, __: StatuteBook) -> Iterator[Mutation]:
    """The sentence that shows what the file must hold is struck out: every sentence that names the fact."""
    for key in _PROOFS:
        fact = letter.facts.get(key)
        if fact is None or (key == "consulted_on" and letter.code == "partial"):  # masking asks nobody
            continue
        words = (
            f"{fact.year}年{fact.month}月{fact.day}日" if isinstance(fact, date) else str(fact).rstrip("。；")
        )
        if words in letter.text:
            sentences = re.split(r"(?<=[。\n])", letter.text)
            kept = "".join(one for one in sentences if words not in one)
            yield Mutation("proof", f"删去写有“{key}”的句子", kept)
            return


def wrong_day(letter: Whole, rng: random.Random, _: StatuteBook) -> Iterator[Mutation]:
    """The letter is dated before the request, or long after the last day; a step lies after the letter."""
    under = list(_UNDER.finditer(letter.text))
    days = list(_DAY.finditer(letter.text))
    if not under or len(days) < DRAWS or not _DAY.search(under[-1][0]):
        return
    received = _day(days[0])
    made = [
        replaced("day", letter.text, under[-1].span(), _said(received - timedelta(days=rng.randint(3, 40))))
    ]
    if not any(word in letter.text for word in _CLOSED):
        late = received + timedelta(days=rng.randint(75, 120))
        made.append(replaced("day", letter.text, under[-1].span(), _said(late)))
    after = _day(_DAY.search(under[-1][0])) + timedelta(days=rng.randint(2, 30))
    made.append(replaced("day", letter.text, days[0].span(), _said(after)))
    yield from rng.sample(made, min(DRAWS, len(made)))


def others_data(letter: Whole, rng: random.Random, _: StatuteBook) -> Iterator[Mutation]:
    """Another person is named with a number of theirs."""
    at = letter.text.find("。", letter.text.find("收到")) + 1
    for datum in rng.sample(_DATA, DRAWS):
        said = f"{rng.choice(_PERSONS)}{datum}已经知悉。"
        yield Mutation("data", said, letter.text[:at] + said + letter.text[at:])


def relic(letter: Whole, rng: random.Random, _: StatuteBook) -> Iterator[Mutation]:
    """A sentence of repealed law stands among the others."""
    at = letter.text.rfind("。", 0, letter.text.find("不服")) + 1
    if at > 0:
        for said in rng.sample(_RELICS, DRAWS):
            yield Mutation("relic", said, letter.text[:at] + said + letter.text[at:])


def wrong_name(letter: Whole, rng: random.Random, _: StatuteBook) -> Iterator[Mutation]:
    """Authority or court of a draft is another's; the signer itself or a department reviews."""
    organ = letter.facts.get("agency")
    if not organ:
        return
    authority, court = organ["review_authority"], organ["court"]
    made = [
        _renamed(letter, authority, "临渊县人民政府"),
        _renamed(letter, authority, "县司法局"),
        _renamed(letter, authority, organ["name"]),
        _renamed(letter, court, "临渊县人民法院"),
        _renamed(letter, court, "人民法院"),
    ]
    yield from rng.sample(made[:4], DRAWS)


def wrong_figure(letter: Whole, rng: random.Random, _: StatuteBook) -> Iterator[Mutation]:
    """A number, day, document number or name of a draft differs from the facts of the case."""
    if not letter.facts:
        return
    made = [
        replaced("figure", letter.text, place.span(1), str(int(place[1]) + rng.randint(1, 9)))
        for place in list(_COUNTED.finditer(letter.text))[:1]
    ]
    number = re.search(r"〔\d{4}〕(\d+)号", letter.text)
    if number:
        made.append(replaced("figure", letter.text, number.span(1), str(int(number[1]) + 1)))
    received = _DAY.search(letter.text)
    if received:
        earlier = _day(received) - timedelta(days=1)
        made.append(replaced("figure", letter.text, received.span(), _said(earlier)))
    name = str(letter.facts["applicant"])
    made.append(Mutation("figure", f"{name}→石敢当", letter.text.replace(f"{name}：", "石敢当：", 1)))
    yield from rng.sample(made, min(DRAWS, len(made)))


MUTATORS: tuple[Mutator, ...] = (
    missing_article,
    repealed_law,
    other_ground,
    one_word,
    wrong_remedy,
    lost_part,
    lost_proof,
    wrong_day,
    others_data,
    relic,
    wrong_name,
    wrong_figure,
)


def _renamed(letter: Whole, old: str, new: str) -> Mutation:
    at = letter.text.find("不服")
    return Mutation("name", f"{old}→{new}", letter.text[:at] + letter.text[at:].replace(old, new, 1))


def _day(match: re.Match[str] | None) -> date:
    assert match
    return date(*map(int, match.groups()))


def _said(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
