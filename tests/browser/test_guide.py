"""The seven steps walked in the browser, sources opened in place, and the page as a screen reader and a printer have it."""

import json
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect

from assistant.settings import ROOT
from tests.browser.acts import drafted, prepared
from tests.browser.clerk import Clerk

GRAVE = ("serious", "critical")


def faults(clerk: Clerk) -> list[str]:
    """What the accessibility check finds grave on the page as it stands."""
    found = Axe().run(clerk.page, options={"resultTypes": ["violations"]}).response["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in found if one["impact"] in GRAVE]


def answer(clerk: Clerk, label: str) -> None:
    """One answer in the seven steps; what comes next has the focus, so that it is read out."""
    question = clerk.see("#guide-question").inner_text()
    clerk.see("#guided .answers").get_by_role("button", name=label, exact=True).press("Enter")
    onward = clerk.see("#guide-question").or_(clerk.see("#guided .result")).first
    expect(onward).not_to_have_text(question)
    expect(onward).to_be_focused()


def test_the_seven_steps_lead_to_the_outcome_of_the_case(seated: Clerk) -> None:
    """By the keyboard alone: question after question, one taken back, one changed, the result taken over."""
    prepared(seated)
    seated.open_tab("七步引导")
    seated.page.get_by_role("button", name="开始", exact=True).press("Enter")
    expect(seated.see("#guide-question")).to_be_focused()
    for label in ("要办，申请人没有撤回", "都有", "看不懂，没法去查", "还没有"):
        answer(seated, label)
    expect(seated.see("#guided .due")).to_contain_text("发出补正告知书")
    seated.picture("21-steps")
    seated.page.keyboard.press("Tab")
    expect(seated.see("#guided .answers button").first).to_be_focused()
    assert [] == faults(seated)
    seated.page.get_by_role("button", name="退回上一问").press("Enter")
    expect(seated.see("#guide-question")).to_contain_text("补正告知书已经送达申请人了吗")
    seated.see("#guided .path").get_by_role("button", name="改", exact=True).first.press("Enter")
    expect(seated.see("#guide-question")).to_contain_text("这件申请现在还要办吗")
    answer(seated, "申请人自己书面撤回了")
    expect(seated.see("#guided .result")).to_contain_text("其他")
    assert [] == faults(seated)
    seated.page.get_by_role("button", name="采纳，带入办理").press("Enter")
    expect(seated.see("#outcome-note")).to_contain_text("按七步引导得出")
    expect(seated.see("#fact-handling")).to_be_visible()
    seated.draft()
    expect(seated.see("#verdict")).to_contain_text("还缺")


def test_sources_open_where_they_are_named(seated: Clerk) -> None:
    """In the conversation, in the draft and in its checks: the article below the line; a figure: its table."""
    drafted(seated)
    cited = seated.see("#sheet .cite").first
    cited.press("Enter")
    expect(seated.see("#sheet .opened")).to_contain_text("2019-05-15 起施行，现行有效")
    cited.press("Enter")
    expect(seated.see("#sheet .opened")).to_have_count(0)
    seated.see("#verdict summary").first.click()
    seated.see("#verdict .cite").first.click()
    expect(seated.see("#verdict .opened")).to_contain_text("负责公开")
    seated.example("问法律")
    seated.answer().locator(".answer .cite").first.click()
    expect(seated.answer().locator(".opened")).to_contain_text("15个工作日")
    seated.example("问年报数字")
    expect(seated.answer()).to_contain_text("20件")
    seated.answer().locator("summary").first.click()
    expect(seated.answer().locator("td.here")).to_have_text("20")
    expect(seated.answer().locator("td.here")).to_be_in_viewport()
    assert [] == faults(seated)


def test_the_tabs_of_the_office_are_there_to_be_read(seated: Clerk, data_dir: Path) -> None:
    """语料 with its days, a file that is no report told, nothing kept; 评测 with figures and pictures."""
    seated.open_tab("语料")
    expect(seated.see("#corpus")).to_contain_text("2019-05-15 至 今")
    with seated.page.expect_file_chooser() as chooser:
        seated.page.get_by_role("button", name="加入年度报告").click()
    chooser.value.set_files(ROOT / "tests" / "bad_inputs" / "binary.txt")
    expect(seated.see("#corpus-told")).to_contain_text("没有收进 binary.txt")
    assert [] == [path for path in (data_dir / "uploads").rglob("*") if path.is_file()]
    assert [] == faults(seated)
    seated.open_tab("评测")
    expect(seated.see("#results")).to_contain_text("首位正确")
    picture = seated.see("#results img").first
    picture.scroll_into_view_if_needed()
    expect(picture).to_have_js_property("complete", True)
    assert picture.evaluate("one => one.naturalWidth") > 0
    assert [] == faults(seated)


def test_nothing_grave_stands_in_the_way_of_dark_and_small(browser: Browser, address: str) -> None:
    """The dark colours, empty and with a draft; nothing overlaps at the smaller size."""
    clerk = Clerk(browser, f"{address}?__theme=dark", 1024, 768)
    assert [] == faults(clerk)
    drafted(clerk)
    assert [] == faults(clerk)
    clerk.picture("26-dark")
    overlap = """() => {
      const boxes = [...document.querySelectorAll('#case [role=tab], #new-case, #masthead h1, #masthead .organ, #download, #box .submit-button')]
        .filter((one) => one.offsetParent).map((one) => one.getBoundingClientRect());
      const meet = (a, b) => a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1;
      return boxes.flatMap((a, i) => boxes.slice(i + 1).filter((b) => meet(a, b))).length; }"""
    assert 0 == clerk.page.evaluate(overlap)
    clerk.leave()


def test_the_keyboard_goes_from_the_conversation_to_the_case(seated: Clerk) -> None:
    """First what is written in, then the tabs, then the case; every stop has a name."""
    seated.see("#box textarea").focus()
    stops = []
    for _ in range(14):
        seated.page.keyboard.press("Tab")
        stops.append(seated.page.evaluate(STOP))
    names = [json.loads(stop)["name"] for stop in stops]
    assert all(names), stops
    order = [names.index(name) for name in ("发送", "办理", "一、申请书")]
    assert order == sorted(order)


def test_only_the_letter_is_printed(seated: Clerk) -> None:
    """No title bar, no conversation, no colours; the whole letter, black on white."""
    drafted(seated)
    seated.page.emulate_media(media="print")
    for place in ("#masthead", "#talk", "#verdict", "#download", "#any-reply", "#letter", "#guided"):
        expect(seated.see(place)).not_to_be_visible()
    letter = seated.see("#sheet .sheet")
    expect(letter).to_be_visible()
    assert letter.evaluate("one => one.scrollHeight <= one.closest('.tabitem').scrollHeight")
    expect(seated.see("#sheet .slot").first).to_have_css("color", "rgb(0, 0, 0)")
    seated.page.emulate_media(media="screen")


STOP = """() => {
  const one = document.activeElement, label = one.getAttribute('aria-label') || (one.labels && one.labels[0] && one.labels[0].innerText);
  return JSON.stringify({ name: (label || one.innerText || one.getAttribute('title') || '').trim().split('\\n')[0], tag: one.outerHTML.slice(0, 90) }); }"""
