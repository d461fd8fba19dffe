"""Material of others as it is shown to a chat model: between marks nobody could know who wrote it, and cut to a length.

The marks are no protection by themselves; what an answer may do is. Basis: 个人信息保护法第六条 (no more than needed).
"""

import hashlib
import re
from collections.abc import Iterable

# So many characters of each text go; a longer one is cut at the end, and that is said.
LONGEST_TEXT = 6000

_MARK_LIKE = re.compile(r"\[材料(?:开始|结束)[^\]]*\]")


def quotable(text: str, longest: int = LONGEST_TEXT) -> str:
    """A text at the length that goes, and no border of ours inside it."""
    plain = _MARK_LIKE.sub(lambda found: " " * len(found[0]), text)
    rest = len(plain) - longest
    return plain if rest <= 0 else f"{plain[:longest]}\n（以下略去 {rest} 字）"


def border_of(texts: Iterable[str]) -> str:
    """What stands beside the borders of the material; whoever wrote the material could not know it."""
    return hashlib.sha256("\x1e".join(texts).encode()).hexdigest()[:12]
