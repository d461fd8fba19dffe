"""`assistant classify` with a chat model set, over real HTTP; and without one, nothing of it loaded."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from assistant.cli.page import serve
from assistant.pipeline import Assistant
from assistant.settings import ROOT
from tests.model.chat_server import answers, chat_server, method_of

REQUEST = "申请公开2022年我镇某村征地补偿安置方案"
FINDINGS = "经检索，本机关未制作、未保存该信息，该信息由区自然资源局制作"
GOOD = {
    "outcomes": [
        {
            "code": "unable.not_held",
            "quote": "未制作、未保存该信息",
            "provision": "《政府信息公开条例》第三十六条第（五）项",
        }
    ],
    "to_establish": ["区自然资源局的联系方式"],
}
HEAVY = {
    "torch",
    "langchain",
    "langchain_core",
    "langchain_openai",
    "langsmith",
    "openai",
    "chromadb",
    "httpx",
}


def run(
    *words: str, env: Mapping[str, str], code: str = "import assistant.cli; assistant.cli.main()"
) -> subprocess.CompletedProcess[str]:
    """The command in a process of its own; `env` are its settings."""
    plain = {key: value for key, value in os.environ.items() if not key.startswith("ASSISTANT_")}
    return subprocess.run(
        [sys.executable, "-c", f"import sys; sys.argv = ['assistant', *sys.argv[1:]]\n{code}", *words],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**plain, **env},
    )


@pytest.fixture
def office(assistant: Assistant, shared_data: Path) -> dict[str, str]:
    """The environment of an office over the run's one index."""
    assert assistant.index
    return {"ASSISTANT_DATA_DIR": str(shared_data), "ASSISTANT_CHAT_MODEL": "test-model"}


def test_one_request_with_a_model(office: dict[str, str]) -> None:
    """The contract's fields, the engine "model", the vote beside them; the method is the one set."""
    with chat_server(answers(GOOD)) as server:
        env = {**office, "ASSISTANT_CHAT_BASE_URL": server.url, "ASSISTANT_STRUCTURED_OUTPUT": "json_mode"}
        done = run("classify", REQUEST, "--findings", FINDINGS, "--json", env=env)
    found = json.loads(done.stdout)
    assert (0, "") == (done.returncode, done.stderr)
    assert ("json_mode", "model", True) == (
        method_of(server.asked[0]),
        found["engine"],
        found["vote"]["agrees"],
    )
    assert ["区自然资源局的联系方式"] == found["vote"]["to_establish"]
    assert 21 == len(found["outcomes"])


def test_a_model_that_is_not_there_is_one_line_on_stderr(office: dict[str, str]) -> None:
    """The result is printed all the same, and the status is 0."""
    env = {**office, "ASSISTANT_CHAT_BASE_URL": "http://127.0.0.1:9/v1"}
    done = run("classify", REQUEST, "--findings", FINDINGS, env=env)
    assert (0, 1) == (done.returncode, len(done.stderr.splitlines()))
    assert "连接不上" in done.stderr
    assert "unable.not_held" in done.stdout


def test_a_batch_asks_several_at_a_time_and_keeps_the_order(office: dict[str, str], tmp_path: Path) -> None:
    """Eight letters, each with its own vote or its own notice."""
    rows = [{"id": str(number), "request": REQUEST, "findings": FINDINGS} for number in range(8)]
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    with chat_server(*[answers(GOOD)] * 5, *[400] * 3) as server:
        env = {**office, "ASSISTANT_CHAT_BASE_URL": server.url, "ASSISTANT_CHAT_CALLS_CONCURRENCY": "3"}
        done = run("classify", "--input", str(source), "--output", str(target), env=env)
    found = [json.loads(line) for line in target.read_text(encoding="utf-8").splitlines()]
    assert (0, [str(number) for number in range(8)]) == (done.returncode, [row["id"] for row in found])
    assert ["embedded"] * 3 + ["model"] * 5 == sorted(row["engine"] for row in found)
    assert all(("notice" in row) == (row["engine"] == "embedded") for row in found)
    assert server.busiest <= 3
    assert "有 3 件没有用上对话模型" in done.stderr


def test_without_a_model_nothing_of_it_is_loaded(shared_data: Path) -> None:
    """No library of models, no HTTP client: classifying pays for what it uses."""
    code = "import assistant.cli\ntry: assistant.cli.main()\nexcept SystemExit: pass\nprint('LOADED', *sys.modules)"
    done = run("classify", REQUEST, env={"ASSISTANT_DATA_DIR": str(shared_data)}, code=code)
    loaded = {name.split(".")[0] for name in done.stdout.split("LOADED")[1].split()}
    assert "numpy" in loaded
    assert set() == loaded & HEAVY


def test_the_page_opens_though_the_model_is_not_there(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """One line on stderr when the page is opened, and the page is opened."""
    opened: list[tuple[str, int]] = []
    monkeypatch.setattr("assistant.web.server.serve", lambda _, host, port: opened.append((host, port)))
    monkeypatch.setenv("ASSISTANT_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("ASSISTANT_CHAT_MODEL", "test-model")
    monkeypatch.setenv("ASSISTANT_CHAT_BASE_URL", "http://127.0.0.1:9/v1")
    serve("127.0.0.1", 7861)
    assert [("127.0.0.1", 7861)] == opened
    assert "连接不上" in capsys.readouterr().err


def test_a_method_that_is_none_is_named(shared_data: Path) -> None:
    """A wrong setting is one line and status 2."""
    done = run("classify", REQUEST, env={"ASSISTANT_STRUCTURED_OUTPUT": "xml"})
    assert (2, 1) == (done.returncode, len(done.stderr.splitlines()))
    assert "structured_output" in done.stderr
