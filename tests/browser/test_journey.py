"""The page walked as a clerk walks it."""

import re
from pathlib import Path

import docx
from playwright.sync_api import Browser, expect

from tests.browser.acts import filled_in, judged, prepared, received
from tests.browser.clerk import NOT_HELD, Clerk

WRONG_REPLY = (
    "政府信息公开申请答复书\n周明德：\n本机关于2026年11月3日收到你的政府信息公开申请。"
    "根据《中华人民共和国政府信息公开条例》第六十条的规定，决定不予公开。"
)


def kept_uploads(data_dir: Path) -> list[Path]:
    """Every file of the upload folder."""
    return [path for path in (data_dir / "uploads").rglob("*") if path.is_file()]


def test_from_the_letter_to_the_word_file(seated: Clerk, tmp_path: Path) -> None:
    """Letter, outcome with its basis, facts, draft, checks, and a file that opens."""
    received(seated)
    seated.picture("02-letter")
    judged(seated)
    expect(seated.answer()).to_contain_text("本机关不掌握相关政府信息")
    expect(seated.answer()).to_contain_text("《政府信息公开条例》第三十六条第（五）项")
    seated.picture("03-outcome")
    filled_in(seated)
    seated.picture("05-facts")
    seated.draft()
    expect(seated.see("#verdict")).to_contain_text("校验通过")
    expect(seated.see("#sheet .locked").first).to_be_visible()
    seated.picture("06-draft")
    file = tmp_path / "reply.docx"
    fetched = seated.download()
    fetched.save_as(file)
    text = "\n".join(paragraph.text for paragraph in docx.Document(str(file)).paragraphs)
    assert fetched.suggested_filename.startswith("政府信息公开申请告知书")
    assert "区自然资源局" in text
    assert "某街公开〔2026〕12号" in text


def test_the_exact_clause_opens_in_place(seated: Clerk) -> None:
    """A click on the basis shows the article with the cited item marked."""
    prepared(seated)
    seated.answer().get_by_text("《政府信息公开条例》第三十六条第（五）项").first.click()
    expect(seated.answer().locator("mark").first).to_contain_text("不属于本行政机关负责公开的")
    seated.open_tab("依据与来源")
    expect(seated.see("#basis mark").first).to_contain_text("不属于本行政机关负责公开的")
    seated.picture("04-citation")


def test_missing_facts_block_the_download_with_the_reason(seated: Clerk) -> None:
    """The gaps are listed and stand in the draft; no file is to be had."""
    prepared(seated)
    seated.fill("received_on", "")
    seated.draft()
    expect(seated.see("#verdict")).to_contain_text("收到申请的日期")
    expect(seated.see("#sheet .gap")).to_contain_text("待补")
    seated.page.get_by_role("button", name="下载 DOCX").click()
    expect(seated.see("#sheet-alert")).to_contain_text("不能导出")
    seated.picture("07-gap")


def test_a_refused_draft_is_let_go_by_name_and_reason(seated: Clerk, data_dir: Path) -> None:
    """Beside the blocked download; half an override is told; then the file is to be had, and it is on record."""
    prepared(seated)
    seated.fill("reason", f"{NOT_HELD}保管人电话13800138000。")
    seated.draft()
    expect(seated.see("#verdict")).to_contain_text("改正后才能导出")
    seated.page.get_by_role("button", name="下载 DOCX").click()
    expect(seated.see("#sheet-alert")).to_contain_text("不能导出")
    seated.page.get_by_label("放行人", exact=True).fill("王科长")
    seated.page.get_by_role("button", name="放行", exact=True).click()
    expect(seated.see("#sheet-alert")).to_contain_text("写明理由")
    seated.page.get_by_label("放行理由", exact=True).fill("号码为公开的办公电话")
    seated.page.get_by_role("button", name="放行", exact=True).click()
    expect(seated.see("#verdict")).to_contain_text("王科长已放行")
    expect(seated.see("#let-go-button")).not_to_be_visible()
    expect(seated.see("#verdict")).to_contain_text("1 处错误")
    assert seated.download().suggested_filename.endswith(".docx")
    assert "号码为公开的办公电话" in (data_dir / "overrides.jsonl").read_text(encoding="utf-8")


def test_an_old_letter_is_read_with_what_its_file_holds(clerk: Clerk, data_dir: Path, tmp_path: Path) -> None:
    """Hidden words are told at once, stay out of the text, and are held against the letter; no file is left."""
    document = docx.Document()
    for line in WRONG_REPLY.splitlines():
        document.add_paragraph(line)
    document.paragraphs[-1].add_run("内部：电话13912345678").font.hidden = True
    document.save(str(tmp_path / "旧答复.docx"))
    clerk.open_tab("草稿与校验")
    clerk.page.get_by_role("button", name="校验一份写好的答复书").click()
    with clerk.page.expect_file_chooser() as chooser:
        clerk.page.get_by_role("button", name="上传答复书").click()
    chooser.value.set_files(tmp_path / "旧答复.docx")
    expect(clerk.see("#check-alert").get_by_text("隐藏文字")).to_be_visible()
    expect(clerk.see("#reply-text textarea")).to_have_value(re.compile("不予公开。$"))
    clerk.page.get_by_role("button", name="校验这份文本").click()
    expect(clerk.see("#other .faults")).to_contain_text("13912345678")
    assert [] == kept_uploads(data_dir)


def test_what_was_typed_survives_a_fault_and_a_second_look(seated: Clerk) -> None:
    """A date that is none is named; the form keeps every word, also when findings change."""
    prepared(seated)
    seated.fill("received_on", "上周三")
    seated.draft()
    expect(seated.see("#draft-alert")).to_contain_text("上周三")
    expect(seated.see("#fact-other_organ :is(textarea, input)")).to_have_value("区自然资源局")
    seated.establish(NOT_HELD + "已电话核实。")
    expect(seated.see("#chat .user-row").last).to_contain_text("已电话核实")
    expect(seated.answer()).to_contain_text("建议：")
    expect(seated.see("#fact-other_organ :is(textarea, input)")).to_have_value("区自然资源局")
    expect(seated.see("#letter textarea")).to_have_value(re.compile("周明德"))


def test_folded_facts_count(seated: Clerk) -> None:
    """A fact typed into a group that was folded away again stands in the draft."""
    prepared(seated)
    group = seated.page.get_by_role("button", name="程序事项（按需填写）")
    group.click()
    seated.fill("extended_on", "2026-11-10")
    group.click()
    seated.draft()
    expect(seated.see("#sheet")).to_contain_text("2026年11月10日")
    expect(seated.see("#sheet")).to_contain_text("某某市人民政府")


def test_a_new_case_begins_empty(seated: Clerk) -> None:
    """Nothing of the last letter stays on the page."""
    prepared(seated)
    seated.page.get_by_role("button", name="新的一件").click()
    expect(seated.see("#chat .bot-row")).to_have_count(0)
    expect(seated.see("#letter textarea")).to_have_value("")
    expect(seated.see("#facts")).to_contain_text("选定处理结果后")
    seated.say("申请公开2023年环境监测报告，申请人：李四")
    expect(seated.answer()).to_contain_text("李四")
    assert "周明德" not in seated.page.locator("body").inner_text()


def test_a_wrong_reply_is_faulted(clerk: Clerk) -> None:
    """The article that does not exist is named, and marked in the text."""
    clerk.open_tab("草稿与校验")
    clerk.page.get_by_role("button", name="校验一份写好的答复书").click()
    clerk.see("#reply-text textarea").fill(WRONG_REPLY)
    clerk.page.get_by_role("button", name="校验这份文本").click()
    expect(clerk.see("#other .faults")).to_contain_text("第六十条")
    expect(clerk.see("#other mark.wrong").first).to_be_visible()
    clerk.picture("12-wrong-reply")


def test_two_clerks_never_see_each_others_case(clerk: Clerk, browser: Browser, address: str) -> None:
    """Each session has its own conversation and its own case."""
    other = Clerk(browser, address)
    prepared(clerk)
    other.say("申请公开2023年环境监测报告，申请人：李四")
    expect(other.answer()).to_contain_text("李四")
    assert "周明德" not in other.page.locator("body").inner_text()
    assert "李四" not in clerk.page.locator("body").inner_text()
    other.leave()


def test_nothing_is_cut_off(seated: Clerk) -> None:
    """At both sizes the page fits its window, and what the clerk needs to act is in sight."""
    prepared(seated)
    overflow = "document.documentElement.scrollWidth > innerWidth || document.documentElement.scrollHeight > innerHeight"
    for width, height in ((1024, 768), (1440, 900)):
        seated.page.set_viewport_size({"width": width, "height": height})
        assert not seated.page.evaluate(overflow)
        for place in ("#masthead h1", "#box .submit-button", "#case [role=tab]", "#chat .bot-row"):
            expect(seated.see(place).last).to_be_in_viewport()
        if width < 1440:
            seated.picture("25-small")
