"""A chat model on the labelled requests: what it would choose by itself, and the product with its vote counted.

One call serves both columns. A vote that failed leaves the request unscored in both, with the reason.
"""

from dataclasses import dataclass

from assistant.errors import ModelFault
from evals.baselines import Ranking
from evals.chat import Chat
from evals.labelled import LABELLED_ON, LabelledRequest
from evals.task import Solver


@dataclass(frozen=True)
class Voted:
    """The two rankings one call gives."""

    alone: Ranking
    together: Ranking


def vote_solvers(chat: Chat) -> tuple[Solver[LabelledRequest, Ranking], ...]:
    """The product with the vote, and the model alone."""
    name = chat.assistant.settings.chat_model or ""
    return (
        Solver("voted", chat.label, lambda item: voted(chat, item).together, chat.at_once),
        Solver("model", f"{name} 自己", lambda item: voted(chat, item).alone, chat.at_once),
    )


def voted(chat: Chat, item: LabelledRequest) -> Voted:
    """The vote on a request, asked once. Raises ModelFault where there is none."""
    return chat.once("classification", [item.request, item.findings], lambda: _ask(chat, item))


def _ask(chat: Chat, item: LabelledRequest) -> Voted:
    proposal = chat.assistant.proposer.propose(item.request, item.findings, LABELLED_ON)
    if proposal.vote is None:
        raise ModelFault(proposal.notice or "对话模型没有表态。")
    ours = tuple(outcome.code for outcome in proposal.outcomes)
    first, choices = proposal.outcomes[0], proposal.vote.choices
    chosen = tuple(choice.code for choice in choices)
    return Voted(
        alone=Ranking(
            (*chosen, *(code for code in ours if code not in chosen)),
            abstain=not chosen,
            basis=tuple(choice.provision for choice in choices),
        ),
        together=Ranking(ours, first.probability, proposal.abstain, tuple(map(str, first.basis))),
    )
