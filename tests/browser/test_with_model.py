"""The page of an office with accounts and a chat model: several people, a model that is slow or dies, a program that restarts."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event

import pytest
from playwright.sync_api import Browser, expect

from assistant.cases.accounts import Accounts
from tests.browser.acts import drafted, prepared, registered
from tests.browser.clerk import FACTS, NOT_HELD, Clerk
from tests.browser.conftest import served
from tests.browser.test_guide import faults
from tests.model.chat_server import Asked, Cut, Reply, answers, chat_server, says

PATIENCE = 20.0
QUESTION = "所申请的信息由别的机关制作怎么答复"
SAID = "不属于本机关负责公开的，告知申请人并说明理由，见《政府信息公开条例》第三十六条第（五）项。能够确定的，告知其名称。"
PASSWORD = "一个足够长的密码-2026"
CLERK, COLLEAGUE, REVIEWER = "罗敏", "方文", "杜衡"
BETTER = "经检索，本机关并未制作、未保存该信息，该信息系由区自然资源局制作"


class Late:
    """A call of the model that comes to its answer when the test lets it."""

    def __init__(self) -> None:
        self._asked, self._let = Event(), Event()

    def wait(self) -> None:
        """In the model: until it is let."""
        self._asked.set()
        self._let.wait(PATIENCE)

    def is_under_way(self) -> bool:
        """Whether the model has been asked, after waiting for it."""
        return self._asked.wait(PATIENCE)

    def end(self) -> None:
        """Now it answers."""
        self._let.set()


class Program:
    """An office with accounts, whose program can be stopped and started again at the same address."""

    def __init__(self, data: Path, more: str) -> None:
        self._data, self._more, self._stack = data, more, ExitStack()
        accounts = Accounts(data / "accounts.json")
        for name, role in ((CLERK, "clerk"), (COLLEAGUE, "clerk"), (REVIEWER, "reviewer")):
            accounts.put(name, PASSWORD, (role,))
        self.address = self._start(0)

    def stop(self) -> None:
        """No page is answered any more."""
        self._stack.close()

    def start(self) -> None:
        """The same pages again."""
        self._start(int(self.address.rstrip("/").rpartition(":")[2]))

    def _start(self, port: int) -> str:
        return self._stack.enter_context(served(self._data, self._data.parent, self._more, port))


@dataclass
class Model:
    """What it says to anything but the reasons fits nothing; `late` are the calls it is slow over, `next` what it says next."""

    program: Program
    late: list[Late] = field(default_factory=list)
    next: list[Reply] = field(default_factory=list)

    def reply(self, asked: Asked) -> Reply:
        """One answer, late where one is to be late."""
        if self.late:
            self.late.pop(0).wait()
        return self.next.pop(0) if self.next else answers({"reason": BETTER})(asked)

    def slow(self) -> Late:
        """The next call is a slow one."""
        self.late.append(Late())
        return self.late[-1]


@pytest.fixture(scope="module")
def model(new_data: Callable[[], Path]) -> Iterator[Model]:
    """An office with a chat model on loopback; one for this file, as starting takes long."""
    said: list[Model] = []
    with chat_server(*[lambda asked: said[0].reply(asked)] * 120) as server:
        more = f'chat_model = "test-model"\nchat_base_url = "{server.url}"\n[chat_calls]\nretries = 0\n'
        said.append(Model(Program(new_data(), more)))
        yield said[0]
        said[0].program.stop()


@pytest.fixture
def clerk(browser: Browser, model: Model) -> Iterator[Clerk]:
    """A clerk of that office."""
    sitting = Clerk(browser, model.program.address, login=(COLLEAGUE, PASSWORD))
    yield sitting
    sitting.leave()


def test_the_models_words_are_taken_over_by_the_clerk(clerk: Clerk) -> None:
    """Asked for, compared, ticked; only then do they stand in the draft and in the form."""
    prepared(clerk)
    clerk.fill("reason", NOT_HELD)
    clerk.draft()
    expect(clerk.see("#verdict")).to_contain_text("校验通过")
    clerk.page.get_by_role("button", name="请模型润色理由").click()
    expect(clerk.see("#rewording ins")).to_have_text(BETTER)
    expect(clerk.see("#sheet")).not_to_contain_text(BETTER)
    clerk.see("#rewording-chosen input[type=checkbox]").first.check()
    clerk.picture("23-rewording")
    clerk.page.get_by_role("button", name="采用所选").click()
    expect(clerk.see("#sheet")).to_contain_text(BETTER)
    expect(clerk.see("#verdict").first).to_contain_text("校验通过")
    expect(clerk.see("#rewording ins")).to_have_count(0)
    clerk.open_tab("办理")
    expect(clerk.see("#fact-reason :is(textarea, input)")).to_have_value(BETTER)


def test_a_model_that_dies_mid_answer_is_told(clerk: Clerk, model: Model) -> None:
    """What it had begun gives place to the article itself and the reason; the next question is answered."""
    model.next.append(Cut(says(SAID), after=12))
    clerk.say(QUESTION)
    expect(clerk.answer()).to_contain_text("已改用内置方式作答")
    expect(clerk.answer()).to_contain_text("断开")
    expect(clerk.answer()).to_contain_text("第三十六条")
    clerk.picture("24-model-dies")
    model.next.append(says(SAID))
    clerk.say(QUESTION)
    expect(clerk.see("#chat .bot-row")).to_have_count(2)
    expect(clerk.answer()).to_contain_text("能够确定的，告知其名称")
    expect(clerk.answer()).not_to_contain_text("已改用内置方式作答")


def test_a_late_answer_never_overwrites_a_newer_one(clerk: Clerk, model: Model) -> None:
    """The model is slow over the first reading and over the polishing; the clerk has gone on by then."""
    reading = model.slow()
    clerk.example("一封申请书")
    expect(clerk.answer()).to_contain_text("正在处理")
    assert reading.is_under_way()
    clerk.establish(NOT_HELD)
    expect(clerk.see("#chat")).to_contain_text("建议：")
    clerk.see("#outcome input").click()
    clerk.page.get_by_role("option", name="部分公开").click()
    expect(clerk.see("#outcome-note")).to_contain_text("由你选定")
    reading.end()
    expect(clerk.see("#chat .bot-row")).to_have_count(1)
    expect(clerk.see("#outcome-note")).to_contain_text("第三十七条")
    clerk.say("换成不存在")
    expect(clerk.see("#fact-other_organ")).to_be_visible()
    for key, value in FACTS.items():
        clerk.fill(key, value)
    clerk.draft()
    expect(clerk.see("#verdict")).to_contain_text("校验通过")
    polishing = model.slow()
    clerk.page.get_by_role("button", name="请模型润色理由").click()
    assert polishing.is_under_way()
    clerk.open_tab("办理")
    clerk.fill("other_organ", "市自然资源局")
    clerk.draft()
    expect(clerk.see("#sheet")).to_contain_text("市自然资源局")
    polishing.end()
    clerk.say("为什么")
    expect(clerk.answer()).to_contain_text("依据")
    expect(clerk.see("#rewording ins")).to_have_count(0)
    expect(clerk.see("#sheet")).to_contain_text("市自然资源局")


def test_what_is_typed_while_the_model_reads_stays(clerk: Clerk, model: Model) -> None:
    """The form is laid out anew with the new findings; what the clerk typed meanwhile is put back."""
    prepared(clerk)
    reading = model.slow()
    clerk.establish(NOT_HELD + "已电话核实。")
    assert reading.is_under_way()
    clerk.see("#fact-other_contact :is(textarea, input)").fill("")
    clerk.see("#fact-other_contact :is(textarea, input)").press_sequentially("0000-12345678")
    reading.end()
    expect(clerk.see("#fact-reason :is(textarea, input)")).to_have_value(NOT_HELD + "已电话核实。")
    expect(clerk.see("#fact-other_contact :is(textarea, input)")).to_have_value("0000-12345678")
    clerk.draft()
    expect(clerk.see("#sheet")).to_contain_text("0000-12345678")


def test_two_accounts_never_see_each_others_conversation(browser: Browser, model: Model) -> None:
    """Each has a page of their own, the same register, and their name in it; who has left is outside."""
    first, second = (
        Clerk(browser, model.program.address, login=(name, PASSWORD)) for name in (CLERK, REVIEWER)
    )
    prepared(first)
    number = registered(first)
    expect(first.see("#register")).to_contain_text(f"登录：{CLERK}")
    expect(second.see("#chat")).not_to_contain_text("周明德")
    second.page.reload()
    second.await_empty_desk()
    expect(second.see("#left")).not_to_be_visible()
    second.open_tab("台账")
    second.see("#register").get_by_role("button", name=number, exact=True).click()
    expect(second.see("#register .moments")).to_contain_text(CLERK)
    second.see("#register summary").filter(has_text="记录申请人撤回申请").click()
    second.see("#register [name=note]").last.fill("附件2")
    second.see("#register").get_by_role("button", name="申请人撤回申请").click()
    expect(second.see("#register [role=alert]")).to_contain_text("不能办理“记录申请人撤回申请”")
    second.open_tab("设置")
    expect(second.see("#settings")).to_contain_text("可以办理的是：管理员")
    assert [] == faults(second)
    first.page.get_by_role("button", name="退出").click()
    expect(first.page.get_by_label("用户名")).to_be_visible()
    first.picture("20-login")
    first.page.go_back()
    expect(first.page.get_by_label("用户名")).to_be_visible()
    first.context.close()
    second.leave()


def test_a_case_outlives_the_program(browser: Browser, model: Model) -> None:
    """Started anew it knows no login and no page: the page says so, and after the login the case goes on as it was."""
    clerk = Clerk(browser, model.program.address, login=(CLERK, PASSWORD))
    drafted(clerk)
    written = clerk.see("#sheet .sheet").inner_text()
    model.program.stop()
    model.program.start()
    clerk.open_tab("办理")
    clerk.draft()
    expect(clerk.see("#lost")).to_contain_text("登录已经失效，刚才这一步没有做")
    expect(clerk.see("#letter textarea")).not_to_have_value("")
    assert [] == faults(clerk)
    clerk.picture("19-lost")
    clerk.page.get_by_role("button", name="重新登录").click()
    clerk.log_in(CLERK, PASSWORD)
    left = clerk.see("#left li").filter(has_text="已起草")
    expect(left).to_contain_text("2022年东塘村征地补偿安置方案")
    clerk.picture("18-left")
    left.get_by_role("button", name="接着办").click()
    expect(clerk.see("#verdict")).to_contain_text("校验通过")
    assert written == clerk.see("#sheet .sheet").inner_text()
    expect(clerk.answer()).to_contain_text("接着办")
    expect(clerk.see("#chat")).to_contain_text("由区自然资源局制作")
    other = Clerk(browser, model.program.address, login=(REVIEWER, PASSWORD))
    expect(other.see("#left")).not_to_be_visible()
    other.leave()
    clerk.leave()
