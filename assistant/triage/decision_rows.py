"""Reading corpus/rules/decision.yaml strictly: an error names file, row and key.

Basis: the house's own; what the rows say rests on the articles they name.
"""

from pathlib import Path

from assistant.errors import CorpusError
from assistant.law.rules import (
    DATED,
    Keys,
    Row,
    one_of,
    read_basis,
    read_refs,
    read_rows,
    read_rules,
    read_validity,
    read_words,
    refuse_overlaps,
    refuse_twice,
    require_keys,
)
from assistant.triage.decision_checks import Known, check_graph
from assistant.triage.decision_graph import (
    LEADS,
    NOTHING_WITHHELD,
    UNCLEAR,
    UNCLEAR_LABEL,
    WITHHELD,
    Answer,
    Border,
    DecisionGraph,
    Ending,
    Exit,
    ItemRule,
    ItemRules,
    Question,
    Stage,
    Together,
)

FILE = "decision.yaml"

_TOP = {
    "steps": (list,),
    "borders": (list,),
    "start": (str,),
    "before": (str,),
    "questions": (list,),
    "exits": (list,),
    "endings": (list,),
    "items": (dict,),
}
_STEP = {"step": (int,), "name": (str,), "says": (str,)}
_BORDER = {"border": (int,), "name": (str,)}
_QUESTION = {
    "id": (str,),
    "step": (int,),
    "borders": (list,),
    "asks": (str,),
    "question": (str,),
    "help": (str,),
    "keep": (list,),
    "unclear": (str,),
    "answers": (list,),
    "basis": (list,),
    **DATED,
}
_ANSWER: Keys = {
    "answer": (str,),
    "label": (str,),
    "withholds": (list,),
    "because": (str, type(None)),
    "caution": (str, type(None)),
    **{key: (str, type(None)) for key in LEADS},
}
_ANSWER_DEFAULTS: Row = {
    "withholds": [],
    "because": None,
    "caution": None,
    **dict.fromkeys(LEADS),
}
_EXIT = {
    "exit": (str,),
    "short": (str,),
    "event": (str, type(None)),
    "paper": (str, type(None)),
    "awaits": (bool,),
    "name": (str,),
    "tell": (str,),
    "returns": (str, type(None)),
    "when": (str, type(None)),
    "basis": (list,),
    **DATED,
}
_ENDING = {
    "ending": (str,),
    "outcome": (str,),
    "road": (str,),
    "because": (str,),
    "tell": (str,),
    "basis": (list,),
    **DATED,
}
_ITEMS = {"given": (list,), "withheld": (list,), "apart": (str,), "rules": (list,), "together": (dict,)}
_ITEM_RULE = {"rule": (str,), "says": (str,), "basis": (list,), **DATED}
_TOGETHER = {
    "id": (str,),
    "step": (int,),
    "question": (str,),
    "help": (str,),
    "split": (str,),
    "main": (str,),
    "why": (str,),
    "basis": (list,),
    **DATED,
}


def load_decision_graph(rules_dir: Path, known: Known) -> DecisionGraph:
    """The graph, checked against the outcomes, papers and events there are.

    Raises CorpusError naming file, row and key; see decision_checks.py for what is refused.
    """
    found = read_rules(rules_dir / FILE)
    require_keys(found, _TOP, FILE)
    graph = DecisionGraph(
        stages=_stages(found),
        borders=_borders(found),
        start=found["start"],
        before=found["before"],
        questions=tuple(_question(row, where) for row, where in read_rows(found, "questions", FILE, "id")),
        exits=tuple(_exit(row, where) for row, where in read_rows(found, "exits", FILE, "exit", _EXIT)),
        endings=tuple(
            _ending(row, where) for row, where in read_rows(found, "endings", FILE, "ending", _ENDING)
        ),
        items=_items(found["items"]),
    )
    for rows in (graph.questions, graph.exits, graph.endings):
        refuse_overlaps(((row.id, row.validity) for row in rows), FILE)
    check_graph(graph, known, FILE)
    return graph


def _stages(found: Row) -> tuple[Stage, ...]:
    rows = list(read_rows(found, "steps", FILE, "name", _STEP))
    if [row["step"] for row, _ in rows] != list(range(1, len(rows) + 1)):
        raise CorpusError(f"{FILE} steps：“step”应当从 1 起逐个编号。")
    return tuple(Stage(row["step"], row["name"], row["says"]) for row, _ in rows)


def _borders(found: Row) -> tuple[Border, ...]:
    rows = list(read_rows(found, "borders", FILE, "name", _BORDER))
    refuse_twice((str(row["border"]) for row, _ in rows), f"{FILE} borders", "border")
    return tuple(Border(row["border"], row["name"]) for row, _ in rows)


def _question(row: Row, where: str) -> Question:
    row = {"asks": "clerk", **row}
    require_keys(row, _QUESTION, where)
    one_of(row, "asks", ("clerk", "path"), where)
    for key in ("question", "unclear"):
        if not row[key].endswith(("？", "。")):
            raise CorpusError(f"{where}：“{key}”应当写成一句完整的话：{row[key]}")
    by_path = row["asks"] == "path"
    answers = _answers(row, where)
    if by_path and {one.key for one in answers} != {WITHHELD, NOTHING_WITHHELD}:
        raise CorpusError(
            f"{where}：由前面的回答得出的问题，answers 应为 {WITHHELD}、{NOTHING_WITHHELD} 两个。"
        )
    if not by_path:
        answers += (Answer(UNCLEAR, UNCLEAR_LABEL, "establish", row["unclear"]),)
    validity = read_validity(row)
    if not validity.verified and not any(one.caution for one in answers):
        raise CorpusError(f"{where}：没有核实（verified: false）的问题，至少有一个回答要写“caution”。")
    return Question(
        id=row["id"],
        step=row["step"],
        words=row["question"],
        help=row["help"],
        keep=read_words(row, "keep", where, least=0),
        answers=answers,
        borders=tuple(row["borders"]),
        by_path=by_path,
        basis=tuple(map(str, read_basis(row, where))),
        validity=validity,
    )


def _answers(row: Row, where: str) -> tuple[Answer, ...]:
    answers = tuple(
        _answer(one, place) for one, place in read_rows(row, "answers", f"{where} answers", "answer")
    )
    refuse_twice((one.key for one in answers), f"{where} answers", "answer")
    if len(answers) < 2:
        raise CorpusError(f"{where}：“answers”至少要有两个回答。")
    return answers


def _answer(row: Row, where: str) -> Answer:
    row = {**_ANSWER_DEFAULTS, **row}
    require_keys(row, _ANSWER, where)
    if row["answer"] == UNCLEAR:
        raise CorpusError(
            f"{where}：“{UNCLEAR}”是每个问题都有的回答，不要另写；先查明什么写在问题的 unclear 里。"
        )
    led = [key for key in LEADS if row[key]]
    if len(led) != 1:
        raise CorpusError(f"{where}：{'、'.join(LEADS)} 应当写而且只写一个。")
    (leads,) = led
    refs = read_refs(list(read_words(row, "withholds", where, least=0)), where)
    return Answer(row["answer"], row["label"], leads, row[leads], refs, row["because"], row["caution"])


def _exit(row: Row, where: str) -> Exit:
    if (row["returns"] is None) != (row["when"] is None):
        raise CorpusError(f"{where}：“returns”和“when”应当同时写明，或者同时为 null。")
    return Exit(
        id=row["exit"],
        short=row["short"],
        event=row["event"],
        paper=row["paper"],
        awaits=row["awaits"],
        name=row["name"],
        tell=row["tell"],
        returns=row["returns"],
        when=row["when"],
        basis=tuple(map(str, read_basis(row, where))),
        validity=read_validity(row),
    )


def _ending(row: Row, where: str) -> Ending:
    return Ending(
        id=row["ending"],
        outcome=row["outcome"],
        road=row["road"],
        because=row["because"],
        tell=row["tell"],
        basis=read_basis(row, where),
        validity=read_validity(row),
    )


def _items(found: Row) -> ItemRules:
    where = f"{FILE} items"
    require_keys(found, _ITEMS, where)
    rules = []
    for row, place in read_rows(found, "rules", f"{where} rules", "rule", _ITEM_RULE):
        basis = read_words(row, "basis", place)
        rules.append(ItemRule(row["rule"], row["says"], basis, read_validity(row)))
    refuse_overlaps(((rule.name, rule.validity) for rule in rules), where)
    given, withheld = read_words(found, "given", where), read_words(found, "withheld", where)
    return ItemRules(given, withheld, found["apart"], tuple(rules), _together(found["together"], where))


def _together(row: Row, where: str) -> Together:
    place = f"{where} together"
    require_keys(row, _TOGETHER, place)
    if "{label}" not in row["main"]:
        raise CorpusError(f"{place}：“main”里要有 {{label}}，写明计入哪一行。")
    return Together(
        id=row["id"],
        step=row["step"],
        words=row["question"],
        help=row["help"],
        split=row["split"],
        main=row["main"],
        why=row["why"],
        basis=read_words(row, "basis", place),
        validity=read_validity(row),
    )
