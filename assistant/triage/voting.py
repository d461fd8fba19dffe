"""The chat model beside the embedded classifier, where the office has switched one on.

The classifier always judges first and its judgement always stands: a model that fails, answers wrongly or is
led astray by the letter can at most make the assistant ask. Nothing of it is loaded where no model is set.
Basis: 政府信息公开条例第三十六条至第三十九条.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from assistant.errors import IndexFault, ModelFault
from assistant.law import china_time
from assistant.law.instruments import StatuteBook
from assistant.law.outcomes import Outcomes
from assistant.model.prompts import Prompt, load_prompt
from assistant.model.structured import Question, StructuredModel
from assistant.retrieval.filters import Filters
from assistant.retrieval.index import Index
from assistant.retrieval.search import Hit, search
from assistant.triage.classifier import Classifier, Proposal, gather
from assistant.triage.letter import Request, read_request
from assistant.triage.votes import Vote, separating_question
from assistant.triage.voting_answer import Answer, Grounds, check_answer
from assistant.triage.voting_sheet import answer_schema, lay_sheet, sheet_values

PROMPT = "classify_request"
STANDS = "以下是内置分类器的结果。"
UNDECIDED = "对话模型没有看出属于哪一种处理结果，" + STANDS

# So many provisions are looked up, for so much of what is asked.
SHOWN, ASKED = 8, 1500

LookUp = Callable[[str, date], tuple[Hit, ...]]


@dataclass(frozen=True)
class VotingClassifier:
    """The embedded classifier with a chat model beside it; `look_up` finds the provisions for a question."""

    classifier: Classifier
    model: StructuredModel
    book: StatuteBook
    look_up: LookUp

    @property
    def version(self) -> str:
        """The classifier's version, the model's name and the prompt that was used."""
        return f"{self.classifier.version}+{self.model.name}+{self._prompt.name}@{self._prompt.version}"

    @property
    def outcomes(self) -> Outcomes:
        """The outcomes both choose from."""
        return self.classifier.outcomes

    @property
    def at_once(self) -> int:
        """As many letters as the office lets the model be asked at one time."""
        return self.model.settings.chat_calls.concurrency

    @property
    def processes(self) -> int:
        """One: its time goes in waiting for the model."""
        return 1

    def prepared(self) -> "VotingClassifier":
        """The same for many letters: the classifier prepared, the model asked no differently."""
        return replace(self, classifier=self.classifier.prepared())

    def propose(self, request: str, findings: str = "", on: date | None = None) -> Proposal:
        """The classifier's proposal, with the model's vote counted or with the reason why there is none.

        Raises InputError for a letter the classifier cannot read either.
        """
        day = on or china_time.today()
        proposal = self.classifier.propose(request, findings, day)
        try:
            choices, open_points = self._ask(read_request(request), request, findings, day)
        except (ModelFault, IndexFault) as fault:
            return replace(proposal, notice=f"{fault}{STANDS}")
        named = f"{self._prompt.name}@{self._prompt.version}"
        vote = Vote(self.model.name, named, choices, open_points)
        return self._count(proposal, vote)

    def _ask(self, read: Request, request: str, findings: str, on: date) -> Answer:
        evidence = gather(self.classifier.signals, request, findings, on)
        sheet = lay_sheet(read, evidence.request, findings)
        hits = self.look_up(f"{read.asked} {findings}".strip()[:ASKED], on)
        values, schema = sheet_values(sheet, self.outcomes, hits), answer_schema(tuple(self.outcomes))
        question = Question(self._prompt, values, schema)
        grounds = Grounds(sheet, {"request": request, "findings": findings}, self.outcomes, self.book, on)
        return self.model.ask(question, lambda answer: check_answer(answer, grounds))

    @cached_property
    def _prompt(self) -> Prompt:
        return load_prompt(self.model.settings.prompts_dir, PROMPT)

    def _count(self, proposal: Proposal, vote: Vote) -> Proposal:
        """The vote beside the proposal: agreement is noted, disagreement becomes a question."""
        if not vote.choices:
            return replace(proposal, vote=vote, notice=UNDECIDED)
        first, other = proposal.outcomes[0].code, vote.choices[0].code
        if first == other:
            return replace(proposal, engine="model", vote=replace(vote, agrees=True))
        labels = {outcome.code: outcome.label for outcome in proposal.outcomes}
        question = separating_question(self.classifier.question(first, other), labels, first, other)
        told = replace(vote, agrees=False)
        return replace(proposal, engine="model", abstain=True, question=question, vote=told)


def provisions_of(index: Callable[[], Index]) -> LookUp:
    """Looks up provisions only, in an index that is opened with the first question."""

    def look_up(query: str, on: date) -> tuple[Hit, ...]:
        return search(index(), query, SHOWN, on, Filters(kind="provision")).hits if query else ()

    return look_up
