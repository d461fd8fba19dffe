"""What happened to a case, told at its page: the forms follow the rules, the timeline says what each did to the clock."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from assistant.law.clock_events import REPLIED
from assistant.web.case import Case
from assistant.web.register_tab import View
from assistant.web.rooms import Rooms
from tests.web.rooms import RECEIVED, TAKEN, TODAY, do, drafted, rooms_of, shown

NEW = View(shows="new")
DAY = {"who": "罗敏", "on": TODAY.isoformat()}


@pytest.fixture(scope="module")
def rooms(tmp_path_factory: pytest.TempPathFactory) -> Rooms:
    """An office where everybody may do everything."""
    return rooms_of(tmp_path_factory.mktemp("telling"))


@pytest.fixture
def at(rooms: Rooms) -> Iterator[View]:
    """A case as it has just come in."""
    undecided = {**TAKEN, "decision": "", "draft": ""}
    yield do(
        rooms, NEW, rooms.desk.take(Case(), "申请公开东塘村安置方案。申请人：周明德"), "register", **undecided
    )


def told(rooms: Rooms, at: View, key: str, **fields: str) -> tuple[View, str]:
    """Something told at the case, and how the case looks after it."""
    return shown(rooms, do(rooms, at, Case(), f"told:{key}", **DAY | fields))


def form(rooms: Rooms, at: View, key: str) -> str:
    """The form of something that may be told."""
    return shown(rooms, do(rooms, at, Case(), f"tell:{key}", **DAY))[1].split("经过</h4>")[0]


def offered(rooms: Rooms, at: View) -> set[str]:
    """What may be told of the case now."""
    return {one.key for one in rooms.desk.assistant.books.dossier(at.number).tellable}


def test_every_event_of_the_rules_is_offered_in_its_place(rooms: Rooms, at: View) -> None:
    """Those that need nothing before them at once; the reply, which has its own step, never."""
    table = rooms.desk.assistant.grounds.table
    first = {kind for kind, row in table.events.items() if not row.after and kind != REPLIED}
    assert first | {"search", "dispute"} == offered(rooms, at)
    seen = shown(rooms, at)[1]
    assert [] == [table.events[kind].name for kind in first if table.events[kind].name not in seen]


def test_a_form_says_what_it_asks_for_who_may_and_on_which_provision(rooms: Rooms, at: View) -> None:
    """An extension: who agrees, how long, 第三十三条第二款, what the file must hold."""
    seen = form(rooms, at, "extension")
    for words in ("同意延长的政府信息公开工作机构负责人", "延长几个工作日", "第三十三条第二款", "延期告知书"):
        assert words in seen, words
    assert "经办人" in seen


def test_an_extension_moves_the_deadline_and_the_timeline_says_so(rooms: Rooms, at: View) -> None:
    """Told twice it is refused in the clock's own words; what was typed stays in the form."""
    before = rooms.desk.assistant.books.dossier(at.number).standing.due
    after, seen = told(rooms, at, "extension", party="分管负责人", length="20")
    due = rooms.desk.assistant.books.dossier(at.number).standing.due
    assert before and due and due > before
    assert "期限：分管负责人同意，延长 20 个工作日" in seen
    again = do(rooms, after, Case(), "tell:extension", **DAY)
    again, seen = told(rooms, again, "extension", party="王某", length="5", note="记错的")
    assert "已经在" in again.fault
    assert 'value="王某"' in seen and 'value="记错的"' in seen


def test_a_third_party_is_asked_served_and_heard(rooms: Rooms, at: View) -> None:
    """The question and the opinion stand in the timeline; the clock stands still in between."""
    refused = told(rooms, at, "third_party_sent", party="青禾公司", asked="")[0]
    assert "还没有写，没有记录" in refused.fault
    at, seen = told(rooms, refused, "third_party_sent", party="青禾公司", asked="施工合同的单价")
    assert "施工合同的单价" in seen and "自当日起不计入答复期限" in seen
    assert {"third_party_served", "third_party_answered"} <= offered(rooms, at)
    at, seen = told(rooms, at, "third_party_served", party="青禾公司", note="签收单")
    assert "third_party_served" not in offered(rooms, at)
    assert '<option value="青禾公司">' in form(rooms, at, "third_party_answered")
    at, seen = told(
        rooms, at, "third_party_answered", party="青禾公司", agrees="no", opinion="单价是商业秘密"
    )
    assert "不同意公开，单价是商业秘密" in seen
    assert "third_party_answered" not in offered(rooms, at)
    found = rooms.desk.assistant.books.dossier(at.number).case.consultations
    assert [("third_party", "青禾公司", False)] == [(one.family, one.who, one.agrees) for one in found]


def test_a_correction_is_asked_for_and_answered(rooms: Rooms, at: View) -> None:
    """The term begins anew with what came in; nothing can be received that was not asked for."""
    assert "correction_received" not in offered(rooms, at)
    at, seen = told(rooms, at, "correction_notice", length="10")
    assert "10 个工作日" in seen
    at, seen = told(rooms, at, "correction_received")
    assert "重新计算" in seen


def test_a_fee_stops_the_clock_until_it_is_paid(rooms: Rooms, at: View) -> None:
    """Notice, then payment."""
    at, seen = told(rooms, at, "fee_notice")
    assert "缴费期限" in seen
    assert "fee_paid" in offered(rooms, at)
    assert "重新计算" in told(rooms, at, "fee_paid")[1]


def test_a_request_handed_over_is_told_and_stops_nothing(rooms: Rooms, at: View) -> None:
    """The deadline stays what it was."""
    before = rooms.desk.assistant.books.dossier(at.number).standing.due
    at, seen = told(rooms, at, "passed_on", party="区自然资源局")
    assert "已移送区自然资源局。移送不代替答复" in seen
    assert before == rooms.desk.assistant.books.dossier(at.number).standing.due


def test_a_search_record_has_the_parts_that_the_rules_ask_for(rooms: Rooms, at: View) -> None:
    """Systems, key words, offices, persons, day, result; one that says nothing is refused."""
    seen = form(rooms, at, "search")
    for words in ("检索的系统", "关键词", "科室", "检索人员", "检索结果", "第三十六条"):
        assert words in seen, words
    assert "检索记录缺少" in told(rooms, at, "search", keywords="征地")[0].fault
    record = {
        "systems": "公文系统、档案室",
        "offices": "问过征迁办",
        "keywords": "征地\n安置",
        "result": "没有查到",
    }
    at, seen = told(rooms, at, "search", persons="罗敏、杜衡", **record)
    assert "公文系统、档案室；问过征迁办；征地、安置；没有查到" in seen
    assert "罗敏、杜衡" in seen


def test_a_review_is_entered_and_its_result_follows(rooms: Rooms, at: View) -> None:
    """The third table of the yearly report counts it."""
    at, seen = told(rooms, at, "dispute", dispute="review", authority="某某市人民政府")
    (pending,) = [key for key in offered(rooms, at) if key.startswith("conclude-")]
    assert "行政复议的结果（某某市人民政府）" in seen
    assert "第五十条" in form(rooms, at, pending)
    at, seen = told(rooms, at, pending, result="upheld")
    assert "结果维持" in seen
    assert pending not in offered(rooms, at)


def test_a_wrong_event_is_put_right_with_a_reason_and_stays_to_be_read(rooms: Rooms, at: View) -> None:
    """The deadline is as if it had never been."""
    before = rooms.desk.assistant.books.dossier(at.number).standing.due
    at, seen = told(rooms, at, "extension", party="分管负责人")
    strike = seen.split('value="tell:strike-')[1].split('"')[0]
    assert "更正“" in form(rooms, at, f"strike-{strike}")
    assert "理由" in told(rooms, at, f"strike-{strike}", why="")[0].fault
    at, seen = told(rooms, at, f"strike-{strike}", why="记在别的案件上了")
    assert "已更正：记在别的案件上了" in seen
    assert before == rooms.desk.assistant.books.dossier(at.number).standing.due


def test_whoever_may_not_is_refused_and_nothing_is_written(tmp_path: Path) -> None:
    """A reviewer tells no event; the form says who may."""
    ours = rooms_of(tmp_path, staff={"罗敏": "clerk", "杜衡": "reviewer"})
    at = do(ours, NEW, drafted(ours), "register", **TAKEN)
    after = told(ours, at, "extension", who="杜衡", party="分管负责人")[0]
    assert "不能办理“记录申请的经过”" in after.fault
    assert at.version == ours.desk.assistant.books.dossier(at.number).case.version


@pytest.mark.parametrize("key", ["", "nothing", "conclude-x", "strike-99999", "strike-", REPLIED])
def test_a_forged_press_is_one_line(rooms: Rooms, at: View, key: str) -> None:
    """It writes nothing."""
    after = told(rooms, at, key, why="无", result="upheld")[0]
    assert after.fault.endswith("。")
    assert at.version == rooms.desk.assistant.books.dossier(at.number).case.version


def test_a_day_before_receipt_is_refused_by_the_clock(rooms: Rooms, at: View) -> None:
    """And what the letter of the form said is shown as the words it is."""
    early = (RECEIVED - timedelta(days=3)).isoformat()
    at = do(rooms, at, Case(), "tell:extension", **DAY)
    after, seen = told(rooms, at, "extension", on=early, party="<img src=x>")
    assert "早于收到申请之日" in after.fault
    assert "<img" not in seen
