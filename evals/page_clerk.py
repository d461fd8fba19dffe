"""One clerk at the open page, over the interface a browser uses: opens it, says something, reads what comes."""

import http.client
import json
import secrets
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from assistant.errors import AssistantError

API = "/gradio_api"
NO_FACTS = json.dumps({"case": "", "facts": {}})
PATIENCE = 120.0
CLOSED = (BrokenPipeError, ConnectionResetError, http.client.RemoteDisconnected)

Address = tuple[str, int]


@dataclass(frozen=True)
class PageMap:
    """Events by number, as the page's own configuration tells them.

    `send` hears a message and `answer` answers it; `heard` and `answered` say which of their outputs is the
    conversation. `loads` happen when the page opens, `changes` when a state (by its number) has changed; `given`
    is how many values each event is handed.
    """

    send: int
    answer: int
    box: int
    heard: int
    answered: int
    loads: tuple[int, ...]
    changes: Mapping[int, tuple[int, ...]]
    given: Mapping[int, int]


@dataclass(frozen=True)
class Spoken:
    """Milliseconds from the sending of a message to what the clerk sees.

    `heard_ms`: the message stands in the conversation and below it what is being done with it. `content_ms`: the
    first line of the answer itself. `last_ms`: nothing more comes, the form beside it included.
    """

    heard_ms: float
    content_ms: float
    last_ms: float


def page_map(config: Mapping[str, Any]) -> PageMap:
    """Where the conversation's events are. Raises StopIteration for a page that has none."""
    events = {one["id"]: one for one in config["dependencies"]}
    chat = next(one["id"] for one in config["components"] if one["props"].get("elem_id") == "chat")
    send = next(one for one in events.values() if one["api_name"] == "send")
    answer = next(one for one in events.values() if one["trigger_after"] == send["id"])
    changes: dict[int, tuple[int, ...]] = {}
    for number, one in events.items():
        for target, what in one["targets"]:
            if what == "change":
                changes[target] = (*changes.get(target, ()), number)
    loads = (number for number, one in events.items() if any(what == "load" for _, what in one["targets"]))
    heard, answered = send["outputs"].index(chat), answer["outputs"].index(chat)
    given = {number: len(one["inputs"]) for number, one in events.items()}
    box = send["targets"][0][0]
    return PageMap(send["id"], answer["id"], box, heard, answered, tuple(loads), changes, given)


class Clerk:
    """A clerk with the page open; a new one is a page opened anew, with a conversation of its own."""

    def __init__(self, address: Address, page: PageMap | None = None) -> None:
        self._line = http.client.HTTPConnection(*address, timeout=PATIENCE)
        self._alive = http.client.HTTPConnection(*address, timeout=PATIENCE)
        self._session = secrets.token_hex(8)
        self._cookie: dict[str, str] = {}
        self.page = page or page_map(json.loads(self._get("/config")))

    def open(self) -> bytes:
        """The page as served, its first events done, and the line that keeps the session. Raises AssistantError."""
        served = self._get("/")
        self._alive.request("GET", f"{API}/heartbeat/{self._session}", headers=self._cookie)
        self._alive.getresponse()
        for event in self.page.loads:
            self._alone(event)
        return served

    def say(self, words: str) -> Spoken:
        """One message and its answer. Raises AssistantError where the page does not answer it."""
        began, page = time.perf_counter(), self.page
        ((heard, shown),) = self._happens(page.send, [None, {"text": words, "files": []}], page.box)
        _require_words(shown, page.heard, words)
        answered = list(self._happens(page.answer, [None, NO_FACTS], page.box))
        _require_words(answered[0][1], page.answered, words)
        last = answered[-1][0]
        changed = {state for _, output in answered for state in output.get("changed_state_ids") or ()}
        for event in (one for state in sorted(changed) for one in page.changes.get(state, ())):
            last = self._alone(event)
        return Spoken(*((moment - began) * 1000 for moment in (heard, answered[0][0], last)))

    def leave(self) -> None:
        """The page is closed."""
        self._line.close()
        self._alive.close()

    def _alone(self, event: int) -> float:
        """An event the page sets off by itself, nothing typed: the moment of its last output."""
        return [at for at, _ in self._happens(event, [None] * self.page.given[event], None)][-1]

    def _happens(
        self, event: int, data: list[Any], trigger: int | None
    ) -> Iterator[tuple[float, dict[str, Any]]]:
        """One event of the page: the moment of each output, and what it holds."""
        asked = {"data": data, "event_data": None, "fn_index": event, "trigger_id": trigger}
        body = json.dumps(asked | {"session_hash": self._session})
        _whole(self._asked("POST", f"{API}/queue/join", body))
        stream = self._asked("GET", f"{API}/queue/data?session_hash={self._session}")
        while line := stream.readline():
            at = time.perf_counter()
            if not line.startswith(b"data: "):
                continue
            told = json.loads(line[6:])
            if told.get("success") is False:
                raise AssistantError(f"基准测试：网页没有答上来（{told.get('output') or told}）。")
            if told["msg"] in ("process_generating", "process_completed"):
                yield at, told["output"]

    def _get(self, path: str) -> bytes:
        answer = self._asked("GET", path)
        if given := answer.getheader("set-cookie"):
            self._cookie = {"cookie": given.partition(";")[0]}
        return _whole(answer)

    def _asked(self, method: str, path: str, body: str | None = None) -> http.client.HTTPResponse:
        """One request; a line the server has closed for idleness is opened again, as a browser does."""
        headers = {"content-type": "application/json"} | self._cookie
        try:
            self._line.request(method, path, body, headers)
            return self._line.getresponse()
        except CLOSED:
            self._line.close()
            self._line.request(method, path, body, headers)
            return self._line.getresponse()


def _whole(answer: http.client.HTTPResponse) -> bytes:
    body = answer.read()
    if answer.status != 200:
        raise AssistantError(f"基准测试：网页答复状态 {answer.status}。")
    return body


def _require_words(output: Mapping[str, Any], place: int, words: str) -> None:
    """The conversation ends with words of the assistant's. Raises AssistantError where it does not."""
    turns = output["data"][place]
    if not isinstance(turns, list) or not turns or turns[-1]["role"] != "assistant":
        raise AssistantError(f"基准测试：发出“{words[:20]}”以后，对话里没有助手的话。")
