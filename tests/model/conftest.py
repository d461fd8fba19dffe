"""An office whose chat model listens where a test's own server does."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from assistant.settings import ChatCalls, Settings

At = Callable[..., Settings]


def settings_at(data_dir: Path, url: str | None, method: str = "json_schema", **calls: Any) -> Settings:
    """Settings for a server; short times, so that faults are soon over."""
    return replace(
        Settings(),
        data_dir=data_dir,
        chat_model="test-model",
        chat_base_url=url,
        structured_output=method,
        chat_calls=ChatCalls(**{"timeout_seconds": 8, "retries": 1, **calls}),
    )


@pytest.fixture
def at(tmp_path: Path) -> At:
    """The same over a folder of the test's own: `at(url, method, timeout_seconds=…)`."""
    return lambda url, method="json_schema", **calls: settings_at(tmp_path, url, method, **calls)
