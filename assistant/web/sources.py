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


def opened(title: Markup | str, body: Markup, open_: bool = False) -> Markup:
    """A source under its title, closed until it is asked for."""
    return el("details", el("summary", title), body, class_="source", open=open_)


def provision(ref: ProvisionRef, book: StatuteBook, on: date, open_: bool = False) -> Markup:
    """A provision: its whole article, the cited part marked, and the days between which it is law."""
    article = book.text(ref.whole_article, on)
    edition = book.in_force(ref.law, on)
    if article is None or edition is None:
        held = el("p", "语料中没有这一条的原文，请查阅官方文本。", class_="note")
        return opened(el("span", str(ref), class_="ref"), held, open_)
    exact = book.text(ref, on) if ref.parent else None
    until = f"至 {edition.effective_to}" if edition.effective_to else "现行有效"
    since = f"自 {edition.effective_from} 起施行，" if edition.effective_from else ""
    proved = "" if edition.verified else "；文字尚未核对官方文本"
    note = el("p", f"《{edition.title}》，{since}{until}{proved}", class_="note")
    return opened(el("span", str(ref), class_="ref"), join((marked(article, exact), note)), open_)


def hit(found: "Hit", book: StatuteBook, on: date) -> Markup:
    """One thing that search found: a provision with its part marked, or the words of a report."""
    kind = el("span", KINDS.get(found.passage.kind, found.passage.kind), class_="kind")
    exact = book.text(found.passage.ref, on) if found.passage.ref else found.passage.text
    note = el("p", f"出处：{found.source}", class_="note")
    return opened(join((kind, el("span", found.ref, class_="ref"))), join((marked(found.text, exact), note)))


def quoted(source: "Source") -> Markup:
    """What an answer rests on: an article, or one cell of a report's table."""
    return opened(
        el("span", source.ref, class_="ref"),
        join((marked(source.quote, None), el("p", f"出处：{source.source}", class_="note"))),
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
