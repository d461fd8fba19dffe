"""Answers of a given shape over real HTTP: three methods, one mending, every fault named, every call logged."""

import gzip
import json
import threading
import time
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from assistant.model.chat import unreachable
from assistant.model.faults import CallFault, Unfit
from assistant.model.prompts import Prompt, load_prompt
from assistant.model.records import LOG
from assistant.model.structured import Question, StructuredModel, open_structured_model
from assistant.settings import METHODS, ROOT, Settings
from tests.model.chat_server import (
    Cut,
    Hang,
    Page,
    Status,
    Step,
    answers,
    chat_server,
    completion,
    method_of,
    refuses,
    says,
    written,
)
from tests.model.conftest import At

SCHEMA = {
    "title": "colour",
    "description": "一种颜色",
    "type": "object",
    "required": ["colour"],
    "properties": {"colour": {"type": "string"}},
}
RED = {"colour": "红"}


def prompt() -> Prompt:
    """A shipped prompt; the words do not matter here."""
    return load_prompt(ROOT / "prompts", "answer_question")


def question(words: str = "什么颜色") -> Question:
    """Something to ask."""
    return Question(prompt(), {"question": words}, SCHEMA)


def colour(answer: Mapping[str, Any]) -> str:
    """The check: the answer must name red or blue."""
    if answer.get("colour") not in ("红", "蓝"):
        raise Unfit(f"“{answer.get('colour')}”不是这里的颜色。")
    return str(answer["colour"])


def model_of(settings: Settings) -> StructuredModel:
    """The structured model of settings that name one."""
    model = open_structured_model(settings)
    assert model is not None
    return model


def logged(settings: Settings) -> list[str]:
    """The outcomes in the call log."""
    lines = (settings.data_dir / LOG).read_text(encoding="utf-8").splitlines()
    return [json.loads(line)["outcome"] for line in lines]


@pytest.mark.parametrize("method", METHODS)
def test_an_answer_comes_by_the_method_set(method: str, at: At) -> None:
    """The request asks as the setting says, and the object comes back."""
    with chat_server(answers(RED)) as server:
        found = model_of(at(server.url, method)).ask(question(), colour)
    assert ("红", method) == (found, method_of(server.asked[0]))


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize(
    "first",
    ["没有", "{", '{"colour": "红"', '{"color": "红"}', '{"colour": "绿"}', "null", "", '{"colour": 1}'],
)
def test_an_answer_that_does_not_fit_is_mended_once(first: str, method: str, at: At) -> None:
    """No JSON, broken JSON, another key, another value: the model hears why and answers again."""
    with chat_server(written(first), answers(RED)) as server:
        settings = at(server.url, method)
        found = model_of(settings).ask(question(), colour)
    assert ("红", ["unfit", "repaired"]) == (found, logged(settings))
    assert ["system", "user", "assistant", "user"] == [m["role"] for m in server.asked[1]["messages"]]


def test_the_model_hears_what_was_wrong(at: At) -> None:
    """The reason goes back with the answer it is about."""
    with chat_server(answers({"colour": "绿"}), answers(RED)) as server:
        model_of(at(server.url)).ask(question(), colour)
    *_, said, reason = server.asked[1]["messages"]
    assert "绿" in said["content"]
    assert "“绿”不是这里的颜色。" in reason["content"]


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize(
    "words",
    [
        '```json\n{"colour": "蓝"}\n```',
        '```\n{"colour": "蓝"}```',
        '<think>红还是蓝？{"colour": "红"}</think>\n\n{"colour": "蓝"}',
        '  {"colour": "蓝"}\n',
    ],
)
def test_json_is_found_where_models_put_it(words: str, method: str, at: At) -> None:
    """Fenced, after its thoughts, or as text though a function was asked for."""
    with chat_server(says(words)) as server:
        assert "蓝" == model_of(at(server.url, method)).ask(question(), colour)


def test_an_answer_of_a_hundred_thousand_brackets_is_none(at: At) -> None:
    """Whatever a server sends, the office goes on."""
    deep = says('{"colour":' * 100_000 + "}" * 100_000)
    with chat_server(deep, deep) as server, pytest.raises(CallFault):
        model_of(at(server.url, "json_mode")).ask(question(), colour)


@pytest.mark.parametrize("method", METHODS)
def test_a_second_answer_no_better_is_given_up(method: str, at: At) -> None:
    """Two answers and no more."""
    with chat_server(*[answers({"colour": "绿"})] * 3) as server:
        settings = at(server.url, method)
        with pytest.raises(CallFault, match="回答不合要求"):
            model_of(settings).ask(question(), colour)
    assert (2, ["unfit", "unfit"]) == (len(server.received), logged(settings))


@pytest.mark.parametrize(
    ("step", "kind", "words", "times"),
    [
        (401, "unauthorized", "密钥.*OPENAI_API_KEY", 1),
        (403, "unauthorized", "密钥", 1),
        (404, "no_such_model", "没有这个模型.*chat_model", 1),
        (400, "bad_request", "structured_output", 1),
        (422, "bad_request", "400", 1),
        (500, "server_error", "服务内部出错", 2),
        (503, "server_error", "服务内部出错", 2),
        (Status(429, {"Retry-After": "0"}), "rate_limited", "429", 2),
        (Status(429, {"Retry-After": "3600"}), "rate_limited", "429", 1),
        (Cut(), "cut", "断开", 2),
        (Cut(says("一句话"), after=20), "cut", "断开", 2),
        (refuses("我不能回答"), "refused", "拒绝回答", 1),
        (says("", finish="content_filter"), "refused", "拒绝回答", 1),
        (says('{"colour": "红"}', finish="length"), "truncated", "没有写完", 1),
        (Page("<html>登录</html>"), "no_answer", "OpenAI 兼容接口", 1),
        (Page("[]", "application/json"), "no_answer", "OpenAI 兼容接口", 1),
        (Page("{}", "application/json"), "no_answer", "OpenAI 兼容接口", 1),
        (Page("{", "application/json"), "no_answer", "OpenAI 兼容接口", 1),
    ],
)
@pytest.mark.parametrize("method", METHODS[:2])
def test_every_fault_has_a_name(step: Step, kind: str, words: str, times: int, method: str, at: At) -> None:
    """One Chinese line that says what to do; asked again only where that may help; each call in the log."""
    with chat_server(*[step] * 3) as server:
        settings = at(server.url, method)
        with pytest.raises(CallFault, match=words) as fault:
            model_of(settings).ask(question(), colour)
    assert (kind, times, [kind] * times) == (fault.value.kind, len(server.received), logged(settings))


@pytest.mark.parametrize("passing", [Status(429, {"Retry-After": "0"}), 500, 503, Cut()])
def test_a_passing_fault_is_got_over(passing: Step, at: At) -> None:
    """Busy once, then an answer."""
    with chat_server(passing, answers(RED)) as server:
        assert "红" == model_of(at(server.url)).ask(question(), colour)
    assert 2 == len(server.received)


def test_retry_after_is_kept_to(at: At) -> None:
    """A server that asks for a second gets it."""
    with chat_server(Status(429, {"Retry-After": "1"}), answers(RED)) as server:
        began = time.monotonic()
        model_of(at(server.url)).ask(question(), colour)
    assert time.monotonic() - began >= 1


@pytest.mark.parametrize("trickles", [False, True])
def test_a_slow_server_is_left_in_time(trickles: bool, at: At) -> None:
    """Silence and one byte now and then alike; and it is not asked again."""
    with chat_server(Hang(20, trickles)) as server:
        began = time.monotonic()
        with pytest.raises(CallFault, match="限定的时间"):
            model_of(at(server.url, timeout_seconds=1)).ask(question(), colour)
    assert time.monotonic() - began < 10
    assert 1 == len(server.received)


def test_a_body_longer_than_any_answer_is_not_read_to_its_end(at: At) -> None:
    """Five megabytes are no answer, whatever stands in them."""
    long = says(f'{{"colour": "红"{" " * 5_000_000}}}')
    with chat_server(long) as server, pytest.raises(CallFault, match="OpenAI 兼容接口"):
        model_of(at(server.url)).ask(question(), colour)


def test_a_packed_body_is_not_unpacked(at: At) -> None:
    """None is asked for, and what is sent all the same may be as large as it likes inside."""
    body = gzip.compress(json.dumps(completion(says('{"colour": "红"}'))).encode())
    packed = Page(body.decode("latin-1"), "application/json", "gzip")
    with chat_server(packed) as server, pytest.raises(CallFault, match="OpenAI 兼容接口"):
        model_of(at(server.url)).ask(question(), colour)
    assert "Accept-Encoding: identity" in server.raw[0]


def test_a_server_that_is_not_there_is_left_alone_after_two_calls(at: At) -> None:
    """The third call does not even knock."""
    model = model_of(at("http://127.0.0.1:9/v1"))
    kinds = []
    for _ in range(3):
        with pytest.raises(CallFault) as fault:
            model.ask(question(), colour)
        kinds.append(fault.value.kind)
    assert ["unreachable", "unreachable", "resting"] == kinds


def test_no_address_means_no_call(at: At) -> None:
    """Where chat_base_url is not set nothing is sent anywhere, no default is assumed."""
    with pytest.raises(CallFault, match="不填写就不会向外发送"):
        model_of(at(None)).ask(question(), colour)


def test_a_password_in_the_address_is_not_told(at: At) -> None:
    """The line names the server, not how to log in to it."""
    with pytest.raises(CallFault) as fault:
        model_of(at("http://clerk:secret@127.0.0.1:9/v1")).ask(question(), colour)
    assert "（http://127.0.0.1:9/v1）" in str(fault.value)


def test_a_redirect_is_not_followed(at: At) -> None:
    """What leaves the office goes to the address it has set."""
    elsewhere = Status(307, {"Location": "http://127.0.0.1:9/v1/chat/completions"})
    with chat_server(elsewhere) as server, pytest.raises(CallFault) as fault:
        model_of(at(server.url)).ask(question(), colour)
    assert "bad_request" == fault.value.kind


def test_no_more_calls_at_once_than_set(at: At) -> None:
    """Eight ask, two are served at a time, all are answered."""

    def slow(_: dict[str, Any]) -> dict[str, Any]:
        time.sleep(0.1)
        return says('{"colour": "红"}')

    with chat_server(*[slow] * 8) as server:
        model = model_of(at(server.url, "json_mode", concurrency=2))
        found: list[str] = []
        threads = [
            threading.Thread(target=lambda: found.append(model.ask(question(), colour))) for _ in range(8)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert (["红"] * 8, 2) == (found, server.busiest)


def test_a_line_of_the_log_holds_hashes_and_no_words(at: At) -> None:
    """Prompt, version, hashes, model, method, seconds, outcome: nothing of what was said."""
    with chat_server(answers(RED)) as server:
        settings = at(server.url)
        model_of(settings).ask(question("东塘村的一封信"), colour)
    text = (settings.data_dir / LOG).read_text(encoding="utf-8")
    line = json.loads(text)
    assert {
        "at",
        "prompt",
        "version",
        "prompt_hash",
        "sent_hash",
        "model",
        "method",
        "seconds",
        "outcome",
    } == set(line)
    assert (prompt().hash, "test-model", 64) == (line["prompt_hash"], line["model"], len(line["sent_hash"]))
    assert "东塘村" not in text
    assert "红" not in text


def test_a_log_that_cannot_be_written_costs_no_answer(at: At, tmp_path: Path) -> None:
    """The answer is worth more than its line."""
    (tmp_path / LOG).mkdir()
    with chat_server(answers(RED)) as server:
        assert "红" == model_of(at(server.url)).ask(question(), colour)


def test_kept_answers_are_used_again(at: At) -> None:
    """The same question is not asked twice; another one is; without the setting every one is."""
    with chat_server(*[answers(RED)] * 4) as server:
        settings = at(server.url, keep_answers=True)
        for words in ("甲", "甲", "乙"):
            assert "红" == model_of(settings).ask(question(words), colour)
        assert (2, ["accepted", "kept", "accepted"]) == (len(server.received), logged(settings))
        model_of(replace(settings, chat_calls=at(None).chat_calls)).ask(question("甲"), colour)
    assert 3 == len(server.received)


def test_a_damaged_kept_answer_is_asked_for_again(at: At) -> None:
    """Half a file is no answer."""
    with chat_server(*[answers(RED)] * 2) as server:
        settings = at(server.url, keep_answers=True)
        model_of(settings).ask(question(), colour)
        for file in (settings.data_dir / "model-answers").iterdir():
            file.write_text('{"words"', encoding="utf-8")
        assert "红" == model_of(settings).ask(question(), colour)
    assert 2 == len(server.received)


def test_tracing_asked_for_by_the_environment_gets_nothing(at: At, monkeypatch: pytest.MonkeyPatch) -> None:
    """A tracing service would be told every word of the letter."""
    with chat_server(answers(RED)) as server, chat_server() as tracer:
        monkeypatch.setenv("LANGSMITH_TRACING", "true")
        monkeypatch.setenv("LANGSMITH_API_KEY", "x")
        monkeypatch.setenv("LANGSMITH_ENDPOINT", tracer.url)
        model_of(at(server.url)).ask(question(), colour)
        time.sleep(0.3)
    assert [] == tracer.raw


def test_whether_a_server_is_there_can_be_asked_without_a_word(at: At) -> None:
    """The list of models is asked for, nothing else; a server that is not there gets one line."""
    with chat_server() as server:
        assert None is unreachable(at(server.url))
        assert ([], "GET /v1/models HTTP/1.1") == (server.received, server.raw[0].splitlines()[0])
    assert "连接不上" in str(unreachable(at("http://127.0.0.1:9/v1")))
    assert "chat_base_url" in str(unreachable(at(None)))
    assert None is unreachable(replace(at(None), chat_model=None))
