"""`assistant draft --polish` with a chat model over real HTTP, with none, and with one that fails."""

import json
from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner

from assistant.cli import app
from tests.drafting.conftest import sample_facts
from tests.drafting.test_polishing import BETTER, LETTER
from tests.model.chat_server import answers, chat_server


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A request and its facts, in an office of their own."""
    monkeypatch.setenv("ASSISTANT_DATA_DIR", str(tmp_path / "data"))
    (tmp_path / "request.txt").write_text(LETTER, encoding="utf-8")
    facts = {**sample_facts("not_held_absent"), "road": "absent"}
    (tmp_path / "facts.yaml").write_text(yaml.safe_dump(facts, allow_unicode=True), encoding="utf-8")
    return tmp_path


def draft(files: Path, *more: str) -> tuple[int, str, str, str]:
    """Exit status, stdout, stderr and the letter."""
    out = files / "reply.md"
    words = ["draft", "--request", str(files / "request.txt"), "--outcome", "unable.not_held"]
    words += ["--facts", str(files / "facts.yaml"), "--out", str(out), *more]
    done = CliRunner().invoke(app, words, standalone_mode=False)
    return done.exit_code, done.stdout, done.stderr, out.read_text(encoding="utf-8")


def test_old_words_and_new_ones_are_told(files: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The letter has the new ones; every other line is that of the embedded draft."""
    plain = draft(files)[3]
    with chat_server(answers(BETTER)) as server:
        monkeypatch.setenv("ASSISTANT_CHAT_MODEL", "test-model")
        monkeypatch.setenv("ASSISTANT_CHAT_BASE_URL", server.url)
        status, _, told, letter = draft(files, "--polish")
    assert 0 == status
    assert "对话模型 test-model 润色了 2 处，请逐处核对：" in told
    assert f"现：{BETTER['absence_reason']}" in told
    assert BETTER["search_record"] in letter
    changed = set(plain.splitlines()) ^ set(letter.splitlines())
    assert all("检索" in line or "未实施" in line for line in changed)


def test_a_failure_leaves_the_letter_and_the_status(files: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One line says why; JSON holds it too."""
    plain = draft(files)[3]
    with chat_server(400) as server:
        monkeypatch.setenv("ASSISTANT_CHAT_MODEL", "test-model")
        monkeypatch.setenv("ASSISTANT_CHAT_BASE_URL", server.url)
        status, shown, told, letter = draft(files, "--polish", "--json")
    assert (0, plain) == (status, letter)
    assert "服务不接受这种请求" in told
    polished = json.loads(shown)["polished"]
    assert [] == polished["changes"]
    assert "服务不接受这种请求" in polished["notice"]


def test_without_a_model_the_letter_is_the_embedded_one(files: Path) -> None:
    """And that is said."""
    plain = draft(files)[3]
    status, _, told, letter = draft(files, "--polish")
    assert (0, plain) == (status, letter)
    assert "没有设置对话模型" in told
