"""The empty official letter: page, fonts, named styles, page number.

An office restyles its letters by changing the named styles; nothing is formatted by hand except what
depends on the words. Basis: GB/T 9704-2012 第5、7章.
"""

import io
from dataclasses import dataclass
from functools import cache
from typing import Any

TITLE, NUMBER, ADDRESSEE, BODY = "公文标题", "公文文号", "公文主送", "公文正文"
HEADING, ENCLOSURE, ORGAN, DATE = "公文层次标题", "公文附件", "公文落款", "公文成文日期"
CONTACT, PAGE_NUMBER = "公文附注", "公文页码"
LOCKED, GAP = "锁定文字", "待补"

SIZE = 16.0
LINE_PITCH = 28.0
TEXT_WIDTH_MM = 156.0

_XIAOBIAOSONG, _FANGSONG, _HEITI, _SONGTI = "方正小标宋简体", "仿宋_GB2312", "黑体", "宋体"
_LATIN = "Times New Roman"
_PAGE_MM = {"page_width": 210, "page_height": 297}
_MARGINS_MM = {"top_margin": 37, "bottom_margin": 35, "left_margin": 28, "right_margin": 26}
_FOOTER_MM = 25  # the dashes stand 7 mm under the text
_SQUEEZE = -0.25  # points a character: 28 characters of 16 points fill a line of 156 mm
_DASH = "—"


@dataclass(frozen=True)
class _Look:
    """A paragraph style. Sizes and spaces in points, indents in characters; hanging is negative first."""

    name: str
    align: str = "JUSTIFY"
    font: str = _FANGSONG
    latin: str = _LATIN
    size: float = SIZE
    pitch: float = LINE_PITCH
    before: float = 0
    after: float = 0
    first: float = 0
    left: float = 0
    keep: bool = False


_LOOKS = (
    _Look(TITLE, "CENTER", _XIAOBIAOSONG, size=22, pitch=36, after=8, keep=True),
    _Look(NUMBER, "CENTER", after=LINE_PITCH, keep=True),
    _Look(ADDRESSEE, "LEFT", keep=True),
    _Look(BODY, first=2),
    _Look(HEADING, font=_HEITI, first=2, keep=True),
    _Look(ENCLOSURE, first=-3, left=5),
    _Look(ORGAN, "CENTER", before=2 * LINE_PITCH, keep=True),
    _Look(DATE, "CENTER", keep=True),
    _Look(CONTACT, "LEFT", first=2),
    _Look(PAGE_NUMBER, "RIGHT", _SONGTI, _SONGTI, size=14, pitch=16),
)

_FONTS = (
    (_XIAOBIAOSONG, "方正小标宋_GBK,FZXiaoBiaoSong-B05S,小标宋,华文中宋,Noto Serif CJK SC", "86", "roman"),
    (_FANGSONG, "仿宋,FangSong,FangSong_GB2312,华文仿宋,Noto Serif CJK SC", "86", "roman"),
    (_HEITI, "SimHei,华文黑体,Noto Sans CJK SC", "86", "modern"),
    (_SONGTI, "SimSun,华文宋体,Noto Serif CJK SC", "86", "roman"),
    (_LATIN, "Liberation Serif", "00", "roman"),
)

_SETTINGS = """<w:settings {ns}>
<w:zoom w:percent="100"/><w:defaultTabStop w:val="640"/><w:evenAndOddHeaders/>
<w:characterSpacingControl w:val="compressPunctuation"/>
<w:compat><w:useFELayout/><w:compatSetting w:name="compatibilityMode"
 w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>
<w:decimalSymbol w:val="."/><w:listSeparator w:val=","/></w:settings>"""

_DEFAULTS = """<w:docDefaults {ns}><w:rPrDefault><w:rPr>
<w:rFonts w:ascii="{latin}" w:hAnsi="{latin}" w:eastAsia="{east}" w:cs="{latin}"/>
<w:sz w:val="32"/><w:szCs w:val="32"/><w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/>
</w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>"""


def new_letter() -> Any:
    """An empty python-docx document with the page, the styles and the page number of an official letter."""
    from docx import Document

    return Document(io.BytesIO(_empty_letter()))


def east_asian_marks(run: Any) -> None:
    """Quotation marks and dashes of a run in the Chinese font, not in the Latin one."""
    run._element.get_or_add_rPr().get_or_add_rFonts().set(_qn("w:hint"), "eastAsia")


@cache
def _empty_letter() -> bytes:
    from docx import Document

    document = Document()
    _strip(document)
    _replace_settings(document)
    _lay_page(document.sections[0])
    _define_styles(document)
    _number_pages(document.sections[0])
    _add_fonts(document)
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


def _strip(document: Any) -> None:
    """Nothing of the library's own template stays: no unused styles, thumbnail or application data."""
    kept = ("/styles", "/settings", "/officeDocument", "/core-properties")
    for owner in (document.part, document.part.package):
        for key, relation in list(owner.rels.items()):
            if not relation.reltype.endswith(kept):
                del owner.rels[key]
    for style in list(document.styles):
        if not style.element.get(_qn("w:default")):
            style.delete()


def _replace_settings(document: Any) -> None:
    settings = document.settings.element
    for child in list(settings):
        settings.remove(child)
    for child in list(_parsed(_SETTINGS)):
        settings.append(child)
    styles = document.styles.element
    styles.replace(styles[0], _parsed(_DEFAULTS, latin=_LATIN, east=_FANGSONG))


def _lay_page(section: Any) -> None:
    from docx.shared import Mm

    for edge, length in {**_PAGE_MM, **_MARGINS_MM, "footer_distance": _FOOTER_MM}.items():
        setattr(section, edge, Mm(length))
    section.gutter = Mm(0)
    section._sectPr.remove(section._sectPr.find(_qn("w:docGrid")))


def _define_styles(document: Any) -> None:
    from docx.enum.style import WD_STYLE_TYPE

    for look in _LOOKS:
        style = document.styles.add_style(look.name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style, style.quick_style = document.styles["Normal"], True
        _set_font(style, look)
        _set_paragraph(style, look)
    for name in (LOCKED, GAP):
        document.styles.add_style(name, WD_STYLE_TYPE.CHARACTER).quick_style = True
    shade = _parsed('<w:shd {ns} w:val="clear" w:color="auto" w:fill="FFFF00"/>')
    document.styles[GAP].element.get_or_add_rPr().append(shade)
    for name, following in ((TITLE, NUMBER), (NUMBER, ADDRESSEE), (ADDRESSEE, BODY), (HEADING, BODY)):
        document.styles[name].next_paragraph_style = document.styles[following]


def _set_font(style: Any, look: _Look) -> None:
    from docx.shared import Pt

    style.font.size, style.font.name = Pt(look.size), look.latin
    fonts = style.element.rPr.rFonts
    fonts.set(_qn("w:eastAsia"), look.font)
    fonts.set(_qn("w:cs"), look.latin)
    if look.size == SIZE:
        style.element.rPr.insert_element_before(
            _parsed(f'<w:spacing {{ns}} w:val="{round(_SQUEEZE * 20)}"/>'), "w:w", "w:kern", "w:sz"
        )


def _set_paragraph(style: Any, look: _Look) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
    from docx.shared import Pt

    form = style.paragraph_format
    form.alignment = WD_ALIGN_PARAGRAPH[look.align]
    form.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    form.line_spacing = Pt(look.pitch)
    form.space_before, form.space_after = Pt(look.before), Pt(look.after)
    form.keep_with_next, form.widow_control = look.keep, False
    if look.first or look.left:
        form.left_indent, form.first_line_indent = Pt(look.left * look.size), Pt(look.first * look.size)
    if look.first > 0:  # a hanging indent stays in points: programs differ on what its characters count from
        style.element.pPr.ind.set(_qn("w:firstLineChars"), str(round(look.first * 100)))


def _number_pages(section: Any) -> None:
    """“— 1 —” at the outer edge, one character in: right on odd pages, left on even ones."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    for footer, edge in ((section.footer, "right"), (section.even_page_footer, "left")):
        footer.is_linked_to_previous = False
        paragraph = footer.paragraphs[0]
        paragraph.style = PAGE_NUMBER
        paragraph.alignment = WD_ALIGN_PARAGRAPH[edge.upper()]
        setattr(paragraph.paragraph_format, f"{edge}_indent", Pt(14))
        east_asian_marks(paragraph.add_run(f"{_DASH} "))
        paragraph._p.append(
            _parsed('<w:fldSimple {ns} w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>')
        )
        east_asian_marks(paragraph.add_run(f" {_DASH}"))


def _add_fonts(document: Any) -> None:
    """The font table, with what may stand in for a font the office's machine does not have."""
    from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part
    from docx.oxml.ns import nsdecls

    rows = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{others}"/><w:charset w:val="{charset}"/>'
        f'<w:family w:val="{family}"/><w:pitch w:val="variable"/></w:font>'
        for name, others, charset, family in _FONTS
    )
    table = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:fonts {nsdecls("w")}>{rows}</w:fonts>'
    part = Part(
        PackURI("/word/fontTable.xml"), CONTENT_TYPE.WML_FONT_TABLE, table.encode(), document.part.package
    )
    document.part.relate_to(part, RELATIONSHIP_TYPE.FONT_TABLE)


def _parsed(xml: str, **words: str) -> Any:
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    return parse_xml(xml.format(ns=nsdecls("w"), **words))


def _qn(name: str) -> str:
    from docx.oxml.ns import qn

    return str(qn(name))
