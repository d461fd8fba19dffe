"""The look of an official letter: the page, the fonts and the named styles, as a Word file holds them.

An office restyles its letters by changing the named styles; nothing is formatted by hand except what depends
on the words. Lengths are points unless the name says otherwise. Basis: GB/T 9704-2012 第5、7章.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from xml.sax.saxutils import quoteattr

TITLE, NUMBER, ADDRESSEE, BODY = "公文标题", "发文字号", "主送机关", "公文正文"
HEADING, SUBHEADING = "一级标题", "二级标题"
ENCLOSURE, ORGAN, DATE, CONTACT = "附件说明", "落款", "成文日期", "附注"
PAGE_NUMBER, HEAD, IMPRINT = "页码", "发文机关标志", "版记"
LOCKED, QUOTED, GAP = "锁定文字", "引文", "待补"

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

SIZE, TITLE_SIZE, SMALL = 16.0, 22.0, 14.0  # 三号, 二号, 四号
LINE_PITCH = 28.95  # 22 lines in 225 mm
TEXT_WIDTH = 156 / 25.4 * 72
CHARACTERS = 28  # in a line
# 28 characters of 16 points fill a line of 156 mm. By the style, not by a grid of characters: LibreOffice sets
# a grid narrower than the font twice as wide.
SQUEEZE = -0.25
RED = "FF0000"

XIAOBIAOSONG, FANGSONG, KAITI = "方正小标宋简体", "仿宋_GB2312", "楷体_GB2312"
HEITI, SONGTI, LATIN = "黑体", "宋体", "Times New Roman"


def twips(points: float) -> int:
    """Twentieths of a point, the unit of a Word file."""
    return round(points * 20)


def millimetres(length: float) -> int:
    """Millimetres in twentieths of a point."""
    return twips(length / 25.4 * 72)


@dataclass(frozen=True)
class Look:
    """A paragraph style. `first` and `left` are characters of its own size; a hanging indent is negative first."""

    name: str
    align: str = "both"
    font: str = FANGSONG
    latin: str = LATIN
    size: float = SIZE
    pitch: float = LINE_PITCH
    before: float = 0
    after: float = 0
    first: float = 0
    left: float = 0
    keep: bool = False
    colour: str = ""
    following: str = ""

    @property
    def xml(self) -> str:
        """The style as word/styles.xml holds it."""
        following = f"<w:next w:val={quoteattr(self.following)}/>" if self.following else ""
        return (
            f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{self.name}"><w:name w:val="{self.name}"/>'
            f'<w:basedOn w:val="Normal"/>{following}<w:qFormat/>'
            f"<w:pPr>{''.join(self._paragraph())}</w:pPr><w:rPr>{''.join(self._characters())}</w:rPr></w:style>"
        )

    def _paragraph(self) -> Iterator[str]:
        """In the order the format wants. Long addresses of pages may break anywhere (wordWrap)."""
        if self.keep:
            yield "<w:keepNext/>"
        yield '<w:widowControl w:val="0"/><w:wordWrap w:val="0"/><w:overflowPunct w:val="0"/>'
        yield '<w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/>'
        if self.size != SIZE:
            yield '<w:snapToGrid w:val="0"/>'
        spaces = f'w:before="{twips(self.before)}" w:after="{twips(self.after)}"'
        yield f'<w:spacing {spaces} w:line="{twips(self.pitch)}" w:lineRule="exact"/>'
        if self.first or self.left:
            yield self._indent()
        yield f'<w:jc w:val="{self.align}"/>'

    def _indent(self) -> str:
        """A hanging indent stays in points: programs differ on what its characters count from."""
        left = f'w:left="{twips(self.left * self.size)}"'
        if self.first < 0:
            return f'<w:ind {left} w:hanging="{twips(-self.first * self.size)}"/>'
        characters = f'w:firstLineChars="{round(self.first * 100)}"' if self.first else ""
        return f'<w:ind {left} {characters} w:firstLine="{twips(self.first * self.size)}"/>'

    def _characters(self) -> Iterator[str]:
        yield f'<w:rFonts w:ascii="{self.latin}" w:hAnsi="{self.latin}" w:eastAsia="{self.font}" w:cs="{self.latin}"/>'
        if self.colour:
            yield f'<w:color w:val="{self.colour}"/>'
        if self.size == SIZE:
            yield f'<w:spacing w:val="{twips(SQUEEZE)}"/>'
        yield f'<w:sz w:val="{round(self.size * 2)}"/><w:szCs w:val="{round(self.size * 2)}"/>'


LOOKS = (
    Look(TITLE, "center", XIAOBIAOSONG, size=TITLE_SIZE, pitch=36, after=8, keep=True, following=NUMBER),
    Look(NUMBER, "center", after=LINE_PITCH, keep=True, following=ADDRESSEE),
    Look(ADDRESSEE, "left", keep=True, following=BODY),
    Look(BODY, first=2),
    Look(HEADING, font=HEITI, first=2, keep=True, following=BODY),
    Look(SUBHEADING, font=KAITI, first=2, keep=True, following=BODY),
    Look(ENCLOSURE, "left", first=-3, left=5),
    Look(ORGAN, "center", before=2 * LINE_PITCH, keep=True, following=DATE),
    Look(DATE, "center", keep=True, following=CONTACT),
    Look(CONTACT, "left", first=2),
    Look(PAGE_NUMBER, "right", SONGTI, SONGTI, size=SMALL, pitch=16),
    Look(HEAD, "center", XIAOBIAOSONG, size=42, pitch=48, colour=RED),
    Look(IMPRINT, "left", size=SMALL, pitch=24),
)

_SHADE = '<w:rPr><w:highlight w:val="yellow"/><w:shd w:val="clear" w:color="auto" w:fill="FFFF00"/></w:rPr>'
_MARKS = ((LOCKED, ""), (QUOTED, ""), (GAP, _SHADE))

_BASE = f"""<w:docDefaults><w:rPrDefault><w:rPr>
<w:rFonts w:ascii="{LATIN}" w:hAnsi="{LATIN}" w:eastAsia="{FANGSONG}" w:cs="{LATIN}"/>
<w:sz w:val="32"/><w:szCs w:val="32"/><w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/>
</w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>
<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont"><w:name w:val="Default Paragraph Font"/>
<w:uiPriority w:val="1"/><w:semiHidden/><w:unhideWhenUsed/></w:style>
<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>
<w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>
<w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>
<w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>
<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/>
<w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/></w:style>"""


def own_styles() -> dict[str, str]:
    """The styles of a letter by name, each as word/styles.xml holds it."""
    styles = {look.name: look.xml for look in LOOKS}
    for name, looks in _MARKS:
        styles[name] = (
            f'<w:style w:type="character" w:customStyle="1" w:styleId="{name}"><w:name w:val="{name}"/>'
            f'<w:basedOn w:val="DefaultParagraphFont"/><w:qFormat/>{looks}</w:style>'
        )
    return styles


def styles_part() -> str:
    """word/styles.xml of a letter that no office has restyled."""
    return f'<w:styles xmlns:w="{W}">{_BASE}{"".join(own_styles().values())}</w:styles>'
