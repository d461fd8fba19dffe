"""The paper a letter is written on: every part of the Word file but the letter itself.

Either the house's own, or an office's .docx, whose styles, page and headers then stand. Basis: GB/T 9704-2012
第5.2条 (页边与版心), 第6.1条; ECMA-376 第11.3节 (parts of a package).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from assistant.drafting import layout
from assistant.drafting.fonts import font_table_part, theme_part
from assistant.drafting.heading import Page, page_of
from assistant.drafting.layout import R, W, millimetres, twips
from assistant.errors import SettingsError

BODY_PART = "word/document.xml"
CORE_PART = "docProps/core.xml"

_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_KINDS = "application/vnd.openxmlformats-officedocument"
_WORD = f"{_KINDS}.wordprocessingml"
_DECLARED = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_SETTINGS = f"""<w:settings xmlns:w="{W}">
<w:zoom w:percent="100"/><w:defaultTabStop w:val="640"/><w:evenAndOddHeaders/>
<w:drawingGridVerticalSpacing w:val="579"/>
<w:characterSpacingControl w:val="compressPunctuation"/>
<w:compat><w:useFELayout/><w:compatSetting w:name="compatibilityMode"
 w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>
<w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/>
<w:decimalSymbol w:val="."/><w:listSeparator w:val=","/></w:settings>"""
_LARGEST_TEMPLATE = 10 * 1024 * 1024
_KEPT = ("styles", "settings", "officeDocument", "core-properties", "theme", "fontTable", "numbering")
_PAGED = ("header", "footer", "image", "font")


@dataclass(frozen=True)
class Stationery:
    """Parts of the package by name, the last section (page, header, footer) and the styles' ids by name."""

    parts: Mapping[str, bytes]
    section: str
    styles: Mapping[str, str]
    body: str = BODY_PART
    core: str = CORE_PART


@lru_cache(maxsize=64)
def own_stationery(head: str, organ: str) -> Stationery:
    """The house's own paper. `head` as in `heading.page_of`; `organ` matters only to a red head."""
    page = page_of(head, organ)
    related = {
        "styles": ("styles", "styles.xml", layout.styles_part()),
        "settings": ("settings", "settings.xml", _SETTINGS),
        "fonts": ("fontTable", "fontTable.xml", font_table_part()),
        "theme": ("theme", "theme/theme1.xml", theme_part()),
        **{name: (name.split("-")[0], f"{name}.xml", xml) for name, xml in page.parts.items()},
    }
    links = "".join(_link(key, kind, target) for key, (kind, target, _) in related.items())
    parts = {
        "[Content_Types].xml": _content_types({target: kind for kind, target, _ in related.values()}),
        "_rels/.rels": _package_links(),
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">{links}</Relationships>',
        **{f"word/{target}": xml for _, target, xml in related.values()},
    }
    ready = {name: (_DECLARED + xml).encode() for name, xml in parts.items()}
    return Stationery(ready, _section(page), {name: name for name in layout.own_styles()})


def office_stationery(path: Path) -> Stationery:
    """An office's own paper, with our styles added where it has none of the name. Raises SettingsError."""
    fault = f"版式文件“{path.name}”（配置项 letters.template）不能用："
    try:
        data = path.read_bytes()
    except OSError as cause:
        raise SettingsError(f"{fault}打不开（{cause.strerror}）；请检查路径，或者删去这一项。") from cause
    if len(data) > _LARGEST_TEMPLATE:
        raise SettingsError(f"{fault}超过 10 MB；请去掉其中的图片和正文后另存。")
    found = _prepared(data)
    if found is None:
        raise SettingsError(
            f"{fault}不是完好的 Word 文档；请在 Word 或 WPS 中另存为 .docx（不带宏、不加密）后再用。"
        )
    return found


@lru_cache(maxsize=4)
def _prepared(template: bytes) -> Stationery | None:
    """The template without its text, its history and its author; None where it cannot be opened."""
    import io
    import zipfile
    import zlib

    from docx import Document
    from docx.opc.exceptions import OpcError

    try:
        document = Document(io.BytesIO(template))
        _empty(document)
        held = io.BytesIO()
        document.save(held)
    except (OpcError, SyntaxError, zipfile.BadZipFile, zlib.error, EOFError, OSError):
        return None
    except (LookupError, ValueError, TypeError, AttributeError, NotImplementedError, RuntimeError):
        return None
    styles = {style.name: style.style_id for style in document.styles}
    section = _serialized(document.sections[-1]._sectPr)
    with zipfile.ZipFile(held) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    body, core = (
        str(part.partname)[1:] for part in (document.part, document.part.package._core_properties_part)
    )
    return Stationery({n: d for n, d in parts.items() if n not in (body, core)}, section, styles, body, core)


def _empty(document: Any) -> None:
    body = document.element.body
    if not len(document.sections):
        document.add_section()
    last = document.sections[-1]._sectPr
    for child in list(body):
        body.remove(child)
    body.append(last)
    for owner, kept in ((document.part, (*_KEPT, *_PAGED)), (document.part.package, _KEPT)):
        for key, relation in list(owner.rels.items()):
            if not relation.reltype.endswith(tuple(f"/{kind}" for kind in kept)):
                del owner.rels[key]
    _add_styles(document)
    _ = document.core_properties  # a template without them gets some, so that the letter's have a place


def _add_styles(document: Any) -> None:
    from docx.oxml import parse_xml

    there = {style.name for style in document.styles}
    ids = {style.style_id for style in document.styles}
    for name, xml in layout.own_styles().items():
        if name not in there and name not in ids:
            document.styles.element.append(parse_xml(xml.replace("<w:style ", f'<w:style xmlns:w="{W}" ', 1)))


def _serialized(element: Any) -> str:
    from docx.oxml.xmlchemy import serialize_for_reading

    return str(serialize_for_reading(element))


def _section(page: Page) -> str:
    references = "".join(
        f'<w:{name.split("-")[0]}Reference w:type="{name.split("-")[1]}" r:id="{name}"/>'
        for name in page.parts
    )
    first = "<w:titlePg/>" if "header-first" in page.parts else ""
    edges = {
        "top": 37,
        "right": 26,
        "bottom": 35,
        "left": 28,
        "header": page.header_mm,
        "footer": page.footer_mm,
    }
    margins = " ".join(f'w:{edge}="{millimetres(length)}"' for edge, length in edges.items())
    grid = f'w:type="lines" w:linePitch="{twips(layout.LINE_PITCH)}"'
    return (
        f'<w:sectPr>{references}<w:pgSz w:w="{millimetres(210)}" w:h="{millimetres(297)}"/>'
        f'<w:pgMar {margins} w:gutter="0"/>{first}<w:docGrid {grid}/></w:sectPr>'
    )


def _link(key: str, kind: str, target: str) -> str:
    return f'<Relationship Id="{key}" Type="{R}/{kind}" Target="{target}"/>'


def _package_links() -> str:
    core = f"{_PACKAGE}/relationships/metadata/core-properties"
    return (
        f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="letter" Type="{R}/officeDocument" Target="{BODY_PART}"/>'
        f'<Relationship Id="core" Type="{core}" Target="{CORE_PART}"/></Relationships>'
    )


def _content_types(kinds: Mapping[str, str]) -> str:
    rows = {f"/word/{target}": f"{_WORD}.{kind}+xml" for target, kind in kinds.items()}
    rows["/word/theme/theme1.xml"] = f"{_KINDS}.theme+xml"
    rows[f"/{BODY_PART}"] = f"{_WORD}.document.main+xml"
    rows[f"/{CORE_PART}"] = "application/vnd.openxmlformats-package.core-properties+xml"
    overrides = "".join(f'<Override PartName="{n}" ContentType="{kind}"/>' for n, kind in rows.items())
    return (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )
