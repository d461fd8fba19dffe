"""The chat model of an office, if it has switched one on: any OpenAI-compatible server.

Nothing is contacted before the first question. Every failure of the server becomes a ModelFault with
one Chinese line, so that the caller can fall back and say so.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from assistant.errors import ModelFault
from assistant.settings import Settings

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

log = logging.getLogger(__name__)

TIMEOUT_SECONDS = 60


def open_chat_model(settings: Settings) -> BaseChatModel | None:
    """The configured chat model, or None where the office uses none.

    The key is read from OPENAI_API_KEY; self-hosted servers usually need none.
    """
    if not settings.chat_model:
        return None
    from langchain.chat_models import init_chat_model

    return init_chat_model(
        settings.chat_model,
        model_provider="openai",
        base_url=settings.chat_base_url,
        api_key=os.environ.get("OPENAI_API_KEY", "none"),
        timeout=TIMEOUT_SECONDS,
        max_retries=1,
        temperature=0,
    )


@contextmanager
def model_faults(settings: Settings) -> Iterator[None]:
    """Turns whatever the server does wrong inside the block into a ModelFault; never logs the text sent."""
    import httpx
    import openai

    try:
        yield
    except (openai.OpenAIError, httpx.HTTPError, ValueError, KeyError) as fault:
        log.warning("chat model failed: %s", type(fault).__name__)
        where = settings.chat_base_url or "默认地址"
        raise ModelFault(
            f"对话模型 {settings.chat_model}（{where}）没有给出可用的回答（{type(fault).__name__}）。"
            "已改用内置方式作答；请检查模型服务是否在运行。"
        ) from fault
