"""How alike what two requests ask for is: in characters, in the periods they name, in what only one of them says.

Words are compared, not meanings: the figure orders candidates for a person's eye and decides nothing. Pairs of
neighbouring characters in common, 2·|A ∩ B| / (|A| + |B|) (Dice 1945), after the turns every request has are left
out. Basis: 政府信息公开条例第三十六条第（六）项 ("相同政府信息").
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from assistant.retrieval.lexical import grams

# The shortest run of characters that counts as the same, or that is worth showing as said by one only.
_RUN = 2
_PHRASE = 4
_LONGEST = 2_000

_TURNS = re.compile(
    r"(?:本人|我(?:单位|公司|们)?|申请人)?(?:现|特|再次|再|请求|请|要求)*"
    r"(?:依法|书面)?(?:申请|要求|请求)?(?:公开|提供|获取|查阅|告知)(?:一下)?(?=.)|"
    r"(?:等)?(?:相关|有关|全部|所有)?(?:政府)?信息(?:公开)?(?:申请(?:表|书)?)?$|(?:的)?(?:纸质件?|复印件|扫描件|电子版)"
)
_SIGNS = re.compile(r"[\s，。；：、,.;:!?！？“”\"'()（）《》〔〕\[\]…—-]+")
_DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")
_YEARS = re.compile(
    r"(?P<first>(?:19|20)\d\d)\s*年?度?\s*(?:至|到|[-—–~～])\s*(?P<last>(?:19|20)\d\d)\s*年?度?|(?P<year>(?:19|20)\d\d)\s*年度?"
)
_CHINESE_YEAR = re.compile(r"[一二][〇零九]?[〇零一二三四五六七八九]{2,3}(?=年)")
_PARTS = re.compile(r"(?:第?[一二三四1-4]季度|[上下]半年|(?<!\d)(?:1[0-2]|0?[1-9])月(?:份)?)")


@dataclass(frozen=True)
class Likeness:
    """Two requests side by side. `share`: 0 to 1. Periods as written out; phrases only one of them has."""

    share: float
    same: tuple[str, ...]
    only_here: tuple[str, ...]
    only_there: tuple[str, ...]
    periods_here: tuple[str, ...]
    periods_there: tuple[str, ...]

    @property
    def other_period(self) -> bool:
        """Whether both name a period and the periods are not the same."""
        return bool(self.periods_here and self.periods_there) and self.periods_here != self.periods_there


def likeness(here: Sequence[str], there: Sequence[str]) -> Likeness:
    """What one request asks beside another, item by item; the order of the items does not count."""
    runs = [_runs(_bare(one), _bare(other)) for _, one, other in _paired(here, there)]
    return Likeness(
        share=share_of(here, there),
        same=_once(run for found in runs for run in found[0]),
        only_here=_once(run for found in runs for run in found[1]),
        only_there=_once(run for found in runs for run in found[2]),
        periods_here=periods(" ".join(here)),
        periods_there=periods(" ".join(there)),
    )


def share_of(here: Sequence[str], there: Sequence[str]) -> float:
    """How much of what one request asks the other asks too, 0 to 1; longer items weigh more."""
    weighed = [(share, max(len(_bare(one)), 1)) for share, one, _ in _paired(here, there)]
    return round(sum(share * weight for share, weight in weighed) / max(sum(w for _, w in weighed), 1), 3)


def held_in(asked: str, text: str) -> float:
    """How much of what is asked for stands in a text, 0 to 1, by pairs of neighbouring characters."""
    mine = _pairs(asked)
    return len(mine & frozenset(grams(text[:_LONGEST]))) / len(mine) if mine else 0.0


def _paired(here: Sequence[str], there: Sequence[str]) -> list[tuple[float, str, str]]:
    """Each item with the item of the other request that is most like it."""
    return [
        max((_pair(one, other) for other in there), key=lambda pair: pair[0], default=(0.0, one, ""))
        for one in here
    ]


def periods(words: str) -> tuple[str, ...]:
    """The years and parts of years a text names, in order, each once: 2021年, 2022年, 上半年."""
    plain = _CHINESE_YEAR.sub(lambda match: match[0].translate(_DIGITS), unicodedata.normalize("NFKC", words))
    years: set[int] = set()
    for match in _YEARS.finditer(plain):
        first = int(match["first"] or match["year"])
        last = int(match["last"] or first)
        years.update(range(first, last + 1) if first <= last < first + 100 else (first, last))
    parts = {match[0].removesuffix("份").lstrip("0第") for match in _PARTS.finditer(plain)}
    return (*(f"{year}年" for year in sorted(years)), *sorted(parts))


def _pair(one: str, other: str) -> tuple[float, str, str]:
    mine, theirs = _pairs(one), _pairs(other)
    if not mine or not theirs:
        return float(_bare(one) == _bare(other)), one, other
    return 2 * len(mine & theirs) / (len(mine) + len(theirs)), one, other


@lru_cache(maxsize=4_096)
def _pairs(words: str) -> frozenset[str]:
    """The pairs of neighbouring characters, and foreign words, of what a request asks for."""
    return frozenset(gram for gram in grams(_bare(words)) if len(gram) > 1)


def _bare(words: str) -> str:
    """What is asked for, without signs, periods and the turns of every request."""
    plain = _CHINESE_YEAR.sub(lambda match: match[0].translate(_DIGITS), unicodedata.normalize("NFKC", words))
    without = _PARTS.sub("", _YEARS.sub("", plain[:_LONGEST]))
    return _TURNS.sub("", _SIGNS.sub("", without)) or _SIGNS.sub("", plain[:_LONGEST])


def _runs(here: str, there: str) -> tuple[list[str], list[str], list[str]]:
    """Runs of characters both have, and what stands between them on either side."""
    same, mine, theirs = [], [], []
    at, across = 0, 0
    blocks = SequenceMatcher(None, here, there, autojunk=False).get_matching_blocks()
    for start, start_there, length in (*[b for b in blocks if b.size >= _RUN], (len(here), len(there), 0)):
        mine.append(here[at:start])
        theirs.append(there[across:start_there])
        same.append(here[start : start + length])
        at, across = start + length, start_there + length
    long = [run for run in same if len(run) >= _PHRASE]
    return long, [run for run in mine if len(run) >= _RUN], [run for run in theirs if len(run) >= _RUN]


def _once(runs: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(runs))
