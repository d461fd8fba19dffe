"""Provisions a question names outright: 条例第三十六条, 条例36条, 复议法23条第一款, or 36条 alone.

What the law layer recognises as a citation counts; in questions the 第 is often left out, and an address
without a law means the Regulation, since that is what this office answers under.
"""

import re
import unicodedata
from datetime import date

from assistant.law.citations import cite
from assistant.law.instruments import StatuteBook
from assistant.law.numerals import NUMERAL
from assistant.law.provisions import ProvisionRef

REGULATION = "政府信息公开条例"
# Addresses stand at the head of what people type; a pasted letter is searched for its matter.
_HEAD = 300
_SPACES = re.compile(r"\s+")
_AFTER = r"(?=$|[第款项之的讲说是写规什怎内具呢吗啥咋,，。.?？!！:：(（、和与及])"
_BARE = re.compile(rf"(?<!第)(?P<number>{NUMERAL})条{_AFTER}")
_ALONE = re.compile(rf"^(?:第?(?:{NUMERAL})条)")


def named_provisions(query: str, book: StatuteBook, on: date) -> list[ProvisionRef]:
    """The provisions in force on a day that a question names, in its order, each once."""
    words = _SPACES.sub("", unicodedata.normalize("NFKC", query[:_HEAD]))
    words = _BARE.sub(lambda m: _with_prefix(m, words, book), words)
    if _ALONE.match(words):
        words = f"《{REGULATION}》{words}"
    found = [citation.ref for citation in cite(words, book, on) if citation.status == "ok"]
    return list(dict.fromkeys(ref for ref in found if ref is not None))


def _with_prefix(match: re.Match[str], words: str, book: StatuteBook) -> str:
    """第 put before a bare number, where it opens the question or follows the name of a law."""
    before = words[: match.start()]
    named = any(book.named(before[-length:].strip("《》")) for length in range(2, min(len(before), 30) + 1))
    return f"第{match[0]}" if not before or named else match[0]
