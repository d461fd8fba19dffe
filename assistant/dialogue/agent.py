"""The chat model at work: a LangChain agent whose only tools are our search and our figures.

The question goes out masked; what comes back is checked citation by citation before the clerk sees it, sentence
by sentence where it comes as a stream. Earlier replies of the office are never shown to the model.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from assistant.errors import ModelFault
from assistant.law import china_time
from assistant.law.citations import cite
from assistant.model.chat import model_faults, open_chat_model
from assistant.model.faults import CallFault
from assistant.model.hiding import Hidden, hide
from assistant.model.prompts import Prompt, load_prompt
from assistant.model.records import Call, CallLog
from assistant.pipeline import Assistant

if TYPE_CHECKING:
    from langchain_core.tools import BaseTool

PROMPT = "answer_question"
STEPS = {"recursion_limit": 12}
NOTHING = "没有查到。"
_SENTENCE_ENDS = "。！？!?\n"


def ask_model(assistant: Assistant, question: str) -> str:
    """The model's answer, its citations checked. Raises ModelFault where it fails or cites what is not law."""
    with _exchange(assistant, question) as (agent, message, hidden):
        last = agent.invoke({"messages": [message]}, STEPS)["messages"][-1]
        _refuse_unfinished(assistant, last.response_metadata.get("finish_reason") or "stop")
        text = hidden.restore(last.text)
        _refuse_wrong_law(assistant, text)
    return text


def stream_model(assistant: Assistant, question: str) -> Iterator[str]:
    """The same as it comes: each time the whole answer so far, in whole sentences whose citations are checked.

    What the model says before it turns to a tool is followed by the answer itself, in its place. Raises
    ModelFault where the stream breaks off: what was shown until then is no answer.
    """
    with _exchange(assistant, question) as (agent, message, hidden):
        shown, said, finish, turn = "", "", None, None
        for piece, _ in agent.stream({"messages": [message]}, STEPS, stream_mode="messages"):
            if piece.type != "AIMessageChunk":
                continue
            if piece.id != turn:
                turn, said, finish = piece.id, "", None
            said += piece.text
            finish = piece.response_metadata.get("finish_reason") or finish
            ready = _whole_sentences(hidden.restore(said))
            if ready and ready != shown:
                _refuse_wrong_law(assistant, ready)
                shown = ready
                yield shown
        _refuse_unfinished(assistant, finish)
        text = hidden.restore(said)
        _refuse_wrong_law(assistant, text)
        if text != shown:
            yield text


@contextmanager
def _exchange(assistant: Assistant, question: str) -> Iterator[tuple[Any, dict[str, str], Hidden]]:
    """The agent, the question made ready to leave, and what was hidden in it; leaves one line in the call log."""
    from langchain.agents import create_agent

    settings = assistant.settings
    prompt = load_prompt(settings.prompts_dir, PROMPT)
    hidden = hide([question])
    words = prompt.fill({"question": hidden.texts[0]})
    started, outcome = time.monotonic(), "unfit"
    try:
        with model_faults(settings):
            model = open_chat_model(settings)
            if model is None:
                raise ModelFault("没有设置对话模型。请在 assistant.toml 里填写 chat_model。")
            agent = create_agent(model, _tools(assistant), system_prompt=prompt.system)
            yield agent, {"role": "user", "content": words}, hidden
        outcome = "accepted"
    except CallFault as fault:
        outcome = fault.kind
        raise
    except GeneratorExit:
        outcome = "left"
        raise
    finally:
        CallLog(settings.data_dir).write(_call(assistant, prompt, words, started, outcome))


def _call(assistant: Assistant, prompt: Prompt, words: str, started: float, outcome: str) -> Call:
    sent = hashlib.sha256(f"{prompt.system}\n{words}".encode()).hexdigest()
    model, spent = assistant.settings.chat_model or "", time.monotonic() - started
    return Call(prompt.name, prompt.version, prompt.hash, sent, model, "tools", spent, outcome)


def _tools(assistant: Assistant) -> list[BaseTool]:
    """All the model can do: look up law and published reports, and read a figure from a report's table."""
    from langchain_core.tools import tool

    @tool
    def search_law(query: str) -> str:
        """按问题检索现行条文和已公开的年度报告，返回出处和原文。"""
        hits = assistant.search(query).hits if query.strip() else ()
        found = [f"{hit.ref}\n{hit.text}" for hit in hits if hit.passage.kind != "reply"]
        return "\n\n".join(found) or NOTHING

    @tool
    def report_figures(query: str) -> str:
        """从已公开的年度报告表格里查数字，问题里写明机关、年度和项目。"""
        found = assistant.figures(query)
        return found.text if found else "报告表格里没有这个数字。"

    return [search_law, report_figures]


def _whole_sentences(text: str) -> str:
    """A text up to the end of its last sentence."""
    return text[: max(map(text.rfind, _SENTENCE_ENDS)) + 1].rstrip()


def _refuse_unfinished(assistant: Assistant, finish: str | None) -> None:
    """A stream that ends without saying so was cut; one at its limit is no whole answer."""
    if finish == "stop":
        return
    kind = {"length": "truncated", "content_filter": "refused", None: "cut"}.get(finish, "no_answer")
    raise CallFault(kind, assistant.settings)  # type: ignore[arg-type]


def _refuse_wrong_law(assistant: Assistant, text: str) -> None:
    # What is cited of a contract or a bid is nobody's law and nothing to hold against the answer.
    found = cite(text, assistant.statutes, china_time.today())
    wrong = [one.text for one in found if one.status != "ok" and one.why != "private"]
    if wrong or not text.strip():
        what = f"引用了不存在或者失效的条文（{'、'.join(wrong)}）" if wrong else "给出了空的回答"
        raise ModelFault(f"对话模型{what}，已弃用其回答。")
