"""An answer that comes as a stream: whole sentences, checked before they are shown, personal data back in place."""

import json
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.dialogue.answers import Answer, answer_question, answer_stream
from assistant.model.records import LOG
from assistant.pipeline import Assistant, open_assistant
from assistant.settings import ChatCalls, Settings
from tests.model.chat_server import Cut, Message, Step, calls, chat_server, says

QUESTION = "第三方一直不回复怎么办，要等多久"
FIRST = "第三方应当自收到征求意见书之日起15个工作日内提出意见，见《政府信息公开条例》第三十二条。"
SECOND = "逾期未提出意见的，由行政机关依照本条例的规定决定是否公开。"


@pytest.fixture
def settings(shared_data: Path) -> Settings:
    """Default settings over the test run's one index, with a chat model named."""
    quick = ChatCalls(timeout_seconds=8, retries=0)
    return replace(Settings(), data_dir=shared_data, chat_model="test-model", chat_calls=quick)


def at(settings: Settings, url: str) -> Assistant:
    """An assistant whose chat model listens at a URL."""
    return open_assistant(replace(settings, chat_base_url=url))


def streamed(settings: Settings, *script: Step, question: str = QUESTION) -> list[Answer]:
    """Every answer on the way to the last."""
    with chat_server(*script) as server:
        found = list(answer_stream(at(settings, server.url), question))
        assert all(asked["stream"] for asked in server.asked)
    return found


def test_an_answer_grows_by_whole_sentences(settings: Settings) -> None:
    """The tool is used first; then each sentence stands when it is whole."""
    found = streamed(settings, calls("search_law", query="第三方逾期"), says(FIRST + SECOND))
    assert [FIRST, FIRST + SECOND] == [one.answer for one in found]
    assert all(one.citations for one in found)


def test_words_before_a_tool_are_no_part_of_the_answer(settings: Settings) -> None:
    """What the model says on its way gives place to the answer."""
    on_the_way: Message = {**calls("search_law", query="第三方"), "content": "我先查一下条文。"}
    found = streamed(settings, on_the_way, says(FIRST))
    assert ["我先查一下条文。", FIRST] == [one.answer for one in found]


def test_an_article_that_does_not_exist_never_shows(settings: Settings) -> None:
    """The first sentence was right; the second is not shown, and the embedded answer takes the place of both."""
    found = streamed(settings, says(f"{FIRST}依据《政府信息公开条例》第六十条，可以不予公开。另请注意。"))
    assert FIRST == found[0].answer
    assert not any("第六十条，" in one.answer for one in found)
    assert "第六十条" in str(found[-1].notice)
    assert found[-1].answer.startswith("最相关：")


def test_personal_data_is_back_in_the_stream_though_its_mark_comes_in_pieces(settings: Settings) -> None:
    """The server never sees the number; the clerk never sees a mark, nor half of one."""
    question = f"电话13812345678的申请人问：{QUESTION}"
    with chat_server(says(f"⟦手机1⟧的申请人可以等。{FIRST}")) as server:
        found = list(answer_stream(at(settings, server.url), question))
    assert "13812345678" not in server.everything
    assert "13812345678的申请人可以等。" == found[0].answer
    assert not any("⟦" in one.answer or "⟧" in one.answer for one in found)


@pytest.mark.parametrize(("after", "words"), [(0, "返回的不是"), (1, "断开"), (8, "断开"), (25, "断开")])
def test_a_stream_that_dies_leaves_the_embedded_answer(after: int, words: str, settings: Settings) -> None:
    """Half an answer is none, however much of it was shown."""
    last = streamed(settings, Cut(says(FIRST + SECOND), after=after))[-1]
    assert last.answer.startswith("最相关：")
    assert words in str(last.notice)


def test_a_stream_cut_at_its_limit_is_no_answer(settings: Settings) -> None:
    """The model stopped for want of room."""
    last = streamed(settings, says(FIRST + SECOND[:9], finish="length"))[-1]
    assert "没有写完" in str(last.notice)


def test_a_model_that_only_looks_things_up_is_stopped(settings: Settings) -> None:
    """Tool after tool and never an answer: the embedded one stands, streamed or not."""
    script = [calls("search_law", query="第三方")] * 20
    assert "一直在检索" in str(streamed(settings, *script)[-1].notice)
    with chat_server(*script) as server:
        assert "一直在检索" in str(answer_question(at(settings, server.url), QUESTION).notice)


def test_an_empty_query_or_a_tool_that_is_none_is_told_to_the_model(settings: Settings) -> None:
    """A model's slip is no fault of the clerk's."""
    script = (calls("search_law", query=" "), calls("delete_everything", query="x"), says(FIRST))
    assert FIRST == streamed(settings, *script)[-1].answer


def test_each_piece_may_be_fetched_by_another_thread(settings: Settings) -> None:
    """The page fetches them so."""
    with chat_server(calls("search_law", query="第三方"), says(FIRST + SECOND)) as server:
        growing, found = answer_stream(at(settings, server.url), QUESTION), []
        with ThreadPoolExecutor() as pool:
            while (one := pool.submit(copy_context().run, next, growing, None).result()) is not None:
                found.append(one.answer)
    assert [FIRST, FIRST + SECOND] == found


def test_whoever_stops_reading_stops_the_stream(settings: Settings, tmp_path: Path) -> None:
    """The page was closed: one line in the log says so."""
    own = replace(settings, data_dir=tmp_path)
    with chat_server(says(FIRST + SECOND)) as server:
        office = at(settings, server.url)
        office.settings = replace(own, chat_base_url=server.url)
        growing = answer_stream(office, QUESTION)
        next(growing)
        growing.close()  # type: ignore[attr-defined]
    assert "left" == json.loads((tmp_path / LOG).read_text(encoding="utf-8"))["outcome"]


def test_an_office_without_a_model_gets_its_answer_at_once(assistant: Assistant) -> None:
    """One answer, the embedded one."""
    assert [answer_question(assistant, QUESTION)] == list(answer_stream(assistant, QUESTION))
