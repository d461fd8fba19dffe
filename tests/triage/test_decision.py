"""The seven steps, case by case: answers in, the next question, a paper, what to establish, or the outcome out."""

import subprocess
import sys
from datetime import date
from typing import Any

import pytest

from assistant.errors import InputError
from assistant.triage.decision import go_back, revise, walk
from assistant.triage.decision_graph import Answer
from assistant.triage.guidance import CaseAnswers, Guidance, ItemAnswers
from assistant.triage.items import Choice
from tests.triage.decision_ways import CASES, GRAPH, GUIDE, TODAY, answers_of, read_cases, shortest_ways

LAW = CASES["cases"]
ITEMS = read_cases("decision_items.yaml")
GUARDS = read_cases("decision_guards.yaml")
WAYS = shortest_ways(TODAY)
EDITION = GRAPH.on(TODAY)


def named(cases: list[dict[str, Any]]) -> Any:
    """Each case under its own name."""
    return pytest.mark.parametrize("case", cases, ids=[case["name"] for case in cases])


def guided(case: dict[str, Any], *items: ItemAnswers, choice: Choice | None = None) -> Guidance:
    """The guidance for items on the day of a case."""
    return GUIDE.guide(CaseAnswers(items, choice), case.get("as_of", TODAY))


def remedy_of(found: Any) -> str | None:
    """A, B, A+B for a letter in two parts, or None where it cannot be judged."""
    return found and ("+".join(filter(None, (found.class_, found.rest))) or None)


@named(LAW)
def test_the_answers_lead_where_the_law_says(case: dict[str, Any]) -> None:
    """Outcome, paper, next question, what to establish, or no judgment."""
    guidance = guided(case, ItemAnswers(answers=answers_of(case)))
    item, walked = guidance.items[0], guidance.items[0].walk
    assert () == walked.unused
    if "leads" in case:
        assert item.conclusion is not None, walked
        assert case["leads"] == item.conclusion.outcome
        assert case.get("road", item.conclusion.road.name) == item.conclusion.road.name
        assert case.get("ending", item.conclusion.ending.id) == item.conclusion.ending.id
        assert case["remedy"] == remedy_of(item.conclusion.remedy)
        assert set(case.get("withheld", [])) <= set(map(str, item.conclusion.withheld))
        return
    assert item.conclusion is None
    if "event" in case:
        assert walked.exit is not None
        assert (case["event"], case["back"]) == (walked.exit.id, walked.question and walked.question.id)
    elif "establish" in case:
        assert case["establish"] in (walked.establish or "")
    elif case.get("abstains"):
        assert "unjudged" == guidance.state
    else:
        assert walked.question is not None
        assert ("asking", case["next"]) == (guidance.state, walked.question.id)
        assert case.get("choices") in (None, [one.key for one in walked.question.answers])


@named(ITEMS)
def test_items_are_counted_as_the_law_says(case: dict[str, Any]) -> None:
    """All alike, partly, or the clerk's choice with its reason."""
    items = [
        ItemAnswers(f"第{number}项", WAYS[ending]) for number, ending in enumerate(case["items"], start=1)
    ]
    choice = Choice(case["choose"], case["why"]) if "choose" in case else None
    if "refused" in case:
        with pytest.raises(InputError, match=case["refused"]):
            guided(case, *items, choice=choice)
        return
    guidance = guided(case, *items, choice=choice)
    assert guidance.whole is not None
    assert case["whole"] == guidance.whole.kind
    if case["whole"] == "open":
        assert "choose" == guidance.state
        assert set(case["options"]) == {option.key for option in guidance.whole.options}
        return
    assert (case["outcome"], case["counted"]) == (guidance.whole.outcome, list(guidance.whole.counted))
    assert case["remedy"] == remedy_of(guidance.remedy)


@named(GUARDS)
def test_the_file_shows_what_the_outcome_needs(case: dict[str, Any]) -> None:
    """What is missing is listed with its article."""
    answers = {**WAYS[case["ending"]], **case.get("path", {})}
    guidance = guided(case, ItemAnswers(answers=answers, file=case["file"]))
    assert case["open"] == [guard.key for _, guard in guidance.open_guards]
    assert guidance.ready == (not case["open"])
    if "missing" in case:
        assert case["missing"] in guidance.open_guards[0][1].line
        assert "依据：《" in guidance.open_guards[0][1].line


def test_every_ending_paper_question_and_answer_has_a_case() -> None:
    """Nothing of the rules goes untried."""
    walked = [walk(GRAPH, answers_of(case), case.get("as_of", TODAY)) for case in LAW]
    taken = {(step.question.id, step.answer.key) for found in walked for step in found.taken}
    offered = {(q.id, a.key) for q in GRAPH.on(TODAY).questions.values() for a in q.answers}
    assert set() == offered - taken
    assert {one.id for one in GRAPH.endings} == {found.ending.id for found in walked if found.ending}
    assert {one.id for one in GRAPH.exits} == {found.exit.id for found in walked if found.exit}


def test_every_border_has_cases_on_more_than_one_side() -> None:
    """The hard borders are tried from both sides."""
    for border in GRAPH.borders:
        on_it = [case for case in LAW if case.get("border") == border.number]
        ends = {str({k: case.get(k) for k in ("leads", "next", "event", "establish")}) for case in on_it}
        assert len(ends) >= 2, border


def test_every_outcome_is_tried_with_its_file_complete() -> None:
    """Not only what is missing is told rightly, also that nothing is."""
    endings = {one.id: one.outcome for one in GRAPH.endings}
    assert set(GUIDE.outcomes) == {endings[case["ending"]] for case in GUARDS if not case["open"]}


@pytest.mark.parametrize("ending", WAYS)
def test_an_empty_file_leaves_every_guard_open(ending: str) -> None:
    """Each with its article; what the path itself shows is not asked again."""
    conclusion = guided({}, ItemAnswers(answers=WAYS[ending])).items[0].conclusion
    assert conclusion is not None
    shown = {record.guard for record in GUIDE.files.table.records if record.by_path}
    assert [guard.key for guard in conclusion.guards if guard.key not in shown] == [
        guard.key for guard in conclusion.open_guards
    ]
    assert [] == [guard.line for guard in conclusion.open_guards if "依据：《" not in guard.line]


def test_before_the_regulation_of_2019_there_is_no_graph() -> None:
    """Said, with the reason."""
    with pytest.raises(InputError, match="2019-05-14 没有可用的研判步骤.*2008年的条例"):
        walk(GRAPH, {}, date(2019, 5, 14))


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ({"lost": "active"}, "没有名为“lost”的问题，可用：pending、"),
        ({"pending": "yes"}, "问题“pending”.*没有“yes”这个回答，可用：active"),
        ({"withheld": "part"}, "没有名为“withheld”的问题"),
    ],
)
def test_a_wrong_key_is_one_clear_line(answers: dict[str, str], words: str) -> None:
    """With what there is instead."""
    with pytest.raises(InputError, match=words) as caught:
        walk(GRAPH, answers, TODAY)
    assert "\n" not in str(caught.value)


def test_a_question_of_another_day_is_named() -> None:
    """The fee was not there in 2020."""
    with pytest.raises(InputError, match="2020-06-01 没有问题“payment”"):
        walk(GRAPH, {"payment": "paid"}, date(2020, 6, 1))


def test_an_unknown_guard_is_named() -> None:
    """A slip of the pen does not pass for evidence."""
    with pytest.raises(InputError, match="file 里不认识的一项“search_recrod”"):
        guided({}, ItemAnswers(file={"search_recrod": "x"}))


def test_changing_an_answer_drops_what_depended_on_it() -> None:
    """The rest of the path stays."""
    before = WAYS["creation"]
    after = revise(GRAPH, before, "kind", "demand", TODAY)
    assert "product" not in after
    assert "demand" == after["kind"]
    assert {id_: key for id_, key in before.items() if id_ in after and id_ != "kind"} == {
        id_: key for id_, key in after.items() if id_ != "kind"
    }


def test_going_back_drops_the_question_and_what_follows() -> None:
    """As if it had not been answered."""
    found = go_back(GRAPH, WAYS["absent_never"], "whose", TODAY)
    asked = walk(GRAPH, found, TODAY).question
    assert asked is not None
    assert "whose" == asked.id
    assert "special" == list(found)[-1]


def test_a_caution_is_told_where_the_answer_was_given() -> None:
    """Practice never passes for law."""
    masked = guided({}, ItemAnswers(answers=WAYS["partial"]))
    assert any("没有条文写明" in line for line in masked.warnings)
    assert () == guided({}, ItemAnswers(answers=WAYS["absent_never"])).warnings


def test_two_grounds_of_one_refusal_are_pointed_out() -> None:
    """The table counts one row."""
    case = next(case for case in LAW if case["name"] == "一处涉密其余又是案卷")
    guidance = guided({}, ItemAnswers(answers=answers_of(case)))
    assert any("以哪一种为主" in line for line in guidance.warnings)


def test_a_person_decides_on_what_the_answers_led_to() -> None:
    """Outcome, road, basis and answers go into the decision."""
    guidance = guided({}, ItemAnswers(answers=WAYS["elsewhere"]))
    decision = GUIDE.decision(guidance, "王科长")
    assert ("unable.not_held", "elsewhere") == (decision.outcome, decision.road)
    assert WAYS["elsewhere"] == decision.answers
    with pytest.raises(InputError, match="由谁决定"):
        GUIDE.decision(guidance, " ")


def test_two_roads_into_one_outcome_are_both_told() -> None:
    """Not held here and held elsewhere: one row, two letters."""
    items = ItemAnswers("甲", WAYS["absent_never"]), ItemAnswers("乙", WAYS["elsewhere"])
    guidance = guided({}, *items)
    assert ["absent", "elsewhere"] == [road.name for road in guidance.roads]
    assert "absent" == GUIDE.decision(guidance, "王科长").road


def test_a_mixture_is_answered_by_the_letter_of_the_whole() -> None:
    """No item is partial, the whole is."""
    items = ItemAnswers("甲", WAYS["provided"]), ItemAnswers("乙", WAYS["creation"])
    guidance = guided({}, *items)
    assert ["partial"] == [road.letter for road in guidance.roads]
    assert "separated" == GUIDE.decision(guidance, "王科长").road


def test_nothing_is_decided_while_a_question_is_open() -> None:
    """No half-finished decision."""
    with pytest.raises(InputError, match="还没有得出"):
        GUIDE.decision(guided({}, ItemAnswers()), "王科长")


def test_the_seven_steps_load_nothing_heavy() -> None:
    """A page asks one question without the classifier or the index."""
    code = "import sys, assistant.triage.guide_rules; print(*sorted({m.split('.')[0] for m in sys.modules}))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert set() == set(loaded.stdout.split()) & {"numpy", "torch", "chromadb", "gradio", "typer", "docx"}


def open_after(answer: Answer, known: dict[str, frozenset[str]]) -> frozenset[str]:
    """Outcomes still open after an answer, papers on the way included."""
    if answer.leads == "ends":
        return frozenset({EDITION.endings[answer.target].outcome})
    asked = EDITION.exits[answer.target].returns if answer.leads == "does" else answer.target
    return known.get(asked or "", frozenset())


def open_outcomes() -> dict[str, frozenset[str]]:
    """Question → outcomes still open at it."""
    known: dict[str, frozenset[str]] = {}
    while True:
        wider = {
            id_: frozenset().union(*(open_after(answer, known) for answer in question.answers))
            for id_, question in EDITION.questions.items()
        }
        if wider == known:
            return known
        known = wider


OPEN = open_outcomes()


def separated(one: str, other: str) -> bool:
    """Whether one answer of a question leads to the first and no longer to the second, another to the second."""
    ways = [[open_after(answer, OPEN) for answer in q.answers] for q in EDITION.questions.values()]
    return any(
        any(one in way and other not in way for way in of_one) and any(other in way for way in of_one)
        for of_one in ways
    )


@pytest.mark.parametrize(
    ("one", "other"), [(code, other) for code, row in GUIDE.outcomes.items() for other in row.neighbours]
)
def test_outcomes_taken_for_each_other_are_told_apart_by_a_question(one: str, other: str) -> None:
    """Every neighbour of outcomes.yaml, from both sides."""
    assert separated(one, other)
