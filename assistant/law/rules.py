"""Rule files of the corpus (corpus/rules/*.yaml), read strictly: an error names file, row and key."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from assistant.errors import CorpusError
from assistant.law.provisions import ProvisionRef

Keys = Mapping[str, tuple[type, ...]]
Row = Mapping[str, Any]

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

    def overlaps(self, other: "Validity") -> bool:
        """Whether there is a day on which both hold."""
        return self.holds(other.valid_from) or other.holds(self.valid_from)


def read_rules(path: Path) -> dict[str, Any]:
    """The content of a rule file. Raises CorpusError where it is missing or no mapping."""
    if not path.is_file():
        raise CorpusError(f"找不到规则文件：{path}。请检查 corpus_dir 设置，或重新获取完整的程序。")
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as fault:
        raise CorpusError(f"{path.name}：不是 UTF-8 编码的文字，请另存为 UTF-8。") from fault
    return read_mapping(text, path.name)


def read_mapping(text: str, where: str) -> dict[str, Any]:
    """A YAML mapping, or a CorpusError that names the place."""
    try:
        found = yaml.load(text, Loader=_Strict)
    except yaml.YAMLError as fault:
        raise CorpusError(f"{where}：不是有效的 YAML：{' '.join(str(fault).split())}。") from fault
    except ValueError as fault:  # what YAML takes for a day and no calendar has
        raise CorpusError(f"{where}：有不存在的日期：{fault}。") from fault
    if found is None:
        raise CorpusError(f"{where}：文件是空的。请重新获取完整的程序。")
    if not isinstance(found, dict):
        raise CorpusError(f"{where}：应为“键: 值”的列表。")
    return found


def require_keys(row: Row, keys: Keys, where: str) -> None:
    """Exactly these keys, each of an allowed type; the error names file, row and key.

    A dated row must not end before it begins.
    """
    for key, types in keys.items():
        if key not in row:
            raise CorpusError(f"{where}：缺少“{key}”。")
        if not _is_of(row[key], types):
            raise CorpusError(f"{where}：“{key}”的值 {row[key]!r} 类型不对。")
    unknown = sorted(map(str, set(row) - set(keys)))
    if unknown:
        raise CorpusError(f"{where}：不认识的键“{'、'.join(unknown)}”。")
    if "valid_to" in keys and row["valid_to"] and row["valid_to"] < row["valid_from"]:
        raise CorpusError(
            f"{where}：“valid_to”（{row['valid_to']}）早于“valid_from”（{row['valid_from']}）。"
        )


def read_rows(
    found: Row, section: str, file: str, name: str, keys: Keys | None = None
) -> Iterator[tuple[dict[str, Any], str]]:
    """The rows of a section, each with its place: the file and the row's own name, or its number.

    `keys`: exactly these, where every row has the same. Raises CorpusError for a section without rows, for a row
    that is no mapping, and for one with other keys.
    """
    if not found[section]:
        raise CorpusError(f"{file}：“{section}”里一行也没有。")
    for number, row in enumerate(found[section], start=1):
        if not isinstance(row, dict):
            raise CorpusError(f"{file} {section} 第{number}行：应为“键: 值”的列表，现为 {row!r}。")
        where = f"{file} {row.get(name, f'{section} 第{number}行')}"
        if keys is not None:
            require_keys(row, keys, where)
        yield row, where


def read_words(row: Row, key: str, where: str, least: int = 1) -> tuple[str, ...]:
    """A list of words, none empty and none twice; at least `least` of them."""
    words = row[key]
    for one in words:
        if not isinstance(one, str) or not one.strip():
            raise CorpusError(f"{where}：“{key}”里的 {one!r} 应为一段文字。")
        if words.count(one) > 1:
            raise CorpusError(f"{where}：“{key}”里“{one}”写了两次。")
    if len(words) < least:
        raise CorpusError(f"{where}：“{key}”至少要有 {least} 项。")
    return tuple(words)


def one_of(row: Row, key: str, allowed: Iterable[Any], where: str) -> Any:
    """A value out of a closed list."""
    known = tuple(allowed)
    if row[key] not in known:
        raise CorpusError(f"{where}：“{key}”的值 {row[key]!r} 应为 {'、'.join(map(str, known))} 之一。")
    return row[key]


def read_validity(row: Row) -> Validity:
    """The four dated fields every rule carries."""
    return Validity(**{key: row[key] for key in DATED})


def read_refs(printed: list[str], where: str) -> tuple[ProvisionRef, ...]:
    """Printed provisions of a rule's basis. Raises CorpusError naming the one that is no address."""
    refs = []
    for words in printed:
        try:
            refs.append(ProvisionRef.parse(str(words)))
        except ValueError as fault:
            raise CorpusError(f"{where}：依据“{words}”不是条文出处。") from fault
    return tuple(refs)


def read_basis(row: Row, where: str) -> tuple[ProvisionRef, ...]:
    """The provisions a rule rests on: at least one, none twice."""
    return read_refs(list(read_words(row, "basis", where)), where)


def refuse_twice(names: Iterable[str], where: str, key: str) -> None:
    """No name stands in two rows."""
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise CorpusError(f"{where} {name}：“{key}”重复，同一规则写了两行。")
        seen.add(name)


def refuse_overlaps(rows: Iterable[tuple[str, Validity]], where: str) -> None:
    """Editions of one rule follow each other: on no day do two of them hold."""
    by_name: dict[str, list[Validity]] = {}
    for name, validity in rows:
        by_name.setdefault(name, []).append(validity)
    for name, editions in by_name.items():
        for one, later in pairwise(sorted(editions, key=lambda v: (v.valid_from, v.valid_to or date.max))):
            if one.overlaps(later):
                raise CorpusError(
                    f"{where} {name}：有效期重叠，{later.valid_from} 起有两行同时有效，"
                    f"请改“valid_from”或者“valid_to”。"
                )


def _is_of(value: Any, types: tuple[type, ...]) -> bool:
    """isinstance without its surprises: true is no number, a day with a time of day is no day."""
    if isinstance(value, bool):
        return bool in types
    return isinstance(value, types) and not isinstance(value, datetime)


if TYPE_CHECKING:
    _Loader = yaml.SafeLoader
else:  # libyaml where it was built
    _Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Strict(_Loader):
    """A key given twice is an error, not the later of two."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[str] = set()
        for key, _ in node.value:
            if isinstance(key, yaml.ScalarNode) and key.value in seen:
                raise yaml.constructor.ConstructorError(None, None, f"“{key.value}”写了两次", key.start_mark)
            seen.add(str(key.value))
        built: dict[Any, Any] = super().construct_mapping(node, deep=deep)
        return built
