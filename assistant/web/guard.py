"""What stands before every request: the door, security headers, a session cookie, no way back to an upload."""

import json
import secrets
from dataclasses import dataclass, field
from http.cookies import CookieError, SimpleCookie
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

from assistant.errors import InputError
from assistant.web.door import Door
from assistant.web.downloads import COOKIE
from assistant.web.markup import Markup, el
from assistant.web.pages import HEADER, LOST, STATUS, Pages
from assistant.web.theme import login_style
from assistant.web.unfinished import KEPT_SECONDS

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

TITLE = "政府信息公开申请答复助手"
UPLOADED = "/gradio_api/file="  # where the web library would serve uploads from
# By these the web library tells the open pages apart.
RESULTS, ALIVE, JOIN = "/gradio_api/queue/data", "/gradio_api/heartbeat/", "/gradio_api/queue/join"
LONGEST_FORM = 4096
# Without accounts a browser finds its unfinished cases again after it was closed.
LASTING = f"; Max-Age={KEPT_SECONDS}"
_HEADERS = {
    "content-security-policy": (
        "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; object-src 'none'; "
        "base-uri 'self'; frame-ancestors 'none'; form-action 'self'"
    ),
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
}


@dataclass
class Guard:
    """Lets through who is inside; the others see the login page and nothing else."""

    app: "ASGIApp"
    door: Door
    pages: Pages = field(default_factory=Pages)

    async def __call__(self, scope: "Scope", receive: "Receive", send: "Send") -> None:
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        session = session_of(scope)
        cookie = None if session or self.door.locked else _cookie(secrets.token_urlsafe(24), LASTING)
        # Who has logged out finds the page again by no way back of the browser.
        kept = [] if not self.door.locked or scope["path"] != "/" else [(b"cache-control", b"no-store")]
        answer = _with_headers(send, cookie, kept)
        if scope["path"] not in ("/login", "/logout") and not self.door.is_inside(session):
            to_login = scope["path"] == "/"
            return await _end(
                answer, 303 if to_login else 401, [(b"location", b"/login")] if to_login else []
            )
        if scope["path"].startswith(UPLOADED):
            return await _end(answer, 404, [])
        if not self.door.owns(session, _page_of(scope)):
            return await _end(answer, 401, [])
        if scope["path"] == JOIN and not self.pages.knows(dict(scope["headers"]).get(HEADER)):
            told = json.dumps({"detail": LOST}, ensure_ascii=False).encode()
            return await _end(answer, STATUS, [(b"content-type", b"application/json")], told)
        return await self.app(scope, receive, answer)


def _page_of(scope: "Scope") -> str:
    """The open page that asks for its results or says that it is still there; nothing for any other request."""
    if scope["path"] == RESULTS:
        asked: str = scope["query_string"].decode("latin-1")
        return parse_qs(asked).get("session_hash", [""])[0]
    page: str = scope["path"].removeprefix(ALIVE)
    return page if page != scope["path"] else ""


def session_of(scope: "Scope") -> str | None:
    """The session a request belongs to."""
    cookies: SimpleCookie = SimpleCookie()
    try:
        for name, value in scope["headers"]:
            if name == b"cookie":
                cookies.load(value.decode("latin-1"))
    except CookieError:
        return None
    return cookies[COOKIE].value if COOKIE in cookies else None


def add_login(app: Any, door: Door) -> None:
    """The login page, and the way out."""
    from fastapi import Request, Response
    from starlette.concurrency import run_in_threadpool

    async def enter(request: Request) -> Response:
        body = await request.body()
        given = parse_qs(body[:LONGEST_FORM].decode("utf-8", "replace"))
        try:
            name, password = (given.get(key, [""])[0] for key in ("name", "password"))
            session = await run_in_threadpool(door.enter, name, password)
        except InputError as fault:
            return Response(_login_page(str(fault)), 403, media_type="text/html; charset=utf-8")
        return Response(status_code=303, headers={"location": "/", "set-cookie": _cookie(session)})

    def show() -> Response:
        return Response(_login_page(), media_type="text/html; charset=utf-8")

    def leave(request: Request) -> Response:
        door.leave(request.cookies.get(COOKIE))
        return Response(status_code=303, headers={"location": "/login"})

    app.get("/login")(show)
    app.post("/login")(enter)
    app.post("/logout")(leave)


def _login_page(fault: str | None = None) -> str:
    fields = (
        el(
            "label",
            "用户名",
            el("input", name="name", autocomplete="username", required=True, autofocus=True),
        ),
        el(
            "label",
            "密码",
            el("input", name="password", type="password", autocomplete="current-password", required=True),
        ),
    )
    told = el("p", fault, class_="fault", role="alert") if fault else None
    form = el("form", el("h1", TITLE), told, *fields, el("button", "登录"), method="post", action="/login")
    head = el("head", el("meta", charset="utf-8"), el("title", TITLE), el("style", Markup(login_style())))
    return f"<!doctype html>{el('html', head, el('body', el('main', form)), lang='zh-CN')}"


def _cookie(session: str, more: str = "") -> str:
    return f"{COOKIE}={session}; Path=/; HttpOnly; SameSite=Strict{more}"


def _with_headers(send: "Send", cookie: str | None, more: list[tuple[bytes, bytes]]) -> "Send":
    extra = [*((name.encode(), value.encode()) for name, value in _HEADERS.items()), *more]
    if cookie:
        extra.append((b"set-cookie", cookie.encode()))

    async def answer(message: "Message") -> None:
        if message["type"] == "http.response.start":
            message = {**message, "headers": [*message["headers"], *extra]}
        await send(message)

    return answer


async def _end(send: "Send", status: int, headers: list[tuple[bytes, bytes]], body: bytes = b"") -> None:
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
