"""Provisions and published facts with the exact words marked, opened in place."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from assistant.law.instruments import StatuteBook
from assistant.law.provisions import ProvisionRef
from assistant.web.markup import Markup, el, join, words

if TYPE_CHECKING:
    from assistant.dialogue.answers import Source
    from assistant.retrieval.search import Hit

KINDS = {"provision": "条文", "report": "年度报告", "reply": "答复", "guide": "要旨"}


def opened(title: Markup | str, body: Markup, open_: bool = False, kind: str = "law") -> Markup:
    """A source under its title, closed until it is asked for; what lies around it is fetched when it is opened."""
    return el("details", el("summary", title), body, class_=f"source {kind}", open=open_)


def provision(ref: ProvisionRef, book: StatuteBook, on: date, open_: bool = False) -> Markup:
    """A provision: its whole article, the cited part marked, and the days between which it is law."""
    return opened(el("span", str(ref), class_="ref"), article_of(ref, book, on), open_)


def article_of(ref: ProvisionRef, book: StatuteBook, on: date) -> Markup:
    """The article of a provision, the cited part marked, with the days between which it is law."""
    article = book.text(ref.whole_article, on)
    edition = book.in_force(ref.law, on)
    if article is None or edition is None:
        return el("p", _absent(ref, book, on), class_="note")
    exact = book.text(ref, on) if ref.parent else None
    until = f"至 {edition.effective_to}" if edition.effective_to else "现行有效"
    since = f"自 {edition.effective_from} 起施行，" if edition.effective_from else ""
    proved = "" if edition.verified else "；文字尚未核对官方文本"
    checked = f"；{edition.last_checked_on} 核对"
    note = el(
        "p", f"《{edition.title}》{ref.whole_article.local}，{since}{until}{checked}{proved}", class_="note"
    )
    return join((marked(article, exact), note))


def _absent(ref: ProvisionRef, book: StatuteBook, on: date) -> str:
    """Why there are no words to show."""
    if book.status(ref, on) == "no_such_article":
        return f"{ref}：没有这一条、款或者项，请核对。"
    if book.named(ref.law) and book.in_force(ref.law, on) is None:
        return f"《{ref.law}》在 {on} 没有一个有效的文本，不能作为依据。"
    return "语料中没有这一条的原文，请查阅官方文本。"


def hit(found: "Hit", book: StatuteBook, on: date) -> Markup:
    """One thing that search found: a provision with its part marked, or the words of a report."""
    kind = el("span", KINDS.get(found.passage.kind, found.passage.kind), class_="kind")
    exact = book.text(found.passage.ref, on) if found.passage.ref else found.passage.text
    note = el("p", f"出处：{found.source}", class_="note")
    lazy = {"provision": "law", "report": "figure"}.get(found.passage.kind, "plain")
    title = join((kind, el("span", found.ref, class_="ref")))
    return opened(title, join((marked(found.text, exact), note)), kind=lazy)


def quoted(source: "Source") -> Markup:
    """What an answer rests on: an article, or one cell of a report's table."""
    figure = "·" in source.ref
    return opened(
        el("span", source.ref, class_="ref"),
        join((marked(source.quote, None), el("p", f"出处：{source.source}", class_="note"))),
        kind="figure" if figure else "law",
    )


def listed(sources: Iterable[Markup], empty: str) -> Markup:
    """Sources one under the other, or one line that says there are none."""
    found = join(sources)
    return el("div", found, class_="sources") if found else el("p", empty, class_="note")


def marked(text: str, exact: str | None) -> Markup:
    """A text with the exact words marked where they stand in it."""
    at = text.find(exact) if exact else -1
    if not exact or at < 0 or exact == text:
        return el("blockquote", text)
    return el("blockquote", text[:at], el("mark", exact), words(text[at + len(exact) :]))
