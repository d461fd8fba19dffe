"""How labels of published tables come damaged: cut, misspelt, spaced, injected with pinyin, in other characters.

Every damage leaves a label that a person still reads without doubt, so no figure is lost by it.
"""

from collections.abc import Callable
from dataclasses import replace
from random import Random

from evals.report_document import Document, Heading, PrintedCell, map_cells
from evals.report_prose import SECTIONS

_TRADITIONAL = str.maketrans(
    "规执无关级务发为现实与国门获监书评报处过写诉讼当条项办构额单万计类机补该确认数总结维纠转续继许强业费购经议审终应对产检给选"
    "传据请组织复举访罚废权护属决于后问题况查询内缴纳两开区会",
    "規執無關級務發為現實與國門獲監書評報處過寫訴訟當條項辦構額單萬計類機補該確認數總結維糾轉續繼許強業費購經議審終應對產檢給選"
    "傳據請組織復舉訪罰廢權護屬決於後問題況查詢內繳納兩開區會",
)
_PINYIN = {"转": "zhuǎn", "重": "chóng", "处": "chǔ", "予": "yǔ", "强": "qiáng", "属": "shǔ"}
_GUIDANCE = {
    "规章": "（指本机关依法制定、以命令公布的规章，不含转发上级机关的文件）",
    "行政处罚": "（包括简易程序作出的处罚，不论是否已经公开）",
    "一、本年新收政府信息公开申请数量": "（按收到申请之日统计，申请人补正后再次提交的不重复计算，转来的申请计入本项）",
    "1.本机关不掌握相关政府信息": "（含经检索不存在和不属于本机关负责公开两种情形，请注意不要填入不予公开）",
    "四、结转下年度继续办理": "（截至12月31日尚未答复的申请，包括正在补正、征求第三方意见的）",
}


def inner_spaces(doc: Document, _: Random) -> Document:
    """Spaces between the characters of short titles."""
    return _relabelled(doc, lambda text: " ".join(text) if len(text) <= 6 else text[:4] + " " + text[4:])


def cut_at_line_breaks(doc: Document, _: Random) -> Document:
    """Long titles run over two lines."""
    return _relabelled(doc, lambda t: f"{t[: len(t) // 2]}\n{t[len(t) // 2 :]}" if len(t) > 9 else t)


def end_cut_off(doc: Document, _: Random) -> Document:
    """The last character of long titles is gone, the slash of a head leads nowhere."""

    def cut(text: str) -> str:
        return "本年增/" if text == "本年增/减" else text[:-1] if len(text) > 11 else text

    return _relabelled(doc, cut)


def content_for_internal(doc: Document, _: Random) -> Document:
    """三类内部事务信息 typed as 三类内容事务信息."""
    return _relabelled(doc, lambda text: text.replace("内部", "内容"))


def ordinal_missing(doc: Document, _: Random) -> Document:
    """第二十条第（一）项 without its first 第, then without both."""
    return _relabelled(doc, lambda t: t.removeprefix("第") if "（五）" not in t else t.replace("第", ""))


def long_guidance(doc: Document, _: Random) -> Document:
    """Instructions for filling in, left standing in brackets."""
    return _relabelled(doc, lambda text: text + _GUIDANCE.get(text, ""))


def traditional(doc: Document, _: Random) -> Document:
    """Titles of tables and sections in traditional characters."""
    blocks = tuple(
        replace(b, text=b.text.translate(_TRADITIONAL)) if isinstance(b, Heading) and b.level else b
        for b in doc.blocks
    )
    return _relabelled(replace(doc, blocks=blocks), lambda text: text.translate(_TRADITIONAL))


def pinyin_after_character(doc: Document, rng: Random) -> Document:
    """重chóng复申请 or 重（chóng）复申请."""
    frame = rng.choice(("{}{}", "{}({})", "{}（{}）"))

    def voiced(text: str) -> str:
        for character, sound in _PINYIN.items():
            text = text.replace(character, frame.format(character, sound), 1)
        return text

    return _relabelled(doc, voiced)


def other_quotes(doc: Document, rng: Random) -> Document:
    """危及”三安全一稳定“ and what else stands for the quotation marks."""
    left, right = rng.choice((("”", "“"), ('"', '"'), ("「", "」"), ("‘", "’"), ("", "")))
    return _relabelled(doc, lambda text: text.replace("“", left).replace("”", right))


def other_brackets(doc: Document, rng: Random) -> Document:
    """Brackets and dots of the other width."""
    width = rng.choice(
        (
            str.maketrans("（）．、", "()．、"),
            str.maketrans("（）.", "﹙﹚．"),
            str.maketrans("（）.", "()、"),
        )
    )
    return _relabelled(doc, lambda text: text.translate(width))


def headings_other_marks(doc: Document, rng: Random) -> Document:
    """第一部分, （一）, 1. or nothing before the titles of the sections."""
    marks = rng.choice(
        (("第{}部分 ", "一二三四五六"), ("{}.", "一二三四五六"), ("", "一二三四五六"), ("{}. ", "123456"))
    )

    def marked(block: Heading) -> Heading:
        for number, title in enumerate(SECTIONS):
            if block.text.endswith(title):
                return replace(block, text=marks[0].format(marks[1][number]) + title)
        return block

    blocks = (marked(b) if isinstance(b, Heading) and b.level == 1 else b for b in doc.blocks)
    return replace(doc, blocks=tuple(blocks))


def _relabelled(doc: Document, change: Callable[[str], str]) -> Document:
    """Every cell that shows no figure, changed; sums without a name are figures, too."""

    def one(cell: PrintedCell) -> PrintedCell:
        return cell if cell.is_figure or not cell.text else replace(cell, text=change(cell.text))

    return map_cells(doc, one)
