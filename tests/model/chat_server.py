"""An OpenAI-compatible chat server on loopback that says what a test tells it to say."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


def says(text: str) -> dict[str, Any]:
    """A plain answer."""
    return {"role": "assistant", "content": text}


def calls(tool: str, **arguments: str) -> dict[str, Any]:
    """A request to use one tool."""
    function = {"name": tool, "arguments": json.dumps(arguments, ensure_ascii=False)}
    return {
        "role": "assistant",
        "content": None,
        "tool_calls": [{"id": "t1", "type": "function", "function": function}],
    }


class ChatServer:
    """Answers each request with the next scripted message or status; keeps every byte it was sent."""

    def __init__(self, script: list[dict[str, Any] | int]) -> None:
        self.script = list(script)
        self.received: list[str] = []
        server = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                server.received.append(self.rfile.read(int(self.headers["Content-Length"])).decode())
                step = server.script.pop(0) if server.script else 500
                body = json.dumps(server.reply(step)).encode()
                self.send_response(step if isinstance(step, int) else 200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                """Quiet."""

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)

    @property
    def url(self) -> str:
        """Base URL for the client."""
        return f"http://127.0.0.1:{self.http.server_port}/v1"

    @staticmethod
    def reply(step: dict[str, Any] | int) -> dict[str, Any]:
        """The body of one response."""
        if isinstance(step, int):
            return {"error": {"message": "scripted fault", "code": step}}
        finish = "tool_calls" if "tool_calls" in step else "stop"
        return {
            "id": "1",
            "object": "chat.completion",
            "created": 0,
            "model": "test",
            "choices": [{"index": 0, "message": step, "finish_reason": finish}],
            "usage": {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2},
        }


@contextmanager
def chat_server(*script: dict[str, Any] | int) -> Iterator[ChatServer]:
    """A running server for the length of a test."""
    server = ChatServer(list(script))
    thread = threading.Thread(target=server.http.serve_forever, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.http.shutdown()
        server.http.server_close()
