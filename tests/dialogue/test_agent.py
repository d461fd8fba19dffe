"""The chat model at work, over real HTTP against a server of ours."""

import json
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from assistant.dialogue.agent import _tools
from assistant.dialogue.answers import answer_question
from assistant.ingest.passages import Passage
from assistant.law.instruments import StatuteBook
from assistant.model.records import LOG
from assistant.pipeline import Assistant, open_assistant
from assistant.retrieval.search import Hit, SearchResult
from assistant.settings import Settings
from tests.model.chat_server import calls, chat_server, says

QUESTION = "第三方一直不回复怎么办，要等多久"


@pytest.fixture
def settings(shared_data: Path) -> Settings:
    """Default settings over the test run's one index, with a chat model named."""
    return replace(Settings(), data_dir=shared_data, chat_model="test-model")


def assistant_at(settings: Settings, url: str) -> Assistant:
    """An assistant whose chat model listens at a URL."""
    return open_assistant(replace(settings, chat_base_url=url))


def test_the_model_searches_and_answers(settings: Settings) -> None:
    """The tool's articles reach the model, its checked answer the clerk, our sources stand beside it."""
    said = "第三方应当自收到征求意见书之日起十五个工作日内提出意见，见《政府信息公开条例》第三十二条。"
    with chat_server(calls("search_law", query="第三方逾期未答复"), says(said)) as server:
        answer = answer_question(assistant_at(settings, server.url), QUESTION)
    assert said == answer.answer
    assert "第三十二条" in json.loads(server.received[1])["messages"][-1]["content"]
    assert answer.citations


def test_an_answer_that_cites_no_law_that_exists_is_refused(settings: Settings) -> None:
    """A made-up article never reaches the clerk; the embedded answer stands and says why."""
    with chat_server(says("依据《政府信息公开条例》第六十条处理。")) as server:
        answer = answer_question(assistant_at(settings, server.url), QUESTION)
    assert "第六十条" not in answer.answer
    assert answer.notice is not None
    assert "第六十条" in answer.notice


def test_clauses_of_a_contract_are_nothing_to_refuse(settings: Settings) -> None:
    """What is cited of a contract is no law, and the answer stands."""
    said = "《某某工程施工合同》第六十条是约定，不是法律；答复期限见《政府信息公开条例》第三十三条。"
    with chat_server(says(said)) as server:
        answer = answer_question(assistant_at(settings, server.url), QUESTION)
    assert (said, None) == (answer.answer, answer.notice)


@pytest.mark.parametrize("fault", [500, 429, 400])
def test_a_failing_server_is_named_and_got_round(settings: Settings, fault: int) -> None:
    """The clerk gets the embedded answer and one line about the model."""
    with chat_server(*[fault] * 6) as server:
        answer = answer_question(assistant_at(settings, server.url), QUESTION)
    assert "第三十二条" in answer.answer
    assert answer.notice is not None
    assert "test-model" in answer.notice
    assert answer.notice.endswith("已改用内置方式作答。")


def test_a_server_that_is_not_there_is_named(settings: Settings) -> None:
    """Connection refused is the same story."""
    answer = answer_question(assistant_at(settings, "http://127.0.0.1:9/v1"), QUESTION)
    assert not answer.abstained
    assert answer.notice is not None


def test_personal_data_never_reaches_the_server(settings: Settings) -> None:
    """Every byte sent is read: no ID number, no phone; the clerk's answer has them back."""
    question = f"身份证330681199001011234、电话13812345678的申请人问：{QUESTION}"
    with chat_server(says("⟦手机1⟧的申请人可以等待，见《政府信息公开条例》第三十二条。")) as server:
        answer = answer_question(assistant_at(settings, server.url), question)
    sent = "".join(server.received)
    assert "330681199001011234" not in sent
    assert "13812345678" not in sent
    assert answer.answer.startswith("13812345678")


def test_earlier_replies_are_not_shown_to_the_model(statutes: StatuteBook) -> None:
    """The tool finds law and published reports; what was once answered to somebody stays here."""
    shown = [
        Hit(1, 1.0, Passage("r", "reply", "某人的答复", "某人的答复", "replies/1.md"), "某街公开〔2025〕1号"),
        Hit(2, 0.9, Passage("p", "provision", "条文", "条文", "laws/x.md"), "《政府信息公开条例》第二条"),
    ]
    office = SimpleNamespace(search=lambda _: SearchResult(tuple(shown), True))
    found = _tools(office)[0].invoke({"query": "征地"})  # type: ignore[arg-type]
    assert "《政府信息公开条例》第二条\n条文" == found


def test_every_exchange_leaves_a_line_of_hashes(settings: Settings, tmp_path: Path) -> None:
    """Prompt, model, seconds, outcome; nothing of the question or the answer."""
    own = replace(settings, data_dir=tmp_path)
    office = open_assistant(settings)
    with chat_server(says("可以等待，见《政府信息公开条例》第三十二条。"), 400) as server:
        for _ in range(2):
            office.settings = replace(own, chat_base_url=server.url)
            answer_question(office, QUESTION)
    text = (tmp_path / LOG).read_text(encoding="utf-8")
    lines = [json.loads(line) for line in text.splitlines()]
    assert [("answer_question", "accepted"), ("answer_question", "bad_request")] == [
        (line["prompt"], line["outcome"]) for line in lines
    ]
    assert "第三方" not in text
