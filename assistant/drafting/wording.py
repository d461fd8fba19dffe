"""Words as runs of a Word file: nothing a text holds can break the file or become mark-up.

Basis: ECMA-376 第17.3节; XML 1.0 第2.2节 (what a file can hold).
"""

import re
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from assistant.drafting import layout
from assistant.drafting.draft import Span

_UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\u00a0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_BREAKS = re.compile("(\t|\r\n|\r|\n)")
_QUOTATION = re.compile("^“.*”$", re.S)


@dataclass(frozen=True)
class Mark:
    """A tracked change: "ins" or "del", its number in the file, by whom and when (2026-11-23T00:00:00Z)."""

    kind: str
    number: int
    author: str
    at: str

    @property
    def attributes(self) -> str:
        return f'w:id="{self.number}" w:author={quoteattr(printable(self.author))} w:date="{self.at}"'


def look_of(style: str) -> str:
    """A gap is yellow whatever an office makes of its style."""
    return '<w:highlight w:val="yellow"/>' if style == layout.GAP else ""


def printable(words: str) -> str:
    """What a Word file can hold; a control character is shown as �, not lost in silence."""
    return _UNPRINTABLE.sub("\ufffd", words)


def style_of(span: Span) -> str:
    """The character style of a stretch: law quoted, other locked words, a gap, or a fact without any."""
    if span.kind == "locked":
        return layout.QUOTED if span.provisions and _QUOTATION.match(span.text) else layout.LOCKED
    return layout.GAP if span.kind == "gap" else ""


def run(words: str, style_id: str = "", mark: Mark | None = None, look: str = "") -> str:
    """One run; `look` is what the style does not say. Quotation marks and dashes take the Chinese font (the hint),
    not the Latin one.
    """
    if not words:
        return ""
    gone = mark is not None and mark.kind == "del"
    named = f"<w:rStyle w:val={quoteattr(style_id)}/>" if style_id else ""
    body = "".join(_piece(piece, gone) for piece in _BREAKS.split(printable(words)) if piece)
    made = f'<w:r><w:rPr>{named}<w:rFonts w:hint="eastAsia"/>{look}</w:rPr>{body}</w:r>'
    return f"<w:{mark.kind} {mark.attributes}>{made}</w:{mark.kind}>" if mark else made


def _piece(piece: str, gone: bool) -> str:
    if piece == "\t":
        return "<w:tab/>"
    if piece in ("\n", "\r", "\r\n"):
        return "<w:br/>"
    tag = "delText" if gone else "t"
    return f'<w:{tag} xml:space="preserve">{escape(piece)}</w:{tag}>'
