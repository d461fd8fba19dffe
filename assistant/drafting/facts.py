"""The facts of one case, as a clerk writes them (YAML), checked key by key.

Keys are the slots of corpus/letters/slots.yaml, besides `road` (which legal way into the outcome), `agency` (what
the settings do not say of the organ), `items` (each with its own outcome, words and facts) and `together` (what the
clerk chose where the law does not say how items count, and why).
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import yaml

from assistant.drafting.letters import LetterLibrary, Slot
from assistant.errors import InputError
from assistant.ingest.files.decoding import decode
from assistant.settings import Agency

LONGEST = 10_000
LARGEST_FILE = 1024 * 1024
MOST_ITEMS = 100
LARGEST = 1_000_000

_CONTROL = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff"
    r"\ufff0-\uffff\ud800-\udfff\U000e0000-\U000e007f]"
)
_MARKUP = re.compile(
    r"</?[A-Za-z][^<>\n]{0,200}>|\{\{?[^{}\n]{1,60}\}\}?|\[[^\[\]\n]{1,80}\]\([^()\n]{1,200}\)|`{3}|<!--"
)
_DAY = re.compile(r"(\d{4})\s*[年./-]\s*(\d{1,2})\s*[月./-]\s*(\d{1,2})\s*日?")
_NESTED = (dict, list, tuple, set)
_WITHHELD = ("part", "ground", "reason")
_NUMBERED = re.compile(r"^\s*(?:[（(]?\d{1,3}[）)．.、]|[一二三四五六七八九十]+、)\s*")
_BESIDES = ("road", "agency", "items", "together")
_TOGETHER = ("choose", "why")

Facts = Mapping[str, Any]


class _Facts(yaml.SafeLoader):
    """Days stay words until their slot reads them, and a key given twice is an error, not the later of two."""

    yaml_implicit_resolvers = {
        first: [(tag, pattern) for tag, pattern in known if tag != "tag:yaml.org,2002:timestamp"]
        for first, known in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        keys = [key.value for key, _ in node.value]
        for key in keys:
            if keys.count(key) > 1:
                raise yaml.constructor.ConstructorError(None, None, f"“{key}”写了两次", node.start_mark)
        return super().construct_mapping(node, deep)


def read_facts(path: Path, library: LetterLibrary) -> dict[str, Any]:
    """The facts file. Raises InputError naming file, key and what is wrong."""
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise InputError(f"事实文件 {path} 超过 1 MB，不像一件申请的事实。请核对文件。")
        found = yaml.load(decode(path.name, path.read_bytes()), Loader=_Facts)
    except FileNotFoundError:
        raise InputError(f"找不到事实文件：{path}。请检查文件名。") from None
    except OSError as fault:
        raise InputError(f"事实文件 {path} 打不开（{fault.strerror}）。请检查路径和权限。") from fault
    except (yaml.YAMLError, RecursionError) as fault:
        raise InputError(f"事实文件 {path} 不是有效的 YAML：{' '.join(str(fault).split())}。") from fault
    if not isinstance(found, dict):
        raise InputError(f"事实文件 {path} 应为“键: 值”的列表。")
    return check_facts(found, library)


def check_facts(found: Mapping[str, Any], library: LetterLibrary) -> dict[str, Any]:
    """The same facts with every value of its slot's type. Raises InputError naming the key."""
    return _checked(found, library, _BESIDES)


def markup_warnings(facts: Facts) -> tuple[str, ...]:
    """What looks like markup in a fact: it is printed as it stands, so the clerk is told."""
    return tuple(
        f"“{key}”里有像标记的文字“{match[0][:40]}”，将照原样印出，请核对。"
        for key, words in _said({key: value for key, value in facts.items() if key != "agency"})
        if (match := _MARKUP.search(words))
    )


def _said(value: Any, key: str = "") -> Iterator[tuple[str, str]]:
    """Every stretch of words in some facts with the key it stands under."""
    if isinstance(value, Mapping):
        for name, inner in value.items():
            yield from _said(inner, f"{key}.{name}" if key else str(name))
    elif isinstance(value, (list, tuple)):
        for number, inner in enumerate(value, start=1):
            yield from _said(inner, f"{key}[{number}]")
    elif isinstance(value, str):
        yield key, value


def _checked(found: Mapping[Any, Any], library: LetterLibrary, besides: tuple[str, ...]) -> dict[str, Any]:
    checked: dict[str, Any] = {}
    slots = {key: slot for key, slot in library.slots.items() if slot.reckoned != "items"}
    for key, value in found.items():
        if key in besides:
            checked[key] = _beside(key, value, library)
        elif key not in slots:
            known = "、".join((*slots, *besides))
            raise InputError(f"事实里有不认识的键“{_shown(key)}”，可用：{known}。")
        elif value not in (None, "", []):
            checked[key] = _value(slots[key], value)
    return {key: value for key, value in checked.items() if key not in besides or value is not None}


def _beside(key: str, value: Any, library: LetterLibrary) -> Any:
    if value in (None, "", []):
        return None
    if key in ("road", "outcome"):
        return _plain_words(f"“{key}”", value)
    if key == "items":
        return _items(value, library)
    if key == "together":
        if not isinstance(value, dict) or set(value) - set(_TOGETHER):
            raise InputError("事实里的 together 应有 choose（怎样计）和 why（为什么）两个键。")
        return {name: _plain_words(f"“together.{name}”", value.get(name) or "") for name in _TOGETHER}
    return value


def _items(value: Any, library: LetterLibrary) -> tuple[dict[str, Any], ...]:
    """The items of a request, each with `outcome`, `asked` and its own facts."""
    if not isinstance(value, (list, tuple)) or not all(isinstance(row, Mapping) for row in value):
        raise InputError("事实里的 items 应为一项一项的列表，每项有 asked、outcome 和该项的事实。")
    if len(value) > MOST_ITEMS:
        raise InputError(f"事实里的 items 有 {len(value)} 项，超过 {MOST_ITEMS} 项，请核对。")
    return tuple(_item(number, row, library) for number, row in enumerate(value, start=1))


def _item(number: int, row: Mapping[Any, Any], library: LetterLibrary) -> dict[str, Any]:
    try:
        checked = _checked(row, library, ("outcome", "road"))
    except InputError as fault:
        raise InputError(f"items 第{number}项：{fault}") from fault
    if "outcome" not in checked:
        raise InputError(f"items 第{number}项：没有写 outcome（处理结果代码，如 unable.not_held）。")
    return checked


def agency_of(facts: Facts, agency: Agency) -> Agency:
    """The agency of the settings with what the facts say of it. Raises InputError for an unknown key."""
    given = facts.get("agency") or {}
    known = {field.name for field in fields(Agency)}
    if not isinstance(given, dict):
        raise InputError(f"事实里的 agency 应为“键: 值”的列表，现为：{_shown(given)}。")
    unknown = sorted(map(_shown, set(given) - known))
    if unknown:
        raise InputError(f"事实里 agency 的“{'、'.join(unknown)}”不认识，可用：{'、'.join(sorted(known))}。")
    told = {key: value for key, value in given.items() if value not in (None, "")}
    return replace(agency, **{key: _plain_words(f"“agency.{key}”", value) for key, value in told.items()})


def facts_template(slots: tuple[Slot, ...]) -> str:
    """A facts file to fill in: each key with its meaning, the article that wants it, and how to write it."""
    return "".join(f"# {slot.meaning}（{slot.why}）{_how(slot)}\n{slot.key}:\n" for slot in slots)


def _how(slot: Slot) -> str:
    """How a value of a type is written; plain words need no saying."""
    ways = {
        "date": "：如 2026-11-02",
        "number": "：整数",
        "list": "：一行一项，每行以“- ”开头",
        "withheld": "：每处一项，写 part、ground、reason",
        "choice": f"：{'、'.join(slot.choices.values())}",
    }
    given = {
        "clock": "；可以不填，由程序算出",
        "fees": "；不填，由程序算出",
        "settings": "；可以不填，取自设置",
    }
    return ways.get(slot.type, "") + given.get(slot.reckoned or "", "")


def _shown(value: Any) -> str:
    """What was written instead, in few words: a list in a list may have no end."""
    return "列表" if isinstance(value, _NESTED) else " ".join(str(value).split())[:40]


def _value(slot: Slot, value: Any) -> Any:
    if slot.type == "date":
        return _date(slot, value)
    if slot.type == "list":
        return _listed(slot, value)
    if slot.type == "withheld":
        return _withheld(slot, value)
    if slot.type == "number":
        return _number(slot, value)
    if slot.type == "choice":
        return _choice(slot, value)
    return _words(slot, value)


def _listed(slot: Slot, value: Any) -> tuple[str, ...]:
    """A list of lines; one text of several lines is one too, its numbers taken off."""
    items = list(value) if isinstance(value, (list, tuple)) else [value]
    if isinstance(value, str):
        items = value.splitlines()
    several = len(items) > 1
    words = [_words(slot, item) for item in items]
    return tuple(_NUMBERED.sub("", line) if several else line for line in words if line)


def _number(slot: Slot, value: Any) -> int:
    """A whole number above nought."""
    digits = "" if isinstance(value, (*_NESTED, bool)) else str(value).strip()
    if not (digits.isascii() and digits.isdigit() and 0 < int(digits[:9]) <= LARGEST):
        raise InputError(f"“{slot.key}”（{slot.meaning}）应为正整数，现为：{_shown(value)}。")
    return int(digits)


def _choice(slot: Slot, value: Any) -> str:
    """The key of a choice; a clerk may write its label."""
    labels = {label: key for key, label in slot.choices.items()}
    words = _words(slot, value)
    if words not in slot.choices and words not in labels:
        known = "、".join(f"{key}（{label}）" for key, label in slot.choices.items())
        raise InputError(f"“{slot.key}”（{slot.meaning}）的值“{words[:40]}”不认识，可用：{known}。")
    return labels.get(words, words)


def _words(slot: Slot, value: Any) -> str:
    return _plain_words(f"“{slot.key}”（{slot.meaning}）", value)


def _plain_words(name: str, value: Any) -> str:
    """One line of plain words; `name` is the key as the message shows it."""
    if isinstance(value, (*_NESTED, bool)):
        raise InputError(f"{name}应为一段文字，现为：{_shown(value)}。")
    words = " ".join(str(value).split())
    if _CONTROL.search(words):
        raise InputError(f"{name}含有不可见的控制字符，请删去后重试。")
    if len(words) > LONGEST:
        raise InputError(f"{name}有 {len(words)} 字，超过 {LONGEST} 字，请精简。")
    return words


def _date(slot: Slot, value: Any) -> date:
    if isinstance(value, date):
        return value.date() if isinstance(value, datetime) else value
    match = None if isinstance(value, _NESTED) else _DAY.fullmatch(str(value).strip())
    try:
        return date(*map(int, match.groups())) if match else _no_date(slot, value)
    except ValueError:
        return _no_date(slot, value)


def _no_date(slot: Slot, value: Any) -> date:
    raise InputError(
        f"“{slot.key}”（{slot.meaning}）的日期“{_shown(value)}”无法识别，请写成 2026-11-23 的形式。"
    )


def _withheld(slot: Slot, value: Any) -> tuple[dict[str, str], ...]:
    rows = value if isinstance(value, (list, tuple)) else [value]
    for row in rows:
        if not isinstance(row, dict) or set(row) != set(_WITHHELD):
            raise InputError(f"“{slot.key}”（{slot.meaning}）的每一项都要有 part、ground、reason 三个键。")
    return tuple({key: _words(slot, row[key]) for key in _WITHHELD} for row in rows)
