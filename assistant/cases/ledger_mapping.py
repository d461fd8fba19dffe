"""An office's own words for its ledger: which heading is which column, which words are which outcome.

A small YAML file with up to four parts, all optional:

    columns:  {收到日期: 来文时间, 联系方式: [手机, 住址]}
    outcomes: {不公开（三方）: refuse.third_party}
    kinds:    {公民: natural_person, "": natural_person}
    channels: {政务平台: online}
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from assistant.cases.ledger_headings import FIELDS, field_named
from assistant.cases.ledger_words import WITHDREW, OwnWords, own_words
from assistant.errors import InputError

_PARTS = ("columns", "outcomes", "kinds", "channels")


@dataclass(frozen=True)
class LedgerMapping:
    """The headings of an office by field, and its own words for outcomes, kinds and channels."""

    columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    words: OwnWords = OwnWords()


def read_mapping(path: Path, known: Mapping[str, Collection[str]]) -> LedgerMapping:
    """The mapping of a file. `known`: the codes each of outcomes, kinds and channels may name.

    Raises InputError naming the part and the word that cannot be.
    """
    found = _yaml(path)
    strange = sorted(str(part) for part in found if part not in _PARTS)
    if strange:
        raise InputError(f"对照文件“{path.name}”里没有“{strange[0]}”这一部分，可用：{'、'.join(_PARTS)}。")
    for part, rows in found.items():
        if not isinstance(rows, dict):
            raise InputError(f"对照文件“{path.name}”的 {part} 应当一行一条，写成 名称: 值。")
    codes = {
        part: {str(word): str(code) for word, code in found.get(part, {}).items()} for part in _PARTS[1:]
    }
    for part, rows in codes.items():
        may = (*known[part], *([WITHDREW] if part == "outcomes" else []))
        for word, code in rows.items():
            if code not in may:
                raise InputError(
                    f"对照文件“{path.name}”的 {part}：“{word}”写的“{code}”不认识，可用：{'、'.join(may)}。"
                )
    return LedgerMapping(_columns(found.get("columns", {}), path.name), own_words(codes))


def _yaml(path: Path) -> dict[str, Any]:
    try:
        found = yaml.safe_load(path.read_text(encoding="utf-8"))
    except FileNotFoundError as fault:
        raise InputError(f"找不到对照文件：{path}；请检查路径。") from fault
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as fault:
        raise InputError(f"对照文件“{path.name}”读不了：{' '.join(str(fault).split())}。") from fault
    if not isinstance(found, dict):
        raise InputError(f"对照文件“{path.name}”里没有内容；请写明 columns、outcomes、kinds 或者 channels。")
    return found


def _columns(found: Mapping[Any, Any], name: str) -> dict[str, tuple[str, ...]]:
    columns = {}
    for words, headings in found.items():
        told = field_named(str(words))
        if told is None:
            known = "、".join(one.name for one in FIELDS)
            raise InputError(f"对照文件“{name}”的 columns：没有“{words}”这一项，可用：{known}。")
        many = headings if isinstance(headings, list) else [headings]
        if len(many) > 1 and not told.several:
            raise InputError(f"对照文件“{name}”的 columns：“{words}”只能对应一栏。")
        columns[told.key] = tuple(str(one) for one in many)
    return columns
