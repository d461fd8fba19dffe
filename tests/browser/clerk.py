"""A clerk at the page: what they do and what they see, in words of the office."""

from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Download, Locator, expect

from assistant.settings import ROOT
from tests.browser.pictures import keep_picture

NOT_HELD = "经检索，本机关未制作、未保存该信息，该信息由区自然资源局制作。"
FACTS = {
    "received_on": "2026-11-03",
    "received_how": "以邮寄（签收）方式",
    "document_number": "12",
    "other_organ": "区自然资源局",
    "other_contact": "0000-66668888",
}
PATIENCE = 20_000
SETTLED = 300
LETTER = ROOT / "docs" / "examples" / "request.txt"

expect.set_options(timeout=PATIENCE)


class Clerk:
    """One browser profile with the page open; it notes every request that leaves the server and every script error."""

    def __init__(
        self,
        browser: Browser,
        address: str,
        width: int = 1440,
        height: int = 900,
        login: tuple[str, str] | None = None,
    ) -> None:
        self.home = urlsplit(address).netloc
        self.outside: list[str] = []
        self.errors: list[str] = []
        self.context = browser.new_context(
            viewport={"width": width, "height": height}, accept_downloads=True, locale="zh-CN"
        )
        self.context.on("request", lambda request: self._note(request.url))
        self.page = self.context.new_page()
        self.page.set_default_timeout(PATIENCE)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.goto(address)
        if login:
            self.log_in(*login)
        self.await_empty_desk()

    def log_in(self, name: str, password: str) -> None:
        """Say who one is."""
        self.page.get_by_label("用户名").fill(name)
        self.page.get_by_label("密码").fill(password)
        self.page.get_by_role("button", name="登录").click()

    def await_empty_desk(self) -> None:
        """The page is there, and no case is on it."""
        expect(self.page.locator("#box textarea")).to_be_visible()
        expect(self.page.locator("#chat .message-row")).to_have_count(0)
        expect(self.page.locator("#facts")).to_contain_text("选定处理结果后")

    def begin_anew(self) -> None:
        """Clear the desk for the next case."""
        self.page.get_by_role("button", name="新的一件").click()
        self.await_empty_desk()

    def example(self, label: str) -> None:
        """Click an example."""
        self.page.get_by_role("button", name=label, exact=True).click()

    def say(self, words: str) -> None:
        """Write a message and send it."""
        self.page.locator("#box textarea").fill(words)
        self.page.locator("#box .submit-button").click()

    def upload(self, file: Path, words: str = "") -> None:
        """Attach a file and send it, with what is said beside it."""
        self.page.locator("#box input[type=file]").set_input_files(file)
        expect(self.page.locator("#box .thumbnail-item, #box .file")).not_to_have_count(0)
        if words:
            self.page.locator("#box textarea").fill(words)
        self.page.locator("#box .submit-button").click()

    def establish(self, findings: str) -> None:
        """Write down what the organ found out, once the page has settled, and ask again."""
        self.page.wait_for_timeout(SETTLED)
        self.page.locator("#findings textarea").fill(findings)
        self.page.get_by_role("button", name="重新研判").click()

    def fill(self, key: str, value: str) -> None:
        """Fill in one fact."""
        self.page.locator(f"#fact-{key} :is(textarea, input)").fill(value)

    def draft(self) -> None:
        """Ask for the draft."""
        self.page.get_by_role("button", name="起草", exact=True).click()

    def open_tab(self, name: str) -> None:
        """Bring a tab to the front."""
        self.page.get_by_role("tab", name=name).click()

    def download(self) -> Download:
        """Fetch the Word file."""
        with self.page.expect_download() as fetched:
            self.page.get_by_role("button", name="下载 DOCX").click()
        return fetched.value

    def answer(self) -> Locator:
        """The last thing the assistant said."""
        return self.page.locator("#chat .bot-row").last

    def see(self, place: str) -> Locator:
        """A part of the page."""
        return self.page.locator(place)

    def names(self) -> list[str]:
        """What a screen reader and the fields say beside the words that are seen."""
        found = "all => all.filter(one => one.offsetParent).flatMap(one => [one.getAttribute('aria-label'), one.title, one.placeholder])"
        shown: list[str | None] = self.page.locator("body *").evaluate_all(found)
        return [words for words in shown if words]

    def picture(self, name: str) -> None:
        """The page as it stands, for the tour; only where its pictures are asked for."""
        keep_picture(self.page, name)

    def stored(self) -> str:
        """Everything the browser keeps of the page."""
        script = "async () => JSON.stringify([{...localStorage}, {...sessionStorage}, (await indexedDB.databases()).length])"
        return str(self.page.evaluate(script))

    def leave(self) -> None:
        """Close the page; nothing went elsewhere, nothing stays, no script failed."""
        try:
            self.attest()
        finally:
            self.context.close()

    def attest(self) -> None:
        """Nothing went elsewhere, nothing stays in the browser, no script failed."""
        stored = self.stored()
        assert [] == self.outside
        assert [] == self.errors
        assert "[{},{},0]" == stored

    def _note(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("data", "blob") and parts.netloc != self.home:
            self.outside.append(url)
