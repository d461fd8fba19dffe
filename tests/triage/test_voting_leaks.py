"""What leaves the office: every byte that reached the server is read, and so is every file left behind."""

import json
import shutil
from pathlib import Path

import pytest

from assistant.pipeline import Assistant, open_assistant
from assistant.settings import METHODS
from tests.model.chat_server import Asked, Message, answers, chat_server, written
from tests.model.conftest import settings_at

LETTER = """政府信息公开申请表
受理机关：某某街道办事处
申请人：赵丽萍　身份证号：330681199001011234
联系电话：１３８１２３４５６７８，电子邮箱 zhao.liping@example.com
联系地址：某某市某某区人民路88号3幢502室
申请公开内容：本人赵丽萍（手机138 1234 5678，座机0575-87654321）与邻居孙国强（身份证330681198503072213）共有房屋的征收补偿协议，
银行卡6222021234567890123的付款凭证。收件人赵丽萍。
微信号：zhaoliping1990
日期：2026年11月2日
"""
FINDINGS = "经检索查到协议一份，涉及孙国强的隐私，第三方孙国强（电话13900001111）书面不同意公开。赵丽萍系当事人，车牌浙A12345。"
PRIVATE = (
    "赵丽萍",
    "孙国强",
    "330681199001011234",
    "330681198503072213",
    "１３８１２３４５６７８",
    "13812345678",
    "138 1234 5678",
    "13900001111",
    "0575-87654321",
    "87654321",
    "zhao.liping",
    "人民路88号",
    "502室",
    "6222021234567890123",
    "zhaoliping1990",
    "浙A12345",
)


def quoting(asked: Asked) -> Message:
    """A model that quotes the very words around a mark."""
    quote = next(line for line in asked["messages"][1]["content"].split("\n") if line.startswith("经检索"))[
        :24
    ]
    choice = {
        "code": "refuse.third_party",
        "quote": quote,
        "provision": "《政府信息公开条例》第十五条",
    }
    return answers({"outcomes": [choice], "to_establish": []})(asked)


def office(shared_data: Path, tmp_path: Path, url: str, method: str) -> Assistant:
    """An office with a data folder of its own, so that all it leaves behind can be read."""
    shutil.copytree(shared_data, tmp_path, dirs_exist_ok=True, ignore=shutil.ignore_patterns("model-*"))
    return open_assistant(settings_at(tmp_path, url, method, keep_answers=True))


@pytest.mark.parametrize("method", METHODS)
def test_no_personal_datum_leaves_the_office(
    method: str, assistant: Assistant, shared_data: Path, tmp_path: Path
) -> None:
    """Not in the first call, not in the mending, not in headers; the clerk reads the quotation with the data in it."""
    assert assistant.index
    with chat_server(written("没有"), quoting) as server:
        found = office(shared_data, tmp_path, server.url, method).propose(LETTER, FINDINGS)
    assert 2 == len(server.received)
    assert "⟦" in server.everything
    assert [] == [datum for datum in PRIVATE if datum in server.everything]
    assert found.vote is not None
    assert FINDINGS[:24] not in server.everything
    assert found.vote.choices[0].quote.startswith("经检索查到协议一份，涉及孙国强的隐私")


def test_nothing_personal_is_left_in_the_data_folder(
    assistant: Assistant, shared_data: Path, tmp_path: Path
) -> None:
    """The call log holds hashes; kept answers hold the model's words, still masked."""
    assert assistant.index
    with chat_server(quoting) as server:
        office(shared_data, tmp_path, server.url, "json_schema").propose(LETTER, FINDINGS)
    left = [path for path in tmp_path.rglob("model-*") if path.is_file()]
    left += [path for path in (tmp_path / "model-answers").rglob("*") if path.is_file()]
    assert {"model-calls.jsonl", ".json"} <= {path.name for path in left} | {path.suffix for path in left}
    for path in left:
        text = path.read_text(encoding="utf-8")
        assert [] == [datum for datum in PRIVATE if datum in text]
    line = json.loads((tmp_path / "model-calls.jsonl").read_text(encoding="utf-8"))
    assert all("征收" not in str(value) for value in line.values())


def test_nothing_personal_is_logged_when_the_server_repeats_it(
    assistant: Assistant, shared_data: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """A server's error may hold what it was sent: neither the notice nor the log repeats it."""
    assert assistant.index
    with chat_server(*[written("赵丽萍 征收补偿协议")] * 2) as server, caplog.at_level("DEBUG", "assistant"):
        found = office(shared_data, tmp_path, server.url, "json_mode").propose(LETTER, FINDINGS)
    assert "赵丽萍" not in caplog.text + str(found.notice)
    assert "征收" not in caplog.text + str(found.notice)
