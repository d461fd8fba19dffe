"""The page of an office with a chat model: its words are shown beside the clerk's, and count once taken over."""

from pathlib import Path

from playwright.sync_api import Browser, expect

from tests.browser.clerk import NOT_HELD, Clerk
from tests.browser.conftest import served
from tests.browser.test_journey import prepared
from tests.model.chat_server import answers, chat_server

BETTER = "经检索，本机关并未制作、未保存该信息，该信息系由区自然资源局制作"


def test_the_models_words_are_taken_over_by_the_clerk(browser: Browser, tmp_path: Path) -> None:
    """Asked for, compared, ticked; only then do they stand in the draft and in the form."""
    with chat_server(
        *[answers({"reason": BETTER})] * 40
    ) as model:  # what it says to anything else fits nothing
        more = f'chat_model = "test-model"\nchat_base_url = "{model.url}"\n'
        with served(tmp_path / "data", tmp_path, more) as page:
            clerk = Clerk(browser, page)
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
            clerk.leave()
