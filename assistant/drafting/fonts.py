"""Fonts of official letters, and what stands in for one that a machine does not have.

Named three times, since programs look in different places: in each style, in the font table with its kin, and in
the theme. Basis: GB/T 9704-2012 第7.2条 (小标宋体, 仿宋体), 第7.3.3条 (黑体, 楷体).
"""

from dataclasses import dataclass

from assistant.drafting.layout import FANGSONG, HEITI, KAITI, LATIN, SONGTI, XIAOBIAOSONG, W

_A = "http://schemas.openxmlformats.org/drawingml/2006/main"


@dataclass(frozen=True)
class _Font:
    name: str
    kin: str
    family: str
    panose: str = ""
    charset: str = "86"

    @property
    def xml(self) -> str:
        panose = f'<w:panose1 w:val="{self.panose}"/>' if self.panose else ""
        return (
            f'<w:font w:name="{self.name}"><w:altName w:val="{self.kin}"/>{panose}<w:charset w:val="{self.charset}"/>'
            f'<w:family w:val="{self.family}"/><w:pitch w:val="variable"/></w:font>'
        )


_SERIF = "Noto Serif CJK SC,Source Han Serif SC"
_FONTS = (
    _Font(
        XIAOBIAOSONG,
        f"方正小标宋_GBK,FZXiaoBiaoSong-B05S,小标宋,华文中宋,STZhongsong,FandolSong,宋体,{_SERIF}",
        "roman",
    ),
    _Font(
        FANGSONG,
        f"仿宋,FangSong,FangSong_GB2312,华文仿宋,FandolFang,宋体,{_SERIF}",
        "modern",
        "02010609030101010101",
    ),
    _Font(
        KAITI,
        "楷体,KaiTi,KaiTi_GB2312,华文楷体,FandolKai,AR PL UKai CN,宋体",
        "modern",
        "02010609030101010101",
    ),
    _Font(
        HEITI,
        "SimHei,华文黑体,FandolHei,Noto Sans CJK SC,Source Han Sans SC",
        "modern",
        "02010609060101010101",
    ),
    _Font(SONGTI, f"SimSun,华文宋体,{_SERIF}", "roman", "02010600030101010101"),
    _Font(LATIN, "Liberation Serif,Nimbus Roman,Tinos", "roman", "02020603050405020304", "00"),
)

_COLOURS = {
    **{"dk1": "000000", "lt1": "FFFFFF", "dk2": "44546A", "lt2": "E7E6E6"},
    **{"accent1": "4472C4", "accent2": "ED7D31", "accent3": "A5A5A5", "accent4": "FFC000"},
    **{"accent5": "5B9BD5", "accent6": "70AD47", "hlink": "0563C1", "folHlink": "954F72"},
}
_FILL = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
_FORM = (
    f"<a:fillStyleLst>{_FILL * 3}</a:fillStyleLst>"
    f'<a:lnStyleLst>{f"""<a:ln w="6350">{_FILL}</a:ln>""" * 3}</a:lnStyleLst>'
    f"<a:effectStyleLst>{'<a:effectStyle><a:effectLst/></a:effectStyle>' * 3}</a:effectStyleLst>"
    f"<a:bgFillStyleLst>{_FILL * 3}</a:bgFillStyleLst>"
)


def font_table_part() -> str:
    """word/fontTable.xml: a machine without 仿宋_GB2312 is told to take 仿宋, never a Latin font."""
    return f'<w:fonts xmlns:w="{W}">{"".join(font.xml for font in _FONTS)}</w:fonts>'


def theme_part() -> str:
    """word/theme/theme1.xml: titles in 小标宋, all other text in 仿宋."""
    colours = "".join(f'<a:{k}><a:srgbClr val="{rgb}"/></a:{k}>' for k, rgb in _COLOURS.items())
    fonts = "".join(
        f'<a:{kind}Font><a:latin typeface="{LATIN}"/><a:ea typeface="{font}"/><a:cs typeface="{LATIN}"/>'
        f'<a:font script="Hans" typeface="{font}"/></a:{kind}Font>'
        for kind, font in (("major", XIAOBIAOSONG), ("minor", FANGSONG))
    )
    return (
        f'<a:theme xmlns:a="{_A}" name="公文"><a:themeElements><a:clrScheme name="公文">{colours}</a:clrScheme>'
        f'<a:fontScheme name="公文">{fonts}</a:fontScheme><a:fmtScheme name="公文">{_FORM}</a:fmtScheme>'
        "</a:themeElements></a:theme>"
    )
