"""How often the proposed outcome is the one the law gives, beside guessing and beside copying the nearest case."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.law.outcomes import Outcomes
from assistant.law.provisions import ProvisionRef
from evals.baselines import Ranking, majority, nearest
from evals.labelled import BORDERS, LabelledRequest, load_requests
from evals.metrics import calibration, f1, share
from evals.task import Judged, Metric, Solver, Task, Values, View

if TYPE_CHECKING:
    from assistant.pipeline import Assistant

REGULATION = "《政府信息公开条例》"
LABEL = 14
FIRST = share("top1", "首位正确")
MAIN: tuple[Metric, ...] = (
    FIRST,
    share("top2", "前二位正确"),
    share("acceptable", "首位可辩护"),
    f1("macro_f1", "宏平均 F1"),
    share("basis", "判对时首列依据正确"),
    share("answered", "未弃权"),
    share("right_when_answered", "未弃权时首位正确"),
    calibration("probability", "校准误差 ECE", right="top1"),
)
RECALL: tuple[Metric, ...] = (FIRST,)
FEW: tuple[Metric, ...] = (FIRST, share("acceptable", "首位可辩护"))


def classification(assistant: "Assistant") -> Task[LabelledRequest, Ranking]:
    """The 21 outcomes on the test requests."""
    outcomes = assistant.outcomes
    items = load_requests(outcomes)
    train = [item for item in items if item.split == "train"]
    propose = _proposer(assistant)
    return Task(
        name="classification",
        label="处理结果研判",
        dataset=tuple(item for item in items if item.split == "test"),
        solvers=(
            Solver("assistant", "本程序", propose),
            Solver("majority", "最常见结果", majority(train)),
            Solver("nearest", "BM25 最近邻", nearest(train)),
            Solver("request_alone", "本程序，不看查明情况", lambda item: propose(replace(item, findings=""))),
        ),
        scorer=judge,
        views=_views(outcomes),
    )


def judge(item: LabelledRequest, said: Ranking) -> Judged:
    """Whether the outcome named first is the label, is defensible, and rests on the right provision."""
    first = said.codes[0]
    right = float(first == item.outcome)
    values: Values = {
        "top1": right,
        "top2": float(item.outcome in said.codes[:2]),
        "acceptable": float(first in item.defensible),
    }
    if said.basis and right:
        values["basis"] = float(rests_on(said.basis[0], item.basis))
    if said.probability is not None:
        values["probability"] = said.probability
    if said.abstain is not None:
        values["answered"] = float(not said.abstain)
        if not said.abstain:
            values["right_when_answered"] = right
    return Judged(item.outcome, first, values, _explain(item, said))


def rests_on(printed: str, gold: Sequence[str]) -> bool:
    """Whether a printed provision is one of the labelled ones, or holds it, or lies inside it."""
    said = ProvisionRef.parse(printed)
    return any(said.covers(ref) or ref.covers(said) for ref in map(_provision, gold) if ref)


def _provision(words: str) -> ProvisionRef | None:
    """A labelled basis; of the Regulation where no law is named, none where no article is."""
    try:
        return ProvisionRef.parse(words if words.startswith("《") else REGULATION + words)
    except ValueError:
        return None


def _proposer(assistant: "Assistant") -> Callable[[LabelledRequest], Ranking]:
    def solve(item: LabelledRequest) -> Ranking:
        proposal = assistant.propose(item.request, item.findings)
        first = proposal.outcomes[0]
        return Ranking(
            codes=tuple(outcome.code for outcome in proposal.outcomes),
            probability=first.probability,
            abstain=proposal.abstain,
            basis=tuple(map(str, first.basis)),
        )

    return solve


def _views(outcomes: Outcomes) -> tuple[View[LabelledRequest], ...]:
    names = {code: f"{code} {_short(outcome.label)}" for code, outcome in outcomes.items()}
    borders = tuple(f"第{number}处" for number in BORDERS)
    return (
        View("all", "全部测试申请", lambda _: "全部", MAIN),
        View("findings", "有无查明情况", lambda item: "有查明情况" if item.findings else "无查明情况", FEW),
        View("outcome", "各处理结果的召回", lambda item: names[item.outcome], RECALL, tuple(names.values())),
        View("border", "各处难分界线", _border, RECALL, borders),
        View("style", "各种写法", lambda item: item.style, RECALL),
    )


def _border(item: LabelledRequest) -> str:
    return f"第{item.border}处" if item.border else "不在界线上"


def _short(label: str) -> str:
    return label if len(label) <= LABEL else f"{label[: LABEL - 1]}…"


def _explain(item: LabelledRequest, said: Ranking) -> str:
    if said.codes[0] == item.outcome:
        return ""
    rank = said.codes.index(item.outcome) + 1 if item.outcome in said.codes else "未列入"
    return f"标注 {item.outcome}，列第 {rank}；首位 {said.codes[0]}"
