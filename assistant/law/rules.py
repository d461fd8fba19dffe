"""Rule files of the corpus (corpus/rules/*.yaml), read strictly: an error names file, row and key."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from assistant.errors import CorpusError
from assistant.law.provisions import ProvisionRef

Keys = Mapping[str, tuple[type, ...]]

DATED: Keys = {
    "valid_from": (date,),
    "valid_to": (date, type(None)),
    "last_checked_on": (date,),
    "verified": (bool,),
}


@dataclass(frozen=True)
class Validity:
    """The days between which a rule holds, and the day somebody last checked it against the law."""

    valid_from: date
    valid_to: date | None
    last_checked_on: date
    verified: bool

    def holds(self, on: date) -> bool:
        """Whether the rule is valid on that day."""
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)


def read_rules(path: Path) -> dict[str, Any]:
    """The content of a rule file. Raises CorpusError where it is missing or no mapping."""
    if not path.is_file():
        raise CorpusError(f"找不到规则文件：{path}。请检查 corpus_dir 设置，或重新获取完整的程序。")
    return read_mapping(path.read_text(encoding="utf-8"), path.name)


def read_mapping(text: str, where: str) -> dict[str, Any]:
    """A YAML mapping, or a CorpusError that names the place."""
    try:
        found = yaml.load(text, Loader=_LOADER)
    except yaml.YAMLError as fault:
        raise CorpusError(f"{where}：不是有效的 YAML：{' '.join(str(fault).split())}。") from fault
    if not isinstance(found, dict):
        raise CorpusError(f"{where}：应为“键: 值”的列表。")
    return found


def require_keys(row: Mapping[str, Any], keys: Keys, where: str) -> None:
    """Exactly these keys, each of an allowed type; the error names file, row and key."""
    for key, types in keys.items():
        if key not in row:
            raise CorpusError(f"{where}：缺少“{key}”。")
        if not isinstance(row[key], types):
            raise CorpusError(f"{where}：“{key}”的值 {row[key]!r} 类型不对。")
    unknown = sorted(set(row) - set(keys))
    if unknown:
        raise CorpusError(f"{where}：不认识的键“{'、'.join(unknown)}”。")


def read_validity(row: Mapping[str, Any]) -> Validity:
    """The four dated fields every rule carries."""
    return Validity(**{key: row[key] for key in DATED})


def read_refs(printed: list[str], where: str) -> tuple[ProvisionRef, ...]:
    """Printed provisions of a rule's basis. Raises CorpusError naming the one that is no address."""
    refs = []
    for words in printed:
        try:
            refs.append(ProvisionRef.parse(words))
        except ValueError as fault:
            raise CorpusError(f"{where}：依据“{words}”不是条文出处。") from fault
    return tuple(refs)


_LOADER: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
