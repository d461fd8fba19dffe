"""The letter itself as word/document.xml, plain or as tracked changes against an earlier letter."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from assistant.drafting import layout
from assistant.drafting.draft import Span
from assistant.drafting.layout import R, W, twips
from assistant.drafting.placing import Placed
from assistant.drafting.revision import Change, Row, changes_between, revised_rows
from assistant.drafting.wording import Mark, look_of, printable, run, style_of


@dataclass
class Pen:
    """Writes paragraphs with the ids of the styles at hand, and numbers tracked changes."""

    styles: Mapping[str, str]
    author: str = ""
    at: str = ""
    numbered: int = field(default=0, init=False)

    def plain(self, one: Placed) -> str:
        """A paragraph without any changes."""
        styled = ((span.text, style_of(span)) for span in one.spans)
        runs = "".join(run(words, self._id(style), look=look_of(style)) for words, style in styled)
        return f"<w:p><w:pPr>{self.properties(one)}</w:pPr>{runs}</w:p>"

    def properties(self, one: Placed, mark: str = "same") -> str:
        """Of the paragraph, in the order of the format; `mark` is what became of its end."""
        keep = "<w:keepNext/>" if one.keep else ""
        end = f"<w:rPr><w:{mark} {self._mark(mark).attributes}/></w:rPr>" if mark != "same" else ""
        named = f'<w:pStyle w:val="{self._id(one.style)}"/>'
        return f"{named}{keep}{one.border}{one.spacing}{one.indent}{one.align}{end}"

    def revised(self, row: Row, one: Placed, old: str | None) -> str:
        """A paragraph of a revision: `old` are its words in the earlier letter, `one` what it is or was."""
        if old is None:
            changes = [Change("ins", one.text)]
        elif row.new is None:
            changes = [Change("del", old)]
        else:
            changes = changes_between(old, one.text)
        runs = "".join(self._changed(changes, one.spans))
        return f"<w:p><w:pPr>{self.properties(one, row.mark)}</w:pPr>{runs}</w:p>"

    def _changed(self, changes: Sequence[Change], spans: Sequence[Span]) -> Iterator[str]:
        """The new words keep the styles of their spans; the old ones stand as they were deleted."""
        pieces = _Pieces(spans)
        for change in changes:
            if change.kind == "del":
                yield run(change.words, mark=self._mark("del"))
                continue
            for words, style in pieces.take(len(change.words)):
                mark = self._mark("ins") if change.kind == "ins" else None
                yield run(words, self._id(style), mark, look_of(style))

    def _mark(self, kind: str) -> Mark:
        self.numbered += 1
        return Mark(kind, self.numbered, self.author, self.at)

    def _id(self, name: str) -> str:
        return self.styles.get(name, name) if name else ""


@dataclass
class _Pieces:
    """The spans of a paragraph, cut where a change begins or ends."""

    spans: Sequence[Span]
    at: int = 0
    within: int = 0

    def take(self, length: int) -> Iterator[tuple[str, str]]:
        while length:
            span = self.spans[self.at]
            words = span.text[self.within : self.within + length]
            length -= len(words)
            self.within += len(words)
            if self.within == len(span.text):
                self.at, self.within = self.at + 1, 0
            if words:
                yield words, style_of(span)


def body_part(paragraphs: Sequence[str], section: str) -> str:
    """word/document.xml around the paragraphs."""
    return f'<w:document xmlns:w="{W}" xmlns:r="{R}"><w:body>{"".join(paragraphs)}{section}</w:body></w:document>'


def plain_paragraphs(placed: Sequence[Placed], pen: Pen) -> list[str]:
    """The letter as it will be sent."""
    return [pen.plain(one) for one in placed]


def revised_paragraphs(placed: Sequence[Placed], old: Sequence[str], pen: Pen) -> list[str]:
    """The letter with every change against the earlier one; `old` are its paragraphs' words."""
    before = [printable(words) for words in old]
    gone = Placed(layout.BODY, ())
    placed = placed or [gone]
    after = [printable(one.text) for one in placed]
    return [
        pen.revised(
            row, gone if row.new is None else placed[row.new], None if row.old is None else before[row.old]
        )
        for row in revised_rows(before, after)
    ]


def imprint_paragraph(office: str, printed: str, pen: Pen) -> str:
    """版记 at the foot of the last page: who printed it and when, between two lines."""
    line = '<w:{edge} w:val="single" w:sz="{size}" w:space="1" w:color="auto"/>'
    rules = "".join(line.format(edge=edge, size=8) for edge in ("top", "bottom"))
    width = twips(layout.TEXT_WIDTH)
    frame = (
        f'<w:framePr w:w="{width}" w:wrap="notBeside" w:vAnchor="margin" w:hAnchor="margin" w:xAlign="left" '
        f'w:yAlign="bottom"/>'
    )
    tab = f'<w:tabs><w:tab w:val="right" w:pos="{width - twips(layout.SMALL)}"/></w:tabs>'
    indent = f'<w:ind w:left="{twips(layout.SMALL)}"/>'
    words = run(f"{office}\t{printed}印发")
    return (
        f'<w:p><w:pPr><w:pStyle w:val="{pen.styles[layout.IMPRINT]}"/>{frame}<w:pBdr>{rules}</w:pBdr>{tab}{indent}'
        f"</w:pPr>{words}</w:p>"
    )
