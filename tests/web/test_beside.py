"""Beside a letter: earlier requests of the same applicant, what is out already; nothing where nothing is found."""

from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from assistant.cases.suggestions import published_among
from assistant.errors import RegisterFault
from assistant.ingest.passages import Passage
from assistant.retrieval.search import Hit, SearchResult
from assistant.web.beside import TITLE, beside
from assistant.web.case import Case
from assistant.web.desk import Desk
from assistant.web.register_tab import RegisterTab, View
from assistant.web.rooms import Rooms
from tests.web.office import LETTER, Office, office
from tests.web.rooms import TAKEN, TODAY, do, drafted, rooms_of

PLAN = "《东塘村征地补偿安置方案》在街道网站“征地信息”栏目公布，全文如下：2022年东塘村征地补偿安置方案。"
PLACE = "已办答复：政府信息公开申请答复书 某街公开〔2026〕3号"


def passage(kind: Any, text: str, title: str) -> Hit:
    """Something a search finds."""
    return Hit(1, 1.0, Passage(title, kind, text, text, f"{kind}s/{title}", None, title=title), title)


class Published(Office):
    """An office that has answered such a request before."""

    def search(self, query: str, k: int = 5, on: date | None = None) -> SearchResult:
        """One earlier reply."""
        return SearchResult((passage("reply", PLAN, PLACE),), True)


@pytest.fixture(scope="module")
def rooms(tmp_path_factory: pytest.TempPathFactory) -> Rooms:
    """An office whose register holds one open case of 周明德."""
    ours = rooms_of(tmp_path_factory.mktemp("beside"))
    received = (TODAY - timedelta(days=3)).isoformat()
    do(ours, View(shows="new"), drafted(ours), "register", **{**TAKEN, "received": received})
    return ours


def told(desk: Desk, letter: str) -> str:
    """The card a letter gets."""
    return desk.take(Case(), letter).turns[-1].shown


def test_an_earlier_request_of_the_same_applicant_stands_in_the_card(rooms: Rooms) -> None:
    """By what it was recognised, how alike it is, how it stands, what follows by which article, and a way to open it."""
    seen = told(rooms.desk, LETTER)
    assert TITLE in seen
    assert f"以前的申请 {TODAY.year}-1" in seen
    assert "姓名或者名称相同" in seen and "尚未答复" in seen
    assert "不能按重复申请不予处理" in seen and "第三十六条第（六）项" in seen
    assert f'name="do" value="case:{TODAY.year}-1"' in seen


def test_nothing_is_said_where_nothing_is_found(rooms: Rooms, tmp_path: Path) -> None:
    """Neither an empty register nor somebody else's requests make a card longer."""
    assert TITLE not in told(Desk(office(tmp_path)), LETTER)
    assert TITLE not in told(rooms.desk, LETTER.replace("周明德", "秦岭"))


def test_a_namesake_who_asks_for_something_else_is_left_out(rooms: Rooms) -> None:
    """The same name alone proves nothing."""
    other = "政府信息公开申请书\n\n某某街道办事处：\n申请公开2024年低保审批名单。\n\n申请人：周明德\n2026年11月2日"
    assert TITLE not in told(rooms.desk, other)


def test_what_is_out_already_stands_in_the_card(tmp_path: Path) -> None:
    """With its place, to be opened, and what follows by which article, in the words of the rules."""
    ours = Published(office(tmp_path).settings)
    seen = told(Desk(ours), LETTER)
    assert PLACE in seen and "<details" in seen
    assert "已经主动公开的，按“予以公开”办理" in seen
    assert "第三十六条第（一）项" in seen
    assert "核实网页现在能打开" in seen


def test_only_what_fits_counts_as_out() -> None:
    """A report must be found first, of a reply most must stand in it; law is no publication of the office."""
    reply, report = passage("reply", PLAN, PLACE), passage("report", "2023年收到申请18件", "年报")
    law = passage("provision", "东塘村征地补偿安置方案", "条例")
    asked = "2022年东塘村征地补偿安置方案"

    def found(*hits: Hit) -> list[str]:
        return [one.ref for one in published_among([asked], lambda _words: hits)]

    assert [PLACE] == found(law, reply, report)
    assert ["年报"] == found(report)
    assert [] == found(law)
    assert [] == found(passage("reply", "低保审批名单", "别的答复"))
    assert [] == found()


def test_a_register_that_cannot_be_read_stops_no_letter(
    rooms: Rooms, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One line says so; the letter is judged all the same."""

    def refuse(*_: Any) -> None:
        raise RegisterFault("登记簿打不开。")

    request = rooms.desk.assistant.read(LETTER)
    monkeypatch.setattr(type(rooms.desk.assistant.books), "similar_to", refuse)
    assert "台账没有查成：登记簿打不开。" in str(beside(rooms.desk.assistant, request))


def test_a_letter_without_a_name_is_compared_with_nobody(rooms: Rooms) -> None:
    """No applicant, no earlier request."""
    assert TITLE not in told(rooms.desk, "申请公开2022年东塘村征地补偿安置方案，请邮寄纸质件。")


def test_the_button_opens_the_case_in_the_register(rooms: Rooms) -> None:
    """The tab comes to the front with the case."""
    ours = Rooms(rooms.desk, rooms.downloads, rooms.door, None, "tabs")
    tab = RegisterTab(ours, "view", "shown")
    after = tab.open(View(), f"{TODAY.year}-1", Case(), None)
    assert ("case", f"{TODAY.year}-1") == (after["view"].shows, after["view"].number)
    assert f"案件 {TODAY.year}-1" in after["shown"]
    assert "登记簿里没有案件" in tab.open(View(), "1066-1", Case(), SimpleNamespace(cookies={}))["shown"]  # type: ignore[arg-type]


def test_words_of_an_earlier_request_stay_words(tmp_path: Path) -> None:
    """A name that is markup comes alive nowhere."""
    ours = rooms_of(tmp_path)
    name = "<b>青禾</b>公司"
    letter = LETTER.replace("周明德", name)
    case = ours.desk.take(Case(), letter)
    taken = {**TAKEN, "name-0": name, "kind-0": "enterprise", "decision": "", "draft": ""}
    do(ours, View(shows="new"), case, "register", **taken)
    assert "<b>青禾" not in told(ours.desk, letter)
