"""A published report from its address on the web: only when asked for, by the functions here.

Nothing else in this package opens a connection.
"""

import time
import zlib
from pathlib import PurePosixPath
from typing import IO, Any
from urllib.parse import quote, unquote, urlsplit, urlunsplit

from assistant.errors import InputError, UnreadableFile
from assistant.ingest.files.published import FILE_LIMIT, KINDS, Published, read_published_bytes

SCHEMES = ("http", "https")
# A server that says nothing for this long is down; seconds.
SILENCE_LIMIT = 20.0
# The largest file over the slowest line an office has; seconds.
TIME_LIMIT = 120.0

_PIECE = 64 * 1024
_SUFFIXES = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/plain": ".txt",
    "application/pdf": ".pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
}
_NOT_ASKED = "默认不联网：要从网上读取“{url}”，请明确允许联网，或者先用浏览器把网页另存为 .html 再读。"


def read_online(url: str, *, online: bool, limit: int = FILE_LIMIT) -> Published:
    """The report at an http or https address; `limit` is in bytes, packed and unpacked.

    Without `online` nothing is fetched. Raises InputError where the address cannot be used or does not
    answer, leads to something other than http and https, or gives too much; otherwise as `read_published`.
    """
    return read_published_bytes(*fetch(url, online=online, limit=limit))


def fetch(url: str, *, online: bool, limit: int = FILE_LIMIT) -> tuple[str, bytes]:
    """The file at an address, with the name to keep it under. Errors as above, but nothing is read of it."""
    if not online:
        raise InputError(_NOT_ASKED.format(url=url))
    address = _address(url)
    data, kind = _fetched(address, url, limit)
    return _name(address, kind), data


def _address(url: str) -> str:
    """The address in ASCII, as it is sent. Raises InputError."""
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").encode("idna").decode("ascii")
        port = f":{parts.port}" if parts.port else ""
    except (ValueError, UnicodeError) as fault:
        raise InputError(f"网址“{url}”写得不对；请从浏览器的地址栏整个复制过来。") from fault
    if parts.scheme.lower() not in SCHEMES or not host:
        raise InputError(f"网址“{url}”不能读取：只读 http:// 和 https:// 开头的网址；请检查网址。")
    host = f"[{host}]" if ":" in host else host
    path, query = (
        quote(parts.path or "/", safe="/%:@!$&'()*+,;=~"),
        quote(parts.query, safe="=&%/:?@!$'()*+,;~"),
    )
    return urlunsplit((parts.scheme.lower(), host + port, path, query, ""))


def _fetched(address: str, url: str, limit: int) -> tuple[bytes, str]:
    """Body and media type of the answer."""
    import http.client
    import urllib.error

    try:
        with _opener().open(address, timeout=SILENCE_LIMIT) as answer:
            data = _body(answer, url, limit)
            if answer.headers.get("Content-Encoding", "").lower() in ("gzip", "deflate"):
                data = _unpacked(data, url, limit)
            return data, answer.headers.get_content_type()
    except urllib.error.HTTPError as fault:
        if 300 <= fault.code < 400:
            raise InputError(
                f"网址“{url}”转到了不能读取的地址，没有跟过去（只跟 http 和 https，最多 10 次）；请检查网址。"
            ) from fault
        raise InputError(
            f"网址“{url}”没有给出报告（网站答复 {fault.code}）；请在浏览器里打开核对。"
        ) from fault
    except (urllib.error.URLError, http.client.HTTPException, OSError, UnicodeError) as fault:
        reason = getattr(fault, "reason", None) or fault
        raise InputError(
            f"网址“{url}”读不到（{reason}）；请检查网络和网址，或者用浏览器另存后再读。"
        ) from fault


def _opener() -> Any:
    """One that knows http and https and nothing else, redirects included."""
    import urllib.error
    import urllib.request

    class _Redirects(urllib.request.HTTPRedirectHandler):
        def redirect_request(
            self, req: Any, fp: Any, code: int, msg: str, headers: Any, newurl: str
        ) -> urllib.request.Request | None:
            if urlsplit(newurl).scheme.lower() not in SCHEMES:
                raise urllib.error.HTTPError(req.full_url, code, msg, headers, fp)
            return super().redirect_request(req, fp, code, msg, headers, newurl)

    opener = urllib.request.OpenerDirector()
    opener.addheaders = [("User-Agent", "disclosure-assistant"), ("Accept-Encoding", "identity")]
    for handler in (
        urllib.request.ProxyHandler(),
        urllib.request.HTTPHandler(),
        urllib.request.HTTPSHandler(),
        urllib.request.HTTPDefaultErrorHandler(),
        urllib.request.HTTPErrorProcessor(),
        _Redirects(),
    ):
        opener.add_handler(handler)
    return opener


def _body(answer: IO[bytes], url: str, limit: int) -> bytes:
    pieces, size, end = list[bytes](), 0, time.monotonic() + TIME_LIMIT
    while piece := answer.read(_PIECE):
        pieces.append(piece)
        size += len(piece)
        if size > limit:
            raise UnreadableFile(_too_much(url, limit))
        if time.monotonic() > end:
            raise UnreadableFile(f"网址“{url}”读了 {TIME_LIMIT:.0f} 秒还没有读完；请用浏览器下载后再读。")
    return b"".join(pieces)


def _unpacked(data: bytes, url: str, limit: int) -> bytes:
    """What a server packed without being asked to, never more than the limit."""
    unpacker = zlib.decompressobj(zlib.MAX_WBITS | 32)
    try:
        whole = unpacker.decompress(data, limit + 1)
    except zlib.error as fault:
        raise UnreadableFile(f"网址“{url}”给出的内容已损坏；请用浏览器下载后再读。") from fault
    if len(whole) > limit:
        raise UnreadableFile(_too_much(url, limit))
    return whole


def _too_much(url: str, limit: int) -> str:
    return (
        f"网址“{url}”给出的内容太大（上限 {limit / 1024**2:.0f} MB），没有读取；请用浏览器下载后只保留报告。"
    )


def _name(address: str, kind: str) -> str:
    """The last part of the path, with a suffix that tells the kind of file."""
    parts = urlsplit(address)
    name = PurePosixPath(unquote(parts.path)).name or parts.netloc
    if PurePosixPath(name).suffix.lower() in KINDS:
        return name
    return f"{name}{_SUFFIXES.get(kind, '')}"
