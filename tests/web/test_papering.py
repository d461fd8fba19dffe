"""Papers on the way to a reply, drafted where the seven steps lead to one, beside the reply and not in its place."""

import io
from dataclasses import replace

import pytest

from assistant.errors import InputError
from assistant.triage.decision_graph import Exit
from assistant.web import guided, papering, shown
from assistant.web.acting import STALE, _done, _tab
from assistant.web.case import Case
from assistant.web.desk import Desk
from assistant.web.page import SHEET, WORK
from assistant.web.pressing import Press
from assistant.web.taking_form import settled
from tests.web.office import LETTER, NOT_HELD
from tests.web.rooms import FACTS, RECEIVED, TODAY, pressed

VAGUE = "政府信息公开申请书\n\n某某街道办事处：\n申请公开相关材料。\n\n申请人：周明德\n2026年11月2日"
TO_CORRECTION = ("whole", "answer:pending:active", "answer:identity:complete", "answer:clear:vague")


def step(desk: Desk, case: Case, do: str) -> Case:
    """The case after a button of the seven steps."""
    return _done(desk, case, Press("guide", tuple(do.split(":"))))


@pytest.fixture(scope="module")
def vague(desk: Desk) -> Case:
    """A letter that does not say what it wants, as far as the notice to correct it."""
    case = desk.take(Case(), VAGUE)
    for do in (*TO_CORRECTION, "answer:notice_sent:pending"):
        case = step(desk, case, do)
    return case


@pytest.fixture(scope="module")
def noticed(desk: Desk, vague: Case) -> Case:
    """The notice under way."""
    return step(desk, vague, "paper:correction_notice")


def exits(desk: Desk) -> dict[str, Exit]:
    """The papers and waits of the seven steps, by id."""
    return {one.id: one for one in desk.assistant.seven_steps.graph.exits}


def test_every_step_that_sends_a_paper_offers_it(desk: Desk) -> None:
    """A wait offers none; a letter to a co-maker is not the letter to another organ."""
    found = {one.id: papering.papers_of(desk, one) for one in exits(desk).values()}
    assert [] == [key for key, one in exits(desk).items() if bool(one.paper) != bool(found[key])]
    names = {key: [paper.name for paper in papers] for key, papers in found.items()}
    assert ["comaker_letter"] == names["comaker_letter"]
    assert ["organ_letter"] == names["secrecy_letter"]
    assert ["elsewhere_notice", "transfer_letter"] == names["transfer"]
    assert ["third_party_letter", "third_party_form"] == names["third_party_letter"]
    assert ["extension_notice"] == names["extension_search"]


def test_the_step_offers_the_paper_by_its_title(desk: Desk, vague: Case) -> None:
    """补正告知书, with one press."""
    seen = guided.panel(desk, vague)
    assert 'value="guide:paper:correction_notice"' in seen
    assert "起草《政府信息公开申请补正告知书》" in seen


def test_the_paper_is_drafted_from_what_is_known(desk: Desk, noticed: Case) -> None:
    """Applicant, organ and what the letter lacks stand in it; what nobody has said is a gap, never invented."""
    checked = noticed.checked
    assert checked and checked.draft and "correction_notice" == checked.draft.paper
    assert "周明德" in checked.text and "某某市某某街道办事处" in checked.text
    assert "【待补" in checked.text
    form = desk.form(noticed)
    assert form is not None and "《政府信息公开申请补正告知书》" == form.title
    values = {field.key: field.value for field in form.fields}
    assert values["correction_points"]
    assert "已起草《政府信息公开申请补正告知书》" in noticed.turns[-1].shown


def test_filled_in_and_checked_it_leaves_as_a_word_file(desk: Desk, noticed: Case) -> None:
    """Under its own title."""
    import docx

    told = {
        "received_on": RECEIVED.isoformat(),
        "received_how": "当面",
        "document_number": "5",
        "correction_workdays": "10",
    }
    form = desk.form(noticed)
    assert form is not None
    words = {"text": "写明名称、文号或者时间范围", "list": "写明要哪一份材料", "number": "10"}
    blank = {f.key: words.get(f.type, "") for f in form.fields if f.required and not f.value}
    done = desk.write(desk.keep(noticed, {**blank, **told}))
    assert done.checked and done.checked.draft
    assert () == done.checked.draft.missing
    assert [] == [one.message for one in done.checked.verdict.errors]
    name, data = desk.export(done)
    assert name.startswith("政府信息公开申请补正告知书")
    assert "补正告知书" in "".join(one.text for one in docx.Document(io.BytesIO(data)).paragraphs)


@pytest.mark.parametrize("key", ["reasons_notice", "fee_notice", "third_party_letter", "transfer"])
def test_each_paper_takes_its_facts_from_one_form(desk: Desk, vague: Case, key: str) -> None:
    """Every paper of a step can be begun, and tells what it still needs."""
    for paper in papering.papers_of(desk, exits(desk)[key]):
        begun = step(desk, vague, f"paper:{paper.name}")
        assert begun.checked and begun.checked.draft and begun.checked.draft.missing
        form = desk.form(begun)
        assert form is not None and paper.name == form.letter


def test_a_letter_to_a_third_party_does_not_name_the_applicant(desk: Desk, vague: Case) -> None:
    """What is asked for stands in it, who asks does not."""
    begun = step(desk, vague, "paper:third_party_letter")
    assert begun.checked is not None
    assert "周明德" not in begun.checked.text
    assert "相关材料" in begun.checked.text


def test_the_reply_lies_aside_and_comes_back(desk: Desk) -> None:
    """Its draft is neither lost nor mistaken: into the register goes the reply."""
    case = desk.take(Case(), LETTER, NOT_HELD)
    case = desk.write(desk.decide(replace(case, typed=FACTS), "unable.not_held", "elsewhere"))
    reply = case.checked
    writing = step(desk, step(desk, case, "whole"), "paper:extension_notice")
    assert writing.checked is not reply
    assert "正在写《政府信息公开申请延期答复告知书》" in shown.outcome_note(desk, writing)
    fields = {"decision": "yes", "draft": "yes", "reasons": NOT_HELD}
    assert reply and reply.text == settled(writing, pressed("register", fields), TODAY).draft
    back = _done(desk, writing, Press("reply", (str(writing.number),)))
    assert (None, reply) == (back.paper, back.checked)
    form = desk.form(back)
    assert form is not None and "not_held_elsewhere" == form.letter


def test_an_outcome_leads_back_to_the_reply(desk: Desk, noticed: Case) -> None:
    """Whoever decides is no longer writing the notice."""
    assert desk.decide(noticed, "grant").paper is None
    assert desk.decide(noticed, None).checked is None


def test_the_right_tab_comes_to_the_front() -> None:
    """The sheet for a paper, the form for the reply."""
    assert SHEET == _tab(Press("guide", ("paper", "fee_notice")))
    assert WORK == _tab(Press("reply", ("1",)))


def test_a_forged_press_writes_nothing(desk: Desk, vague: Case) -> None:
    """No paper of that name; a button of another case."""
    with pytest.raises(InputError, match="可用"):
        step(desk, vague, "paper:../../etc")
    with pytest.raises(InputError, match=STALE):
        _done(desk, vague, Press("reply", (str(vague.number + 1),)))
