"""A place in a statute: article, paragraph (款), item (项)."""

import re
from dataclasses import dataclass, replace
from functools import total_ordering

from assistant.law.numerals import LARGEST, NUMERAL, to_chinese, to_int

STATE = "中华人民共和国"

_LAW = r"[^《》]*(?:《[^《》]*》[^《》]*)*"
_TITLE = re.compile(_LAW)
_PRINTED = re.compile(
    rf"《(?P<law>{_LAW})》第(?P<article>{NUMERAL})条(?:之(?P<branch>{NUMERAL}))?"
    rf"(?:第(?P<paragraph>{NUMERAL})款)?(?:第[（(]?(?P<item>{NUMERAL})[）)]?项)?"
)


@total_ordering
@dataclass(frozen=True)
class ProvisionRef:
    """One provision by its address, e.g. 《政府信息公开条例》第三十六条第（五）项.

    `law` is the title without 中华人民共和国; `branch` counts 之一, 之二 articles; an item may stand
    directly under its article, as it does where the article has a single paragraph. Raises ValueError for
    what no statute can have: a nought, a title that does not close its 《》.
    """

    law: str
    article: int
    branch: int = 0
    paragraph: int | None = None
    item: int | None = None

    def __post_init__(self) -> None:
        numbers = self.article, self.branch or 1, self.paragraph or 1, self.item or 1
        if min(numbers) < 1 or max(numbers) > LARGEST or 0 in (self.paragraph, self.item):
            raise ValueError(f"条、款、项的序号须在一至{LARGEST}之间：《{self.law}》{numbers}")
        if not self.law.strip() or (
            ("《" in self.law or "》" in self.law) and not _TITLE.fullmatch(self.law)
        ):
            raise ValueError(f"不是法律文件的名称：{self.law!r}")

    @classmethod
    def parse(cls, text: str) -> "ProvisionRef":
        """Read a canonical or full-title print. Raises ValueError where the text is no such address."""
        match = _PRINTED.fullmatch(text.strip())
        if not match:
            raise ValueError(f"不是条文出处：{text}")
        numbers = {key: to_int(match[key]) if match[key] else None for key in ("paragraph", "item")}
        branch = to_int(match["branch"]) if match["branch"] else 0
        return cls(match["law"].removeprefix(STATE), to_int(match["article"]), branch, **numbers)

    @property
    def local(self) -> str:
        """The address inside its statute: 第三十六条第（五）项."""
        words = f"第{to_chinese(self.article)}条"
        if self.branch:
            words += f"之{to_chinese(self.branch)}"
        if self.paragraph:
            words += f"第{to_chinese(self.paragraph)}款"
        if self.item:
            words += f"第（{to_chinese(self.item)}）项"
        return words

    def __str__(self) -> str:
        return f"《{self.law}》{self.local}"

    def __lt__(self, other: "ProvisionRef") -> bool:
        """The order of a statute book: a unit before its parts."""
        return self._order < other._order

    @property
    def _order(self) -> tuple[str, int, int, int, int]:
        return self.law, self.article, self.branch, self.paragraph or 0, self.item or 0

    @property
    def parent(self) -> "ProvisionRef | None":
        """The next larger unit, or None for a whole article."""
        if self.item:
            return replace(self, item=None)
        return replace(self, paragraph=None) if self.paragraph else None

    @property
    def whole_article(self) -> "ProvisionRef":
        """The article this provision belongs to."""
        return ProvisionRef(self.law, self.article, self.branch)

    def covers(self, other: "ProvisionRef") -> bool:
        """Whether `other` is this provision or lies inside it."""
        if (self.law, self.article, self.branch) != (other.law, other.article, other.branch):
            return False
        if self.item and self.item != other.item:
            return False
        # 第三十六条第（五）项 and 第三十六条第一款第（五）项 are one place where the article has one paragraph.
        return self.paragraph is None or self.paragraph == other.paragraph
