"""Citations and quotations: the article exists, is living law, and says what the letter makes it say."""

import re
from collections.abc import Iterator

from assistant.drafting import citation_messages as messages
from assistant.drafting.reading import Letter
from assistant.drafting.verdict import Finding
from assistant.law.citations import Citation
from assistant.law.provisions import ProvisionRef
from assistant.law.quotations import Quotation, check_quotations, differences

_NOISE = re.compile(r"[\s，。；：、（）()“”‘’\"'《》,.;:…—-]+")
_ELLIPSIS = re.compile(r"…+|\.{3,}")


def check_citations(letter: Letter) -> Iterator[Finding]:
    """Articles no statute has, statutes no longer or not yet in force, and laws not known here.

    What stands in the applicant's own words is at most a warning.
    """
    for citation in letter.citations:
        finding = _judged(citation, letter)
        if finding and any(start <= citation.start < end for start, end in letter.asked):
            yield Finding("warning", finding.check, finding.start, finding.end, finding.message)
        elif finding:
            yield finding


def check_quoted(letter: Letter) -> Iterator[Finding]:
    """Quotations that differ from the statute by a word, stand in another provision, or cannot be checked."""
    citations = list(letter.citations)
    for quotation in check_quotations(letter.text, citations, letter.rules.book, letter.on):
        if quotation.verbatim:
            continue
        if _elsewhere_in_article(quotation, letter):
            yield _misplaced(quotation)
        elif _claimed(quotation, letter):
            yield _misquoted(quotation)
    for citation in citations:
        if citation.status == "ok" and citation.ref and not _held(citation.ref, letter):
            quoted = letter.rules.parts.words["quote_follows"].match(letter.text, citation.end)
            if quoted:
                message = f"语料库没有{citation.ref}的原文，无法核对原文，请人工核对引文。"
                yield Finding("warning", "quote_verbatim", citation.start, quoted.end(), message)


def _judged(citation: Citation, letter: Letter) -> Finding | None:
    place = citation.start, citation.end
    if citation.ref and citation.status == "no_such_article":
        return Finding("error", "article_exists", *place, messages.missing(citation, citation.ref))
    if citation.ref and citation.status == "not_in_force":
        told = messages.not_living(citation, citation.ref, letter.rules.book, letter.on)
        return Finding("error", "in_force", *place, told)
    if citation.ref and citation.ref.parent and not _held(citation.ref, letter):
        return Finding("warning", "article_exists", *place, messages.unproved(citation.ref))
    if not citation.text:
        return None
    if citation.status == "unknown_instrument" and _named_like_law(citation, letter):
        return Finding("warning", "article_exists", *place, messages.unknown(citation))
    if citation.status == "unresolved" and letter.means_law(citation):
        return Finding("warning", "article_exists", *place, messages.unresolved(citation))
    return None


def _named_like_law(citation: Citation, letter: Letter) -> bool:
    title = re.search(r"《([^》]+)》", citation.text)
    return not title or bool(letter.rules.parts.words["lawlike_title"].search(title[1]))


def _held(ref: ProvisionRef, letter: Letter) -> bool:
    return letter.rules.book.text(ref.whole_article, letter.on) is not None


def _claimed(quotation: Quotation, letter: Letter) -> bool:
    """Whether the words are offered as the statute's: near to it, or directly behind the citation.

    A name in quotation marks that only follows a citation (第三十六条第（四）项，“某方案”不存在) is no quotation.
    """
    ours, theirs = set(_bare(quotation.words)), set(_bare(quotation.said))
    if len(ours & theirs) >= 0.7 * len(ours):
        return True
    lead_ins = (
        letter.text[citation.end : quotation.start]
        for citation in letter.citations
        if citation.ref == quotation.ref and citation.end <= quotation.start
    )
    return any(letter.rules.parts.words["claims_quote"].fullmatch(lead) for lead in lead_ins)


def _misquoted(quotation: Quotation) -> Finding:
    parted = differences(quotation.words, quotation.said)
    message = f"引文与{quotation.ref.whole_article}原文不一致：{parted}。请照原文引用。"
    return Finding("error", "quote_verbatim", quotation.start, quotation.end, message)


def _elsewhere_in_article(quotation: Quotation, letter: Letter) -> bool:
    """Whether the words are the article's, only not those of the paragraph or item cited."""
    article = letter.rules.book.text(quotation.ref.whole_article, letter.on)
    parts = _ELLIPSIS.split(quotation.words)
    return bool(article) and all(_bare(part) in _bare(article or "") for part in parts)


def _misplaced(quotation: Quotation) -> Finding:
    message = f"引文不是{quotation.ref}的文字，出自同一条的其他款、项，请核对所引的款、项。"
    return Finding("error", "quote_verbatim", quotation.start, quotation.end, message)


def _bare(text: str) -> str:
    return _NOISE.sub("", text)
