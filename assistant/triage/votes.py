"""The vote of a chat model on a request, and how it is counted beside the embedded classifier.

The model can take certainty away, never give it: it moves no probability and no outcome. Where both lead with
the same outcome that is said; where they do not, the assistant abstains and asks what separates the two.
Basis: 政府信息公开条例第三十六条至第三十九条.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from assistant.triage.signals import Field


@dataclass(frozen=True)
class Choice:
    """One outcome the model would choose: the words it rests on and the living provision it names.

    `quote` is `text[start:end]` of the letter or of the findings, as `field` says.
    """

    code: str
    label: str
    quote: str
    field: Field
    start: int
    end: int
    provision: str


@dataclass(frozen=True)
class Vote:
    """What the model said: up to three outcomes, best first, and what is still to establish.

    `prompt` is the prompt file with its version; `agrees` whether it leads with the classifier's outcome, None
    where the model saw no outcome at all.
    """

    model: str
    prompt: str
    choices: tuple[Choice, ...]
    to_establish: tuple[str, ...]
    agrees: bool | None = None

    def to_json(self) -> dict[str, Any]:
        """The vote as the command line prints it."""
        return {
            "model": self.model,
            "prompt": self.prompt,
            "agrees": self.agrees,
            "outcomes": [dict(vars(choice)) for choice in self.choices],
            "to_establish": list(self.to_establish),
        }


def separating_question(fact: str, labels: Mapping[str, str], embedded: str, model: str) -> str:
    """What the clerk is asked where the two lead with different outcomes: the fact first, then who said what."""
    return f"{fact}（内置研判倾向“{labels[embedded]}”，对话模型倾向“{labels[model]}”，要由这一事实区分。）"
