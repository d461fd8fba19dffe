"""What the office knows beside a letter: earlier requests of the same applicant, and what is out already.

A short part of the letter's card; nothing where nothing was found. Whether a request repeats another, or asks for what
is published, is for a person to say. Basis: 政府信息公开条例第三十六条第（一）项、第（六）项.
"""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from assistant.cases.similar import ENDED, SHARED, Candidate, Similar
from assistant.cases.suggestions import Published, published_among
from assistant.cases.taking import new_case
from assistant.errors import AssistantError
from assistant.web.markup import Markup, el, join, section
from assistant.web.pressing import cites, press
from assistant.web.sources import KINDS, marked, opened

if TYPE_CHECKING:
    from assistant.pipeline import Assistant
    from assistant.retrieval.search import Hit
    from assistant.triage.letter import Request

TITLE = "以前的申请和已公开的信息"
# Below this, and where it is not sure to be the same applicant, a request is not worth a clerk's look.
_NEAR = 0.4
_LAZY = {"report": "figure"}


def beside(office: "Assistant", request: "Request") -> Markup | None:
    """The part of the card; None where nothing was found. A register that cannot be read is told in its words."""
    try:
        found = office.books.similar_to(new_case(request, office.books.today))
    except AssistantError as fault:
        return section(TITLE, el("p", f"台账没有查成：{fault}", class_="notice"))
    earlier = [one for one in found.candidates if one.same.sure or one.alike.share >= _NEAR]
    out = _published(office, request)
    if not (earlier or out):
        return None
    rows = [*_earlier(earlier, found), *(_out(one) for one in out)]
    why = _why(office) if out else None
    return section(TITLE, el("ul", *rows, class_="beside-found"), why)


def _published(office: "Assistant", request: "Request") -> tuple[Published, ...]:
    def sure(words: str) -> "Sequence[Hit]":
        found = office.search(words)
        return found.hits if found.confident else ()

    items = [item.text for item in request.items] or [request.asked]
    return published_among([one for one in items if one.strip()], sure)


def _earlier(earlier: Sequence[Candidate], found: Similar) -> Iterator[Markup]:
    """Each earlier request with what it is to this one; how many there are besides, and in the last months."""
    yield from map(_candidate, earlier)
    if earlier and found.found > len(earlier):
        last = found.counts[-1]
        words = f"同一申请人以前的申请共 {found.found} 件；{last.months} 个月内连同本件 {last.requests} 件。"
        yield el("li", words, class_="note")


def _candidate(one: Candidate) -> Markup:
    shared = "、".join(SHARED[key] for key in one.same.shared) + "相同"
    when = f"（{one.on}）" if one.on else ""
    label = None if one.ended == "pending" else one.label
    result = "，".join(filter(None, (f"{ENDED[one.ended]}{when}", label, one.letter)))
    words = f"（{one.received_on} 收到）：{shared}，内容相近 {one.alike.share:.0%}；{result}。"
    notes = (el("p", f"{note.words}", cites(note.basis.split("、")), class_="note") for note in one.notes)
    button = press(f"case:{one.number}", f"打开 {one.number}")
    return el("li", el("p", el("strong", f"以前的申请 {one.number}"), words, button), *notes)


def _out(one: Published) -> Markup:
    """A passage that may be what is asked for, to be opened where it stands."""
    title = join((el("span", KINDS[one.kind], class_="kind"), el("span", one.ref, class_="ref")))
    body = join((marked(one.text, None), el("p", f"出处：{one.source}", class_="note")))
    return el("li", opened(title, body, kind=_LAZY.get(one.kind, "plain")))


def _why(office: "Assistant") -> Markup:
    """What follows if it is what was asked for, in the words of the rules."""
    outcome = office.outcomes["grant"]
    road = outcome.road("published")
    checks = "；".join(guard.holds for guard in outcome.guards if road.name in guard.roads)
    lead = f"请核对是不是所申请的信息。{road.when}的，按“{outcome.label}”办理（"
    return el("p", lead, cites(road.basis), f"）：{checks}。", class_="note")
