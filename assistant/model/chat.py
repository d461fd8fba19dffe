"""The chat model of an office, if it has switched one on: any OpenAI-compatible server.

Nothing is contacted before the first question. Every failure of the server becomes a CallFault with
one Chinese line, so that the caller can fall back and say so.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from assistant.model.faults import CallFault, fault_of
from assistant.model.line import open_line, refuse_tracing
from assistant.settings import Settings

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

log = logging.getLogger(__name__)

# What the client library raises over an answer that is none; RecursionError: an agent that never comes to an end.
_STRANGE = (ValueError, KeyError, TypeError, AttributeError, RecursionError)


def open_chat_model(settings: Settings, retries: int | None = None) -> BaseChatModel | None:
    """The configured chat model, or None where the office uses none.

    The key is read from OPENAI_API_KEY; self-hosted servers usually need none. `retries` are those of the
    client itself (default: as set). Raises CallFault where no address is set: none is ever assumed.
    """
    if not settings.chat_model:
        return None
    if not settings.chat_base_url:
        raise CallFault("no_address", settings)
    from langchain.chat_models import init_chat_model

    refuse_tracing()
    calls = settings.chat_calls
    return init_chat_model(
        settings.chat_model,
        model_provider="openai",
        base_url=settings.chat_base_url,
        api_key=os.environ.get("OPENAI_API_KEY") or "none",
        timeout=calls.timeout_seconds,
        max_retries=calls.retries if retries is None else retries,
        temperature=0,
        use_responses_api=False,
        http_client=open_line(calls.timeout_seconds),
    )


@contextmanager
def model_faults(settings: Settings) -> Iterator[None]:
    """Turns whatever the server does wrong inside the block into a CallFault; never logs the text sent."""
    import httpx
    import openai

    try:
        yield
    except (openai.OpenAIError, httpx.HTTPError, *_STRANGE) as fault:
        told = fault_of(fault, settings)
        log.info("chat model failed: %s (%s)", told.kind, type(fault).__name__)
        raise told from fault


def unreachable(settings: Settings, seconds: float = 3) -> str | None:
    """One line where a chat model is set and its server does not answer; None where all is well.

    Asks for the list of models and nothing else: no text of the office leaves it.
    """
    if not settings.chat_model:
        return None
    if not settings.chat_base_url:
        return str(CallFault("no_address", settings))
    import httpx

    key = os.environ.get("OPENAI_API_KEY") or "none"
    try:
        said = httpx.get(
            f"{settings.chat_base_url.rstrip('/')}/models",
            headers={"Authorization": f"Bearer {key}"},
            timeout=seconds,
        )
    except (httpx.HTTPError, httpx.InvalidURL) as fault:
        return str(fault_of(fault, settings))
    return str(CallFault("unauthorized", settings)) if said.status_code in (401, 403) else None
