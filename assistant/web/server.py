"""The web server: the page, one route for finished letters, headers, and nothing else."""

import errno
import gc
import shutil
import socket
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import quote

from assistant.errors import AssistantError, InputError
from assistant.pipeline import Assistant
from assistant.settings import Settings
from assistant.web.door import Door
from assistant.web.downloads import COOKIE, Downloads
from assistant.web.guard import Guard, add_login
from assistant.web.library import quiet, without_stubs
from assistant.web.login import Login, is_loopback, login_for
from assistant.web.opening import add_sources
from assistant.web.pages import Pages

OFFICE = "application/vnd.openxmlformats-officedocument"
KINDS = {
    ".docx": f"{OFFICE}.wordprocessingml.document",
    ".xlsx": f"{OFFICE}.spreadsheetml.sheet",
    ".json": "application/json",
}
# What is to be said at once does not wait long for what is being worked out.
SWITCH_SECONDS = 0.001
UPLOAD_LIMIT = "64mb"  # the reader refuses smaller files already, in Chinese and with what to do


def serve(assistant: Assistant, host: str = "127.0.0.1", port: int = 7860) -> None:
    """Open the page and stay until interrupted; what the first answer needs is read while the page is being looked at.

    Raises SettingsError for an address others can reach without a login, InputError where the port is taken, and
    whatever keeps the corpus or the index from being read.
    """
    login = login_for(host, assistant.accounts)
    listening = _bind(host, port)
    gc.disable()  # until all is read: what is read stays
    try:
        app = build_app(assistant, login, hosts=_hosts(host))
        sys.setswitchinterval(SWITCH_SECONDS)
        listening.listen(128)
        shown = f"[{host}]" if ":" in host else host
        sys.stdout.write(f"已就绪：http://{shown}:{port}（按 Ctrl+C 停止）\n")
        sys.stdout.flush()
        _run(app, listening, partial(warm, assistant))
    finally:
        gc.enable()
        listening.close()


def warm(assistant: Assistant) -> None:
    """Read and build what the first clerk would else wait for; the index shows its progress.

    All of it stays as long as the program runs, so the search for garbage begins after it and passes it by: going
    through it while twenty clerks speak kept the last of them waiting.
    """
    for part in (
        "index",
        "classifier",
        "outcomes",
        "remedies",
        "reports",
        "letters",
        "letter_parts",
        "composer",
        "seven_steps",
        "books",
    ):
        getattr(assistant, part)
    assistant.classifier.signals.prove()
    assistant.search("政府信息公开申请")
    gc.collect()
    gc.freeze()
    gc.enable()


def build_app(assistant: Assistant, login: Login | None = None, hosts: list[str] | None = None) -> Any:
    """The whole application: headers, session cookie, downloads, page."""
    uploads = _uploads(assistant.settings)
    quiet(uploads)
    from fastapi import FastAPI
    from starlette.middleware.trustedhost import TrustedHostMiddleware

    with without_stubs():
        from assistant.web.blocks import build_blocks

    downloads, door, pages = Downloads(), Door(login), Pages()
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None)
    app.add_middleware(Guard, door=door, pages=pages)
    if hosts:
        app.add_middleware(TrustedHostMiddleware, allowed_hosts=hosts)
    add_login(app, door)
    _add_download(app, downloads)
    add_sources(app, assistant)
    return _mount(app, build_blocks(assistant, downloads, door, pages), pages)


def _add_download(app: Any, downloads: Downloads) -> None:
    from fastapi import Request, Response

    def download(token: str, request: Request) -> Response:
        parcel = downloads.fetch(request.cookies.get(COOKIE), token)
        if parcel is None:
            return Response("链接已失效。请回到页面重新点下载。", 404, media_type="text/plain; charset=utf-8")
        suffix = Path(parcel.name).suffix
        headers = {
            "content-disposition": f"attachment; filename=\"file{suffix}\"; filename*=UTF-8''{quote(parcel.name)}",
            "cache-control": "no-store",
        }
        return Response(parcel.data, media_type=KINDS[suffix], headers=headers)

    app.get("/download/{token}")(download)


def _mount(app: Any, blocks: Any, pages: Pages) -> Any:
    import gradio as gr

    from assistant.web.theme import script, style, theme

    return gr.mount_gradio_app(
        app, blocks, path="/", footer_links=[],
        run_history=False, show_error=False, max_file_size=UPLOAD_LIMIT, ssr_mode=False, enable_monitoring=False,
        pwa=False, mcp_server=False, theme=theme(), css=style(), head=script(pages.program), app_kwargs={"docs_url": None},
        favicon_path=str(Path(__file__).with_name("icon.png")),
    )  # fmt: skip


def _uploads(settings: Settings) -> Path:
    """The folder uploads pass through: ours alone, empty at every start."""
    folder = settings.data_dir / "uploads"
    shutil.rmtree(folder, ignore_errors=True)
    try:
        folder.mkdir(parents=True, mode=0o700)
    except OSError as fault:
        raise InputError(
            f"数据目录 {settings.data_dir} 不能写（{fault.strerror}）。请检查 data_dir 设置和权限。"
        ) from fault
    return folder


def _bind(host: str, port: int) -> socket.socket:
    if not 0 <= port <= 65535:
        raise InputError(f"端口 {port} 不是有效的端口号。请写 1024 到 65535 之间的数，如 7860。")
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        bound = socket.socket(family, kind, protocol)
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind(address)
    except (socket.gaierror, UnicodeError) as fault:
        raise InputError(f"监听地址“{host}”无法识别。请写 IP 地址，如 127.0.0.1。") from fault
    except OSError as fault:
        raise InputError(_why_not(host, port, fault)) from fault
    return bound


def _why_not(host: str, port: int, fault: OSError) -> str:
    if fault.errno == errno.EADDRINUSE:
        return (
            f"端口 {port} 已被占用。请关闭占用它的程序，或者换一个端口：assistant serve --port {port + 1}。"
        )
    if isinstance(fault, PermissionError):
        return f"没有权限使用端口 {port}。请换一个 1024 以上的端口：assistant serve --port 7860。"
    return f"不能在 {host}:{port} 上监听（{fault}）。请检查 --host 和 --port。"


def _hosts(host: str) -> list[str] | None:
    """Names under which a page for this machine alone may be asked for; a foreign name is refused."""
    return ["127.0.0.1", "localhost", "[::1]", "::1"] if is_loopback(host) else None


def _run(app: Any, listening: socket.socket, prepare: Callable[[], None]) -> None:
    """Serve while it is prepared for the first answer. Raises what made that impossible, having stopped."""
    import uvicorn

    config = uvicorn.Config(
        app, log_level="warning", access_log=False, server_header=False, timeout_graceful_shutdown=3
    )
    running, faults = uvicorn.Server(config), list[AssistantError]()

    def prepared() -> None:
        ready = False
        try:
            prepare()
            ready = True
        except AssistantError as fault:
            faults.append(fault)
        finally:
            running.should_exit |= not ready

    Thread(target=prepared, daemon=True).start()
    running.run(sockets=[listening])
    if faults:
        raise faults[0]
