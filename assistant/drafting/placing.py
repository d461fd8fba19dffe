"""A draft's blocks as paragraphs, each in its place of the page: what depends on the words is reckoned here.

Basis: GB/T 9704-2012 第7.3条 (标题、附件说明、署名、成文日期), 第7.4条 (版记).
"""

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.drafting import layout
from assistant.drafting.draft import Block, Role, Span
from assistant.drafting.layout import twips

STYLES: dict[Role, str] = {
    "title": layout.TITLE,
    "number": layout.NUMBER,
    "addressee": layout.ADDRESSEE,
    "body": layout.BODY,
    "heading": layout.HEADING,
    "enclosure": layout.ENCLOSURE,
    "organ": layout.ORGAN,
    "date": layout.DATE,
    "contact": layout.CONTACT,
}

TITLE_LINE = math.floor(layout.TEXT_WIDTH / layout.TITLE_SIZE)  # characters of 二号 in a line
_SEAL_MARGIN = 4  # characters right of the date, so that the seal stays on the page
_SIGNATURE = ("organ", "date")
_ENCLOSED = "附件："
_ENTRY = re.compile(r"^(附件：)?\d{1,3}[．.]")
_SECOND_LEVEL = re.compile(r"^（[一二三四五六七八九十百]+）")
_MOST_TOGETHER = 6  # enclosures that stay on one page with the signature
_SHORT = 5 * layout.CHARACTERS  # a longer paragraph is not taken to the next page for the sake of enclosures
# A title may be broken before or after these, never inside a word. Basis: GB/T 9704-2012 第7.3.1条 (词意完整).
_WORD = re.compile(
    "政府信息公开|申请|答复书?|告知书|通知书|征求意见书?|意见|决定书|登记表|第三方|期限|[》）的和、及]"
)


@dataclass(frozen=True)
class Placed:
    """A paragraph: its style by name, the settings its words ask for (in the order of the format), its spans."""

    style: str
    spans: tuple[Span, ...]
    keep: bool = False
    border: str = ""
    spacing: str = ""
    indent: str = ""
    align: str = ""

    @property
    def text(self) -> str:
        return "".join(span.text for span in self.spans)


def placed(blocks: Sequence[Block]) -> list[Placed]:
    """Every block in its place."""
    box = _signature_box(blocks)
    first_enclosure = next((at for at, block in enumerate(blocks) if block.role == "enclosure"), None)
    made = []
    keeping = _keeping(blocks)
    for at, block in enumerate(blocks):
        one = Placed(_style(block), block.spans, keep=keeping[at])
        if block.role == "title":
            one = replace(one, indent=_title_indent(block.text))
        elif block.role == "enclosure":
            one = replace(_enclosure(one), spacing=_line_before() if at == first_enclosure else "")
        elif block.role in _SIGNATURE:
            one = replace(one, indent=f'<w:ind w:left="{box}"/>')
        made.append(one)
    return made


def _keeping(blocks: Sequence[Block]) -> list[bool]:
    """Which paragraphs stay on one page with the next.

    The last words go with the signature, so that no page holds a signature alone (“此页无正文”); the enclosures stay
    together unless they are many; words that announce a list go with its first entry. Some programs move a whole
    paragraph where Word moves its last lines: a long one is not tied to the enclosures.
    """
    together = sum(block.role == "enclosure" for block in blocks) <= _MOST_TOGETHER
    keeping = []
    for at, block in enumerate(blocks):
        role = blocks[at + 1].role if at + 1 < len(blocks) else ""
        signed = role in _SIGNATURE and block.role not in _SIGNATURE
        listed = role == "enclosure" and together and len(block.text) <= _SHORT
        announced = role == "body" and block.role == "body" and block.text.endswith(("：", ":"))
        keeping.append(signed or listed or announced)
    return keeping


def width_of(words: str) -> float:
    """In characters of the body: Chinese ones count one, Latin letters and figures half."""
    return sum(0.5 if ord(sign) < 0x250 else 1.0 for sign in words)


def title_width(title: str) -> int:
    """Characters a line of the title takes, so that it is broken between words, the longest line on top."""
    length = math.ceil(width_of(title))
    if length <= TITLE_LINE:
        return TITLE_LINE
    ends = set(_word_ends(title))
    least = math.ceil(length / math.ceil(length / TITLE_LINE))
    fitting = (n for n in range(least, TITLE_LINE + 1) if all(cut in ends for cut in range(n, length, n)))
    return next(fitting, least)


def _style(block: Block) -> str:
    if block.role == "heading" and _SECOND_LEVEL.match(block.text):
        return layout.SUBHEADING
    return STYLES[block.role]


def _word_ends(title: str) -> Iterator[int]:
    """After a known word, and before one that is no particle."""
    for match in _WORD.finditer(title):
        yield match.end()
        if len(match[0]) > 1:
            yield match.start()


def _title_indent(title: str) -> str:
    """Equal indents make the words wrap where they should; a line break would be one more line to whoever reads."""
    width = title_width(title)
    if width == TITLE_LINE:
        return ""
    side = twips((layout.TEXT_WIDTH - (width + 0.4) * layout.TITLE_SIZE) / 2)
    return f'<w:ind w:left="{side}" w:right="{side}"/>'


def _enclosure(one: Placed) -> Placed:
    """“附件：” hangs out, and so does the number: a long name goes on under its own first character."""
    entry = _ENTRY.match(one.text)
    mark = 1.5 if entry else 0.0
    hanging = mark + (3 if one.text.startswith(_ENCLOSED) else 0)
    left = twips((5 + mark) * layout.SIZE)
    return replace(one, indent=f'<w:ind w:left="{left}" w:hanging="{twips(hanging * layout.SIZE)}"/>')


def _line_before() -> str:
    return f'<w:spacing w:before="{twips(layout.LINE_PITCH)}"/>'


def _signature_box(blocks: Sequence[Block]) -> int:
    """The left indent of the signature, in twips: both lines are centred in one box at the right edge, the date
    four characters from the edge, so they stay in line in any font.
    """
    width = {
        role: max((width_of(b.text) for b in blocks if b.role == role), default=0.0) for role in _SIGNATURE
    }
    box = max(width["date"] + 2 * _SEAL_MARGIN, width["organ"]) * layout.SIZE
    return max(0, twips(layout.TEXT_WIDTH - box))
