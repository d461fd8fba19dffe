"""What one clerk's session holds: the conversation and the case beside it. Nothing of it outlives the session."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Literal

from assistant.dialogue.intents import Intent
from assistant.dialogue.wishes import Wish
from assistant.web.markup import Markup
from assistant.web.seat import Seat

if TYPE_CHECKING:
    from assistant.drafting.draft import Draft
    from assistant.drafting.polishing import Polished
    from assistant.drafting.verdict import Verdict
    from assistant.ingest.files.paper import Paper
    from assistant.pipeline import Handled
    from assistant.triage.guidance import CaseAnswers
    from assistant.triage.items import Choice

KEPT = 120

Who = Literal["user", "assistant"]
# How the outcome came to be chosen: proposed and not yet looked at, taken over, changed, or led to by the seven steps.
Settled = Literal["proposed", "adopted", "changed", "guided"]
Told = Intent | Literal["findings", "wish"]


@dataclass(frozen=True)
class Turn:
    """One message as it is shown; what the clerk or a letter wrote is escaped in it."""

    who: Who
    shown: Markup


@dataclass(frozen=True)
class Heard:
    """A message of the clerk: its text, what kind it is, and what was said of the facts beside an upload.

    `brought` is the upload as a letter about to go out, where it is one; `wish` what the assistant is to do.
    """

    text: str
    intent: Told
    findings: str = ""
    brought: "Paper | None" = None
    wish: Wish | None = None


@dataclass(frozen=True)
class Checked:
    """A text and what the gate said of it. `draft` where the text is our own draft."""

    text: str
    verdict: "Verdict"
    on: date
    draft: "Draft | None" = None


@dataclass(frozen=True)
class Guided:
    """The seven steps as far as the clerk has gone: the answers, and the day they are judged as of."""

    answers: "CaseAnswers"
    on: date


@dataclass(frozen=True)
class Decided:
    """One item of a request as decided by itself: its words, its outcome and the road into it."""

    asked: str
    code: str
    road: str


@dataclass(frozen=True)
class Case:
    """The state of a session. `number` counts the letters handled in it; form fields are keyed by it.

    `checked` is our draft, `other` any reply that was brought to be checked; `doubtful` is a question that
    may have been meant as a letter. `paper` is a paper beside the reply that is being written, by its name; the
    draft of the reply then lies `aside`. `polished` are the chat model's words for our draft, neither taken over nor
    left yet. `brought` is a letter uploaded to be checked, with what its file holds. `pending` is a message not
    answered yet; `typed` are the facts the clerk filled in, by slot. `guided` are the seven steps so far; `items`
    those of a request decided item by item, with the `choice` where the law leaves open what the whole counts as.
    `asked` are the clerk's questions so far: the next one may go on from the days they told.
    """

    turns: tuple[Turn, ...] = ()
    number: int = 0
    letter: str = ""
    handled: "Handled | None" = None
    code: str | None = None
    road: str | None = None
    settled: Settled = "proposed"
    guided: Guided | None = None
    items: tuple[Decided, ...] = ()
    choice: "Choice | None" = None
    typed: Mapping[str, str] = field(default_factory=dict)
    paper: str | None = None
    checked: Checked | None = None
    aside: Checked | None = None
    other: Checked | None = None
    polished: "Polished | None" = None
    brought: "Paper | None" = field(default=None, repr=False)
    asked: tuple[str, ...] = ()
    pending: Heard | None = field(default=None, repr=False)
    doubtful: str | None = field(default=None, repr=False)
    seat: Seat = field(default_factory=Seat, repr=False, compare=False)

    @property
    def fresh(self) -> "Case":
        """The case as the page shows it by now, whatever this event was given."""
        return self.seat.now or self

    @property
    def reply(self) -> Checked | None:
        """Our draft of the reply, also while a paper beside it is being written."""
        return self.aside if self.paper else self.checked

    def say(self, *turns: Turn) -> "Case":
        """The case with more of the conversation; the oldest turns fall off after KEPT."""
        return replace(self, turns=(*self.turns, *turns)[-KEPT:])
