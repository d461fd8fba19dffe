"""What happens to a case and what the office knows beside it, walked in the browser: told, seen again, opened, filled in."""

from playwright.sync_api import expect

from tests.browser.acts import prepared, registered
from tests.browser.clerk import LETTER, Clerk
from tests.browser.test_guide import faults


def test_a_case_is_told_of_seen_again_beside_the_next_and_counted(clerk: Clerk) -> None:
    """A third party asked; the same applicant's next letter leads back to it; a paper; the year's open places."""
    prepared(clerk)
    number = registered(clerk, "罗敏")
    room = clerk.see("#register")
    room.locator(".telling > summary").click()
    room.get_by_role("button", name="向第三方发出征求意见书").click()
    assert [] == faults(clerk)
    room.locator("[name=party]").fill("青禾公司")
    room.locator("[name=asked]").fill("施工合同的单价")
    room.locator(".blank.now").get_by_role("button", name="记录", exact=True).click()
    expect(room.locator(".moments")).to_contain_text("自当日起不计入答复期限")
    assert [] == faults(clerk)

    clerk.begin_anew()
    clerk.upload(LETTER)
    expect(clerk.answer()).to_contain_text(f"以前的申请 {number}")
    clerk.answer().get_by_role("button", name=f"打开 {number}", exact=True).click()
    expect(room.locator(".dossier h3")).to_contain_text(number)
    expect(clerk.page.get_by_role("tab", name="台账")).to_have_attribute("aria-selected", "true")

    clerk.open_tab("七步引导")
    guide = clerk.see("#guided")
    guide.get_by_role("button", name="开始").click()
    for answer in ("pending:active", "identity:complete", "clear:vague", "notice_sent:pending"):
        guide.locator(f"button[value='guide:answer:{answer}']").click()
    guide.get_by_role("button", name="起草《政府信息公开申请补正告知书》").click()
    expect(clerk.see("#sheet")).to_contain_text("补正告知书")
    clerk.open_tab("办理")
    expect(clerk.see("#facts")).to_contain_text("《政府信息公开申请补正告知书》要写的事实")

    clerk.open_tab("年报")
    year = clerk.see("#yearbook")
    year.get_by_role("button", name="填写", exact=True).click()
    year.locator("[name='facts.published']").fill("318")
    year.get_by_role("button", name="保存并核对").click()
    expect(year.locator(".done")).to_contain_text("已保存")
    expect(year.locator(".sentences")).to_contain_text("318条")
    assert [] == faults(clerk)
