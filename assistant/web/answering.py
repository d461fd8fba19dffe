"""A message that was heard is answered: while it takes its time the page goes on, and a late answer overtakes nothing.

What has been typed into the form of facts goes along with every step, so that a form laid out anew loses nothing.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from assistant.errors import AssistantError
from assistant.web import cards, shown
from assistant.web.case import Case, Heard
from assistant.web.page import GUIDE, SHEET, WORK
from assistant.web.parts import Parts, Updates
from assistant.web.seat import Work, laid_over

COLLECT = "(...given) => [...given.slice(0, -1), window.collectFacts()]"
# Events of a kind side by side; and answers where no chat model is waited for: more of those only take time from
# each other, and from the first words of the next clerk.
AT_ONCE, SIDE_BY_SIDE = 16, 2
_TABS = {
    "letter": WORK,
    "reply": SHEET,
    "change": WORK,
    "adopt": WORK,
    "third_party": WORK,
    "redraft": SHEET,
    "guide": GUIDE,
}


def typed_facts(case: Case, collected: str | None) -> Mapping[str, str]:
    """What the page read from the form: nothing where the form on the page was another case's."""
    try:
        found = json.loads(collected or "{}")
    except json.JSONDecodeError:
        return {}
    if not isinstance(found, dict) or found.get("case") != str(case.number):
        return {}
    facts = found.get("facts")
    return {str(key): str(value) for key, value in facts.items()} if isinstance(facts, dict) else {}


def kept_case(parts: Parts, case: Case, collected: str | None) -> Case:
    """The case as the page shows it by now, with what stands in its form."""
    now = case.fresh
    return now.seat.hold(parts.desk.keep(now, typed_facts(now, collected)))


def in_turn(parts: Parts) -> dict[str, Any]:
    """How an answering event waits for its turn: as all the others do, in one row."""
    waited_for = bool(parts.desk.assistant.settings.chat_model)
    return {"concurrency_id": "answers", "concurrency_limit": AT_ONCE if waited_for else SIDE_BY_SIDE}


def respond(parts: Parts) -> Callable[[Case, str | None], Iterator[Updates]]:
    """The event that answers what is pending."""

    def answer(case: Case, collected: str | None) -> Iterator[Updates]:
        kept = kept_case(parts, case, collected)
        heard = kept.pending
        if heard is None:
            yield parts.hold(kept)
            return
        yield from _answer(parts, kept.seat.hold(replace(kept, pending=None)), heard)

    return answer


def _answer(parts: Parts, case: Case, heard: Heard) -> Iterator[Updates]:
    """What is heard answered, growing where it grows; dropped where something newer has taken its place."""
    ticket, after, failed = case.seat.begin(_work(heard), case), case, False
    try:
        for after in parts.desk.responses(case, heard):
            if heard.intent == "question":
                yield {parts.talk.chat: shown.messages(laid_over(case, after, case.fresh))}
    except AssistantError as fault:
        after, failed = case.say(cards.fault(str(fault))), True
    finally:
        case.seat.end()
    landed = case.seat.land(ticket, after)
    if landed is None:
        yield parts.overtaken(case)
    else:
        yield parts.show(landed, None if failed else _tab(heard))


def _tab(heard: Heard) -> str | None:
    """The tab in which the answer is to be looked at."""
    return _TABS.get(heard.wish.kind if heard.wish else heard.intent)


def _work(heard: Heard) -> Work:
    if heard.intent in ("letter", "findings"):
        return "letter"
    return "draft" if heard.wish and heard.wish.kind == "redraft" else "answer"
