"""Buttons inside what the page shows as HTML, and what was pressed.

The web library keeps only plain attributes of what stands in the conversation, so a button says what it does by its
name and value: `do` goes to the server, `go` brings a part of the page to the front. A citation opens the provision
where it is named. page.js takes the press, with what is written in the fields beside it.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from assistant.law.provisions import ProvisionRef
from assistant.web.markup import Markup, el, join

if TYPE_CHECKING:
    from assistant.law.citations import Citation

# What page.js hands over for the last two inputs of an event: the press, and the form of facts.
COLLECT_PRESS = "(...given) => [...given.slice(0, -2), window.takePress(), window.collectFacts()]"

UNKNOWN = "没有这个操作。请刷新页面后再试。"
_PROVISION = re.compile(r"《[^》]+》第[^条]+条")


@dataclass(frozen=True)
class Press:
    """A button pressed: its verb, what follows it, and the fields beside it by name."""

    verb: str
    of: tuple[str, ...] = ()
    fields: Mapping[str, str] = field(default_factory=dict)


def press(do: str, label: str, kind: str | None = None) -> Markup:
    """A button that does something; `do` is a verb with what it concerns behind colons."""
    return el(
        "button", label, type="button", name="do", value=do, class_=f"press {kind}" if kind else "press"
    )


def go(to: str, label: str) -> Markup:
    """A button that brings a part of the page to the front: outcome, guide, sheet."""
    return el("button", label, type="button", name="go", value=to, class_="press")


def cite(ref: ProvisionRef | str, label: str | None = None, on: date | None = None) -> Markup:
    """A provision named in running text; pressing it opens the article below the line, as of a day.

    It breaks over lines as the text does, so it is no button element; its title says what is opened.
    """
    title = f"{ref}（{on}）" if on else str(ref)
    return el("span", label or str(ref), class_="cite", role="button", tabindex="0", title=title)


def linked(text: str, citations: "Iterable[Citation]", start: int = 0, on: date | None = None) -> Markup:
    """A stretch of a text, from `start` of it, with every citation that lies whole in it made one to open."""
    pieces: list[str] = []
    at = 0
    for one in sorted(citations, key=lambda one: one.start):
        begin, end = one.start - start, one.end - start
        if one.ref and begin >= max(at, 0) and end <= len(text) and text[begin:end].strip():
            pieces += [text[at:begin], cite(one.ref, text[begin:end], on)]
            at = end
    return join([*pieces, text[at:]])


def cites(refs: Iterable[ProvisionRef | str]) -> Markup:
    """Several provisions, one after the other; what is no provision stays plain words."""
    return join((cite(ref) if _PROVISION.match(str(ref)) else str(ref) for ref in refs), "、")


def read_press(given: Any) -> Press | None:
    """What page.js handed over; None where it is nothing of ours."""
    try:
        found = json.loads(given or "{}")
    except (json.JSONDecodeError, TypeError):
        return None
    if not isinstance(found, dict) or not isinstance(found.get("do"), str):
        return None
    verb, *of = found["do"].split(":")
    fields = found.get("fields")
    told = {str(key): str(value) for key, value in fields.items()} if isinstance(fields, dict) else {}
    return Press(verb, tuple(of), told)
