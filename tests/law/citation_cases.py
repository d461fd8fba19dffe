"""How the citation files are written: a short law, an address, a status where it is not ok.

`条例 第三十六条第（五）项` is living law; `条例 第六十条 no_such_article` is not; `未定 unresolved` and
`未知 unknown_instrument` have no address.
"""

from datetime import date
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).parent
SHORT = {
    "条例": "政府信息公开条例",
    "复议法": "行政复议法",
    "行诉法": "行政诉讼法",
    "保密法": "保守国家秘密法",
    "保密法条例": "保守国家秘密法实施条例",
    "档案法": "档案法",
    "处罚法": "行政处罚法",
    "个保法": "个人信息保护法",
    "信访条例": "信访工作条例",
    "放假办法": "全国年节及纪念日放假办法",
    "费办法": "政府信息公开信息处理费管理办法",
    "行诉解释": "最高人民法院关于适用《中华人民共和国行政诉讼法》的解释",
    "新解释": "最高人民法院关于审理政府信息公开行政案件适用法律若干问题的解释",
    "旧规定": "最高人民法院关于审理政府信息公开行政案件若干问题的规定",
}
Expected = list[tuple[str | None, str]]


def rows(written: list[str]) -> Expected:
    """What the citations of a case resolve to: printed address (or None) and status."""
    return [_row(one) for one in written]


def _row(written: str) -> tuple[str | None, str]:
    law, place, *status = written.split() if not written.startswith("未") else (*written.split(), "")
    if law.startswith("未"):
        return None, place
    return f"《{SHORT[law]}》{place}", status[0] if status else "ok"


def themes() -> list[tuple[str, str, date, Expected]]:
    """Theme, text, day and what is expected of every case in citations_*.yaml."""
    found = []
    for path in sorted(HERE.glob("citations_*.yaml")):
        file: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
        for case in file["cases"]:
            day = case.get("as_of", file["as_of"])
            found.append((path.stem.removeprefix("citations_"), case["text"], day, rows(case["cites"])))
    return found


LETTER: dict[str, Any] = yaml.safe_load((HERE / "letter_of_forty_citations.yaml").read_text(encoding="utf-8"))


def letter_on(day: date) -> Expected:
    """How the citations of the long letter stand on one of its three days."""
    column = LETTER["days"].index(day) + 1
    return [(_printed(row[0]), row[column]) for row in LETTER["expected"]]


def _printed(where: str) -> str | None:
    law, _, place = where.partition(" ")
    return f"《{SHORT[law]}》{place}" if place else None
