"""The provisions an article itself points to: whoever reads 第三十八条 needs 第三十七条 beside it."""

import re
from datetime import date

from assistant.law.citations import cite
from assistant.law.instruments import StatuteBook
from assistant.law.provisions import ProvisionRef

_ITSELF = re.compile(r"本(?:条例|法|办法|解释|规定)(?=第)")


def refers_to(book: StatuteBook, ref: ProvisionRef, on: date) -> tuple[ProvisionRef, ...]:
    """Living provisions named in the words of an article, in its order, without the article itself."""
    words = book.text(ref.whole_article, on) or ""
    found = cite(_ITSELF.sub(f"《{ref.law}》", words), book, on)
    named = (one.ref for one in found if one.ref and one.status == "ok")
    return tuple(dict.fromkeys(other for other in named if other.whole_article != ref.whole_article))


def cited_by(book: StatuteBook, ref: ProvisionRef, on: date) -> tuple[ProvisionRef, ...]:
    """Articles of any living law whose words name this article or a part of it, its own law first."""
    living = [one for one in book.instruments if one.in_force(on) and book.in_force(one.name, on) is one]
    living.sort(key=lambda one: book.in_force(ref.law, on) is not one)
    names = dict.fromkeys(one.name for one in living)
    return tuple(article for name in names for article in _naming(book, name, ref.whole_article, on))


def referred_from(book: StatuteBook, ref: ProvisionRef, on: date) -> tuple[ProvisionRef, ...]:
    """Articles of the same law whose words name this provision or one inside its article."""
    law = book.in_force(ref.law, on)
    return _naming(book, law.name, ref, on) if law else ()


def _naming(book: StatuteBook, name: str, ref: ProvisionRef, on: date) -> tuple[ProvisionRef, ...]:
    law = book.in_force(name, on)
    articles = (ProvisionRef(law.name, number, branch) for number, branch in law.articles) if law else ()
    return tuple(
        article
        for article in articles
        if any(ref.whole_article.covers(other) for other in refers_to(book, article, on))
    )
