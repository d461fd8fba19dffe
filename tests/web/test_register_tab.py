"""The register as a room: what presses, what is found, a case of the conversation taken in, steps and refusals."""

import copy
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from assistant.cases.doing import Act
from assistant.cases.records import Seen
from assistant.web.case import Case
from assistant.web.register_tab import View
from assistant.web.rooms import Rooms
from tests.web.office import LETTER, NOT_HELD
from tests.web.rooms import TAKEN, TODAY, do, drafted, rooms_of, shown

NEW = View(shows="new")


@pytest.fixture(scope="module")
def rooms(tmp_path_factory: pytest.TempPathFactory) -> Rooms:
    """An office where everybody may do everything, with one case in its register."""
    ours = rooms_of(tmp_path_factory.mktemp("rooms"))
    assert "已登记，编号" in do(ours, NEW, drafted(ours), "register", **TAKEN).told
    return ours


@pytest.fixture(scope="module")
def case(rooms: Rooms) -> Case:
    """A letter of the conversation, decided and drafted."""
    return drafted(rooms)


def test_an_empty_register_says_what_it_is_for(tmp_path: Path) -> None:
    """How a letter comes in, and how an old ledger does."""
    _, seen = shown(rooms_of(tmp_path), View())
    assert "还没有未办结的申请" in seen
    assert "登记对话里的这一件" in seen
    assert "assistant case import" in seen


def test_without_a_letter_nothing_is_registered(tmp_path: Path) -> None:
    """The reason, and what to do first."""
    after = do(rooms_of(tmp_path), View(), Case(), "new")
    assert "board" == after.shows
    assert "请先在左边粘贴" in after.fault


def test_one_press_takes_letter_outcome_and_draft_into_the_register(rooms: Rooms, case: Case) -> None:
    """Its number, its deadline, the outcome, the first draft; nobody types anything twice."""
    _, form = shown(rooms, NEW, case)
    assert 'value="周明德"' in form
    assert "本机关不掌握相关政府信息" in form
    after, seen = shown(rooms, do(rooms, NEW, case, "register", **TAKEN), case)
    number = dict(after.taken)[case.number]
    found = rooms.desk.assistant.books.dossier(number)
    assert "unable.not_held" == (found.case.decision and found.case.decision.outcome)
    assert "罗敏" == found.papers["drafts"][0]["drafted_by"]
    assert f"对话里的这一件：{number}" in seen
    assert "保密" in seen
    assert str(found.standing.due) in seen
    assert f'value="{TODAY}"' in seen


def test_the_same_letter_is_registered_once(rooms: Rooms, case: Case) -> None:
    """A second press opens the case and says so."""
    once = do(rooms, NEW, case, "register", **TAKEN)
    again = do(rooms, replace(once, shows="new"), case, "register", **TAKEN)
    assert once.number == again.number
    assert "没有再登记" in again.fault


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"who": ""}, "谁在办理"),
        ({"kind-0": ""}, "看不出申请人"),
        ({"received": (TODAY + timedelta(days=1)).isoformat()}, "晚于今天"),
        ({"received": "昨天"}, "日期"),
        ({"decision": ""}, "也勾上"),
    ],
)
def test_what_is_missing_is_told_in_place_and_nothing_is_kept(
    rooms: Rooms, case: Case, changed: dict[str, str], words: str
) -> None:
    """The form stays open with the reason."""
    before = len(rooms.desk.assistant.board().lines)
    after = do(rooms, NEW, case, "register", **{**TAKEN, **changed})
    assert words in after.fault
    assert "new" == after.shows
    assert before == len(rooms.desk.assistant.board().lines)


def test_the_board_explains_each_date(rooms: Rooms) -> None:
    """The steps of the clock with their articles, which open where they are named."""
    _, seen = shown(rooms, View())
    assert "这些日期怎样算出来的" in seen
    assert "签收" in seen
    assert 'class="cite"' in seen
    assert "下一步（" in seen


def test_a_case_is_found_by_number_name_and_matter(rooms: Rooms) -> None:
    """And what nobody asked for finds nothing, and says what to try."""
    for words in ("周明德", "东塘村", f"{TODAY.year}-1"):
        _, seen = shown(rooms, do(rooms, View(), Case(), "find", words=words))
        assert "周明德" in seen, words
    _, seen = shown(rooms, do(rooms, View(), Case(), "find", words="没有这个人"))
    assert "没有符合条件的申请" in seen
    assert "年度“二零”无法识别" in do(rooms, View(), Case(), "find", year="二零").fault


def test_pages_follow_the_list(tmp_path: Path) -> None:
    """Thirty to a page; the last has the rest; there is no page after it."""
    ours = rooms_of(tmp_path)
    case = drafted(ours)
    for number in range(31):
        one = replace(case, number=number + 1)
        do(ours, NEW, one, "register", **{**TAKEN, "decision": "", "draft": ""})
    at = do(ours, View(), Case(), "list")
    assert 30 == shown(ours, at)[1].count('value="open:')
    last = do(ours, at, Case(), "page:2")
    assert 1 == shown(ours, last)[1].count('value="open:')
    assert "没有第 3 页" in do(ours, last, Case(), "page:3").fault
    narrowed = do(ours, View(), Case(), "find", words="周明德", every="yes", outcome="grant")
    assert "共 0 件" in shown(ours, narrowed)[1]


def test_a_case_goes_from_check_to_archive(tmp_path: Path) -> None:
    """Each step by who may; the drafter does not review; the letter is numbered, served, closed."""
    ours = rooms_of(tmp_path)
    case = drafted(ours)
    at = do(ours, NEW, case, "register", **TAKEN)
    day = {"on": TODAY.isoformat(), "note": ""}
    at = do(ours, at, case, "act:secrecy", who="罗敏", **day)
    assert "已记录。" == at.told
    refused = do(ours, at, case, "act:review", who="罗敏", **day)
    assert "须由另一人办理" in refused.fault
    at = do(ours, refused, case, "act:review", who="杜衡", **day)
    at = do(ours, at, case, "act:approve", who="秦岭", **day)
    at = do(ours, at, case, "act:issue", who="罗敏", **day)
    at = do(ours, at, case, "act:replied", who="罗敏", **day)
    assert "" == at.fault
    at, seen = shown(ours, do(ours, at, case, "act:archived", who="罗敏", **day))
    assert "已经归档" in seen
    for words in ("第 1 稿 合法性审查", "杜衡", f"某街公开〔{TODAY.year}〕1号", "归档"):
        assert words in seen


def test_a_draft_goes_back_only_with_a_reason(rooms: Rooms, case: Case) -> None:
    """And then a new one is asked for."""
    at = do(rooms, NEW, replace(case, number=901), "register", **TAKEN)
    day = {"who": "杜衡", "on": TODAY.isoformat()}
    assert "写明理由" in do(rooms, at, case, "return:secrecy", note="", **day).fault
    after, seen = shown(rooms, do(rooms, at, case, "return:secrecy", note="第二段写了第三人的住址", **day))
    assert "退回：第二段写了第三人的住址" in seen
    assert "重新" in seen


def test_what_somebody_else_wrote_meanwhile_is_not_overwritten(rooms: Rooms, case: Case) -> None:
    """The conflict names who and when; the case stands as it is by now, to be looked at again."""
    at = do(rooms, NEW, replace(case, number=902), "register", **TAKEN)
    books = rooms.desk.assistant.books
    books.act_on("杜衡", Seen(at.number, at.version), Act("secrecy", TODAY))
    late = do(rooms, at, case, "act:secrecy", who="罗敏", on=TODAY.isoformat(), note="")
    assert "已由杜衡于" in late.fault
    assert at.version + 1 == late.version


def test_a_role_that_may_not_is_told_who_may(tmp_path: Path) -> None:
    """Nothing is written."""
    ours = rooms_of(tmp_path, staff={"罗敏": "clerk", "杜衡": "reviewer"})
    case = drafted(ours)
    refused = do(ours, NEW, case, "register", **{**TAKEN, "who": "杜衡"})
    assert "不能办理“登记收到的申请”" in refused.fault
    stranger = do(ours, NEW, case, "register", **{**TAKEN, "who": "某人"})
    assert "名单" in stranger.fault
    assert not ours.desk.assistant.board().lines


def test_the_conversation_goes_on_in_a_registered_case(rooms: Rooms, case: Case) -> None:
    """Registered before it was decided; outcome and draft follow with one press, and not twice."""
    early = replace(rooms.desk.take(Case(), LETTER, NOT_HELD), number=904, code=None)
    at = do(rooms, NEW, early, "register", **{**TAKEN, "decision": "", "draft": ""})
    later = replace(case, number=904)
    at, seen = shown(rooms, do(rooms, at, later, "bring", who="罗敏"), later)
    assert "已带入。" in seen
    assert "第 1 稿" in seen or "起草" in seen
    undrafted = replace(later, checked=None)
    assert "没有写入" in do(rooms, at, undrafted, "bring", who="罗敏").fault


def test_a_letter_is_shown_as_the_words_it_is(rooms: Rooms) -> None:
    """Neither markup nor a template of the page comes alive in it."""
    words = LETTER.replace("东塘村", "<img src=x onerror=alert(1)>${1+1}{{value}}")
    letter = rooms.desk.take(Case(), words, NOT_HELD)
    at = do(rooms, NEW, replace(letter, number=905), "register", **{**TAKEN, "decision": "", "draft": ""})
    _, seen = shown(rooms, at)
    assert "<img" not in seen
    assert "${1+1}" in seen


def test_a_press_of_nothing_is_told(rooms: Rooms) -> None:
    """No verb of the room."""
    assert "没有这个操作" in do(rooms, View(), Case(), "drop").fault


def test_a_copy_of_a_view_is_another_pages(rooms: Rooms) -> None:
    """Each page counts its own presses; the room of one press keeps the count."""
    view = View()
    assert copy.deepcopy(view).presses is not view.presses
    assert view.quiet.presses is view.presses
    assert do(rooms, view, Case(), "list").presses is view.presses
