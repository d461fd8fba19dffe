"""How often the proposed outcome is the one the law gives, beside guessing, copying, and the product's own parts.

Requests of one scenario are a family. Whoever misreads a scenario misreads most of its requests, so intervals
draw families, not requests.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.law.provisions import ProvisionRef
from assistant.triage.classifier import Classifier
from evals.baselines import Ranking, majority, nearest, rules_alone
from evals.chat import Chat
from evals.chat_votes import vote_solvers
from evals.classification_views import ANSWERS, views
from evals.confusion import told
from evals.labelled import LABELLED_ON, LabelledRequest, load_requests
from evals.task import Judged, Solver, Task, Values

if TYPE_CHECKING:
    from assistant.pipeline import Assistant

REGULATION = "《政府信息公开条例》"


def classification(
    assistant: "Assistant", cases: tuple[LabelledRequest, ...] | None = None, chat: Chat | None = None
) -> Task[LabelledRequest, Ranking]:
    """The 21 outcomes on the test requests, or on those given; with `chat` the model's votes too."""
    items = load_requests(assistant.outcomes)
    train = [item for item in items if item.split == "train"]
    return Task(
        name="classification",
        label="处理结果研判",
        dataset=tuple(item for item in items if item.split == "test") if cases is None else cases,
        solvers=solvers(assistant.classifier.prepared(), train, chat),
        scorer=judge,
        views=views(assistant.outcomes),
        extras=lambda result: told(result, assistant.outcomes),
        right="top1",
        words=words_of,
    )


def own_requests(
    assistant: "Assistant", items: Sequence[LabelledRequest], chat: Chat | None = None
) -> Task[LabelledRequest, Ranking]:
    """The outcomes on labelled requests of somebody's own; what learns has learnt from the project's."""
    train = [item for item in load_requests(assistant.outcomes) if item.split == "train"]
    return Task(
        name="own_requests",
        label="自备申请",
        dataset=tuple(items),
        solvers=solvers(assistant.classifier.prepared(), train, chat),
        scorer=judge,
        views=views(assistant.outcomes),
        extras=lambda result: told(result, assistant.outcomes),
        right="top1",
        words=words_of,
    )


def words_of(item: LabelledRequest) -> str:
    """What was asked and established, as people read it."""
    return f"{item.request}　〔查明〕{item.findings}" if item.findings else item.request


def solvers(
    classifier: Classifier, train: Sequence[LabelledRequest], chat: Chat | None = None
) -> tuple[Solver[LabelledRequest, Ranking], ...]:
    """The product; what it must beat; and what becomes of it without one of its parts (see `ANSWERS`)."""
    propose = _proposer(classifier)
    unsignalled = replace(classifier, signals=replace(classifier.signals, rules=()))
    found: dict[str, Callable[[LabelledRequest], Ranking]] = {
        "assistant": propose,
        "majority": majority(train),
        "nearest": nearest(train),
        "rules": rules_alone(classifier.signals, train, LABELLED_ON),
        "without_signals": _proposer(unsignalled),
        "request_alone": lambda item: propose(replace(item, findings="")),
    }
    plain = tuple(Solver(name, label, found[name]) for name, label in ANSWERS.items())
    return (*plain, *(vote_solvers(chat) if chat else ()))


def judge(item: LabelledRequest, said: Ranking) -> Judged:
    """Whether the outcome named first is the label, is defensible, and rests on the right provision."""
    first = said.codes[0]
    right = float(first == item.outcome)
    values: Values = {
        "top1": right,
        "top2": float(item.outcome in said.codes[:2]),
        "acceptable": float(first in item.defensible),
    }
    if said.basis and right and item.basis:
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


def _proposer(classifier: Classifier) -> Callable[[LabelledRequest], Ranking]:
    """What a classifier says under the rules of the day the labels were given."""

    def solve(item: LabelledRequest) -> Ranking:
        proposal = classifier.propose(item.request, item.findings, LABELLED_ON)
        first = proposal.outcomes[0]
        return Ranking(
            codes=tuple(outcome.code for outcome in proposal.outcomes),
            probability=first.probability,
            abstain=proposal.abstain,
            basis=tuple(map(str, first.basis)),
        )

    return solve


def _explain(item: LabelledRequest, said: Ranking) -> str:
    if said.codes[0] == item.outcome:
        return ""
    rank = said.codes.index(item.outcome) + 1 if item.outcome in said.codes else "未列入"
    return f"标注 {item.outcome}，列第 {rank}；首位 {said.codes[0]}"
