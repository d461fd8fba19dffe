"""Papers on the way to a reply, drafted where the seven steps lead to one: a notice, a letter that asks for an opinion.

While a paper is being written its facts stand in the form and its draft in the sheet; the reply lies aside untouched.
Basis: 政府信息公开条例第三十条至第三十五条、第四十一条、第四十二条.
"""

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.drafting.papers import paper_named
from assistant.law import china_time
from assistant.web import cards
from assistant.web.case import Case
from assistant.web.fields import Form, form_of, known_facts, written
from assistant.web.markup import Markup, el
from assistant.web.pressing import cites, press

if TYPE_CHECKING:
    from assistant.drafting.letters import Letter
    from assistant.triage.decision_graph import Exit
    from assistant.web.desk import Desk

_WHAT = "information"


def papers_of(desk: "Desk", step: "Exit") -> "tuple[Letter, ...]":
    """The papers a step may need: the one named as the step is, else those of its kind that no other step is named as."""
    graph, library = desk.assistant.seven_steps.graph, desk.assistant.letters
    of_kind = [paper for paper in library.papers.values() if paper.paper and paper.paper == step.paper]
    named = [paper for paper in of_kind if paper.name == step.id != step.paper]
    others = {one.id for one in graph.exits} - {step.id}
    left = [paper for paper in of_kind if paper.name == step.paper or paper.name not in others]
    return tuple(named or sorted(left, key=lambda paper: paper.name != step.paper))


def offered(papers: "Iterable[Letter]") -> Markup | None:
    """A button for each paper; none where there is none to be written."""
    buttons = [
        press(f"guide:paper:{one.name}", f"起草《{one.title}》", None if at else "chief")
        for at, one in enumerate(papers)
    ]
    return el("p", *buttons, class_="presses") if buttons else None


def begin(desk: "Desk", case: Case, name: str) -> Case:
    """A paper drafted from what is known by now; the gaps stand in it. Raises InputError for one there is not."""
    paper = paper_named(name, desk.assistant.letters)
    return desk.write(replace(case, paper=paper.name, aside=case.reply))


def leave(case: Case) -> Case:
    """Back to the reply, with its draft as it was."""
    back = replace(case, paper=None, aside=None, checked=case.reply, polished=None)
    return back.say(cards.told("回到答复书。已经起草的文书没有留在这里，需要的请先下载。"))


def form(desk: "Desk", case: Case) -> Form:
    """The facts of the paper under way, filled with what letter, settings, seven steps and clerk have said."""
    library = desk.assistant.letters
    paper = paper_named(case.paper or "", library)
    known = known_facts(case.handled, library, desk.assistant.settings.agency, china_time.today())
    if case.handled:
        told = desk.assistant.known_for_paper(paper.name, case.handled.request, china_time.today())
        known |= {key: written(value) for key, value in told.items()}
        known.setdefault(_WHAT, _at_hand(desk, case))
    return replace(form_of(library, paper, {**known, **case.typed}, case.number), title=f"《{paper.title}》")


def note(desk: "Desk", case: Case) -> Markup:
    """Which paper is being written, for whom it is and on what it rests, and the way back to the reply."""
    paper = paper_named(case.paper or "", desk.assistant.letters)
    kind = desk.assistant.procedures.on(china_time.today()).get(paper.paper or "")
    rows = [("依据", cites(kind.basis)), ("期限", kind.clock.words)] if kind else []
    facts = el(
        "dl", *(el("div", el("dt", name), el("dd", value)) for name, value in rows), class_="outcome-note"
    )
    lead = el("span", f"正在写《{paper.title}》，答复书放在一边", class_="kind")
    back = press(f"reply:{case.number}", "回到答复书")
    return el("div", el("p", lead, back, class_="presses settled"), facts)


def _at_hand(desk: "Desk", case: Case) -> str:
    """What the item at hand asks for, where items are answered one by one; else what the letter asks for."""
    found = desk.assistant.guide(case.guided.answers, case.guided.on) if case.guided else None
    if found and found.at is not None and len(found.items) > 1:
        return found.items[found.at].name
    request = case.handled.request if case.handled else None
    return ("；".join(item.text for item in request.items) or request.asked) if request else ""
