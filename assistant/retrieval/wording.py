"""A question as it is searched: in simplified characters, whatever it was typed in.

The statutes are printed in simplified characters; people with a traditional keyboard ask about the same
matter, and 第三方遲遲不答覆 must find what 第三方迟迟不答复 finds.
"""

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from opencc import OpenCC

_HAN = re.compile(r"[㐀-鿿豈-﫿]+")
# Characters and, where a region has its own word for a thing, the mainland's word: 列印 → 打印.
_CONVERSION = "tw2sp"


def simplified(text: str) -> str:
    """The text in simplified characters. Most questions are, and pay for no conversion table."""
    if not any(_outside_gb2312(run) for run in _HAN.findall(text)):
        return text
    return str(_converter().convert(text))


def _outside_gb2312(run: str) -> bool:
    """Whether a run holds a character the simplified standard set lacks, as every traditional form does."""
    try:
        run.encode("gb2312")
    except UnicodeEncodeError:
        return True
    return False


@cache
def _converter() -> "OpenCC":
    from opencc import OpenCC

    return OpenCC(_CONVERSION)
