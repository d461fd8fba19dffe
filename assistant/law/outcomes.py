"""The 21 outcomes a disclosure request can have, as dated rules.

Basis: 政府信息公开条例第三十六条至第三十九条; labels from the annual-report form 国办公开办函〔2021〕30号.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from assistant.errors import CorpusError, InputError
from assistant.law.provisions import ProvisionRef
from assistant.law.rules import (
    DATED,
    Row,
    Validity,
    one_of,
    read_basis,
    read_rows,
    read_rules,
    read_validity,
    read_words,
    refuse_twice,
    require_keys,
)

FILE = "outcomes.yaml"
REMEDIES = ("A", "B", "by_basis")

_TOP = {"group_order": (list,), "groups": (dict,), "papers_of_all": (list,), "outcomes": (list,)}
_ROW = {
    "code": (str,),
    "label": (str,),
    "roads": (list,),
    "roads_apart": (str, type(None)),
    "elements": (list,),
    "evidence": (list,),
    "guards": (list,),
    "neighbours": (list,),
    "beside": (list,),
    "remedy": (str,),
    **DATED,
}
_ROAD = {"road": (str,), "when": (str,), "basis": (list,), "letter": (str,), "papers": (list,)}
_GUARD = {
    "guard": (str,),
    "holds": (str,),
    "when": (str, type(None)),
    "roads": (list,),
    "paper": (str, type(None)),
    "basis": (list,),
    "verified": (bool,),
}


@dataclass(frozen=True)
class Road:
    """One legal way into an outcome: 不存在 and 非本机关 are two roads into one row of the table.

    `letter` is the reply of this road; `papers` are the procedural papers it may need (codes).
    """

    name: str
    when: str
    basis: tuple[ProvisionRef, ...]
    letter: str
    papers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Guard:
    """What the file must hold before an outcome may be used, on some roads (none named: on all).

    `when` says in which cases it is asked for; `verified` is false where practice asks for it and no text
    held here does. Basis of the duty to have it on the day of the reply: 行政复议法第四十四条、第四十六条.
    """

    key: str
    holds: str
    when: str | None
    roads: tuple[str, ...]
    paper: str | None
    basis: tuple[ProvisionRef, ...]
    verified: bool


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
    roads_apart: str | None = None
    guards: tuple[Guard, ...] = ()
    beside: Mapping[str, str] = field(default_factory=dict)

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

    def open_guards(self, road: str, held: Collection[str] = ()) -> tuple[Guard, ...]:
        """What the file still lacks for a road; `held` are the keys of the guards it satisfies.

        A guard with `when` is listed too: whether its case is given is for the clerk to say.
        """
        return tuple(
            guard
            for guard in self.guards
            if guard.key not in held and (not guard.roads or road in guard.roads)
        )


Outcomes = Mapping[str, Outcome]


def load_outcomes(rules_dir: Path) -> dict[str, Outcome]:
    """Code → outcome, in the order of the table. Raises CorpusError naming file, row and key."""
    found = read_rules(rules_dir / FILE)
    require_keys(found, _TOP, FILE)
    groups, papers = _groups(found), read_words(found, "papers_of_all", FILE, least=0)
    rows = read_rows(found, "outcomes", FILE, "code")
    outcomes = [_outcome(row, where, groups, papers) for row, where in rows]
    refuse_twice((outcome.code for outcome in outcomes), FILE, "code")
    by_code = {outcome.code: outcome for outcome in outcomes}
    _refuse_strangers(by_code)
    _refuse_one_sided(by_code)
    return by_code


def known_outcome(code: str, outcomes: Outcomes) -> Outcome:
    """The outcome of a code the user gave. Raises InputError listing the codes."""
    if code not in outcomes:
        raise InputError(f"不认识的处理结果代码“{code}”，可用：{'、'.join(outcomes)}。")
    return outcomes[code]


def _groups(found: Row) -> Mapping[str, str]:
    groups, order = found["groups"], read_words(found, "group_order", FILE)
    if list(order) != list(groups) or not all(isinstance(label, str) for label in groups.values()):
        raise CorpusError(f"{FILE} groups：应当按 group_order 的顺序为每一组写一个名称。")
    return {str(key): label for key, label in groups.items()}


def _refuse_strangers(outcomes: Outcomes) -> None:
    for code, outcome in outcomes.items():
        for other in outcome.neighbours:
            if other not in outcomes or other == code:
                raise CorpusError(f"{FILE} {code}：neighbours 里没有这个代码：{other}。")


def _refuse_one_sided(outcomes: Outcomes) -> None:
    """Two outcomes are told apart from both sides: whoever starts at either finds the question."""
    for code, outcome in outcomes.items():
        for other in outcome.neighbours:
            if code not in outcomes[other].neighbours:
                raise CorpusError(
                    f"{FILE} {code}：neighbours 写了 {other}，而 {other} 的 neighbours 没有写 {code}。"
                )


def _outcome(row: Row, where: str, groups: Mapping[str, str], papers: tuple[str, ...]) -> Outcome:
    require_keys(row, _ROW, where)
    group = row["code"].split(".")[0]
    if group not in groups:
        raise CorpusError(f"{where}：“code”的第一段“{group}”不在 groups 里。")
    roads = tuple(
        _road(road, place, papers) for road, place in read_rows(row, "roads", f"{where} roads", "road", _ROAD)
    )
    refuse_twice((road.name for road in roads), f"{where} roads", "road")
    if (len(roads) > 1) != bool(row["roads_apart"]):
        raise CorpusError(f"{where}：“roads_apart”应当在有几种情形时写明怎样区分，只有一种时为 null。")
    guards = tuple(
        _guard(one, place, roads)
        for one, place in read_rows(row, "guards", f"{where} guards", "guard", _GUARD)
    )
    refuse_twice((guard.key for guard in guards), f"{where} guards", "guard")
    return Outcome(
        code=row["code"],
        label=row["label"],
        group_label=groups[group],
        roads=roads,
        elements=read_words(row, "elements", where),
        evidence=read_words(row, "evidence", where),
        neighbours=_questions(row, "neighbours", "code", where),
        remedy=one_of(row, "remedy", REMEDIES, where),
        validity=read_validity(row),
        roads_apart=row["roads_apart"],
        guards=guards,
        beside=_questions(row, "beside", "paper", where),
    )


def _road(row: Row, where: str, papers: tuple[str, ...]) -> Road:
    own = read_words(row, "papers", where, least=0)
    return Road(row["road"], row["when"], read_basis(row, where), row["letter"], (*papers, *own))


def _guard(row: Row, where: str, roads: tuple[Road, ...]) -> Guard:
    named = read_words(row, "roads", where, least=0)
    strangers = set(named) - {road.name for road in roads}
    if strangers:
        raise CorpusError(f"{where}：“roads”里没有这种情形：{'、'.join(sorted(strangers))}。")
    basis = read_basis(row, where)
    return Guard(row["guard"], row["holds"], row["when"], named, row["paper"], basis, row["verified"])


def _questions(row: Row, key: str, name: str, where: str) -> Mapping[str, str]:
    """Code → the question that separates; each code once, each question asked as one."""
    if not row[key]:
        return {}
    found: dict[str, str] = {}
    for one, place in read_rows(row, key, f"{where} {key}", name):
        require_keys(one, {name: (str,), "question": (str,)}, place)
        if one[name] in found:
            raise CorpusError(f"{place}：“{name}”重复，同一规则写了两行。")
        if not one["question"].endswith(("？", "。")):
            raise CorpusError(f"{place}：“question”应当写成一句完整的话：{one['question']}")
        found[one[name]] = one["question"]
    return found
