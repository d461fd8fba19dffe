"""The simplest check of citations, by a pattern of its own: does the article exist, is the statute living.

It is the baseline of the task citations and the judge of what drafts cite.
"""

import re
from datetime import date

from assistant.law.instruments import StatuteBook
from assistant.law.numerals import NUMERAL, to_int

_CITED = re.compile(rf"《([^《》]+)》）?第({NUMERAL})条")


def missing(text: str, book: StatuteBook) -> list[str]:
    """Citations by title of an article that no edition of the statute has."""
    found = []
    for title, number in _CITED.findall(text):
        counts = [edition.article_count for edition in book.named(title)]
        if counts and all(count is not None and count < to_int(number) for count in counts):
            found.append(f"《{title}》第{number}条")
    return found


def dead_or_missing(text: str, book: StatuteBook, on: date) -> list[str]:
    """Those, and citations of a statute of which no edition is in force on a day."""
    dead = [
        f"《{title}》"
        for title, _ in _CITED.findall(text)
        if (editions := book.named(title)) and not any(edition.in_force(on) for edition in editions)
    ]
    return [*missing(text, book), *dead]
