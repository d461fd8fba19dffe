"""What is kept of the calls to a chat model: one line a call, and the answers themselves where that is set.

A line holds hashes, never words: neither what was sent nor what came back, and nothing of the server's errors.
"""

import hashlib
import json
import logging
import os
import threading
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from assistant.law import china_time
from assistant.settings import Settings

LOG = "model-calls.jsonl"
ANSWERS = "model-answers"

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Call:
    """One call: which prompt in which wording, the hash of all that was sent, to which model, how it went.

    `outcome` is accepted, repaired, unfit, kept (an answer kept from before), left (nobody listened to the
    end) or the kind of a CallFault.
    """

    prompt: str
    version: int
    prompt_hash: str
    sent_hash: str
    model: str
    method: str
    seconds: float
    outcome: str


class CallLog:
    """The calls of one office, one JSON object a line in its data folder."""

    def __init__(self, data_dir: Path) -> None:
        self.path = data_dir / LOG
        self._alone = threading.Lock()

    def write(self, call: Call) -> None:
        """Adds a line; a full disk is no reason to lose the answer, so that is only warned of."""
        at = china_time.now().isoformat(timespec="seconds")
        line = json.dumps({"at": at, **asdict(call), "seconds": round(call.seconds, 3)}, ensure_ascii=False)
        try:
            with self._alone:
                self.path.parent.mkdir(parents=True, exist_ok=True)
                with self.path.open("a", encoding="utf-8") as stream:
                    stream.write(line + "\n")
        except OSError as fault:
            log.warning("对话模型的调用记录没有写成（%s）：%s", self.path, fault.strerror)


class KeptAnswers:
    """Answers under the hash of what was asked; switched on for evaluation runs only.

    The files hold what the model said, with personal data still masked.
    """

    def __init__(self, data_dir: Path) -> None:
        self.folder = data_dir / ANSWERS

    def find(self, key: str) -> dict[str, Any] | None:
        """The answer kept under a hash; none where there is none or it is damaged."""
        try:
            found = json.loads((self.folder / f"{key}.json").read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None
        return found if isinstance(found, dict) else None

    def keep(self, key: str, answer: Mapping[str, Any]) -> None:
        """Keeps an answer, whole or not at all."""
        self.folder.mkdir(parents=True, exist_ok=True)
        target = self.folder / f"{key}.json"
        draft = target.with_suffix(f".{os.getpid()}-{threading.get_ident()}")
        draft.write_text(json.dumps(answer, ensure_ascii=False), encoding="utf-8")
        draft.replace(target)


def hash_of(settings: Settings, messages: Any, schema: Mapping[str, Any]) -> str:
    """SHA-256 over everything that decides the answer: server, model, method, messages, schema."""
    asked = (settings.chat_base_url, settings.chat_model, settings.structured_output, messages, schema)
    return hashlib.sha256(json.dumps(asked, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
