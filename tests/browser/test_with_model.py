"""The page of an office with a chat model: its words are shown beside the clerk's, and count once taken over."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.clerk import FACTS, NOT_HELD, Clerk
from tests.browser.conftest import served
from tests.browser.test_journey import prepared
from tests.model.chat_server import Asked, Hang, Reply, answers, chat_server

WAIT = 4.0
BETTER = "经检索，本机关并未制作、未保存该信息，该信息系由区自然资源局制作"


@dataclass
class Model:
    """What it says to anything but the reasons fits nothing; `hangs` are the calls it is slow over."""

    page: str = ""
    hangs: list[float] = field(default_factory=list)

    def reply(self, asked: Asked) -> Reply:
        """One answer, late where one is to be late."""
        return Hang(self.hangs.pop()) if self.hangs else answers({"reason": BETTER})(asked)


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Model]:
    """An office with a chat model on loopback."""
    said, folder = Model(), tmp_path_factory.mktemp("model")
    with chat_server(*[said.reply] * 80) as server:
        more = f'chat_model = "test-model"\nchat_base_url = "{server.url}"\n[chat_calls]\nretries = 0\n'
        with served(folder / "data", folder, more) as page:
            said.page = page
            yield said


@pytest.fixture
def clerk(browser: Browser, model: Model) -> Iterator[Clerk]:
    """A clerk of that office."""
    sitting = Clerk(browser, model.page)
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
    clerk.page.get_by_role("button", name="采用所选").click()
    expect(clerk.see("#sheet")).to_contain_text(BETTER)
    expect(clerk.see("#verdict").first).to_contain_text("校验通过")
    expect(clerk.see("#rewording ins")).to_have_count(0)
    clerk.open_tab("办理")
    expect(clerk.see("#fact-reason :is(textarea, input)")).to_have_value(BETTER)


def test_a_late_answer_never_overwrites_a_newer_one(clerk: Clerk, model: Model) -> None:
    """The model is slow over the first reading and over the polishing; the clerk has gone on by then."""
    model.hangs.append(WAIT)
    clerk.example("一封申请书")
    expect(clerk.answer()).to_contain_text("正在处理")
    clerk.establish(NOT_HELD)
    expect(clerk.see("#chat")).to_contain_text("建议：")
    clerk.see("#outcome input").click()
    clerk.page.get_by_role("option", name="部分公开").click()
    expect(clerk.see("#outcome-note")).to_contain_text("由你选定")
    clerk.page.wait_for_timeout(WAIT * 1000)
    expect(clerk.see("#chat .bot-row")).to_have_count(1)
    expect(clerk.see("#outcome-note")).to_contain_text("第三十七条")
    clerk.say("换成不存在")
    expect(clerk.see("#fact-other_organ")).to_be_visible()
    for key, value in FACTS.items():
        clerk.fill(key, value)
    clerk.draft()
    expect(clerk.see("#verdict")).to_contain_text("校验通过")
    model.hangs.append(WAIT)
    clerk.page.get_by_role("button", name="请模型润色理由").click()
    clerk.open_tab("办理")
    clerk.fill("other_organ", "市自然资源局")
    clerk.draft()
    expect(clerk.see("#sheet")).to_contain_text("市自然资源局")
    clerk.page.wait_for_timeout(WAIT * 1000)
    expect(clerk.see("#rewording ins")).to_have_count(0)
    expect(clerk.see("#sheet")).to_contain_text("市自然资源局")


def test_what_is_typed_while_the_model_reads_stays(clerk: Clerk, model: Model) -> None:
    """The form is laid out anew with the new findings; what the clerk typed meanwhile is put back."""
    prepared(clerk)
    model.hangs.append(WAIT)
    clerk.establish(NOT_HELD + "已电话核实。")
    clerk.see("#fact-other_contact :is(textarea, input)").fill("")
    clerk.see("#fact-other_contact :is(textarea, input)").press_sequentially("0000-12345678")
    expect(clerk.see("#fact-reason :is(textarea, input)")).to_have_value(NOT_HELD + "已电话核实。")
    expect(clerk.see("#fact-other_contact :is(textarea, input)")).to_have_value("0000-12345678")
    clerk.draft()
    expect(clerk.see("#sheet")).to_contain_text("0000-12345678")
