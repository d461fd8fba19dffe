"""An OpenAI-compatible chat server on loopback that says what a test tells it to say.

A script is a list of steps, one a request. A step is a message (`says`, `calls`, `answers`), a status number, a
`Status`, `Page`, `Cut` or `Hang`, or a function from what was asked to one of these. Whoever asks for a stream gets the same
message in pieces. Every byte received is kept.
"""

import json
import socket
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Message = dict[str, Any]
Asked = dict[str, Any]


@dataclass(frozen=True)
class Status:
    """An error with its headers, such as Retry-After."""

    code: int
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Page:
    """A body of another kind than a chat server's; `packed` names its packing, its bytes are then latin-1."""

    body: str
    kind: str = "text/html"
    packed: str = ""


@dataclass(frozen=True)
class Cut:
    """The connection breaks: before the answer, or after so many bytes of it (pieces of a stream)."""

    message: Message | None = None
    after: int = 0


@dataclass(frozen=True)
class Hang:
    """Nothing for so many seconds, or one byte a tick for as long."""

    seconds: float
    trickles: bool = False


Reply = Message | int | Status | Page | Cut | Hang
Step = Reply | Callable[[Asked], Reply]


def says(text: str, finish: str = "stop") -> Message:
    """A plain answer; `finish` "length" for one that was cut short, "content_filter" for one kept back."""
    return {"role": "assistant", "content": text, "finish": finish}


def refuses(text: str) -> Message:
    """A refusal as OpenAI marks it."""
    return {"role": "assistant", "content": None, "refusal": text}


def calls(tool: str, **arguments: str) -> Message:
    """A request to use one tool."""
    return called(tool, json.dumps(arguments, ensure_ascii=False))


def called(tool: str, arguments: str) -> Message:
    """The same, its arguments as they are written."""
    function = {"name": tool, "arguments": arguments}
    return {
        "role": "assistant",
        "content": None,
        "tool_calls": [{"id": "t1", "type": "function", "function": function}],
    }


def answers(found: Any) -> Callable[[Asked], Message]:
    """A structured answer by whichever way it is asked for: as text, or as arguments of the forced function."""
    return written(json.dumps(found, ensure_ascii=False))


def written(words: str) -> Callable[[Asked], Message]:
    """The same, word for word: for JSON that is broken, fenced, or not the shape asked for."""

    def reply(asked: Asked) -> Message:
        if "tools" in asked:
            return called(asked["tools"][0]["function"]["name"], words)
        return says(words)

    return reply


def method_of(asked: Asked) -> str:
    """By which of the three methods a structured answer was asked for."""
    if "tools" in asked:
        return "function_calling"
    return {"json_schema": "json_schema", "json_object": "json_mode"}[asked["response_format"]["type"]]


class ChatServer:
    """Answers each request with the next step, status 500 when there is none left; keeps all it was sent."""

    def __init__(self, script: list[Step]) -> None:
        self.script = list(script)
        self.received: list[str] = []
        self.raw: list[str] = []
        self.busiest = 0
        self._busy = 0
        self._lock = threading.Lock()
        self.http = _Http(("127.0.0.1", 0), _handler(self))

    @property
    def url(self) -> str:
        """Base URL for the client."""
        return f"http://127.0.0.1:{self.http.server_port}/v1"

    @property
    def asked(self) -> list[Asked]:
        """The requests as objects."""
        return [json.loads(body) for body in self.received]

    @property
    def everything(self) -> str:
        """Every byte that came in: request lines, headers, bodies, with JSON escapes undone as well."""
        bodies = [json.dumps(asked, ensure_ascii=False) for asked in self.asked]
        return "\n".join((*self.raw, *self.received, *bodies))

    def next(self) -> Step:
        """The next step."""
        with self._lock:
            return self.script.pop(0) if self.script else 500

    @contextmanager
    def counted(self) -> Iterator[None]:
        """How many are served at one time."""
        with self._lock:
            self._busy += 1
            self.busiest = max(self.busiest, self._busy)
        try:
            yield
        finally:
            with self._lock:
                self._busy -= 1


class _Http(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        """A client that has gone away is no news."""


def _handler(server: ChatServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            server.raw.append(f"{self.requestline}\n{self.headers}")
            self.send(200, json.dumps({"object": "list", "data": [{"id": "test-model"}]}).encode())

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            server.raw.append(f"{self.requestline}\n{self.headers}")
            server.received.append(body)
            with server.counted():
                asked = json.loads(body)
                step = server.next()
                self.play(step(asked) if callable(step) else step, asked)

        def play(self, step: Reply, asked: Asked) -> None:
            if isinstance(step, int | Status):
                told = Status(step) if isinstance(step, int) else step
                error = {"error": {"message": "scripted fault", "code": told.code}}
                self.send(told.code, json.dumps(error).encode(), headers=told.headers)
            elif isinstance(step, Page):
                packing = {"Content-Encoding": step.packed} if step.packed else {}
                body = step.body.encode("latin-1" if step.packed else "utf-8")
                self.send(200, body, step.kind, packing)
            elif isinstance(step, Hang):
                self.hang(step)
            elif isinstance(step, Cut):
                self.cut(step, asked)
            elif asked.get("stream"):
                self.stream(step, None)
            else:
                self.send(200, json.dumps(completion(step)).encode())

        def send(
            self, code: int, body: bytes, kind: str = "application/json", headers: Mapping[str, str] = {}
        ) -> None:
            self.send_response(code)
            for name, value in {**headers, "Content-Type": kind, "Content-Length": str(len(body))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def stream(self, step: Message, pieces: int | None) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/event-stream")
            self.end_headers()
            for chunk in chunks(step)[:pieces]:
                self.wfile.write(f"data: {json.dumps(chunk)}\n\n".encode())
                self.wfile.flush()
            if pieces is None:
                self.wfile.write(b"data: [DONE]\n\n")

        def cut(self, step: Cut, asked: Asked) -> None:
            if step.message is not None and asked.get("stream"):
                self.stream(step.message, step.after)
            elif step.message is not None:
                body = json.dumps(completion(step.message)).encode()
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body[: step.after])
            self.wfile.flush()
            self.connection.shutdown(socket.SHUT_RDWR)

        def hang(self, step: Hang) -> None:
            until = time.monotonic() + step.seconds
            if step.trickles:
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.end_headers()
            while time.monotonic() < until:
                time.sleep(0.05)
                if step.trickles:
                    self.wfile.write(b" ")
                    self.wfile.flush()

        def log_message(self, *_: object) -> None:
            """Quiet."""

    return Handler


def completion(message: Message) -> dict[str, Any]:
    """The body of one whole answer."""
    told = {key: value for key, value in message.items() if key != "finish"}
    choice = {"index": 0, "message": told, "finish_reason": _finish(message)}
    usage = {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2}
    return {**_HEAD, "object": "chat.completion", "choices": [choice], "usage": usage}


def chunks(message: Message) -> list[dict[str, Any]]:
    """The same answer in pieces of three characters."""
    words = message.get("content") or ""
    deltas: list[Message] = [{"role": "assistant", "content": ""}]
    deltas += [{"content": words[at : at + 3]} for at in range(0, len(words), 3)]
    deltas += [{"tool_calls": [{"index": 0, **call}]} for call in message.get("tool_calls", [])]
    pieces = [{"index": 0, "delta": delta, "finish_reason": None} for delta in deltas]
    pieces.append({"index": 0, "delta": {}, "finish_reason": _finish(message)})
    return [{**_HEAD, "object": "chat.completion.chunk", "choices": [piece]} for piece in pieces]


_HEAD = {"id": "1", "created": 0, "model": "test"}


def _finish(message: Message) -> str:
    return "tool_calls" if "tool_calls" in message else str(message.get("finish", "stop"))


@contextmanager
def chat_server(*script: Step) -> Iterator[ChatServer]:
    """A running server for the length of a test."""
    server = ChatServer(list(script))
    thread = threading.Thread(target=server.http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.http.shutdown()
        server.http.server_close()
