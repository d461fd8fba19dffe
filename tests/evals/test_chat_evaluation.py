"""The same tasks with a chat model beside the program: side by side, never asked twice, never over the limit."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from assistant.errors import ModelFault
from assistant.pipeline import Assistant, open_assistant
from evals.answer_set import load_answers
from evals.answers import answers
from evals.baselines import Ranking
from evals.chat import Chat, embedded, open_chat
from evals.chat_votes import vote_solvers
from evals.classification import judge, solvers
from evals.drafting import draft_cases, drafting
from evals.labelled import LABELLED_ON, LabelledRequest, load_requests
from evals.task import Solver, Task, TaskResult, run_task
from tests.model.chat_server import Asked, ChatServer, Message, chat_server, says
from tests.model.chat_server import answers as replies
from tests.model.conftest import settings_at

GOOD = {"code": "grant", "quote": "", "provision": "《政府信息公开条例》第三十六条第（二）项"}
FEW = 4


@pytest.fixture
def items(assistant: Assistant) -> tuple[LabelledRequest, ...]:
    """A few requests with findings, of different outcomes."""
    found = [
        one for one in load_requests(assistant.outcomes) if one.split == "test" and len(one.findings) > 20
    ]
    return tuple({one.outcome: one for one in found}.values())[:FEW]


def voting(items: tuple[LabelledRequest, ...]) -> Callable[[Asked], Message]:
    """A model that always chooses to grant, quoting the findings it is shown."""

    def reply(asked: Asked) -> Message:
        shown = str(asked["messages"])
        quote = next(one.findings[:8] for one in items if one.findings[:8] in shown)
        message: Message = replies({"outcomes": [{**GOOD, "quote": quote}], "to_establish": []})(asked)
        return message

    return reply


Office = Callable[..., Assistant]


@pytest.fixture
def at(tmp_path: Path) -> Office:
    """An office over a folder of the test's own: `office(at, server, assistant, timeout_seconds=…)`."""
    return lambda server, **calls: open_assistant(settings_at(tmp_path, server.url, **calls))


def office(at: Office, server: ChatServer, shared: Assistant, **calls: Any) -> Assistant:
    """An office whose model listens at the server, over the index that is built already."""
    found = at(server, **calls)
    for name in ("index", "classifier", "statutes", "outcomes"):
        vars(found)[name] = getattr(shared, name)
    return found


def judged(chat: Chat, items: tuple[LabelledRequest, ...]) -> TaskResult:
    """The program alone and the two columns of the model over a few requests."""
    alone = chat.assistant.classifier

    def solve(item: LabelledRequest) -> Ranking:
        found = alone.propose(item.request, item.findings, LABELLED_ON)
        return Ranking(
            tuple(one.code for one in found.outcomes), found.outcomes[0].probability, found.abstain
        )

    ways = (Solver("assistant", "本程序", solve), *vote_solvers(chat))
    task = Task("classification", "研判", items, ways, judge, (), right="top1")
    return run_task(task, lambda *_: None)


def test_program_and_model_stand_side_by_side(
    at: Office, assistant: Assistant, items: tuple[LabelledRequest, ...]
) -> None:
    """The model alone, the program with its vote, the program alone: and where they differ it asks."""
    with chat_server(*[voting(items)] * FEW) as server:
        chat = open_chat(office(at, server, assistant), "x")
        assert chat
        done = judged(chat, items)
    assert {"grant"} == {score.answer for score in done.scores["model"]}
    ours = [score.answer for score in done.scores["assistant"]]
    assert ours == [score.answer for score in done.scores["voted"]]
    heard = [score.values["answered"] for score in done.scores["voted"] if score.values]
    assert [0.0] * (FEW - ours.count("grant")) == [
        answered for answered, said in zip(heard, ours, strict=True) if said != "grant"
    ]
    assert FEW == len(server.received)


def test_nobody_is_asked_twice(at: Office, assistant: Assistant, items: tuple[LabelledRequest, ...]) -> None:
    """A second run over the same requests asks nothing; another set of weights or prompts asks anew."""
    with chat_server(*[voting(items)] * 2 * FEW) as server:
        first = Chat(office(at, server, assistant), "x")
        before = judged(first, items)
        again = Chat(first.assistant, "x")
        after = judged(again, items)
        assert FEW == len(server.received)
        assert before.scores == after.scores
        assert 0 == again.told["询问"]
        judged(Chat(first.assistant, "other weights"), items[:1])
        assert FEW + 1 == len(server.received)


def test_no_more_is_asked_than_is_allowed(
    at: Office, assistant: Assistant, items: tuple[LabelledRequest, ...]
) -> None:
    """The rest stays unscored and says why, and what to do."""
    with chat_server(*[voting(items)] * FEW) as server:
        done = judged(Chat(office(at, server, assistant, concurrency=1), "x", most=2), items)
        assert 2 == len(server.received)
    late = [score for score in done.scores["voted"] if score.values is None]
    assert 2 == len(late)
    assert "上限 2 件" in late[0].explanation and "--max-calls" in late[0].explanation


def test_a_failure_is_shown_and_nothing_stands_in_its_place(
    at: Office, assistant: Assistant, items: tuple[LabelledRequest, ...]
) -> None:
    """The embedded answer is not counted for the model's; a kept failure there is none."""
    with chat_server(*[401] * 2 * FEW) as server:
        chat = Chat(office(at, server, assistant, retries=0), "x")
        done = judged(chat, items)
    assert [None] * FEW == [score.values for score in done.scores["voted"]]
    assert "不接受所用的密钥" in done.scores["voted"][0].explanation
    assert FEW == sum(score.values is not None for score in done.scores["assistant"])


def test_as_many_at_once_as_the_office_allows(
    at: Office, assistant: Assistant, items: tuple[LabelledRequest, ...]
) -> None:
    """And not one more."""
    with chat_server(*[voting(items)] * FEW) as server:
        chat = Chat(office(at, server, assistant, concurrency=2), "x")
        assert 2 == chat.at_once
        judged(chat, items)
        assert server.busiest <= 2


def test_the_columns_of_a_model_are_there_only_where_one_is_set(
    at: Office, assistant: Assistant, items: tuple[LabelledRequest, ...]
) -> None:
    """Named after it; without one the program and its baselines stand alone."""
    with chat_server() as server:
        chat = Chat(office(at, server, assistant), "x")
    beside = [one.label for one in solvers(assistant.classifier, items, chat)][-2:]
    assert ["本程序加 test-model", "test-model 自己"] == beside
    assert "voted" not in {one.name for one in solvers(assistant.classifier, items)}


def test_questions_are_answered_by_both(at: Office, assistant: Assistant) -> None:
    """A model that cites what is no law is unscored; one that says what stands in the article is right."""
    law = [one for one in load_answers() if one.kind == "article"][4:6]
    good, bad = (
        "应当在7个工作日内一次性告知，见《政府信息公开条例》第三十条。",
        "见《政府信息公开条例》第九十条。",
    )
    with chat_server(says(good), says(bad)) as server:
        found = office(at, server, assistant, concurrency=1, retries=0)
        task = answers(found, tuple(law), Chat(found, "x"))
        done = run_task(task, lambda *_: None)
    right, wrong = done.scores["model"]
    assert right.values and (1.0, 1.0) == (right.values["right"], right.values["grounded"])
    assert wrong.values is None and "引用了不存在或者失效的条文" in wrong.explanation
    assert all(score.values for score in done.scores["assistant"])


def test_a_letter_is_worded_left_alone_or_unscored(at: Office, assistant: Assistant) -> None:
    """New words are judged like any letter; a letter without reasons asks nobody; a failure is shown."""
    known = {case.id: case for case in draft_cases(assistant)}
    given = known["not_held_absent-0"].given.facts
    better = {key: f"经查，{given[key]}" for key in ("search_record", "absence_reason") if key in given}
    cases = (known["not_held_absent-0"], known["grant_published-0"], known["needs_creation-0"])
    with chat_server(replies(better), 401) as server:
        chat = Chat(office(at, server, assistant, concurrency=1, retries=0), "x")
        done = run_task(drafting(chat.assistant, cases, chat), lambda *_: None)
    ours, model = done.scores["assistant"], done.scores["model"]
    assert all(score.values and score.values["right"] for score in ours)
    assert [True, True, False] == [score.values is not None for score in model]
    assert "经查，" in done.answers["model"][0].text and "经查，" not in done.answers["assistant"][0].text
    assert done.answers["assistant"][1] == done.answers["model"][1]
    assert "不接受所用的密钥" in model[2].explanation


def test_without_a_model_there_is_nothing_to_ask(assistant: Assistant, tmp_path: Path) -> None:
    """No column, no call; and the embedded office of one that has a model has none."""
    assert open_chat(assistant, "x") is None
    assert assistant is embedded(assistant)
    set_ = open_assistant(
        replace(assistant.settings, data_dir=tmp_path, chat_model="m", chat_base_url="http://x/v1")
    )
    assert embedded(set_).settings.chat_model is None and set_.settings.chat_model == "m"
    with pytest.raises(ModelFault):
        Chat(set_, "x", most=0).once("t", "q", lambda: 1)
