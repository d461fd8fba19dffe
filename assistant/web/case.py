"""What one clerk's session holds: the conversation and the case beside it. Nothing of it outlives the session."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Literal

from assistant.dialogue.intents import Intent
from assistant.web.markup import Markup

if TYPE_CHECKING:
    from assistant.drafting.draft import Draft
    from assistant.drafting.polishing import Polished
    from assistant.drafting.verdict import Verdict
    from assistant.ingest.files.paper import Paper
    from assistant.pipeline import Handled

KEPT = 120

Who = Literal["user", "assistant"]


@dataclass(frozen=True)
class Turn:
    """One message as it is shown; what the clerk or a letter wrote is escaped in it."""

    who: Who
    shown: Markup


@dataclass(frozen=True)
class Heard:
    """A message of the clerk: its text, what kind it is, and what was said of the facts beside an upload.

    `brought` is the upload as a letter about to go out, where it is one.
    """

    text: str
    intent: Intent
    findings: str = ""
    brought: "Paper | None" = None


@dataclass(frozen=True)
class Checked:
    """A text and what the gate said of it. `draft` where the text is our own draft."""

    text: str
    verdict: "Verdict"
    on: date
    draft: "Draft | None" = None


@dataclass(frozen=True)
class Case:
    """The state of a session. `number` counts the letters handled in it; form fields are keyed by it.

    `checked` is our draft, `other` any reply that was brought to be checked; `doubtful` is a question that
    may have been meant as a letter. `polished` are the chat model's words for our draft, neither taken over nor
    left yet. `brought` is a letter uploaded to be checked, with what its file holds. `pending` is a message not answered yet; `typed` are the facts the clerk filled in, by slot.
    """

    turns: tuple[Turn, ...] = ()
    number: int = 0
    letter: str = ""
    handled: "Handled | None" = None
    code: str | None = None
    road: str | None = None
    typed: Mapping[str, str] = field(default_factory=dict)
    checked: Checked | None = None
    other: Checked | None = None
    polished: "Polished | None" = None
    brought: "Paper | None" = field(default=None, repr=False)
    pending: Heard | None = field(default=None, repr=False)
    doubtful: str | None = field(default=None, repr=False)

    def say(self, *turns: Turn) -> "Case":
        """The case with more of the conversation; the oldest turns fall off after KEPT."""
        return replace(self, turns=(*self.turns, *turns)[-KEPT:])
