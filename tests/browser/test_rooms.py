"""The rooms beside the conversation walked in the browser: the register, the yearly report, two accounts."""

from pathlib import Path

from playwright.sync_api import Browser, expect

from assistant.cases.accounts import Accounts
from tests.browser.clerk import Clerk
from tests.browser.conftest import served
from tests.browser.test_guide import faults
from tests.browser.test_journey import prepared

PASSWORD = "一个足够长的密码-2026"


def registered(clerk: Clerk) -> str:
    """The case of the conversation taken into the register; its number."""
    clerk.open_tab("台账")
    clerk.see("#register").get_by_role("button", name="登记对话里的这一件").click()
    expect(clerk.see("#register .taking")).to_contain_text("本机关不掌握相关政府信息")
    clerk.see("#register [name=kind-0]").select_option("natural_person")
    clerk.see("#register").get_by_role("button", name="登记，编号").click()
    told = clerk.see("#register .done")
    expect(told).to_contain_text("已登记，编号")
    return told.inner_text().removeprefix("已登记，编号 ").removesuffix("。")


def test_a_case_of_the_conversation_stands_on_the_board(clerk: Clerk) -> None:
    """Letter, outcome and draft with one press; the next step is told, taken, and the board moves on."""
    clerk.open_tab("台账")
    expect(clerk.see("#register")).to_contain_text("看板")
    assert [] == faults(clerk)
    clerk.open_tab("办理")
    prepared(clerk)
    clerk.draft()
    expect(clerk.see("#verdict")).to_contain_text("校验通过")
    number = registered(clerk)
    expect(clerk.see("#register .dossier h3")).to_be_focused()
    assert [] == faults(clerk)
    clerk.see("#register").get_by_role("button", name="审查通过").click()
    expect(clerk.see("#register .moments")).to_contain_text("保密和隐私审查")
    clerk.see("#register").get_by_role("button", name="看板", exact=True).click()
    line = clerk.see("#register .line").filter(has_text=number)
    expect(line).to_contain_text("合法性审查")
    line.locator("summary").click()
    expect(line).to_contain_text("20 个工作日")
    line.locator(".cite").first.click()
    expect(line.locator(".opened")).to_contain_text("现行有效")
    assert [] == faults(clerk)


def test_a_cell_of_the_yearly_report_opens_its_cases(clerk: Clerk) -> None:
    """The figure, its cases, the case itself in the register; and the report as a file."""
    prepared(clerk)
    number = registered(clerk)
    clerk.open_tab("年报")
    row = clerk.see("#yearbook .year-table tr").filter(has_text="本年新收")
    row.get_by_role("button").first.press("Enter")
    expect(clerk.see("#yearbook .cell-cases")).to_contain_text(number)
    assert [] == faults(clerk)
    with clerk.page.expect_download() as fetched:
        clerk.see("#yearbook").get_by_role("button", name="Word").click()
    assert fetched.value.suggested_filename.endswith("年度报告（草稿）.docx")
    clerk.see("#yearbook .cell-cases").get_by_role("button", name=number, exact=True).click()
    expect(clerk.see("#register .dossier h3")).to_contain_text(number)


def test_two_accounts_never_see_each_others_conversation(browser: Browser, tmp_path: Path) -> None:
    """Each has a page of their own, the same register, and their name in it; who has left is outside."""
    data = tmp_path / "data"
    accounts = Accounts(data / "accounts.json")
    for name, role in (("罗敏", "clerk"), ("杜衡", "reviewer")):
        accounts.put(name, PASSWORD, (role,))
    with served(data, tmp_path) as address:
        first, second = (Clerk(browser, address, login=(name, PASSWORD)) for name in ("罗敏", "杜衡"))
        prepared(first)
        number = registered(first)
        expect(first.see("#register")).to_contain_text("登录：罗敏")
        expect(second.see("#chat")).not_to_contain_text("周明德")
        second.page.reload()
        expect(second.see("#box textarea")).to_be_visible()
        expect(second.see("#chat")).not_to_contain_text("周明德")
        second.open_tab("台账")
        second.see("#register").get_by_role("button", name=number, exact=True).click()
        expect(second.see("#register .moments")).to_contain_text("罗敏")
        second.see("#register summary").filter(has_text="记录申请人撤回申请").click()
        second.see("#register [name=note]").last.fill("附件2")
        second.see("#register").get_by_role("button", name="申请人撤回申请").click()
        expect(second.see("#register [role=alert]")).to_contain_text("不能办理“记录申请人撤回申请”")
        second.open_tab("设置")
        expect(second.see("#settings")).to_contain_text("可以办理的是：管理员")
        assert [] == faults(second)
        first.page.get_by_role("button", name="退出").click()
        expect(first.page.get_by_label("用户名")).to_be_visible()
        first.page.go_back()
        expect(first.page.get_by_label("用户名")).to_be_visible()
        first.context.close()
        second.leave()
