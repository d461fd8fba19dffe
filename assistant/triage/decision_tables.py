"""The decision graph in words: the tables and the Mermaid block of docs/deciding.md, drawn from the rules.

Basis: the house's own.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from assistant.law.outcomes import Outcomes
from assistant.triage.decision_graph import UNCLEAR, Answer, DecisionGraph, Edition, Question
from assistant.triage.decision_layout import in_order, short_articles, table_rows


@dataclass(frozen=True)
class Drawn:
    """What the tables are drawn from."""

    graph: DecisionGraph
    edition: Edition
    outcomes: Outcomes

    @property
    def numbers(self) -> dict[str, int]:
        """Question → its number on the picture."""
        return {id_: at for at, id_ in enumerate(in_order(self.edition), start=1)}


def tables(drawn: Drawn) -> dict[str, str]:
    """Name of a marked place in the page → what stands there."""
    return {name: "\n".join(make(drawn)) for name, make in _TABLES.items()}


def _questions(drawn: Drawn) -> Iterator[str]:
    for stage in drawn.graph.stages[:-1]:
        yield f"### 第{stage.number}步 {stage.name}：{stage.says}\n"
        yield from _head("号", "问题", "回答 → 去处", "依据")
        for id_, number in drawn.numbers.items():
            question = drawn.edition.questions[id_]
            if question.step == stage.number:
                ways = "<br>".join(_way(one, drawn) for one in question.answers if one.key != UNCLEAR)
                cell = f"{question.words}<br>`{id_}`"
                yield _row(str(number), cell, ways, short_articles(question.basis))
        yield ""


def _way(answer: Answer, drawn: Drawn) -> str:
    return f"`{answer.key}` {answer.label} → {_target(answer, drawn)}"


def _target(answer: Answer, drawn: Drawn) -> str:
    if answer.leads == "next":
        return f"问题 {drawn.numbers[answer.target]}"
    if answer.leads == "ends":
        code = drawn.edition.endings[answer.target].outcome
        return f"**{table_rows(drawn.outcomes)[code]}{drawn.outcomes[code].label}**"
    if answer.leads == "does":
        exit_ = drawn.edition.exits[answer.target]
        back = f"，回到问题 {drawn.numbers[exit_.returns]}" if exit_.returns else "，了结"
        return f"*{exit_.name}*{back}"
    return "先查明"


def _papers(drawn: Drawn) -> Iterator[str]:
    yield from _head("文书或者等待", "时钟里的事件", "以后回到", "依据")
    for exit_ in drawn.edition.exits.values():
        back = f"问题 {drawn.numbers[exit_.returns]}（{exit_.when}）" if exit_.returns else "不再回来"
        event = f"`{exit_.event}`" if exit_.event else "–"
        yield _row(exit_.name, event, back, short_articles(exit_.basis) + _mark(exit_.validity.verified))


def _outcomes(drawn: Drawn) -> Iterator[str]:
    rows = table_rows(drawn.outcomes)
    classes = {"A": "先复议", "B": "复议或诉讼", "by_basis": "看依据"}
    yield from _head("报表", "处理结果", "情形和理由", "来自问题", "救济")
    for code, outcome in drawn.outcomes.items():
        endings = [one for one in drawn.edition.endings.values() if one.outcome == code]
        said = "<br>".join(f"`{one.road}` {one.because}{_mark(one.validity.verified)}" for one in endings)
        asked = _asked({one.id for one in endings}, drawn)
        yield _row(rows[code], f"{outcome.label}<br>`{code}`", said, asked, classes[outcome.remedy])


def _asked(endings: set[str], drawn: Drawn) -> str:
    found = (
        drawn.numbers[question.id]
        for question in drawn.edition.questions.values()
        if any(answer.leads == "ends" and answer.target in endings for answer in question.answers)
    )
    return "、".join(map(str, sorted(found)))


def _borders(drawn: Drawn) -> Iterator[str]:
    yield from _head("界线", "由哪些问题分清")
    for border in drawn.graph.borders:
        deciding = [q for q in drawn.edition.questions.values() if border.number in q.borders]
        said = "；".join(f"{drawn.numbers[q.id]} {q.words}" for q in deciding)
        yield _row(f"{border.number} {border.name}", said)


def _editions(drawn: Drawn) -> Iterator[str]:
    yield from _head("自", "新的行")
    first, *later = drawn.graph.turns
    yield _row(first.isoformat(), "第一个版本")
    for turn in later:
        new = (
            ("问题", [row.id for row in drawn.graph.questions if row.validity.valid_from == turn]),
            ("文书", [row.id for row in drawn.graph.exits if row.validity.valid_from == turn]),
            ("结果", [row.id for row in drawn.graph.endings if row.validity.valid_from == turn]),
        )
        said = (f"{name} {'、'.join(f'`{id_}`' for id_ in ids)}" for name, ids in new if ids)
        yield _row(turn.isoformat(), "；".join(said))


def _mermaid(drawn: Drawn) -> Iterator[str]:
    """The graph without its answers: questions, rows of the table, dashed where a paper lies in between."""
    yield "```mermaid"
    yield "flowchart LR"
    for stage in drawn.graph.stages[:-1]:
        yield f'  subgraph s{stage.number}["{stage.number} {stage.name}"]'
        for id_, number in drawn.numbers.items():
            if drawn.edition.questions[id_].step == stage.number:
                yield f'    q{number}["{number} {drawn.edition.questions[id_].words}"]'
        yield "  end"
    last = drawn.graph.stages[-1]
    rows = table_rows(drawn.outcomes)
    yield f'  subgraph s{last.number}["{last.number} {last.name}"]'
    for at, (code, outcome) in enumerate(drawn.outcomes.items(), start=1):
        yield f'    r{at}(["{rows[code]}{outcome.label}"])'
    yield "  end"
    yield from dict.fromkeys(line for question in _sorted(drawn) for line in _arrows(question, drawn))
    yield "```"


def _sorted(drawn: Drawn) -> Iterator[Question]:
    return (drawn.edition.questions[id_] for id_ in drawn.numbers)


def _arrows(question: Question, drawn: Drawn) -> Iterator[str]:
    here = f"q{drawn.numbers[question.id]}"
    places = {code: f"r{at}" for at, code in enumerate(drawn.outcomes, start=1)}
    for answer in question.answers:
        if answer.leads == "next":
            yield f"  {here} --> q{drawn.numbers[answer.target]}"
        elif answer.leads == "ends":
            yield f"  {here} --> {places[drawn.edition.endings[answer.target].outcome]}"
        elif answer.leads == "does":
            exit_ = drawn.edition.exits[answer.target]
            if exit_.returns:
                yield f'  {here} -. "{exit_.short}" .-> q{drawn.numbers[exit_.returns]}'


def _head(*names: str) -> Iterator[str]:
    yield _row(*names)
    yield _row(*("---" for _ in names))


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def _mark(verified: bool) -> str:
    return "" if verified else " †"


_TABLES: Mapping[str, Callable[[Drawn], Iterator[str]]] = {
    "questions": _questions,
    "papers": _papers,
    "outcomes": _outcomes,
    "borders": _borders,
    "editions": _editions,
    "mermaid": _mermaid,
}
