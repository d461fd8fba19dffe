"""Spreadsheets written part by part: what office programs write and the library for it does not."""

import io
import zipfile
from collections.abc import Sequence

_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'


def workbook_of(
    rows: str,
    words: Sequence[str] = (),
    formats: Sequence[str] = (),
    doctype: str = "",
    around: tuple[str, str] = ("", ""),
) -> bytes:
    """One sheet “报告”: `rows` as XML, shared words, a style for each number format, XML before and after."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("_rels/.rels", _relations(("officeDocument", "xl/workbook.xml")))
        archive.writestr(
            "xl/workbook.xml",
            f'<workbook {_MAIN} xmlns:r="{_KINDS}"><sheets>'
            '<sheet name="报告" sheetId="1" r:id="r1"/><sheet name="藏" sheetId="2" state="hidden" r:id="r4"/>'
            "</sheets></workbook>",
        )
        sheets = (("worksheet", "worksheets/sheet1.xml"), ("sharedStrings", "sharedStrings.xml"))
        others = (("styles", "styles.xml"), ("worksheet", "worksheets/sheet2.xml"))
        archive.writestr("xl/_rels/workbook.xml.rels", _relations(*sheets, *others))
        entries = "".join(f"<si><t>{word}</t></si>" for word in words)
        archive.writestr("xl/sharedStrings.xml", f"{doctype}<sst {_MAIN}>{entries}</sst>")
        archive.writestr("xl/styles.xml", _styles(formats))
        before, after = around
        sheet = f"<worksheet {_MAIN}>{before}<sheetData>{rows}</sheetData>{after}</worksheet>"
        archive.writestr("xl/worksheets/sheet1.xml", sheet)
        hidden = '<row r="1"><c r="A1" t="inlineStr"><is><t>底稿</t></is></c></row>'
        archive.writestr(
            "xl/worksheets/sheet2.xml", f"<worksheet {_MAIN}><sheetData>{hidden}</sheetData></worksheet>"
        )
    return stream.getvalue()


def _relations(*targets: tuple[str, str]) -> str:
    entries = (
        f'<Relationship Id="r{at}" Type="{_KINDS}/{kind}" Target="{target}"/>'
        for at, (kind, target) in enumerate(targets, start=1)
    )
    return f"<Relationships {_RELATIONS}>{''.join(entries)}</Relationships>"


def _styles(formats: Sequence[str]) -> str:
    own = "".join(
        f'<numFmt numFmtId="{164 + at}" formatCode="{code.replace(chr(34), "&quot;")}"/>'
        for at, code in enumerate(formats)
    )
    used = "".join(f'<xf numFmtId="{164 + at}"/>' for at in range(len(formats)))
    return f'<styleSheet {_MAIN}><numFmts>{own}</numFmts><cellXfs><xf numFmtId="0"/>{used}</cellXfs></styleSheet>'
