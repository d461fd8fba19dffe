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
# No provision is named without it.
_NAMES = "条"
_SPACES = re.compile(r"\s+")
_PLACE = rf"第?[（(]?{NUMERAL}[）)]?[款项]"
_AFTER = r"$|[第之的还讲说是写规什怎内具呢吗啥咋,，。.?？!！:：（(、和与及]"
_DIGITS = "0-9零〇一二两三四五六七八九十百千"
_BARE = re.compile(rf"(?<![第{_DIGITS}]){NUMERAL}条(?=(?P<place>{_PLACE})|{_AFTER})")
# 民法典第10条 names a law the corpus does not hold; 、第37条 goes on a list that already has its law.
_ARTICLE = re.compile(rf"(?<![法典例定则释和与及、至到])第{NUMERAL}条(?={_PLACE}|{_AFTER})")


def named_provisions(query: str, book: StatuteBook, on: date) -> list[ProvisionRef]:
    """The provisions in force on a day that a question names, in its order, each once."""
    words = _SPACES.sub("", unicodedata.normalize("NFKC", query[:_HEAD]))
    if _NAMES not in words:
        return []
    words = _BARE.sub(lambda match: _with_prefix(match, words, book), words)
    found = cite(words, book, on)
    if all(citation.status == "unresolved" for citation in found) and "《" not in words:
        found = cite(_ARTICLE.sub(rf"《{REGULATION}》\g<0>", words), book, on)
    refs = [citation.ref for citation in found if citation.status == "ok"]
    return list(dict.fromkeys(ref for ref in refs if ref is not None))


def _with_prefix(match: re.Match[str], words: str, book: StatuteBook) -> str:
    """第 put before a bare number that opens the question, follows the name of a law or goes on to a 款 or 项."""
    before = words[: match.start()]
    named = any(book.named(before[-length:].strip("《》")) for length in range(2, min(len(before), 30) + 1))
    return f"第{match[0]}" if not before or named or match["place"] else match[0]
