"""The head of a letter and its page numbers: none, the red head of a letter (信函式) or of a document (文件式).

Basis: GB/T 9704-2012 第7.2.4条, 第7.2.5条, 第7.2.7条 (文件式), 第7.5条 (页码), 第10.1条 (信函式).
"""

from dataclasses import dataclass, replace

from assistant.drafting import layout
from assistant.drafting.layout import LINE_PITCH, RED, W, millimetres, twips
from assistant.drafting.placing import Placed, width_of
from assistant.drafting.wording import run

_WIDEST_HEAD, _LARGEST_HEAD = layout.TEXT_WIDTH * 0.98, 50.0
_LETTER_LINES = (28 - 20, 26 - 20)  # the red lines of 170 mm stand out of the margins, in millimetres
_FOUR_MM = round(4 / 25.4 * 72)
_ROOT = f'xmlns:w="{W}"'


@dataclass(frozen=True)
class Page:
    """Header and footers by name, the part each is, and the distances of the page, in millimetres."""

    parts: dict[str, str]
    header_mm: float = 15
    footer_mm: float = 25  # the dashes stand 7 mm under the text


def page_of(head: str, organ: str) -> Page:
    """The page of a letter. `head` is "none", "letter" or "document"; `organ` is what its red head names."""
    parts = {"footer-default": _numbered("right"), "footer-even": _numbered("left")}
    if head == "letter":
        parts = {"footer-default": _numbered("right", 5), "footer-even": _numbered("left", 5)}
        parts |= {"header-first": _letter_head(organ), "footer-first": _letter_foot()}
        return Page(parts, header_mm=30, footer_mm=20)
    if head == "document":
        parts |= {"header-first": _document_head(organ), "footer-first": parts["footer-default"]}
        return Page(parts, header_mm=37 + 35)
    return Page(parts)


def headed(placed: list[Placed], head: str) -> list[Placed]:
    """Under a red head the number stands over the title: at the right edge of a letter, over the red line of a
    document.
    """
    numbers = [one for one in placed if one.style == layout.NUMBER]
    if head == "none" or not numbers:
        return placed
    above = f'<w:spacing w:after="{twips(2 * LINE_PITCH)}"/>'
    border = ""
    if head == "document":
        border = f'<w:pBdr><w:bottom w:val="single" w:sz="12" w:space="{_FOUR_MM}" w:color="{RED}"/></w:pBdr>'
    align = '<w:jc w:val="right"/>' if head == "letter" else ""
    first = replace(numbers[0], spacing=above, border=border, align=align)
    title = f'<w:spacing w:after="{twips(LINE_PITCH)}"/>'
    rest = [
        replace(o, spacing=title) if o.style == layout.TITLE else o for o in placed if o is not numbers[0]
    ]
    return [first, *rest]


def _head(organ: str, properties: str) -> str:
    """The name in red on one line: a long one in a smaller size."""
    size = min(_LARGEST_HEAD, _WIDEST_HEAD / max(1.0, width_of(organ)))
    half = round(size * 2)
    words = run(organ, look=f'<w:sz w:val="{half}"/><w:szCs w:val="{half}"/>')
    pitch = f'w:line="{twips(size * 1.15)}" w:lineRule="exact"'
    return (
        f'<w:hdr {_ROOT}><w:p><w:pPr><w:pStyle w:val="{layout.HEAD}"/>{properties.format(pitch=pitch)}</w:pPr>'
        f"{words}</w:p></w:hdr>"
    )


def _letter_head(organ: str) -> str:
    left, right = (-millimetres(edge) for edge in _LETTER_LINES)
    border = f'<w:pBdr><w:bottom w:val="thickThinSmallGap" w:sz="18" w:space="{_FOUR_MM}" w:color="{RED}"/></w:pBdr>'
    spacing = f'<w:spacing w:after="{twips(LINE_PITCH / 2)}" {{pitch}}/>'
    return _head(organ, f'{border}{spacing}<w:ind w:left="{left}" w:right="{right}"/>')


def _letter_foot() -> str:
    """The second red line, 20 mm over the edge of the page; a first page has no number."""
    left, right = (-millimetres(edge) for edge in _LETTER_LINES)
    border = f'<w:pBdr><w:top w:val="thinThickSmallGap" w:sz="18" w:space="1" w:color="{RED}"/></w:pBdr>'
    spacing = '<w:spacing w:line="60" w:lineRule="exact"/>'
    return (
        f'<w:ftr {_ROOT}><w:p><w:pPr><w:pStyle w:val="{layout.PAGE_NUMBER}"/>{border}{spacing}'
        f'<w:ind w:left="{left}" w:right="{right}"/></w:pPr></w:p></w:ftr>'
    )


def _document_head(organ: str) -> str:
    return _head(organ, f'<w:spacing w:after="{twips(2 * LINE_PITCH)}" {{pitch}}/>')


def _numbered(edge: str, lifted_mm: float = 0) -> str:
    """“— 1 —” at the outer edge, one character in: right on odd pages, left on even ones.

    `lifted_mm` over the place of the footer, where that is the place of a red line.
    """
    lifted = f'<w:spacing w:after="{millimetres(lifted_mm)}"/>' if lifted_mm else ""
    field = '<w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
    return (
        f'<w:ftr {_ROOT}><w:p><w:pPr><w:pStyle w:val="{layout.PAGE_NUMBER}"/>'
        f'{lifted}<w:ind w:{edge}="{twips(layout.SMALL)}"/><w:jc w:val="{edge}"/></w:pPr>'
        f"{run('— ')}{field}{run(' —')}</w:p></w:ftr>"
    )
