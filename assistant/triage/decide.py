"""The decision a person takes, checked against the rules: outcome, road, and the provisions it rests on.

Narrow form: the person names outcome and road. The seven steps that lead there will stand before this.
Basis: 政府信息公开条例第三十六条至第三十九条.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from assistant.errors import InputError
from assistant.law.outcomes import Outcomes, known_outcome
from assistant.law.provisions import ProvisionRef

_NO_ANSWERS: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True)
class Decision:
    """What was decided, on which provisions, and by whom; `answers` are the clerk's answers on the way."""

    outcome: str
    road: str
    basis: tuple[ProvisionRef, ...]
    decided_by: str
    answers: Mapping[str, str] = field(default_factory=dict)


def decide(
    outcomes: Outcomes,
    code: str,
    road: str | None = None,
    decided_by: str = "",
    answers: Mapping[str, str] = _NO_ANSWERS,
) -> Decision:
    """The decision as a checked value.

    Where an outcome has several roads one must be named: each has its own basis and its own letter.
    Raises InputError for an unknown code or road, a road not named, or a decision nobody took.
    """
    outcome = known_outcome(code, outcomes)
    if not decided_by.strip():
        raise InputError("没有写明由谁决定。处理结果由人决定，请填写决定人。")
    if road is None and len(outcome.roads) > 1:
        names = "、".join(f"{one.name}（{one.when}）" for one in outcome.roads)
        raise InputError(f"“{outcome.label}”有不同情形，依据和答复书各不相同，请指明一种：{names}。")
    chosen = outcome.road(road)
    return Decision(code, chosen.name, chosen.basis, decided_by.strip(), dict(answers))
