"""What a clerk is told of a citation that cannot stand: which unit is missing, which edition ended or has not begun.

Each message says what is wrong, by which text and day, and what to do.
"""

from datetime import date

from assistant.law.citations import Citation
from assistant.law.instruments import Instrument, StatuteBook
from assistant.law.numerals import to_chinese
from assistant.law.provisions import ProvisionRef


def missing(citation: Citation, ref: ProvisionRef) -> str:
    """No such article, paragraph or item in the edition in force."""
    if citation.why == "no_article":
        count = citation.edition.article_count if citation.edition else None
        total = f"，全文共{to_chinese(count)}条" if count else ""
        return f"《{ref.law}》没有{ref.whole_article.local}{total}，请核对条文号。"
    held = ref.parent if citation.why == "no_item" and ref.parent else ref.whole_article
    wanting = ref.local.removeprefix(held.local)
    if citation.why == "no_item" and ref.paragraph is None and _several_lists(citation, ref):
        return f"《{ref.law}》{held.local}有几款列有项，没有写明{wanting}在第几款，请补写所引的款。"
    return f"《{ref.law}》{held.local}没有{wanting}，请核对所引的款、项。"


def not_living(citation: Citation, ref: ProvisionRef, book: StatuteBook, on: date) -> str:
    """The edition has ended, or has not begun; what replaced it, or what was in force instead."""
    edition = citation.edition
    if edition is None:
        return f"《{ref.law}》在{on}不是有效的法律文件，不得引用{ref.local}作为依据。"
    head = f"《{ref.law}》（{edition.number}）在{on}不是有效的法律文件"
    doubt = "" if edition.verified else "该文本的施行日期据转述，请核对原文。"
    if citation.why == "not_yet":
        begins = f"，自{edition.effective_from}起施行，尚未生效，不得引用{ref.local}作为依据。"
        return head + begins + _instead(edition, book, on)
    when = f"，施行至{edition.effective_to}，已经失效，不得引用{ref.local}作为依据。"
    return head + when + _replaced(edition, book, on) + doubt


def unresolved(citation: Citation) -> str:
    """Two instruments could be meant, or none is named."""
    titles = "或者".join(f"《{title}》" for title in citation.could_be)
    if citation.why == "ambiguous" and titles:
        return f"“{citation.text}”可能是{titles}的条文，请写明是哪一部法律的条文。"
    if titles:
        return f"“{citation.text}”没有写明是哪一部法律的条文，按上文可能是{titles}，请写出法律名称。"
    return f"“{citation.text}”没有写明是哪一部法律的条文，请写出法律名称。"


def unknown(citation: Citation) -> str:
    """No instrument of that name here, or no edition of that year or number."""
    what = "的这个文本（年份或者文号）" if citation.why == "unknown_edition" else "的法律文件"
    return f"语料库没有“{citation.text}”所引{what}，无法核对，请人工核对。"


def unproved(ref: ProvisionRef) -> str:
    """The article is there by its number; its paragraphs and items are not held."""
    return f"语料库没有{ref.whole_article}的原文，其中的款、项无法核对，请人工核对。"


def _several_lists(citation: Citation, ref: ProvisionRef) -> bool:
    article = citation.edition.articles.get((ref.article, ref.branch)) if citation.edition else None
    return article is not None and sum(bool(paragraph.items) for paragraph in article.paragraphs) > 1


def _replaced(edition: Instrument, book: StatuteBook, on: date) -> str:
    later = book.successor(edition)
    if later is None:
        return (
            f"已由{edition.replaced_by}取代，请改引现行文件。" if edition.replaced_by else "请改引现行文件。"
        )
    begins = f"，{later.effective_from}起施行" if later.effective_from else ""
    then = "请改引其相应条文。" if later.in_force(on) else "请按当日有效的文本引用。"
    return f"已由《{later.name}》（{later.number}{begins}）取代，{then}"


def _instead(edition: Instrument, book: StatuteBook, on: date) -> str:
    """What was in force on the day in the place of an edition that had not begun."""
    former = book.predecessor(edition)
    if former and former.in_force(on):
        return f"当日有效的是《{former.name}》（{former.number}）。"
    return "语料库没有当日有效的文本，如另有旧文本请人工核对。"
