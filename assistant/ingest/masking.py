"""Personal data hidden before a text leaves the process or enters the index, and put back where that is wanted.

Basis: 个人信息保护法第四条、第二十八条.
"""

import re
from dataclasses import dataclass

# Longest first: an ID number must not be taken for a phone number with digits around it.
_KINDS = (
    (
        "身份证号",
        re.compile(r"(?<!\d)[1-9]\d{5}(?:19|20)\d{2}(?:0\d|1[0-2])(?:[0-2]\d|3[01])\d{3}[\dXx](?!\d)"),
    ),
    ("银行卡号", re.compile(r"(?<!\d)[3-6]\d{15,18}(?!\d)")),
    ("手机号", re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")),
    ("固定电话", re.compile(r"(?<!\d)0\d{2,3}[-—]\d{7,8}(?!\d)")),
    ("电子邮箱", re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)),
    ("姓名", re.compile(r"(?<=申请人[：:])[一-龥·]{2,10}(?=[\s，,。；;、（(]|$)")),
)


@dataclass(frozen=True)
class Masked:
    """A text without its personal data, and what stands behind each mark."""

    text: str
    hidden: dict[str, str]

    def restore(self, answer: str) -> str:
        """An answer with the marks turned back into the data they stand for."""
        for mark, words in self.hidden.items():
            answer = answer.replace(mark, words)
        return answer


def mask(text: str) -> Masked:
    """The text with each piece of personal data replaced by a mark such as 〔手机号1〕, the same for the same data."""
    marks: dict[str, str] = {}
    for kind, pattern in _KINDS:

        def hide(match: re.Match[str], kind: str = kind) -> str:
            return marks.setdefault(
                match[0], f"〔{kind}{sum(m.startswith(f'〔{kind}') for m in marks.values()) + 1}〕"
            )

        text = pattern.sub(hide, text)
    for words, mark in marks.items():  # a name found once is hidden wherever it stands
        text = text.replace(words, mark)
    return Masked(text, {mark: words for words, mark in marks.items()})
