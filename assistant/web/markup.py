"""HTML that is safe by construction: words are escaped unless they were made here.

A request letter is untrusted. Whatever it holds – tags, markdown, links – is shown as the words it is.
"""

from collections.abc import Iterable
from html import escape


class Markup(str):
    """HTML made by `el`, on one line: a blank line would end an HTML block inside markdown."""

    __slots__ = ()


Child = str | None
_VOID = ("input", "meta", "img")


def words(text: str) -> Markup:
    """Any text as harmless HTML; line ends become references, so that the result stays one line."""
    safe = escape(text).replace("\r\n", "\n").replace("\r", "\n")
    return Markup(safe.replace("\n", "&#10;"))


def join(children: Iterable[Child], between: Child = "") -> Markup:
    """Children one after the other, those that are not yet markup escaped, None left out."""
    return Markup(_safe(between).join(_safe(child) for child in children if child is not None))


def el(name: str, /, *children: Child, **attributes: str | bool | None) -> Markup:
    """An element. `class_` and `aria_label` are written class and aria-label; True stands alone, None is left out."""
    written = "".join(_attribute(key, value) for key, value in attributes.items())
    if name in _VOID:
        return Markup(f"<{name}{written}>")
    return Markup(f"<{name}{written}>{join(children)}</{name}>")


def section(title: str, *children: Child) -> Markup:
    """A titled part of a card."""
    return el("section", el("h3", title), *children)


def _attribute(key: str, value: str | bool | None) -> str:
    key = key.rstrip("_").replace("_", "-")
    if value is None or value is False:
        return ""
    return f" {key}" if value is True else f' {key}="{words(value)}"'


def _safe(child: Child) -> str:
    if child is None:
        return ""
    return child if isinstance(child, Markup) else words(child)
