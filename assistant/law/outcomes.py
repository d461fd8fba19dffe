"""The 21 outcomes a disclosure request can have, as dated rules.

Basis: 政府信息公开条例第三十六条至第三十九条; labels from the annual-report form 国办公开办函〔2021〕30号.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.errors import CorpusError, InputError
from assistant.law.provisions import ProvisionRef
from assistant.law.rules import DATED, Validity, read_refs, read_rules, read_validity, require_keys

FILE = "outcomes.yaml"

_ROW = {
    "code": (str,),
    "label": (str,),
    "roads": (list,),
    "elements": (list,),
    "evidence": (list,),
    "neighbours": (list,),
    "remedy": (str,),
    **DATED,
}
_ROAD = {"road": (str,), "when": (str,), "basis": (list,), "letter": (str,)}


@dataclass(frozen=True)
class Road:
    """One legal way into an outcome: 不存在 and 非本机关 are two roads into one row of the table."""

    name: str
    when: str
    basis: tuple[ProvisionRef, ...]
    letter: str


@dataclass(frozen=True)
class Outcome:
    """A row of table three: what must be established for it, what must be kept, what it is taken for."""

    code: str
    label: str
    group_label: str
    roads: tuple[Road, ...]
    elements: tuple[str, ...]
    evidence: tuple[str, ...]
    neighbours: Mapping[str, str]
    remedy: str
    validity: Validity

    @property
    def group(self) -> str:
        """First part of the code: grant, partial, refuse, unable, decline, other."""
        return self.code.split(".")[0]

    @property
    def basis(self) -> tuple[ProvisionRef, ...]:
        """The provisions of every road, each once."""
        return tuple(dict.fromkeys(ref for road in self.roads for ref in road.basis))

    def road(self, name: str | None) -> Road:
        """The road of that name, or the first. Raises InputError for a name the outcome does not have."""
        if name is None:
            return self.roads[0]
        for road in self.roads:
            if road.name == name:
                return road
        names = "、".join(f"{road.name}（{road.when}）" for road in self.roads)
        raise InputError(f"“{self.label}”没有名为“{name}”的情形，可用：{names}。")


Outcomes = Mapping[str, Outcome]


def load_outcomes(rules_dir: Path) -> dict[str, Outcome]:
    """Code → outcome, in the order of the table. Raises CorpusError naming row and key."""
    found = read_rules(rules_dir / FILE)
    require_keys(found, {"group_order": (list,), "groups": (dict,), "outcomes": (list,)}, FILE)
    outcomes = [_outcome(row, found["groups"]) for row in found["outcomes"]]
    by_code = {outcome.code: outcome for outcome in outcomes}
    for outcome in outcomes:
        strangers = sorted(set(outcome.neighbours) - set(by_code))
        if strangers:
            raise CorpusError(f"{FILE} {outcome.code}：neighbours 里没有这个代码：{'、'.join(strangers)}。")
    return by_code


def known_outcome(code: str, outcomes: Outcomes) -> Outcome:
    """The outcome of a code the user gave. Raises InputError listing the codes."""
    if code not in outcomes:
        raise InputError(f"不认识的处理结果代码“{code}”，可用：{'、'.join(outcomes)}。")
    return outcomes[code]


def _outcome(row: dict[str, Any], groups: Mapping[str, str]) -> Outcome:
    where = f"{FILE} {row.get('code', '?')}"
    require_keys(row, _ROW, where)
    if row["remedy"] not in ("A", "B", "by_basis"):
        raise CorpusError(f"{where}：“remedy”的值 {row['remedy']!r} 应为 A、B 或 by_basis。")
    return Outcome(
        code=row["code"],
        label=row["label"],
        group_label=groups[row["code"].split(".")[0]],
        roads=tuple(_road(road, where) for road in row["roads"]),
        elements=tuple(row["elements"]),
        evidence=tuple(row["evidence"]),
        neighbours={n["code"]: n["question"] for n in row["neighbours"]},
        remedy=row["remedy"],
        validity=read_validity(row),
    )


def _road(row: dict[str, Any], where: str) -> Road:
    require_keys(row, _ROAD, f"{where} roads")
    return Road(row["road"], row["when"], read_refs(row["basis"], where), row["letter"])
