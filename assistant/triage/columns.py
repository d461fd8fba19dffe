"""The columns of a batch, found by the names people give them. Every name that counts stands here."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.errors import InputError

# What each column may be called; other columns are carried through as they are.
NAMES: Mapping[str, tuple[str, ...]] = {
    "id": ("id", "编号", "申请编号", "登记编号", "登记号", "受理编号", "收件编号", "申请号"),
    "request": (
        *(
            "request",
            "申请内容",
            "申请公开的内容",
            "申请公开内容",
            "申请公开的信息",
            "申请公开事项",
            "申请事项",
        ),
        *("所需信息", "所需信息内容", "所需信息描述", "所需信息的内容描述", "所需政府信息", "所需的政府信息"),
        *("信息内容描述", "申请书", "申请书内容", "申请书正文", "请求", "请求内容", "请求事项"),
    ),
    "findings": (
        *("findings", "查明情况", "查明的情况", "查明事实", "查明的事实", "认定事实", "认定的事实"),
        *("事实", "核查情况", "检索情况", "调查情况", "调查核实情况"),
    ),
}
# Names a row where no better one is there: a running number beside a register number is no second id.
LAST_RESORT = ("序号", "行号", "no", "no.")
# Above its headings a sheet may have a title, the office, the year.
HEADINGS_WITHIN = 20
MEANT = {"id": "编号", "request": "申请内容", "findings": "查明情况"}

_ASIDE = re.compile(r"[（(【\[][^）)】\]]*[）)】\]]|[*:：\s]")


@dataclass(frozen=True)
class Columns:
    """Where id, request and findings stand, and the other columns by the heading they are carried under."""

    places: Mapping[str, int]
    others: Mapping[int, str]

    @property
    def usable(self) -> bool:
        """Whether a heading names the request: without it there is nothing to judge."""
        return "request" in self.places


def columns_of(headings: Mapping[int, str], where: str) -> Columns:
    """The columns of a head row (heading by place).

    Raises InputError where two headings name the same thing: which of them is meant is not guessed.
    """
    found = {key: [at for at, words in headings.items() if plain(words) in NAMES[key]] for key in NAMES}
    if not found["id"]:
        found["id"] = [at for at, words in headings.items() if plain(words) in LAST_RESORT][:1]
    for key, alike in found.items():
        if len(alike) > 1 and found["request"]:
            named = "、".join(f"“{headings[at].strip()}”" for at in alike)
            raise InputError(
                f"{where}有 {len(alike)} 栏都像{MEANT[key]}：{named}；请只留一栏，或者给另一栏改个名字。"
            )
    places = {key: alike[0] for key, alike in found.items() if alike}
    others = {at: words for at, words in headings.items() if at not in places.values()}
    return Columns(places, _once(others))


def no_request(where: str, seen: Sequence[str]) -> InputError:
    """What to say of a table in which no heading names the request."""
    shown = "、".join(f"“{words.strip()[:20]}”" for words in seen if words.strip()) or "空的"
    wanted = "、".join(NAMES["request"][1:8])
    return InputError(f"{where}没有申请内容一栏（第一行是{shown}）；请把那一栏的列名写成其中之一：{wanted}。")


def plain(heading: str) -> str:
    """A heading as it is compared: width, case, blanks, stars and remarks in brackets do not count."""
    return _ASIDE.sub("", unicodedata.normalize("NFKC", heading)).lower()


def _once(headings: Mapping[int, str]) -> dict[int, str]:
    """Every other column under a heading of its own."""
    kept: dict[int, str] = {}
    for at, words in headings.items():
        name = " ".join(words.split()) or f"第{at}列"
        again = 2
        while name in kept.values():
            name, again = f"{' '.join(words.split())}（{again}）", again + 1
        kept[at] = name
    return kept
