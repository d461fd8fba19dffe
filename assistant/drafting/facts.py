"""The facts of one case, as a clerk writes them (YAML), checked key by key.

Keys are the slots of corpus/letters/slots.yaml, besides `road` (which legal way into the outcome) and
`agency` (what the settings do not say of the organ).
"""

import re
from collections.abc import Mapping
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

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b-\u200f\u202a-\u202e\ufeff]")
_DAY = re.compile(r"(\d{4})\s*[年./-]\s*(\d{1,2})\s*[月./-]\s*(\d{1,2})\s*日?")
_WITHHELD = ("part", "ground", "reason")
_BESIDES = ("road", "agency")

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
    checked: dict[str, Any] = {}
    for key, value in found.items():
        if key in _BESIDES:
            checked[key] = value
        elif key not in library.slots:
            known = "、".join((*library.slots, *_BESIDES))
            raise InputError(f"事实里有不认识的键“{key}”，可用：{known}。")
        elif value not in (None, "", []):
            checked[key] = _value(library.slots[key], value)
    return checked


def agency_of(facts: Facts, agency: Agency) -> Agency:
    """The agency of the settings with what the facts say of it. Raises InputError for an unknown key."""
    given = facts.get("agency") or {}
    known = {field.name for field in fields(Agency)}
    unknown = sorted(set(given) - known) if isinstance(given, dict) else ["agency"]
    if unknown:
        raise InputError(
            f"事实里 agency 的“{'、'.join(map(str, unknown))}”不认识，可用：{'、'.join(sorted(known))}。"
        )
    told = {key: value for key, value in given.items() if value not in (None, "")}
    return replace(agency, **{key: _plain_words(f"“agency.{key}”", value) for key, value in told.items()})


def facts_template(slots: tuple[Slot, ...]) -> str:
    """A facts file to fill in: each key with its meaning and the article that wants it."""
    return "".join(f"# {slot.meaning}（{slot.why}）\n{slot.key}:\n" for slot in slots)


def _value(slot: Slot, value: Any) -> Any:
    if slot.type == "date":
        return _date(slot, value)
    if slot.type == "list":
        items = value if isinstance(value, (list, tuple)) else [value]
        return tuple(_words(slot, item) for item in items)
    if slot.type == "withheld":
        return _withheld(slot, value)
    return _words(slot, value)


def _words(slot: Slot, value: Any) -> str:
    return _plain_words(f"“{slot.key}”（{slot.meaning}）", value)


def _plain_words(name: str, value: Any) -> str:
    """One line of plain words; `name` is the key as the message shows it."""
    if isinstance(value, (dict, list, bool)):
        raise InputError(f"{name}应为一段文字，现为：{value!r}。")
    words = " ".join(str(value).split())
    if _CONTROL.search(words):
        raise InputError(f"{name}含有不可见的控制字符，请删去后重试。")
    if len(words) > LONGEST:
        raise InputError(f"{name}有 {len(words)} 字，超过 {LONGEST} 字，请精简。")
    return words


def _date(slot: Slot, value: Any) -> date:
    if isinstance(value, date):
        return value.date() if isinstance(value, datetime) else value
    match = _DAY.fullmatch(str(value).strip())
    try:
        return date(*map(int, match.groups())) if match else _no_date(slot, value)
    except ValueError:
        return _no_date(slot, value)


def _no_date(slot: Slot, value: Any) -> date:
    raise InputError(f"“{slot.key}”（{slot.meaning}）的日期“{value}”无法识别，请写成 2026-11-23 的形式。")


def _withheld(slot: Slot, value: Any) -> tuple[dict[str, str], ...]:
    rows = value if isinstance(value, (list, tuple)) else [value]
    for row in rows:
        if not isinstance(row, dict) or set(row) != set(_WITHHELD):
            raise InputError(f"“{slot.key}”（{slot.meaning}）的每一项都要有 part、ground、reason 三个键。")
    return tuple({key: _words(slot, row[key]) for key in _WITHHELD} for row in rows)
