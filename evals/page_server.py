"""The page's server as a clerk starts it, in a process of its own: how soon it is usable, how much memory it holds."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from assistant.errors import AssistantError
from assistant.settings import ROOT
from evals.page_clerk import Address, Clerk

HOST = "127.0.0.1"
PATIENCE, PAUSE = 180.0, 0.02


@dataclass(frozen=True)
class Server:
    """A server that has answered: where, when it was started, how many seconds after that, and its process."""

    address: Address
    began: float
    seconds: float
    process: int

    def memory_mb(self) -> float:
        """Resident memory now, in MB (2^20 bytes)."""
        asked = ("ps", "-o", "rss=", "-p", str(self.process))
        status = Path(f"/proc/{self.process}/status")
        if status.is_file():
            lines = status.read_text(encoding="utf-8").splitlines()
            return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS:")) / 1024
        return int(subprocess.run(asked, capture_output=True, text=True, check=True).stdout) / 1024


@contextmanager
def serving(folder: Path, environment: Mapping[str, str]) -> Iterator[Server]:
    """A server on a free port of this machine, from its start to its end.

    It is there when the page has come whole and its first event is done. Raises AssistantError where it ends before.
    """
    port, log = _free_port(), folder / "server.log"
    command = [sys.executable, "-m", "assistant", "serve", "--host", HOST, "--port", str(port)]
    began = time.perf_counter()
    with log.open("w", encoding="utf-8") as told:
        process = subprocess.Popen(command, cwd=ROOT, env=dict(environment), stdout=told, stderr=told)
    try:
        _wait_for((HOST, port), process, log)
        yield Server((HOST, port), began, time.perf_counter() - began, process.pid)
    finally:
        process.terminate()
        process.wait(PATIENCE)


def _wait_for(address: Address, process: "subprocess.Popen[bytes]", log: Path) -> None:
    """Until the page is whole and its first event done. Raises AssistantError where the server is no more."""
    until = time.monotonic() + PATIENCE
    while process.poll() is None and time.monotonic() < until:
        try:
            clerk = Clerk(address)
        except ConnectionError:
            time.sleep(PAUSE)
            continue
        if b"</html>" not in clerk.open():
            raise AssistantError("基准测试：网页没有完整送达。")
        clerk.leave()
        return
    last = (log.read_text(encoding="utf-8").strip().splitlines() or ["没有说明"])[-1]
    raise AssistantError(f"基准测试：网页服务没有起来：{last}")


def _free_port() -> int:
    with socket.socket() as one:
        one.bind((HOST, 0))
        port: int = one.getsockname()[1]
        return port
