"""Words that name an instrument: what the statute book knows, compiled once into one pattern.

A name in a letter may lack 中华人民共和国, stand in traditional characters, or write 〔2025〕 as (2025) or [2025].
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from assistant.law.cleaning import fold
from assistant.law.provisions import STATE

Kind = str

# What a statute calls itself; the longer word first where one ends in another.
_KIND = re.compile(r"(条例|办法|细则|规则|规程|规定|解释|决定|法典|法)(?:（[^（）]*）)?$")
# Written things with articles of their own that are no law.
PRIVATE = (
    r"(?:合同|协议书?|章程|村规民约|公约|规约|民约|契约|租约|附件[0-9一二三四五六七八九十]{0,3}|附表|须知|承诺书|责任书|"
    r"招标文件|投标文件|纪要|方案)"
)
_PRIVATE_TITLE = re.compile(rf"{PRIVATE}(?:（[^（）]*）)?$")
_YEAR_BRACKETS = re.compile(r"[〔（](\d{4})[〕）]")
_INNER = str.maketrans("〈〉", "《》")
# 行政复议法实施条例 is not the 行政复议法.
_NOT_LONGER = r"(?!实施(?:条例|办法|细则|意见|规定)|司法解释|的?若干)"


@lru_cache(maxsize=4096)
def canonical(words: str) -> str:
    """A name as the book compares it: one set of signs, no 中华人民共和国 before it."""
    plain = _YEAR_BRACKETS.sub(r"〔\1〕", fold(words)).translate(_INNER)
    return plain.removeprefix(STATE)


def kind_of(words: str) -> Kind | None:
    """条例, 办法, 法 …: what 该条例, 本法 point back to."""
    found = _KIND.search(words)
    return found[1] if found else None


def is_private(words: str) -> bool:
    """Whether a title is that of a contract, charter, village covenant, annex: nothing a statute book holds."""
    return bool(_PRIVATE_TITLE.search(words))


@dataclass(frozen=True)
class KnownNames:
    """Every name the statute book knows. `meanings`: canonical name → titles of the instruments it may mean."""

    meanings: Mapping[str, frozenset[str]]
    pattern: str

    @classmethod
    def of(cls, names: Iterable[tuple[str, str]]) -> "KnownNames":
        """From pairs of a name and the title it stands for."""
        meanings: dict[str, frozenset[str]] = {}
        for name, title in names:
            key = canonical(name)
            if key:
                meanings[key] = meanings.get(key, frozenset()) | {title}
        longest_first = sorted(meanings, key=lambda name: (-len(name), name))
        alternatives = "|".join(map(_written, longest_first)) or r"(?!)"
        return cls(meanings, rf"(?:{STATE})?(?:{alternatives}){_NOT_LONGER}")

    def titles(self, words: str) -> frozenset[str]:
        """The titles these words may mean: none, one, or several."""
        return self.meanings.get(canonical(words), frozenset())


def _written(name: str) -> str:
    """A pattern for a canonical name in the signs a letter may use."""
    pattern = re.escape(name).replace("《", "[《〈]").replace("》", "[》〉]")
    pattern = pattern.replace("〔", "[〔（]").replace("〕", "[〕）]")
    # 14号函 is not the end of 114号函, nor of another office's 〔2019〕14号函.
    return rf"(?<![0-9〕）]){pattern}" if name[0].isdigit() else pattern
