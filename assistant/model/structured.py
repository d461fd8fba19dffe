"""Asking the chat model for an answer of a given shape: sent once, mended once, else given up.

How the shape is asked for is the office's setting: json_schema, function_calling or json_mode. Whatever comes
back is checked by the caller; the model hears once what was wrong with it. Every call leaves a line in the log.
"""

from __future__ import annotations

import json
import re
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from assistant.model.chat import model_faults, open_chat_model
from assistant.model.faults import LASTING, PASSING, CallFault, Unfit
from assistant.model.prompts import Prompt, load_prompt
from assistant.model.records import Call, CallLog, KeptAnswers, hash_of
from assistant.settings import Settings

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import AIMessage
    from langchain_core.runnables import Runnable

REPAIR = "repair_answer"
# A server that has let two calls in a row wait in vain is left alone for a minute.
IN_VAIN, REST_SECONDS = 2, 60.0
FIRST_PAUSE = 0.5
# So much of an unfit answer goes back to the model with the reason.
SHOWN_BACK = 4000

# An object by itself, fenced, or after thoughts that the server has not taken away.
_BARE = re.compile(r"\s*(?:<think>.*?</think>)?\s*(?:```\w*\s)?\s*(\{.*\})\s*(?:```)?\s*\Z", re.DOTALL)

Message = tuple[str, str]
Schema = Mapping[str, Any]
Found = TypeVar("Found")
Check = Callable[[Mapping[str, Any]], Found]


@dataclass(frozen=True)
class Question:
    """What the model is asked, and the JSON schema (with title and description) its answer must fit.

    `values` must have gone through model.hiding: nothing here looks for personal data any more.
    """

    prompt: Prompt
    values: Mapping[str, str]
    schema: Schema

    @property
    def messages(self) -> list[Message]:
        """The opening of the exchange."""
        return [("system", self.prompt.system), ("user", self.prompt.fill(self.values))]


@dataclass(frozen=True)
class Reply:
    """What came back: the object, if it was one, else why not; `words` as the model wrote them."""

    words: str
    found: Mapping[str, Any] | None

    def object(self) -> Mapping[str, Any]:
        """The answer as an object. Raises Unfit where it is none."""
        if self.found is None:
            raise Unfit("回答不是一个有效的 JSON 对象。")
        return self.found


@dataclass
class StructuredModel:
    """The chat model of one office for answers that are objects; shared by all who ask at the same time."""

    settings: Settings
    log: CallLog
    _places: threading.BoundedSemaphore = field(init=False, repr=False)
    _in_vain: int = field(default=0, init=False, repr=False)
    _rests_until: float = field(default=0.0, init=False, repr=False)

    def __post_init__(self) -> None:
        self._places = threading.BoundedSemaphore(self.settings.chat_calls.concurrency)

    @property
    def name(self) -> str:
        """The model's name as set."""
        return self.settings.chat_model or ""

    def ask(self, question: Question, check: Check[Found]) -> Found:
        """What `check` makes of the model's answer.

        `check` raises Unfit with a reason for the model, which may then answer once more. Raises CallFault
        where the server fails or the second answer is no better.
        """
        messages = question.messages
        with self._places:
            for outcome in ("accepted", "repaired"):
                with self._logged(question, messages) as note:
                    reply, kept = self._reply(question, messages, note)
                    try:
                        found = check(reply.object())
                    except Unfit as reason:
                        note("unfit")
                        messages = [*messages, *self._sent_back(reply, str(reason))]
                    else:
                        note("kept" if kept else outcome)
                        return found
        raise CallFault("unfit", self.settings)

    def _reply(
        self, question: Question, messages: list[Message], note: Callable[[str], None]
    ) -> tuple[Reply, bool]:
        """The reply, and whether it was kept from before."""
        if not self.settings.chat_calls.keep_answers:
            return self._with_retries(question, messages, note), False
        shelf = KeptAnswers(self.settings.data_dir)
        key = hash_of(self.settings, messages, question.schema)
        found = shelf.find(key)
        if found is not None:
            return Reply(found["words"], found["found"]), True
        reply = self._with_retries(question, messages, note)
        shelf.keep(key, {"words": reply.words, "found": reply.found})
        return reply, False

    def _with_retries(
        self, question: Question, messages: list[Message], note: Callable[[str], None]
    ) -> Reply:
        """One reply, asked for again where another try may help; Retry-After is kept to."""
        calls = self.settings.chat_calls
        for attempt in range(calls.retries + 1):
            try:
                self._refuse_resting()
                reply = self._once(question, messages)
            except CallFault as fault:
                note(fault.kind)
                self._count(fault)
                pause = FIRST_PAUSE * 2**attempt if fault.wait is None else fault.wait
                if fault.kind not in PASSING or attempt == calls.retries or pause > calls.timeout_seconds:
                    raise
                time.sleep(pause)
            else:
                self._in_vain = 0
                return reply
        raise AssertionError("a last attempt returns or raises")

    def _once(self, question: Question, messages: list[Message]) -> Reply:
        with model_faults(self.settings):
            said: dict[str, Any] = self._line(question.schema).invoke(messages)
        raw: AIMessage = said["raw"]
        finish = raw.response_metadata.get("finish_reason")
        if raw.additional_kwargs.get("refusal") or finish == "content_filter":
            raise CallFault("refused", self.settings)
        if finish == "length":
            raise CallFault("truncated", self.settings)
        return Reply(_words(raw), _object(raw, said["parsed"]))

    def _line(self, schema: Schema) -> Runnable[Any, Any]:
        return self._model.with_structured_output(
            dict(schema), method=self.settings.structured_output, include_raw=True
        )

    @cached_property
    def _model(self) -> BaseChatModel:
        model = open_chat_model(self.settings, retries=0)
        if model is None:
            raise CallFault("no_address", self.settings)
        return model

    def _sent_back(self, reply: Reply, reason: str) -> list[Message]:
        prompt = load_prompt(self.settings.prompts_dir, REPAIR)
        said = reply.words[:SHOWN_BACK] or "（空）"
        return [("assistant", said), ("user", prompt.fill({"reason": reason}))]

    def _refuse_resting(self) -> None:
        if time.monotonic() < self._rests_until:
            raise CallFault("resting", self.settings)

    def _count(self, fault: CallFault) -> None:
        self._in_vain = self._in_vain + 1 if fault.kind in LASTING else 0
        if self._in_vain >= IN_VAIN:
            self._rests_until, self._in_vain = time.monotonic() + REST_SECONDS, 0

    @contextmanager
    def _logged(self, question: Question, messages: list[Message]) -> Iterator[Callable[[str], None]]:
        """Gives `note(outcome)`, which writes one line a call: the time runs from call to call."""
        sent = hash_of(self.settings, messages, question.schema)
        prompt, settings = question.prompt, self.settings
        started = time.monotonic()

        def note(outcome: str) -> None:
            nonlocal started
            spent, started = time.monotonic() - started, time.monotonic()
            self.log.write(
                Call(
                    prompt.name,
                    prompt.version,
                    prompt.hash,
                    sent,
                    settings.chat_model or "",
                    settings.structured_output,
                    spent,
                    outcome,
                )
            )

        yield note


def open_structured_model(settings: Settings) -> StructuredModel | None:
    """The structured model of an office that has switched a chat model on; nothing is contacted yet."""
    return StructuredModel(settings, CallLog(settings.data_dir)) if settings.chat_model else None


def _object(raw: AIMessage, parsed: Any) -> Mapping[str, Any] | None:
    """The object answered: the arguments of the function, or else the text as strict JSON.

    The library's own reading of text completes what was broken off; half an answer is none here.
    """
    found = parsed
    if not raw.tool_calls:
        bare = _BARE.match(raw.text)
        try:
            found = json.loads(bare[1]) if bare else None
        except (ValueError, RecursionError):
            found = None
    return found if isinstance(found, dict) else None


def _words(raw: AIMessage) -> str:
    """What the model wrote, wherever it put it: as text or as arguments of the function."""
    calls = [json.dumps(call["args"], ensure_ascii=False) for call in raw.tool_calls]
    broken = [str(call.get("args") or "") for call in raw.invalid_tool_calls]
    return raw.text or "\n".join((*calls, *broken))
