"""What clerks say to the page while it is measured: letters, wishes, questions of law, of figures and of deadlines."""

import random
from collections.abc import Iterator

from assistant.law.outcomes import load_outcomes
from assistant.settings import Settings
from evals.answer_set import load_answers
from evals.labelled import load_requests

SEED = 20261127
# In the order in which a clerk comes to them: the wish concerns the letter before it.
MIX = {"letter": "申请书", "wish": "要求", "article": "问法律", "figure": "问数字", "deadline": "问期限"}
WISHES = ("改成部分公开", "为什么是这个结果", "重新起草")


class Words:
    """The letters of the test requests and the labelled questions, by kind."""

    def __init__(self) -> None:
        outcomes = load_outcomes(Settings().corpus_dir / "rules")
        letters = [item.request for item in load_requests(outcomes) if item.split == "test"]
        asked = load_answers()
        self._said = {
            "letter": letters,
            "wish": list(WISHES),
            **{
                kind: [one.ask for one in asked if one.kind == kind]
                for kind in ("article", "figure", "deadline")
            },
        }

    def letter(self) -> str:
        """The letter a clerk begins with."""
        return self._said["letter"][0]

    def conversation(self, clerk: int) -> Iterator[tuple[str, str]]:
        """Kind and words without end; each clerk begins at another kind and says other things."""
        kinds, rng = list(MIX), random.Random(f"{SEED}-{clerk}")
        turn = clerk
        while True:
            kind = kinds[turn % len(kinds)]
            yield kind, rng.choice(self._said[kind])
            turn += 1
