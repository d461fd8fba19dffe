"""The server around the page: headers, downloads, addresses, uploads."""

import gc
import socket
import stat
import threading
import time
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.responses import PlainTextResponse
from starlette.testclient import TestClient

from assistant.cases.accounts import Accounts
from assistant.errors import IndexFault, InputError, SettingsError
from assistant.web import server
from assistant.web.door import Door
from assistant.web.downloads import COOKIE, Downloads
from assistant.web.guard import Guard
from tests.web.office import Office, office

CALL = {"data": [None], "fn_index": 0, "session_hash": "x"}
PASSWORD = "一个足够长的密码-2026"


def with_account(folder: Path) -> Accounts:
    """An office with one account."""
    accounts = Accounts(folder / "accounts.json")
    accounts.put("zhang", PASSWORD, ("clerk",))
    return accounts


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """The whole application as this machine's browser sees it."""
    app = server.build_app(office(tmp_path_factory.mktemp("page")), hosts=["127.0.0.1"])
    with TestClient(app, base_url="http://127.0.0.1") as client:
        yield client


def test_the_page_is_served_with_headers_that_shut_others_out(page: TestClient) -> None:
    """Own sources only, no sniffing, no referrer, no frame."""
    answer = page.get("/")
    assert 200 == answer.status_code
    assert "政府信息公开申请答复助手" in answer.text
    policy = answer.headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "http" not in policy
    assert "nosniff" == answer.headers["x-content-type-options"]
    assert "no-referrer" == answer.headers["referrer-policy"]


def test_the_session_cookie_is_the_servers_alone(page: TestClient) -> None:
    """No script reads it, no other site sends it; it is set once."""
    page.cookies.clear()
    cookie = page.get("/").headers["set-cookie"]
    assert cookie.startswith(f"{COOKIE}=")
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    assert "set-cookie" not in page.get("/").headers


def test_a_foreign_host_name_is_refused(page: TestClient) -> None:
    """A page of another site cannot reach this one through a name that points here."""
    assert 400 == page.get("/", headers={"host": "evil.example"}).status_code


def test_an_upload_cannot_be_read_back(page: TestClient) -> None:
    """Not even by whoever knows where it lies."""
    uploaded = page.post("/gradio_api/upload", files={"files": ("申请书.txt", "身份证号".encode())}).json()[0]
    assert Path(uploaded).is_file()
    assert 404 == page.get(f"/gradio_api/file={uploaded}").status_code


def test_nothing_describes_the_interface_to_strangers(page: TestClient) -> None:
    """No schema, no documentation pages."""
    for path in ("/docs", "/redoc", "/openapi.json"):
        assert page.get(path).status_code in (404, 200)
        assert "swagger" not in page.get(path).text.lower()


def test_a_letter_is_downloaded_once_by_its_session() -> None:
    """As an attachment under its Chinese name; then the link is dead, and says so."""
    downloads, app = Downloads(), FastAPI()
    server._add_download(app, downloads)
    token = downloads.leave("mine", "答复书.docx", b"PK")
    client = TestClient(app, cookies={COOKIE: "mine"})
    assert 404 == TestClient(app, cookies={COOKIE: "other"}).get(f"/download/{token}").status_code
    answer = client.get(f"/download/{token}")
    assert b"PK" == answer.content
    assert answer.headers["content-disposition"].endswith("%E7%AD%94%E5%A4%8D%E4%B9%A6.docx")
    assert "no-store" == answer.headers["cache-control"]
    again = client.get(f"/download/{token}")
    assert 404 == again.status_code
    assert "链接已失效" in again.text


def test_with_an_account_set_the_page_asks_for_it(tmp_path: Path) -> None:
    """Without login there is the login page and nothing else; with it there is the page; then the way out."""
    login = with_account(tmp_path)
    with TestClient(server.build_app(office(tmp_path), login), base_url="http://127.0.0.1") as client:
        for path in ("/config", "/gradio_api/info", "/download/x", "/assets/x.js"):
            assert 401 == client.get(path).status_code
        assert 401 == client.post("/gradio_api/upload", files={"files": ("a.txt", b"a")}).status_code
        assert 401 == client.post("/gradio_api/queue/join", json=CALL).status_code
        assert "查明的事实" not in client.get("/").text
        assert "密码" in client.get("/").text
        refused = client.post("/login", data={"name": "zhang", "password": "wrong"})
        assert 403 == refused.status_code
        assert "用户名或者密码不对" in refused.text
        assert "查明的事实" in client.post("/login", data={"name": "zhang", "password": PASSWORD}).text
        assert "密码" in client.post("/logout").text
        assert 401 == client.get("/config").status_code


def test_a_page_left_open_shows_nothing_to_the_next_who_logs_in(tmp_path: Path) -> None:
    """Its results are refused to another session of the same browser."""
    door = Door(with_account(tmp_path))
    client = TestClient(Guard(PlainTextResponse("result"), door), base_url="http://127.0.0.1")
    first, second = (f"{COOKIE}={door.enter('zhang', PASSWORD)}" for _ in range(2))
    for page, cookie, status in (("left", first, 200), ("left", second, 401), ("new", second, 200)):
        for path in (f"/gradio_api/queue/data?session_hash={page}", f"/gradio_api/heartbeat/{page}"):
            assert status == client.get(path, headers={"cookie": cookie}).status_code


def test_a_login_gives_a_new_session(tmp_path: Path) -> None:
    """A cookie planted beforehand is worth nothing."""
    login = with_account(tmp_path)
    with TestClient(server.build_app(office(tmp_path), login), base_url="http://127.0.0.1") as client:
        client.post(
            "/login", data={"name": "zhang", "password": PASSWORD}, headers={"cookie": f"{COOKIE}=planted"}
        )
        planted = TestClient(client.app, base_url="http://127.0.0.1", cookies={COOKIE: "planted"})
        assert 401 == planted.get("/config").status_code


def test_uploads_pass_through_a_folder_of_our_own(tmp_path: Path) -> None:
    """Nobody else may look in, and a start finds it empty."""
    ours: Office = office(tmp_path)
    left = tmp_path / "uploads" / "left.txt"
    left.parent.mkdir()
    left.write_text("旧文件", encoding="utf-8")
    folder = server._uploads(ours.settings)
    assert 0o700 == stat.S_IMODE(folder.stat().st_mode)
    assert [] == list(folder.iterdir())


def test_a_data_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    """One line with the setting to look at."""
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(InputError, match="data_dir"):
        server._uploads(office(tmp_path / "file").settings)


def test_a_taken_port_is_one_clear_line(our_office: Office) -> None:
    """The port and what to do; nothing was built before it was known."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(InputError, match=f"端口 {port} 已被占用"):
            server.serve(our_office, port=port)


@pytest.mark.parametrize(("host", "port"), [("300.1.1.1", 7860), ("。", 7860), ("127.0.0.1", 70000)])
def test_an_address_that_cannot_be_used_is_one_clear_line(tmp_path: Path, host: str, port: int) -> None:
    """A name that is none, a port that is none."""
    with_account(tmp_path)
    account = office(tmp_path)
    with pytest.raises(InputError, match=r"。$"):
        server.serve(account, host, port)


def test_an_open_address_without_a_login_is_refused(our_office: Office) -> None:
    """Before anything is opened."""
    with pytest.raises(SettingsError, match="登录"):
        server.serve(our_office, "0.0.0.0", 0)


def test_the_analytics_of_the_web_library_are_off(page: TestClient) -> None:
    """The page's own configuration says so, and the browser keeps no history of runs."""
    config: dict[str, Any] = page.get("/config").json()
    assert config["analytics_enabled"] is False
    assert not config.get("run_history", False)


def test_a_page_of_an_earlier_program_is_told_to_be_opened_anew(page: TestClient) -> None:
    """Its press does nothing, and it says what to do; a page of this program acts."""
    answer = page.post("/gradio_api/queue/join", json=CALL, headers={"x-page": "earlier:x"})
    assert 409 == answer.status_code
    assert "接着办" in answer.json()["detail"]


def test_a_page_whose_rules_cannot_be_read_is_not_kept_open(tmp_path: Path) -> None:
    """The page was there while they were read; the fault ends it, named, and garbage is searched for again."""

    class Broken(Office):
        """An office whose index is damaged."""

        @property
        def index(self) -> Any:  # type: ignore[override]
            raise IndexFault("索引坏了。")

    broken = Broken(office(tmp_path).settings)
    with pytest.raises(IndexFault, match="索引坏了"):
        server.serve(broken, port=free_port())
    assert gc.isenabled()


def test_what_the_first_answer_needs_is_read_while_the_page_is_open(tmp_path: Path) -> None:
    """The page comes before the index is there; what is read stays out of the search for garbage."""

    class Slow(Office):
        """An office whose index takes until the page has been seen."""

        seen = threading.Event()

        @property
        def index(self) -> Any:  # type: ignore[override]
            assert self.seen.wait(30)
            raise IndexFault("够了。")

    slow, port = Slow(office(tmp_path).settings), free_port()

    def look() -> None:
        assert "</html>" in waited_for(f"http://127.0.0.1:{port}/")
        slow.seen.set()

    with ThreadPoolExecutor(1) as pool:
        looked = pool.submit(look)
        with pytest.raises(IndexFault, match="够了"):
            server.serve(slow, port=port)
        looked.result()


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def waited_for(address: str) -> str:
    """The page, as soon as it is there."""
    stop = time.monotonic() + 30
    while time.monotonic() < stop:
        try:
            with urllib.request.urlopen(address, timeout=30) as answer:
                return str(answer.read().decode())
        except OSError:
            time.sleep(0.05)
    raise AssertionError(address)
