"""The loop of a reply: no step skipped, nobody passes their own draft, numbers in the office's series."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import text

from assistant.cases.closing import reply
from assistant.cases.handling import decide
from assistant.cases.letters import Step, draft_reply, final_letter, give_step, issue
from assistant.cases.reading import load_case
from assistant.cases.receiving import receive
from assistant.cases.records import Case, Decision
from assistant.cases.register import OfficeRules, Register
from assistant.cases.roles import FILE, load_roles
from assistant.errors import CorpusError, InputError, NotAllowed, SettingsError
from assistant.settings import ROOT, Agency, RegisterRules
from tests.cases.conftest import Opened
from tests.cases.steps import LETTER, decided

DAY = date(2026, 10, 9)
WORDS = "【待补：文号，本机关的编号序列】\n柳青：\n现予公开。\n"
LOOP = (("secrecy", "罗敏"), ("review", "杜衡"), ("approve", "秦岭"))


def drafted(register: Register, words: str = WORDS) -> Case:
    """A decided case with a draft by 罗敏."""
    with register.writing("罗敏") as session:
        case = decided(session, receive(session, LETTER), "grant", date(2026, 10, 8))
        return draft_reply(session, case.seen, words)


def step(register: Register, case: Case, name: str, who: str, passed: bool = True) -> Case:
    """One step of the loop."""
    with register.writing(who) as session:
        return give_step(session, case.seen, Step(name, passed, DAY, "" if passed else "理由不足"))


def through(register: Register, case: Case) -> Case:
    """Checked, reviewed, approved."""
    for name, who in LOOP:
        case = step(register, case, name, who)
    return case


def test_an_approved_draft_gets_its_number_and_goes_out(register: Register) -> None:
    """The number stands where the draft left it open; then the reply may be recorded."""
    case = through(register, drafted(register))
    with register.writing("罗敏") as session:
        letter = issue(session, case.seen, DAY)
        case = load_case(session.connection, case.number)
        reply(session, case.seen, date(2026, 10, 12))
    assert "云街公开〔2026〕1号" == letter.number
    with register.reading() as view:
        final = final_letter(view, case.number, register.rules.letter_series)
    assert (letter, "云街公开〔2026〕1号\n柳青：\n现予公开。\n") == (final, final.words)


@pytest.mark.parametrize("given", [0, 1, 2])
def test_no_letter_is_final_while_a_step_is_missing(register: Register, given: int) -> None:
    """The missing step is named, and no number is used up."""
    case = drafted(register)
    for name, who in LOOP[:given]:
        case = step(register, case, name, who)
    with pytest.raises(InputError, match="还没有通过"), register.writing("罗敏") as session:
        issue(session, case.seen, DAY)
    with register.reading() as view:
        with pytest.raises(InputError, match="不能导出答复书"):
            final_letter(view, case.number, register.rules.letter_series)
        asked = text("SELECT count(*) FROM counters WHERE series LIKE '云街%'")
        assert 0 == view.execute(asked).scalar()


def test_steps_come_in_their_order_and_once(register: Register) -> None:
    """Secrets and privacy, then law, then approval."""
    case = drafted(register)
    with pytest.raises(InputError, match="还没有办“保密和隐私审查”"):
        step(register, case, "review", "杜衡")
    case = step(register, case, "secrecy", "罗敏")
    with pytest.raises(InputError, match="已经办过“保密和隐私审查”"):
        step(register, case, "secrecy", "杜衡")
    with pytest.raises(InputError, match="还没有办“合法性审查”"):
        step(register, case, "approve", "秦岭")


def test_a_returned_draft_goes_no_further_and_a_new_one_starts_over(register: Register) -> None:
    """With the reason of its return."""
    case = step(
        register, step(register, drafted(register), "secrecy", "罗敏"), "review", "杜衡", passed=False
    )
    with pytest.raises(InputError, match="已被杜衡退回（合法性审查：理由不足）"):
        step(register, case, "approve", "秦岭")
    with register.writing("罗敏") as session:
        case = draft_reply(session, case.seen, WORDS + "补充理由。\n")
    with pytest.raises(InputError, match="第 2 稿还没有办“保密和隐私审查”"):
        step(register, case, "review", "杜衡")


def test_whoever_drafted_neither_reviews_nor_approves(register: Register) -> None:
    """Nothing is written of the attempt."""
    case = step(register, drafted(register), "secrecy", "罗敏")
    with pytest.raises(NotAllowed, match="须由另一人办理"):
        step(register, case, "review", "罗敏")
    case = step(register, case, "review", "杜衡")
    with pytest.raises(NotAllowed, match="“批准”须由另一人办理"):
        step(register, case, "approve", " 罗敏 ")
    assert register.verify().holds


def test_an_office_of_one_may_set_the_rule_aside_and_the_trail_says_so(opened: Opened) -> None:
    """Each time."""
    register = opened(register=RegisterRules(four_eyes=False))
    case = drafted(register)
    for name, _ in LOOP:
        case = step(register, case, name, "罗敏")
    with register.reading() as view:
        asked = text("SELECT action FROM audit_entries WHERE detail LIKE '%起草人罗敏自行办理%' ORDER BY seq")
        told = view.execute(asked).all()
    assert ["review", "approve"] == [row.action for row in told]


def test_a_draft_with_a_gap_or_of_another_outcome_is_not_final(register: Register) -> None:
    """A fact still open; a decision that changed since."""
    case = through(register, drafted(register, WORDS + "【待补：联系人和联系方式】\n"))
    with pytest.raises(InputError, match="还有没补的事实"), register.writing("罗敏") as session:
        issue(session, case.seen, DAY)
    case = through(register, drafted(register))
    with register.writing("罗敏") as session:
        other = Decision("partial", "", DAY, "含个人信息", "罗敏")
        case = decide(session, case.seen, other, "发现身份证号码")
    with pytest.raises(InputError, match="在起草之后改变了"), register.writing("罗敏") as session:
        issue(session, case.seen, DAY)


def test_without_a_series_no_number_is_invented(opened: Opened) -> None:
    """The setting is named."""
    register = opened(agency=Agency(name="云河街道办事处"))
    case = through(register, drafted(register))
    with pytest.raises(InputError, match="document_series"), register.writing("罗敏") as session:
        issue(session, case.seen, DAY)


def test_the_prompt_of_a_model_is_in_the_trail(register: Register) -> None:
    """Where a model had a hand in the draft."""
    with register.writing("罗敏") as session:
        case = decided(session, receive(session, LETTER), "grant", date(2026, 10, 8))
        draft_reply(session, case.seen, WORDS, "a" * 64)
    with register.reading() as view:
        rows = view.execute(text("SELECT action, prompt_hash FROM audit_entries ORDER BY seq")).all()
    assert [("receive", None), ("decide", None), ("draft", "a" * 64)] == [tuple(row) for row in rows]
    assert register.verify().holds


STAFF = {"罗敏": "clerk, handler", "杜衡": "reviewer", "秦岭": "approver", "王芳": "reader"}


@pytest.mark.parametrize(
    ("who", "may"),
    [
        ("罗敏", {"receive", "event", "draft", "secrecy", "issue", "reply", "archive", "decide", "dispute"}),
        ("杜衡", {"secrecy", "review", "dispute"}),
        ("秦岭", {"secrecy", "approve", "decide"}),
        ("王芳", set()),
    ],
)
def test_roles_may_do_what_their_table_says(opened: Opened, who: str, may: set[str]) -> None:
    """Of these actions, those and no others."""
    rules = opened(staff=STAFF).rules
    asked = ("receive", "event", "draft", "secrecy", "review", "approve")
    asked += ("issue", "reply", "archive", "decide", "dispute")
    assert may == {action for action in asked if allows(rules, who, action)}


def allows(rules: OfficeRules, who: str, action: str) -> bool:
    """Whether the table lets somebody do it."""
    try:
        rules.roles.allow(rules.staff.actor(who), action, rules.staff)
    except NotAllowed:
        return False
    return True


def test_a_role_there_is_not_is_named(opened: Opened, tmp_path: Path) -> None:
    """In the settings and in the table."""
    with pytest.raises(SettingsError, match="没有“boss”这个角色"):
        opened(staff={"罗敏": "boss"})
    text = (ROOT / "corpus" / "rules" / FILE).read_text(encoding="utf-8")
    (tmp_path / FILE).write_text(text.replace("roles: [approver]", "roles: [boss]"), encoding="utf-8")
    with pytest.raises(CorpusError, match="没有这个角色：boss"):
        load_roles(tmp_path)


def test_every_action_of_the_table_is_done_by_some_verb() -> None:
    """No row that nothing asks for, no verb without a row; people are let in and out by the office itself."""
    sources = [*(ROOT / "assistant" / "cases").glob("*.py"), ROOT / "assistant" / "office.py"]
    code = "\n".join(path.read_text(encoding="utf-8") for path in sources)
    actions = load_roles(ROOT / "corpus" / "rules").actions
    assert [] == [action for action in actions if f'"{action}"' not in code]
