"""A chat model under evaluation: asked so many times at once and so many times in all, and never twice the same.

Answers are kept under the hash of everything that decides them (server, model, method, prompts, corpus, what was
asked), so that a run over the same cases costs nothing and gives the same figures. A call that fails leaves its
item unscored with the reason; nothing of the embedded answer stands in its place.
"""

import hashlib
import json
import threading
from collections import Counter
from collections.abc import Callable
from copy import copy
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, TypeVar

from assistant.errors import ModelFault
from assistant.model.records import KeptAnswers
from evals.plain_values import from_plain, to_plain

if TYPE_CHECKING:
    from assistant.pipeline import Assistant

MOST_CALLS = 2000
# Parts of an office that are opened once and depend on whether a chat model is set.
_WITH_MODEL = ("proposer", "structured_model", "polisher")

Said = TypeVar("Said")


@dataclass
class Chat:
    """The office's chat model as a run asks it. `most`: items it may be asked in one run, kept answers not counted."""

    assistant: "Assistant"
    rests_on: str
    most: int = MOST_CALLS
    told: Counter[str] = field(default_factory=Counter)
    _alone: threading.Lock = field(default_factory=threading.Lock)

    @property
    def label(self) -> str:
        """What its column is called."""
        return f"本程序加 {self.assistant.settings.chat_model}"

    @property
    def at_once(self) -> int:
        """As many items as the office lets it be asked at one time."""
        return self.assistant.settings.chat_calls.concurrency

    def once(self, task: str, asked: Any, ask: Callable[[], Said]) -> Said:
        """The answer kept for what is asked, else what `ask` gives, which is then kept.

        Raises ModelFault where the model fails or the run has no calls left.
        """
        kept, key = KeptAnswers(self.assistant.settings.data_dir), self._key(task, asked)
        before = kept.find(key)
        if before is not None:
            self.told["取自上次的回答"] += 1
            said: Said = from_plain(before["said"])
            return said
        self._spend()
        try:
            answer = ask()
        except ModelFault:
            self.told["失败"] += 1
            raise
        kept.keep(key, {"said": to_plain(answer)})
        return answer

    def _spend(self) -> None:
        with self._alone:
            if self.told["询问"] >= self.most:
                self.told["超出上限没有问"] += 1
                raise ModelFault(
                    f"已问满本次评测的上限 {self.most} 件。要再问请用 --max-calls 写明更大的数。"
                )
            self.told["询问"] += 1

    def _key(self, task: str, asked: Any) -> str:
        settings = self.assistant.settings
        server = (settings.chat_base_url, settings.chat_model, settings.structured_output)
        whole = json.dumps((task, server, self.rests_on, asked), ensure_ascii=False)
        return hashlib.sha256(whole.encode()).hexdigest()


def open_chat(assistant: "Assistant", rests_on: Any, most: int = MOST_CALLS) -> Chat | None:
    """The chat model of the settings, or None where none is set."""
    if not assistant.settings.chat_model:
        return None
    return Chat(assistant, json.dumps(rests_on, ensure_ascii=False, sort_keys=True), most)


def embedded(assistant: "Assistant") -> "Assistant":
    """The same office without its chat model; what is open already stays open."""
    if not assistant.settings.chat_model:
        return assistant
    twin = copy(assistant)
    twin.settings = replace(assistant.settings, chat_model=None)
    for name in _WITH_MODEL:
        vars(twin).pop(name, None)
    return twin
