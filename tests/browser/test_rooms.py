"""The rooms beside the conversation walked in the browser: a case from receipt to archive, and the yearly report."""

from playwright.sync_api import expect

from tests.browser.acts import drafted, prepared, registered
from tests.browser.clerk import Clerk
from tests.browser.test_guide import faults

DRAFTER = "罗敏"
FORM, ALERT, STATE = ".blank.now", "[role=alert]", "dl.facts"
# Who presses what, and what the page shows then.
STEPS = (
    (DRAFTER, "审查通过", (FORM, "合法性审查")),
    (DRAFTER, "审查通过", (ALERT, "须由另一人办理")),
    ("杜衡", "审查通过", (FORM, "批准答复")),
    ("方文", "批准", (FORM, "编发文字号")),
    (DRAFTER, "编号、定稿", (FORM, "送达答复")),
    (DRAFTER, "记为已答复", (FORM, "归档")),
    (DRAFTER, "归档", (STATE, "已归档")),
)


def test_a_case_of_the_conversation_stands_on_the_board(seated: Clerk) -> None:
    """Letter, outcome and draft with one press; the next step is told, taken, and the board moves on."""
    seated.open_tab("台账")
    expect(seated.see("#register")).to_contain_text("看板")
    assert [] == faults(seated)
    seated.open_tab("办理")
    drafted(seated)
    number = registered(seated, DRAFTER)
    expect(seated.see("#register .dossier h3")).to_be_focused()
    assert [] == faults(seated)
    seated.see("#register").get_by_role("button", name="审查通过").click()
    expect(seated.see("#register .moments")).to_contain_text("保密和隐私审查")
    seated.see("#register").get_by_role("button", name="看板", exact=True).click()
    line = seated.see("#register .line").filter(has_text=number)
    expect(line).to_contain_text("合法性审查")
    line.locator("summary").click()
    expect(line).to_contain_text("20 个工作日")
    seated.picture("22-board")
    line.locator(".cite").first.click()
    expect(line.locator(".opened")).to_contain_text("现行有效")
    assert [] == faults(seated)


def test_a_cell_of_the_yearly_report_opens_its_cases(seated: Clerk) -> None:
    """The figure, its cases, the case itself in the register; and the report as a file."""
    prepared(seated)
    number = registered(seated, DRAFTER)
    seated.open_tab("年报")
    row = seated.see("#yearbook .year-table tr").filter(has_text="本年新收")
    row.get_by_role("button").first.press("Enter")
    expect(seated.see("#yearbook .cell-cases")).to_contain_text(number)
    seated.picture("17-yearbook")
    assert [] == faults(seated)
    with seated.page.expect_download() as fetched:
        seated.see("#yearbook").get_by_role("button", name="Word").click()
    assert fetched.value.suggested_filename.endswith("年度报告（草稿）.docx")
    seated.see("#yearbook .cell-cases").get_by_role("button", name=number, exact=True).click()
    expect(seated.see("#register .dossier h3")).to_contain_text(number)


def test_a_case_goes_from_receipt_to_the_archive(seated: Clerk) -> None:
    """Each step by whom it belongs to; who drafted may not review; at the end nothing is left to do."""
    drafted(seated)
    registered(seated, DRAFTER)
    room = seated.see("#register")
    seated.picture("15-case")
    for who, press, after in STEPS:
        room.locator("[name=who]").fill(who)
        room.locator(".blank.now").get_by_role("button", name=press, exact=True).click()
        expect(room.locator(after[0]).filter(has_text=after[1])).to_have_count(1)
    expect(room).to_contain_text("已经归档，没有要办的事")
    expect(room.locator(".moments li").last).to_contain_text("归档")
    assert [] == faults(seated)
    seated.picture("16-archived")
