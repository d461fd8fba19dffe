"""The one place where text is made ready to leave the office: personal data out, and back in afterwards.

Basis: 个人信息保护法第四条、第二十八条.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from assistant.ingest.masking import CLOSE, OPEN, Masked, mask

_SEAM = "\n␞\n"
_MARK = f"{OPEN}[^{OPEN}{CLOSE}]*{CLOSE}"


@dataclass(frozen=True)
class Hidden:
    """Texts without their personal data; one datum has one mark in all of them."""

    texts: tuple[str, ...]
    masked: Masked

    def restore(self, words: str) -> str:
        """Words of the model with the marks turned back; a mark nobody gave out stays as it is."""
        return self.masked.restore(words)


def hide(texts: Iterable[str], known: Mapping[str, Iterable[str]] | None = None) -> Hidden:
    """Texts as they may leave the office.

    `known` are words the letter gives away by its form, under what they are called ("申请人": its name): they
    are hidden wherever they still stand after masking has hidden all that it finds by itself.
    """
    masked = mask(_SEAM.join(text.replace("␞", " ") for text in texts))
    own = _marks(known or {})
    if own:
        words = "|".join(map(re.escape, own))
        text = re.sub(f"{_MARK}|{words}", lambda found: own.get(found[0], found[0]), masked.text)
        masked = Masked(text, {**masked.hidden, **{mark: words for words, mark in own.items()}})
    return Hidden(tuple(masked.text.split(_SEAM)), masked)


def _marks(known: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """Words → mark, the longest words first; single characters would hide half of a letter."""
    named = {words.strip(): kind for kind, many in known.items() for words in many}
    useful = sorted((words for words in named if len(words) > 1), key=lambda words: (-len(words), words))
    return {words: f"{OPEN}{named[words]}{number}{CLOSE}" for number, words in enumerate(useful, start=1)}
