"""An office whose chat model listens where a test's own server does."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from assistant.settings import ChatCalls, Settings

At = Callable[..., Settings]


@pytest.fixture
def at(tmp_path: Path) -> At:
    """Settings for a server: `at(url, method, timeout_seconds=…)`; short times, so that faults are soon over."""

    def settings(url: str | None, method: str = "json_schema", **calls: Any) -> Settings:
        quick = ChatCalls(**{"timeout_seconds": 2, "retries": 1, **calls})
        return replace(
            Settings(),
            data_dir=tmp_path,
            chat_model="test-model",
            chat_base_url=url,
            structured_output=method,
            chat_calls=quick,
        )

    return settings
