"""A real server in its own process, and Debian's Chromium in front of it."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from assistant.settings import ROOT

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from assistant.pipeline import Assistant
    from tests.browser.clerk import Clerk

ARGUMENTS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--no-first-run",
    "--lang=zh-CN",
)
STARTS_WITHIN = 180.0
CHROMIUM = shutil.which("chromium")
CONFIG = """
[agency]
name = "某某市某某街道办事处"
kind = "street"
review_authority = "某某市人民政府"
court = "某某市人民法院"
contact = "党政综合办"
phone = "0000-88880000"
document_series = "某街公开〔{year}〕{number}号"
"""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything here walks a browser; without one it is skipped and says why."""
    reason = "NO BROWSER: chromium is not installed, the page was NOT walked; run tests/browser/install-browser.sh as root"
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
            if not CHROMIUM:
                item.add_marker(pytest.mark.skip(reason=reason))


FAILED = pytest.StashKey[bool]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Any:
    """A test that fails leaves its page to no other."""
    report = yield
    item.stash[FAILED] = item.stash.get(FAILED, False) or report.failed
    return report


@pytest.fixture(scope="session")
def new_data(
    assistant: "Assistant", shared_data: Path, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[], Path]:
    """Makes data folders of an office that begins, with the index of the run: building it takes longest."""
    assert assistant.index

    def made() -> Path:
        data = tmp_path_factory.mktemp("office") / "data"
        shutil.copytree(shared_data / "index", data / "index")
        return data

    return made


@pytest.fixture(scope="session")
def data_dir(new_data: Callable[[], Path]) -> Path:
    """Where the server under test keeps index and uploads."""
    return new_data()


@contextmanager
def served(data_dir: Path, folder: Path, more: str = "", port: int = 0) -> Iterator[str]:
    """The page of a server started as a clerk starts it; `more` settings go before the agency's, 0 is any free port."""
    config = folder / "assistant.toml"
    config.write_text(f'data_dir = "{data_dir}"\n{more}{CONFIG}', encoding="utf-8")
    log = config.with_name("server.log")
    port = port or _free_port()
    command = [sys.executable, "-m", "assistant", "serve", "--port", str(port)]
    environment = {k: v for k, v in os.environ.items() if not k.startswith("ASSISTANT_")}
    with log.open("wb") as output:
        server = subprocess.Popen(
            command,
            cwd=ROOT,
            env={**environment, "ASSISTANT_CONFIG": str(config)},
            stdout=output,
            stderr=output,
        )
        try:
            _wait(f"http://127.0.0.1:{port}/", server, log)
            yield f"http://127.0.0.1:{port}/"
        finally:
            server.terminate()
            server.wait(timeout=20)


@pytest.fixture(scope="package")
def address(data_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The page of the office, while pages are walked."""
    with served(data_dir, tmp_path_factory.mktemp("config")) as page:
        yield page


@pytest.fixture(scope="package")
def browser() -> Iterator["Browser"]:
    """One Chromium while pages are walked; every test gets a profile of its own."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        started = driver.chromium.launch(
            executable_path=CHROMIUM, args=list(ARGUMENTS), env={**os.environ, "LANGUAGE": "zh_CN"}
        )
        yield started
        started.close()


@pytest.fixture
def clerk(browser: "Browser", address: str) -> Iterator["Clerk"]:
    """A clerk with the page open, who sent nothing anywhere else and left nothing in the browser."""
    from tests.browser.clerk import Clerk

    sitting = Clerk(browser, address)
    yield sitting
    sitting.leave()


@pytest.fixture(scope="package")
def desks() -> Iterator[list["Clerk"]]:
    """The page that tests hand on to each other, while none of them fails at it."""
    handed_on: list[Clerk] = []
    yield handed_on
    for sitting in handed_on:
        sitting.context.close()


@pytest.fixture
def seated(
    browser: "Browser", address: str, desks: list["Clerk"], request: pytest.FixtureRequest
) -> Iterator["Clerk"]:
    """A clerk at a page that was used before and cleared with 新的一件, as most cases of a day begin."""
    from tests.browser.clerk import Clerk

    sitting = desks.pop() if desks else Clerk(browser, address)
    sitting.begin_anew()
    yield sitting
    if request.node.stash.get(FAILED, False):
        sitting.context.close()
        return
    sitting.attest()
    desks.append(sitting)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(url: str, server: "subprocess.Popen[bytes]", log: Path) -> None:
    until = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < until:
        assert server.poll() is None, log.read_text(encoding="utf-8", errors="replace")
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError(
        f"no page within {STARTS_WITHIN} s:\n{log.read_text(encoding='utf-8', errors='replace')}"
    )
