"""What a clerk does on most days, in one line each."""

import re

from playwright.sync_api import expect

from tests.browser.clerk import FACTS, LETTER, NOT_HELD, Clerk


def received(clerk: Clerk) -> None:
    """The example letter pasted and read."""
    clerk.example("一封申请书")
    expect(clerk.see("#letter textarea")).to_have_value(re.compile("周明德"))
    expect(clerk.answer()).to_contain_text("申请事项")


def judged(clerk: Clerk) -> None:
    """What was found out written down, and the letter judged by it."""
    clerk.establish(NOT_HELD)
    expect(clerk.answer()).to_contain_text("由区自然资源局制作")


def filled_in(clerk: Clerk) -> None:
    """The facts the reply must state."""
    expect(clerk.see("#fact-other_organ")).to_be_visible()
    for key, value in FACTS.items():
        clerk.fill(key, value)


def prepared(clerk: Clerk) -> None:
    """The letter handed in together with what was found out; the form filled in."""
    clerk.upload(LETTER, NOT_HELD)
    expect(clerk.answer()).to_contain_text("由区自然资源局制作")
    filled_in(clerk)


def drafted(clerk: Clerk) -> None:
    """The same with its draft, which the gate lets go."""
    prepared(clerk)
    clerk.draft()
    expect(clerk.see("#verdict")).to_contain_text("校验通过")


def registered(clerk: Clerk, who: str | None = None) -> str:
    """The case of the conversation taken into the register, by the name written there; its number."""
    clerk.open_tab("台账")
    if who:
        clerk.see("#register [name=who]").fill(who)
    clerk.see("#register").get_by_role("button", name="登记对话里的这一件").click()
    expect(clerk.see("#register .taking")).to_contain_text("本机关不掌握相关政府信息")
    clerk.see("#register [name=kind-0]").select_option("natural_person")
    clerk.see("#register").get_by_role("button", name="登记，编号").click()
    told = clerk.see("#register .done")
    expect(told).to_contain_text("已登记，编号")
    return told.inner_text().removeprefix("已登记，编号 ").removesuffix("。")
