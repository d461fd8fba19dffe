"""A computer that slept: its page lost every connection, and goes on with the case it shows."""

from playwright.sync_api import Browser, expect

from tests.browser.acts import filled_in, judged, received
from tests.browser.clerk import Clerk
from tests.browser.line import line_to


def test_a_page_that_lost_its_connections_goes_on(browser: Browser, address: str) -> None:
    """The program has let go of what the page showed, not of its case: outcome, form and draft come as before."""
    with line_to(address) as line:
        clerk = Clerk(browser, line.address)
        received(clerk)
        judged(clerk)
        filled_in(clerk)
        assert line.cut() > 0
        clerk.page.wait_for_timeout(1000)
        clerk.draft()
        expect(clerk.see("#verdict")).to_contain_text("校验通过")
        assert line.cut() > 0
        clerk.page.wait_for_timeout(1000)
        clerk.say("改成部分公开")
        expect(clerk.answer()).to_contain_text("部分公开")
        clerk.open_tab("办理")
        expect(clerk.see("#facts")).to_contain_text("要写的事实")
        clerk.say("重新起草")
        expect(clerk.answer()).to_contain_text("还缺")
        clerk.context.close()
