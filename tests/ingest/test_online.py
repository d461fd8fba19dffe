"""Reports from an address: only when asked, only http and https, never more than the limit."""

import ast
import gzip
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from assistant.errors import InputError, UnreadableFile
from assistant.ingest.files.online import read_online
from assistant.settings import ROOT
from tests.ingest.shapes import as_html, as_pdf, lines_of, report

PAGES = {
    "/art_1.html": ("text/html; charset=gb2312", as_html(report())),
    "/%E5%B9%B4%E6%8A%A5": ("text/html", as_html(report())),
    "/down?id=1": ("application/pdf", as_pdf(report())),
    "/packed": ("text/html", gzip.compress(as_html(report()))),
    "/bomb": ("text/html", gzip.compress(b"0" * 3_000_000)),
    "/long": ("text/html", b"<p>" + b"1" * 2_000_000),
}
LEADS = {
    "/moved": "/art_1.html",
    "/file": "file:///etc/passwd",
    "/ftp": "ftp://127.0.0.1/a",
    "/round": "/round",
}


class _Site(BaseHTTPRequestHandler):
    """A site with a few pages, packed pages, and redirects."""

    def do_GET(self) -> None:
        if self.path in LEADS:
            self.send_response(302)
            self.send_header("Location", LEADS[self.path])
            self.end_headers()
            return
        kind, body = PAGES.get(self.path, ("", b""))
        self.send_response(200 if kind else 404)
        self.send_header("Content-Type", kind)
        if body.startswith(b"\x1f\x8b"):
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nothing is printed."""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    """The address of the site."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "127.0.0.1")


@pytest.mark.parametrize("path", ["/art_1.html", "/年报", "/down?id=1", "/packed", "/moved"])
def test_a_report_is_read_from_its_address(site: str, path: str) -> None:
    """Pages, files behind a query, packed answers and redirects give the report's lines."""
    assert lines_of(report()) == read_online(site + path, online=True).text.split("\n")


def test_the_name_tells_the_kind(site: str) -> None:
    """The last part of the path, and the suffix of what was sent."""
    assert read_online(f"{site}/art_1.html", online=True).name == "art_1.html"
    assert read_online(f"{site}/down?id=1", online=True).name == "down.pdf"


def test_nothing_is_fetched_unasked(site: str) -> None:
    """Without the flag the address is not even looked at."""
    with pytest.raises(InputError, match="默认不联网"):
        read_online(f"{site}/art_1.html", online=False)


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "ftp://127.0.0.1/a",
        "年报.html",
        "http://",
        "http://[::1",
        "javascript:1",
        "http:///a",
    ],
)
def test_other_schemes_are_refused(url: str) -> None:
    """Only addresses of the web are read."""
    with pytest.raises(InputError, match=r"网址“.*”(不能读取|写得不对)"):
        read_online(url, online=True)


@pytest.mark.parametrize(
    ("path", "words"),
    [("/file", "没有跟过去"), ("/ftp", "没有跟过去"), ("/round", "没有跟过去"), ("/none", "网站答复 404")],
)
def test_where_an_address_leads_nowhere_it_is_said(site: str, path: str, words: str) -> None:
    """Redirects to files, to other schemes and in a circle, and pages that are gone."""
    with pytest.raises(InputError, match=words):
        read_online(site + path, online=True)


@pytest.mark.parametrize("path", ["/long", "/bomb"])
def test_more_than_the_limit_is_not_taken(site: str, path: str) -> None:
    """Long answers, and packed ones that swell, are cut off."""
    with pytest.raises(UnreadableFile, match="太大（上限 1 MB）"):
        read_online(site + path, online=True, limit=1024 * 1024)


def test_a_server_that_is_not_there_is_said() -> None:
    """A refused connection is one line."""
    with pytest.raises(InputError, match="读不到"):
        read_online("http://127.0.0.1:9/a.html", online=True)


def test_no_other_reader_opens_a_connection() -> None:
    """Among the readers only the one for addresses imports what connects."""
    connecting = {"urllib.request", "http.client", "socket", "ssl", "requests", "httpx", "ftplib", "asyncio"}

    def imported(path: Path) -> set[str]:
        nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
        plain = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
        return plain | {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)}

    found = {
        path.name for path in (ROOT / "assistant" / "ingest").rglob("*.py") if imported(path) & connecting
    }
    assert found == {"online.py"}
